"""Keeps the security headers of a sample of the pages that the crawl sees. Sends nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pydantic import Field

from xuncha.api import Page, Params, page_probe
from xuncha_plugins.headers import cookies, csp
from xuncha_plugins.headers.facts import Answer, Answers, Cookie

VERSIONED = frozenset((
    "server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator", "x-powered-cms", "x-jenkins",
    "liferay-portal", "x-owa-version",
))  # fmt: skip
"""Headers in which servers tell what they run on."""

_LONG, _SHORT = 8_192, 500
_KEPT = dict.fromkeys((csp.ENFORCED, csp.REPORTED), _LONG) | dict.fromkeys(
    (
        "x-frame-options",
        "x-content-type-options",
        "referrer-policy",
        "access-control-allow-origin",
        "access-control-allow-credentials",
        *VERSIONED,
    ),
    _SHORT,
)
"""Header → characters of it that are kept."""
_MOST_OF_ALL = 24_576
_MOST_HEADERS = 60
_MOST_COOKIES = 30
_MOST_METAS = 10
_EQUIVALENTS = frozenset((csp.ENFORCED, "x-frame-options", "x-content-type-options"))


class SampleParams(Params):
    """``pages``: so many pages in all; ``each``: of one folder of a host."""

    pages: int = Field(default=40, ge=1, le=200)
    each: int = Field(default=2, ge=1)


@page_probe(provides=Answers, params=SampleParams, cost_us=8)
class AnswersSeen:
    """The home page and, of every folder of the first level, the first few pages."""

    def __init__(self, params: SampleParams) -> None:
        self._params = params
        self._sample: list[Answer] = []
        self._folders: Counter[str] = Counter()

    def visit(self, page: Page) -> None:
        """Keep the page's headers, if its folder still has a place."""
        if len(self._sample) >= self._params.pages:
            return
        folder = _folder(page.url)
        if self._folders[folder] < self._params.each:
            self._folders[folder] += 1
            self._sample.append(answer_of(page))

    def conclude(self) -> Answers:
        """The sample, in the order of the crawl."""
        return Answers(tuple(self._sample))


def _folder(url: str) -> str:
    """The origin and the first folder of a URL."""
    pieces = url.partition("?")[0].partition("#")[0].split("/")
    return "/".join(pieces[:-1][:4])


def answer_of(page: Page) -> Answer:
    """What is kept of a page's answer: bounded, and without the values of cookies."""
    headers, cut = _bounded(page.headers)
    metas, cut_too = _metas(page)
    return Answer(page.url, page.depth, headers, metas, _cookies(page.headers), (*cut, *cut_too))


def _bounded(headers: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    kept: list[tuple[str, str]] = []
    cut: list[str] = []
    left = _MOST_OF_ALL
    for name, value in headers:
        if name not in _KEPT:
            continue
        if len(value) > min(_KEPT[name], left) or len(kept) >= _MOST_HEADERS:
            cut.append(name)
        else:
            kept.append((name, value))
            left -= len(value)
    return tuple(kept), tuple(dict.fromkeys(cut))


def _metas(page: Page) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    found = [(name, meta.content) for meta in page.metas if (name := _relevant(meta.http_equiv, meta.name))]
    kept = tuple((name, content) for name, content in found[:_MOST_METAS] if len(content) <= _LONG)
    return kept, tuple({name: None for name, content in found if len(content) > _LONG})


def _relevant(http_equiv: str, name: str) -> str:
    if http_equiv:
        return http_equiv if http_equiv in _EQUIVALENTS else ""
    return name if name == "referrer" else ""


def _cookies(headers: Iterable[tuple[str, str]]) -> tuple[Cookie, ...]:
    """Of equal cookies one is enough."""
    return tuple(dict.fromkeys(_set(headers)))[:_MOST_COOKIES]


def _set(headers: Iterable[tuple[str, str]]) -> Iterator[Cookie]:
    values = [value for name, value in headers if name == "set-cookie"]
    for value in values[: 2 * _MOST_COOKIES]:
        if cookie := cookies.parse(value):
            yield cookie
