"""The YAML format of rules; ``rules.schema.json`` beside this module describes it for editors.

``xuncha plugin lint`` says what a file lacks; ``docs/plugins.md`` shows a whole rule.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from xuncha.config.errors import InvalidError, Place, Problem, quoted
from xuncha.config.models import Strict, TextModel, Words
from xuncha.config.validation import dotted, refuse, validate
from xuncha.config.yaml import Located, Source, load_yaml
from xuncha.model.outcome import Severity
from xuncha.model.site import Mode
from xuncha.model.text import Text
from xuncha.rules import harmless, matching, places
from xuncha.rules.matching import Matcher, Part
from xuncha.rules.model import At, Case, Extract, Origin, Request, Rule, RuleConfidence
from xuncha.rules.regexes import Unbounded, bounded
from xuncha.rules.response import response

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAX_RULES = 500
MAX_PATHS = 16


def _bounded(pattern: str) -> str:
    try:
        bounded(pattern)
    except Unbounded as problem:
        raise refuse(problem.text.zh, problem.text.en) from None
    return pattern


Pattern = Annotated[str, Field(min_length=3), AfterValidator(_bounded)]
Word = Annotated[str, Field(min_length=1, max_length=500)]
AllWords = Annotated[tuple[Word, ...], Field(min_length=1, max_length=20)]
HeaderValue = Annotated[str, Field(pattern=r"^[ -~]{0,200}$")]
HeaderName = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class HeaderModel(Strict):
    """A header ``has`` all of these words and ``lacks`` all of those, whatever their case."""

    name: HeaderName
    has: AllWords | None = None
    lacks: AllWords | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.has is None and self.lacks is None:
            raise refuse("请写明 has 或 lacks", "say what it has or lacks")
        return self


class BytesModel(Strict):
    """Bytes at a place of the body, in hexadecimal."""

    hex: str = Field(pattern=r"^([0-9a-fA-F]{2}){2,64}$")
    at: int = Field(0, ge=0, lt=65_536)


class SizeModel(Strict):
    """Bounds of the content's size in bytes."""

    least: int = Field(0, ge=0)
    most: int | None = Field(None, ge=0)


class MatcherModel(Strict):
    """One condition: exactly one key, and with words and regex perhaps ``part`` and ``ignore_case``."""

    model_config = ConfigDict(title="Matcher")

    status: Annotated[tuple[Annotated[int, Field(ge=100, le=999)], ...], Field(min_length=1)] | None = None
    word: AllWords | None = Field(None, description="all of these words")
    any_word: AllWords | None = Field(None, description="at least one of these words")
    regex: Pattern | None = None
    header: HeaderModel | None = None
    sha256: Annotated[tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...], Field(min_length=1)] | None = None
    bytes: BytesModel | None = None
    size: SizeModel | None = None
    all: "Annotated[tuple[MatcherModel, ...], Field(min_length=1)] | None" = None
    any: "Annotated[tuple[MatcherModel, ...], Field(min_length=1)] | None" = None
    not_: "MatcherModel | None" = Field(None, alias="not")
    part: Part = "body"
    ignore_case: bool = False

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        keys = self._keys()
        if len(keys) != 1:
            raise refuse("一个条件只能有一个判断", "one condition has exactly one kind of test")
        if self.part != "body" and keys[0] not in _OF_PARTS:
            raise refuse("part 只用于 word、any_word、regex", "part goes with word, any_word and regex")
        if self.ignore_case and keys[0] not in _OF_WORDS:
            raise refuse("ignore_case 只用于 word、any_word", "ignore_case goes with word and any_word; regex has (?i)")
        return self

    def _keys(self) -> list[str]:
        return [name for name in _MATCHERS if getattr(self, name) is not None]

    def matcher(self) -> Matcher:
        """The condition as a value."""
        build = _MATCHERS[self._keys()[0]]
        found: Matcher = build(self)
        return found


_OF_WORDS = ("word", "any_word")
_OF_PARTS = (*_OF_WORDS, "regex")
_MATCHERS: dict[str, Any] = {
    "status": lambda one: matching.StatusIs(frozenset(one.status)),
    "word": lambda one: matching.Words(one.word, one.part, one.ignore_case),
    "any_word": lambda one: matching.Words(one.any_word, one.part, one.ignore_case, every=False),
    "regex": lambda one: matching.Regex(re.compile(one.regex), one.part),
    "header": lambda one: matching.HeaderIs(one.header.name, one.header.has or (), one.header.lacks or ()),
    "sha256": lambda one: matching.HashIs(frozenset(one.sha256)),
    "bytes": lambda one: matching.BytesAt(bytes.fromhex(one.bytes.hex), one.bytes.at),
    "size": lambda one: matching.SizeIs(one.size.least, one.size.most),
    "all": lambda one: matching.AllOf(tuple(part.matcher() for part in one.all)),
    "any": lambda one: matching.AnyOf(tuple(part.matcher() for part in one.any)),
    "not_": lambda one: matching.Not(one.not_.matcher()),
}


class RequestModel(Strict):
    """What to ask; see ``xuncha.rules.places`` for the templates of paths."""

    paths: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_PATHS)]
    at: At = At.ROOT
    method: Literal["GET"] = "GET"
    headers: dict[HeaderName, Annotated[str, Field(pattern=r"^[ -~]{0,200}$")]] = Field(
        default_factory=dict, max_length=8
    )
    redirects: Literal["none", "follow"] = "none"
    suffixes: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]{1,8}$")], ...] = ()

    @model_validator(mode="after")
    def _paths_fit(self) -> Self:
        of_files = self.at in (At.PAGES, At.ASSETS)
        at_root = self.at is At.ROOT
        starts = ("{path}", "{dir}") if of_files else ("/", "{context}/") if at_root else ("/",)
        own = places.OF_A_FILE if of_files else places.AT_ROOT if at_root else frozenset[str]()
        known = places.EVERYWHERE | own
        for path in self.paths:
            found = places.fields(path)
            if (
                found is None
                or not path.startswith(starts)
                or found - known
                or ".." in path.split("/")
                or places.CONTEXT in path[1:]
            ):
                begins, names = " / ".join(starts), ", ".join(sorted(known))
                path = quoted(path)  # noqa: PLW2901
                raise refuse(
                    f"路径 {path} 应以 {begins} 开头，占位符只能是 {names}",
                    f"path {path} must start with {begins}; placeholders are {names}",
                )
            if problem := harmless.against_path(path):
                raise refuse(f"路径 {path} {problem.zh}", f"path {path} {problem.en}")
        if len(set(self.paths)) < len(self.paths):
            raise refuse("路径重复", "a path stands twice")
        if self.suffixes and not of_files:
            raise refuse("suffixes 只用于 pages、assets", "suffixes go with pages and assets")
        return self

    @model_validator(mode="after")
    def _sends_nothing_else(self) -> Self:
        for name, value in self.headers.items():
            if problem := harmless.against_header(name, value):
                raise refuse(problem.zh, problem.en)
        return self

    def request(self) -> Request:
        """As a value."""
        headers = tuple(self.headers.items())
        return Request(self.paths, self.at, headers, self.redirects == "follow", self.suffixes)


class ExtractModel(Strict):
    """Something to tell from the answer: the first group of the pattern; masked and cut before it is kept."""

    name: Slug
    regex: Pattern
    part: Part = "body"


class OriginModel(Strict):
    """The public documentation that the rule follows."""

    title: Words
    url: str = Field(pattern=r"^https?://\S+$", max_length=500)


class CaseModel(Strict):
    """A raw answer in a file, or an answer written here."""

    file: str = Field("", pattern=r"^([A-Za-z0-9._@+-][A-Za-z0-9._/@+-]*)?$", max_length=200)
    status: int = Field(200, ge=100, le=999)
    headers: dict[HeaderName, str] = Field(default_factory=dict)
    body: str = Field("", max_length=20_000)
    hex: str = Field("", pattern=r"^([0-9a-fA-F]{2}){0,4096}$", description="the body of a binary answer")

    def case(self) -> Case:
        """As a value."""
        if self.file:
            return Case(self.file)
        body = bytes.fromhex(self.hex) if self.hex else self.body.encode()
        return Case(answer=response(self.status, tuple(self.headers.items()), body))


class TestsModel(Strict):
    """Answers by which the rule must find, and answers by which it must not."""

    __test__ = False  # for pytest: no class of tests

    positive: Annotated[tuple[CaseModel, ...], Field(min_length=1, max_length=50)]
    negative: Annotated[tuple[CaseModel, ...], Field(min_length=1, max_length=50)]


class RuleModel(Strict):
    """One rule."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*\.[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    family: Slug
    severity: Severity
    outcome: Literal["manual"] | None = Field(
        None, description="a question for a person; otherwise low and info hint, the others fail"
    )
    title: TextModel
    advice: TextModel | None = None
    requires: Literal[Mode.PROBE, Mode.DISGUISE] = Mode.PROBE
    requests: int = Field(ge=1, le=MAX_PATHS)
    request: RequestModel
    proof: MatcherModel
    extract: tuple[ExtractModel, ...] = Field((), max_length=8)
    licence: Annotated[str, Field(min_length=2, max_length=60)]
    origin: Literal["own"] | OriginModel
    confidence: RuleConfidence
    tests: TestsModel

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        if self.requests != len(self.request.paths):
            count = len(self.request.paths)
            raise refuse(f"requests 应为 {count}（每个路径一次）", f"requests must be {count}: one for each path")
        if not self.proof.matcher().proves:
            raise refuse(
                "仅凭状态码或响应头不能作为证据：proof 须含 word、regex、sha256 或 bytes",
                "a status or a header alone proves nothing: the proof must rest on word, regex, sha256 or bytes",
            )
        if not self.proof.matcher().telling:
            raise refuse(
                "只凭一个普通词不能作为证据（任何文件里都可能出现）：请用两个以上的词，或能看出文件结构的 regex",
                "one ordinary word proves nothing, any text may hold it: use two, or a regex of the file's form",
            )
        return self

    def rule(self, source: Source, place: Place, family: Place) -> Rule:
        """As a value, which stands at this place of the file."""
        origin = Origin() if isinstance(self.origin, str) else Origin(self.origin.title, self.origin.url)
        return Rule(
            id=self.id,
            family=self.family,
            severity=self.severity,
            title=self.title.text(),
            request=self.request.request(),
            proof=self.proof.matcher(),
            manual=self.outcome == "manual",
            requires=self.requires,
            requests=self.requests,
            advice=self.advice.text() if self.advice else None,
            extract=tuple(Extract(one.name, re.compile(one.regex), one.part) for one in self.extract),
            licence=self.licence,
            origin=origin,
            confidence=self.confidence,
            positive=tuple(case.case() for case in self.tests.positive),
            negative=tuple(case.case() for case in self.tests.negative),
            source=source if isinstance(source, Path) else None,
            line=place.line or 0,
            family_place=family,
        )


class RulesFile(Strict):
    """A file of rules."""

    model_config = ConfigDict(title="Rules of Xuncha")

    rules: Annotated[tuple[RuleModel, ...], Field(min_length=1, max_length=MAX_RULES)]


def read_rules(source: Source) -> tuple[Rule, ...]:
    """The rules in a file, or in all ``*.yaml`` of a folder, in the order of their names.

    Raises:
        ConfigError: all faults of the first faulty file with their places; an id that stands twice.
    """
    rules: list[Rule] = []
    known: dict[str, str] = {}
    for file in files_of(source):
        located = load_yaml(file)
        models = validate(RulesFile, located).rules
        places = [(located.place(("rules", at)), located.place(("rules", at, "family"))) for at in range(len(models))]
        found = [model.rule(file, *place) for model, place in zip(models, places, strict=True)]
        if doubled := list(_doubled(found, known, located)):
            raise InvalidError(doubled)
        rules += found
    return tuple(rules)


def files_of(source: Source) -> list[Source]:
    """The file itself, or the YAML files of a folder."""
    if not source.is_dir():
        return [source]
    entries: Iterable[Path | Traversable] = source.iterdir()
    return sorted((entry for entry in entries if entry.name.endswith(".yaml")), key=lambda entry: entry.name)


def _doubled(rules: Iterable[Rule], known: dict[str, str], located: Located) -> Iterator[Problem]:
    for index, rule in enumerate(rules):
        if rule.id in known:
            at = ("rules", index, "id")
            text = Text(f"编号 {rule.id} 已在 {known[rule.id]} 中使用", f"id {rule.id} is used in {known[rule.id]} too")
            yield Problem(located.place(at), text, dotted(at))
        known[rule.id] = located.file
