"""What the page probe keeps of the words of a site's pages."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Answer = Literal["finding", "warning", "ask"]
Grade = Literal["serious", "ordinary"]


@dataclass(frozen=True, slots=True)
class Typo:
    """A wrong form, ``count`` times on this page; in the same words on ``pages`` pages, of which this is the first."""

    url: str
    depth: int
    wrong: str
    right: str
    grade: Grade
    answer: Answer
    excerpt: str
    count: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Filler:
    """Test or placeholder words: on the page ``url``, or of its link to ``target``; ``sure``, or to be asked about.

    ``in_text``: they stand in the text of a page rather than in its title.
    """

    url: str
    depth: int
    words: str
    sure: bool
    target: str = ""
    line: int | None = None
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A page with nothing on it but ``words``; ``blank``: they only say that there is nothing yet.

    ``sure``: they speak of a column or a page, not of what a building may be as well.
    """

    url: str
    depth: int
    title: str
    words: str
    blank: bool
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """What page ``url`` offers as current under the words ``state``, and the day it ended by its own words.

    ``target`` is where the offer leads, "" where it is the page itself; ``seen`` the day on which it was offered.
    ``validity``: a document that is called valid, past the validity it states.
    """

    url: str
    depth: int
    title: str
    state: str
    ended: date
    seen: date
    sure: bool
    target: str = ""
    line: int | None = None
    validity: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a site's pages give away; not all of it where there is very much (``complete``)."""

    typos: tuple[Typo, ...] = ()
    fillers: tuple[Filler, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    offers: tuple[Offer, ...] = ()
    complete: bool = True
