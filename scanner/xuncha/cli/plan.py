"""``xuncha plan``: what a scan would do, site by site, before anything is sent."""

from collections.abc import Mapping

import click

from xuncha import runs
from xuncha.cli.language import LANG, say
from xuncha.cli.output import listing, next_step, note, show_json, show_table
from xuncha.cli.sources import Sources, profile_option, strict_option
from xuncha.plan import Plan, SitePlan, to_json
from xuncha.store.labels import label
from xuncha.store.snapshot import ReasonWords, reason_words


@click.command(
    "plan",
    help=say(
        "预览将要执行的检查点、请求数上限和不执行的原因，不发送任何请求",
        "Show checks, request budgets and what will not run and why; sends nothing.",
    ),
)
@click.argument("targets", nargs=-1, metavar=say("[目标]...", "[TARGET]..."))
@profile_option
@strict_option
@listing
def command(targets: tuple[str, ...], profile_name: str, strict: bool, form: str) -> int:
    sources = Sources.here()
    profile = sources.profile(profile_name)
    sites = sources.sites(targets, strict=strict)
    request = runs.Request(profile, sources.framework(profile), sites, sources.surroundings())
    plan = runs.prepare(request, sources.catalogue())
    if form == "json":
        import json  # noqa: PLC0415

        show_json(json.loads(to_json(plan)))
        return 0
    _table(plan)
    next_step(" ".join(["xuncha scan", *targets, "--profile", profile.id]))
    return 0


def _table(plan: Plan) -> None:
    pages, rate = plan.budgets.pages, plan.budgets.requests_per_second
    note(
        say(
            f"检查方案 {plan.profile}，检查依据 {plan.framework}；每站最多 {pages} 页，每秒最多 {rate:g} 次请求",
            f"profile {plan.profile}, framework {plan.framework}; "
            f"at most {pages} pages a site and {rate:g} requests a second",
        )
    )
    headers = [
        say("网站", "site"),
        say("执行检查点", "checks"),
        say("请求上限", "requests"),
        say("并发连接", "connections"),
        say("不执行的检查点", "not run"),
    ]
    known = reason_words()
    show_table(headers, [_row(site, known) for site in plan.sites])


def _row(site: SitePlan, known: Mapping[str, ReasonWords]) -> list[str]:
    leases = max((probe.connections for probe in site.probes), default=0)
    left_out: dict[str, int] = {}
    for check in site.checks:
        if check.status is not None:
            words = known[str(check.reason)].means.of(LANG) if check.reason else label("status", check.status, LANG)
            left_out[words] = left_out.get(words, 0) + 1
    reasons = say("；", "; ").join(
        say(f"{words}（{count} 项）", f"{words} ({count})") for words, count in left_out.items()
    )
    return [site.site.name or site.site.id, str(len(site.open_checks)), str(site.requests), str(leases), reasons]
