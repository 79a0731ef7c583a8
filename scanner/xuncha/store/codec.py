"""Values ↔ JSON, for bundles and journals. What is stored of pages is masked here, once more and always.

Workers use this module; it knows nothing of the database.
"""

import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from pydantic_core import PydanticSerializationError

from xuncha.model.outcome import NOTHING, Because, Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.store.errors import StoreError
from xuncha.store.mask import clean_line, mask_text, mask_url

T = TypeVar("T")
Json = Any
"""dict, list, str, int, float, bool or None."""

MAX_ERROR = 300
# The same addresses come again and again in the facts of a crawl.
_REMEMBERED = 8192
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def dump(value: object) -> Json:
    """A dataclass of plain values as JSON-able data.

    Raises:
        StoreError: a field holds something that is no plain value.
    """
    try:
        return adapter(type(value)).dump_python(value, mode="json", warnings="none")
    except (PydanticUserError, PydanticSerializationError) as error:
        name = type(value).__qualname__
        raise StoreError(f"{name} cannot be stored: {error}", f"{name} 无法存储：{error}") from None


def dump_text(value: object) -> str:
    """What ``dump`` makes of a value as compact JSON, in a fourth of the time."""
    try:
        return adapter(type(value)).dump_json(value, warnings="none").decode()
    except PydanticSerializationError:  # lone surrogates, which have no UTF-8
        return json.dumps(dump(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[T], data: Json) -> T:
    """The value of ``kind`` that ``dump`` made ``data`` of; members that ``kind`` does not know are left out.

    Raises:
        StoreError: ``data`` is something else.
    """
    try:
        found: T = adapter(kind).validate_python(data)
    except ValidationError as error:
        raise _damaged(kind, error) from None
    return found


def parse(kind: type[T], data: bytes) -> T:
    """The same of what ``encode`` made of it, in less time and memory than ``decode`` and ``load`` take."""
    try:
        found: T = adapter(kind).validate_json(data)
    except ValidationError as error:
        raise _damaged(kind, error) from None
    return found


def _damaged(kind: type, error: ValidationError) -> StoreError:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(step) for step in first["loc"]) or "-"
    return StoreError(
        f"not a stored {kind.__name__}: {place}: {first['msg']}", f"文件已损坏（{place}：{first['msg']}）"
    )


def dump_outcome(outcome: Outcome) -> Json:
    """An outcome as it is stored: texts on one visible line, personal data and secrets masked.

    One that holds what cannot be stored becomes the ``error`` that it is, so that no outcome is ever lost.
    """
    try:
        data = _each_text(dump(outcome), _shown)
        load_outcome(data)
    except StoreError as error:
        return _each_text(dump(_unstorable(outcome, error)), _shown)
    return data


def load_outcome(data: Json) -> Outcome:
    """Raises StoreError."""
    return load(Outcome, data)


def masked(data: Json) -> Json:
    """``data`` with personal data and secrets in its texts masked; lists and dicts are changed in place."""
    return _each_text(data, _masked)


def encode(data: Json) -> bytes:
    """Compact JSON in UTF-8; what Unicode cannot encode (lone surrogates) becomes ``?``."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def decode(data: bytes) -> Json:
    """Raises StoreError for what is no JSON or is nested too deep."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"not JSON: {error}", f"文件已损坏（不是 JSON：{error}）") from None


def known_format(data: Json, newest: int) -> Json:
    """``data`` if its ``schema`` is one that this program reads. Raises StoreError."""
    found = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(found, int):
        raise StoreError("is damaged: it does not name its format", "文件已损坏：没有格式版本号")
    if found > newest:
        raise StoreError(
            f"has format {found}, this program reads up to {newest}; use a newer xuncha",
            f"格式版本为 {found}，本程序最高支持 {newest}，请使用新版巡查",
        )
    return data


def _unstorable(outcome: Outcome, error: StoreError) -> Outcome:
    because = Because(Reason.BROKE_CONTRACT)
    detail = str(error)[:MAX_ERROR]
    return Outcome(
        str(outcome.site), str(outcome.check), str(outcome.version), Status.ERROR, because, NOTHING, error=detail
    )


def adapter(kind: type) -> TypeAdapter[Any]:
    """The adapter of a type: made once, because that takes milliseconds."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _each_text(data: Json, change: Callable[[str], str]) -> Json:
    """``change`` every text; numbers that JSON has no word for become the text that pydantic reads back."""
    if type(data) is str:
        return change(data)
    if type(data) is dict:
        for key, value in data.items():
            if value is not None and type(value) is not bool and type(value) is not int:
                data[key] = _each_text(value, change)
    elif type(data) is list:
        data[:] = [_each_text(value, change) for value in data]
    elif type(data) is float and not math.isfinite(data):
        return str(data)
    return data


def masked_text(text: str) -> str:
    """One text or URL of a page with personal data and secrets masked."""
    return mask_url(text) if text.startswith(("http://", "https://")) else mask_text(text)


_masked = lru_cache(_REMEMBERED)(masked_text)


def _shown(text: str) -> str:
    return _masked(clean_line(text))
