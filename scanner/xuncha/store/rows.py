"""Records that come by the thousand, as one line of masked JSON each: what ``codec`` makes of them, for less.

The pages and links of a crawl, and the prints of its pages, are most of what a run stores. Made by ``dump``, ``masked``
and ``encode`` in turn pages and links took 230 µs of CPU per page, so 95: a record is plain values only, and the same
texts come again and again.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from xuncha.model.crawl import LinkSource, LinkTarget, PageRecord
from xuncha.model.prints import Prints
from xuncha.store.codec import masked_text

_REMEMBERED = 8192


Row = PageRecord | LinkTarget | Prints


def row(record: Row) -> str:
    """A record as ``encode(masked(dump(record)))`` has it, but as text."""
    return _writer(type(record))(record)


def pieces(record: Row) -> Iterator[str]:
    """The same, one part of a list after the other: the prints of a site's pages would be 20 MB at once."""
    before = "{"
    for field in fields(record):
        value = getattr(record, field.name)
        yield f'{before}"{field.name}":'
        if isinstance(value, tuple):
            yield "["
            yield from (f"{',' if place else ''}{_writer(type(one))(one)}" for place, one in enumerate(value))
            yield "]"
        else:
            yield _writer(type(value))(value)
        before = ","
    yield "}"


@lru_cache(_REMEMBERED)
def _text(text: str) -> str:
    return encode_basestring(masked_text(text))


def _number(number: float) -> str:
    return repr(number) if math.isfinite(number) else f'"{number}"'


def _moment(moment: datetime) -> str:
    return f'"{moment.isoformat().replace("+00:00", "Z")}"'


def _array(values: tuple[Any, ...]) -> str:
    return f"[{','.join([_writer(type(value))(value) for value in values])}]" if values else "[]"


def _source(source: LinkSource) -> str:
    """Spelled out, because a page has 25 of them: half of what the general way takes."""
    page, text, raw = _text(source.page), _text(source.text), _text(source.raw)
    line = "null" if source.line is None else source.line
    return f'{{"page":{page},"text":{text},"line":{line},"depth":{source.depth},"raw":{raw}}}'


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    float: _number,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
    tuple: _array,
    datetime: _moment,
    LinkSource: _source,
}


def _writer(kind: type) -> Callable[[Any], str]:
    return _WRITERS.get(kind) or _new_writer(kind)


def _new_writer(kind: type) -> Callable[[Any], str]:
    writer = _WRITERS[kind] = _text if issubclass(kind, StrEnum) else _object_writer(kind)
    return writer


def _object_writer(kind: type) -> Callable[[Any], str]:
    names = [field.name for field in fields(kind)]
    values, heads = attrgetter(*names), [f'"{name}":' for name in names]

    def write(record: object) -> str:
        parts = [head + _writer(type(value))(value) for head, value in zip(heads, values(record), strict=True)]
        return f"{{{','.join(parts)}}}"

    return write
