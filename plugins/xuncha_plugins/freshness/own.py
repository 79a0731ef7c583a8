"""What a page holds of its own, beside what all pages of the site have: navigation, sidebars, footer.

A column is called blank only where nothing is left after that, and no script of the page's own could fill it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import gt
from zlib import crc32

from xuncha.api import Listing, Page

ENOUGH_WORDS = 20
"""So many characters of its own are something to read, whatever they say."""

MAX_SHORT = 60
"""Of shorter lines the words are kept, of so many of them."""

ADORNING = 2
"""So many pictures above a list that says that it has nothing are its banner."""

FRAME_LINKS = 4
"""A page that shares fewer links with others is no page of the site's template: nothing is said of it."""

MAX_MARKS = 2_000
"""Of one page no more is remembered."""

MAX_ROWS = 30
"""Of a list that is left out."""

MAX_COMMON = 60_000
USUAL = 2
"""What stands on the home page, or on so many other pages, belongs to none of them."""

_NOTHING = re.compile(
    r"(?:对不起|抱歉|您好|该栏目|本栏目|此栏目|目前|当前|栏目|分类|下|，|,|！|!|\s)*"
    r"(?:(?:暂无|没有|未找到|尚无|无|暂时没有|还没有)(?:任何|相关|符合条件的|更多|找到|检索到|查询到)*"
    r"(?:数据|信息|内容|记录|文章|资料|结果)|暂无)[。！!.]*"
    r"|(?:对不起|抱歉|您好|该|本|此|，|,|！|!|\s)*(?:栏目|页面|网页|网站|功能|内容|信息|资料|板块|频道|数据)(?:正在|正|尚在|还在)?"
    r"(?:紧张|加紧|抓紧|积极|努力)?地?(?:更新|建设|筹建|筹备|整理|完善|开发|制作|编辑|录入|准备|添加|充实|调试)(?:之|当)?中"
    r"[…。.!！~～，,、\s请敬尽稍候后谅解期待关注访问原给您带来造成的不便再谢感支持理查看浏览光临之处深表歉意以过到时届]{0,40}"
    r"|(?i:\W*(?:under construction|coming soon|no data|no records?)[^\n]{0,30})"
)
_NOTICE = re.compile(
    r"(?:正在|现在|因|由于|进行|实施)[^，。；\n]{0,15}(?:改版|迁移|升级|维护|改造|调整)"
    r"|(?:改版|迁移|升级|维护|改造)(?:升级|改造|工作|建设|调整)?(?:中|期间|，|。|！|$)"
)
"""What a column says that is being rebuilt: nobody can tell from outside whether it was kept up to date."""

MAX_NOTICE = 300
"""Characters; a page with more of its own is no mere notice."""

_HEAD = re.compile(
    r"\w{0,8}(?:序号|编号|名称|标题|文号|日期|时间|类别|类型|部门|单位|机关|机构|状态|操作|来源|索引号|备注|内容|姓名|职务|附件|下载|事项|结果|依据"
    r"|地址|年份|年度|金额|对象|关键词|摘要)"
)
"""A cell in the head of a table, which says nothing without rows."""

_SENTENCE = re.compile(r"[。；！？!;\d]|[无未没不已请见详]")
"""What makes few characters a statement: an end, a number, or a word by which somebody says something."""

_DRAWN = ("<svg", "<canvas", "<textarea", "<select", "<input")
"""What shows words or a picture that are no part of a page's text."""

_DIRECTORY = re.compile(r"导航|(?:网站|站点|本站|网页)地图|^\s*地图|(?i:site\s?map)")

_PAGER = re.compile(
    r"(?:首页|上一页|下一页|上页|下页|尾页|末页|前一页|后一页|跳转|转到|第|共|总共|页|条|记录|当前|到|每页|GO|go|确定"
    r"|\d|[/|\\<>«»‹›\[\]:：，,.\s])+"
)
_FILLS = re.compile(
    r"(?i)ajax|getJSON|\.load\s*\(|\bfetch\s*\(|XMLHttpRequest|axios|document\.write|createElement|innerHTML"
    r"|\.append|\.html\s*\(|jpage|new\s+Vue|createApp|template|datasource|dataproxy"
    r"|location(?:\.href)?\s*=|location\.(?:replace|assign)"
)
_DRAWS = ("BMap", "AMap", "TMap", "T.Map", "echarts")
"""What draws maps and charts; words of their own, for the search for them is faster than a pattern's."""

_CONTENT_REGION = re.compile(r"(?i)list|news|article|content|data|item|column|result|main|xw|tzgg")
_FRAME_REGION = re.compile(
    r"(?i)pag(?:e|in)|foot|bottom|nav|menu|friend|banner|swiper|slick|search|share|weather|copyright|beian|icp|login|crumb"
)
_GADGET = re.compile(
    r"(?i)weather|tianqi|time|date|clock|count|hit|visit|user|login|lang|code|player|map|float|pop|\bad"
)
_LISTS = ("ul", "ol", "dl", "tbody")
_PICTURES = frozenset({"img", "srcset", "css-url"})
_MEDIA = frozenset({"object", "media", "iframe", "frame", "meta-refresh"})


def content_regions(page: Page) -> tuple[str, ...]:
    """The regions that script is likely to fill with rows; pagers, banners, footers and gadgets are none."""
    named = (name for name in page.scripted_regions if _CONTENT_REGION.search(name))
    filled = (name for name in page.filled_boxes if not _GADGET.search(name))
    return tuple(name for name in (*named, *filled) if not _FRAME_REGION.search(name))


def unfilled_lists(page: Page) -> bool:
    """Whether a list stands there that is still empty, or a box that a script of the page itself fills."""
    if not page.scripts:
        return False
    filled = set(page.filled_boxes)
    return any(name in filled or name.startswith(_LISTS) for name in content_regions(page))


@dataclass(frozen=True, slots=True)
class Own:
    """The marks of what a page shows: ``words`` with their lengths, ``things`` such as links and pictures.

    ``notice`` is set where it says that it is being rebuilt, moved or maintained, ``directory`` where its title says
    that it leads through the site or is a map. ``repeated`` counts entries of the navigation that it shows once more,
    ``drawn`` drawings and boxes of text. ``nothing`` is what says that there is nothing, be it the words of a picture,
    ``short`` the words of short lines. ``pictures`` are those among the things.
    """

    words: tuple[tuple[int, int], ...]
    links: tuple[int, ...]
    things: tuple[int, ...]
    scripts: tuple[int, ...]
    fillers: tuple[int, ...]
    notice: bool = False
    directory: bool = False
    repeated: int = 0
    drawn: tuple[int, ...] = ()
    nothing: str = ""
    short: tuple[tuple[int, str], ...] = ()
    pictures: tuple[int, ...] = ()


def scripts_of(page: Page) -> Own:
    """The marks of a page's scripts alone."""
    return Own((), (), (), *_scripts(page))


def _scripts(page: Page) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those that are loaded, and those of the page itself that fill something."""
    loaded = {_mark(script.src) for script in page.scripts if script.src}
    fillers = {_mark(script.inline) for script in page.scripts if script.inline and _may_fill(script.inline)}
    return tuple(loaded), tuple(fillers)


def _may_fill(script: str) -> bool:
    return _FILLS.search(script) is not None or any(name in script for name in _DRAWS)


def words_of(page: Page, name: str, without: Sequence[Listing]) -> Own:
    """The marks of a page that may hold nothing, and what it says; lists ``without`` which it is read are left out.

    So are lines that only repeat the column's ``name``, the way to it or a pager. All pages with rows need no words.
    """
    left_out = _Lists(without)
    lines = _lines(page)
    said = [line for line in lines if not left_out.show(line)]
    telling = [line for line in said if _says_something(line, name)]
    pictured = (link.text for link in page.links[:MAX_MARKS] if link.kind == "img" and "中" in link.text)
    nothing = next((line[:MAX_SHORT] for line in chain(said, pictured) if _says_nothing(line)), "")
    called = f"{page.title} {name}"
    return replace(
        own_of(page, telling, left_out.targets),
        notice=any(_NOTICE.search(line[:MAX_NOTICE]) for line in lines if "浏览器" not in line),
        directory=_DIRECTORY.search(called) is not None or (not nothing and "地图" in called),
        nothing=nothing,
        short=tuple((_mark(line), line) for line in telling if len(line) < MAX_SHORT)[-MAX_SHORT:],
    )


def own_of(page: Page, lines: Sequence[str] | None = None, without: Collection[str] = ()) -> Own:
    """The marks of a page, or of these ``lines`` of it and of its links but those ``without``."""
    links, pictures, things = set(), set(), {_mark(form.target) for form in page.forms}
    for link in page.links[:MAX_MARKS]:
        if link.kind in ("a", "area") and link.target and link.target not in without:
            links.add(_mark(link.target))
        elif link.kind in _PICTURES and link.target:
            pictures.add(_mark(link.target))
        elif link.kind in _MEDIA and link.target:
            things.add(_mark(link.target))
    scripts, fillers = _scripts(page)
    return Own(
        words=tuple({_mark(line): len(line) for line in (_lines(page) if lines is None else lines)}.items()),
        links=tuple(links),
        things=(*things, *pictures),
        scripts=scripts,
        fillers=fillers,
        repeated=_repeated(page),
        drawn=tuple(map(page.html.count, _DRAWN)),
        pictures=tuple(pictures),
    )


def _lines(page: Page) -> list[str]:
    return [line.strip() for line in page.text.split("\n")[:MAX_MARKS]]


class _Lists:
    """What some lists show, to tell it from the rest of their page."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        rows = [row for listing in listings for row in listing.rows[:MAX_ROWS]]
        self.targets = {row.target for row in rows} | {listing.more for listing in listings}
        self._words = {row.text for row in rows} | {row.raw_date for row in rows}
        self._words |= {listing.heading for listing in listings}

    def show(self, line: str) -> bool:
        """Whether a line is theirs."""
        return line in self._words or any(len(words) >= ENOUGH_WORDS // 2 and words in line for words in self._words)


def _repeated(page: Page) -> int:
    shown = Counter(link.target for link in page.links[:MAX_MARKS] if link.kind in ("a", "area") and link.target)
    return sum(shown[target] > 1 for target in {link.target for link in page.navigation})


def _says_something(line: str, name: str) -> bool:
    if len(line) > len(name) + 60:
        return True
    if not line or line == name or "位置" in line[:12] or not any(map(str.isalnum, line)):
        return False
    return not (_NOTHING.fullmatch(line) or _PAGER.fullmatch(line) or all(map(_HEAD.fullmatch, line.split())))


def _says_nothing(line: str) -> bool:
    return len(line) < 2 * MAX_SHORT and _NOTHING.fullmatch(line) is not None


def _mark(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))


class Common:
    """Counts on how many pages a mark stands; what the home page has counts as usual.

    What only pages without rows share is no part of the template: several columns may bear the same words.
    """

    def __init__(self) -> None:
        self._count: Counter[int] = Counter()
        self._framing: set[int] = set()
        self._repeated = 0
        self._drawn = (0,) * len(_DRAWN)

    def add(self, own: Own, *, home: bool = False, rows: bool = False) -> None:
        """Count the marks of a page: the home page, one with rows, or another."""
        if len(self._count) < MAX_COMMON:
            marks = dict.fromkeys(_marks(own), USUAL + 1 if home else 1)
            self._count.update(marks)
            if home or rows:
                self._framing.update(marks)
                self._drawn = tuple(map(max, self._drawn, own.drawn))
            if rows:
                self._repeated = max(self._repeated, own.repeated)

    def _is_usual(self, mark: int) -> bool:
        return mark in self._framing and self._count[mark] > USUAL

    def left(self, own: Own) -> int:
        """How many characters of its own a page has; any link, picture or drawing of its own counts as enough."""
        if any(map(gt, own.drawn, self._drawn)) or not all(self._is_usual(mark) for mark in (*own.links, *own.things)):
            return ENOUGH_WORDS
        return sum(length for mark, length in own.words if not self._is_usual(mark))

    def adorns(self, own: Own) -> bool:
        """Whether a page has nothing of its own but a picture or two."""
        pictures = frozenset(one for one in own.pictures if not self._is_usual(one))
        others = (*own.links, *(one for one in own.things if one not in pictures), *(one for one, _ in own.words))
        drawn = any(map(gt, own.drawn, self._drawn))
        return len(pictures) <= ADORNING and not drawn and all(map(self._is_usual, others))

    def words(self, own: Own) -> str:
        """The short lines of its own that a page has, one behind the other."""
        return " ".join(words for mark, words in own.short if not self._is_usual(mark))[:MAX_SHORT]

    def states(self, own: Own) -> bool:
        """Whether the few words of its own that a page has are a statement, such as that a unit has no such items."""
        return any(_SENTENCE.search(words) for mark, words in own.short if not self._is_usual(mark))

    def is_notice(self, own: Own) -> bool:
        """Whether a page says hardly more than that it is being rebuilt."""
        return own.notice and self.left(own) < MAX_NOTICE

    def leads_on(self, own: Own) -> bool:
        """Whether a page is there to lead through the site: it shows the navigation once more than any list does."""
        return own.directory or own.repeated >= self._repeated + FRAME_LINKS

    def is_framed(self, own: Own) -> bool:
        """Whether the page shares enough with others to be one of the site's template."""
        return sum(self._is_usual(mark) for mark in own.links) >= FRAME_LINKS

    def may_be_filled(self, own: Own) -> bool:
        """Whether a script of the page's own could fill it."""
        return not all(self._is_usual(mark) for mark in (*own.scripts, *own.fillers))


def _marks(own: Own) -> Iterator[int]:
    yield from (mark for mark, _ in own.words)
    yield from own.links
    yield from own.things
    yield from own.scripts
    yield from own.fillers
