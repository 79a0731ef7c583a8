"""In which way links stand on a page: pages count together only where the same hides or shows the same links."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from xuncha_plugins.darklinks.facts import Planted, Rule, Source, Tag

_NAMES = re.compile(r"[^\s.#>+~:,()\[\]=*\"'|]+")
_ANY = "*"


def way(links: Iterable[Planted], sources: Iterable[Source]) -> bytes:
    """What the links lie in, and the sheets and rules that may concern it; other rules of a page's own tell nothing."""
    chains = {tuple((tag.name, tag.attrs) for tag in link.tags) for link in links}
    named = {name for link in links for tag in link.tags for name in _names(tag)}
    concerned = [(one.sheet, one.sure, one.whole, _concerning(one, named)) for one in sources]
    told = repr((sorted(chains), [one for one in concerned if one[0] or one[3] or not one[2]]))
    return blake2b(told.encode("utf-8", "replace"), digest_size=16).digest()


def _names(tag: Tag) -> Iterator[str]:
    yield tag.name
    for _, value in tag.attrs:
        yield from value.lower().split()


def _concerning(source: Source, named: set[str]) -> list[Rule]:
    return [rule for rule in source.rules if _concerns(rule, named)]


def _concerns(rule: Rule, named: set[str]) -> bool:
    """Whether the rule names anything of what is ``named``; hardly any rule names nothing at all."""
    written = rule.selector.lower()
    names = _NAMES.findall(written)
    return _ANY in written or not names or not named.isdisjoint(names)
