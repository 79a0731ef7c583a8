"""What somebody has put onto the pages: words of defacers, foreign scripts and frames, ways to other websites."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Baseline,
    Change,
    ChangeKind,
    Crawl,
    ElementLocator,
    Finding,
    Note,
    PageLocator,
    Params,
    Prints,
    Site,
    ask,
    check,
    defanged,
    defanged_text,
    ending_of,
    finding,
    host_of,
    note,
    without_scheme,
)
from xuncha_plugins.integrity.comparing import Answer, Pair, Verdict, View, view
from xuncha_plugins.integrity.hosts import is_odd, is_trusted

_ELEMENTS = {
    ChangeKind.SCRIPT: "script",
    ChangeKind.LOADER: "script",
    ChangeKind.BASE: "base",
    ChangeKind.FRAME: "iframe",
    ChangeKind.FORM: "form",
    ChangeKind.ASSET: "link",
    ChangeKind.BANNER: "img",
    ChangeKind.DOWNLOAD: "a",
}


_ARCHIVES = frozenset(("7z", "rar", "zip"))


class LinkParams(Params):
    """New links to so many different websites with names like spam, at once, are asked about."""

    hosts: int = 3


@check("integrity.defacement")
def defacement(prints: Prints) -> Iterator[Finding | Ask | Note]:
    """No page says that it was taken over. Needs no baseline; beyond the pages printed only titles are looked at."""
    yield note("looked", pages=len(prints.pages))
    for page in prints.pages:
        for sign in page.signs:
            tell = finding if sign.sure else ask
            yield tell(PageLocator(page.url, page.depth), sign.kind, distinct=sign.kind, shown=sign.excerpt)


@check("integrity.injected", params=LinkParams)
def injected(prints: Prints, baseline: Baseline, crawl: Crawl, site: Site, params: LinkParams) -> Iterator[Answer]:
    """No page loads, shows or sends to a website that no approved page has to do with."""
    seen = view(site, prints, baseline, crawl)
    verdicts = [*_foreign(seen), *_packed(seen), *_uploaded(seen), *_swapped(seen), *_strange_links(seen, params)]
    yield from seen.answers(verdicts, part_of_redesign=False)


@check("integrity.redirected")
def redirected(prints: Prints, baseline: Baseline, crawl: Crawl, site: Site) -> Iterator[Answer]:
    """No page sends its visitors to a website that has nothing to do with it."""
    seen = view(site, prints, baseline, crawl)
    yield from seen.answers([*_led_away(seen), *_left(seen)], part_of_redesign=False)


def _foreign(view: View) -> Iterator[Verdict]:
    """Each kind and host once, where it was met first, with the number of pages."""
    first: dict[tuple[ChangeKind, str], tuple[Pair, str]] = {}
    pages: dict[tuple[ChangeKind, str], int] = {}
    for pair in view.pairs:
        for change in pair.of(*_ELEMENTS):
            if view.leads_abroad(change) and not _is_harmless(change):
                first.setdefault((change.kind, change.host), (pair, change.now))
                pages[change.kind, change.host] = pages.get((change.kind, change.host), 0) + 1
    for (kind, host), (pair, address) in first.items():
        place = ElementLocator(pair.now.url, _ELEMENTS[kind], None, pair.now.depth)
        found = finding(place, kind.value, distinct=host, url=defanged(address), pages=pages[kind, host])
        yield Verdict(found, is_odd(host))


def _is_harmless(change: Change) -> bool:
    """Archives that others offer are attachments, unless the page's own was exchanged for one or the host is odd."""
    if change.kind is not ChangeKind.DOWNLOAD or change.before or is_odd(change.host):
        return False
    return ending_of(change.now) in _ARCHIVES


def _packed(view: View) -> Iterator[Verdict]:
    """An encoded script on a site that had none, where it was met first."""
    if any(script.packed for page in view.baseline.pages for script in page.print.scripts):
        return
    pairs = [pair for pair in view.pairs if any(pair.of(ChangeKind.PACKED))]
    for pair in pairs[:1]:
        place = ElementLocator(pair.now.url, "script", None, pair.now.depth)
        yield Verdict(finding(place, "packed", distinct="packed", pages=len(pairs)))


def _uploaded(view: View) -> Iterator[Verdict]:
    """Scripts and pages that lie where uploads are kept, once each, on a site of which no approved page uses such."""
    told: set[str] = set()
    for pair in view.pairs:
        for change in pair.of(ChangeKind.UPLOADED):
            if change.now not in told:
                told.add(change.now)
                yield Verdict(finding(pair.place, "uploaded", distinct=change.now, url=defanged(change.now)))


def _swapped(view: View) -> Iterator[Verdict]:
    """Links that led within the site or to a body that is trusted, once for each of their words and hosts."""
    told: set[tuple[str, str]] = set()
    for pair in view.pairs:
        for change in pair.of(ChangeKind.SWAPPED):
            if _is_telling(change) and view.is_foreign(change.host) and (change.now, change.host) not in told:
                told.add((change.now, change.host))
                words, url = defanged_text(change.now), defanged(change.host)
                key = "swapped" if change.before else "led-out"
                yield Verdict(finding(pair.place, key, distinct=f"{words} {url}", words=words, url=url))


def _is_telling(change: Change) -> bool:
    """Whether a link led to somebody trusted, or was the site's own; with words in Latin letters only to odd names."""
    if change.before:
        return is_trusted(change.before)
    return not change.now.isascii() or is_odd(change.host)


def _strange_links(view: View, params: LinkParams) -> Iterator[Verdict]:
    for pair in view.pairs:
        new = [host for change in pair.of(ChangeKind.HOSTS) for host in change.now.split()]
        odd = [host for host in new if is_odd(host) and view.is_foreign(host)]
        if len(odd) >= params.hosts:
            yield Verdict(finding(pair.place, "links", distinct="links", hosts=len(odd), url=defanged(odd[0])))


def _led_away(view: View) -> Iterator[Verdict]:
    """By a redirect, or by the page itself."""
    for pair in view.pairs:
        for change in pair.of(ChangeKind.LANDED, ChangeKind.REFRESH):
            if view.leads_abroad(change):
                yield _away(pair.place, change.kind.value, change.now, change.host)


def _left(view: View) -> Iterator[Verdict]:
    """Approved pages that could not be printed, because they led out of what is inspected."""
    seen = {pair.now.url for pair in view.pairs}
    records = {without_scheme(record.url): record for record in view.crawl.pages}
    for page in view.baseline.pages:
        record = records.get(without_scheme(page.print.url))
        if record is None or record.url in seen or not record.hops:
            continue
        end = record.hops[-1].to
        if view.is_foreign(host_of(end)):
            yield _away(PageLocator(record.url, record.depth), ChangeKind.LANDED.value, end, host_of(end))


def _away(place: PageLocator, key: str, to: str, host: str) -> Verdict:
    return Verdict(finding(place, key, distinct=key, url=defanged(to[:300])), is_odd(host))
