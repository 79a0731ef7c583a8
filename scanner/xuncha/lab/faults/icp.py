"""Filing numbers, identity code and marks."""

from xuncha.lab.faults.model import fails, leads_to
from xuncha.model.outcome import Status

ICP = (
    fails("icp-missing", "icp.filing-shown", "未标明备案号", "No ICP number is shown"),
    fails("icp-malformed", "icp.filing-format", "备案号格式不规范", "The ICP number is malformed"),
    fails("icp-unlinked", "icp.filing-linked", "备案号未加链接", "The ICP number is not linked"),
    fails("icp-linked-elsewhere", "icp.filing-linked", "备案号链接错误", "The ICP number is linked elsewhere"),
    fails("police-missing", "icp.police-shown", "未标明公安备案号", "No police filing number is shown"),
    fails("police-malformed", "icp.police-format", "公安备案号位数错误", "The police number has a digit too few"),
    fails("police-unlinked", "icp.police-linked", "公安备案号未加链接", "The police number is not linked"),
    fails("police-linked-other", "icp.police-linked", "公安备案号与链接不一致", "Police number and link disagree"),
    leads_to(
        "code-missing",
        "未标明网站标识码",
        "No site identity code is shown",
        ("icp.site-code", Status.FAIL),
        ("identity.meta-tags", Status.FAIL),
    ),
    fails("code-malformed", "icp.site-code", "网站标识码位数错误", "The site identity code has a digit too few"),
    fails("conac-missing", "icp.conac-mark", "未加挂党政机关网站标识", "No CONAC identity mark"),
    fails("report-missing", "icp.report-error", "没有“我为政府网站找错”入口", "No report-an-error entry"),
    fails("meta-copied", "icp.consistent", "网页标签套用其他网站", "Meta tags copied from another site"),
    fails(
        "report-other-code", "icp.consistent", "“找错”入口标识码不符", "The report entry carries another site's code"
    ),
    fails("icp-not-inventory", "icp.consistent", "备案号与名录不符", "The ICP number is not the inventory's"),
    fails("icp-unregistered", "icp.registered", "登记资料中查不到该备案号", "The ICP number is not in the register"),
    fails("icp-of-another", "icp.registered", "备案主体不符", "The ICP number is registered to somebody else"),
)
