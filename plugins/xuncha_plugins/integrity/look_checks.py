"""Whether pages still look like what was approved: their titles, their content."""

import re
from collections.abc import Iterator

from xuncha.api import (
    Baseline,
    Change,
    ChangeKind,
    Crawl,
    Finding,
    Note,
    PageKind,
    PagePrint,
    Params,
    Prints,
    Share,
    Site,
    check,
    defanged,
    defanged_text,
    finding,
    host_of,
    note,
    title_words,
)
from xuncha_plugins.integrity.comparing import Answer, Pair, Verdict, View, view
from xuncha_plugins.integrity.ordinary import is_hostile, is_ordinary_heading, is_ordinary_series, unfamiliar_words
from xuncha_plugins.integrity.signs import SLOGAN, advertises, without_spam

ECHOED = 0.5
"""A title of which the page itself repeats so much belongs to it."""

FEW_WORDS = 200
"""A stub that sends on, or a frame, has fewer characters."""

EMPTY = 60
"""A home page with fewer characters says that it will be back, at best."""

_MANY = 99
_APART = re.compile(r"[\W_]+")
_HARDLY = 0.05
_LOST = frozenset((ChangeKind.REPLACED, ChangeKind.SHRUNK, ChangeKind.HOLLOW, ChangeKind.LANGUAGE))


_IN_SIGHT = {
    ChangeKind.COVER: "covered",
    ChangeKind.RULED: "covered",
    ChangeKind.HIDDEN: "hidden",
    ChangeKind.SHADOW: "shadowed",
    ChangeKind.WIPED: "wiped",
    ChangeKind.HEADING: "heading",
}


_OF_DESIGN = (ChangeKind.RULED, ChangeKind.HEADING)
"""What a page brings along that looks quite different: of that something else is said."""


class TitleParams(Params):
    """From so many new words (or pairs of characters) on, of which the page says nothing, a title is asked about.

    ``upper`` is the number for home pages and columns, whose titles are the site's own; an article's is its headline.
    A part of such a title that is shorter, and new as a whole, is asked about as well.
    """

    words: int = 6
    upper: int = 2


@check("integrity.title", params=TitleParams)
def title(prints: Prints, baseline: Baseline, crawl: Crawl, site: Site, params: TitleParams) -> Iterator[Answer]:
    """Titles, keywords and descriptions belong to the page and the site."""
    seen = view(site, prints, baseline, crawl)
    verdicts = [verdict for pair in seen.pairs for verdict in _on_head(pair, seen, params)]
    yield from seen.answers(verdicts, part_of_redesign=True)


@check("integrity.replaced")
def replaced(prints: Prints, baseline: Baseline, crawl: Crawl, site: Site) -> Iterator[Answer]:
    """No page was replaced or emptied; what was redesigned still is the same owner's."""
    seen = view(site, prints, baseline, crawl)
    verdicts = [verdict for pair in seen.pairs for verdict in _on_page(pair, seen)]
    yield from seen.answers([*verdicts, *_notes(seen)], part_of_redesign=True)


def _on_page(pair: Pair, view: View) -> list[Verdict]:
    """What is wrong with the page as a whole, else with what little is new on it."""
    if place := view.taken_places.get(pair.now.url):
        return [Verdict(finding(pair.place, place.value), lasting=True)]
    emptied = _is_emptied(pair)
    body = [one._replace(lasting=emptied) for one in _on_body(pair, view)]
    found = [*(body or _on_words(pair)), *_on_sight(pair)]
    return [*found, *(_on_little(pair) if view.planned or all(one.stood for one in found) else ())]


def _is_emptied(pair: Pair) -> bool:
    """Whether hardly a word is left of a home page, which no script may be building."""
    home = PageKind.HOME in (pair.before.kind, pair.now.kind)
    return home and pair.now.words < EMPTY and any(pair.of(ChangeKind.SHRUNK)) and not pair.needs_browser


def _on_head(pair: Pair, view: View, params: TitleParams) -> Iterator[Verdict]:
    before, now = pair.before, pair.now
    many = params.words if PageKind.ARTICLE in (before.kind, now.kind) else min(params.upper, _new_part(pair, view))
    for change in pair.of(ChangeKind.TITLE):
        lasting = view.planned and advertises(now.title) and not advertises(before.title)
        if change.share == 0.0 and not title_words(now.title) & view.names and (lasting or _is_unknown(pair)):
            yield Verdict(_told(pair, "hijacked", change), lasting=lasting)
        elif lasting or _new_unsaid(before, now, view) >= many:
            stood = not is_hostile(now.title) and pair.stood(change)
            yield Verdict(_told(pair, "grown", change), lasting=lasting, stood=stood)
    if any(pair.of(ChangeKind.RETITLED)):
        yield Verdict(finding(pair.place, "scripted", distinct=ChangeKind.RETITLED))
    for change in pair.of(ChangeKind.DESCRIBED):
        if change.share == 0.0 and not title_words(change.now) & (view.names | title_words(now.title)):
            stood = not is_hostile(change.now) and pair.stood(change)
            yield Verdict(_told(pair, "described", change), stood=stood)


def _told(pair: Pair, key: str, change: Change) -> Finding:
    before, now = (_shown(words) or "—" for words in (change.before, change.now))
    return finding(pair.place, key, distinct=change.kind, before=before, now=now)


def _shown(words: str) -> str:
    """Words of a page as a report may show them."""
    return without_spam(defanged_text(words))


def _is_unknown(pair: Pair) -> bool:
    """Whether the page itself does not say what its title says, or is nobody's any more."""
    return pair.now.echo < ECHOED or not pair.recognisable


def _new_unsaid(before: PagePrint, now: PagePrint, view: View) -> int:
    """How many words were added to a title that neither the page nor the site's other titles have."""
    words = title_words(now.title)
    added = unfamiliar_words(now.title, view.places) - _known(before, view)
    unsaid = (1 - now.echo) * len(words) - (1 - before.echo) * len(title_words(before.title))
    return min(len(added), round(unsaid))


def _new_part(pair: Pair, view: View) -> int:
    """Of how many words the shortest part of the title is that is new as a whole; many where none is."""
    parts = (unfamiliar_words(part, view.places) for part in _APART.split(pair.now.title))
    return min((len(words) for words in parts if words and not words & _known(pair.before, view)), default=_MANY)


def _known(before: PagePrint, view: View) -> frozenset[str]:
    return title_words(before.title) | view.names


def _on_body(pair: Pair, view: View) -> Iterator[Verdict]:
    found = {change.kind: change for change in pair.changes}
    if _LOST & found.keys() and (onward := _leads_on(pair, view)):
        yield Verdict(finding(pair.place, "stub", before=pair.before.words, now=pair.now.words, url=defanged(onward)))
        return
    gone, shrunk = found.get(ChangeKind.REPLACED), found.get(ChangeKind.SHRUNK)
    if pair.recognisable or (not gone and ChangeKind.HOLLOW in found):
        yield from _hollow(pair)
        return
    if pair.needs_browser and (gone or shrunk):
        yield Verdict(finding(pair.place, "emptied", before=pair.before.words, now=pair.now.words))
    elif gone:
        sure = (gone.share or 0) <= _HARDLY and _title_gone(pair) and any(sign.sure for sign in pair.now.signs)
        share = Share(round(gone.share or 0, 2))
        yield Verdict(finding(pair.place, "replaced", lines=pair.before.lines, share=share), sure)
    elif shrunk:
        yield Verdict(finding(pair.place, "shrunk", before=int(shrunk.before), now=int(shrunk.now)))
    elif ChangeKind.LANGUAGE in found:
        yield Verdict(finding(pair.place, "language"))


def _hollow(pair: Pair) -> Iterator[Verdict]:
    for change in pair.of(ChangeKind.HOLLOW):
        yield Verdict(finding(pair.place, "hollow", before=int(change.before), now=int(change.now)))


def _on_sight(pair: Pair) -> Iterator[Verdict]:
    """A page that still holds its words, which visitors do not see, or see beside others."""
    rebuilt = any(pair.of(ChangeKind.REPLACED, ChangeKind.STRUCTURE))
    for change in pair.of(*_IN_SIGHT):
        if change.kind in _OF_DESIGN and (rebuilt or is_ordinary_heading(change.now)):
            continue
        key = _IN_SIGHT[change.kind]
        found = finding(pair.place, key, distinct=f"{key} {change.now}", shown=_shown(change.now))
        yield Verdict(found, stood=not is_hostile(change.now) and pair.stood(change))
    tucked = list(pair.of(ChangeKind.TUCKED))
    for change in tucked:
        yield Verdict(finding(pair.place, "tucked", before=int(change.before), now=int(change.now)))
    for change in () if rebuilt or tucked else pair.of(ChangeKind.MENU):
        yield Verdict(finding(pair.place, "menu", links=int(change.now)))


def _on_words(pair: Pair) -> Iterator[Verdict]:
    """A page that looks like itself, whose words are others."""
    for change in pair.of(ChangeKind.REWRITTEN):
        yield Verdict(finding(pair.place, "rewritten", share=Share(round(change.share or 0, 2))))
    for change in pair.of(ChangeKind.REFRAIN):
        yield Verdict(finding(pair.place, "refrain", shown=_shown(change.now)))
    for change in pair.of(ChangeKind.SERIES):
        if not is_ordinary_series(change.now, home=PageKind.HOME in (pair.before.kind, pair.now.kind)):
            links = pair.now.series.links if pair.now.series else 0
            yield Verdict(finding(pair.place, "series", links=links, shown=_shown(change.now)))
    for change in pair.of(ChangeKind.LINKS):
        yield Verdict(finding(pair.place, "links", before=int(change.before), now=int(change.now)))


def _on_little(pair: Pair) -> Iterator[Verdict]:
    for words in pair.new_signs(SLOGAN) if pair.were_words_known else ():
        yield Verdict(finding(pair.place, SLOGAN, distinct=words, shown=words), lasting=True)
    for change in pair.of(ChangeKind.FILING):
        found = finding(pair.place, "filing", before=change.before, now=change.now or "—")
        yield Verdict(found, stood=pair.stood(change))


def _title_gone(pair: Pair) -> bool:
    return any(not change.share for change in pair.of(ChangeKind.TITLE))


def _leads_on(pair: Pair, view: View) -> str:
    """Where the page leads to or what it frames, if it is now a stub that does no more; empty if it is none.

    That may be a redesign or a decoy in a page that was taken over, so that it never ends a comparison: a person is
    asked. Where approved scripts remain, the page was not rebuilt as a stub but emptied.
    """
    if pair.now.words > FEW_WORDS or _scripts(pair.before) & _scripts(pair.now):
        return ""
    return next((url for url in (pair.now.refresh, *pair.now.frames) if url and not view.is_foreign(host_of(url))), "")


def _scripts(page: PagePrint) -> frozenset[str]:
    return frozenset(script.src or script.hash for script in page.scripts)


def _notes(view: View) -> Iterator[Note]:
    """How many pages were compared, and how many of them were updated or redesigned."""
    updated = sum(1 for pair in view.pairs if pair.changes)
    rebuilt = sum(1 for pair in view.pairs if pair.recognisable and any(pair.of(ChangeKind.REPLACED)))
    yield note("compared", pages=len(view.pairs), updated=updated)
    if rebuilt:
        yield note("rebuilt", pages=rebuilt)
    if moved := sum(1 for pair in view.pairs if pair.before.url != pair.now.url):
        yield note("moved", pages=moved)
