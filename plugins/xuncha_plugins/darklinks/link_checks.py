"""Hidden links, and scripts that write, hide or send away."""

from collections.abc import Iterator
from dataclasses import replace

from xuncha.api import (
    Ask,
    Crawl,
    ElementLocator,
    Finding,
    Gap,
    Reason,
    Unsure,
    Url,
    ask,
    check,
    finding,
    unsure,
    warning,
)
from xuncha_plugins.darklinks.facts import Group, LaidOut, Plants, ScriptSpam, Sheets
from xuncha_plugins.darklinks.judging import Cascades, Verdict, speaks, verdict
from xuncha_plugins.darklinks.unseen import without_home

_NAMED = 5
MAX_TEXT = 300
"""Characters of the list of hosts."""


@check("darklinks.hidden")
def hidden(
    plants: Plants, sheets: Sheets | Gap, laid: LaidOut | Gap, crawl: Crawl | Gap
) -> Iterator[Finding | Ask | Unsure]:
    """No page holds links that were planted and kept from the eye."""
    pages = {} if isinstance(laid, Gap) else {page.url: page for page in laid.pages if not page.problem}
    unread = [(Reason.NEEDS_BROWSER, url) for url in plants.veiled if url not in pages][:1]
    cascades = Cascades(sheets)
    written = [group for page in pages.values() for group in page.written]
    looks = {url: {(one.target, one.text, one.line): one.look for one in page.links} for url, page in pages.items()}
    told = _Told()
    for group in (*plants.groups, *written):
        found = verdict(group, cascades, looks.get(group.url, {}))
        if found.key:
            told.add(group, found)
        elif found.open:
            unread.append((found.open, group.url))
    yield from told.all()
    if plants.flattened:
        unread.append((Reason.TOO_LARGE, plants.flattened))
    if plants.unlooked:
        unread.append((Reason.BUDGET_REACHED, plants.unlooked))
    if unread:
        reason, url = unread[0]
        yield unsure(reason, url=Url(url))
    yield from without_home(crawl)


class _Told:
    """The same links hidden by the same trick are one finding, of all the pages on which they are."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[Group, Verdict, int]] = {}

    def add(self, group: Group, found: Verdict) -> None:
        key = found.key, found.sure, frozenset((link.host, link.words) for link in found.links)
        first, verdict, pages = self._known.get(key, (group, found, 0))
        self._known[key] = first, verdict, pages + group.pages

    def all(self) -> Iterator[Finding | Ask]:
        for group, found, pages in self._known.values():
            yield _found(group, found, pages)


def _found(group: Group, found: Verdict, pages: int) -> Finding | Ask:
    first = found.links[0]
    hosts = list(dict.fromkeys(link.host for link in found.links))
    words = sorted({word for link in found.links for word in link.words})
    say = finding if found.sure else ask
    place = ElementLocator(group.url, "a", first.line, group.depth)
    return say(
        place,
        found.key,
        distinct=" ".join(sorted(hosts)[:_NAMED]),
        excerpt=first.shown,
        links=len(found.links),
        hosts=len(hosts),
        url=Url(first.target if first.familiar else hosts[0]),
        words="、".join(words[:_NAMED]) or "—",
        pages=pages,
        names="、".join(_up_to(MAX_TEXT, hosts)),
    )


def _up_to(room: int, hosts: list[str]) -> Iterator[str]:
    """As many hosts as there is room for: who cleans up wants them, and other checks may come upon them as well."""
    for host in hosts:
        room -= len(host) + 1
        if room < 0:
            return
        yield host


@check("darklinks.scripted")
def scripted(plants: Plants, crawl: Crawl | Gap) -> Iterator[Finding | Ask | Unsure]:
    """No script writes or hides links to strange hosts, and none sends visitors of search engines away."""
    for one in plants.scripts:
        if one.kind != "title":
            yield _on_script(one)
    hidden_by: dict[tuple[object, ...], Group] = {}
    for group in plants.groups:
        if group.hidden_by_script and any(speaks(link) or not link.words for link in group.links):
            key = group.hidden_by_script, frozenset((link.host, link.words) for link in group.links)
            first = hidden_by.get(key)
            hidden_by[key] = replace(first, pages=first.pages + group.pages) if first else group
    yield from map(_hides, hidden_by.values())
    if left := plants.unread or plants.flattened:
        yield unsure(Reason.TOO_LARGE, url=Url(left))
    yield from without_home(crawl)


def _on_script(one: ScriptSpam) -> Finding | Ask:
    place = ElementLocator(one.url, "script", one.line, one.depth)
    words = "、".join(one.words[:_NAMED]) or "—"
    say = ask if one.kind == "assembled" else warning
    return say(place, one.kind, distinct=f"{one.kind} {one.host}", url=Url(one.host), words=words, pages=one.pages)


def _hides(group: Group) -> Finding:
    name = group.hidden_by_script[0]
    within = [link for link in group.links if any(("id", name[1:]) in tag.attrs for tag in link.tags)]
    inside = within or list(group.links)
    place = ElementLocator(group.url, name, inside[0].line, group.depth)
    return warning(place, "hides", element=name, links=len(inside), url=Url(inside[0].host), pages=group.pages)
