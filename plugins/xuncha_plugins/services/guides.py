"""Gathers the service guides (办事指南) while the crawl goes on."""

from collections.abc import Iterator

from xuncha.api import Link, LinkUse, Page, page_probe, site_host
from xuncha_plugins.services.body import MAX_TEXT, body_of, leads_to_column
from xuncha_plugins.services.cells import empty_cells, goes_on, is_partly_unseen
from xuncha_plugins.services.elements import Elements, catch_all_phrases, elements_in, online_claim, without_footer
from xuncha_plugins.services.facts import Entry, Guide, Guides
from xuncha_plugins.services.guide_words import GuideWords, guide_words
from xuncha_plugins.services.words import heading, is_chinese, words

MAX_GUIDES = 1_000
MAX_THIN = 100
MAX_ENTRIES = 5
MAX_PHRASES = 5
MAX_TITLE = 100
_OK = 200
_CLICKED = frozenset({"a", "area", "onclick", "form"})
_BUTTONS = "button, input[type=button], input[type=submit], a[onclick], span[onclick], div[onclick]"
_FEWEST_WORDS = 100


@page_probe(provides=Guides, cost_us=25)
class GuidesSeen:
    """Each guide's elements and promises; of a page that is none a few substrings are looked for, no more."""

    def __init__(self) -> None:
        self._guides: list[Guide] = []
        self._thin: list[Guide] = []
        self._scripted = self._dropped = 0
        self._platform = ""

    def visit(self, page: Page) -> None:
        """Look at a page."""
        if page.status != _OK or page.problem:
            return
        if page.depth == 0 and not self._platform:
            self._platform = _platform_of(page)
        if not may_be_guide(page):
            return
        table = guide_words()
        if page.depth == 0 or table.recognised.excluded.search(heading(page.title)):
            return
        elements = elements_in(without_footer(page.text[:MAX_TEXT]))
        if is_guide(page, elements, table):
            elements = elements_in(body_of(page))
        if is_guide(page, elements, table):
            self._take(page, elements, table)
        elif _calls_itself_guide(page, table) and self._is_thin(page, elements, table):
            self._thin.append(Guide(page.url, _title(page), page.depth))

    def conclude(self) -> Guides:
        """What was found."""
        return Guides(tuple(self._guides), tuple(self._thin), self._scripted, self._dropped, self._platform)

    def _take(self, page: Page, elements: Elements, table: GuideWords) -> None:
        if len(self._guides) >= MAX_GUIDES:
            self._dropped += 1
            return
        readable = elements.is_filled and not page.scripted
        self._scripted += not readable
        self._guides.append(_guide(page, elements, table, readable=readable))

    def _is_thin(self, page: Page, elements: Elements, table: GuideWords) -> bool:
        """Whether a page calls itself a guide and holds neither a list nor a document that may be it."""
        if page.scripted or is_partly_unseen(page, table):
            self._scripted += 1
            return False
        if page.lists or _offers_files(page) or goes_on(page, table) or len(self._thin) >= MAX_THIN:
            return False
        return bool(elements.valued & table.core) or (page.is_article and len(page.text) >= _FEWEST_WORDS)


def may_be_guide(page: Page) -> bool:
    """Cheap signs first: hardly any page that is no guide has two of these words."""
    if not is_chinese(page):
        return False
    text = page.text
    if "办理" not in text and "申请" not in text and "指南" not in text:
        return False
    return "材料" in text or "依据" in text or "流程" in text or "资料" in text


def _platform_of(page: Page) -> str:
    """The host of the unified platform that a page leads to; empty where it leads to none."""
    own = site_host(page.url)
    outside = ((site_host(link.target), link.text) for link in page.links if link.kind in _CLICKED and link.target)
    return next((host for host, text in outside if host != own and words().is_platform(host, text)), "")


def is_guide(page: Page, elements: Elements, table: GuideWords) -> bool:
    """Whether the page names enough elements; one that says so itself needs fewer."""
    present, rule = elements.present, table.recognised
    core = len(present & table.core)
    if len(present) < rule.least or core < rule.least_core:
        return False
    if any(rule.excluded.search(crumb.text) for crumb in page.trail):
        return False
    news = _is_news(page, table)
    if news is not None:
        return not news
    if len(present) >= rule.least_unnamed and core >= rule.least_core_unnamed:
        return True
    return rule.names_guide(page.title) or rule.names_guide(page.link_text)


def _is_news(page: Page, table: GuideWords) -> bool | None:
    """What the trail tells, without its last step where that is the page's own title."""
    own = heading(page.title)
    return table.recognised.is_news(crumb.text for crumb in page.trail if crumb.target or crumb.text.strip() != own)


def _calls_itself_guide(page: Page, table: GuideWords) -> bool:
    return table.recognised.names_guide(page.title) and not _is_news(page, table)


def _is_article(page: Page, table: GuideWords) -> bool:
    """Whether it may be an article about a matter: dated, with a source, and in no column of guides."""
    if _is_news(page, table) is False or page.published is None:
        return False
    return bool(page.tags.ContentSource or table.recognised.source.search(page.text[:MAX_TEXT]))


def _guide(page: Page, elements: Elements, table: GuideWords, *, readable: bool) -> Guide:
    offered = {"forms"} if _offers_forms(page, table) else frozenset()
    present = elements.present | elements.told(table) | offered
    lacking = tuple(name for element, name in table.names.items() if element not in present)
    empty = elements.left_empty(empty_cells(page), table) - offered
    phrases = [phrase for value in elements.values("materials") for phrase in catch_all_phrases(value)]
    return Guide(
        page.url,
        _title(page),
        page.depth,
        lacking,
        tuple(name for element, name in table.names.items() if element in elements.blank(table)),
        tuple(dict.fromkeys(phrases))[:MAX_PHRASES],
        _claim(page, elements),
        tuple(dict.fromkeys(_entries(page, table)))[:MAX_ENTRIES],
        readable,
        any(table.online.general.search(link.text) for link in page.links if link.kind in _CLICKED),
        _is_article(page, table),
        tuple(name for element, name in table.names.items() if element in empty),
        bool(lacking) and goes_on(page, table),
        bool(lacking) and is_partly_unseen(page, table),
    )


def _offers_files(page: Page) -> bool:
    return any(link.use is LinkUse.ATTACHMENT for link in page.links)


def _offers_forms(page: Page, table: GuideWords) -> bool:
    """Whether the page leads to files, or to pages called forms; the menu's own entry for all forms is none of them."""
    named = (link for link in page.links if link.kind == "a" and table.elsewhere.form_links.search(link.text))
    return _offers_files(page) or any(link.target and not leads_to_column(link.target, page.url) for link in named)


def _claim(page: Page, elements: Elements) -> str:
    """What the guide itself promises; words of links, such as those of a menu, promise nothing of this matter."""
    linked = {link.text for link in page.links}
    lines = (line for one in elements.named for line in one.value.split("\n") if line not in linked)
    return online_claim("\n".join(lines))


def _entries(page: Page, table: GuideWords) -> list[Entry]:
    """Where the page lets citizens begin; without any named so, the unified platform that it links to."""
    links = [link for link in page.links if link.kind in _CLICKED and not link.goes_nowhere]
    named = [Entry(link.text[:60], link.target, link.line) for link in links if table.online.entries.search(link.text)]
    named += _buttons(page, table)
    return named or [Entry(link.text[:60], link.target, link.line) for link in links if _leads_to_platform(link)]


def _buttons(page: Page, table: GuideWords) -> Iterator[Entry]:
    """What only script knows where it leads."""
    for element in page.select(_BUTTONS)[:100]:
        shown = f"{element.text} {element.attrs.get('value', '')}"[:60]
        if table.online.entries.search(shown):
            yield Entry(shown.strip(), "", element.line)


def _leads_to_platform(link: Link) -> bool:
    outside = bool(link.target) and site_host(link.target) != site_host(link.page)
    return outside and words().is_platform(site_host(link.target))


def _title(page: Page) -> str:
    title = (page.tags.ArticleTitle or "").strip() or heading(page.title)
    return " ".join((title or page.link_text).split())[:MAX_TITLE]
