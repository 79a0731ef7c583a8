"""Whether the site answers, and what stands in the inspector's way."""

from xuncha.lab.faults.model import EVERYTHING, PAGES, Fault, unread, warns
from xuncha.model.outcome import Status


def _closed(fault_id: str, zh: str, en: str, *, hides: tuple[str, ...] = PAGES) -> Fault:
    """One visit can only say that the home page did not open at this moment."""
    return Fault(fault_id, zh, en, (("availability.home-opens", Status.WARN),), hides)


def _in_the_way(fault_id: str, zh: str, en: str) -> Fault:
    """A challenge is no statement about the site: the inspector was not let in."""
    return Fault(fault_id, zh, en, (("availability.home-opens", Status.INCONCLUSIVE),), PAGES)


AVAILABILITY = (
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
    warns("home-slow", "availability.response-time", "首页打开缓慢", "The home page is slow"),
    warns("soft-404", "availability.soft-404", "不存在的地址返回 200", "Addresses that do not exist answer 200"),
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
    warns("ipv6-missing", "availability.ipv6", "没有 IPv6 地址", "The name has no IPv6 address"),
    Fault(
        "offline-announced",
        "已公告临时下线",
        "Temporarily offline, as announced",
        (("availability.home-opens", Status.NOT_APPLICABLE),),
        EVERYTHING,
    ),
)

_FOOTER = ("icp.filing-shown", "icp.police-shown", "icp.site-code", "icp.conac-mark", "icp.report-error")

IN_THE_WAY = (
    _in_the_way("challenge-521", "防护系统验证页（521，内联脚本）", "WAF challenge (521 with an inline script)"),
    _in_the_way("challenge-412", "防护系统验证页（412，动态脚本）", "WAF challenge (412 with dynamic scripts)"),
    _in_the_way("challenge-202", "防护系统验证页（202，动态脚本）", "WAF challenge (202 with dynamic scripts)"),
    _in_the_way("challenge-200", "防护系统验证页（200，等待页）", "WAF challenge (200, a waiting page)"),
    _in_the_way("challenge-shut", "防护系统滑块验证页（须由人拖动）", "WAF challenge (a slider that wants a person)"),
    unread("scripted", "列表和页脚由脚本生成", "Lists and footer are built by scripts", *_FOOTER, hides=("icp.",)),
    unread("footer-written", "页脚由脚本写入", "The footer is written by script", *_FOOTER, hides=("icp.",)),
    unread("home-mounted", "首页由前端框架生成", "The home page is mounted by script", *_FOOTER, hides=("icp.",)),
)
