"""Checks of link targets: broken within the site, to other sites, files of pages, attachments; wrong targets.

A target is one finding however many links lead to it, shown at the first of them: on the home page if one is there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypedDict

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Finding,
    LinkLocator,
    LinkTarget,
    LinkUse,
    Note,
    Params,
    Reason,
    Site,
    Unsure,
    Url,
    ask,
    check,
    finding,
    host_of,
    is_address,
    is_inside,
    note,
    public_suffix,
    registrable,
    same_registrable,
    unsure,
    warning,
)
from xuncha_plugins.links import coverage
from xuncha_plugins.links.facts import LinkAnswers
from xuncha_plugins.links.looks import BROKEN, WRONG, Judged, Look
from xuncha_plugins.links.probes import is_to_be_asked
from xuncha_plugins.links.visits import Visits

NAMED = 6
MAX_NAMED = 280

ENOUGH = 0.8
"""Share of what was to be looked at from which silence is an answer."""

PAGES = frozenset({LinkUse.PAGE, LinkUse.FRAME})
ASSETS = frozenset({LinkUse.IMAGE, LinkUse.SCRIPT, LinkUse.STYLE, LinkUse.OTHER})
ATTACHMENTS = frozenset({LinkUse.ATTACHMENT})

_THE_STATES = frozenset({"gov.cn", "mil.cn", "xn--zfr164b"})  # the last is 政务

Said = Finding | Ask | Unsure | Coverage | Note


class TargetParams(Params):
    """``extranet``: endings of names that only the government extranet knows, such as ``zw.example``."""

    extranet: tuple[str, ...] = ()


@check("links.broken-internal")
def broken_internal(crawl: Crawl, answers: LinkAnswers, site: Site) -> Iterator[Said]:
    """Links to pages of the site itself open (错链、断链)."""
    targets = _Targets(crawl, answers, site, lambda target: target.internal and target.use in PAGES)
    yield from targets.broken()
    yield from _seen(crawl, coverage.of_pages(crawl))


@check("links.broken-external", params=TargetParams)
def broken_external(crawl: Crawl, answers: LinkAnswers, site: Site, params: TargetParams) -> Iterator[Said]:
    """Links to other sites open, as far as that can be told from here."""
    targets = _Targets(crawl, answers, site, lambda target: not target.internal and target.use in PAGES)
    if not targets.visits.outside_in_reach:
        yield unsure(Reason.VANTAGE_UNFIT)
        return
    yield from targets.broken(params.extranet)
    yield from _seen(crawl, targets.coverage())


@check("links.broken-asset", params=TargetParams)
def broken_asset(crawl: Crawl, answers: LinkAnswers, site: Site, params: TargetParams) -> Iterator[Said]:
    """The pictures, style sheets, scripts and other files that pages are made of are there."""
    targets = _Targets(crawl, answers, site, lambda target: target.use in ASSETS)
    yield from targets.broken(params.extranet)
    yield from _seen_in_samples(crawl, targets)


@check("links.broken-attachment", params=TargetParams)
def broken_attachment(crawl: Crawl, answers: LinkAnswers, site: Site, params: TargetParams) -> Iterator[Said]:
    """Attachments can be downloaded."""
    targets = _Targets(crawl, answers, site, lambda target: target.use in ATTACHMENTS)
    yield from targets.broken(params.extranet)
    yield from _seen_in_samples(crawl, targets)


@check("links.wrong-target")
def wrong_target(crawl: Crawl, answers: LinkAnswers, site: Site) -> Iterator[Said]:
    """Links open what they promise: no error page under status 200, no home page instead."""
    home = crawl.pages[0].url if crawl.pages else crawl.home
    targets = _Targets(crawl, answers, site, lambda target: target.use is not LinkUse.FORM and target.url != home)
    yield from targets.wrong()
    if targets.visits.manner.alike and not crawl.bare:
        yield unsure(Reason.NEEDS_BROWSER)
    yield from _seen(crawl, coverage.added(coverage.of_pages(crawl), targets.coverage(asked=True, spared=False)))


@check("links.lapsed-domains")
def lapsed_domains(crawl: Crawl, answers: LinkAnswers, site: Site) -> Iterator[Said]:
    """No link leads to another owner's domain that has lapsed: parked, for sale, or there for anybody to register."""
    targets = _Targets(crawl, answers, site, lambda target: _is_others(target, site))
    if not targets.visits.outside_in_reach:
        yield unsure(Reason.VANTAGE_UNFIT)
        return
    yield from targets.lapsed()
    yield from _seen(crawl, targets.coverage())


def _is_others(target: LinkTarget, site: Site) -> bool:
    """Whether a page is meant whose domain somebody else registered."""
    host = host_of(target.url)
    if target.internal or target.use not in PAGES or is_address(host):
        return False
    return not same_registrable(host, host_of(site.home))


def _seen(crawl: Crawl, seen: Coverage) -> Iterator[Said]:
    """How much was seen, and whether script hides too much."""
    if reason := coverage.unreadable(crawl):
        yield unsure(reason, coverage=seen)
    yield seen


def _seen_in_samples(crawl: Crawl, targets: "_Targets") -> Iterator[Said]:
    """Where a sample stood for the rest, what was to be looked at must have been seen; the rest is told as coverage."""
    seen, wanted = targets.coverage(), targets.coverage(spared=False)
    if wanted.share < ENOUGH:
        yield unsure(crawl.stopped or Reason.LOW_COVERAGE, coverage=seen)
    if wanted.known < seen.known:
        yield note("sampled", visited=wanted.seen, known=seen.known)
    yield from _seen(crawl, seen)


class _Targets:
    """The targets that one check is about."""

    def __init__(self, crawl: Crawl, answers: LinkAnswers, site: Site, about: Callable[[LinkTarget], bool]) -> None:
        self.visits = Visits(crawl, answers)
        self._crawl = crawl
        self._site = site
        self._spared = frozenset(answers.spared)
        self._targets = [target for target in crawl.targets if about(target)]

    def broken(self, extranet: Iterable[str] = ()) -> Iterator[Said]:
        """What is certainly or possibly broken (确定不可用、疑似不可用)."""
        for target, judged in self._judged():
            if judged.look in BROKEN and self._led_inside(target, judged):
                yield ask(_place(target), "leads-inside", **_about(target))
            elif judged.look in BROKEN:
                yield _broken(target, judged, extranet)

    def _led_inside(self, target: LinkTarget, judged: Judged) -> bool:
        """Whether a host that did open sends its visitors to an address of an inner network."""
        return judged.look is Look.ELSEWHERE and host_of(target.url) == host_of(self._crawl.home)

    def wrong(self) -> Iterator[Said]:
        """What opens, but is something else."""
        for target, judged in self._judged():
            if judged.look in WRONG and not (judged.look is Look.PARKED and _is_others(target, self._site)):
                yield _wrong(target, judged)

    def lapsed(self) -> Iterator[Said]:
        """One finding for each domain, at the first link to it."""
        told = set[str]()
        for target, judged in self._judged():
            domain = registrable(host_of(target.url))
            if domain in told:
                continue
            if judged.look is Look.PARKED:
                told.add(domain)
                yield _wrong(target, judged)
            elif judged.look is Look.NO_SUCH_NAME and judged.certain and self._is_free(domain):
                told.add(domain)
                yield warning(_place(target), "gone", domain=domain, **_about(target))

    def _is_free(self, domain: str) -> bool:
        """Whether anybody may register ``domain``: it is gone, and its suffix is not kept for public bodies."""
        return self.visits.lapsed(domain) and public_suffix(domain) not in _THE_STATES

    def coverage(self, *, asked: bool = False, spared: bool = True) -> Coverage:
        """Targets that could be told about; with ``asked`` only those that the probe and not the crawl was to open.

        Without ``spared`` those for which a sample stood are left out.
        """
        told = [
            judged.look is not Look.UNKNOWN
            for target, judged in self._judged()
            if (not asked or is_to_be_asked(target, self._site)) and (spared or target.url not in self._spared)
        ]
        return coverage.of_targets(self._crawl, sum(told), len(told))

    def _judged(self) -> Iterator[tuple[LinkTarget, Judged]]:
        """Each with what is known of it; what is private on a public page is another check's affair."""
        for target in self._targets:
            if target.internal or is_to_be_asked(target, self._site):
                yield target, self.visits.judged(target)


class _About(TypedDict):
    """What every message says of a target: its URL, how many links lead there, and from which pages."""

    url: Url
    sources: int
    pages: str


def _broken(target: LinkTarget, judged: Judged, extranet: Iterable[str]) -> Finding | Ask:
    host, status = host_of(target.url), judged.visit.status
    if judged.look is Look.ELSEWHERE or (not status and is_inside(host, extranet) and not is_address(host)):
        return ask(_place(target), "elsewhere", host=host, **_about(target))
    if judged.certain:
        return finding(_place(target), judged.look.value, host=host, status=status, **_about(target))
    key = "gone-once" if judged.look is Look.GONE else judged.look.value
    return warning(_place(target), key, host=host, status=status, **_about(target))


def _wrong(target: LinkTarget, judged: Judged) -> Finding:
    say = finding if judged.certain else warning
    key, title = _wrong_key(target, judged), judged.visit.title or "—"
    landing = judged.visit.final_url or target.url
    if judged.look is Look.SENT_HOME:
        return say(_place(target), key, landing=Url(landing), title=title, **_about(target))
    if landing == target.url:  # nobody wants to read the same address twice
        return say(_place(target), key, title=title, **_about(target))
    return say(_place(target), f"{key}-at", landing=Url(landing), title=title, **_about(target))


def _wrong_key(target: LinkTarget, judged: Judged) -> str:
    if not judged.certain:
        return f"{judged.look.value}-maybe"
    no_file = target.use not in PAGES and judged.look is Look.MISSING_NOTE
    return "file-is-note" if no_file else judged.look.value


def _place(target: LinkTarget) -> LinkLocator:
    source = min(target.sources, key=lambda source: source.depth > 0)
    return LinkLocator(source.page, target.url, source.text, source.line, source.depth, any_page=True)


def _about(target: LinkTarget) -> _About:
    first = _place(target).page
    pages = list(dict.fromkeys([first, *(source.page for source in target.sources)]))
    more = len(pages) > NAMED or target.sources_total > len(target.sources)
    return _About(url=Url(target.url), sources=target.sources_total, pages=_listed(pages[:NAMED], more=more))


def _listed(pages: Sequence[str], *, more: bool) -> str:
    """As many whole URLs as there is room for, the first at any rate; dots where there are more."""
    text = pages[0] if len(pages[0]) <= MAX_NAMED else f"{pages[0][:MAX_NAMED]}…"
    for page in pages[1:]:
        longer = f"{text} {page}"
        if len(longer) > MAX_NAMED:
            return f"{text} …"
        text = longer
    return f"{text} …" if more else text
