"""Where on a page its findings stand: what is outlined in its picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from xuncha.model.defang import defanged
from xuncha.model.locator import ElementLocator, LinkLocator, stable_url
from xuncha.model.message import Kind
from xuncha.model.outcome import Finding
from xuncha.model.rendered import LinkBox, Rect, Rendered, Retouch
from xuncha.store.mask import clean_line, mask_url
from xuncha.store.pictures import Mark

MOST_OUTLINED = 30
_LEAST_QUOTED, _MOST_QUOTED = 4, 80
_CUT = "…"
_NOT_SHOWN = frozenset({"title", "meta", "script", "style", "noscript", "head"})


@dataclass(frozen=True, slots=True)
class Sought:
    """One finding: the link that it is about, by its target (and words), or words of the page; or the page as such.

    ``invisible``: about an element that no picture shows, such as the title.
    """

    fingerprint: str
    targets: tuple[str, ...] = ()
    words: str = ""
    quote: str = ""
    harmful: bool = False
    invisible: bool = False

    @classmethod
    def of(cls, found: Finding, fingerprint: str, *, harmful: bool = False) -> "Sought":
        """What a finding tells of its place; ``harmful``: it is about what must not be shown."""
        place = found.locator
        link = place if isinstance(place, LinkLocator) else None
        named = (str(one.value) for one in found.params.values() if one.kind is Kind.URL)
        told = tuple(url for url in named if not _leads(page_of(found), url))
        return cls(
            fingerprint,
            targets=(link.target,) if link else told,
            words=clean_line(link.text) if link else "",
            quote=_quoted(found.excerpt),
            harmful=harmful,
            invisible=isinstance(place, ElementLocator) and place.element in _NOT_SHOWN,
        )

    def of_page(self) -> "Sought":
        """The same as one about the page as such."""
        return replace(self, targets=(), words="", quote="", invisible=False)

    @property
    def is_page(self) -> bool:
        """Whether it is about the page as a whole, as far as can be told."""
        return not (self.targets or self.quote or self.invisible)


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a picture is asked to show: CSS ``paths``, ``quotes``, and what is ``loaded`` from an address.

    ``places`` tells which of them a finding has.
    """

    paths: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    places: dict[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    invisible: frozenset[str] = frozenset()
    harmful: frozenset[str] = frozenset()

    def retouch(self, masked: tuple[str, ...]) -> Retouch:
        """For the browser."""
        return Retouch(self.paths, self.quotes, self.loaded, masked)

    def marks(self, boxes: Sequence[Rect | None]) -> dict[str, Mark]:
        """How each finding is shown, given the boxes that the browser found."""
        known = dict(zip((*self.paths, *self.quotes, *self.loaded), boxes, strict=False))
        shown = {of: _mark(known.get(place), invisible=of in self.invisible) for of, place in self.places.items()}
        return shown | dict.fromkeys(self.whole, Mark.WHOLE)

    def shows_harm(self, boxes: Sequence[Rect | None]) -> bool:
        """Whether the picture shows, or may show, what must not be shown: hidden links are not in it."""
        return any(mark is not Mark.UNSEEN and of in self.harmful for of, mark in self.marks(boxes).items())


def outlines(sought: Sequence[Sought], page: Rendered) -> Outlines:
    """Where they can be looked for on a page; beyond ``MOST_OUTLINED`` places they are not."""
    links = page.layout.links if page.layout else ()
    paths: dict[str, None] = {}
    quotes: dict[str, None] = {}
    loaded: dict[str, None] = {}
    places: dict[str, str] = {}
    for one in sought:
        box, target = _link(one, links), next(iter(one.targets), "")
        names, place = (paths, box.path) if box else (quotes, one.quote) if one.quote else (loaded, target)
        if place and (place in names or len(paths) + len(quotes) + len(loaded) < MOST_OUTLINED):
            names[place] = None
        places[one.fingerprint] = place
    return Outlines(
        tuple(paths),
        tuple(quotes),
        tuple(loaded),
        places,
        whole=tuple(one.fingerprint for one in sought if one.is_page),
        invisible=frozenset(one.fingerprint for one in sought if one.invisible),
        harmful=frozenset(one.fingerprint for one in sought if one.harmful),
    )


def _mark(box: Rect | None, *, invisible: bool) -> Mark:
    if box is None:
        return Mark.UNSEEN if invisible else Mark.NOT_FOUND
    return Mark.OUTLINED if box.width and box.height else Mark.UNSEEN


def _link(one: Sought, links: Iterable[LinkBox]) -> LinkBox | None:
    """The link that is meant: with these words rather than others, one that can be seen rather than another."""
    found = [box for box in links if any(_leads(box.url, target) for target in one.targets)]
    return max(found, key=lambda box: (clean_line(box.text) == one.words, box.shown), default=None)


def _leads(url: str, target: str) -> bool:
    """Whether a link's address is the one that a finding names, maybe masked or de-fanged."""
    return target in (url, mask_url(url), defanged(url)) or stable_url(url) == stable_url(target)


def page_of(found: Finding) -> str:
    """The page that a finding is on; empty where it is on none."""
    return getattr(found.locator, "url", "") or getattr(found.locator, "page", "")


def _quoted(excerpt: str) -> str:
    """As much of an excerpt as can be looked for; nothing where it is too short to be told from other words."""
    quote = excerpt.removesuffix(_CUT).removeprefix(_CUT).strip()[:_MOST_QUOTED]
    return quote if len("".join(quote.split())) >= _LEAST_QUOTED else ""
