"""Signature files (``signatures/*.yaml`` of a profile package): what they may hold, and how they become conditions.

A file names its ``kind`` and lists ``signatures``. A condition is a mapping with one key::

    status: [412, 202]              one of these status codes
    header: set-cookie              with matches: a part of the header matches the regular expression
    url: regex                      the last URL, or where a redirect leads
    shorter_than: 8000              bytes of the body
    links_at_most: 3                links in the first 16 KiB of the body
    title: regex                    the words of <title>
    heading: regex                  the words of the first <h1> or <h2>
    notice: regex                   the words of a page that is one short notice and nothing else (fewer than 300
                                    characters, 3 links at most, no form or frame, no script that may lead on)
    text: literal                   stands in the first 16 KiB of the body
    body: regex                     matches there; needs a condition that is cheaper before it in the same ``all``
    all: [...]  any: [...]          conditions within conditions
"""

import re
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from xuncha.config.models import Strict, TextModel
from xuncha.config.validation import refuse, validate
from xuncha.config.yaml import Source, load_yaml
from xuncha.crawl.signatures import (
    AllOf,
    AnyOf,
    Condition,
    HeaderMatches,
    Kind,
    LinksAtMost,
    NoticeSays,
    PartMatches,
    Sample,
    ShorterThan,
    Signature,
    Signatures,
    StatusIs,
    TextContains,
    UrlMatches,
)

FILES = ("challenges.yaml", "filing_blocks.yaml", "maintenance.yaml", "parked_domains.yaml", "soft_404.yaml")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as problem:
        raise refuse(f"不是正则表达式：{problem}", f"not a regular expression: {problem}") from None
    return text


Pattern = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_pattern)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class ConditionModel(Strict):
    """One condition as written: exactly one key, but ``header`` with its ``matches``."""

    status: tuple[Annotated[int, Field(ge=100, le=999)], ...] | None = None
    header: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")] | None = None
    matches: Pattern | None = None
    url: Pattern | None = None
    shorter_than: Annotated[int, Field(gt=0)] | None = None
    links_at_most: Annotated[int, Field(ge=0)] | None = None
    title: Pattern | None = None
    heading: Pattern | None = None
    notice: Pattern | None = None
    text: Words | None = None
    body: Pattern | None = None
    all: "Annotated[tuple[ConditionModel, ...], Field(min_length=1)] | None" = None
    any: "Annotated[tuple[ConditionModel, ...], Field(min_length=1)] | None" = None

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if len(self._keys()) != 1 or (self.header is None) != (self.matches is None):
            raise refuse(
                "一个条件只能有一个键（header 与 matches 成对）", "one key to a condition (header with matches)"
            )
        if any(part.body and not _guarded((self.all or ())[:place]) for place, part in enumerate(self.all or ())):
            raise refuse("body 之前须有更省时的条件", "a body needs a cheaper condition before it")
        return self

    def _keys(self) -> list[str]:
        return [name for name in _CONDITIONS if getattr(self, name) is not None]

    def condition(self) -> Condition:
        """The condition that this describes."""
        return _CONDITIONS[self._keys()[0]](self)


_CONDITIONS: dict[str, Callable[[Any], Condition]] = {
    "status": lambda written: StatusIs(frozenset(written.status)),
    "header": lambda written: HeaderMatches(written.header, re.compile(written.matches)),
    "url": lambda written: UrlMatches(re.compile(written.url)),
    "shorter_than": lambda written: ShorterThan(written.shorter_than),
    "links_at_most": lambda written: LinksAtMost(written.links_at_most),
    "title": lambda written: PartMatches("title", re.compile(written.title)),
    "heading": lambda written: PartMatches("heading", re.compile(written.heading)),
    "notice": lambda written: NoticeSays(re.compile(written.notice)),
    "text": lambda written: TextContains(written.text),
    "body": lambda written: PartMatches("body", re.compile(written.body)),
    "all": lambda written: AllOf(tuple(part.condition() for part in written.all)),
    "any": lambda written: AnyOf(tuple(part.condition() for part in written.any)),
}


def _guarded(before: tuple[ConditionModel, ...]) -> bool:
    """Whether one of these is cheap enough to keep a regular expression from searching every page."""
    return any(part.body is None and part.any is None and part.all is None for part in before)


class SampleModel(Strict):
    """A reply that must match."""

    status: int = 200
    headers: dict[str, str | list[str]] = Field(default_factory=dict)
    body: str = ""
    url: str = "http://www.example.gov.cn/"

    def sample(self) -> Sample:
        """The sample as a value; a header may have several lines."""
        lines = ((name, [value] if isinstance(value, str) else value) for name, value in self.headers.items())
        return Sample(self.status, tuple((name, one) for name, many in lines for one in many), self.body, self.url)


class SignatureModel(Strict):
    """One signature as written."""

    id: Id
    name: TextModel
    provider: Words
    confidence: Literal["high", "medium", "low"] = "high"
    match: ConditionModel
    samples: Annotated[tuple[SampleModel, ...], Field(min_length=1)]


class SignatureFile(Strict):
    """One file."""

    kind: Kind
    signatures: tuple[SignatureModel, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [one.id for one in self.signatures]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice:
            raise refuse(f"标识 {twice} 重复", f"id {twice} stands twice")
        return self

    def values(self) -> Iterator[Signature]:
        """The signatures, in the file's order."""
        for one in self.signatures:
            samples = tuple(sample.sample() for sample in one.samples)
            yield Signature(
                one.id, self.kind, one.name.text(), one.provider, one.match.condition(), one.confidence, samples
            )


def read_signatures(source: Source) -> tuple[Signature, ...]:
    """The signatures of one file. Raises ConfigError with file, line and column."""
    return tuple(validate(SignatureFile, load_yaml(source)).values())


def load_signatures(folders: Iterator[Traversable] | None = None) -> Signatures:
    """All signatures of the installed profile packages (entry points ``xuncha.profiles``), or of these folders.

    Raises:
        ConfigError: a file that isn't as it must be; a folder may lack a file.
    """
    found: list[Signature] = []
    for folder in folders if folders is not None else signature_folders():
        found += (one for name in FILES if (source := folder / name).is_file() for one in read_signatures(source))
    return Signatures(found)


def signature_folders() -> Iterator[Traversable]:
    """The ``signatures`` folder of every installed profile package, in the order of their entry points' names."""
    for point in sorted(entry_points(group="xuncha.profiles"), key=lambda point: point.name):
        folder = files(point.load()) / "signatures"
        if folder.is_dir():
            yield folder
