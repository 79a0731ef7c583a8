"""The words around a number that tell whose it is (``personal_data.yaml``)."""

from collections.abc import Iterable
from functools import cache

from xuncha.api import Table, read_table


class Words(Table):
    """``personal_data.yaml``: words around a number, by what they say of it."""

    serial: tuple[str, ...]
    identity: tuple[str, ...]
    card: tuple[str, ...]
    payee: tuple[str, ...]
    holder: tuple[str, ...]
    agents: tuple[str, ...]
    account: tuple[str, ...]
    nameless: tuple[str, ...]
    offices: tuple[str, ...]
    surnames: str
    specimens: frozenset[str]
    person: tuple[str, ...]
    office: tuple[str, ...]
    citizen: tuple[str, ...]
    lists: tuple[str, ...]


@cache
def words() -> Words:
    """The words, read once."""
    return read_table(Words, __package__, "personal_data.yaml")


def any_of(wanted: Iterable[str], text: str) -> bool:
    """Whether one of these words stands in ``text``."""
    return any(word in text for word in wanted)
