"""What gives a miner away (``miners.yaml``): words within a script, and names of script files."""

import re
from functools import cache, lru_cache

from xuncha.api import Table, read_table

MAX_TEMPLATE = 4_096


class Sign(Table):
    """What stands in a miner's script, word for word, and a script that holds it."""

    text: str
    sample: str


class _Miners(Table):
    signs: tuple[Sign, ...]
    files: re.Pattern[str]


@cache
def miners() -> _Miners:
    """The table."""
    return read_table(_Miners, __package__, "miners.yaml")


@cache
def _texts() -> tuple[str, ...]:
    return tuple(sign.text for sign in miners().signs)


def holds_miner(script: str) -> bool:
    """Whether a script mines. Each sign is looked for on its own: a common first sieve would lose some of them."""
    return _of_template(script) if len(script) < MAX_TEMPLATE else _mines(script)


@lru_cache(maxsize=512)
def _of_template(script: str) -> bool:
    """Scripts of templates stand on every page of a site."""
    return _mines(script)


def _mines(script: str) -> bool:
    for text in _texts():  # noqa: SIM110 - a generator takes as long as all of these searches
        if text in script:
            return True
    return False


@lru_cache(maxsize=4_096)
def is_miner_file(url: str) -> bool:
    """Whether a script's file is called like a miner's, also on the site itself."""
    return miners().files.search(url) is not None
