"""What somebody else has planted on the pages."""

from xuncha.lab.faults.model import fails, leads_to, warns
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
    warns("script-hidden", "darklinks.scripted", "脚本写入的暗链", "Links written by script"),
    fails("title-hijacked", "darklinks.title-spam", "首页标题被改为推广内容", "The title of the home page advertises"),
    fails("cloaked", "darklinks.cloaking", "只对搜索引擎显示推广页面", "Spiders and searchers are shown spam"),
    fails("error-page-spam", "darklinks.error-pages", "404 页面被换成推广页面", "Missing pages answer with spam"),
    fails("injected-frame", "darklinks.injected", "零尺寸框架打开可疑网站", "A frame of no size opens an odd host"),
)
