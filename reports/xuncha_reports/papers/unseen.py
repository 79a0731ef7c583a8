"""What could not be inspected (未能检查的内容): by site and reason, with what the department itself can do about it."""

from collections.abc import Iterator
from typing import Any

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.model.text import Lang, Text
from xuncha.store.result import OutcomeView, RunResult, SiteResult

NAMED = 3
"""Checks of one item that are named; of more, how many there are is told, and the first of them."""

_UNSEEN = (Status.INCONCLUSIVE, Status.ERROR, Status.NOT_RUN)
_OURS = Text("由我单位处理，无需配合。", "Nothing: this is for the inspecting office.")
_ALLOW = Text(
    "请运维单位将检查出口地址加入白名单，完成后告知我单位复查。",
    "Please have the outgoing address of the inspection allow-listed and tell us, so that we can repeat it.",
)
_SERVER = Text(
    "请运维单位检查服务器和网络，恢复正常后告知我单位复查。",
    "Please have the server and its network looked at, and tell us when it answers again.",
)
_HAND_IN = Text(
    "请按佐证材料清单，在规定期限内提交。", "Please hand in what the list of evidence names before the deadline."
)
_HELP = {
    Reason.CHALLENGED: _ALLOW,
    Reason.BLOCKED_DURING_RUN: _ALLOW,
    Reason.RATE_LIMITED: _ALLOW,
    Reason.REFUSED: _SERVER,
    Reason.RESET: _SERVER,
    Reason.TIMEOUT: _SERVER,
    Reason.SERVER_ERROR: _SERVER,
    Reason.MALFORMED_REPLY: _SERVER,
    Reason.TOO_MANY_REDIRECTS: _SERVER,
    Reason.BAD_REDIRECT: _SERVER,
    Reason.NO_SUCH_NAME: Text(
        "请核实域名是否停用；网站确已停用的，书面告知我单位。",
        "Please check whether the name was given up; where the site is closed, tell us in writing.",
    ),
    Reason.TLS_FAILED: Text(
        "请运维单位检查证书和加密传输配置。", "Please have the certificate and the TLS configuration looked at."
    ),
    Reason.TLS_TOO_OLD: Text("请运维单位升级到 TLS 1.2 以上。", "Please have the server offer TLS 1.2 or later."),
    Reason.NO_HTTPS: Text("请开通 HTTPS 加密访问。", "Please offer the site over HTTPS."),
    Reason.ROBOTS_FORBIDDEN: Text(
        "请与我单位商定，是否允许检查程序访问 robots.txt 限制的页面。",
        "Please agree with us whether pages that robots.txt closes may be inspected.",
    ),
    Reason.ROBOTS_UNKNOWN: Text(
        "请运维单位恢复 robots.txt 的正常应答（没有该文件的返回 404）。",
        "Please let robots.txt answer again (404 where there is none).",
    ),
    Reason.NOT_AUTHORISED: Text(
        "同意进行该项检查的，请与我单位商定并出具书面授权。",
        "Where you agree to these checks, please give a written authorisation.",
    ),
    Reason.FILING_BLOCK: Text(
        "请核实 ICP 备案，并向接入商核实接入备案。", "Please check the filing, also with your provider."
    ),
    Reason.ANSWERS_EVERYTHING: Text(
        "请开发单位让不存在的地址返回 404 状态码。", "Please let addresses that do not exist answer 404."
    ),
    Reason.PAGE_UNREADABLE: Text(
        "请开发单位检查页面代码是否规范。", "Please have the developer look at the page's code."
    ),
    Reason.RENDER_TOO_HEAVY: Text(
        "请开发单位检查页面脚本是否陷入循环。", "Please have the developer check the page's scripts for loops."
    ),
    Reason.ANNOUNCED: Text("请在恢复运行后告知我单位复查。", "Please tell us when the site is back."),
    Reason.NO_EVIDENCE: _HAND_IN,
    Reason.NOT_HANDED_IN: _HAND_IN,
    Reason.EVIDENCE_REFUSED: Text(
        "请删去身份证号码、账号口令、工作秘密等内容后重新提交。",
        "Please take out ID numbers, passwords and work secrets and hand it in again.",
    ),
    Reason.DOCUMENT_ENCRYPTED: Text("请提供未加密的文件。", "Please provide a copy without password."),
    Reason.DOCUMENT_DAMAGED: Text("请重新导出、上传该文件。", "Please export and upload the document again."),
}


def unseen(result: RunResult, site: SiteResult, lang: Lang) -> Iterator[dict[str, Any]]:
    """A row for each reason, what most checks had first: what is not in the notice is not thereby found good."""
    reasons: dict[str, list[OutcomeView]] = {}
    for outcome in site.outcomes:
        if outcome.status in _UNSEEN and outcome.reason:
            reasons.setdefault(outcome.reason.code, []).append(outcome)
    for outcomes in sorted(reasons.values(), key=len, reverse=True):
        first = outcomes[0].reason
        assert first is not None
        yield {
            "site": site.name or site.id,
            "why": first.zh if lang == "zh" else first.en,
            "count": len(outcomes),
            "checks": list(_by_item(result, outcomes, lang)),
            "do": _HELP.get(first.code, _OURS).of(lang),
        }


def _by_item(result: RunResult, outcomes: list[OutcomeView], lang: Lang) -> Iterator[str]:
    """The checks of each item in a line; what no item cites comes last."""
    by_item: dict[str, list[OutcomeView]] = {item.id: [] for item in result.texts.framework.items}
    for outcome in outcomes:
        by_item.setdefault(outcome.items[0] if outcome.items else "", []).append(outcome)
    for item, found in by_item.items():
        if found:
            yield _line(item, [result.texts.checks[one.check].meta.text.title.of(lang) for one in found], lang)


def _line(item: str, titles: list[str], lang: Lang) -> str:
    count, named = len(titles), titles[:NAMED]
    if lang == "zh":
        listed = "、".join(f"“{title}”" for title in named)
        return f"{item or '其他'}（{count} 项）：{listed}{'等' if count > len(named) else ''}"
    return f"{item or 'Other'} ({count}): {'; '.join(named)}{' …' if count > len(named) else ''}"
