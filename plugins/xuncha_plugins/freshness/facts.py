"""What is known of a site's columns (栏目), its home page and its articles. Plain values that can be stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Look(StrEnum):
    """What a column's own page was found to hold.

    ``UNREAD``: nobody saw it; ``ROWS``: links to articles; ``WORDS``: something else to read, so no list to judge;
    ``NOTICE``: hardly more than that it is being rebuilt; ``SCANT``: a few characters that are no sentence;
    ``BLANK``: nothing of its own, or only that there is nothing, in what the server sent;
    ``SCRIPTED``: only a browser shows it.
    """

    UNREAD = "unread"
    ROWS = "rows"
    WORDS = "words"
    NOTICE = "notice"
    SCANT = "scant"
    BLANK = "blank"
    SCRIPTED = "scripted"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of lists. ``newest`` and ``oldest`` are over dated rows that are neither pinned (置顶) nor dated ahead.

    A row that names no year counts with the latest year in which that day has been: never older than it is.
    ``laws`` counts the rows that are titles of laws and rules, which a column collects rather than publishes.
    """

    count: int = 0
    dated: int = 0
    pinned: int = 0
    ahead: int = 0
    newest: date | None = None
    oldest: date | None = None
    pinned_newest: date | None = None
    laws: int = 0


@dataclass(frozen=True, slots=True)
class ArticleDates:
    """What the article pages of a column said that were opened.

    ``visible`` counts those on which a citizen can read a date, ``dated`` those with a date from whatever source but a
    guess. ``newest`` is over the dated ones; ``guessed`` over those that only a guess gave a date. Of those without a
    date, ``veiled`` counts the ones that announce one which only a browser may show, ``written`` those that tell when
    they were signed, or a month. Articles that pinned rows lead to count for ``pinned_newest`` alone of the last three.
    """

    opened: int = 0
    dated: int = 0
    visible: int = 0
    newest: date | None = None
    guessed: date | None = None
    veiled: int = 0
    written: int = 0
    pinned_newest: date | None = None


@dataclass(frozen=True, slots=True)
class ListSource:
    """Where the list of a column can be read that script fills: an adapter's id and the URL that it names."""

    adapter: str
    url: str


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column as the crawl saw it.

    ``level`` is 1 for what the home page's navigation shows at once, 2 for what folds out of it; the inventory's wins.
    ``kind`` is an id of ``kinds.yaml`` or empty; ``parent`` the URL of the column above. ``outside`` is set where it
    lies on another website, ``past`` where its name says archive or closed topic. ``rows`` are those of its own pages,
    ``on_home`` those of its blocks on the home page. ``by_url`` is the newest day that the URL of an undated row
    names, ``unopened`` are some of the undated rows that nobody has opened. ``since`` is the day of the earliest run
    that saw it, where a run before that did not.

    ``leading`` counts the undated rows above the first dated one, and other articles on its page, whose date nothing
    told; ``leading_outside`` those of them that no page of the site tells. ``obscure``: an empty list stands beside the
    rows, or all rows are filed with another column, so something newer may be hidden. ``veiled``: script writes the
    dates of its list. ``doubtful``: its name may be that of a topic or of what others publish. ``words`` is what a
    blank or scant column shows.
    """

    name: str
    url: str
    level: int | None = None
    kind: str = ""
    parent: str = ""
    declared: bool = False
    deadline_days: int | None = None
    exempt: str = ""
    outside: bool = False
    past: bool = False
    look: Look = Look.UNREAD
    rows: Rows = Rows()
    on_home: Rows = Rows()
    articles: ArticleDates = ArticleDates()
    by_url: date | None = None
    unopened: tuple[str, ...] = ()
    source: ListSource | None = None
    since: date | None = None
    leading: int = 0
    leading_outside: int = 0
    veiled: bool = False
    obscure: bool = False
    doubtful: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """The home page: ``newest`` over its lists, the URLs of its links and the articles that it links to.

    What a list pins (置顶) is left out of that and counts for ``pinned``.
    ``undated`` counts rows of its lists that nothing gave a date; ``unopened`` are some of them. ``gathers`` tells
    whether it has lists at all; ``second_level`` is the newest date on the pages one level below. ``unread`` counts
    frames that nobody opened, and undated articles of other websites that stand there one below the other.
    """

    url: str
    newest: date | None = None
    dated: int = 0
    undated: int = 0
    unopened: tuple[str, ...] = ()
    gathers: bool = False
    scripted: bool = False
    second_level: date | None = None
    second_pages: int = 0
    second_undated: int = 0
    unread: int = 0
    pinned: date | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a site and its home page, as seen on the day ``observed`` (Asia/Shanghai).

    ``navigation`` tells whether the home page's navigation could be read; ``depth`` is the deepest level that was
    seen. ``dropped`` counts columns beyond the cap.
    """

    observed: date
    home: HomeSeen | None = None
    columns: tuple[ColumnSeen, ...] = ()
    navigation: bool = False
    depth: int = 0
    dropped: int = 0

    @property
    def complete(self) -> bool:
        """Whether all that was met was kept."""
        return not self.dropped


@dataclass(frozen=True, slots=True)
class ListRead:
    """What the source of a column's list said; ``url`` is the column's. ``further``: it is the list's second page."""

    url: str
    rows: Rows
    further: bool = False
    by_url: date | None = None
    unopened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptedLists:
    """Lists that script fills, read from where the script reads them."""

    lists: tuple[ListRead, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ColumnArticles:
    """Article pages that were opened for a column because its list gives no dates; ``url`` is the column's."""

    url: str
    dates: ArticleDates


@dataclass(frozen=True, slots=True)
class OpenedArticles:
    """What opening articles brought, for columns and for the home page (by its URL)."""

    articles: tuple[ColumnArticles, ...] = ()
    complete: bool = True
