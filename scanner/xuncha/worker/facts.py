"""Keeps facts in the site's journal as they come and recalls them when a run is resumed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic_core import PydanticSerializationError

from xuncha.model.assignment import Progress
from xuncha.model.crawl import Crawl, LinkTarget, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.registry import fact_name
from xuncha.store.bundle import Bundle
from xuncha.store.codec import Json, adapter, load
from xuncha.store.errors import StoreError
from xuncha.worker.journal import Journal, Record

_T = TypeVar("_T")

CRAWL_PARTS = ("crawl", "crawl.page", "crawl.target")
"""Under which names the parts of a crawl are stored."""


class JournalFacts:
    """The fact log of one site. A fact that cannot be stored as JSON is a breach of contract, named at once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def recall(self, fact: type) -> object | None:
        record = self._journal.take("fact", fact_name(fact))
        if record is None:
            return None
        found: object = adapter(Gap if record.head["gap"] else fact).validate_json(record.body)
        return found

    def keep(self, fact: type, value: object) -> None:
        self._journal.append(Record("fact", fact_name(fact), {"gap": isinstance(value, Gap)}, dumped(value)))


class JournalProgress(Progress):
    """The steps of one probe on one site."""

    def __init__(self, journal: Journal, probe: str) -> None:
        self._journal = journal
        self._probe = probe

    def recall(self, step: str, kind: type[_T]) -> _T | None:
        record = self._journal.take("step", f"{self._probe} {step}")
        if record is None:
            return None
        found: _T = adapter(kind).validate_json(record.body)
        return found

    def keep(self, step: str, told: object) -> None:
        self._journal.append(Record("step", f"{self._probe} {step}", body=dumped(told)))


def dumped(value: object) -> bytes:
    """A fact or gap as JSON; names and words that are no text become question marks, so that the rest is kept."""
    kind = adapter(type(value))
    try:
        return kind.dump_json(value)
    except PydanticSerializationError:  # lone surrogates, which have no UTF-8
        return json.dumps(kind.dump_python(value, mode="json"), ensure_ascii=False).encode("utf-8", "replace")


def stored_facts(bundle: Bundle, number: int, types: Mapping[str, type]) -> dict[type, object]:
    """The facts and gaps of a site as an earlier run stored them.

    Facts whose type is no longer there are left out; those that today's type cannot read are gaps.
    """
    named = {fact_name(Crawl): Crawl, **types}
    found: dict[type, object] = {named[name]: gap for name, gap in bundle.read_gaps(number).items() if name in named}
    parts: dict[str, list[Json]] = {name: [] for name in CRAWL_PARTS}
    for name, value in bundle.read_facts(number):
        if name in parts:
            parts[name].append(value)
        elif name in types:
            found[types[name]] = _read(types[name], value)
    if parts["crawl"]:
        found[Crawl] = whole_crawl(parts)
    return found


def whole_crawl(parts: Mapping[str, Sequence[Json]]) -> Crawl:
    """A crawl from its stored parts. Raises StoreError."""
    whole = load(Crawl, parts["crawl"][0])
    pages = tuple(load(PageRecord, page) for page in parts["crawl.page"])
    targets = tuple(load(LinkTarget, target) for target in parts["crawl.target"])
    return replace(whole, pages=pages, targets=targets)


def _read(fact: type, value: Json) -> object:
    try:
        return load(fact, value)
    except StoreError as error:
        return Gap(Reason.FACT_MISSING, detail=str(error)[:300])
