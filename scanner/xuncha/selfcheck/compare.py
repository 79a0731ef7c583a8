"""Declared beside observed, question by question. Pure: what was declared and what a run saw in, relations out.

A disagreement is said only where both sides are certain; what could not be looked at is said to be so. Nothing here
changes a verdict.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from xuncha.model.outcome import Status
from xuncha.model.selfcheck import (
    Answer,
    Answering,
    Compared,
    Declared,
    Observation,
    Question,
    Relation,
    SelfCheck,
)
from xuncha.model.text import Text
from xuncha.selfcheck.answers import fits, shown
from xuncha.store.format import visible
from xuncha.store.labels import label

if TYPE_CHECKING:
    from xuncha.store.result import OutcomeView

Titles = Mapping[str, Text]
"""The titles of checks."""

Facts = Mapping[str, Any]
"""Stored facts by name, as JSON."""

NOTHING = Text("", "")
_LEFT_ASIDE = frozenset({Status.NOT_RUN, Status.NOT_APPLICABLE})
_MOST_NAMED = 3
_MOST_VALUES = 5


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a run tells about a question. ``value`` empty: it could not be told; ``least``: there may be more of it."""

    value: str = ""
    words: Text = NOTHING
    why: Text = NOTHING
    checks: tuple[str, ...] = ()
    least: bool = False
    values: tuple[str, ...] = field(default=())


def compare(
    declared: Declared, site: str, outcomes: Sequence["OutcomeView"], titles: Titles, facts: Facts
) -> SelfCheck:
    """自查与检查对照 of one site; without rows where nothing was declared of it."""
    form, said = declared.form, declared.sites.get(site)
    if said is None:
        return SelfCheck(form.title)
    rows = (_row(question, said.answers.get(question.id), outcomes, titles, facts) for question in form.questions)
    who = (said.filled_by, said.filled_on, said.unit, said.reviewer, said.taken_at, said.file, said.sha256)
    return SelfCheck(form.title, *who, rows=tuple(rows), items=form.items)


def facts_asked(declared: Declared) -> frozenset[str]:
    """The names of the facts that the form compares with."""
    asked = (question.observed for question in declared.form.questions if question.observed)
    return frozenset(one.fact for one in asked if one.fact)


def _row(
    question: Question, answer: Answer | None, outcomes: Sequence["OutcomeView"], titles: Titles, facts: Facts
) -> Compared:
    seen = _seen(question, question.observed, outcomes, titles, facts) if question.observed else None
    relation, note = _relation(question, answer.value, seen) if answer else (_unanswered(seen), NOTHING)
    says = shown(question, answer.value) if answer else NOTHING
    why = _joined([note, seen.why if seen else NOTHING], Text("；", "; "))
    found = seen.words if seen else NOTHING
    return Compared(question.id, question.item, question.ask, relation, says, found, why, seen.checks if seen else ())


def _relation(question: Question, value: str, seen: _Seen | None) -> tuple[Relation, Text]:
    if not fits(question, value):
        return Relation.UNCLEAR, Text("自查表已改，原来的答案不再适用", "the form has changed since it was answered")
    if seen is None:
        return Relation.DECLARED_ONLY, NOTHING
    if not seen.value:
        return (Relation.UNCLEAR if seen.checks else Relation.DECLARED_ONLY), NOTHING
    match question.kind:
        case Answering.COUNT:
            return _counts(int(value), int(seen.value), seen)
        case Answering.NUMBER:
            return _numbers(value, seen)
        case _:
            return _choices(question, value, seen)


def _unanswered(seen: _Seen | None) -> Relation:
    return Relation.OBSERVED_ONLY if seen and seen.value else Relation.NEITHER


def _choices(question: Question, value: str, seen: _Seen) -> tuple[Relation, Text]:
    if value == seen.value:
        return Relation.AGREE, NOTHING
    observed = question.observed or Observation()
    if len(question.options) > 2 and value not in {observed.passed, observed.failed}:  # noqa: PLR2004 - yes, no
        return Relation.UNCLEAR, Text("检查不能区分这一答案", "the checks can't tell this answer from others")
    return Relation.DISAGREE, NOTHING


def _counts(said: int, found: int, seen: _Seen) -> tuple[Relation, Text]:
    if found > said:
        return Relation.DISAGREE, Text("检查发现的更多", "the run found more")
    if said > found:
        return Relation.UNCLEAR, Text(
            "自查数多于检查所见，可能已整改，或检查没有看全",
            "more was declared: it may be mended by now, or was not seen",
        )
    if seen.least and not found:
        return Relation.UNCLEAR, Text("没有看全，看到的部分未发现", "not everything was seen; none in what was")
    return Relation.AGREE, NOTHING


def _numbers(value: str, seen: _Seen) -> tuple[Relation, Text]:
    """Numbers are the same when their longest runs of digits are."""
    own = _digits(value)
    found = {_digits(one) for one in seen.values} - {""}
    if not found:
        if own:
            return Relation.UNCLEAR, Text("页面上没有标明", "the pages do not show one")
        return Relation.AGREE, NOTHING
    return (Relation.AGREE if own in found else Relation.DISAGREE), NOTHING


def _digits(text: str) -> str:
    return max(re.findall(r"[0-9]{5,}", text), key=len, default="")


def _seen(
    question: Question, asked: Observation, outcomes: Sequence["OutcomeView"], titles: Titles, facts: Facts
) -> _Seen:
    found = [one for one in outcomes if one.admitted and _asks(asked, one.check)]
    looked = [one for one in found if one.status not in _LEFT_ASIDE]
    if not looked:
        return _Seen(why=_because(found, titles))
    match question.kind:
        case Answering.COUNT:
            return _counted(looked, titles)
        case Answering.NUMBER:
            return _shown_numbers(asked, looked, titles, facts)
        case _:
            return _chosen(question, asked, found, titles)


def _asks(asked: Observation, check: str) -> bool:
    return any(fnmatchcase(check, pattern) for pattern in asked.checks)


def _chosen(question: Question, asked: Observation, found: Sequence["OutcomeView"], titles: Titles) -> _Seen:
    looked = [one for one in found if one.status not in _LEFT_ASIDE]
    failed = [one for one in looked if _failed(one)]
    unsure = [one for one in looked if one not in failed and not _passed(one)]
    left_out = _left_out(asked, found)
    value = "" if left_out.zh else asked.failed if failed else "" if unsure else asked.passed
    words = shown(question, value) if value else Text("不能确定", "could not tell")
    why = _joined([_because(failed or unsure or looked, titles), left_out], Text("；", "; "))
    return _Seen(value, words, why, tuple(one.check for one in looked))


def _left_out(asked: Observation, found: Sequence["OutcomeView"]) -> Text:
    """Whether checks without which nothing can be told were not part of the run; those that don't suit leave no gap."""
    there = {one.check for one in found if one.status is not Status.NOT_RUN}
    count = len(set(asked.needs) - there)
    words = Text(f"这次没有检查的还有 {count} 个检查点，缺了不能下结论", f"{count} checks that this needs were not run")
    return words if count else NOTHING


def _failed(outcome: "OutcomeView") -> bool:
    """Whether it failed for certain: on a verified value. What people have dismissed is no failure any more."""
    return outcome.status is Status.FAIL and not outcome.unverified


def _passed(outcome: "OutcomeView") -> bool:
    return outcome.status is Status.PASS


def _counted(looked: Sequence["OutcomeView"], titles: Titles) -> _Seen:
    answered = [one for one in looked if one.status in {Status.PASS, Status.FAIL, Status.WARN}]
    checks = tuple(one.check for one in looked)
    if not answered:
        return _Seen(words=Text("不能确定", "could not tell"), why=_because(looked, titles), checks=checks)
    total = sum(_failures(one) for one in answered)
    least = len(answered) < len(looked) or not all(one.coverage.complete for one in answered)
    words = Text(f"至少 {total}" if least else str(total), f"at least {total}" if least else str(total))
    problems = [one for one in answered if one.status is not Status.PASS] or looked
    return _Seen(str(total), words, _because(problems, titles), checks, least)


def _failures(outcome: "OutcomeView") -> int:
    """Findings that are certain; beyond the kept ones only where all kept ones are."""
    if not _failed(outcome):
        return 0
    standing = [one for one in outcome.findings if not one.dismissed]
    certain = [one for one in standing if one.status is Status.FAIL]
    more = outcome.findings_total - len(outcome.findings)
    return len(certain) + (more if len(certain) == len(standing) else 0)


def _shown_numbers(asked: Observation, looked: Sequence["OutcomeView"], titles: Titles, facts: Facts) -> _Seen:
    checks, why = tuple(one.check for one in looked), _because(looked, titles)
    values = tuple(dict.fromkeys(visible(str(one)) for one in _at(facts.get(asked.fact), asked.path) if one))
    if values:
        words = "、".join(values[:_MOST_VALUES])
        return _Seen("shown", Text(words, words.replace("、", ", ")), why, checks, values=values)
    if any(_failed(one) for one in looked):
        return _Seen("none", Text("页面上没有标明", "not on the pages"), why, checks)
    return _Seen("", Text("不能确定", "could not tell"), why, checks)


def _at(value: Any, path: str) -> list[Any]:
    """The values at a path such as ``home[].filings[].number.written``; none where the fact has another shape."""
    found = [value]
    for step in path.split("."):
        name = step.removesuffix("[]")
        found = [one[name] for one in found if isinstance(one, dict) and name in one]
        if step.endswith("[]"):
            found = [each for one in found if isinstance(one, list) for each in one]
    return [one for one in found if isinstance(one, str | int)]


def _because(outcomes: Sequence["OutcomeView"], titles: Titles) -> Text:
    """Which checks say so."""
    parts = [_says(one, titles) for one in outcomes[:_MOST_NAMED]]
    more = len(outcomes) - _MOST_NAMED
    parts += [Text(f"另有 {more} 个检查点", f"and {more} more")] if more > 0 else []
    return _joined(parts, Text("；", "; "))


def _says(outcome: "OutcomeView", titles: Titles) -> Text:
    title = titles.get(outcome.check, Text(outcome.check, outcome.check))
    reason = outcome.reason if outcome.status not in {Status.PASS, Status.FAIL} else None
    zh = label("status", outcome.status, "zh") + (f"（{reason.zh}）" if reason else "")
    en = label("status", outcome.status, "en") + (f" ({reason.en})" if reason else "")
    return Text(f"{title.zh}：{zh}", f"{title.en}: {en}")


def _joined(parts: Sequence[Text], mark: Text) -> Text:
    there = [part for part in parts if part.zh or part.en]
    return Text(mark.zh.join(part.zh for part in there), mark.en.join(part.en for part in there))
