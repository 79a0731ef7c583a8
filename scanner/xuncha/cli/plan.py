"""``xuncha plan``: what a scan would do, site by site, before anything is sent."""

from collections.abc import Mapping, Sequence

import click

from xuncha import runs
from xuncha.cli.language import LANG, say
from xuncha.cli.output import folded_note, listing, next_step, note, show_json, show_table
from xuncha.cli.sources import Sources, profile_option, strict_option
from xuncha.plan import Plan, PlannedProbe, SitePlan, to_json
from xuncha.store.labels import label
from xuncha.store.snapshot import ReasonWords, reason_words

_SERVERS_SHOWN = 2


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
    folded_note(
        say(
            f"检查方案 {plan.profile}，检查依据 {plan.framework}；每站最多 {pages} 页，每秒最多 {rate:g} 次请求",
            f"profile {plan.profile}, framework {plan.framework}; "
            f"at most {pages} pages a site and {rate:g} requests a second",
        )
    )
    if plan.budgets.renders:
        folded_note(_by_browser(plan.budgets.renders))
    if plan.budgets.pictures:
        folded_note(_pictures(plan.budgets.pictures))
    headers = [
        say("网站", "site"),
        say("执行检查点", "checks"),
        say("请求上限", "requests"),
        say("其他连接", "connections"),
        say("不执行的检查点", "not run"),
    ]
    known = reason_words()
    show_table(headers, [_row(site, known) for site in plan.sites])
    _by_plugin(plan)


def _by_browser(most: int) -> str:
    return say(
        f"内容由脚本生成、或被验证页面拦截的页面用浏览器打开，每站最多 {most} 页（需要本机有 Chromium）",
        f"pages that scripts write, or that a challenge stands in front of, are opened in a browser: at most {most} a "
        "site (needs Chromium on this machine)",
    )


def _pictures(most: int) -> str:
    return say(
        f"首页和有问题的页面截图取证，每站最多 {most} 张，基线比对用的截图另计"
        '（另需 Pillow：pip install "xuncha[browser]"）',
        f"pictures are taken of the home page and of pages with findings: at most {most} a site, beside those that are "
        'compared with baselines (needs Pillow as well: pip install "xuncha[browser]")',
    )


def _by_plugin(plan: Plan) -> None:
    note("")
    folded_note(
        say(
            "各插件对一个网站最多使用（其他连接指 HTTP 之外的连接，如 TLS 握手）。"
            "这是上限：两百页的网站实际约六百至八百次请求（图片、附件多的网站偏多），每次检查的实际数字见报告。",
            "At most, by plugin and site; connections are those beside HTTP, like TLS handshakes. These are borders: a "
            "site of two hundred pages takes about six to eight hundred requests, more where it has many pictures and "
            "attachments; reports tell what it took.",
        )
    )
    headers = [
        say("插件", "plugin"),
        say("请求", "requests"),
        say("其他连接", "connections"),
        say("同时", "at once"),
        say("网站之外的服务器", "servers beyond the site"),
    ]
    crawl = [say("采集页面", "crawl"), str(plan.budgets.pages), "0", str(plan.budgets.concurrency), ""]
    crawled = any(site.crawl for site in plan.sites)
    show_table(headers, [crawl] * crawled + [_plugin_row(name, plan.sites) for name in _plugins(plan)])


def _plugins(plan: Plan) -> list[str]:
    return sorted({_plugin(probe) for site in plan.sites for probe in site.probes if _converses(probe)})


def _plugin(probe: PlannedProbe) -> str:
    return probe.name.partition(".")[0]


def _converses(probe: PlannedProbe) -> bool:
    return bool(probe.requests or probe.conversations)


def _plugin_row(plugin: str, sites: Sequence[SitePlan]) -> list[str]:
    """The most that a plugin's probes may take of any one of the sites."""
    own = [[probe for probe in site.probes if _plugin(probe) == plugin] for site in sites]
    requests = max(sum(probe.requests for probe in probes) for probes in own)
    spoken = max(sum(probe.conversations for probe in probes) for probes in own)
    at_once = max(probe.connections for probes in own for probe in probes)
    servers = sorted({server for probes in own for probe in probes for server in probe.services})
    shown = say("、", ", ").join(servers[:_SERVERS_SHOWN])
    more = len(servers) - _SERVERS_SHOWN
    return [
        plugin,
        str(requests),
        str(spoken),
        str(at_once),
        shown + (say(f" 等 {len(servers)} 个", f" and {more} more") * (more > 0)),
    ]


def _row(site: SitePlan, known: Mapping[str, ReasonWords]) -> list[str]:
    spoken = sum(probe.conversations for probe in site.probes)
    left_out: dict[str, int] = {}
    for check in site.checks:
        if check.status is not None:
            words = known[str(check.reason)].means.of(LANG) if check.reason else label("status", check.status, LANG)
            left_out[words] = left_out.get(words, 0) + 1
    reasons = say("；", "; ").join(
        say(f"{words}（{count} 项）", f"{words} ({count})") for words, count in left_out.items()
    )
    return [site.site.name or site.site.id, str(len(site.open_checks)), str(site.requests), str(spoken), reasons]
