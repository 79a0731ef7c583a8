"""What is read out of a page and can be labelled: dates, column, kind, and the numbers of the footer."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bench.manifest import NONE, CellError, Parse, Values, day, several
from xuncha.page import Page
from xuncha.page.dates import date_in_url
from xuncha_plugins.freshness.tally import day_of
from xuncha_plugins.freshness.whose import rows_alone
from xuncha_plugins.icp import formats
from xuncha_plugins.icp.identity import Shown, identity


class Aim(NamedTuple):
    """The precision and recall that are asked for."""

    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Extractor:
    """``read`` gives what the program finds on a page that was seen at a moment, ``label`` reads a cell of the truth.

    Both write a value in the same form, so that they can be compared.
    """

    name: str
    read: Callable[[Page, datetime], Values]
    label: Parse
    aim: Aim | None = None


def published(page: Page, _observed: datetime) -> Values:
    """The publication date of an article."""
    return frozenset((page.published.date.isoformat(),)) if page.published else frozenset()


def newest(page: Page, observed: datetime) -> Values:
    """The newest date of the page's lists, as freshness takes it: neither pinned nor ahead of the clock."""
    if page.is_article:
        return frozenset()  # the links beside and below an article are no column
    rows = [*rows_alone(page)]
    seen = [(row, shown) for row in rows if (shown := day_of(row, observed.date()))]
    plain = [shown for row, shown in seen if not row.pinned and shown <= observed.date() + timedelta(days=1)]
    days = plain or [shown for _, shown in seen] or [named for row in rows if (named := date_in_url(row.target))]
    return frozenset((max(days).isoformat(),)) if days else frozenset()


def column(page: Page, _observed: datetime) -> Values:
    """The name of the column: the national tag, else the last step of the way to the page, else above its list."""
    steps = [crumb.text for crumb in page.trail]
    dated = {listing.heading: sum(bool(row.raw_date) for row in listing.rows) for listing in page.lists}
    name = page.tags.ColumnName or next(iter([*steps[-1:], *sorted(dated, key=dated.__getitem__, reverse=True)]), "")
    return frozenset((_tight(name),)) if name else frozenset()


KINDS = ("home", "list", "article")


def kind(page: Page, _observed: datetime) -> Values:
    """``home``, ``article`` or ``list``; nothing for another page."""
    if page.depth == 0:
        return frozenset(("home",))
    if page.is_article:
        return frozenset(("article",))
    return frozenset(("list",)) if page.lists else frozenset()


def _kind_label(cell: str) -> Values:
    name = cell.lower()
    if name in ("guide", "letters", "other"):
        return frozenset()
    if name not in KINDS:
        raise CellError(f"not one of {', '.join(KINDS)}, guide, letters, other")
    return frozenset((name,))


def _footer(page: Page) -> Page:
    """The page read as a home page, whose footer the icp plugin reads whole."""
    return page if page.depth == 0 else replace(page, depth=0)


def _own(shown: tuple[Shown, ...]) -> Iterator[Shown]:
    """Without the numbers of whoever made the website, where the website shows one of its own."""
    yield from [one for one in shown if not one.by_maker] or shown


def icp(page: Page, _observed: datetime) -> Values:
    return frozenset(_filing(one.number.written) for one in _own(identity(_footer(page)).filings))


def police(page: Page, _observed: datetime) -> Values:
    return frozenset(one.number.digits for one in identity(_footer(page)).police)


def site_code(page: Page, _observed: datetime) -> Values:
    """The code that a citizen can read; the meta tag alone is none."""
    return frozenset(one.number.key for one in identity(_footer(page)).codes)


def _tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _filing(written: str) -> str:
    """Province, serial and website number; with or without 号, and with whatever blanks."""
    return re.sub(r"[号第字编案:]", "", _tight(written).upper())


def _filings(cell: str) -> Values:
    return frozenset(map(_filing, several(cell)))


def _digits(cell: str) -> Values:
    found = frozenset(re.sub(r"\D", "", part) for part in several(cell))
    if "" in found:
        raise CellError("no number")
    return found


def _codes(cell: str) -> Values:
    return frozenset(formats.code(part).key for part in several(cell))


def _name(cell: str) -> Values:
    return frozenset((_tight(cell),)) if cell.lower() not in NONE else frozenset()


_FOOTER = Aim(0.98, 0.95)
EXTRACTORS = (
    Extractor("published", published, day, Aim(0.98, 0.95)),
    Extractor("newest", newest, day, Aim(0.9, 0.9)),
    Extractor("column", column, _name),
    Extractor("kind", kind, _kind_label),
    Extractor("icp", icp, _filings, _FOOTER),
    Extractor("police", police, _digits, _FOOTER),
    Extractor("site_code", site_code, _codes, _FOOTER),
)
