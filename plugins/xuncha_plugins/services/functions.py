"""Gathers, while the crawl goes on, what a site offers: forms, its search, and articles that a search ought to find."""

from datetime import date, timedelta

from pydantic import Field

from xuncha.api import (
    Clock,
    Form,
    Link,
    Page,
    Params,
    Site,
    date_in_url,
    is_ordinary_article,
    page_probe,
    site_host,
)
from xuncha_plugins.services.facts import FormSeen, Functions, SearchForm, SearchLink, Titled
from xuncha_plugins.services.markup import FormSource, form_source
from xuncha_plugins.services.words import bare, heading, is_chinese, words

MAX_FORMS = 300
MAX_SEARCHES = 8
MAX_SEARCH_LINKS = 5
MAX_HOME = 20
"""Pages of level 0 that are looked at: the home page, its frames and fragments."""

MAX_SCRIPTS = 50
"""Scripts of one page of level 0."""

MAX_ARTICLES = 40
MAX_TRIED = 400
"""Pages that are looked at for a title."""

LEAST_TITLE = 6
MOST_TITLE = 80
_OK = 200
_TYPED = ('type="text"', "type='text'", "type=text", 'type="search"', "type='search'", "type=search")
_FRAMES, _FRAGMENT = frozenset({"frame", "iframe"}), "script-fragment"


class FunctionParams(Params):
    """``days``: so old must an article be before its absence from the search says anything."""

    days: int = Field(default=7, ge=0, le=365)


@page_probe(provides=Functions, params=FunctionParams, cost_us=12)
class FunctionsSeen:
    """Each different form once, the search of the home page or of a page made for it, titles of articles."""

    def __init__(self, site: Site, params: FunctionParams, clock: Clock) -> None:
        self._before = (clock() - timedelta(days=params.days)).date()
        self._own = {site_host(url) for url in site.urls}
        self._home = ""
        self._home_pages = 0
        self._frames: set[str] = set()
        self._fragments: set[str] = set()
        self._part_seen: set[str] = set()
        self._signs = self._scripted = False
        self._scripts: dict[str, None] = {}
        self._forms: dict[tuple[str, str], FormSeen] = {}
        self._dropped = 0
        self._searches: dict[tuple[str, str], SearchForm] = {}
        self._links: list[SearchLink] = []
        self._articles: dict[str, Titled] = {}
        self._tried = 0

    def visit(self, page: Page) -> None:
        """Look at a page."""
        if page.status != _OK or page.problem:
            return
        if page.depth == 0 and self._home_pages < MAX_HOME:
            self._visit_home(page)
        for form in page.forms:
            self._take_form(page, form)
        if page.depth and len(self._articles) < MAX_ARTICLES and self._tried < MAX_TRIED:
            self._take_title(page)

    def conclude(self) -> Functions:
        """What was found."""
        return Functions(
            self._home,
            self._before,
            tuple(self._searches.values()),
            tuple(self._links),
            self._signs,
            self._scripted or bool(self._fragments - self._part_seen),
            tuple(self._forms.values()),
            self._dropped,
            tuple(self._articles.values()),
            tuple(self._scripts),
            bool(self._frames - self._part_seen),
        )

    def _visit_home(self, page: Page) -> None:
        self._home_pages += 1
        self._part_seen |= {page.url, page.requested}
        if not self._home:
            self._home = page.url
            self._own.add(site_host(page.url))
        self._scripted = self._scripted or page.scripted
        self._scripts |= dict.fromkeys(script.target for script in page.scripts[:MAX_SCRIPTS] if script.target)
        lower = page.html.lower()
        self._signs = self._signs or bool(words().search.label.search(page.html)) or any(one in lower for one in _TYPED)
        for link in page.links:
            if not (page.whole and link.kind == _FRAGMENT):  # which a browser has put in by itself
                self._take_link(link)

    def _take_link(self, link: Link) -> None:
        if link.kind in _FRAMES and link.target:
            self._frames.add(link.target)
        elif link.kind == _FRAGMENT and link.target:
            self._fragments.add(link.target)
        elif (
            link.kind in {"a", "area"}
            and len(link.text) <= 10  # noqa: PLR2004 - a longer text is the title of an article
            and words().search.label.search(link.text)
            and len(self._links) < MAX_SEARCH_LINKS
        ):
            self._links.append(SearchLink(link.text, link.target, link.line))

    def _take_form(self, page: Page, form: Form) -> None:
        key = (form.method, form.target or form.action)
        if key in self._forms:
            return
        if len(self._forms) >= MAX_FORMS:
            self._dropped += 1
            return
        source = form_source(page.html, form)
        self._forms[key] = _seen(page, form, source)
        general = page.depth == 0 or bool(words().search.page.match(page.title))
        if source and general and len(self._searches) < MAX_SEARCHES and (search := self._search(page, form, source)):
            self._searches[key] = search

    def _search(self, page: Page, form: Form, source: FormSource) -> SearchForm | None:
        table = words().search
        typed = [field for field in source.fields if field.takes_words]
        named = [field for field in typed if field.name.lower() in table.fields]
        says = source.attributes.get("role") == "search" or bool(table.action.search(_described(source)))
        shown = " ".join((field.shown or field.value) for field in source.fields if field.takes_words)
        says = says or bool(table.label.search(source.source[:4000]))
        if form.has_password or form.has_file or not (says and typed):
            return None
        field = (named or typed)[0].name
        return SearchForm(
            page.url,
            page.depth,
            form.line,
            form.target,
            form.method,
            field,
            source.sent_with(field),
            source.attributes.get("accept-charset", "").split(",")[0].strip() or page.encoding.name,
            scripted=source.scripted or not field,
            limited=bool(table.limited.search(shown)),
            external=bool(form.target) and site_host(form.target) not in self._own,
        )

    def _take_title(self, page: Page) -> None:
        if not _may_be_article(page) or site_host(page.url) not in self._own:
            return
        self._tried += 1
        if is_ordinary_article(page) and (title := title_of(page)):
            published = page.published
            self._articles.setdefault(page.url, Titled(page.url, title, published.date if published else None))


def _may_be_article(page: Page) -> bool:
    if not is_chinese(page):
        return False
    return bool(date_in_url(page.url)) or "发布" in page.text or "来源" in page.text


def title_of(page: Page) -> str:
    """The title of an article as its page shows it; empty where none is certain."""
    text = bare(page.text)
    for title in (page.tags.ArticleTitle or "", page.link_text, heading(page.title)):
        plain = bare(title)
        if LEAST_TITLE <= len(plain) <= MOST_TITLE and plain in text:
            return " ".join(title.split())
    return ""


def _described(source: FormSource) -> str:
    attributes = source.attributes
    return " ".join(attributes.get(name, "") for name in ("action", "id", "name", "class"))


def _seen(page: Page, form: Form, source: FormSource | None) -> FormSeen:
    problem = next((link.problem for link in page.links if link.kind == "form" and link.raw == form.action), "")
    scripted = source is None or "onsubmit" in source.attributes or bool(page.scripts) or "onclick" in source.source
    return FormSeen(page.url, page.depth, form.line, form.action[:300], form.target, form.method, problem, scripted)


def age_rank(article: Titled, before: date) -> int:
    """How surely a search knows an article: 0 from before that day, 1 without a date, 2 since then."""
    if article.published is None:
        return 1
    return 0 if article.published < before else 2
