"""Elements that the footer and the head of every page should have."""

from xuncha.lab.faults.model import EVERYTHING, Fault, fails, warns
from xuncha.model.outcome import Status

IDENTITY = (
    fails("sponsor-missing", "identity.sponsor", "未标明主办单位", "No sponsor is named"),
    warns("undertaker-missing", "identity.undertaker", "未标明承办单位", "No undertaker is named"),
    fails("contact-missing", "identity.contact", "未标明联系方式", "No address or telephone"),
    warns("copyright-missing", "identity.copyright", "未标明版权归属", "No copyright notice"),
    warns("site-map-missing", "identity.site-map", "未提供网站地图", "No site map"),
    warns("accessibility-missing", "identity.accessibility", "未提供无障碍声明", "No accessibility statement"),
    fails("tags-missing", "identity.meta-tags", "未设置网页标签", "No national meta tags"),
    Fault(
        "old-domain-answers",
        "已永久下线的网站仍可访问",
        "A site that was shut down for good still answers",
        (("identity.old-domains", Status.FAIL),),
        EVERYTHING,
    ),
)
