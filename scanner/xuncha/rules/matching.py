"""What an answer must be like to prove something. Pure: the same answer, the same result."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from xuncha.rules.response import Response

Part = Literal["body", "title", "headers", "entries", "unpacked"]
MAX_EVIDENCE = 120
_MAX_HEADER = 4_096
_PECULIAR, _A_PHRASE = 6, 8
"""Characters from which a single word tells what a text is: not all of them letters, or a phrase in Chinese."""


@dataclass(frozen=True, slots=True)
class Held:
    """A condition that held, and the words of the answer that made it so; they are not masked yet."""

    kind: str
    words: str = ""


Proof = tuple[Held, ...]


class Matcher:
    """A condition on an answer."""

    __slots__ = ()

    def match(self, seen: Response) -> Proof | None:
        """What held; None where the condition does not."""
        raise NotImplementedError

    @property
    def proves(self) -> bool:
        """Whether it can only hold because of the content, so that a status or a header alone never suffices."""
        return False

    @property
    def telling(self) -> bool:
        """Whether what it rests on is more than a single word, which any text may hold."""
        return self.proves


@dataclass(frozen=True, slots=True)
class StatusIs(Matcher):
    """One of these status codes."""

    codes: frozenset[int]

    def match(self, seen: Response) -> Proof | None:
        return (Held("status", str(seen.status)),) if seen.status in self.codes else None


@dataclass(frozen=True, slots=True)
class Words(Matcher):
    """All of the words occur in the part, or at least one."""

    words: tuple[str, ...]
    part: Part = "body"
    ignore_case: bool = False
    every: bool = True

    def match(self, seen: Response) -> Proof | None:
        text = part_of(seen, self.part)
        if self.ignore_case:
            text = text.lower()
        found = tuple(Held("word", word) for word in self.words if (word.lower() if self.ignore_case else word) in text)
        return found if len(found) == len(self.words) or (found and not self.every) else None

    @property
    def proves(self) -> bool:
        return self.part != "headers"

    @property
    def telling(self) -> bool:
        peculiar = [_is_peculiar(word) for word in self.words]
        enough = any(peculiar) or len(self.words) > 1 if self.every else all(peculiar)
        return self.proves and enough


@dataclass(frozen=True, slots=True)
class Regex(Matcher):
    """A pattern is found in the part."""

    pattern: re.Pattern[str]
    part: Part = "body"

    def match(self, seen: Response) -> Proof | None:
        found = self.pattern.search(part_of(seen, self.part))
        return (Held("regex", found[0][:MAX_EVIDENCE]),) if found else None

    @property
    def proves(self) -> bool:
        return self.part != "headers"

    @property
    def telling(self) -> bool:
        return self.proves and not self.pattern.pattern.isalpha()


@dataclass(frozen=True, slots=True)
class HeaderIs(Matcher):
    """A header has the words (whatever their case), or hasn't; an absent header has none."""

    name: str
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def match(self, seen: Response) -> Proof | None:
        value = seen.header(self.name)
        lowered = (value or "")[:_MAX_HEADER].lower()
        held = all(word.lower() in lowered for word in self.has) and (value is not None or not self.has)
        if not held or any(word.lower() in lowered for word in self.lacks):
            return None
        return (Held("header", f"{self.name}: {(value or '-')[:MAX_EVIDENCE]}"),)


@dataclass(frozen=True, slots=True)
class HashIs(Matcher):
    """The SHA-256 of the whole body is one of these."""

    digests: frozenset[str]

    def match(self, seen: Response) -> Proof | None:
        digest = hashlib.sha256(seen.body).hexdigest()
        return (Held("hash", digest),) if seen.whole and digest in self.digests else None

    @property
    def proves(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class BytesAt(Matcher):
    """These bytes stand at this place of the body."""

    content: bytes
    at: int = 0

    def match(self, seen: Response) -> Proof | None:
        return (
            (Held("bytes", f"{self.at}: {self.content.hex()}"),)
            if seen.body.startswith(self.content, self.at)
            else None
        )

    @property
    def proves(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class SizeIs(Matcher):
    """The content has at least and at most so many bytes."""

    least: int = 0
    most: int | None = None

    def match(self, seen: Response) -> Proof | None:
        fits = self.least <= seen.size and (self.most is None or seen.size <= self.most)
        return (Held("size", str(seen.size)),) if fits else None


@dataclass(frozen=True, slots=True)
class AllOf(Matcher):
    """Every part holds."""

    parts: tuple[Matcher, ...]

    def match(self, seen: Response) -> Proof | None:
        found: list[Held] = []
        for part in self.parts:
            held = part.match(seen)
            if held is None:
                return None
            found += held
        return tuple(found)

    @property
    def proves(self) -> bool:
        return any(part.proves for part in self.parts)

    @property
    def telling(self) -> bool:
        return any(part.telling for part in self.parts) or sum(part.proves for part in self.parts) > 1


@dataclass(frozen=True, slots=True)
class AnyOf(Matcher):
    """One part holds; the first that does is the proof."""

    parts: tuple[Matcher, ...]

    def match(self, seen: Response) -> Proof | None:
        return next((held for part in self.parts if (held := part.match(seen)) is not None), None)

    @property
    def proves(self) -> bool:
        return all(part.proves for part in self.parts)

    @property
    def telling(self) -> bool:
        return all(part.telling for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not(Matcher):
    """The part does not hold."""

    part: Matcher

    def match(self, seen: Response) -> Proof | None:
        return None if self.part.match(seen) is not None else ()


def _is_peculiar(word: str) -> bool:
    return len(word) >= (_PECULIAR if not word.isalpha() else _A_PHRASE if not word.isascii() else MAX_EVIDENCE)


def part_of(seen: Response, part: Part) -> str:
    """The text of a part of an answer."""
    name = {"headers": "head", "body": "text"}.get(part, part)
    text: str = getattr(seen, name)
    return text


def every(parts: Iterable[Matcher]) -> Matcher:
    """One matcher that holds where all do."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else AllOf(found)
