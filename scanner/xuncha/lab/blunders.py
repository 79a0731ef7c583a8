"""The faulty links, each a piece of markup that one page of the site carries."""

from collections.abc import Callable, Mapping

from xuncha.lab.layout import Setting, anchor, lines

CITY = "www.shi.gov.example"
PARKED = "www.parked.example"
GONE = "www.gone.example"

IN_ARTICLE: Mapping[str, Callable[[Setting], str]] = {
    "link-broken": lambda _: anchor("/zwgk/zcwj/201903/t20190312_118.html", "示例区公共服务管理办法（原文）"),
    "external-broken": lambda it: anchor(f"{it.outside(CITY)}/zwgk/2016/gg.html", "市人民政府公告"),
    "external-unknown": lambda it: anchor(f"{it.outside(GONE)}/", "全民健身信息网"),
    "image-missing": lambda _: '<img src="/images/2019/hdxc.jpg" alt="活动现场">',
    "attachment-missing": lambda _: anchor("/attachments/2019/mingdan.xls", "附件：公示名单.xls"),
    "link-empty": lambda _: '<a href="#">查看更多通知</a>',
    "link-script-void": lambda _: '<a href="javascript:void(0)">打印本页</a>',
    "link-to-missing-note": lambda _: anchor("/zwgk/ldjh/", "领导讲话"),
    "link-to-home": lambda _: anchor("/zwgk/czxx/2018.html", "2018年度财政信息"),
    "link-parked": lambda it: anchor(f"{it.outside(PARKED)}/", "示例区旅游网"),
    "link-private": lambda _: anchor("http://192.168.10.25/oa/", "业务系统入口"),
    "link-localhost": lambda _: anchor("http://localhost:8080/bsdt/", "网上办事大厅"),
    "link-local-file": lambda _: anchor("file:///D:/2019/tongzhi.doc", "通知原文"),
}
"""Fault id → the markup it puts under the newest notice."""

ON_HOME: Mapping[str, Callable[[Setting], str]] = {
    "link-broken-home": lambda _: f"<li>{anchor('/ztzl/2019zt/index.html', '主题教育专题')}</li>",
}
"""Fault id → the item it puts among the home page's topics."""

STYLE_MISSING = '<link rel="stylesheet" href="/style/print.css" media="print">'


def related(setting: Setting) -> str:
    """What stands under the newest notice; nothing on a faultless site."""
    pieces = [make(setting) for fault_id, make in IN_ARTICLE.items() if setting.has(fault_id)]
    if not pieces:
        return ""
    return f'<div class="related">相关链接：\n{lines(f"<p>{piece}</p>" for piece in pieces)}\n</div>'


def topics(setting: Setting) -> str:
    """The faulty items among the home page's topics."""
    return lines(make(setting) for fault_id, make in ON_HOME.items() if setting.has(fault_id))
