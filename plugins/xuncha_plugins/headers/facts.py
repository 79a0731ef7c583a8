"""What is kept of the answers of a site's pages, and of what those pages load."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that an answer sets; its value is never kept.

    ``session`` tells whether its name is one that logins and sessions go by. ``same_site`` is the attribute in lower
    case: None where it is absent. ``domain`` says that a Domain attribute widens it.
    """

    name: str
    session: bool
    secure: bool
    http_only: bool
    same_site: str | None
    domain: bool
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The security headers of one page, in their order and with repetitions; names in lower case.

    ``metas`` are the ``<meta http-equiv>`` of such names, and ``referrer``. ``cut`` names the headers that were too
    long to be kept whole.
    """

    url: str
    depth: int
    headers: tuple[tuple[str, str], ...] = ()
    metas: tuple[tuple[str, str], ...] = ()
    cookies: tuple[Cookie, ...] = ()
    cut: tuple[str, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether it came over HTTPS."""
        return self.url.startswith("https:")

    def values(self, name: str) -> list[str]:
        """All values of a header."""
        return [value for key, value in self.headers if key == name]

    def listed(self, name: str) -> list[str]:
        """The members of a header that is a list, repeated or with commas, without empty ones."""
        return [part.strip(" \t") for value in self.values(name) for part in value.split(",") if part.strip(" \t")]

    def meta(self, name: str) -> list[str]:
        """The contents of the ``<meta>`` elements of that name."""
        return [content for key, content in self.metas if key == name]


@dataclass(frozen=True, slots=True)
class Answers:
    """The home page and a sample of the others: of each folder the first few."""

    sample: tuple[Answer, ...] = ()


class Danger(StrEnum):
    """What browsers do with a reference to ``http:`` on an HTTPS page (W3C Mixed Content, Level 2)."""

    BLOCKED = "blocked"
    UPGRADED = "upgraded"
    SENT_OPENLY = "sent-openly"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Something that pages load, with the first page on which it stands; ``pages`` counts them all."""

    target: str
    page: str
    depth: int
    line: int | None
    pages: int = 1
    danger: Danger | None = None


@dataclass(frozen=True, slots=True)
class Resources:
    """What pages load in a way that is worth a word.

    ``insecure`` are references to ``http:`` on HTTPS pages; ``unsealed`` scripts and style sheets of other
    organisations without integrity. ``sealed`` counts those with it; ``secure_pages`` pages over HTTPS.
    """

    insecure: tuple[Loaded, ...] = ()
    unsealed: tuple[Loaded, ...] = ()
    sealed: int = 0
    pages: int = 0
    secure_pages: int = 0
    complete: bool = True
