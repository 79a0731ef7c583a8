"""``xuncha plan``: what a scan would do, site by site, before anything is sent."""

from collections.abc import Mapping, Sequence

import click

from xuncha import runs
from xuncha.browser.limits import NORMAL
from xuncha.cli.language import LANG, say
from xuncha.cli.output import folded_note, listing, next_step, note, show_json, show_table
from xuncha.cli.sources import Sources, profile_option, strict_option
from xuncha.expected import Expected, expected
from xuncha.model.clock import system_clock
from xuncha.plan import Plan, PlannedProbe, SitePlan, to_json
from xuncha.store import format as words
from xuncha.store.codec import dump
from xuncha.store.labels import BROWSER_OFF, label
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
    last = expected(sources.workspace.runs, plan, system_clock())
    if form == "json":
        import json  # noqa: PLC0415

        show_json({**json.loads(to_json(plan)), "expected": {str(number): dump(one) for number, one in last.items()}})
        return 0
    _table(plan, last)
    next_step(" ".join(["xuncha scan", *targets, "--profile", profile.id]))
    return 0


def _table(plan: Plan, last: Mapping[int, Expected]) -> None:
    pages, rate = plan.budgets.pages, plan.budgets.requests_per_second
    folded_note(
        say(
            f"检查方案 {plan.profile}，检查依据 {plan.framework}；每站最多 {pages} 页，每秒最多 {rate:g} 次请求",
            f"profile {plan.profile}, framework {plan.framework}; "
            f"at most {pages} pages a site and {rate:g} requests a second",
        )
    )
    off = plan.surroundings.browser.off
    if off and plan.budgets.in_browser:
        folded_note(BROWSER_OFF.of(LANG))
    if plan.budgets.renders and not off:
        folded_note(_by_browser(plan.budgets.renders))
    if plan.budgets.pictures and not off:
        folded_note(_pictures(plan.budgets.pictures))
    headers = [
        say("网站", "site"),
        say("执行检查点", "checks"),
        say("预计请求", "expected"),
        say("请求上限", "at most"),
        say("其他连接", "connections"),
        say("不执行的检查点", "not run"),
    ]
    known = reason_words()
    show_table(headers, [_row(site, last.get(site.number), known) for site in plan.sites])
    folded_note(_told(last))
    _by_plugin(plan, last)


def _told(last: Mapping[int, Expected]) -> str:
    """Where the expectation comes from."""
    if not last:
        return say(
            "没有同一方案的以往检查，尚无预计数；两百页的网站通常约六百至八百次请求，图片、附件多的偏多。"
            "请求上限是程序不会超过的数，申请授权时请以预计数为准说明",
            "No earlier run by this profile, so there is nothing to expect by: a site of two hundred pages usually "
            "takes six to eight hundred requests, more with many pictures and attachments. The border is what is never "
            "passed; who asks for permission names what is to be expected",
        )
    day = words.moment(max(one.finished for one in last.values()))[:10]
    return say(
        f"预计数取自同一方案最近一次完整检查的实际请求数（最近 {day}）；请求上限是程序不会超过的数",
        f"What is expected is what the last whole run by this profile took (the newest of {day}); the border is never "
        "passed",
    )


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


def _by_plugin(plan: Plan, last: Mapping[int, Expected]) -> None:
    note("")
    folded_note(
        say(
            "各插件对一个网站最多使用（其他连接指 HTTP 之外的连接，如 TLS 握手）。"
            f"浏览器每打开一页最多 {NORMAL.requests} 次请求（页面、脚本、样式、数据和图片）。"
            "每次检查的实际数字见报告。",
            "At most, by plugin and site; connections are those beside HTTP, like TLS handshakes. A page in a browser "
            f"asks at most {NORMAL.requests} times (itself, scripts, styles, data, pictures). Reports tell what it "
            "took.",
        )
    )
    headers = [
        say("插件", "plugin"),
        say("请求上限", "at most"),
        say("预计", "expected"),
        say("其他连接", "connections"),
        say("同时", "at once"),
        say("网站之外的服务器", "servers beyond the site"),
    ]
    took = _took(last, "crawl")
    crawl = [say("采集页面", "crawl"), str(plan.budgets.pages), took, "0", str(plan.budgets.concurrency), ""]
    crawled = any(site.crawl for site in plan.sites)
    rows = [_plugin_row(name, _took(last, name), plan.sites) for name in _plugins(plan)]
    asks = max((site.by_browser for site in plan.sites), default=0)
    browser = [say("浏览器", "browser"), str(asks), _took(last, "browser"), "0", str(plan.budgets.concurrency), ""]
    show_table(headers, [crawl] * crawled + [browser] * bool(asks) + rows)


def _took(last: Mapping[int, Expected], plugin: str) -> str:
    """The most that it took of a site."""
    return str(max(one.by_plugin.get(plugin, 0) for one in last.values())) if last else "—"


def _plugins(plan: Plan) -> list[str]:
    return sorted({_plugin(probe) for site in plan.sites for probe in site.probes if _converses(probe)})


def _plugin(probe: PlannedProbe) -> str:
    return probe.name.partition(".")[0]


def _converses(probe: PlannedProbe) -> bool:
    return bool(probe.requests or probe.conversations)


def _plugin_row(plugin: str, took: str, sites: Sequence[SitePlan]) -> list[str]:
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
        took,
        str(spoken),
        str(at_once),
        shown + (say(f" 等 {len(servers)} 个", f" and {more} more") * (more > 0)),
    ]


def _row(site: SitePlan, last: Expected | None, known: Mapping[str, ReasonWords]) -> list[str]:
    spoken = sum(probe.conversations for probe in site.probes)
    left_out: dict[str, int] = {}
    for check in site.checks:
        if check.status is not None:
            why = known[str(check.reason)].means.of(LANG) if check.reason else label("status", check.status, LANG)
            left_out[why] = left_out.get(why, 0) + 1
    reasons = say("；", "; ").join(say(f"{why}（{count} 项）", f"{why} ({count})") for why, count in left_out.items())
    likely = str(last.requests) if last else say("首次", "first time")
    return [
        site.site.name or site.site.id,
        str(len(site.open_checks)),
        likely,
        str(site.requests),
        str(spoken),
        reasons,
    ]
