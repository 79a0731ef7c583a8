"""What the probes find out: plain values that are stored and judged later."""

from dataclasses import dataclass
from datetime import datetime

from xuncha.api import Hop, Reason, opened


@dataclass(frozen=True, slots=True)
class Visit:
    """One attempt to open ``url``, begun at ``moment``.

    ``status`` 0 means that no answer came; ``reason`` then says why. ``seconds`` run to the last byte or to the end of
    our patience. ``challenge`` and ``filing_block`` are the ids of the signatures that the answer matched; ``notice``
    is the mark of a notice that opened in place of the site (``maintenance:construction``).
    """

    url: str
    moment: datetime
    seconds: float = 0.0
    status: int = 0
    reason: Reason | None = None
    final_url: str = ""
    hops: tuple[Hop, ...] = ()
    challenge: str = ""
    filing_block: str = ""
    notice: str = ""

    @property
    def opened(self) -> bool:
        """Whether the site's own page came."""
        return opened(self)


@dataclass(frozen=True, slots=True)
class HomeVisits:
    """Attempts to open the declared entry ``url``, oldest first; ``earlier`` are those that earlier runs made.

    ``asides`` are single looks, without following redirects, at what answers in place of a page that did not open: the
    entry itself and its form under the other scheme. ``names_resolve`` tells whether a name that exists everywhere in
    the country could be looked up from here; None where there was no need to ask.
    """

    url: str
    visits: tuple[Visit, ...]
    asides: tuple[Visit, ...] = ()
    names_resolve: bool | None = None
    complete: bool = True
    earlier: tuple[Visit, ...] = ()

    @property
    def history(self) -> tuple[Visit, ...]:
        """The visits of earlier runs and of this one, oldest first."""
        return (*self.earlier, *self.visits)


@dataclass(frozen=True, slots=True)
class SecondVisits:
    """Later visits to pages of the site that answered with an error during the crawl, by level and URL.

    ``complete`` is False where more pages failed than were asked again. ``earlier`` are visits that earlier runs made
    to the same pages since those last opened.
    """

    visits: tuple[Visit, ...] = ()
    complete: bool = True
    earlier: tuple[Visit, ...] = ()

    def of(self, url: str) -> tuple[Visit, ...]:
        """Those of one page, oldest first."""
        return tuple(visit for visit in self.visits if visit.url == url)

    def before(self, url: str) -> tuple[Visit, ...]:
        """Those that earlier runs made to one page, oldest first."""
        return tuple(visit for visit in self.earlier if visit.url == url)


@dataclass(frozen=True, slots=True)
class MissingAnswer:
    """What came for ``url``, which cannot exist: its folder does, its name was made up.

    ``sha256`` is of the body as it came, ``words_sha256`` of its visible words without digits and without the made-up
    name, so that two copies of one error page agree in it. ``says_missing``: a signature knows it for an error page.
    """

    url: str
    folder: str
    status: int = 0
    reason: Reason | None = None
    final_url: str = ""
    title: str = ""
    size: int = 0
    sha256: str = ""
    words_sha256: str = ""
    to_home: bool = False
    says_missing: bool = False

    @property
    def soft(self) -> bool:
        """Whether the server said that all is well."""
        return self.reason is None and 200 <= self.status < 300  # noqa: PLR2004 - HTTP success


@dataclass(frozen=True, slots=True)
class MissingPages:
    """How the site answers for pages that do not exist, in its root and in folders where most of its pages are."""

    answers: tuple[MissingAnswer, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Ipv6:
    """The IPv6 addresses of ``host``, and whether one of them accepted a connection.

    ``exists`` is False where the name is denied altogether. ``connected`` None means that it was not tried or could not
    be told; ``reason`` says why, or why there was no connection.
    """

    host: str
    port: int
    addresses: tuple[str, ...] = ()
    exists: bool = True
    connected: bool | None = None
    reason: Reason | None = None
