"""Keeps facts in the site's journal as they come and recalls them when a run is resumed."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from xuncha.gather.probes import BoundProbe
from xuncha.model.fact import Gap
from xuncha.registry import fact_name
from xuncha.worker.journal import Journal, Record


class JournalFacts:
    """The fact log of one site. A fact that cannot be stored as JSON is a breach of contract, named at once."""

    def __init__(self, journal: Journal, probes: Mapping[type, BoundProbe]) -> None:
        self._journal = journal
        self._adapters: dict[type, TypeAdapter[Any]] = {fact: TypeAdapter(fact | Gap) for fact in probes}

    def recall(self, fact: type) -> object | None:
        record = self._journal.take("fact", fact_name(fact))
        if record is None:
            return None
        adapter = TypeAdapter(Gap) if record.head["gap"] else self._adapters[fact]
        return adapter.validate_json(record.body)

    def keep(self, fact: type, value: object) -> None:
        self._journal.append(Record("fact", fact_name(fact), {"gap": isinstance(value, Gap)}, dumped(value)))


def dumped(value: object) -> bytes:
    """A fact or gap as JSON."""
    return TypeAdapter(type(value)).dump_json(value)
