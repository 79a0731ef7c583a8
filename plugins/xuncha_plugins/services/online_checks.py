"""Online systems answer, and forms lead somewhere (notice 一(二)4)."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    ElementLocator,
    Finding,
    LinkLocator,
    NotApplicable,
    Params,
    Reason,
    Site,
    Unsure,
    Url,
    ask,
    check,
    ending_of,
    finding,
    host_of,
    is_inside,
    not_applicable,
    site_host,
    unsure,
    warning,
)
from xuncha_plugins.services.facts import EntryAnswers, FormSeen, Functions, System
from xuncha_plugins.services.living import Life, first_status, life
from xuncha_plugins.services.urls import without_query

Said = Finding | Ask | Unsure | NotApplicable | Coverage

_ERROR = 400
_METHOD_NOT_ALLOWED = 405
_NOT_TOLD = frozenset({Life.UNKNOWN, Life.OUT_OF_REACH})
_PRIVATE = frozenset({"local-file", "local-host", "private-address"})


class SystemParams(Params):
    """``extranet``: endings of names that only the government extranet knows, such as ``zw.example``."""

    extranet: tuple[str, ...] = ()


@check("services.systems", params=SystemParams)
def online_systems(crawl: Crawl, answers: EntryAnswers, params: SystemParams) -> Iterator[Said]:
    """The online systems that the site links to answer; what only an inner network reaches is verified there."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif not answers.systems and crawl.complete:
        yield not_applicable(Reason.NOT_OFFERED)
    elif answers.systems:
        lives = [(system, _life(system, answers, params)) for system in answers.systems]
        told = sum(its not in _NOT_TOLD for _, its in lives)
        yield Coverage(told, len(lives), complete=told == len(lives) and crawl.complete)
        if any(its is Life.OUT_OF_REACH for _, its in lives):
            yield unsure(Reason.VANTAGE_UNFIT)
        for system, its in lives:
            yield from _system(system, its, answers)


def _life(system: System, answers: EntryAnswers, params: SystemParams) -> Life:
    return Life.INSIDE if is_inside(host_of(system.url), params.extranet) else life(system.url, answers)


def _system(system: System, its: Life, answers: EntryAnswers) -> Iterator[Said]:
    place = LinkLocator(system.page, system.url, system.name, system.line, system.depth, any_page=True)
    name, url, host = system.name, Url(system.url), host_of(system.url)
    status = first_status(system.url, answers)
    if its in {Life.INSIDE, Life.NO_ANSWER}:
        yield ask(place, its.value, name=name, url=url, host=host)
    elif its in {Life.GONE, Life.NO_SUCH_NAME} or (its is Life.SERVER_ERROR and system.internal):
        yield finding(place, its.value, name=name, url=url, host=host, status=status)
    elif its is Life.SERVER_ERROR:
        yield warning(place, its.value, name=name, url=url, host=host, status=status)


@check("services.forms")
def forms(functions: Functions, answers: EntryAnswers, crawl: Crawl, site: Site) -> Iterator[Said]:
    """The forms of the site lead to an address that is there and that citizens can reach."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif not functions.forms and crawl.complete:
        yield not_applicable(Reason.NOT_OFFERED)
    else:
        for form in functions.forms:
            yield from _form(form, answers, site, searched={one.target for one in functions.searches})


def _form(form: FormSeen, answers: EntryAnswers, site: Site, searched: set[str]) -> Iterator[Said]:
    place = ElementLocator(form.page, f"form {form.action[:80]}", form.line, form.depth)
    public = site.serves_public and not site.network
    action = without_query(form.target)
    if public and (form.problem in _PRIVATE or (action and is_inside(host_of(action)) and _leads_away(form))):
        yield finding(place, "private", action=form.action)
    elif form.problem == "javascript" and not form.handled:
        yield finding(place, "nowhere", action=form.action)
    elif action and form.target not in searched:
        yield from _action(place, form, action, answers)


def _leads_away(form: FormSeen) -> bool:
    return site_host(form.target) != site_host(form.page)


def _action(place: ElementLocator, form: FormSeen, action: str, answers: EntryAnswers) -> Iterator[Said]:
    """Only 404, 410 and a denied name tell anything: a program that takes POST may dislike every other request."""
    its = life(action, answers, "GET" if form.method == "get" else "HEAD")
    if its is Life.OUT_OF_REACH:
        yield unsure(Reason.VANTAGE_UNFIT)
    elif its is Life.NO_SUCH_NAME:
        yield finding(place, "no-such-name", action=action, host=host_of(action))
    elif its is Life.GONE and (form.method == "get" or ending_of(action)):
        yield finding(place, "gone", action=action, status=first_status(action, answers))
    elif its is Life.GONE and not _takes_options(action, answers):
        yield warning(place, "gone", action=action, status=first_status(action, answers))


def _takes_options(action: str, answers: EntryAnswers) -> bool:
    """Whether an address without a file name, which a program may keep for POST alone, denies other methods only."""
    asked = [visit.status for visit in answers.visits if visit.url == action and visit.method == "OPTIONS"]
    return any(0 < status < _ERROR or status == _METHOD_NOT_ALLOWED for status in asked)
