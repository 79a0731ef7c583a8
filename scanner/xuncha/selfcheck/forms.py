"""Reads self-check forms: questions, options and what of a run tells about them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from xuncha.config.errors import InvalidError, Problem, quoted
from xuncha.config.library import find
from xuncha.config.models import Strict, TextModel, Words
from xuncha.config.validation import refuse, validate
from xuncha.config.yaml import Located, Source, load_yaml
from xuncha.model.selfcheck import Answering, Form, Observation, Option, Question, Section
from xuncha.model.text import Text
from xuncha.selfcheck.answers import folded_heading

FORM = "notice"
"""The form that is used unless somebody names another."""

_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
_LONGEST_LIST = 255
"""Characters of all options of a drop-down list together; spreadsheets take no more."""


def load_form(name: str, search: Sequence[Source]) -> Form:
    """The form that a name or a path stands for.

    Raises:
        ConfigError: every fault with its place; a name that nobody offers.
    """
    source = find("forms", name, search)
    located = load_yaml(source)
    file = validate(_File, located)
    problems = list(_faults(file, located))
    if problems:
        raise InvalidError(problems)
    return file.form(source.name.removesuffix(".yaml").removesuffix(".yml"))


class _Option(TextModel):
    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,20}$")]
    also: tuple[Words, ...] = ()


class _Observation(Strict):
    checks: Annotated[tuple[Words, ...], Field(min_length=1)]
    passed: str = ""
    failed: str = ""
    fact: str = ""
    path: str = ""
    needs: tuple[Words, ...] = ()


class _Question(Strict):
    id: _Id
    kind: Answering
    title: TextModel
    ask: TextModel
    hint: TextModel
    item: str = ""
    options: tuple[_Option, ...] = ()
    also: tuple[Words, ...] = ()
    prefill: str = ""
    width: Annotated[int, Field(ge=6, le=60)] = 12
    observed: _Observation | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if (self.kind is Answering.CHOICE) != bool(self.options):
            raise refuse("choice 必须写 options，其他类型不能写", "options belong to a choice, and only there")
        if any(len(",".join(option.of(lang) for option in self.texts)) > _LONGEST_LIST for lang in ("zh", "en")):
            raise refuse("选项合计不能超过 255 个字符", "the options are longer than 255 characters together")
        codes = {option.code for option in self.options} | {""}
        if self.observed and not {self.observed.passed, self.observed.failed} <= codes:
            raise refuse("passed、failed 必须是选项的 code", "passed and failed are codes of options")
        return self

    @property
    def texts(self) -> list[Text]:
        return [option.text() for option in self.options]

    def question(self) -> Question:
        return Question(
            id=self.id,
            title=self.title.text(),
            ask=self.ask.text(),
            hint=self.hint.text(),
            kind=self.kind,
            item=self.item,
            options=tuple(Option(option.code, option.text(), option.also) for option in self.options),
            also=self.also,
            prefill=self.prefill,
            width=self.width,
            observed=Observation(**self.observed.model_dump()) if self.observed else None,
        )


class _Section(Strict):
    id: _Id
    title: TextModel
    questions: Annotated[tuple[_Question, ...], Field(min_length=1)]


class _File(Strict):
    title: TextModel
    source: Words
    guidance: tuple[TextModel, ...] = ()
    cover: tuple[_Question, ...]
    items: dict[str, TextModel] = Field(default_factory=dict)
    sections: Annotated[tuple[_Section, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _asks_who_and_when(self) -> Self:
        if not {"filled-by", "filled-on"} <= {question.id for question in self.cover}:
            raise refuse("cover 中必须有 filled-by 和 filled-on", "cover asks for filled-by and filled-on")
        return self

    def form(self, name: str) -> Form:
        return Form(
            id=name,
            title=self.title.text(),
            source=self.source,
            cover=tuple(question.question() for question in self.cover),
            sections=tuple(
                Section(one.id, one.title.text(), tuple(question.question() for question in one.questions))
                for one in self.sections
            ),
            items={item: text.text() for item, text in self.items.items()},
            guidance=tuple(text.text() for text in self.guidance),
        )


def _faults(file: _File, located: Located) -> Iterator[Problem]:
    """Ids and headings that stand twice: a column must mean one question."""
    questions = [*file.cover, *(question for section in file.sections for question in section.questions)]
    ids = Counter(question.id for question in questions)
    heads = Counter(
        (lang, folded_heading(question.title.text().of(lang))) for question in questions for lang in ("zh", "en")
    )
    twice = [name for name, count in ids.items() if count > 1]
    twice += [head for (_, head), count in heads.items() if count > 1]
    for name in twice:
        yield Problem(located.place(), Text(f"{quoted(name)} 重复", f"{quoted(name)} appears twice"))
