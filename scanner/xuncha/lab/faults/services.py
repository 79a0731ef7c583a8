"""Functions and service guides that let the citizen down."""

from xuncha.lab.faults.model import fails, leads_to, warns
from xuncha.model.outcome import Status

SERVICES = (
    fails("service-search-broken", "services.search", "站内搜索返回 500", "The search answers 500"),
    fails("service-search-blind", "services.search", "站内搜索查不到任何内容", "The search finds nothing"),
    leads_to(
        "service-download-error",
        "附件下载到的是错误提示页",
        "A download is an error page",
        ("services.downloads", Status.FAIL),
        ("links.wrong-target", Status.WARN),
    ),
    fails("service-form-dead", "services.forms", "表单提交地址不存在", "A form whose action does not exist"),
    leads_to(
        "service-system-down",
        "网上系统打不开（503）",
        "An online system answers 503",
        ("services.systems", Status.FAIL),
        ("links.broken-internal", Status.WARN),
        ("availability.levels-open", Status.WARN),
    ),
    fails("guide-incomplete", "services.guides-complete", "办事指南要素不全", "A service guide lacks elements"),
    warns("guide-catch-all", "services.guides-catch-all", "办理材料有兜底条款", "A catch-all clause in the materials"),
    leads_to(
        "guide-online-dead",
        "“网上办理”入口打不开（404）",
        "The online entry of a service answers 404",
        ("services.guides-online", Status.FAIL),
        ("links.broken-internal", Status.FAIL),
    ),
)
