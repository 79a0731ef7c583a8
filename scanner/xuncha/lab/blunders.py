"""Blunders of editors: faulty links and bad texts, each a piece of markup that one page of the site carries."""

from collections.abc import Callable, Iterator, Mapping

from xuncha.lab.columns import CONSULTATIONS, Article, articles
from xuncha.lab.layout import Setting, anchor, lines
from xuncha.lab.people import beneficiaries
from xuncha.lab.planted import BETTING
from xuncha.lab.planted import IN_ARTICLE as PLANTED

CITY = "www.shi.gov.example"
PARKED = "www.parked.example"
LIBRARY = "cdn.ku.example"
SCRIPT_ELSEWHERE = "/jquery/1.12.4/jquery.min.js"
SCENE = "/images/scene.png"
GONE = "www.gone.example"
ERROR_AS_FILE = "/attachments/2020/guanli-banfa.pdf"
SYSTEM = "/yuyue/index.html"
_SECRET, _UNFINISHED, _FILLER = "/zwgk/nbwj/jyjb.html", "/about/bmdt.html", "/xwdt/tzgg/ceshi.html"


def long_over(setting: Setting) -> Article:
    """The consultation that ended long ago."""
    return articles(setting.site, CONSULTATIONS, setting.now)[-1]


def _still_offered(setting: Setting) -> str:
    article = long_over(setting)
    return f"<li>{anchor(article.path, f'【正在征集】{article.title}')}</li>"


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
    "mixed-content": lambda it: f'<img src="{it.outside(CITY, "http")}{SCENE}" alt="市里的活动">',
    "sri-missing": lambda it: f'<script src="{it.outside(LIBRARY)}{SCRIPT_ELSEWHERE}"></script>',
    "content-harmful-link": lambda it: anchor(f"{it.outside(BETTING)}/", "皇冠体育投注平台"),
    "content-secrecy": lambda _: anchor(_SECRET, "工作简报"),
    "content-construction": lambda _: anchor(_UNFINISHED, "便民服务地图"),
    "content-placeholder": lambda _: anchor(_FILLER, "测试标题"),
    "service-download-error": lambda _: anchor(ERROR_AS_FILE, "附件：公共服务设施管理办法.pdf"),
}
"""Fault id → the markup it puts under the newest notice."""

ON_HOME: Mapping[str, Callable[[Setting], str]] = {
    "link-broken-home": lambda _: f"<li>{anchor('/ztzl/2019zt/index.html', '主题教育专题')}</li>",
    "content-expired": _still_offered,
}
"""Fault id → the item it puts among the home page's topics."""

IN_TEXT: Mapping[str, tuple[str, Callable[[], str]]] = {
    "content-typo": ("zwgk/zcwj", lambda: "<p>本办法报区人民代表大人常务委员会备案，由示例区入民政府负责解释。</p>"),
    "content-personal-data": ("names", lambda: _table(beneficiaries(masked=False))),
}
"""Fault id → the column whose newest article carries it (or the lists of names), and what it puts into the text."""

EXTRA_PAGES: Mapping[str, tuple[str, str, str]] = {
    "content-secrecy": (_SECRET, "工作简报", "<p>机密★1年</p><p>本期内容：重点工作进展情况。</p>"),
    "content-construction": (_UNFINISHED, "便民服务地图", "<p>栏目正在建设中，敬请期待……</p>"),
    "content-placeholder": (_FILLER, "测试标题", "<p>测试测试测试，此处填写正文内容。</p><p>aaaaaaa 1111111</p>"),
}
"""Fault id → path, title and text of a page that the site would better not have."""

STYLE_MISSING = '<link rel="stylesheet" href="/style/print.css" media="print">'


def related(setting: Setting) -> str:
    """What stands under the newest notice; nothing on a faultless site."""
    every = {**IN_ARTICLE, **PLANTED}
    pieces = [make(setting) for fault_id, make in every.items() if setting.has(fault_id)]
    if not pieces:
        return ""
    return f'<div class="related">相关链接：\n{lines(f"<p>{piece}</p>" for piece in pieces)}\n</div>'


def topics(setting: Setting) -> str:
    """The faulty items among the home page's topics."""
    return lines(make(setting) for fault_id, make in ON_HOME.items() if setting.has(fault_id))


def in_text(setting: Setting, place: str) -> str:
    """What faults put into the text of the newest article there."""
    return lines(make() for fault_id, (its, make) in IN_TEXT.items() if its == place and setting.has(fault_id))


def _table(rows: Iterator[tuple[str, ...]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f'<table border="1">\n{lines(f"<tr>{row}</tr>" for row in cells)}\n</table>'
