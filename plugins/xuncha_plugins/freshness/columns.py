"""Discovers the columns of a site while the crawl goes on, and what they have published.

Columns are found in the home page's navigation and blocks, on list pages, in breadcrumbs and tags; what the inventory
declares wins over all of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pydantic import Field

from xuncha.api import (
    Clock,
    Crumb,
    LinkUse,
    Listing,
    Page,
    Params,
    Past,
    Row,
    Site,
    SiteKind,
    day_of,
    page_probe,
    site_host,
)
from xuncha_plugins.freshness import adapters
from xuncha_plugins.freshness.draft import Draft, Listed
from xuncha_plugins.freshness.facts import Columns, ColumnSeen, HomeSeen, Look
from xuncha_plugins.freshness.guess import Guesser
from xuncha_plugins.freshness.home import HomeDraft
from xuncha_plugins.freshness.kinds import KINDS, plain
from xuncha_plugins.freshness.own import (
    ENOUGH_WORDS,
    Common,
    Own,
    content_regions,
    own_of,
    scripts_of,
    unfilled_lists,
    words_of,
)
from xuncha_plugins.freshness.tally import Dated, RowTally, dated
from xuncha_plugins.freshness.urls import MAX_URL, column_key, folder, hosts, lies_below, mark
from xuncha_plugins.freshness.whose import Parts, Shelves, parted, rows_of, signature

MAX_COLUMNS = 600
MAX_READ = 30_000
"""Pages whose date is remembered by a mark of their URL."""

MAX_FRAMES = 500
MAX_LINKS = 2_000
TITLE = 9
"""Characters of a headline."""

MAX_SAMPLES = 30
"""List pages from which it is learned what all pages of the site have."""

LEAST_WORDS = 80
"""A page with fewer characters is none that says nothing of its date, but one that could not be read."""

SECOND = 2
_OK = 200
_PARTS = frozenset({"frame", "iframe", "script-fragment"})
_HOME = "首页"
_FILE = re.compile(r"/[^/?]*\d[^/]*\.[sj]?html?$|[?&]id=\d")
_TITLE_PARTS = re.compile(r"[-_—–|｜>»]+")
_UNNAMED = frozenset({"列表", "列表页", "信息列表", "文章列表", "新闻列表", "更多", "栏目", "栏目页", "无标题文档"})
_UNFILLED = frozenset({"null", "undefined", "none"})

SHARED = 3
"""A list that so many columns show is nobody's own."""

WROTE = 3
"""So many scripts that write where they stand may write the dates of a list."""

NEW = timedelta(days=14)
"""Where a column's newest row is older than the shortest deadline, it is looked up since when it is there."""

COPIED = 3
"""A ColumnType that so many columns share was copied with the template and says nothing of any of them."""


class ColumnParams(Params):
    """``guesses``: so many article pages without tag, label or URL date are searched for one with htmldate."""

    guesses: int = Field(default=50, ge=0, le=500)


@page_probe(provides=Columns, params=ColumnParams, cost_us=180)
class ColumnsSeen:
    """Columns, the home page and what both showed of dates; everything is capped."""

    def __init__(self, site: Site, params: ColumnParams, clock: Clock, past: Past[Columns]) -> None:
        self._observed = day_of(clock())
        self._own_hosts = set(hosts(site.urls))
        self._home_keys = {column_key(url) for url in site.urls}
        self._site_name, self._home_title = site.name, ""
        self._portal = site.kind is SiteKind.PORTAL
        self._past = past
        self._drafts: dict[str, Draft] = {}
        self._names: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._fragments: dict[str, list[str]] = {}
        self._frames: dict[int, str] = {}
        self._read_frames: set[int] = set()
        self._home_frames: set[int] = set()
        self._shelves = Shelves(self._drafts)
        self._boxes: Counter[int] = Counter()
        self._read: dict[int, Dated] = {}
        self._home: HomeDraft | None = None
        self._second = RowTally(self._observed)
        self._second_pages = self._second_undated = 0
        self._common, self._samples = Common(), 0
        self._guesser = Guesser(params.guesses, self._observed)
        self._copied: frozenset[str] = frozenset()
        self._navigation = False
        self._depth = self._dropped = 0
        for column in site.columns:
            draft = self._draft(column.url or f"{site.home}#{column.name}", column.name)
            if draft:
                draft.declared = column

    def visit(self, page: Page) -> None:
        """Look at a page: the home page, a list, or an article."""
        if page.status != _OK or page.problem:
            return
        self._depth = max(self._depth, page.depth)
        owner = self._frames.get(mark(page.requested))
        if owner:
            self._read_frames.add(mark(page.requested))
        if page.depth == 0:
            self._visit_home(page)
        elif page.is_article:
            self._visit_article(page)
        elif owner and owner in self._drafts:
            self._take_lists(self._drafts[owner], page)
        else:
            self._visit_list(page)

    # ------------------------------------------------------------------ the home page

    def _visit_home(self, page: Page) -> None:
        if self._home is None:
            self._home = HomeDraft(page, self._observed)
            self._home_title = page.title
            self._own_hosts.add(site_host(page.url))
            self._home_keys.add(column_key(page.url))
            self._common.add(own_of(page), home=True)
        self._navigate(page)
        self._home_frames.update(mark(link.target) for link in page.links if link.kind in _PARTS and link.target)
        self._home.add(tuple(rows_of(page.lists)))
        for listing in page.lists:
            if block := self._block(listing):
                for row in listing.rows:
                    block.add_home_row(row)
        self._home.see(page, self._is_own)

    def _navigate(self, page: Page) -> None:
        """First-level is what the navigation shows at once, unless it is filed below another entry."""
        entries = {column_key(link.target) for link in page.navigation if link.target} - self._home_keys
        for link, level in zip(page.navigation, page.navigation_levels, strict=True):
            self._navigation = True
            if not link.target or link.use is not LinkUse.PAGE or not KINDS.is_column_name(link.text):
                continue
            draft = self._draft(link.target, link.text, link.fragment)
            if draft and column_key(link.target) != column_key(page.url):
                below = level > 1 or lies_below(draft.key, entries)
                draft.level = min(draft.level or SECOND, SECOND if below else 1)

    def _block(self, listing: Listing) -> Draft | None:
        """The column that a list on the home page stands for: by its link to more, or by its heading."""
        heading = listing.heading or listing.name
        if listing.more and self._is_own(listing.more):
            return self._draft(listing.more, heading)
        return self._drafts.get(self._names.get(plain(heading), ""))

    # ------------------------------------------------------------------ lists and other pages

    def _visit_list(self, page: Page) -> None:
        for key in self._fragments.get(column_key(page.url), ()):
            self._note_fragment(self._drafts[key], page)
        lists = page.lists
        known = self._known(page)
        if not lists and known is None:
            self._note_plain_page(page)
            return
        draft = known or self._draft(page.url, self._name_of(page))
        if draft is None:
            return
        draft.called(self._name_of(page))
        draft.tag = draft.tag or _written(page.tags.ColumnType)
        if not draft.parent:
            above = (column_key(crumb.target) for crumb in reversed(self._crumbs(page)))
            draft.parent = next((key for key in above if key != draft.key), "")
        self._take_lists(draft, page)
        self._note_frames(draft, page)
        if page.depth == 1:
            self._second_pages += 1

    def _name_of(self, page: Page) -> str:
        """What a list page calls its column: breadcrumb, tag, its title, the heading of its only list."""
        crumb = page.trail[-1].text if page.trail else ""
        heading = page.lists[0].heading if len(page.lists) == 1 else ""
        named = (crumb if crumb != _HOME else "") or _written(page.tags.ColumnName)
        return named or self._titled(page.title) or heading or page.title

    def _titled(self, title: str) -> str:
        """The first part of a title that is neither the website's name nor what every list page is called."""
        parts = (part.strip() for part in _TITLE_PARTS.split(title[:200]))
        usual = f"{self._home_title} {self._site_name}"
        return next((part for part in parts if part not in usual and plain(part) not in _UNNAMED), "")

    def _note_fragment(self, draft: Draft, page: Page) -> None:
        """One page stands for many columns, which its script tells apart by the fragment."""
        draft.seen = draft.scripted = True
        draft.source = adapters.recognise(page, draft.url)

    def _take_lists(self, draft: Draft, page: Page) -> None:
        draft.seen = True
        records = adapters.embedded(page)
        parts = parted(page.lists, draft.key, draft.name, self._names, self._shelves)
        if page.depth == 1:
            for row in (*rows_of(page.lists), *records):
                self._second.add(row.date, pinned=row.pinned)
                self._second_undated += row.date is None
        source = None if records else adapters.recognise(page, draft.url)
        draft.source = draft.source or source
        draft.scripted = draft.scripted or bool(source)
        for listing in parts.unclear:
            box = signature(listing)
            self._boxes[box] += draft.add_box(box, listing.rows)
        if parts.own or records:
            self._note_rows(draft, page, [*rows_of(parts.own), *records])
        else:
            self._note_no_rows_of_its_own(draft, page, parts)

    def _note_rows(self, draft: Draft, page: Page, rows: list[Row]) -> None:
        draft.listed.add(rows)
        if self._may_be_new(draft):
            draft.hollow = draft.hollow or unfilled_lists(page)
            self._note_headlines(draft, page)
        if self._samples < MAX_SAMPLES:
            self._samples += 1
            self._common.add(own_of(page), rows=True)
        if not any(row.raw_date and not row.pinned for row in rows):
            writers = sum("document.write" in script.inline for script in page.scripts)
            draft.veiled = draft.veiled or writers >= min(WROTE, len(rows))
        if not any(row.date and not row.pinned for row in rows):
            draft.source = draft.source or adapters.next_page(page, draft.url)

    def _note_headlines(self, draft: Draft, page: Page) -> None:
        """Articles that stand above or beside old rows, as pictures or headlines."""
        listed = {row.target for row in rows_of(page.lists)}
        for link in page.links[:MAX_LINKS]:
            if link.kind != "a" or link.target in listed or not (link.text == "" or len(link.text) >= TITLE):
                continue
            filed = _FILE.search(link.target) and self._shelves.of(link.target) == draft.key
            if filed and column_key(link.target) != draft.key:
                draft.add_headline(link.target)

    def _note_no_rows_of_its_own(self, draft: Draft, page: Page, parts: Parts) -> None:
        """A page with lists that may be those of others, or with none.

        Script may fill it, or something else is to be read there, or nothing is.
        """
        fillable = page.scripted or adapters.has_loader(page) or bool(content_regions(page))
        draft.scripted = draft.scripted or fillable
        draft.foreign = draft.foreign or parts.foreign
        draft.own = scripts_of(page) if parts.unclear else words_of(page, draft.name, parts.others)
        draft.proved = parts.proved and len(parts.others) <= 1
        if not parts.unclear:
            self._common.add(draft.own)
        elif self._samples < MAX_SAMPLES:
            self._samples += 1
            self._common.add(own_of(page), rows=True)
        if not (parts.unclear or parts.others):
            self._note_plain_page(page)

    def _note_frames(self, draft: Draft, page: Page) -> None:
        for link in page.links:
            if link.kind in _PARTS and link.target and len(self._frames) < MAX_FRAMES:
                self._frames.setdefault(mark(link.target), draft.key)
                draft.unread.add(mark(link.target))

    # ------------------------------------------------------------------ articles

    def _visit_article(self, page: Page) -> None:
        seen = dated(page)
        if seen.day is None:
            seen = self._guessed(page, seen)
        self._keep(page, seen)
        draft = self._named_by(page)
        if draft and not draft.expects(mark(page.requested), mark(page.url)):
            draft.opened.add(mark(page.requested))

    def _named_by(self, page: Page) -> Draft | None:
        """The column that an article's breadcrumb names last; without one, the column in whose folder it lies."""
        crumbs = [crumb for crumb in self._crumbs(page) if self._is_own(crumb.target)]
        if crumbs:
            return self._draft(crumbs[-1].target, crumbs[-1].text)
        return self._drafts.get(self._shelves.of(page.url))

    def _crumbs(self, page: Page) -> list[Crumb]:
        """The breadcrumb's links below the home page."""
        return [crumb for crumb in page.trail if crumb.target and column_key(crumb.target) not in self._home_keys]

    def _note_plain_page(self, page: Page) -> None:
        """A page that is neither list nor certainly an article: it speaks only for the row that leads to it."""
        if page.scripted or len(page.text) < LEAST_WORDS:
            return
        seen, parent = dated(page), self._drafts.get(column_key(page.parent))
        if seen.day is None and parent and parent.expects(mark(page.requested)):
            seen = self._guessed(page, seen)
        self._keep(page, seen)

    def _guessed(self, page: Page, seen: Dated) -> Dated:
        guess = self._guesser.guess(page)
        return guess if guess.day else seen

    def _keep(self, page: Page, seen: Dated) -> None:
        if len(self._read) < MAX_READ:
            self._read[mark(page.requested)] = self._read[mark(page.url)] = seen

    # ------------------------------------------------------------------ drafts

    def _known(self, page: Page) -> Draft | None:
        """The column that a page belongs to; a redirect makes the URL that was asked for another name of it."""
        asked, key = column_key(page.requested), column_key(page.url)
        known = self._drafts.get(self._aliases.get(key, key))
        if known is None and (known := self._drafts.get(asked)) and key not in self._drafts:
            self._aliases[key] = asked
        return known

    def _draft(self, url: str, name: str, fragment: str = "") -> Draft | None:
        """The draft of a column by its URL; a new one as long as there is room."""
        key = column_key(url, fragment)
        key = self._aliases.get(key, key)
        draft = self._drafts.get(key)
        if draft is None:
            if len(self._drafts) >= MAX_COLUMNS or len(url) > MAX_URL:
                self._dropped += 1
                return None
            full = f"{url}#{fragment}" if key.endswith(f"#{fragment}") and fragment else url
            draft = self._drafts[key] = Draft(key, full, self._observed, outside=not self._is_own(url))
            if "#" in key:
                self._fragments.setdefault(key.partition("#")[0], []).append(key)
        if not draft.name:
            draft.called(name)
            if wanted := plain(draft.name):
                self._names.setdefault(wanted, key)
        return draft

    def _is_own(self, url: str) -> bool:
        return site_host(url) in self._own_hosts

    # ------------------------------------------------------------------ the end

    def conclude(self) -> Columns:
        """The fact."""
        served = any(draft.listed.tally.rows().count and not draft.scripted for draft in self._drafts.values())
        tags = Counter(draft.tag for draft in self._drafts.values())
        self._copied = frozenset(tag for tag, count in tags.items() if count >= COPIED)
        looks = {draft.key: self._look(draft, served=served) for draft in self._drafts.values()}
        earlier = self._earlier() if any(map(self._may_be_new, self._drafts.values())) else []
        home = self._home
        return Columns(
            observed=self._observed,
            home=self._home_seen(home) if home else None,
            columns=tuple(self._concluded(draft, looks[draft.key], earlier) for draft in self._in_order()),
            navigation=self._navigation,
            depth=self._depth,
            dropped=self._dropped,
        )

    def _home_seen(self, home: HomeDraft) -> HomeSeen:
        pinned = home.pinned.union(*(draft.pinned for draft in self._drafts.values()))
        return home.concluded(self._read, pinned, self._second.rows(), self._second_pages, self._second_undated)

    def _in_order(self) -> Iterable[Draft]:
        return sorted(self._drafts.values(), key=lambda draft: (draft.level is None, draft.key))

    def _may_be_new(self, draft: Draft) -> bool:
        """Whether it matters since when a column is there: it shows nothing, or nothing recent."""
        newest = draft.listed.tally.rows().newest
        return draft.seen and not (newest and newest >= self._observed - NEW)

    def _earlier(self) -> list[tuple[date, set[str]]]:
        """The days of earlier runs and the columns that they knew, without runs that saw far less of the site."""
        runs = ((day_of(run.finished), run.fact) for run in self._past)
        return [
            (day, {column_key(one.url) for one in fact.columns})
            for day, fact in runs
            if fact.navigation and 2 * len(fact.columns) >= len(self._drafts)
        ]

    def _concluded(self, draft: Draft, look: Look, earlier: list[tuple[date, set[str]]]) -> ColumnSeen:
        parent = self._parent_of(draft)
        kind, doubtful = self._kind(draft)
        return draft.concluded(
            self._read,
            self._speaking(draft),
            look=look,
            kind=kind,
            doubtful=doubtful,
            parent=parent.url if parent else "",
            since=_since(draft.key, earlier, self._observed),
            words=self._words(draft.own) if draft.own and look in (Look.BLANK, Look.SCANT) else "",
            is_own=self._is_own,
        )

    def _speaking(self, draft: Draft) -> list[Listed]:
        return draft.speaking(lambda box: self._boxes[box] >= SHARED)

    def _words(self, own: Own) -> str:
        return own.nothing or self._common.words(own)

    def _look(self, draft: Draft, *, served: bool) -> Look:
        if not draft.seen:
            return Look.UNREAD
        if draft.scripted:
            return Look.SCRIPTED
        if draft.listed.tally.rows().count:
            return Look.ROWS
        if draft.unread - self._read_frames - self._home_frames:
            return Look.UNREAD
        if any(one.tally.rows().count for one in self._speaking(draft)):
            return Look.SCRIPTED if draft.own and self._common.may_be_filled(draft.own) else Look.ROWS
        return self._look_without_rows(draft, draft.own, served=served)

    def _look_without_rows(self, draft: Draft, own: Own | None, *, served: bool) -> Look:
        if own is None or not self._common.is_framed(own):
            return Look.UNREAD
        if self._common.is_notice(own):
            return Look.NOTICE
        left, bare = self._common.left(own), bool(own.nothing) and self._common.adorns(own)
        told = left >= ENOUGH_WORDS or (left and self._common.states(own))
        if self._common.leads_on(own) or (told and not bare):
            return Look.WORDS
        if not served or self._common.may_be_filled(own):
            return Look.SCRIPTED
        if left and (bare or not own.nothing):
            return Look.SCANT
        return Look.BLANK if draft.proved or own.nothing else Look.UNREAD

    def _kind(self, draft: Draft) -> tuple[str, bool]:
        """The kind by inventory, else by name, else by tag, and if it is in doubt; what lies below a topic is one."""
        if draft.declared and draft.declared.kind:
            return KINDS.of_inventory(draft.declared.kind), False
        if any(KINDS.of_name(above.name) == "topic" for above in self._above(draft)):
            return "topic", False
        name = draft.declared.name if draft.declared else draft.name
        kind = KINDS.of_name(name)
        if not kind and draft.tag not in self._copied:
            kind, name = KINDS.of_tag(draft.tag)
        return kind, KINDS.is_doubtful(name, self._site_name, portal=self._portal)

    def _above(self, draft: Draft) -> Iterator[Draft]:
        """The columns above, nearest first; a ring of them ends where it closes."""
        met = {draft.key}
        above = self._parent_of(draft)
        while above and above.key not in met:
            met.add(above.key)
            yield above
            above = self._parent_of(above)

    def _parent_of(self, draft: Draft) -> Draft | None:
        """The column above: by breadcrumb, else by the nearest folder that is a column."""
        if draft.parent in self._drafts:
            return self._drafts[draft.parent]
        path = draft.key.partition("?")[0]
        while "/" in path:
            path = path.rpartition("/")[0]
            if path in self._drafts and folder(path):
                return self._drafts[path]
        return None


def _written(tag: str | None) -> str:
    """What a tag says, unless the template left a mark of its own there."""
    return "" if tag is None or tag.lower() in _UNFILLED or "<" in tag or "{" in tag else tag


def _since(key: str, earlier: list[tuple[date, set[str]]], observed: date) -> date | None:
    """The day of the first run that knew the column, where one before that did not; runs come newest first."""
    since = observed
    for finished, known in earlier:
        if key not in known:
            return since
        since = finished
    return None
