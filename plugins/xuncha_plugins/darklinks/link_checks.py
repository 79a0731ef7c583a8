"""Hidden links, and scripts that write, hide or send away."""

from collections.abc import Iterator

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
    for group in (*plants.groups, *written):
        found = verdict(group, cascades, looks.get(group.url, {}))
        if found.key:
            yield _told(group, found)
        elif found.open:
            unread.append((found.open, group.url))
    if plants.flattened:
        unread.append((Reason.TOO_LARGE, plants.flattened))
    if plants.unlooked:
        unread.append((Reason.BUDGET_REACHED, plants.unlooked))
    if unread:
        reason, url = unread[0]
        yield unsure(reason, url=Url(url))
    yield from without_home(crawl)


def _told(group: Group, found: Verdict) -> Finding | Ask:
    first = found.links[0]
    hosts = list(dict.fromkeys(link.host for link in found.links))
    words = sorted({word for link in found.links for word in link.words})
    say = finding if found.sure else ask
    place = ElementLocator(group.url, "a", first.line, group.depth)
    return say(
        place,
        found.key,
        distinct=" ".join(sorted(hosts)[:_NAMED]),
        excerpt=first.text,
        links=len(found.links),
        hosts=len(hosts),
        url=Url(first.target if first.familiar else hosts[0]),
        words="、".join(words[:_NAMED]) or "—",
        pages=group.pages,
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
    for group in plants.groups:
        if group.hidden_by_script and any(speaks(link) or not link.words for link in group.links):
            yield _hides(group)
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
