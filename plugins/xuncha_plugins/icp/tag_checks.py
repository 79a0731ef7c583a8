"""The national meta tags: on every page, and more of them on columns and articles (《政府网站发展指引》, 网页标签)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xuncha.api import (
    ElementLocator,
    Page,
    Reason,
    Site,
    ask,
    finding,
    is_ordinary_article,
    page_check,
    unsure,
    warning,
)
from xuncha_plugins.icp.collect import FEW_LINKS, Said
from xuncha_plugins.icp.duties import GOVERNMENT_WEBSITES, Duty

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
COLUMN_WORDS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")


@dataclass(slots=True)
class _Lack:
    """One fault of the tags: how many pages share it, the first of them, and the tags it lacks."""

    at: ElementLocator
    tags: tuple[str, ...]
    pages: int = 1


@page_check("identity.meta-tags")
class MetaTags:
    """The site's tags stand on the home page and those below; columns and articles carry theirs.

    The home page's are demanded; what other pages lack is a hint. That tags tell the truth is ``icp.consistent``'s
    word.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lacks: dict[str, _Lack] = {}
        self._doubt: Reason | None = None
        self._home_seen = False

    def visit(self, page: Page) -> None:
        """Note what the page lacks. The home page comes first; others of its level are parts of it and need no tags."""
        if page.depth == 0:
            if not self._home_seen:
                self._see_home(page)
        elif page.title and not page.problem and not page.scripted:
            self._note(page)

    def _see_home(self, page: Page) -> None:
        self._home_seen = True
        self._doubt = _doubtful(page) if any(_lacking(page)) else None
        if not self._doubt:
            self._note(page)

    def _note(self, page: Page) -> None:
        for key, tags in _lacking(page):
            known = self._lacks.get(key)
            if known:
                known.pages += 1
            else:
                self._lacks[key] = _Lack(page.at("meta"), tags)

    def conclude(self) -> Iterator[Said]:
        """One finding for each kind of page."""
        home = self._lacks.get("home")
        if self._doubt:
            yield unsure(self._doubt)
        for key, lack in self._lacks.items():
            if key == "home":
                yield from self._of_home(lack)
            elif key != "inner" or not home:
                tags = "、".join(lack.tags)
                yield warning(lack.at, key, tags=tags, pages=lack.pages, distinct=key)

    def _of_home(self, lack: _Lack) -> Iterator[Said]:
        duty = GOVERNMENT_WEBSITES.get(self._site.kind) if self._site.kind else Duty.EXPECTED
        if duty is None:
            return
        if duty is Duty.ASKED or self._site.parent_site or self._site.network:
            yield ask(lack.at, "home", tags="、".join(lack.tags))
        else:
            say = finding if duty is Duty.REQUIRED else warning
            yield say(lack.at, "home", tags="、".join(lack.tags))


def _doubtful(page: Page) -> Reason | None:
    """Why a home page says nothing of the tags: script builds it, or a notice stands in place of it."""
    if page.problem or page.scripted:
        return page.problem or Reason.NEEDS_BROWSER
    leads_on = sum(1 for link in page.links if link.kind == "a" and link.target)
    return Reason.TOO_FEW_PAGES if page.title and leads_on < FEW_LINKS else None


def _lacking(page: Page) -> Iterator[tuple[str, tuple[str, ...]]]:
    tags = {name: page.meta(name) for name in (*SITE_TAGS, *COLUMN_WORDS, *ARTICLE_TAGS)}
    if lacking := _empty(tags, SITE_TAGS):
        yield ("inner" if page.depth else "home"), lacking
    if page.depth == 0 or not any(tags.values()):
        return  # what has no tag at all is said once, and the page need not be understood for it
    if page.is_article:
        # letters, activities and sheets come from programs that know no such tags
        if (lacking := _empty(tags, ARTICLE_TAGS[:2])) and is_ordinary_article(page):
            yield "article", lacking
    elif tags["ColumnName"] and (lacking := _empty(tags, COLUMN_TAGS)):
        yield "column", lacking
    words = {value.strip() for name in COLUMN_WORDS if (value := tags[name])}
    if len(words) == 1 and all(tags[name] for name in COLUMN_WORDS):
        yield "column-copied", COLUMN_WORDS


def _empty(tags: Mapping[str, str | None], wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in wanted if not (tags[name] or "").strip())
