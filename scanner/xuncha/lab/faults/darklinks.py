"""What somebody else has planted on the pages."""

from xuncha.lab.faults.model import Fault, fails, leads_to, shown
from xuncha.model.outcome import Status

DARKLINKS = (
    leads_to(
        "hidden-links-inline",
        "用行内样式隐藏的暗链",
        "Links hidden by a style attribute",
        ("darklinks.hidden", Status.FAIL),
        ("content.harmful", Status.FAIL),
    ),
    leads_to(
        "hidden-links-sheet",
        "用样式表隐藏的暗链",
        "Links hidden by a style sheet",
        ("darklinks.hidden", Status.FAIL),
        ("content.harmful", Status.FAIL),
    ),
    Fault(
        "script-hidden",
        "脚本写入的暗链",
        "Links written by script",
        (("darklinks.scripted", Status.WARN),),
        in_browser=(("darklinks.scripted", Status.WARN), ("darklinks.hidden", Status.FAIL)),
    ),
    shown(
        "links-written",
        "统计脚本用 document.write 分段写入的暗链",
        "Hidden links, written piece by piece by a counter's script",
        ("darklinks.hidden", Status.FAIL),
        ("content.harmful", Status.FAIL),
    ),
    shown(
        "links-appended",
        "公共脚本在页面末尾添加的隐藏链接区块",
        "Hidden links, appended by the script that all pages share",
        ("darklinks.hidden", Status.FAIL),
        ("content.harmful", Status.FAIL),
    ),
    fails("title-hijacked", "darklinks.title-spam", "首页标题被改为推广内容", "The title of the home page advertises"),
    fails("cloaked", "darklinks.cloaking", "只对搜索引擎显示推广页面", "Spiders and searchers are shown spam"),
    fails("error-page-spam", "darklinks.error-pages", "404 页面被换成推广页面", "Missing pages answer with spam"),
    fails("injected-frame", "darklinks.injected", "零尺寸框架打开可疑网站", "A frame of no size opens an odd host"),
)
