"""What the proofs of protection say, and what the last scan saw. Plain values; no document is kept."""

from dataclasses import dataclass
from datetime import date

from xuncha.api import DocumentLocator, Piece
from xuncha_plugins.evidence.doubts import Doubt
from xuncha_plugins.evidence.reading import Shown, Unread


@dataclass(frozen=True, slots=True)
class Said:
    """A day that a document states, with the words around it (masked) and their place."""

    day: date
    at: DocumentLocator
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many days a document says that logs are kept; ``at_least``: for no less than these."""

    days: int
    at: DocumentLocator
    words: str
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A filing number, or a level, that a certificate shows."""

    value: str
    at: DocumentLocator


@dataclass(frozen=True, slots=True)
class Proof:
    """What the files handed in for one piece say.

    ``about``: they speak of such a measure or duty at all; ``names_product`` and ``names_unit``: of the declared
    product, of this website or its unit. ``licences`` are the days on which licences end, ``updates`` those of rules
    and signatures, ``alerts`` of alerts and ``waiting`` of those that nobody has handled; ``held`` those on which an
    assessment took place. ``bears`` are those of the declared days that stand in the files, whatever is said of them.
    Days are sorted, the newest first, and of each kind only some are kept. ``renewed`` is the first sentence by which
    a licence that ended may have been renewed, ``shown`` the first line that speaks of the matter; ``denied`` are
    sentences that deny it, ``doubts`` such that keep the paper from proving it: a plan, a maker's brochure.
    ``others`` is the first line by which the paper is about another website or system,
    ``without_end``: the product is used without a licence that ends.
    """

    piece: Piece
    about: bool = False
    names_product: bool = False
    names_unit: bool = False
    licences: tuple[Said, ...] = ()
    updates: tuple[Said, ...] = ()
    alerts: tuple[Said, ...] = ()
    waiting: tuple[Said, ...] = ()
    held: tuple[Said, ...] = ()
    bears: tuple[date, ...] = ()
    numbers: tuple[Numbered, ...] = ()
    levels: tuple[Numbered, ...] = ()
    kept: tuple[Kept, ...] = ()
    renewed: tuple[Shown, ...] = ()
    others: tuple[Shown, ...] = ()
    without_end: bool = False
    shown: Shown | None = None
    denied: tuple[Shown, ...] = ()
    doubts: tuple[tuple[Doubt, Shown], ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def was_read(self) -> bool:
        """Whether there is nothing in the files that we could not read."""
        return not self.unread


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs of all pieces of protection for which there are files."""

    proofs: tuple[Proof, ...] = ()

    def of(self, piece: Piece) -> Proof:
        """The proof of a piece; an empty one where no file was handed in."""
        return next((proof for proof in self.proofs if proof.piece is piece), Proof(piece))


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that the last scan saw: where, on which day, and the check that tells of it."""

    url: str
    day: date
    check: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class LastScan:
    """What the last run that looked saw against each kind of measure, at most a few of each.

    ``scanned_on`` is the day of the last scan of any kind, whatever it looked at.
    ``exposed_on``, ``tampered_on`` and ``infected_on`` are the days of these runs; None where nothing ever looked.
    """

    exposed: tuple[Sight, ...] = ()
    tampered: tuple[Sight, ...] = ()
    infected: tuple[Sight, ...] = ()
    exposed_on: date | None = None
    tampered_on: date | None = None
    infected_on: date | None = None
    scanned_on: date | None = None
