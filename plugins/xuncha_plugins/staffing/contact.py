"""Whether the telephone that the home page shows is one of those that the unit names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xuncha.api import (
    Evidence,
    Page,
    Piece,
    Reason,
    Site,
    ask,
    check,
    masked_excerpt,
    not_applicable,
    not_handed_in,
    page_probe,
    unsure,
    warning,
)
from xuncha_plugins.evidence.reading import declared
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.staffing import telephones
from xuncha_plugins.staffing.register import RegisterRead
from xuncha_plugins.staffing.words import WORDS

FOOT = 1_500
"""Characters at the end of a home page that can be its footer."""

REACH = 24
"""Characters before a telephone in which stands what it is."""

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownTelephone:
    """A telephone in the footer of the home page, masked; ``maintenance``: it is that of those who maintain it."""

    number: str
    url: str
    words: str
    maintenance: bool = False


@dataclass(frozen=True, slots=True)
class ContactsShown:
    """Telephones that the home page shows as contacts.

    ``hidden``: script may show others, ``frames_unread``: so may a frame that was not read.
    """

    telephones: tuple[ShownTelephone, ...] = ()
    seen_home: bool = False
    hidden: bool = False
    frames_unread: bool = False


_FRAMES = frozenset({"frame", "iframe"})


@page_probe(provides=ContactsShown, cost_us=5)
class ContactsSeen:
    """Looks at the end of the home page and of what it is made of."""

    def __init__(self) -> None:
        self._shown: dict[str, ShownTelephone] = {}
        self._home = False
        self._hidden = False
        self._frames: set[str] = set()
        self._seen: set[str] = set()

    def visit(self, page: Page) -> None:
        """Only pages of level 0 count."""
        if page.depth or page.problem:
            return
        self._home = True
        self._hidden = self._hidden or page.scripted or bool(page.scripted_regions)
        self._frames |= {link.target for link in page.links if link.kind in _FRAMES and link.target}
        self._seen |= {page.url, page.requested}
        for one in shown_on(page.url, page.text):
            if len(self._shown) < MOST_SHOWN:
                self._shown.setdefault(telephones.key(one.number), one)

    def conclude(self) -> ContactsShown:
        """What was seen."""
        return ContactsShown(tuple(self._shown.values()), self._home, self._hidden, bool(self._frames - self._seen))


def shown_on(url: str, text: str) -> Iterator[ShownTelephone]:
    """The telephones with a label at the end of a page."""
    for line in plain(text[-FOOT:]).split("\n"):
        for found in telephones.FOUND.finditer(line):
            before = line[max(0, found.start() - REACH) : found.start()]
            if WORDS.telephones.label.search(before) or WORDS.telephones.maintenance.search(before):
                maintenance = bool(WORDS.telephones.maintenance.search(before))
                yield ShownTelephone(masked_excerpt(found[0]), url, masked_excerpt(before + found[0]), maintenance)


@check("staffing.contact-on-site")
def contact_on_site(site: Site, evidence: Evidence, register: RegisterRead, shown: ContactsShown) -> Iterator[object]:
    """One of the telephones on the home page is one that the unit names. What was not seen is not judged."""
    if not (evidence.handed_in(Piece.TEAM) or evidence.handed_in(Piece.EDITORS)):
        yield not_handed_in(evidence, Piece.TEAM)
        return
    known = list(_known(site, evidence, register))
    if not shown.telephones or not known:
        reason = Reason.NEEDS_BROWSER if shown.hidden else Reason.FRAME_UNREAD if shown.frames_unread else None
        gone = shown.seen_home and reason is None
        yield not_applicable(Reason.NOT_OFFERED) if gone else unsure(reason or Reason.TOO_FEW_PAGES)
        return
    numbers = [one.number for one in shown.telephones]
    own = [one for one in shown.telephones if one.maintenance]
    if own and not telephones.any_same((one.number for one in own), known):
        say = ask if any(entry.at.ocr is not None for entry in register.entries) else warning  # it may have misread one
        yield say(declared(Piece.TEAM), "maintenance-differs", distinct=own[0].number, words=own[0].words)
    elif not telephones.any_same(numbers, known):
        at, first = declared(Piece.TEAM), shown.telephones[0]
        yield ask(at, "differs", distinct=f"differs {first.number}", words=first.words)


def _known(site: Site, evidence: Evidence, register: RegisterRead) -> Iterable[str]:
    """Every telephone that the unit names: declared, in its register, in the inventory."""
    staff = (*evidence.staffing.team, *evidence.staffing.editors)
    for one in (*(each.telephone for each in staff), *site.contacts):
        yield from telephones.found_in(one)
    for entry in register.entries:
        yield from entry.telephones
