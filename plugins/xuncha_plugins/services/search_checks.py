"""The site's search finds what the site has published (notice 一(二)4)."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    ElementLocator,
    Finding,
    NotApplicable,
    Reason,
    Site,
    SiteKind,
    Unsure,
    Url,
    ask,
    check,
    finding,
    host_of,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.services.facts import Functions, SearchAnswers, SearchForm, SearchTry
from xuncha_plugins.services.searching import is_askable

Said = Finding | Ask | Unsure | NotApplicable | Coverage

_OK = 200
_GONE = frozenset({404, 410})
_SERVER_ERROR = 500
_TWICE = 2
_BROKEN_NOTES = ("soft-404:missing", "soft-404:number", "soft-404:server-fault")
_WITH_PIECES = {"blind": "blind-pieces", "misses": "misses-pieces"}
_SLOW = frozenset({Reason.TIMEOUT, Reason.RESET, Reason.REFUSED})
_EXPECTED = frozenset({SiteKind.PORTAL, SiteKind.DEPARTMENT})


@check("services.search")
def search(crawl: Crawl, functions: Functions, answers: SearchAnswers, site: Site) -> Iterator[Said]:
    """Asked for titles of its own articles, the search answers and finds one of them."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif not functions.home:
        yield Coverage(0, 1, complete=False)
    elif answers.tries:
        yield Coverage(1, 1, complete=True)
        yield from _judged(functions, answers.tries)
    else:
        yield Coverage(1, 1, complete=True)
        yield from _unasked(functions, site)


def _judged(functions: Functions, tries: Sequence[SearchTry]) -> Iterator[Said]:
    """One form that finds something is enough; else the form that was asked first speaks for the search."""
    if any(one.found for one in tries if one.title):
        return
    first = [one for one in tries if one.form == tries[0].form]
    form = functions.searches[tries[0].form]
    if any(one.found for one in tries):
        yield _not_found(warning, form, "misses", first)
    elif reason := _hindrance(first):
        yield unsure(reason)
    elif form.scripted:
        yield unsure(Reason.NEEDS_BROWSER)
    else:
        yield from _failed(form, first)


def _hindrance(tries: Sequence[SearchTry]) -> Reason | None:
    """Why the answers tell nothing of the search."""
    if any(one.challenge for one in tries):
        return Reason.CHALLENGED
    if any(one.refused for one in tries):
        return Reason.RATE_LIMITED
    problems = [one.problem for one in tries if one.problem]
    return next((problem for problem in problems if problem not in _SLOW), None)


def _failed(form: SearchForm, tries: Sequence[SearchTry]) -> Iterator[Said]:
    first = tries[0]
    broken = [_is_broken(one) for one in tries]
    if all(broken):
        make = finding if len(tries) >= _TWICE else warning
        key = "broken" if first.status != _OK else "error-page"
        yield make(_place(form), key, status=first.status, words=first.words, url=Url(first.url))
    elif all(one.problem in _SLOW for one in tries):
        yield warning(_place(form), "no-answer", url=Url(first.url))
    elif not all(one.status == _OK for one in tries):
        yield unsure(
            Reason.CHALLENGED if any(one.status in {401, 403, 412, 429} for one in tries) else Reason.SERVER_ERROR
        )
    elif any(one.filled for one in tries) or form.limited or not all(one.denies for one in tries):
        yield unsure(Reason.NEEDS_BROWSER)
    else:
        word = next((one.words for one in tries if not one.title), "—")
        yield _not_found(finding, form, "blind", tries, word=word)


def _is_broken(one: SearchTry) -> bool:
    if one.status in _GONE or one.status >= _SERVER_ERROR:
        return True
    return one.status == _OK and one.notice.startswith(_BROKEN_NOTES) and not one.denies


def _not_found(
    say: Callable[..., Finding], form: SearchForm, key: str, tries: Sequence[SearchTry], **more: str
) -> Finding:
    """What was looked for: whole titles, and what was only a piece of one as such."""
    titles = _quoted(one.words for one in tries if one.title and not one.is_piece)
    pieces = _quoted(one.words for one in tries if one.is_piece)
    if pieces:
        key, more = _WITH_PIECES[key], {**more, "pieces": pieces}
    return say(_place(form), key, titles=titles, url=Url(tries[0].url), **more)


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{one}”" for one in words)


def _place(form: SearchForm) -> ElementLocator:
    return ElementLocator(form.page, "search", form.line, form.depth)


def _unasked(functions: Functions, site: Site) -> Iterator[Said]:
    """No form could be asked: because of its kind, for lack of titles, or because there is none."""
    if any(is_askable(form) for form in functions.searches):
        yield unsure(Reason.TOO_FEW_PAGES)
    elif form := next((form for form in functions.searches if form.external), None):
        yield ask(_place(form), "external", host=host_of(form.target))
    elif form := next((form for form in functions.searches if form.method != "get" and not form.scripted), None):
        yield ask(_place(form), "by-post", action=form.target)
    elif functions.searches or functions.search_links or functions.search_signs or functions.hidden:
        yield unsure(Reason.NEEDS_BROWSER)
    elif functions.frames_unread:
        yield unsure(Reason.FRAME_UNREAD)
    else:
        yield from _missing(functions, site)


def _missing(functions: Functions, site: Site) -> Iterator[Said]:
    """Portals and departments are expected to offer a search; of the rest it is not asked."""
    place = ElementLocator(functions.home, "search", depth=0)
    if site.kind is not None and site.kind not in _EXPECTED:
        yield not_applicable(Reason.NOT_OFFERED)
    elif site.parent_site:
        yield ask(place, "missing-here")
    elif site.kind is SiteKind.PORTAL:
        yield finding(place, "missing", unverified=True)
    else:
        yield warning(place, "missing")
