"""From the rows of a workbook to what people decided: the whole file or nothing of it, with every fault at its cell."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xuncha.baseline.entries import MOST_NAME, MOST_NOTE
from xuncha.config.errors import ConfigError, Place, Problem, one_of, quoted
from xuncha.model.outcome import Review
from xuncha.model.review import DISMISSED, Reviewed
from xuncha.model.text import Lang, Text
from xuncha.review.columns import BY, FINDING, LAST, REASON, RUN, VERDICT, last_words, verdict_called, verdict_words
from xuncha.review.filled import Filled, Sheets, unusable
from xuncha.review.log import Decision
from xuncha.selfcheck.departments import harmless
from xuncha.store.mask import mask_text

FINGERPRINT = re.compile(r"v1:[0-9a-f]{32}")

Known = Mapping[str, tuple[str, str]]
"""The site and check of every finding of a run, by fingerprint."""


class ReviewError(ConfigError):
    """A workbook with faults; nothing of it was taken in."""


@dataclass(slots=True)
class Taken:
    """What a workbook says: decisions by run, how many rows say nothing new, how many change what stood, and notes."""

    decisions: dict[str, list[Decision]] = field(default_factory=dict)
    unchanged: int = 0
    changed: int = 0
    said: Counter[Review] = field(default_factory=Counter)
    notes: list[Problem] = field(default_factory=list)


def runs_named(sheets: Sheets) -> list[str]:
    """The runs that rows belong to, in the order in which they come."""
    return list(dict.fromkeys(name for row in sheets.rows if (name := row.text(RUN))))


def take(sheets: Sheets, known: Mapping[str, Known], standing: Mapping[str, Reviewed], by: str = "") -> Taken:
    """What the rows say.

    Args:
        sheets: the rows as they were read.
        known: the findings of each run that rows name.
        standing: what people have said by now.
        by: whose word it is where a row does not say.

    Raises:
        ReviewError: every fault, each with sheet, row, column and what to do.
    """
    taking = _Taking(known, standing, by, list(sheets.problems))
    for row in sheets.rows:
        taking.row(row)
    if taking.problems:
        raise ReviewError(taking.problems)
    taking.taken.notes = [*sheets.notes, *taking.noted()]
    return taking.taken


@dataclass(slots=True)
class _Taking:
    known: Mapping[str, Known]
    standing: Mapping[str, Reviewed]
    by: str
    problems: list[Problem]
    taken: Taken = field(default_factory=Taken)
    seen: dict[str, tuple[Decision, Filled]] = field(default_factory=dict)
    unnamed: list[Filled] = field(default_factory=list)
    cleared: list[Filled] = field(default_factory=list)
    meanwhile: list[Filled] = field(default_factory=list)

    def row(self, row: Filled) -> None:
        wrong = list(unusable(row))
        self.problems += wrong
        if wrong or self._says_nothing(row):
            return
        wrong = list(self._faults(row))
        self.problems += wrong
        if not wrong:
            self._decide(row)

    def _says_nothing(self, row: Filled) -> bool:
        """Whether it was left as it was exported, or holds no verdict."""
        verdict, last = row.text(VERDICT), row.text(LAST)
        if not verdict and not row.text(REASON):
            self.unnamed += [row] if row.text(BY) and not last else []
            self.cleared += [row] if last else []
            return True
        as_it_was = bool(last) and " ".join(last_words(verdict, row.text(BY), row.text(REASON)).split()) == last
        self.taken.unchanged += as_it_was
        return as_it_was

    def _faults(self, row: Filled) -> Iterator[Problem]:
        yield from self._belongs(row)
        word, by, reason = row.text(VERDICT), row.text(BY) or self.by, row.text(REASON)
        verdict = verdict_called(word)
        if verdict is None:
            allowed = one_of(verdict_words(one, "zh") for one in Review)
            text = Text(f"没有这个结论：{quoted(word, 20)}", f"there is no verdict {quoted(word, 20)}")
            yield row.problem(VERDICT, text if word else _NO_VERDICT, allowed)
        if not by:
            hint = Text("请填写姓名，或导入时加 --by 姓名", "write the name, or import with --by NAME")
            yield row.problem(BY, Text("没有写复核人", "does not say who reviewed"), hint)
        if verdict in DISMISSED and not reason:
            text = Text("认定误报、不作为问题须写明理由", "a false positive or what is accepted needs a reason")
            yield row.problem(REASON, text, Text("请补上理由", "add it"))
        for column, said, most in ((BY, by, MOST_NAME), (REASON, reason, MOST_NOTE)):
            if len(said) > most:
                yield row.problem(column, Text(f"超过 {most} 个字", f"has more than {most} characters"))

    def _belongs(self, row: Filled) -> Iterator[Problem]:
        """Whether it is about a finding of the run that it names."""
        finding, run = row.text(FINDING), row.text(RUN)
        hint = Text("请从导出的表中照抄整行", "copy the whole row from what was exported")
        if run not in self.known:
            text = Text(f"没有检查记录 {quoted(run, 40)}", f"there is no run {quoted(run, 40)}")
            yield row.problem(RUN, text, hint)
        elif not FINGERPRINT.fullmatch(finding) or finding not in self.known[run]:
            text = Text(
                f"该次检查中没有这个问题：{quoted(finding, 40)}", f"the run has no finding {quoted(finding, 40)}"
            )
            yield row.problem(FINDING, text, hint)

    def _decide(self, row: Filled) -> None:
        finding, verdict = row.text(FINDING), verdict_called(row.text(VERDICT))
        site, check = self.known[row.text(RUN)][finding]
        said = Decision(finding, site, check, verdict, row.text(BY) or self.by, row.text(REASON))
        if finding in self.seen:
            self._again(row, said)
            return
        self.seen[finding] = (said, row)
        before = self.standing.get(finding)
        if before and (before.verdict, before.by, before.reason) == (verdict, said.by, mask_text(said.reason)):
            self.taken.unchanged += 1
            return
        if before:
            self.taken.changed += 1
            self.meanwhile += [] if row.text(LAST) in _as_exported(before) else [row]
        assert verdict is not None
        self.taken.said[verdict] += 1
        self.taken.decisions.setdefault(row.text(RUN), []).append(said)

    def _again(self, row: Filled, said: Decision) -> None:
        """The same finding once more, which is no fault if both rows say the same."""
        first, other = self.seen[said.fingerprint]
        if first != said:
            line = other.at.line
            text = Text(f"与第 {line} 行是同一个问题，结论不同", f"the finding of row {line}, and another verdict")
            self.problems.append(row.problem(VERDICT, text, Text("请只保留一行", "leave only one of them")))

    def noted(self) -> Iterator[Problem]:
        """What is worth knowing of rows that were left out or that overrule somebody."""
        for rows, text in ((self.unnamed, _UNNAMED), (self.cleared, _CLEARED), (self.meanwhile, _MEANWHILE)):
            if rows:
                first = rows[0].at
                yield Problem(Place(first.file, sheet=first.sheet), text, _listed(rows))


_UNNAMED = Text("只填了复核人、没有结论的行未采用", "rows with a name and no verdict were not used")
_CLEARED = Text(
    "清空了结论的行不作改动；要撤回请用 xuncha review --retract",
    "a verdict that was cleared stays; xuncha review --retract takes it back",
)
_MEANWHILE = Text(
    "导出以后又有人复核过，以这次导入的为准",
    "somebody has reviewed these after the export; what is imported now takes the place of that",
)
_NO_VERDICT = Text("填了理由，没有选复核结论", "there is a reason and no verdict")
_MOST_LISTED = 8
_LANGS: tuple[Lang, ...] = ("zh", "en")


def _listed(rows: Iterable[Filled]) -> str:
    lines = [str(row.at.line) for row in rows]
    more = f"… ({len(lines)})" if len(lines) > _MOST_LISTED else ""
    return ", ".join(lines[:_MOST_LISTED]) + more


def _as_exported(said: Reviewed) -> set[str]:
    """What ``LAST`` says of it, in either language."""
    by, reason = harmless(said.by), harmless(said.reason)
    return {" ".join(last_words(verdict_words(said.verdict, lang), by, reason).split()) for lang in _LANGS}
