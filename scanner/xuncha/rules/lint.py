"""What is wrong with rules beyond their form: tests that fail, innocent answers by which they would accuse.

The shared corpus in ``negatives`` holds answers of sites on which nothing lies open: error pages that come as 200,
pages of scripts that answer for every address, challenges, redirects to a login, articles about the matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from pydantic import ConfigDict, Field

from xuncha.config.errors import ConfigError, Place, Problem
from xuncha.config.models import Lenient, Words
from xuncha.config.validation import validate
from xuncha.config.yaml import Source, load_yaml
from xuncha.model.text import Text
from xuncha.registry import discover
from xuncha.rules.format import files_of, read_rules
from xuncha.rules.http_file import read_answer
from xuncha.rules.model import Case, Rule, RuleConfidence
from xuncha.rules.response import Response

ORIGIN = "ORIGIN.yaml"
NEGATIVES = Path(str(files("xuncha.rules") / "negatives"))


class AnswerOrigin(Lenient):
    """Which program gave an answer: ``how`` tells the command or configuration, ``when`` the day."""

    program: Words
    version: Words
    how: Words
    when: Words


class OriginFile(Lenient):
    """``ORIGIN.yaml`` beside answers of real programs: what is said of all of them, and of single ones by file name."""

    model_config = ConfigDict(title="Origin of answers")

    program: Words
    version: Words
    how: Words
    when: Words
    files: dict[str, AnswerOrigin] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Linted:
    """What was looked at, and what is wrong with it."""

    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()
    tests: int = 0
    verified: int = 0


@dataclass(slots=True)
class Corpus:
    """Answers by file, read once."""

    answers: dict[Path, Response] = field(default_factory=dict)

    def read(self, file: Path) -> Response:
        """The answer in a file. Raises ConfigError."""
        if file not in self.answers:
            self.answers[file] = read_answer(file)
        return self.answers[file]


def lint(source: Source, tests: Path | None = None, negatives: Path = NEGATIVES) -> Linted:
    """Everything wrong with the rules of a file or folder; ``tests`` is where files of answers are looked for.

    Without it they are looked for beside the rules.
    """
    try:
        rules = read_rules(source)
    except ConfigError as error:
        return Linted(problems=error.problems)
    if not files_of(source):
        text = Text("没有规则文件（须以 .yaml 结尾）", "no file of rules (*.yaml; other suffixes are not read)")
        return Linted(problems=(Problem(Place(str(source)), text),))
    corpus = Corpus()
    problems = [*_misplaced(rules)]
    problems += [problem for rule in rules for problem in _faults(rule, tests, corpus)]
    problems += _accused(rules, negatives, corpus)
    count = sum(len(rule.positive) + len(rule.negative) for rule in rules)
    return Linted(rules, tuple(problems), count, sum(rule.confidence is RuleConfidence.VERIFIED for rule in rules))


def _misplaced(rules: Sequence[Rule]) -> Iterator[Problem]:
    """Rules that bear the name of a plugin of ours, and rules whose family no check judges."""
    for rule in rules:
        owner = rule.id.partition(".")[0]
        if not _may_own(owner, rule.source):
            yield _of(
                rule,
                f"{owner} 是内置插件的名称，请用贵单位的名称作为编号开头",
                f"{owner} is a plugin of Xuncha's own: begin ids with the name of your plugin",
            )
        yield from _without_check(rule)


def _without_check(rule: Rule) -> Iterator[Problem]:
    """A family is judged by the check of its name in ``checks.yaml``; where there is none, it is one of ours."""
    checks = _checks_near(rule.source.parent) if rule.source else None
    place = rule.family_place or Place(str(rule.source or ""), rule.line or None)
    if checks is not None and rule.check not in checks:
        known = ", ".join(sorted(checks))
        text = Text(
            f"checks.yaml 中没有对应的检查 {rule.check}（现有：{known}）",
            f"checks.yaml has no check {rule.check} for this family (it has: {known})",
        )
        yield Problem(place, text, rule.id)
    elif checks is None and rule.family not in (families := _families()):
        known = ", ".join(sorted(families))
        text = Text(
            f"没有类别 {rule.family}（现有：{known}）；自设类别须在规则旁的 checks.yaml 中写明检查 {rule.check}",
            f"there is no family {rule.family} (there are: {known}); "
            f"one of your own needs its check {rule.check} in a checks.yaml beside the rules",
        )
        yield Problem(place, text, rule.id)


@cache
def _families() -> frozenset[str]:
    """Those of our own plugins that have rules."""
    judged = (_checks_near(folder) or frozenset() for folder in _built_in().values() if (folder / "rules").is_dir())
    return frozenset(check.partition(".")[2] for checks in judged for check in checks)


@cache
def _built_in() -> dict[str, Path]:
    """The folders of our own plugins by name."""
    found = {ref.name: find_spec(ref.module) for ref in discover() if ref.distribution == "xuncha"}
    return {name: Path(spec.origin).parent for name, spec in found.items() if spec and spec.origin}


def _may_own(owner: str, source: Path | None) -> bool:
    folder = _built_in().get(owner)
    return folder is None or source is None or source.resolve().is_relative_to(folder.resolve())


@cache
def _checks_near(folder: Path) -> frozenset[str] | None:
    """The ids in the ``checks.yaml`` beside the rules or one folder above; None without a readable one."""
    file = next((one for one in (folder / "checks.yaml", folder.parent / "checks.yaml") if one.is_file()), None)
    try:
        written = load_yaml(file).value if file else None
    except ConfigError:
        return None
    checks = written.get("checks") if isinstance(written, dict) else None
    return frozenset(map(str, checks)) if isinstance(checks, dict) else None


def _faults(rule: Rule, tests: Path | None, corpus: Corpus) -> Iterator[Problem]:
    folder = tests or (rule.source.parent if rule.source else Path())
    for kind, cases in (("positive", rule.positive), ("negative", rule.negative)):
        for number, case in enumerate(cases, 1):
            try:
                answer = case.answer or corpus.read(folder / case.file)
            except ConfigError as error:
                yield from error.problems
                continue
            yield from _wrong(rule, kind, number, case, answer)
    if rule.confidence is RuleConfidence.VERIFIED:
        yield from _unproven(rule, folder)


def _wrong(rule: Rule, kind: str, number: int, case: Case, answer: Response) -> Iterator[Problem]:
    held = rule.proof.match(answer) is not None
    if held is (kind == "positive"):
        return
    name = case.file or f"tests.{kind}[{number}]"
    if held:
        yield _of(rule, f"不应命中 {name}", f"must not find by {name}")
    else:
        yield _of(rule, f"应当命中 {name}，却没有命中", f"finds nothing by {name}, and should")


def _unproven(rule: Rule, folder: Path) -> Iterator[Problem]:
    """A rule is verified by an answer whose origin is told."""
    files = [folder / case.file for case in rule.positive if case.file]
    if not files:
        yield _of(
            rule, "confidence: verified 需要真实程序的应答文件", "verified needs a file with a real program's answer"
        )
    for file in files:
        try:
            validate(OriginFile, load_yaml(file.parent / ORIGIN))
        except ConfigError as error:
            yield from error.problems


def _accused(rules: Sequence[Rule], negatives: Path, corpus: Corpus) -> Iterator[Problem]:
    """Every rule against every innocent answer."""
    for file in sorted(negatives.rglob("*.http")):
        try:
            answer = corpus.read(file)
        except ConfigError as error:
            yield from error.problems
            continue
        for rule in rules:
            if rule.proof.match(answer) is not None:
                yield _of(rule, f"误报：命中公共反例 {file.name}", f"accuses the innocent: finds by {file.name}")


def _of(rule: Rule, zh: str, en: str) -> Problem:
    return Problem(Place(str(rule.source or ""), rule.line or None), Text(zh, en), rule.id)
