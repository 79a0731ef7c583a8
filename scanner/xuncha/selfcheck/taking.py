"""Takes a filled-in form in: the whole file or nothing of it, with every fault at its cell."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xuncha.config.errors import ConfigError, Place, Problem
from xuncha.config.yaml import Source
from xuncha.inventory.values import BadCell
from xuncha.model.selfcheck import Answer, Answering, Declaration, Form, Question
from xuncha.model.text import Text
from xuncha.selfcheck.answers import parse_answer
from xuncha.selfcheck.grid import Grid, read_grids
from xuncha.selfcheck.known import Known
from xuncha.selfcheck.tables import Answers, Contents, Placed, Reader, agreed
from xuncha.store.mask import clean_line, mask_form


class SelfCheckError(ConfigError):
    """A filled-in form with faults; nothing of it was taken in."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file declares, by site. ``untouched`` sites hold nothing but what had been filled in beforehand."""

    declarations: tuple[Declaration, ...]
    telephone: str = ""
    untouched: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()


def take(source: Source, form: Form, known: Known, now: datetime) -> Taken:
    """What a workbook declares.

    Args:
        source: the file, whatever became of its columns, sheets and formats.
        form: what was asked.
        known: the websites that may stand in it.
        now: in Asia/Shanghai; nothing can have happened later.

    Raises:
        UnreadableError: no workbook, or one that can't be read within the limits.
        SelfCheckError: every fault in it, each with sheet, row, column and what to do.
    """
    body, grids = read_grids(source)
    return declared_in(grids, hashlib.sha256(body).hexdigest(), source.name, form, known, now)


def declared_in(grids: Sequence[Grid], sha256: str, file: str, form: Form, known: Known, now: datetime) -> Taken:
    """What the sheets of a workbook declare; see ``take``. Raises SelfCheckError."""
    contents = Reader(form, known, file).read(grids)
    return _Taking(form, contents, file, now).all(sha256)


class _Taking:
    """From cells to answers, for one file."""

    def __init__(self, form: Form, contents: Contents, file: str, now: datetime) -> None:
        self._form = form
        self._contents = contents
        self._file = file
        self._now = now
        self._problems = list(contents.problems)
        self._formulas: list[str] = []
        self._masked: list[str] = []

    def all(self, sha256: str) -> Taken:
        cover = self._answers(self._form.cover, self._contents.cover)
        by, on = self._who_and_when(cover)
        sites = {site: self._answers(self._form.questions, said) for site, said in self._contents.sites.items()}
        touched = {site: said for site, said in sites.items() if any(map(self._is_answer, said))}
        if not touched and not self._problems:
            text = Text("没有填写任何答案", "nothing was filled in")
            self._problems.append(Problem(Place(self._file), text))
        if self._problems:
            raise SelfCheckError(self._problems)
        assert on is not None
        unit, reviewer = _value(cover, "unit"), _value(cover, "reviewer")
        return Taken(
            tuple(
                Declaration(
                    site, said, by, on, self._now, sha256, unit, reviewer, mask_form(clean_line(self._file))[:200]
                )
                for site, said in touched.items()
            ),
            _value(cover, "telephone"),
            tuple(site for site in sites if site not in touched),
            (*self._contents.notes, *self._said()),
        )

    def _is_answer(self, question: str) -> bool:
        """Whether it says more than what the form had brought along."""
        return any(one.id == question and not one.prefill for one in self._form.questions)

    def _who_and_when(self, cover: Mapping[str, Answer]) -> tuple[str, date | None]:
        on = _value(cover, "filled-on")
        for name in ("filled-by", "filled-on"):
            if name not in cover and name not in self._contents.cover:
                title = next(question.title for question in self._form.cover if question.id == name)
                text = Text(f"没有填写“{title.zh}”", f"“{title.en}” is not filled in")
                hint = Text("请在“填报说明”工作表中补上", "fill it in on the first sheet")
                self._problems.append(Problem(Place(self._file), text, hint=hint))
        if on and len(on) < len("2026-03-01"):
            placed = self._contents.cover["filled-on"][0]
            self._problems.append(placed.problem(Text("请写到日", "the day is needed")))
            on = ""
        return _value(cover, "filled-by"), date.fromisoformat(on) if on else None

    def _answers(self, questions: tuple[Question, ...], said: Answers) -> dict[str, Answer]:
        found = {}
        for question in questions:
            if question.id in said:
                placed, problem = agreed(said[question.id])
                self._problems += [problem] if problem else []
                if answer := self._answer(question, placed):
                    found[question.id] = answer
        return found

    def _answer(self, question: Question, placed: Placed) -> Answer | None:
        problem = _unusable(question, placed)
        if problem:
            self._problems.append(problem)
            return None
        try:
            value = parse_answer(question, placed.cell.text, self._now.date())
        except BadCell as error:
            self._problems.append(placed.problem(_masked(error.text), error.hint))
            return None
        where = f"{placed.place.sheet}!{placed.cell.name}"
        self._formulas += [where] if placed.cell.formula else []
        hidden = mask_form(value)
        self._masked += [where] if hidden != value else []
        return Answer(hidden, mask_form(clean_line(placed.cell.text)), clean_line(where))

    def _said(self) -> Iterator[Problem]:
        place = Place(self._file)
        if self._formulas:
            where = _listed(self._formulas)
            yield Problem(
                place,
                Text(f"公式按保存时显示的结果读取：{where}", f"formulas were read as they showed when saved: {where}"),
            )
        if self._masked:
            where = _listed(self._masked)
            yield Problem(
                place,
                Text(
                    f"手机号、证件号等个人信息遮盖后保存：{where}",
                    f"personal numbers are masked before they are kept: {where}",
                ),
            )


def _unusable(question: Question, placed: Placed) -> Problem | None:
    """What is wrong with the cell itself, whatever it was meant to say."""
    cell = placed.cell
    retype = Text("请直接填写答案，不要用公式", "type the answer in, without a formula")
    if cell.kind == "error":
        return placed.problem(Text(f"单元格出错：{cell.text}", f"the cell has an error: {cell.text}"), retype)
    if cell.formula and not cell.text:
        return placed.problem(Text("公式没有保存结果", "a formula without a stored result"), retype)
    if question.kind is Answering.DATE and cell.kind == "number" and "." in cell.text:
        text = Text(f"无法确定月份：{cell.text}", f"the month is not certain: {cell.text}")
        hint = Text("数字 2026.10 会变成 2026.1；请写作 2026-10", "2026.10 becomes 2026.1 as a number; write 2026-10")
        return placed.problem(text, hint)
    return None


def _value(answers: Mapping[str, Answer], question: str) -> str:
    return answers[question].value if question in answers else ""


def _masked(text: Text) -> Text:
    """A message that quotes what was filled in."""
    return Text(mask_form(text.zh), mask_form(text.en))


_MOST_LISTED = 8


def _listed(places: list[str]) -> str:
    more = "…" if len(places) > _MOST_LISTED else ""
    return clean_line("、".join(places[:_MOST_LISTED])) + more
