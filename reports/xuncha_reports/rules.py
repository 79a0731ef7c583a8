"""How papers cite other rules (参照), and say how surely their text is known."""

from typing import Protocol

from xuncha.model.basis import Basis, BasisKind, Confidence
from xuncha.model.text import Lang
from xuncha.store.labels import label


class Source(Protocol):
    """A rule that a check rests on."""

    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def confidence(self) -> Confidence: ...


def reference(source: Source, lang: Lang) -> str:
    """Title, number and clause."""
    return _named(source.title, source.number, source.clause) + _unless_verified(source.confidence, lang)


def basis(source: Basis, lang: Lang) -> str:
    """What a number rests on."""
    kind = label("basis", source.kind, lang)
    if source.kind is BasisKind.TOOL_DEFAULT:
        return kind
    return _named(kind, source.title, source.number, source.clause) + _unless_verified(source.confidence, lang)


def _named(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _unless_verified(confidence: Confidence, lang: Lang) -> str:
    if confidence is Confidence.VERIFIED:
        return ""
    said = label("confidence", confidence, lang)
    return f"（{said}）" if lang == "zh" else f" ({said})"
