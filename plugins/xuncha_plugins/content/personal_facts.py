"""What the probes keep of personal data: counts, masked words, hashes. Never a number."""

from dataclasses import dataclass

from xuncha.api import Reason
from xuncha_plugins.content.personal_numbers import NOTHING, Exposed


@dataclass(frozen=True, slots=True)
class PageExposing:
    """A page that shows numbers of persons."""

    url: str
    depth: int
    exposed: Exposed


@dataclass(frozen=True, slots=True)
class PersonalPages:
    """The pages that show numbers of persons; not all of them where there are very many."""

    pages: tuple[PageExposing, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that the site links to: its address, the first page that links it, the words of the link."""

    url: str
    page: str
    text: str
    line: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FileLook:
    """One attachment that was looked at.

    ``problem`` says why it could not be read, or not entirely; ``gone`` that there is no such file (any more).
    """

    attachment: Attachment
    exposed: Exposed = NOTHING
    kind: str = ""
    bytes: int = 0
    sha256: str = ""
    problem: Reason | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class PersonalFiles:
    """The attachments that were looked at, of ``known`` documents that the site links to."""

    looks: tuple[FileLook, ...] = ()
    known: int = 0
    complete: bool = True
