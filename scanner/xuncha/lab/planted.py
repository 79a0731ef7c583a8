"""What somebody else has planted: hidden links, a hijacked title, spam for spiders and for missing pages, a frame."""

from collections.abc import Callable, Mapping

from xuncha.lab.documents import png
from xuncha.lab.layout import Setting, fill
from xuncha.lab.messages import Request

BETTING = "www.betting.example"
COUNTER = "www.caipiao168.example"
SHEET = ".xgxx { height: 0; overflow: hidden }\n"
_ENGINES = ("baiduspider", "baidu.com")


def _links(setting: Setting) -> str:
    betting = setting.outside(BETTING)
    return (
        f'<a href="{betting}/">皇冠体育投注平台</a> <a href="{betting}/">百家乐</a> <a href="{betting}/">六 合 彩</a>'
    )


def _written(setting: Setting) -> str:
    """Quotes and slashes as injected scripts escape them."""
    markup = f'<div style="display:none">{_links(setting)}</div>'
    text = "".join(f"\\x{ord(one):02x}" if one in '<>"' else one for one in markup)
    return f"<script>document.write('{text}');</script>"


IN_ARTICLE: Mapping[str, Callable[[Setting], str]] = {
    "hidden-links-inline": lambda it: f'<div style="position:absolute;left:-9999px;top:-9999px">{_links(it)}</div>',
    "hidden-links-sheet": lambda it: f'<div class="xgxx">{_links(it)}</div>',
    "script-hidden": _written,
    "injected-frame": lambda it: f'<iframe src="{it.outside(COUNTER)}/tj.html" width="0" height="0"></iframe>',
}
"""Fault id → the markup it puts under the newest notice."""


_IN_SHARED_SCRIPT = {
    "links-appended": "appended.js",
    "overlay-drawn": "overlay.js",
    "body-replaced": "replaced.js",
}
"""Fault id → what it adds to the script that every page of the site has."""

COUNTING = "/script/tongji.js"
LEFT = "/images/left.png"


def in_shared_script(setting: Setting) -> str:
    """What others have added to the site's own script, which is where it always was."""
    return "".join(
        fill(template, betting=setting.outside(BETTING))
        for fault_id, template in _IN_SHARED_SCRIPT.items()
        if setting.has(fault_id)
    )


def counter(setting: Setting) -> str:
    """The script of the home page that counts visits and does other things."""
    return f'<script src="{COUNTING}"></script>' if setting.has("links-written") else ""


def written(setting: Setting) -> str:
    """That script."""
    return fill("written.js", betting=setting.outside(BETTING))


def poster() -> bytes:
    """A picture as defacers leave it: large, dark, nothing of the office in it."""
    return png(560, 300, "#101010")


def home_title(setting: Setting) -> str:
    """The title of the home page."""
    spam = "皇冠体育官网_百家乐投注平台_" if setting.has("title-hijacked") else ""
    return f"{spam}{setting.site.name}"


def left_on_home(setting: Setting) -> str:
    """What others leave on top of the home page."""
    signed = "<h1>Hacked by Nobody &amp; Friends</h1>" if setting.has("home-defaced") else ""
    return signed + counter(setting)


def spam() -> str:
    """A page that advertises."""
    return fill("betting.html")


def is_shown_spam(setting: Setting, request: Request) -> bool:
    """Whether this visitor of the home page is shown spam: spiders, and those who come from a search."""
    told = f"{request.user_agent} {request.header('referer')}".lower()
    return setting.has("cloaked") and any(sign in told for sign in _ENGINES)
