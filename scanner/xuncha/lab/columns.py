"""The columns of the lab's sites, and their articles with dates that look back from the lab's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from xuncha.lab import writing
from xuncha.lab.flavours import FLAVOURS
from xuncha.lab.spec import LabSite
from xuncha.model.site import SiteKind

FUTURE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Column:
    """A column of every site.

    ``folder`` and ``code`` make its address. It has ``base`` articles and ``per_volume`` more for each volume of the
    site; the newest is ``newest`` days old and the oldest nearly ``span`` days older.
    """

    folder: str
    code: int
    name: str
    kind: str
    type: str
    titles: tuple[str, ...]
    base: int
    per_volume: int
    newest: int
    span: int

    def count(self, site: LabSite) -> int:
        """How many articles it has on that site."""
        blank = "freshness-column-blank" in site.faults and self.kind == "personnel"
        return 0 if blank else self.base + self.per_volume * site.volume


COLUMNS = (
    Column("xwdt/gzdt", 1001, "工作动态", "news", "政务动态", writing.NEWS, 6, 5, 1, 44),
    Column("xwdt/tzgg", 1002, "通知公告", "notice", "信息公开，通知公告", writing.NOTICES, 10, 1, 3, 260),
    Column("zwgk/zcwj", 1003, "政策文件", "policy", "信息公开，政策文件", writing.POLICIES, 4, 1, 20, 400),
    Column("zwgk/zcjd", 1004, "政策解读", "policy", "信息公开，政策解读", writing.READINGS, 2, 1, 24, 300),
    Column("zwgk/ghjh", 1005, "规划计划", "plan", "信息公开，规划计划", writing.PLANS, 3, 0, 60, 700),
    Column("zwgk/rsxx", 1006, "人事信息", "personnel", "信息公开，人事信息", writing.STAFF, 2, 1, 30, 500),
    Column("zwgk/czxx", 1007, "财政信息", "finance", "信息公开，财政信息", writing.FINANCE, 2, 1, 45, 800),
)
"""Columns with articles. Their deadlines are those of the indicators: two weeks, six months, one year."""

SERVICES = Column("bsfw", 2001, "办事服务", "service", "办事服务", writing.SERVICES, 3, 1, 40, 300)
LETTERS = Column("hdjl/ldxx", 3001, "领导信箱", "letters", "互动交流", writing.LETTER_TITLES, 4, 2, 4, 210)
INTERVIEWS = Column("hdjl/zxft", 3002, "在线访谈", "interview", "互动交流", writing.INTERVIEWS, 2, 0, 50, 300)
CONSULTATIONS = Column("hdjl/yjzj", 3003, "意见征集", "consultation", "互动交流", writing.CONSULTATIONS, 3, 0, 8, 300)
SURVEYS = Column("hdjl/wsdc", 3004, "网上调查", "survey", "互动交流", writing.SURVEYS, 2, 0, 12, 260)
ACTIVITIES = (INTERVIEWS, CONSULTATIONS, SURVEYS)
INTERACTION = (LETTERS, *ACTIVITIES)
EVERY_COLUMN = (*COLUMNS, SERVICES, *INTERACTION)

_SHIFTS = {
    "freshness-news-stale": (("news",), 40),
    "freshness-notice-stale": (("notice",), 230),
    "freshness-column-overdue": (("plan",), 480),
    "activities-stale": (("interview", "consultation", "survey"), 500),
}
"""Fault id → the kinds of column that are older, and by how many days."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a column; ``index`` 0 is the newest. ``path`` is absolute, maybe with a query."""

    column: Column
    index: int
    number: int
    title: str
    published: datetime
    path: str


def shown_name(site: LabSite, column: Column) -> str:
    """The column as this site calls it: the mailbox is named after whoever reads it."""
    if column is not LETTERS:
        return column.name
    return {SiteKind.PORTAL: "区长信箱", SiteKind.SCHOOL_OR_HOSPITAL: "院长信箱"}.get(site.kind, "局长信箱")


def columns_of(site: LabSite) -> tuple[Column, ...]:
    """The columns that the site has."""
    return tuple(column for column in EVERY_COLUMN if "channel-missing" not in site.faults or column is not LETTERS)


def page_path(site: LabSite, column: Column, number: int = 1) -> str:
    """The address of a page of the column's list; the first is number 1."""
    flavour = FLAVOURS[site.flavour]
    pattern = flavour.further_page if number > 1 else flavour.first_page
    return pattern.format(folder=column.folder, code=column.code, page=number + flavour.page_offset)


def articles(site: LabSite, column: Column, now: datetime) -> tuple[Article, ...]:
    """The column's articles on that site, newest first."""
    count = column.count(site)
    newest = now.replace(second=17, microsecond=0) - timedelta(days=column.newest + _shift(site, column))
    step = timedelta(days=column.span) / max(count, 1)
    return tuple(_article(site, column, index, _office_hours(newest - step * index, index)) for index in range(count))


def _article(site: LabSite, column: Column, index: int, date: datetime) -> Article:
    if "freshness-future-date" in site.faults and column.kind == "notice" and index == 0:
        date += timedelta(days=FUTURE_DAYS + column.newest)
    number = 100_000 + 100 * column.code - index
    pattern = "/{folder}/content_{number}.html" if undated(site, column) else FLAVOURS[site.flavour].article_page
    path = pattern.format(folder=column.folder, code=column.code, number=number, date=date)
    return Article(column, index, number, writing.title(site, column.titles, index, date), date, path)


def undated(site: LabSite, column: Column) -> bool:
    """Whether the column's articles tell no date."""
    return "freshness-undated" in site.faults and column.kind == "plan"


def _shift(site: LabSite, column: Column) -> int:
    return sum(days for fault, (kinds, days) in _SHIFTS.items() if fault in site.faults and column.kind in kinds)


def _office_hours(moment: datetime, index: int) -> datetime:
    return moment.replace(hour=9 + index % 8, minute=(index * 7) % 60)
