"""Whether cookies keep to HTTPS, stay out of the reach of scripts, and don't travel along from other websites."""

from collections.abc import Iterator, Sequence

from xuncha.api import Crawl, NotApplicable, Reason, check, not_applicable
from xuncha_plugins.headers.cookies import broken_prefix
from xuncha_plugins.headers.facts import Answer, Answers, Cookie
from xuncha_plugins.headers.judging import Flaw, Said, judged, shown

_HEADER = "set-cookie"
_SAME_SITE = frozenset(("lax", "strict", "none"))
_NAMED = 10


@check("cookies.secure")
def secure(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """Cookies set over HTTPS go over HTTPS only. That a site has no HTTPS is another check's word."""
    return judged(seen, crawl, _sent_openly)


def _sent_openly(answers: Sequence[Answer]) -> Iterator[Flaw | NotApplicable]:
    if not any(answer.cookies for answer in answers):
        yield not_applicable(Reason.NOT_OFFERED)
    elif not any(answer.secure for answer in answers if answer.cookies):
        yield not_applicable(Reason.NO_HTTPS)
    for answer in answers:
        yield from _prefixes(answer)
        if answer.secure:
            yield from _open(answer)


def _prefixes(answer: Answer) -> Iterator[Flaw]:
    for cookie in answer.cookies:
        if prefix := broken_prefix(cookie, over_https=answer.secure):
            said = {"name": shown(cookie.name), "prefix": prefix}
            yield Flaw(answer, _HEADER, "prefix", said, about=cookie.name, failing=True)


def _open(answer: Answer) -> Iterator[Flaw]:
    """Each session by its name; the others together, for they matter less."""
    others: list[Cookie] = []
    for cookie in answer.cookies:
        if cookie.secure or broken_prefix(cookie, over_https=True):
            continue
        if cookie.session:
            yield Flaw(answer, _HEADER, "session", {"name": shown(cookie.name)}, about=cookie.name, failing=True)
        else:
            others.append(cookie)
    if others:
        names = "、".join(shown(cookie.name) for cookie in others[:_NAMED])
        yield Flaw(answer, _HEADER, "others", {"names": names, "count": len(others)})


@check("cookies.http-only")
def http_only(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """Scripts can't read the cookies that a session goes by; other cookies may be meant for them."""
    return judged(seen, crawl, _readable)


def _readable(answers: Sequence[Answer]) -> Iterator[Flaw | NotApplicable]:
    if not any(answer.cookies for answer in answers):
        yield not_applicable(Reason.NOT_OFFERED)
    for answer in answers:
        for cookie in answer.cookies:
            if cookie.session and not cookie.http_only:
                yield Flaw(answer, _HEADER, "readable", {"name": shown(cookie.name)}, about=cookie.name, failing=True)


@check("cookies.same-site")
def same_site(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """Sessions say whether they go along with requests that other websites start."""
    return judged(seen, crawl, _crossing)


def _crossing(answers: Sequence[Answer]) -> Iterator[Flaw | NotApplicable]:
    if not any(answer.cookies for answer in answers):
        yield not_applicable(Reason.NOT_OFFERED)
    for answer in answers:
        for cookie in answer.cookies:
            yield from _same_site(answer, cookie)


def _same_site(answer: Answer, cookie: Cookie) -> Iterator[Flaw]:
    said = {"name": shown(cookie.name)}
    if cookie.same_site is None:
        if cookie.session:
            yield Flaw(answer, _HEADER, "missing", said, about=cookie.name)
    elif cookie.same_site not in _SAME_SITE:
        yield Flaw(answer, _HEADER, "unknown", {**said, "value": shown(cookie.same_site)}, about=cookie.name)
    elif cookie.same_site == "none" and not cookie.secure:
        yield Flaw(answer, _HEADER, "none-insecure", said, about=cookie.name, failing=True)
