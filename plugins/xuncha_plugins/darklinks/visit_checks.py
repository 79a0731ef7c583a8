"""Pages that only search engines are shown, and spam in answers for what does not exist."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Coverage,
    ElementLocator,
    Finding,
    PageLocator,
    Unsure,
    Url,
    ask,
    check,
    finding,
    unsure,
    warning,
)
from xuncha_plugins.darklinks.cloaking import differing, extra, same_again
from xuncha_plugins.darklinks.facts import Echo, Echoes, Guise, Guises

_NAMED = 5


@check("darklinks.cloaking")
def cloaking(guises: Guises) -> Iterator[Finding | Ask | Unsure | Coverage]:
    """Search engines, their visitors and telephones are shown what everybody is shown, twice the same."""
    visits = list(guises.visits)
    told = False
    for one in differing([visit for visit in visits if not visit.again]):
        own = next(visit for visit in visits if visit.guise == "browser" and visit.page == one.page)
        again = [visit for visit in visits if visit.again and (visit.guise, visit.page) == (one.guise, one.page)]
        if again and same_again(one, again[0], own):
            told = True
            yield _told(one, own)
        else:
            yield unsure("too-few-visits")
    problem = next((visit.problem for visit in visits if visit.problem and not visit.again), None)
    if problem and not told:
        yield unsure(problem)
    seen = [visit for visit in visits if not visit.problem]
    yield Coverage(len(seen), max(len(visits), 1), complete=len(seen) == len(visits))


def _told(one: Guise, own: Guise) -> Finding | Ask:
    kind = extra(one, own)
    place = ElementLocator(one.url, one.guise, None, 0)
    words = "、".join([word for word in one.words if word not in own.words][:_NAMED]) or "—"
    if kind == "sent":
        return finding(place, f"sent-{one.guise}", distinct=f"{one.page} {kind}", url=Url(one.left_for))
    if kind == "words":
        return finding(place, f"shown-{one.guise}", distinct=f"{one.page} {kind}", words=words, title=one.title or "—")
    hosts = [host for host in one.strange if host not in own.strange]
    return ask(place, "hosts", distinct=f"{one.page} {kind}", hosts=len(hosts), url=Url(hosts[0]))


@check("darklinks.error-pages")
def error_pages(echoes: Echoes) -> Iterator[Finding | Unsure | Coverage]:
    """Addresses that do not exist, and searches, answer without spam, and without lending the site's name to it."""
    seen = [one for one in echoes.answers if not one.problem]
    for one in seen:
        yield from _on_answer(one)
    lost = next((one.problem for one in echoes.answers if one.problem), None)
    if lost and len(seen) * 2 < len(echoes.answers):
        yield unsure(lost)
    yield Coverage(len(seen), max(len(echoes.answers), 1), complete=len(seen) == len(echoes.answers))


def _on_answer(one: Echo) -> Iterator[Finding]:
    words = "、".join(one.words[:_NAMED])
    if words:
        yield finding(PageLocator(one.url), f"{one.kind}-spam", words=words, title=one.title)
    elif one.echoed and one.kind == "search":
        yield warning(PageLocator(one.url), "echo", title=one.title)
