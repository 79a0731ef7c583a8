"""What a page has only in a browser: links, scripts and frames that its scripts made, and where it leads visitors."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from html import escape

from xuncha.api import FrameBox, Layout, Page, Rendered, defanged, host_of, parse_page
from xuncha_plugins.darklinks.boxes import look
from xuncha_plugins.darklinks.facts import Group, Injected, Laid, Planted
from xuncha_plugins.darklinks.hosts import has_odd_port, has_spam_ending, is_named_oddly, is_strange, says_spam
from xuncha_plugins.darklinks.injected import by_host
from xuncha_plugins.darklinks.links import planted, soliciting, strange_links, suspects

MOST = 200
"""Scripts, frames and addresses of a page that are looked at."""

_LEAST = 2.0
_NEARLY_ALL = 0.9


def written(
    page: Page, layout: Layout, known: Collection[tuple[str, str]]
) -> tuple[tuple[Group, ...], tuple[Laid, ...]]:
    """Suspicious links of the layout that are not ``known`` by target and words; and their looks."""
    shown = _as_page(page, layout)
    strange = strange_links(shown)
    found = list(planted(shown, [*suspects(shown, strange), *soliciting(shown)]))
    looks: dict[tuple[str, str], set[str]] = {}
    links: dict[tuple[str, str], Planted] = {}
    for one in found:
        key = one.target, one.text
        if key in known or not one.line:
            continue
        looks.setdefault(key, set()).add(look(layout.links[one.line - 1]))
        links.setdefault(key, replace(one, line=None, tags=()))
    if not links:
        return (), ()
    laid = (Laid(*key, None, each.copy().pop() if len(each) == 1 else "") for key, each in looks.items())
    return (Group(page.url, page.depth, tuple(links.values())),), tuple(laid)


def _as_page(page: Page, layout: Layout) -> Page:
    """The links of the layout, one in each line, under the names of ``page``: shadow trees and frames are no HTML."""
    metas = "".join(
        f'<meta name="{name}" content="{escape(page.meta(name) or "")}">' for name in ("keywords", "SiteName")
    )
    head = f"<meta charset=utf-8><title>{escape(page.title)}</title>{metas}".replace("\n", " ")
    links = "\n".join(f'<a href="{escape(box.url)}">{escape(" ".join(box.text.split()))}</a>' for box in layout.links)
    return parse_page(f"{head}{links}".encode("utf-8", "replace"), url=page.url, depth=page.depth)


def came_along(page: Page, rendered: Rendered) -> Iterator[Injected]:
    """Scripts of bad hosts, frames of strange ones that nobody sees or that cover the page, and jumps away."""
    traffic = rendered.traffic
    asked = [*traffic.scripts, *(one.url for one in traffic.refused if one.kind == "script")]
    stands = [script.target for script in page.scripts[:MOST] if script.target]
    for url in dict.fromkeys([*stands, *asked]):
        yield from by_host(page, url, None)
    for url in dict.fromkeys(traffic.led_away[:MOST]):
        yield from _sent(page, url)
    for frame in rendered.layout.frames if rendered.layout else ():
        if kind := _framed(page, frame):
            yield _noted(page, kind, frame.url)


def _sent(page: Page, url: str) -> Iterator[Injected]:
    """Visitors are led away: offices move as well, so that the name of the host has to speak against it."""
    host = host_of(url)
    if is_strange(host, host_of(page.url)) and (is_named_oddly(host) or has_odd_port(url)):
        yield _noted(page, "sent" if says_spam(host) else "sent-maybe", url)


def _framed(page: Page, frame: FrameBox) -> str:
    """What is wrong with a frame: scripts of counters, logins and chats hide theirs as well."""
    host, rect = host_of(frame.url), frame.rect
    if not host or not is_strange(host, host_of(page.url)) or not is_named_oddly(host):
        return ""
    beyond = rect.left + rect.width <= 0 or rect.top + rect.height <= 0
    unseen = not frame.shown or rect.width < _LEAST or rect.height < _LEAST or beyond
    if says_spam(host):
        return "frame" if unseen else "frame-spam"
    if unseen:
        return "frame" if has_spam_ending(host) else "frame-maybe"
    return "frame-over-maybe" if frame.covers >= _NEARLY_ALL else ""


def _noted(page: Page, kind: str, url: str) -> Injected:
    return Injected(page.url, page.depth, kind, str(defanged(host_of(url))), str(defanged(url[:300])), None)
