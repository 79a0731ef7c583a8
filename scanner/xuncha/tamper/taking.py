"""Takes the print of a page: what is remembered of it to tell later whether somebody tampered with it."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import accumulate, islice
from zlib import crc32

from xuncha.model.crawl import LinkUse
from xuncha.model.hosts import host_of
from xuncha.model.prints import Algorithms, DefacementSign, PageKind, PagePrint, Region, ScriptPrint, Series
from xuncha.page import Frame, Page
from xuncha.store.mask import excerpt, mask_url
from xuncha.tamper.effects import effects, heads, hidden, veiled
from xuncha.tamper.inline import is_packed, loads, script_hash, spelled
from xuncha.tamper.large import backdrop, sized
from xuncha.tamper.said import canonical, without_script
from xuncha.tamper.series import series
from xuncha.tamper.sketch import sketched, sketched_bytes
from xuncha.tamper.styles import Styled
from xuncha.tamper.titles import title_words
from xuncha.tamper.wayfinding import SIGNPOSTS, disguised, downloads, resolved, senders, signposts, unescaped
from xuncha.tamper.wording import CLAUSES, SENTENCES, clauses, refrain, sentences

LINES = 64
CLASSES = 24
PICTURES = 12
ALGORITHMS = Algorithms("sha256-tree/1", f"kmv{CLASSES}-classes/1", f"kmv{LINES}-lines/1")

SRCDOC = "about:srcdoc"
"""Stands for what a frame brings along in an attribute."""

DATA = "data:"
"""Stands for a frame or script whose address is what it holds, or code that makes it."""

MAX_TITLE = 120
MAX_META = 120
MAX_ADDRESS = 160
MAX_HOSTS = 40
MAX_SCRIPTS = 16
MAX_OTHERS = 10
MAX_PICTURES = 24
MAX_INLINE = 100
MAX_REGIONS = 16
MAX_LINE = 200
MAX_CLASS = 80
MAX_NAME = 30
MAX_LINES = 3_000
MAX_MARKUP = 1_000_000
"""Characters in which styles, effects and kinds of elements are looked for; links and scripts are known of all."""

_LONGEST_SIGN = 4
"""Bytes of one character in UTF-8 at most."""

_LEAST_REGION = 400
_MOST_PIECES = 300
_FEW_CLASSES = 6
_FEW_IDS = 5
_SHOWN = ("a", "area", "onclick")
_LOADED = frozenset(("style", "link", "object", "media"))
_NO_ADDRESS = ("data:", "javascript:")
_BLANKS = re.compile(r"javascript:\s*(?:void|false|''|\"\"|;|$)|data:.{0,20}$", re.IGNORECASE)
_SENDS = re.compile(r" on(?:click|submit|change|mousedown)=\"([^\"]{6,1000})\"")
_DRAWN_SCRIPT = re.compile(r"<script [^<>]{0,300}?(?:xlink:)?href=\"([^\"]{1,2000})\"")
_DESCRIPTIVE = ("keywords", "description", "sitename", "siteidcode", "columnname")
_TAGS = (b"<table", b"<td", b"<div", b"<li", b"<p", b"<font", b"<img", b"<center", b"<marquee", b"<frame")
_DIGITS = b"0123456789"
_SESSION = re.compile(r";jsessionid=[^\"'?#\s]{1,80}| nonce=\"[^\"]{0,100}\"", re.IGNORECASE)
_HIDDEN_VALUE = re.compile(r"(<input (?=[^>]{0,300}type=\"hidden\")[^>]{0,300}?) value=\"[^\"]*\"")
_UNASKED = re.compile(r" on(?:load|error|pageshow|focus|toggle|begin|animationstart|scroll)=\"([^\"]{6,1000})\"")
_MARKS = (
    ("备", re.compile(r"[\u4e00-\u9fff]ICP备\s?\d{6,10}")),
    ("网安备", re.compile(r"公网安备\s?\d{10,14}")),
    ("标识码", re.compile(r"标识码\s?[：:]?\s?[A-Za-z]{0,2}\d{8,10}")),
    ("主办", re.compile(r"主办(?:单位)?\s?[：:]\s?[\u4e00-\u9fff]{4,20}")),
    ("版权所有", re.compile(r"版权所有\s?[：:]?\s?[\u4e00-\u9fff]{4,20}|[\u4e00-\u9fff]{4,20}\s?版权所有")),
)


def take(page: Page, moment: datetime, signs: Iterable[DefacementSign] = ()) -> PagePrint:
    """The print of a page that was parsed; ``moment`` is when it was fetched.

    ``signs`` of defacement are told by whoever knows the words.
    """
    written, text = _varies_not(page.markup), page.text
    whole = written.encode("utf-8", "replace")
    dom = hashlib.sha256(whole).hexdigest()
    written = written[:MAX_MARKUP]
    markup = whole if len(whole) <= MAX_MARKUP else written.encode("utf-8", "replace")
    own, hosts = _clickable(page)
    styled, kind = Styled(written), _kind(page)
    unseen, tucked = hidden(styled)
    posts, abroad = signposts(page, tucked)
    title, files = excerpt(page.title, MAX_TITLE), downloads(page)
    plain = text.encode("utf-8", "replace")
    lines, said = _lines(plain), sentences(text)
    pictures = {_bare(link.target) for link in page.links if link.kind == "img" and link.use is LinkUse.IMAGE}
    return PagePrint(
        url=mask_url(page.requested),
        title=title,
        taken=moment,
        depth=page.depth,
        kind=kind,
        dom=dom,
        structure=sketched_bytes(_classes(markup), CLASSES),
        similarity=sketched_bytes(lines, LINES),
        words=len(text) - plain.count(b" ") - plain.count(b"\n"),
        chinese=(len(plain) - len(text)) // 2,
        lines=len(lines),
        own_links=own,
        echo=_echo(title, text),
        metas=tuple(_metas(page)),
        marks=tuple(_marks(text)),
        hosts=hosts,
        scripts=tuple(islice(_scripts(page, written), 2 * MAX_SCRIPTS)),
        frames=_addresses(map(_framed, page.frames), page.url),
        forms=_addresses(senders(page, written), page.url),
        refresh=_refresh(page) or without_script(page, written),
        images=len(pictures),
        pictures=sketched(pictures, PICTURES),
        regions=tuple(islice(_regions(markup), MAX_REGIONS)),
        signs=tuple(signs),
        landed=_bare(page.url) if page.url != page.requested else "",
        base=_bare(page.base) if host_of(page.base) != host_of(page.url) else "",
        scripted=page.scripted,
        picture_hosts=_picture_hosts(page),
        assets=_assets(page),
        sentences=sketched(said, SENTENCES),
        clauses=sketched(clauses(said), CLAUSES),
        refrain=excerpt(refrain(text), MAX_TITLE),
        downloads=files,
        disguised=disguised(page) if files else (),
        signposts=posts,
        abroad=abroad,
        effects=effects(page, styled),
        hidden=unseen,
        tucked=sketched(tucked, SIGNPOSTS),
        heads=tuple(heads(page, written)),
        veiled=veiled(styled),
        sized=sized(page, styled),
        series=series(page) if kind in (PageKind.HOME, PageKind.COLUMN) else Series("", 0),
        backdrop=backdrop(page, written),
        canonical=_bare(canonical(page, written)),
    )


def _varies_not(markup: str) -> str:
    """The page without what is new in every answer: session numbers, nonces, values of hidden fields."""
    if "jsessionid" in markup or "nonce=" in markup:
        markup = _SESSION.sub("", markup)
    return _HIDDEN_VALUE.sub(r"\1", markup) if 'type="hidden"' in markup else markup


def _kind(page: Page) -> PageKind:
    if page.depth == 0:
        return PageKind.HOME
    if page.is_article:
        return PageKind.ARTICLE
    return PageKind.COLUMN if page.lists else PageKind.OTHER


def _lines(text: bytes) -> set[bytes]:
    """The lines of a text without numbers: dates, counters and amounts vary by themselves."""
    lines = set(text.translate(None, _DIGITS).split(b"\n", MAX_LINES)[:MAX_LINES])
    words = [line for line in lines if len(line) > _LONGEST_SIGN or len(line.decode()) > 1]
    return {line if len(line) <= MAX_LINE else _cut(line) for line in words}


def _cut(line: bytes) -> bytes:
    return line.decode()[:MAX_LINE].encode()


def _classes(markup: bytes) -> set[bytes]:
    """The kinds of elements that a page is made of: their classes, else their tags with rough numbers."""
    pieces = markup.split(b' class="', _MOST_PIECES)[1:]
    names = {piece[: piece.find(b'"', 0, MAX_CLASS)] for piece in pieces}
    found = {(name if name.isascii() else _whole(name)).translate(None, _DIGITS) for name in names}
    if len(found) < _FEW_CLASSES:
        found |= {b"%b %d" % (tag, markup.count(tag).bit_length()) for tag in _TAGS}
    return found


def _whole(name: bytes) -> bytes:
    """A name that may have been cut within a character."""
    return name.decode("utf-8", "replace").encode()


def _regions(markup: bytes) -> Iterator[Region]:
    """The page from one named element to the next; small ones belong to the one before."""
    pieces = markup.split(b' id="', _MOST_PIECES)
    if len(pieces) < _FEW_IDS:
        pieces = markup.split(b' class="', _MOST_PIECES)
    before = [0, *accumulate(map(len, pieces))]
    start, end = 0, 0
    while end < len(pieces):
        end = min(bisect_left(before, before[start] + _LEAST_REGION), len(pieces))
        yield _region(_name(pieces[start]) if start else b"", crc32(b"".join(pieces[start:end])))
        start = end


def _name(piece: bytes) -> bytes:
    return piece[: max(piece.find(b'"', 0, MAX_NAME), 0)]


@lru_cache(maxsize=1_024)  # the pages of a website have many parts in common
def _region(name: bytes, hashed: int) -> Region:
    return Region(_masked(name), f"{hashed:08x}")


@lru_cache(maxsize=2_048)
def _masked(name: bytes) -> str:
    return excerpt(name.decode("utf-8", "replace"), MAX_NAME)


def _clickable(page: Page) -> tuple[int, tuple[str, ...]]:
    """How many different addresses within the site the page links to, and the hosts of the others."""
    host = host_of(page.url)
    targets = {link.target for link in page.links if link.kind in _SHOWN and link.target}
    hosts = [host_of(target) for target in targets]
    return hosts.count(host), tuple(sorted({*hosts} - {host, ""}, key=_suspects_first)[:MAX_HOSTS])


def _suspects_first(host: str) -> tuple[bool, str]:
    """Where there is no room for all, those of state bodies are left out first."""
    return host.endswith((".gov.cn", ".edu.cn")), host


def _echo(title: str, text: str) -> float:
    found = title_words(title)
    return round(sum(1 for one in found if one in text) / len(found), 2) if found else 0.0


def _metas(page: Page) -> Iterator[tuple[str, str]]:
    for name in _DESCRIPTIVE:
        if content := page.meta(name):
            yield name, excerpt(content, MAX_META)


def _marks(text: str) -> Iterator[str]:
    for sign, pattern in _MARKS:
        if sign in text and (found := pattern.search(text)):
            yield "".join(found[0].split())


def _scripts(page: Page, markup: str) -> Iterator[ScriptPrint]:
    """Those of other hosts, and those that load, come first: the others are left out where there is no room."""
    linked = dict.fromkeys(script.target for script in page.scripts if script.target)
    if "<svg" in markup:
        linked |= dict.fromkeys(resolved(_DRAWN_SCRIPT, page, markup))
    if any(_brings_along(script.src) for script in page.scripts):
        yield ScriptPrint(DATA)
    yield from (ScriptPrint(_bare(url)) for url in islice(_foreign_first(linked, page.url), MAX_SCRIPTS))
    inline = dict.fromkeys(script.inline for script in page.scripts if script.inline.strip())
    found = [_inline(text) for text in islice(inline, MAX_INLINE)]
    found += [one for one in map(_inline, _by_itself(markup)) if one.loads or one.spelled]
    yield from sorted(found, key=lambda one: not (one.loads or one.packed or one.spelled))


def _by_itself(markup: str) -> Iterator[str]:
    """What elements run without being clicked on."""
    for found in islice(_UNASKED.finditer(markup), MAX_INLINE):
        yield unescaped(found[1])
    if ".action" in markup:
        for found in islice(_SENDS.finditer(markup), MAX_INLINE):
            if ".action" in found[1]:
                yield unescaped(found[1])


def _inline(text: str) -> ScriptPrint:
    return ScriptPrint("", script_hash(text), len(text), loads(text), is_packed(text), spelled(text))


def _framed(frame: Frame) -> str:
    if frame.srcdoc:
        return SRCDOC
    return DATA if _brings_along(frame.src) else frame.target


def _brings_along(src: str) -> bool:
    """Whether an address is what it leads to, and not a blank to be filled later."""
    plain = src.strip()
    return plain.lower().startswith(_NO_ADDRESS) and not _BLANKS.match(plain)


def _addresses(urls: Iterable[str], own: str) -> tuple[str, ...]:
    found = dict.fromkeys(_bare(url) for url in urls if url)
    return tuple(sorted(_foreign_first(found, own)[:MAX_OTHERS]))


def _foreign_first(urls: Iterable[str], own: str) -> list[str]:
    host = host_of(own)
    return sorted(urls, key=lambda url: host_of(url) == host)


def _picture_hosts(page: Page) -> tuple[str, ...]:
    own = host_of(page.url)
    pictures = dict.fromkeys(link.target for link in page.links if link.use is LinkUse.IMAGE and link.kind != "link")
    hosts = (host_of(url) for url in islice(filter(None, pictures), MAX_PICTURES))
    return tuple("" if host == own else host for host in hosts)


def _assets(page: Page) -> tuple[str, ...]:
    """What else the browser loads from other hosts."""
    own = host_of(page.url)
    found = {link.target for link in page.links if link.kind in _LOADED or link.use is LinkUse.STYLE}
    return tuple(sorted(_bare(url) for url in found if host_of(url) not in {own, ""})[:MAX_OTHERS])


def _refresh(page: Page) -> str:
    """Where the page sends its visitors by itself."""
    found = [link for link in page.links if link.kind == "meta-refresh"]
    made = next((link.raw for link in found if link.raw.strip().lower().startswith(_NO_ADDRESS)), "")
    return _bare(next((link.target for link in found if link.target), "") or excerpt(made, MAX_ADDRESS))


@lru_cache(maxsize=2_048)
def _bare(url: str) -> str:
    return mask_url(url.partition("?")[0][:MAX_ADDRESS])
