"""The closed catalogue of what can go wrong on a site of the lab, and what a correct inspector then finds.

A fault is switched on per site. ``expects`` says which outcomes it must lead to; every check that no fault names
must stay free of findings. Where a fault hides the site (nothing answers, a challenge stands in the way), ``hides``
names the checks that can't be judged any more: what other faults would show there is then not expected.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from xuncha.model.outcome import Status

Expectation = tuple[str, Status]

PAGES = ("links.", "icp.", "availability.levels-open", "availability.response-time", "availability.soft-404")
"""Checks that need the site's pages."""
PROBED = frozenset({"tls.known-vulnerabilities"})
"""Checks that run only where probing is authorised."""
EVERYTHING = ("availability.", "links.", "icp.", "tls.")
"""All checks: nobody answers."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (or in the inspector's way). ``zh`` and ``en`` name it for people."""

    id: str
    zh: str
    en: str
    expects: tuple[Expectation, ...]
    hides: tuple[str, ...] = ()


def _fails(fault_id: str, check: str, zh: str, en: str) -> Fault:
    return Fault(fault_id, zh, en, ((check, Status.FAIL),))


def _warns(fault_id: str, check: str, zh: str, en: str) -> Fault:
    return Fault(fault_id, zh, en, ((check, Status.WARN),))


def _closed(fault_id: str, zh: str, en: str, *, hides: tuple[str, ...] = PAGES) -> Fault:
    """One visit can only say that the home page did not open at this moment."""
    return Fault(fault_id, zh, en, (("availability.home-opens", Status.WARN),), hides)


def _in_the_way(fault_id: str, zh: str, en: str) -> Fault:
    """A challenge is no statement about the site: the inspector was not let in."""
    return Fault(fault_id, zh, en, (("availability.home-opens", Status.INCONCLUSIVE),), PAGES)


_AVAILABILITY = (
    _closed("home-down", "首页返回 503", "The home page answers 503"),
    _closed("home-reset", "连接被中断", "Connections are reset"),
    _closed("home-silent", "接受连接但不应答", "Connections are accepted and never answered"),
    _closed("maintenance-page", "首页只有维护提示", "The home page is only a notice of maintenance"),
    _closed("name-denied", "域名无法解析", "The name does not exist", hides=EVERYTHING),
    _closed("refuses-connections", "拒绝连接", "Connections are refused", hides=EVERYTHING),
    Fault(
        "pages-down",
        "部分三级页面返回 500",
        "Part of the third-level pages answers 500",
        (("availability.levels-open", Status.WARN), ("links.broken-internal", Status.WARN)),
    ),
    _warns("home-slow", "availability.response-time", "首页打开缓慢", "The home page is slow"),
    _warns("soft-404", "availability.soft-404", "不存在的地址返回 200", "Addresses that do not exist answer 200"),
    Fault(
        "filing-block",
        "备案拦截页（阿里云）",
        "Filing block page (Aliyun)",
        (("availability.filing-block", Status.FAIL),),
        (*PAGES, "tls.", "availability.home-opens"),
    ),
    Fault(
        "filing-block-redirect",
        "备案拦截页（腾讯云）",
        "Filing block page (Tencent Cloud)",
        (("availability.filing-block", Status.FAIL),),
        (*PAGES, "tls.", "availability.home-opens"),
    ),
    _warns("ipv6-missing", "availability.ipv6", "没有 IPv6 地址", "The name has no IPv6 address"),
    Fault(
        "offline-announced",
        "已公告临时下线",
        "Temporarily offline, as announced",
        (("availability.home-opens", Status.NOT_APPLICABLE),),
        EVERYTHING,
    ),
)

_IN_THE_WAY = (
    _in_the_way("challenge-521", "防护系统验证页（521，内联脚本）", "WAF challenge (521 with an inline script)"),
    _in_the_way("challenge-412", "防护系统验证页（412，动态脚本）", "WAF challenge (412 with dynamic scripts)"),
    _in_the_way("challenge-202", "防护系统验证页（202，动态脚本）", "WAF challenge (202 with dynamic scripts)"),
    _in_the_way("challenge-200", "防护系统验证页（200，等待页）", "WAF challenge (200, a waiting page)"),
    Fault(
        "scripted",
        "列表和页脚由脚本生成",
        "Lists and footer are built by scripts",
        (
            ("icp.filing-shown", Status.INCONCLUSIVE),
            ("icp.police-shown", Status.INCONCLUSIVE),
            ("icp.site-code", Status.INCONCLUSIVE),
            ("icp.conac-mark", Status.INCONCLUSIVE),
            ("icp.report-error", Status.INCONCLUSIVE),
        ),
        ("icp.",),
    ),
)

_LINKS = (
    _fails("link-broken", "links.broken-internal", "站内链接返回 404", "An internal link answers 404"),
    _fails("link-broken-home", "links.broken-internal", "首页链接返回 404", "A link on the home page answers 404"),
    _fails("external-broken", "links.broken-external", "外部链接返回 404", "An external link answers 404"),
    _fails("external-unknown", "links.broken-external", "外部链接域名不存在", "An external link's name does not exist"),
    _fails("image-missing", "links.broken-asset", "图片不存在", "An image is missing"),
    _fails("style-missing", "links.broken-asset", "样式文件不存在", "A style sheet is missing"),
    _fails("attachment-missing", "links.broken-attachment", "附件不存在", "An attachment is missing"),
    _fails("link-empty", "links.empty", "空链接（#）", "A link that goes nowhere (#)"),
    _fails("link-script-void", "links.empty", "空链接（javascript）", "A link that goes nowhere (javascript)"),
    _fails("link-to-missing-note", "links.wrong-target", "链接到“页面不存在”提示页", "A link ends on a soft 404 page"),
    _warns("link-to-home", "links.wrong-target", "正文链接跳转到首页", "A deep link is redirected to the home page"),
    _fails("link-parked", "links.wrong-target", "外部链接域名已停放", "An external link ends on a parked domain"),
    _fails("link-private", "links.private-target", "链接指向内网地址", "A link to a private address"),
    _fails("link-localhost", "links.private-target", "链接指向 localhost", "A link to localhost"),
    _fails("link-local-file", "links.private-target", "链接指向本机文件", "A link to a local file"),
)

_ICP = (
    _fails("icp-missing", "icp.filing-shown", "未标明备案号", "No ICP number is shown"),
    _fails("icp-malformed", "icp.filing-format", "备案号格式不规范", "The ICP number is malformed"),
    _fails("icp-unlinked", "icp.filing-linked", "备案号未加链接", "The ICP number is not linked"),
    _fails("icp-linked-elsewhere", "icp.filing-linked", "备案号链接错误", "The ICP number is linked elsewhere"),
    _fails("police-missing", "icp.police-shown", "未标明公安备案号", "No police filing number is shown"),
    _fails("police-malformed", "icp.police-format", "公安备案号位数错误", "The police number has a digit too few"),
    _fails("police-unlinked", "icp.police-linked", "公安备案号未加链接", "The police number is not linked"),
    _fails("police-linked-other", "icp.police-linked", "公安备案号与链接不一致", "Police number and link disagree"),
    _fails("code-missing", "icp.site-code", "未标明网站标识码", "No site identity code is shown"),
    _fails("code-malformed", "icp.site-code", "网站标识码位数错误", "The site identity code has a digit too few"),
    _fails("conac-missing", "icp.conac-mark", "未加挂党政机关网站标识", "No CONAC identity mark"),
    _fails("report-missing", "icp.report-error", "没有“我为政府网站找错”入口", "No report-an-error entry"),
    _fails("meta-copied", "icp.consistent", "网页标签套用其他网站", "Meta tags copied from another site"),
    _fails(
        "report-other-code", "icp.consistent", "“找错”入口标识码不符", "The report entry carries another site's code"
    ),
    _fails("icp-not-inventory", "icp.consistent", "备案号与名录不符", "The ICP number is not the inventory's"),
    _fails("icp-unregistered", "icp.registered", "登记资料中查不到该备案号", "The ICP number is not in the register"),
    _fails("icp-of-another", "icp.registered", "备案主体不符", "The ICP number is registered to somebody else"),
)

_TLS = (
    Fault(
        "https-missing",
        "未启用 HTTPS",
        "HTTPS is not offered",
        (("tls.https-offered", Status.FAIL),),
        ("tls.",),
    ),
    _fails("http-stays", "tls.http-redirects", "HTTP 未跳转到 HTTPS", "HTTP is not redirected to HTTPS"),
    Fault(
        "certificate-expired",
        "证书已过期",
        "The certificate has expired",
        (("tls.certificate-valid", Status.FAIL), ("tls.certificate-expiry", Status.FAIL)),
    ),
    _warns("certificate-expiring", "tls.certificate-expiry", "证书即将到期", "The certificate expires within days"),
    _fails("certificate-other-name", "tls.name-matches", "证书域名与网址不符", "The certificate is for another name"),
    _fails("certificate-self-signed", "tls.certificate-valid", "自签名证书", "The certificate is self-signed"),
    _fails("certificate-unknown-root", "tls.certificate-valid", "根证书不受信任", "The certificate's root is unknown"),
    _fails("chain-incomplete", "tls.chain-complete", "证书链不完整", "The intermediate certificate is missing"),
    _fails("key-weak", "tls.key-strength", "证书密钥过短（RSA 1024 位）", "A weak key (RSA 1024)"),
    _fails("signature-weak", "tls.signature", "证书使用 SHA-1 签名", "A SHA-1 signature"),
    _fails("protocols-old", "tls.protocols", "仍支持 TLS 1.0、1.1", "TLS 1.0 and 1.1 are still offered"),
    _fails("suites-weak", "tls.weak-suites", "接受不加密或匿名套件", "Suites without encryption or authentication"),
    _fails(
        "renegotiation-open", "tls.known-vulnerabilities", "允许反复重新协商", "Clients may renegotiate without end"
    ),
    _warns("hsts-missing", "tls.hsts", "未设置 HSTS", "No HSTS header"),
    _warns("hsts-short", "tls.hsts", "HSTS 有效期过短", "HSTS for five minutes only"),
    _warns("tlcp-missing", "tls.tlcp", "不支持国密 TLCP", "TLCP is not offered"),
)

FAULTS = {fault.id: fault for fault in (*_AVAILABILITY, *_IN_THE_WAY, *_LINKS, *_ICP, *_TLS)}
"""Every fault by its id."""


class UnknownFaultError(ValueError):
    """A fault that is not in the catalogue; the message names those that are."""

    def __init__(self, fault_id: str) -> None:
        super().__init__(f"no fault {fault_id!r} in the lab; it knows: {', '.join(FAULTS)}")


def fault(fault_id: str) -> Fault:
    """The fault of that id. Raises UnknownFaultError."""
    try:
        return FAULTS[fault_id]
    except KeyError:
        raise UnknownFaultError(fault_id) from None


def expectations(fault_ids: Iterable[str]) -> set[Expectation]:
    """What a correct inspector says of a site with these faults: (check id, status) pairs, one for each check.

    Where one fault only warns and another fails the same check, the check fails.
    """
    present = [fault(fault_id) for fault_id in fault_ids]
    found = {
        (check, status)
        for one in present
        for check, status in one.expects
        if not any(check.startswith(other.hides) for other in present if other is not one)
    }
    return {(check, status) for check, status in found if status is Status.FAIL or (check, Status.FAIL) not in found}
