"""Scripts from hosts that are known to be bad, miners, and frames without size that lead to strange hosts."""

from collections.abc import Iterator, Sequence

from xuncha.api import Frame, Link, Page, Script, defanged, host_of
from xuncha_plugins.darklinks.cascade import Cascade
from xuncha_plugins.darklinks.facts import Injected
from xuncha_plugins.darklinks.hiding import pixels, trick
from xuncha_plugins.darklinks.hosts import (
    bad_source,
    has_odd_port,
    has_spam_ending,
    is_named_oddly,
    is_odd,
    is_strange,
    origin_of,
    runs_errands,
    says_spam,
)
from xuncha_plugins.darklinks.jumps import Jump, jumps
from xuncha_plugins.darklinks.links import tags_of
from xuncha_plugins.darklinks.media import on_screen
from xuncha_plugins.darklinks.miners import holds_miner, is_miner_file
from xuncha_plugins.darklinks.style import Style
from xuncha_plugins.darklinks.styles import rules_of

_OPENED = {"meta-refresh": "sent", "object": "frame-spam"}
_WHOLE = ("100%", "100vw", "100vh", "100dvh")
TINY = 1
MAX_LOOKED_AT = 100


def injected(page: Page) -> Iterator[Injected]:
    """What of the page's scripts and frames does not belong there."""
    own = origin_of(page.url)
    for script in page.scripts[:MAX_LOOKED_AT]:
        if script.target and not script.target.startswith(own):
            yield from _foreign(page, script)
        elif is_miner_file(script.target) if script.target else holds_miner(script.inline):
            yield _miner(page, script)
    yield from _sent_on(page)
    if jumped := jumps(page):
        yield from _told(page, jumped)
    strange = [frame for frame in page.frames[:MAX_LOOKED_AT] if is_strange(host_of(frame.target), host_of(page.url))]
    if strange:
        yield from _frames(page, strange)


def _foreign(page: Page, script: Script) -> Iterator[Injected]:
    found = list(by_host(page, script.target, script.line))
    yield from found or ([_miner(page, script)] if is_miner_file(script.target) else ())


def by_host(page: Page, url: str, line: int | None) -> Iterator[Injected]:
    host = host_of(url)
    known = bad_source(host)
    if known:
        kind, source, verified = known
        yield Injected(page.url, page.depth, kind, defanged(host), defanged(url[:300]), line, source, verified)
    elif is_strange(host, host_of(page.url)) and is_named_oddly(host):
        kind = "script" if says_spam(host) else "script-maybe"
        yield Injected(page.url, page.depth, kind, defanged(host), defanged(url[:300]), line)


def _miner(page: Page, script: Script) -> Injected:
    host, target = defanged(host_of(script.target)), defanged(script.target[:300])
    return Injected(page.url, page.depth, "miner-inline", host, target, script.line)


def _sent_on(page: Page) -> Iterator[Injected]:
    """Whoever opens the page is sent to a host that says spam, or is shown what comes from one."""
    refreshed = any(meta.http_equiv == "refresh" for meta in page.metas)
    for link in page.links if refreshed else page.links[:MAX_LOOKED_AT]:
        host = host_of(link.target) if link.kind in _OPENED else ""
        if host and is_strange(host, host_of(page.url)) and (kind := _opened(link, host)):
            yield Injected(page.url, page.depth, kind, defanged(host), defanged(link.target[:300]), link.line)


def _told(page: Page, jumped: Sequence[Jump]) -> Iterator[Injected]:
    told = {one.host for one in _sent_on(page)}
    for jump in jumped:
        host = defanged(host_of(jump.url))
        if host not in told:
            yield Injected(page.url, page.depth, jump.kind, host, defanged(jump.url[:300]), jump.line)


def _opened(link: Link, host: str) -> str:
    """The message for what opens by itself; offices move as well, so that the host's name has to speak against it."""
    if says_spam(host):
        return _OPENED[link.kind]
    odd = link.kind == "meta-refresh" and (is_named_oddly(host) or has_odd_port(link.target))
    return "refresh-maybe" if odd else ""


def _frames(page: Page, frames: list[Frame]) -> Iterator[Injected]:
    sheets = (element.text for element in page.select("style") if on_screen(element.attrs.get("media", "")))
    cascade = Cascade(rules_of("\n".join(sheets)[:65_536]))
    hidden: dict[tuple[str, int | None], bool] = {}
    covering = set()
    for lineage in page.lineages({frame.src for frame in frames}, "src"):
        tags = tags_of(lineage)
        empty = _sizeless(tags[0].attrs)
        styles = cascade.styles(tags)
        if empty or trick(tags, styles):
            hidden[lineage.raw, lineage.line] = empty
        elif any(map(_covers, styles)):
            covering.add((lineage.raw, lineage.line))
    for frame in frames:
        key = frame.src, frame.line
        over = key in covering and is_named_oddly(host_of(frame.target))
        kind = _kind(frame.target, hidden.get(key)) or ("frame-over-maybe" if over else "")
        if kind:
            host = defanged(host_of(frame.target))
            yield Injected(page.url, page.depth, kind, host, defanged(frame.target[:300]), frame.line)


def _kind(url: str, sizeless: bool | None) -> str:  # noqa: FBT001 - of a hidden frame only
    """Whether a frame is spam, seen or not (``sizeless`` None: seen). A counter or a login may hide its frame."""
    host = host_of(url)
    if says_spam(host):
        return "frame-spam" if sizeless is None else "frame"
    if sizeless is None:
        return ""
    if has_spam_ending(host):
        return "frame"
    odd = is_named_oddly(host) or ((is_odd(host) or has_odd_port(url)) and not runs_errands(url))
    return "frame-maybe" if odd or (sizeless and not runs_errands(url)) else ""


def _covers(style: Style) -> bool:
    """Whether the whole window is taken, wherever the visitor scrolls."""
    if not style.holds("position", lambda value: value == "fixed"):
        return False
    inset = all(style.holds(name, lambda value: pixels(value) == 0) for name in ("top", "right", "bottom", "left"))
    return inset or all(style.holds(name, lambda value: value in _WHOLE) for name in ("width", "height"))


def _sizeless(attrs: tuple[tuple[str, str], ...]) -> bool:
    sizes = [pixels(value) for name, value in attrs if name in ("width", "height")]
    sizes += [pixels(value) for name, text in attrs if name == "style" for value in _declared_sizes(text)]
    return any(size is not None and size <= TINY for size in sizes)


def _declared_sizes(style: str) -> Iterator[str]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() in ("width", "height"):
            yield value.strip().lower()
