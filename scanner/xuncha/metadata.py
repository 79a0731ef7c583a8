"""What ``checks.yaml`` beside a plugin's logic says of its checks: texts, severity, budgets. Data, not code.

The values are stored in each run's catalogue snapshot, so that an old run can be rendered without its plugins.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import Field, TypeAdapter

from xuncha.config.configurations import read_configuration
from xuncha.config.errors import ConfigError, InvalidError, Problem
from xuncha.config.models import Strict, TextModel, Words
from xuncha.config.validation import dotted, validate
from xuncha.config.yaml import At, Located, Source, load_yaml
from xuncha.guidance.configuration import Configuration
from xuncha.guidance.explaining import Explanation, Same, explainers
from xuncha.guidance.task import Effort
from xuncha.model.basis import Confidence
from xuncha.model.outcome import Severity, Weight
from xuncha.model.site import Mode, SiteKind
from xuncha.model.text import Text


class Role(StrEnum):
    """Who does a remediation step."""

    EDITOR = "editor"
    WEBMASTER = "webmaster"
    OPERATIONS = "operations"
    DEVELOPER = "developer"
    SECURITY = "security"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One step of the remediation and who does it."""

    role: Role
    text: Text


@dataclass(frozen=True, slots=True)
class Reference:
    """A rule or standard that a check rests on."""

    title: str
    number: str = ""
    clause: str = ""
    url: str = ""
    confidence: Confidence = Confidence.VERIFIED


@dataclass(frozen=True, slots=True)
class CheckText:
    """A check's words: ``title`` states the compliant state; ``messages`` are keyed as the check yields them.

    ``problem`` names what is wrong where the check does not pass, in a few words; checks of older runs and of others'
    plugins may lack it. ``recheck`` says how one sees that the problem is gone.
    """

    title: Text
    rationale: Text
    remediation: tuple[Remedy, ...] = ()
    references: tuple[Reference, ...] = ()
    messages: dict[str, Text] = field(default_factory=dict)
    recheck: Text | None = None
    problem: Text | None = None

    @property
    def wrong(self) -> Text:
        """What to call a failure. Without ``problem`` it is said by the title: a bare title would praise."""
        return self.problem or Text(f"未达到“{self.title.zh}”", f"Not so: “{self.title.en}”")


@dataclass(frozen=True, slots=True)
class CheckMeta:
    """What a check says of itself beside its logic.

    ``requests``: extra requests per site that the probes behind it may send. ``cost_us``: typical CPU microseconds per
    page. ``min_coverage``: below this share an empty result is inconclusive. ``asks_closed``: asked of websites closed
    for good, too. ``blurs``: its findings are about what must not be shown, such as gambling and pornography, so that
    pictures of it are made unreadable; ``blurs_for``: those with these messages are. ``suggested_*``: the framework
    decides. ``effort`` is what mending takes, ``configurations`` name ready texts of its plugin. ``explained_by`` tells
    which findings of other checks have the same cause, so that it is mended with theirs.
    """

    id: str
    version: str
    severity: Severity
    text: CheckText
    requires: Mode = Mode.PASSIVE
    applies_to: tuple[SiteKind, ...] = ()
    requests: int = 0
    cost_us: float = 0
    min_coverage: float = 0.8
    asks_closed: bool = False
    blurs: bool = False
    blurs_for: tuple[str, ...] = ()
    suggested_items: tuple[str, ...] = ()
    suggested_weight: Weight | None = None
    aliases: tuple[str, ...] = ()
    effort: Effort | None = None
    configurations: tuple[str, ...] = ()
    explained_by: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class PluginMeta:
    """A plugin's title, version and checks, by id, in the order of its file; the configurations they name."""

    title: Text
    version: str
    checks: dict[str, CheckMeta]
    configurations: dict[str, Configuration] = field(default_factory=dict)


@cache
def _adapter() -> TypeAdapter[PluginMeta]:
    return TypeAdapter(PluginMeta)


def to_json(meta: PluginMeta) -> bytes:
    """For the catalogue snapshot of a run."""
    return _adapter().dump_json(meta)


def from_json(data: bytes) -> PluginMeta:
    """What ``to_json`` wrote. Raises pydantic.ValidationError."""
    return _adapter().validate_json(data)


def load_checks(source: Source) -> PluginMeta:
    """The metadata in a ``checks.yaml``.

    Raises:
        ConfigError: all faults with their places: unknown keys, a language missing, placeholders that disagree.
    """
    located = load_yaml(source)
    entries = validate(_File, located)
    faults = list(_faults(entries, located))
    if faults:
        raise InvalidError(faults)
    checks = {name: entry.meta(name) for name, entry in entries.checks.items()}
    if entries.plugin.rules:
        checks = _with_rules(checks, source, entries.plugin.rules, located)
    names = dict.fromkeys(name for check in checks.values() for name in check.configurations)
    configurations = {name: read_configuration(source, name) for name in names}
    return PluginMeta(entries.plugin.title.text(), str(entries.plugin.version), checks, configurations)


def rules_of(checks: Path) -> Path | None:
    """Where the rules are that a ``checks.yaml`` names; None where it names none, or is no YAML."""
    try:
        written = load_yaml(checks).value
    except ConfigError:
        return None
    plugin = written.get("plugin") if isinstance(written, dict) else None
    name = plugin.get("rules") if isinstance(plugin, dict) else None
    return checks.parent / name if isinstance(name, str) and name else None


class BadPlaceholder(ValueError):  # noqa: N818 - it says what it is
    """A message with a placeholder that is more than a name."""


def placeholders(message: str) -> frozenset[str]:
    """The names of ``{name}`` placeholders in a message.

    Raises:
        BadPlaceholder: a brace that is not closed, or a placeholder with a format, an index or an attribute.
    """
    try:
        parts = list(Formatter().parse(message))
    except ValueError as error:
        raise BadPlaceholder(message) from error
    if any(spec or conversion or not _NAME.fullmatch(name) for _, name, spec, conversion in parts if name is not None):
        raise BadPlaceholder(message)
    return frozenset(name for _, name, _, _ in parts if name is not None)


_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHECK_ID = r"^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$"
_KEY = r"^[a-z0-9][a-z0-9-]*$"
_SAME = rf"^({'|'.join(Same)}|\{{{_NAME.pattern}\}})$"


class _Remedy(TextModel):
    role: Role

    def remedy(self) -> Remedy:
        return Remedy(self.role, self.text())


class _Reference(Strict):
    title: Words
    number: str = ""
    clause: str = ""
    url: str = Field("", pattern=r"^(https?://\S+)?$")
    confidence: Confidence = Confidence.VERIFIED

    def reference(self) -> Reference:
        return Reference(self.title, self.number, self.clause, self.url, self.confidence)


class _Suggestion(Strict):
    items: tuple[str, ...] = ()
    weight: Weight | None = None


class _Explanation(Strict):
    check: str = Field(pattern=_CHECK_ID, max_length=100)
    same: str = Field(pattern=_SAME)
    messages: tuple[Annotated[str, Field(pattern=_KEY)], ...] = ()
    theirs: tuple[Annotated[str, Field(pattern=_KEY)], ...] = ()

    def explanation(self) -> Explanation:
        return Explanation(self.check, self.same, self.messages, self.theirs)


class _Check(Strict):
    version: int | str = 1
    severity: Severity
    requires: Mode = Mode.PASSIVE
    applies_to: tuple[SiteKind, ...] = ()
    requests: int = Field(0, ge=0, le=10_000)
    cost_us: float = Field(0, ge=0)
    min_coverage: float = Field(0.8, ge=0, le=1)
    asks_closed: bool = False
    blurs: bool = False
    blurs_for: tuple[Annotated[str, Field(pattern=_KEY)], ...] = ()
    suggests: _Suggestion = _Suggestion()
    title: TextModel
    problem: TextModel | None = None
    rationale: TextModel
    remediation: tuple[_Remedy, ...] = Field(min_length=1)
    references: tuple[_Reference, ...] = ()
    aliases: tuple[Annotated[str, Field(pattern=_CHECK_ID)], ...] = ()
    messages: dict[Annotated[str, Field(pattern=_KEY)], TextModel] = Field(default_factory=dict)
    effort: Effort | None = None
    recheck: TextModel | None = None
    configurations: tuple[Annotated[str, Field(pattern=_KEY, max_length=60)], ...] = Field((), max_length=10)
    explained_by: tuple[_Explanation, ...] = Field((), max_length=20)

    def meta(self, name: str) -> CheckMeta:
        return CheckMeta(
            id=name,
            version=str(self.version),
            severity=self.severity,
            text=self._text(),
            requires=self.requires,
            applies_to=self.applies_to,
            requests=self.requests,
            cost_us=self.cost_us,
            min_coverage=self.min_coverage,
            asks_closed=self.asks_closed,
            blurs=self.blurs,
            blurs_for=self.blurs_for,
            suggested_items=self.suggests.items,
            suggested_weight=self.suggests.weight,
            aliases=self.aliases,
            effort=self.effort,
            configurations=self.configurations,
            explained_by=tuple(one.explanation() for one in self.explained_by),
        )

    def _text(self) -> CheckText:
        return CheckText(
            self.title.text(),
            self.rationale.text(),
            tuple(step.remedy() for step in self.remediation),
            tuple(entry.reference() for entry in self.references),
            {key: words.text() for key, words in self.messages.items()},
            self.recheck.text() if self.recheck else None,
            self.problem.text() if self.problem else None,
        )


class _Plugin(Strict):
    title: TextModel
    version: int | str = "1"
    rules: str = Field(
        "", pattern=r"^([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?$", description="a file or folder beside this"
    )


class _File(Strict):
    plugin: _Plugin
    checks: dict[Annotated[str, Field(pattern=_CHECK_ID, max_length=100)], _Check] = Field(min_length=1)


def _with_rules(checks: dict[str, CheckMeta], source: Source, name: str, located: Located) -> dict[str, CheckMeta]:
    """``checks`` with a message for each of their rules. Raises InvalidError for rules that no check judges."""
    from xuncha.rules.texts import messages_of, rules_beside  # noqa: PLC0415 - few plugins have rules

    rules = rules_beside(source, name)
    lacking = [rule for rule in rules if rule.check not in checks]
    if lacking:
        place = located.place(("plugin", "rules"))
        raise InvalidError(
            Problem(place, Text(f"没有检查点 {rule.check}", f"there is no check {rule.check}"), rule.id)
            for rule in lacking
        )
    return {
        name: replace(check, text=replace(check.text, messages=messages_of(rules, name, check.text.messages)))
        for name, check in checks.items()
    }


def _faults(entries: _File, located: Located) -> Iterator[Problem]:
    for name, entry in entries.checks.items():
        for key, words in entry.messages.items():
            yield from _message_faults(words, located, ("checks", name, "messages", key))
    yield from _alias_faults(entries.checks, located)
    yield from _explanation_faults(entries.checks, located)


def _message_faults(words: TextModel, located: Located, at: At) -> Iterator[Problem]:
    found: dict[str, frozenset[str]] = {}
    for lang, message in (("zh", words.zh), ("en", words.en)):
        try:
            found[lang] = placeholders(message)
        except BadPlaceholder:
            text = Text("占位符只能是简单名称，例如 {url}", "placeholders are plain names, such as {url}")
            hint = Text("文字中的花括号请写成 {{ 和 }}", "write {{ and }} for braces in the text")
            yield Problem(located.place((*at, lang)), text, dotted((*at, lang)), hint)
    odd = found.get("zh", frozenset()) ^ found.get("en", frozenset())
    if len(found) == 2 and odd:  # noqa: PLR2004 - both languages could be read
        names = ", ".join(sorted(odd))
        text = Text(f"中英文占位符不一致：{names}", f"zh and en disagree in placeholders: {names}")
        yield Problem(located.place(at), text, dotted(at))


def _alias_faults(checks: Mapping[str, _Check], located: Located) -> Iterator[Problem]:
    owners = dict.fromkeys(checks, "")
    for name, entry in checks.items():
        for index, alias in enumerate(entry.aliases):
            if alias in owners:
                at = ("checks", name, "aliases", index)
                text = Text(f"别名 {alias} 已被占用", f"alias {alias} is taken")
                yield Problem(located.place(at), text, dotted(at))
            owners[alias] = name


def _explanation_faults(checks: Mapping[str, _Check], located: Located) -> Iterator[Problem]:
    for name, entry in checks.items():
        for index, one in enumerate(entry.explained_by):
            if text := _misexplained(name, one, checks):
                at = ("checks", name, "explained_by", index)
                yield Problem(located.place(at), text, dotted(at))


def _misexplained(name: str, said: _Explanation, checks: Mapping[str, _Check]) -> Text | None:
    """What is wrong with an explanation, as far as one file can tell: the other check may be another plugin's."""
    own, other = checks[name].messages, checks.get(said.check)
    unknown = [key for key in said.messages if key not in own]
    unknown += [key for key in said.theirs if other and key not in other.messages]
    if unknown:
        return Text(f"没有这样的提示语：{', '.join(unknown)}", f"there is no message {', '.join(unknown)}")
    if said.same.startswith("{") and not any(said.same in words.zh for words in own.values()):
        return Text(f"提示语中没有参数 {said.same}", f"no message has the parameter {said.same}")
    if name in explainers(said.check, {check: entry.explained_by for check, entry in checks.items()}):
        return Text("检查点之间循环解释", "the checks explain each other in a circle")
    return None
