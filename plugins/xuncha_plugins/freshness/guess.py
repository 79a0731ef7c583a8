"""Searches an article page for a date where tag, label, text and URL give none, with htmldate.

Only what a page marks up as its date is believed: htmldate's search through the whole text takes any year for the
first of January. A guess can keep a column from being called stale; it never makes one so.
"""

import re
from datetime import date
from importlib.util import find_spec

from xuncha.api import Page
from xuncha_plugins.freshness.tally import EARLIEST, NO_DATE, Dated

MAX_HTML = 300_000
"""Characters; htmldate walks larger pages too, but not in the time that a page may take."""

_YEAR = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")
_AROUND = 20
_A_DATE = re.compile(
    r"[12](?:(?<=1)9|(?<=2)0)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d)"
    r"|\d[-/. ]\d{1,2}[-/. ](?:19|20)\d\d|[JFMASOND][a-z]{2,8}\.?,? (?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:19|20)\d\d"
)
"""What any date looks like."""


class Guesser:
    """Guesses at most ``most`` times; htmldate is imported for the first one (0.15 s, 21 MB)."""

    def __init__(self, most: int, observed: date) -> None:
        self._left = most
        self._observed = observed

    def guess(self, page: Page) -> Dated:
        """What htmldate says of a page."""
        if not self._left or len(page.html) > MAX_HTML or not _holds_date(page.html):
            return NO_DATE
        self._left -= 1
        day = _found(page.html, self._observed)
        return Dated(day, guessed=True) if day else NO_DATE


def _holds_date(html: str) -> bool:
    """A cheap look: most pages that show no date have none in their source either."""
    years = (year.start() for year in _YEAR.finditer(html))
    return any(_A_DATE.search(html, max(at - _AROUND, 0), at + _AROUND) for at in years)


def _found(html: str, observed: date) -> date | None:
    if find_spec("htmldate") is None:
        return None
    from htmldate import find_date  # noqa: PLC0415 - heavy, and most sites never need it

    try:
        found = find_date(
            html,
            extensive_search=False,
            original_date=True,
            outputformat="%Y-%m-%d",
            min_date=EARLIEST.isoformat(),
            max_date=observed.isoformat(),
        )
        return date.fromisoformat(found) if found else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
