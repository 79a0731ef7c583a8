"""What single headers tell browsers: types, referrers, other origins; and what they tell everybody of the server."""

import re
from collections.abc import Iterator, Sequence

from xuncha.api import Crawl, Unsure, check
from xuncha_plugins.headers.facts import Answer, Answers
from xuncha_plugins.headers.judging import Flaw, Said, judged, shown, whole
from xuncha_plugins.headers.sampling import VERSIONED

_TYPE_OPTIONS = "x-content-type-options"
_REFERRER = "referrer-policy"
_ORIGIN = "access-control-allow-origin"
_CREDENTIALS = "access-control-allow-credentials"

_LEGACY_META = {
    "never": "no-referrer",
    "default": "strict-origin-when-cross-origin",
    "always": "unsafe-url",
    "origin-when-crossorigin": "origin-when-cross-origin",
}
"""Old words that HTML (4.2.5.2) still takes in ``<meta name=referrer>``."""
_WHOLE_ADDRESS = frozenset(("unsafe-url", "no-referrer-when-downgrade"))
_REFERRER_POLICIES = _WHOLE_ADDRESS | {
    "no-referrer", "same-origin", "origin", "strict-origin", "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
}  # fmt: skip


@check("headers.sniffing")
def sniffing(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """Browsers take files for what the server says they are."""
    return judged(seen, crawl, _sniffed)


def _sniffed(answers: Sequence[Answer]) -> Iterator[Flaw | Unsure]:
    for answer in whole(answers, _TYPE_OPTIONS):
        if isinstance(answer, Unsure):
            yield answer
            continue
        listed = answer.listed(_TYPE_OPTIONS)
        if not listed:
            yield Flaw(answer, _TYPE_OPTIONS, "in-page" if answer.meta(_TYPE_OPTIONS) else "missing")
        elif listed[0].lower() != "nosniff":  # Fetch, 3.6: only the first counts
            yield Flaw(answer, _TYPE_OPTIONS, "ignored", {"value": shown(", ".join(answer.values(_TYPE_OPTIONS)))})


@check("headers.referrer")
def referrer(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """Other websites don't learn the whole address of the page that a citizen comes from."""
    return judged(seen, crawl, _referred)


def _referred(answers: Sequence[Answer]) -> Iterator[Flaw | Unsure]:
    for answer in whole(answers, _REFERRER):
        if isinstance(answer, Unsure):
            yield answer
            continue
        written = [*answer.values(_REFERRER), *answer.meta("referrer")]
        policy = _referrer_policy(answer)
        if policy in _WHOLE_ADDRESS:
            yield Flaw(answer, _REFERRER, "whole-address", {"policy": policy})
        elif not policy and any(map(str.strip, written)):
            yield Flaw(answer, _REFERRER, "ignored", {"value": shown(", ".join(written))})
        elif not policy:
            yield Flaw(answer, _REFERRER, "missing")


def _referrer_policy(answer: Answer) -> str:
    """What browsers keep to: the last word they know in the header, then each ``<meta>`` of one known word."""
    in_header = [value.lower() for value in answer.listed(_REFERRER)]
    in_page = [
        _LEGACY_META.get(word, word) for content in answer.meta("referrer") for word in (content.strip().lower(),)
    ]
    return next((word for word in reversed([*in_header, *in_page]) if word in _REFERRER_POLICIES), "")


@check("headers.cors")
def cross_origin(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """No page opens what is shown to a logged-in citizen to every other website.

    That a page may be read by all (``*`` alone) is right for what is public. Whether the server repeats whatever
    Origin it is asked with can't be seen without asking so, which is not done here.
    """
    return judged(seen, crawl, _shared)


def _shared(answers: Sequence[Answer]) -> Iterator[Flaw | Unsure]:
    for answer in whole(answers, _ORIGIN, _CREDENTIALS):
        if isinstance(answer, Unsure):
            yield answer
            continue
        values = answer.values(_ORIGIN)
        value, credentials = shown(", ".join(values)), answer.values(_CREDENTIALS) == ["true"]
        if len(values) > 1 or "," in value or " " in value.strip():
            yield Flaw(answer, _ORIGIN, "several", {"value": value})
        elif value.strip() == "*" and credentials:
            yield Flaw(answer, _ORIGIN, "anybody")
        elif value.strip() == "null":
            yield Flaw(answer, _ORIGIN, "null-with-login" if credentials else "null", failing=credentials)
        elif credentials and answer.secure and value.startswith("http://"):
            yield Flaw(answer, _ORIGIN, "insecure-origin", {"value": value})


_VERSION = re.compile(r"/\s?v?\d|\d+\.\d+")
_NO_VERSION = re.compile(
    r"(?i)\b(?:Apache-Coyote/1\.1|Microsoft-HTTPAPI/\d\.\d|HTTP/\d(?:\.\d)?)|(?<![\d./v])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
)
"""Numbers that are the same for many releases and tell nothing, and addresses."""
_BARE_NUMBER = re.compile(r"\d")
_NUMBERS_ONLY = frozenset(("x-aspnet-version", "x-aspnetmvc-version", "x-owa-version", "x-jenkins"))


@check("headers.versions")
def versions(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """The server does not tell which release of which product it runs; the product's name alone is no fault."""
    return judged(seen, crawl, _told)


def _told(answers: Sequence[Answer]) -> Iterator[Flaw]:
    for answer in answers:
        for name, value in answer.headers:
            if name in VERSIONED and tells_version(name, value):
                yield Flaw(answer, name, "told", {"header": _spelt(name), "value": shown(value)}, about=name)


def tells_version(name: str, value: str) -> bool:
    """Whether the value of a header of that name contains a version number."""
    pattern = _BARE_NUMBER if name in _NUMBERS_ONLY else _VERSION
    return bool(pattern.search(_NO_VERSION.sub("", value)))


def _spelt(name: str) -> str:
    return {"x-aspnet-version": "X-AspNet-Version", "x-aspnetmvc-version": "X-AspNetMvc-Version"}.get(
        name, "-".join(word.capitalize() for word in name.split("-"))
    )
