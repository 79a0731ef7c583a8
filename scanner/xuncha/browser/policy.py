"""Which requests of a page are asked for, and what of an answer the browser is given. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xuncha.model.reasons import Reason
from xuncha.net.target import MAX_URL, Target


class Kind(StrEnum):
    """Of what a page asks for."""

    DOCUMENT = "document"
    FRAME = "frame"
    SCRIPT = "script"
    STYLE = "style"
    DATA = "data"
    IMAGE = "image"
    OTHER = "other"

    @property
    def keeps(self) -> bool:
        """Whether every page of the site may be given the same one."""
        return self in _THE_SAME_FOR_ALL


_THE_SAME_FOR_ALL = frozenset({Kind.SCRIPT, Kind.STYLE, Kind.IMAGE})
_KINDS = {
    "Script": Kind.SCRIPT,
    "Stylesheet": Kind.STYLE,
    "XHR": Kind.DATA,
    "Fetch": Kind.DATA,
    "Image": Kind.IMAGE,
}
"""By what Chromium calls them. Fonts, media, beacons, prefetches, icons and whatever comes up next are OTHER."""

_METHODS = frozenset({"GET", "HEAD"})
_FORWARDED = frozenset({"accept", "origin", "referer", "x-requested-with"})
_SIGNS_OF_HASTE = frozenset({"purpose", "sec-purpose", "x-moz"})
"""Headers of what is fetched in case somebody wants it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as Chromium tells of it, before anything of it is sent."""

    id: str
    kind: Kind
    method: str
    url: str
    headers: Mapping[str, str]

    @property
    def is_document(self) -> bool:
        """Of the page or of one of its frames: the site's scope holds."""
        return self.kind in (Kind.DOCUMENT, Kind.FRAME)

    @property
    def cookie(self) -> str:
        """What the browser would tell the site of itself."""
        return self.headers.get("cookie", "")

    @property
    def forwarded(self) -> dict[str, str]:
        """What of its head is sent."""
        return {name: value for name, value in self.headers.items() if name in _FORWARDED and value.isascii()}


def read_request(said: Mapping[str, Any], main_frame: str) -> Asked:
    """From a ``Fetch.requestPaused``. Raises KeyError, AttributeError or TypeError for what isn't one."""
    request = said["request"]
    headers = {str(name).lower(): str(value) for name, value in request["headers"].items()}
    kind = _KINDS.get(said["resourceType"], Kind.OTHER)
    if said["resourceType"] == "Document":
        kind = Kind.DOCUMENT if said["frameId"] == main_frame else Kind.FRAME
    if headers.keys() & _SIGNS_OF_HASTE or "service-worker" in headers:
        kind = Kind.OTHER
    return Asked(str(said["requestId"]), kind, str(request["method"]), str(request["url"]), headers)


def refusal(asked: Asked, *, images: bool) -> Reason | None:
    """Why it is not even asked for; None where it is for the guard to decide."""
    if asked.method not in _METHODS:
        return Reason.METHOD_FORBIDDEN
    if asked.kind is Kind.OTHER or (asked.kind is Kind.IMAGE and not images):
        return Reason.NOT_SELECTED
    if len(asked.url) > MAX_URL or not asked.url.startswith(("http://", "https://")):
        return Reason.SCHEME_FORBIDDEN
    return None


_KEPT_BACK = frozenset((
    "alt-svc", "clear-site-data", "connection", "content-encoding", "content-length", "keep-alive", "link", "nel",
    "report-to", "reporting-endpoints", "service-worker-allowed", "speculation-rules", "strict-transport-security",
    "transfer-encoding", "upgrade", "www-authenticate",
))  # fmt: skip
"""What would have Chromium send something of its own accord, or speaks of a body that is already unpacked."""

_OUR_RULE = ("content-security-policy", "connect-src http: https: data: blob:; webrtc 'block'; object-src 'none'")
"""For every document, beside its own: what passes no interception is forbidden before it begins."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def handed_on(
    headers: Iterable[tuple[str, str]], *, status: int, url: str, document: bool, own: bool
) -> list[dict[str, str]]:
    """The head of an answer as the browser gets it.

    Cookies only from the site itself (``own``). A redirect leads where our own reading of the URL says.

    Raises:
        BadUrl: a redirect leads nowhere that can be asked for.
    """
    kept = []
    for name, value in headers:
        if name in _KEPT_BACK or (name == "set-cookie" and not own):
            continue
        if name == "location" and status in _REDIRECTS:
            value = _in_one_spelling(value, url)  # noqa: PLW2901
        if value.isascii() and value.isprintable():
            kept.append((name, value))
    if document:
        kept.append(_OUR_RULE)
    return [{"name": name, "value": value} for name, value in kept]


def _in_one_spelling(location: str, url: str) -> str:
    _, mark, fragment = location.partition("#")  # never sent, but pages that build themselves by script live on it
    return Target.parse(location, url).url + (mark + fragment if fragment.isascii() else "")


_SHOWN = ("text/", "image/", "application/xhtml", "application/xml", "application/json")


def is_shown(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether a browser shows a document with such headers, rather than offering to save it."""
    found = dict(reversed([*headers]))
    media = found.get("content-type", "text/html").strip().lower()
    attached = found.get("content-disposition", "").strip().lower().startswith("attachment")
    return not attached and media.startswith(_SHOWN)
