"""Scripts from hosts that are known to be bad, miners, and frames without size that lead to strange hosts."""

from collections.abc import Iterator

from xuncha.api import Frame, Page, Script, defanged, host_of
from xuncha_plugins.darklinks.cascade import Cascade
from xuncha_plugins.darklinks.facts import Injected
from xuncha_plugins.darklinks.hiding import pixels, trick
from xuncha_plugins.darklinks.hosts import (
    bad_source,
    has_odd_port,
    is_named_oddly,
    is_odd,
    is_strange,
    origin_of,
    says_spam,
)
from xuncha_plugins.darklinks.links import tags_of
from xuncha_plugins.darklinks.styles import rules_of

_MINERS = (
    "CoinHive.Anonymous(", "CoinHive.User(", "coinhive.min.js", "CRLT.Anonymous(", "CryptoLoot", "Client.Anonymous('",
    "cryptonight.wasm", "deepMiner",
)  # fmt: skip
TINY = 1
MAX_LOOKED_AT = 100


def injected(page: Page) -> Iterator[Injected]:
    """What of the page's scripts and frames does not belong there."""
    own = origin_of(page.url)
    for script in page.scripts[:MAX_LOOKED_AT]:
        if script.target.startswith(own):
            continue
        if script.target:
            yield from _by_host(page, script.target, script.line)
        elif "nonymous(" in script.inline or "oin" in script.inline:
            yield from _miner(page, script)
    strange = [frame for frame in page.frames[:MAX_LOOKED_AT] if is_strange(host_of(frame.target), host_of(page.url))]
    if strange:
        yield from _frames(page, strange)


def _by_host(page: Page, url: str, line: int | None) -> Iterator[Injected]:
    host = host_of(url)
    known = bad_source(host)
    if known:
        kind, source, verified = known
        yield Injected(page.url, page.depth, kind, defanged(host), defanged(url[:300]), line, source, verified)
    elif is_strange(host, host_of(page.url)) and is_named_oddly(host):
        kind = "script" if says_spam(host) else "script-maybe"
        yield Injected(page.url, page.depth, kind, defanged(host), defanged(url[:300]), line)


def _miner(page: Page, script: Script) -> Iterator[Injected]:
    if any(sign in script.inline for sign in _MINERS):
        yield Injected(page.url, page.depth, "miner-inline", "", "", script.line)


def _frames(page: Page, frames: list[Frame]) -> Iterator[Injected]:
    cascade = Cascade(rules_of("\n".join(element.text for element in page.select("style"))[:65_536]))
    hidden: dict[tuple[str, int | None], bool] = {}
    for lineage in page.lineages({frame.src for frame in frames}, "src"):
        tags = tags_of(lineage)
        empty = _sizeless(tags[0].attrs)
        if empty or trick(tags, cascade.styles(tags)):
            hidden[lineage.raw, lineage.line] = empty
    for frame in frames:
        host, known = host_of(frame.target), hidden.get((frame.src, frame.line))
        if known is not None and (kind := _kind(frame.target, sizeless=known)):
            yield Injected(page.url, page.depth, kind, defanged(host), defanged(frame.target[:300]), frame.line)


def _kind(url: str, *, sizeless: bool) -> str:
    """A counter or a login may hide its frame; empty where nothing else speaks against it."""
    host = host_of(url)
    if is_named_oddly(host):
        return "frame"
    return "frame-maybe" if sizeless or is_odd(host) or has_odd_port(url) else ""


def _sizeless(attrs: tuple[tuple[str, str], ...]) -> bool:
    sizes = [pixels(value) for name, value in attrs if name in ("width", "height")]
    sizes += [pixels(value) for name, text in attrs if name == "style" for value in _declared_sizes(text)]
    return any(size is not None and size <= TINY for size in sizes)


def _declared_sizes(style: str) -> Iterator[str]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() in ("width", "height"):
            yield value.strip().lower()
