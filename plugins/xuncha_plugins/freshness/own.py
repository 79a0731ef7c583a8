"""What a page holds of its own, beside what all pages of the site have: navigation, sidebars, footer.

A column is called blank only where nothing is left after that, and no script of the page's own could fill it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from xuncha.api import Page

ENOUGH_WORDS = 20
"""So many characters of its own are something to read."""

FRAME_LINKS = 4
"""A page that shares fewer links with others is no page of the site's template: nothing is said of it."""

MAX_MARKS = 2_000
"""Of one page no more is remembered."""

MAX_COMMON = 60_000
USUAL = 2
"""What stands on the home page, or on so many other pages, belongs to none of them."""

_NOTHING = re.compile(
    r"(?:对不起|抱歉|您好|该栏目|本栏目|此栏目|目前|当前|栏目|分类|下|，|,|！|!|\s)*"
    r"(?:暂无|没有|未找到|尚无|无|暂时没有|还没有)(?:任何|相关|符合条件的|更多|找到)*"
    r"(?:数据|信息|内容|记录|文章|资料|结果)[。！!.]*"
)
_NOTICE = re.compile(
    r"(?:正在|现在|因|由于|进行|实施)[^，。；\n]{0,15}(?:改版|迁移|升级|维护|改造|调整)"
    r"|(?:改版|迁移|升级|维护|改造)(?:升级|改造|工作|建设|调整)?(?:中|期间|，|。|！|$)"
)
"""What a column says that is being rebuilt: nobody can tell from outside whether it was kept up to date."""

MAX_NOTICE = 300
"""Characters; a page with more of its own is no mere notice."""

_DIRECTORY = re.compile(r"导航|地图|(?i:site\s?map)")

_PAGER = re.compile(
    r"(?:首页|上一页|下一页|上页|下页|尾页|末页|前一页|后一页|跳转|转到|第|共|总共|页|条|记录|当前|到|每页|GO|go|确定"
    r"|\d|[/|\\<>«»‹›\[\]:：，,.\s])+"
)
_FILLS = re.compile(
    r"(?i)ajax|getJSON|\.load\s*\(|\bfetch\s*\(|XMLHttpRequest|axios|document\.write|createElement|innerHTML"
    r"|\.append|\.html\s*\(|jpage|new\s+Vue|createApp|template|datasource|dataproxy"
)
_CONTENT_REGION = re.compile(r"(?i)list|news|article|content|data|item|column|result|main|xw|tzgg")
_FRAME_REGION = re.compile(
    r"(?i)pag(?:e|in)|foot|bottom|nav|menu|friend|banner|swiper|slick|search|share|weather|copyright|beian|icp|login|crumb"
)
_MEDIA = frozenset({"img", "srcset", "object", "media", "iframe", "frame", "css-url"})


def content_regions(page: Page) -> tuple[str, ...]:
    """The regions that script is likely to fill with rows; pagers, banners and footers are none."""
    return tuple(
        name for name in page.scripted_regions if _CONTENT_REGION.search(name) and not _FRAME_REGION.search(name)
    )


@dataclass(frozen=True, slots=True)
class Own:
    """The marks of what a page shows: ``words`` with their lengths, ``things`` such as links and pictures.

    ``notice`` is set where it says that it is being rebuilt, moved or maintained, ``directory`` where its title says
    that it leads through the site. ``repeated`` counts entries of the navigation that it shows once more.
    """

    words: tuple[tuple[int, int], ...]
    links: tuple[int, ...]
    things: tuple[int, ...]
    scripts: tuple[int, ...]
    fillers: tuple[int, ...]
    notice: bool = False
    directory: bool = False
    repeated: int = 0


def own_of(page: Page, name: str) -> Own:
    """The marks of a page; lines that only repeat the column's ``name``, the way to it or a pager are left out."""
    notice = any(
        _NOTICE.search(line[:MAX_NOTICE]) for line in page.text.split("\n")[:MAX_MARKS] if "浏览器" not in line
    )
    directory = _DIRECTORY.search(f"{page.title} {name}") is not None
    lines = {_mark(line): len(line) for line in page.text.split("\n")[:MAX_MARKS] if _says_something(line, name)}
    links, things = set(), {_mark(form.target) for form in page.forms}
    for link in page.links[:MAX_MARKS]:
        if link.kind in ("a", "area") and link.target:
            links.add(_mark(link.target))
        elif link.kind in _MEDIA and link.target:
            things.add(_mark(link.target))
    scripts = {_mark(script.src) for script in page.scripts if script.src}
    fillers = {_mark(script.inline) for script in page.scripts if script.inline and _FILLS.search(script.inline)}
    return Own(
        tuple(lines.items()),
        tuple(links),
        tuple(things),
        tuple(scripts),
        tuple(fillers),
        notice,
        directory,
        _repeated(page),
    )


def _repeated(page: Page) -> int:
    shown = Counter(link.target for link in page.links[:MAX_MARKS] if link.kind in ("a", "area") and link.target)
    return sum(shown[target] > 1 for target in {link.target for link in page.navigation})


def _says_something(line: str, name: str) -> bool:
    line = line.strip()
    if len(line) > len(name) + 30:
        return True
    if not line or line == name or "位置" in line[:12]:
        return False
    return not (_NOTHING.fullmatch(line) or _PAGER.fullmatch(line))


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

    def add(self, own: Own, *, home: bool = False, rows: bool = False) -> None:
        """Count the marks of a page: the home page, one with rows, or another."""
        if len(self._count) < MAX_COMMON:
            marks = dict.fromkeys(_marks(own), USUAL + 1 if home else 1)
            self._count.update(marks)
            if home or rows:
                self._framing.update(marks)
            if rows:
                self._repeated = max(self._repeated, own.repeated)

    def _is_usual(self, mark: int) -> bool:
        return mark in self._framing and self._count[mark] > USUAL

    def left(self, own: Own) -> int:
        """How many characters of its own a page has; any link or picture of its own counts as enough."""
        if not all(self._is_usual(mark) for mark in (*own.links, *own.things)):
            return ENOUGH_WORDS
        return sum(length for mark, length in own.words if not self._is_usual(mark))

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
