"""Pages that only search engines are shown, and spam in answers for what does not exist."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Coverage,
    ElementLocator,
    Finding,
    PageLocator,
    Reason,
    Unsure,
    Url,
    ask,
    check,
    finding,
    unsure,
    warning,
)
from xuncha_plugins.darklinks.cloaking import BY_CHANCE, differing, extra, is_compared, same_again
from xuncha_plugins.darklinks.facts import Echo, Echoes, Guise, Guises

_NAMED = 5


@check("darklinks.cloaking")
def cloaking(guises: Guises) -> Iterator[Finding | Ask | Unsure | Coverage]:
    """Search engines, their visitors and telephones are shown what everybody is shown, twice the same."""
    visits = list(guises.visits)
    first = [visit for visit in visits if not visit.again]
    told = False
    for one in differing(first):
        own = next(visit for visit in first if visit.guise == "browser" and visit.page == one.page)
        if _confirmed(one, own, [visit for visit in visits if visit.again and visit.page == one.page]):
            told = True
            yield _told(one, own)
        else:
            yield unsure(Reason.TOO_FEW_VISITS)
    problem = next((visit.problem for visit in first if visit.problem), None)
    if problem and not told:
        yield unsure(problem)
    seen = [visit for visit in visits if not visit.problem]
    if not told and not all(map(is_compared, seen)):
        yield unsure(Reason.NEEDS_BROWSER)
    yield Coverage(len(seen), max(len(visits), 1), complete=len(seen) == len(visits))


def _confirmed(one: Guise, own: Guise, repeated: list[Guise]) -> bool:
    """Whether a second visit was shown the same; of what may differ by chance the browser's second visit nothing."""
    again = next((visit for visit in repeated if visit.guise == one.guise), None)
    if again is None or not same_again(one, again, own):
        return False
    if extra(one, own) not in BY_CHANCE:
        return True
    plain = next((visit for visit in repeated if visit.guise == "browser" and not visit.problem), None)
    return plain is not None and plain.likeness == "alike" and extra(one, plain) == extra(one, own)


def _told(one: Guise, own: Guise) -> Finding | Ask:
    kind = extra(one, own)
    place = ElementLocator(one.url, one.guise, None, 0)
    distinct, who = f"{one.page} {kind}", "spider" if one.guise == "spiders" else one.guise
    match kind:
        case "sent":
            # A telephone may be sent to pages that somebody else runs for the office.
            say = ask if one.guise == "telephone" and not one.ill_named else finding
            return say(place, f"sent-{who}", distinct=distinct, url=Url(one.left_for))
        case "words":
            known = {*own.words, *own.linked} if set(one.words) <= set(own.words) else set(own.words)
            words = "、".join([word for word in (*one.words, *one.linked) if word not in known][:_NAMED])
            return finding(place, f"shown-{who}", distinct=distinct, words=words, title=one.title or "—")
        case "said":
            words = "、".join([word for word in one.said if word not in {*own.said, *own.words, *own.linked}][:_NAMED])
            return finding(place, f"shown-{who}", distinct=distinct, words=words, title=one.title or "—")
        case "moved":
            return ask(place, f"moved-{who}", distinct=distinct, url=Url(one.moved))
        case "other":
            return ask(place, f"other-{who}", distinct=distinct, title=one.title or "—", plain=own.title or "—")
        case _:
            hosts = [host for host in one.strange if host not in own.strange]
            return ask(place, "hosts", distinct=distinct, hosts=len(hosts), url=Url(hosts[0]))


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
