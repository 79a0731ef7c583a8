"""What was put onto a page or its links: differences that need no sample of its text. See ``compare``."""

import re
from collections.abc import Iterator

from xuncha.model.hosts import host_of
from xuncha.model.prints import EffectKind, PageKind, PagePrint
from xuncha.model.urls import ending_of, url_parts
from xuncha.tamper.changes import Change, ChangeKind
from xuncha.tamper.sketch import kept, parts, sketched
from xuncha.tamper.taking import CLASSES
from xuncha.tamper.titles import title_words
from xuncha.tamper.wayfinding import SIGNPOSTS
from xuncha.tamper.whose import owner_of_host

_LATER = (EffectKind.WORKER, EffectKind.CLIPBOARD)
"""What earlier versions did not look for, whose prints know of no canonical address either."""

_LEFT = 0.4
"""With so small a share of the approved characters left in sight, an element hides the page."""

_FEW_WORDS = 120
_MENU = 5
_SAME_DESIGN = 0.5
_FAMILIAR = 0.5
_UPLOADS = re.compile(r"/(?:upload(?:s|file|files|ed|_files)?|userfiles?|attach(?:ments?|ed|file)?)/", re.IGNORECASE)
_PAGES = frozenset(("htm", "html", "shtml", "svg", "xml", "php", "jsp", "asp", "aspx"))


def effects(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """What lies over the page, hides or overwrites it, and did not."""
    if before.effects is None or now.effects is None:
        return
    unknown = _LATER if before.canonical is None else ()
    for effect in now.effects:
        if effect not in before.effects and effect.kind not in unknown:
            yield Change(ChangeKind(effect.kind), now=effect.what)


def tucked(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """One element hides most of what was in sight."""
    if before.hidden is None or now.hidden is None:
        return
    usual, left = before.words - before.hidden, now.words - now.hidden
    if usual >= _FEW_WORDS and now.hidden > before.hidden and left <= _LEFT * usual:
        yield Change(ChangeKind.TUCKED, str(usual), str(max(left, 0)))


def menus(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Short links that everybody saw stand in hidden elements, and nowhere else."""
    gone = frozenset(parts(before.signposts or "")).intersection(parts(now.tucked or ""))
    if len(gone) >= _MENU:
        yield Change(ChangeKind.MENU, now=str(len(gone)))


def headings(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Large words on a page that had none of the kind, and otherwise looks as it did."""
    if PageKind.ARTICLE in (before.kind, now.kind):
        return
    share = kept(before.structure, now.structure, CLASSES)
    if share is not None and share < _SAME_DESIGN:
        return
    for words in dict.fromkeys((*_headings(before, now), *_sized(before, now))):
        if not _is_familiar(words, before, now):
            yield Change(ChangeKind.HEADING, now=words)


def _headings(before: PagePrint, now: PagePrint) -> Iterator[str]:
    """What stands in tags of which none did."""
    if before.heads is None or now.heads is None:
        return
    tags = {head.partition(" ")[0] for head in before.heads}
    for tag, _, words in (head.partition(" ") for head in now.heads):
        if tag not in tags:
            yield words


def _sized(before: PagePrint, now: PagePrint) -> tuple[str, ...]:
    """What a style makes large, where it made nothing so."""
    return (now.sized or ()) if before.sized == () else ()


def _is_familiar(words: str, before: PagePrint, now: PagePrint) -> bool:
    """Whether they say mostly what the titles say."""
    known = title_words(before.title) | title_words(now.title) | title_words(dict(before.metas).get("sitename", ""))
    found = title_words(words)
    return len(found & known) > _FAMILIAR * len(found)


def uploaded(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Scripts and pages from where a website keeps what is uploaded, on a page that used none."""
    scripts, known = (_from_uploads(script.src for script in one.scripts) for one in (now, before))
    if scripts and not known:
        yield Change(ChangeKind.UPLOADED, now=scripts[0])
    shown, known = (_from_uploads((*one.frames, one.refresh, one.landed)) for one in (now, before))
    pages = [url for url in shown if ending_of(url) in _PAGES]
    if pages and not known:
        yield Change(ChangeKind.UPLOADED, now=pages[0])


def _from_uploads(urls: Iterator[str] | tuple[str, ...]) -> list[str]:
    return [url for url in urls if url and _UPLOADS.search(url_parts(url).path)]


def swapped(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Short links whose words led within the site, or to one website, and now lead to another.

    ``before`` of the change is the host to which they led, empty for the site's own; ``now`` are the words.
    """
    if before.abroad is None or now.abroad is None:
        return
    own, led = frozenset(parts(before.signposts or "")), {post.text: post.host for post in before.abroad}
    hosts = {owner_of_host(host) for host in (host_of(before.url), *before.hosts, *led.values())}
    for post in now.abroad:
        if owner_of_host(post.host) in hosts:
            continue
        if post.text in led:
            yield Change(ChangeKind.SWAPPED, led[post.text], post.text, post.host)
        elif sketched((post.text,), SIGNPOSTS) in own:
            yield Change(ChangeKind.SWAPPED, "", post.text, post.host)


def downloads(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Programs and archives on hosts from which none came; ``before`` is where the file of the same name was."""
    if before.downloads is None or now.downloads is None:
        return
    known = {owner_of_host(host_of(url)) for url in (before.url, *before.downloads)}
    names = {_file(url): url for url in before.downloads}
    for url in now.downloads:
        if owner_of_host(host_of(url)) not in known:
            yield Change(ChangeKind.DOWNLOAD, names.get(_file(url), ""), url, host_of(url))


def disguised(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Links that are called documents and lead to programs, which none did."""
    if before.disguised is not None and now.disguised is not None:
        for url in now.disguised:
            if url not in before.disguised:
                yield Change(ChangeKind.DISGUISED, now=url, host=host_of(url))


def veiled(before: PagePrint, now: PagePrint) -> Iterator[Change]:
    """Links that nobody sees, to websites with which the page had nothing to do."""
    if before.veiled is None or now.veiled is None:
        return
    known = {owner_of_host(host) for host in (host_of(before.url), *before.hosts, *before.veiled)}
    for host in now.veiled:
        if owner_of_host(host) not in known:
            yield Change(ChangeKind.VEILED, now=host, host=host)


def _file(url: str) -> str:
    return url.rpartition("/")[2]
