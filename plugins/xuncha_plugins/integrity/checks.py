"""What somebody has put onto the pages: words of defacers, foreign scripts and frames, ways to other websites."""

from collections.abc import Iterator, Sequence

from xuncha.api import (
    Ask,
    Baseline,
    Change,
    ChangeKind,
    Crawl,
    ElementLocator,
    Finding,
    Gap,
    Note,
    PageLocator,
    Params,
    Prints,
    Site,
    Unsure,
    ask,
    check,
    defanged,
    defanged_text,
    finding,
    host_of,
    note,
    unsure,
    without_scheme,
)
from xuncha_plugins.integrity.comparing import Answer, Pair, Verdict, View, view
from xuncha_plugins.integrity.hosts import is_harmful, is_odd, is_strange, is_trusted
from xuncha_plugins.integrity.own import is_ordinary
from xuncha_plugins.integrity.signs import ADVERT, NEW_ALONE

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


_GRAVEST = (ChangeKind.BASE, *_ELEMENTS)


class LinkParams(Params):
    """New links to so many different websites with names like spam, at once, are asked about; of the strangest, one."""

    hosts: int = 3


@check("integrity.defacement")
def defacement(prints: Prints, crawl: Crawl | Gap) -> Iterator[Finding | Ask | Note | Unsure]:
    """No page says that it was taken over. Needs no baseline; all pages are read, also those that are not printed."""
    yield note("looked", pages=len(prints.pages) + prints.left)
    for page in prints.pages:
        for sign in page.signs:
            if sign.kind in NEW_ALONE:
                continue
            tell = finding if sign.sure else ask
            yield tell(PageLocator(page.url, page.depth), sign.kind, distinct=sign.kind, shown=sign.excerpt)
    if isinstance(crawl, Crawl) and crawl.unseen_home:
        yield unsure(crawl.unseen_home)


@check("integrity.injected", params=LinkParams)
def injected(prints: Prints, baseline: Baseline, crawl: Crawl, site: Site, params: LinkParams) -> Iterator[Answer]:
    """No page loads, shows or sends to a website that no approved page has to do with."""
    seen = view(site, prints, baseline, crawl)
    foreign = _foreign(seen)
    known = frozenset(foreign)
    verdicts = [*foreign.values(), *_packed(seen), *_uploaded(seen), *_swapped(seen, known)]
    verdicts += [*_disguised(seen, known), *_strange_links(seen, params, known), *_adverts(seen), *_veiled(seen)]
    verdicts += _staying(seen)
    yield from seen.answers(verdicts, part_of_redesign=False)


@check("integrity.redirected")
def redirected(prints: Prints, baseline: Baseline, crawl: Crawl, site: Site) -> Iterator[Answer]:
    """No page sends its visitors to a website that has nothing to do with it."""
    seen = view(site, prints, baseline, crawl)
    yield from seen.answers([*_led_away(seen), *_left(seen)], part_of_redesign=False)


def _foreign(view: View) -> dict[str, Verdict]:
    """Each host once, by the gravest of what comes from there, where that was met first, with the number of pages."""
    met: dict[str, list[tuple[Pair, Change]]] = {}
    for pair in view.pairs:
        for change in pair.of(*_ELEMENTS):
            if view.leads_abroad(change) and not is_ordinary(change, pair, view):
                met.setdefault(change.host, []).append((pair, change))
    return {host: _stranger(host, seen) for host, seen in met.items()}


def _stranger(host: str, met: Sequence[tuple[Pair, Change]]) -> Verdict:
    pair, change = min(met, key=lambda one: _GRAVEST.index(one[1].kind))
    place = ElementLocator(pair.now.url, _ELEMENTS[change.kind], None, pair.now.depth)
    pages = len({one.now.url for one, _ in met})
    found = finding(place, change.kind.value, distinct=host, url=defanged(change.now), pages=pages)
    stood = change.kind is ChangeKind.BANNER and not is_odd(host) and all(one.stood(what) for one, what in met)
    return Verdict(found, any(_is_surely_bad(host, one) for one, _ in met), stood=stood)


def _is_surely_bad(host: str, pair: Pair) -> bool:
    """Whether the name says what is sold there, or is odd and met on a page with an intruder's words.

    An odd name alone proves nothing: hotlines and live programmes have such too.
    """
    return is_harmful(host) or (is_odd(host) and (pair.is_defaced or any(_new_adverts(pair))))


def _adverts(view: View) -> Iterator[Verdict]:
    """Lines with words of spam that lead to other websites, on approved pages that had none."""
    for pair in view.pairs:
        for words in _new_adverts(pair):
            yield Verdict(finding(pair.place, ADVERT, distinct=words, shown=words))


def _new_adverts(pair: Pair) -> Iterator[str]:
    """The words of these lines; where fewer words were known, only of such as lead where the page never led."""
    return pair.new_signs(ADVERT) if pair.were_words_known or any(pair.of(ChangeKind.HOSTS)) else iter(())


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


def _disguised(view: View, known: frozenset[str]) -> Iterator[Verdict]:
    """Programs that are called documents, once each; of hosts that are ``known`` something graver is said."""
    met = {
        change.now: pair for pair in view.pairs for change in pair.of(ChangeKind.DISGUISED) if change.host not in known
    }
    for url, pair in met.items():
        yield Verdict(finding(pair.place, "disguised", distinct=url, url=defanged(url)))


def _swapped(view: View, known: frozenset[str]) -> Iterator[Verdict]:
    """Links that led within the site or to a body that is trusted, once for each of their words and hosts.

    Of hosts that are ``known`` something graver is said.
    """
    told: set[tuple[str, str]] = set()
    for pair in view.pairs:
        for change in pair.of(ChangeKind.SWAPPED):
            stranger = change.host not in known and view.is_foreign(change.host)
            if stranger and _is_telling(change) and (change.now, change.host) not in told:
                told.add((change.now, change.host))
                words, url = defanged_text(change.now), defanged(change.host)
                key = "swapped" if change.before else "led-out"
                yield Verdict(finding(pair.place, key, distinct=f"{words} {url}", words=words, url=url))


def _is_telling(change: Change) -> bool:
    """Whether a link led to somebody trusted, or was the site's own; with words in Latin letters only to odd names."""
    if change.before:
        return is_trusted(change.before)
    return not change.now.isascii() or is_odd(change.host)


def _strange_links(view: View, params: LinkParams, known: frozenset[str]) -> Iterator[Verdict]:
    """Links to several hosts with odd names at once, or to one of the strangest of which nothing else is said."""
    for pair in view.pairs:
        new = [host for change in pair.of(ChangeKind.HOSTS) for host in change.now.split()]
        odd = [host for host in new if is_odd(host) and host not in known and view.is_foreign(host)]
        said = {change.host for change in pair.of(ChangeKind.SWAPPED, ChangeKind.VEILED)}
        strange = [] if any(_new_adverts(pair)) else [one for one in odd if is_strange(one) and one not in said]
        if strange or len(odd) >= params.hosts:
            url = defanged((strange or odd)[0])
            yield Verdict(finding(pair.place, "links", distinct="links", hosts=len(odd), url=url))


def _veiled(view: View) -> Iterator[Verdict]:
    """Links off the screen, where they were met first."""
    for pair in view.pairs:
        hosts = [change.host for change in pair.of(ChangeKind.VEILED) if view.is_foreign(change.host)]
        if hosts:
            yield Verdict(finding(pair.place, "veiled", distinct="veiled", hosts=len(hosts), url=defanged(hosts[0])))
            return


def _staying(view: View) -> Iterator[Verdict]:
    """Scripts that answer for the website, or put words into what visitors copy, where they were met first."""
    met: dict[ChangeKind, Pair] = {}
    for pair in view.pairs:
        for change in pair.of(ChangeKind.WORKER, ChangeKind.CLIPBOARD):
            met.setdefault(change.kind, pair)
    yield from (Verdict(finding(pair.place, kind.value, distinct=kind)) for kind, pair in met.items())


def _led_away(view: View) -> Iterator[Verdict]:
    """By a redirect, or by the page itself; search engines by what it says is its address."""
    for pair in view.pairs:
        for change in pair.of(ChangeKind.LANDED, ChangeKind.REFRESH, ChangeKind.CANONICAL):
            if view.leads_abroad(change):
                yield _away(pair.place, change.kind.value, change.now, sure=_is_surely_bad(change.host, pair))


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
            place = PageLocator(record.url, record.depth)
            yield _away(place, ChangeKind.LANDED.value, end, sure=is_harmful(host_of(end)))


def _away(place: PageLocator, key: str, to: str, *, sure: bool) -> Verdict:
    return Verdict(finding(place, key, distinct=key, url=defanged(to[:300])), sure)
