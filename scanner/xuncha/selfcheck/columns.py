"""What the columns of a form are called: those that name the website, and those that ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from xuncha.model.selfcheck import Form, Question
from xuncha.model.text import Text
from xuncha.selfcheck.answers import folded_heading


@dataclass(frozen=True, slots=True)
class Key:
    """A column that tells which website a row is about."""

    id: str
    title: Text
    also: tuple[str, ...] = ()


NAME = Key("name", Text("网站名称", "Website"), ("名称", "站点名称", "网站", "site", "name"))
ADDRESS = Key("url", Text("网址", "Address"), ("域名", "网站域名", "网站地址", "首页网址", "url", "domain"))
SITE = Key("id", Text("网站编号", "Site id"), ("编号", "site", "id"))
KEYS = (SITE, ADDRESS, NAME)

ORDER = Text("序号", "No.")
DEPARTMENT = Text("责任部门", "Department")
HOW = Text("填写要求", "How to fill in")
"""Marks the row of hints."""

_FOR_PEOPLE = frozenset(
    folded_heading(word)
    for word in (
        ORDER.zh,
        ORDER.en,
        DEPARTMENT.zh,
        DEPARTMENT.en,
        HOW.zh,
        HOW.en,
        "备注",
        "说明",
        "责任单位",
        "remarks",
    )
)
_SUMS = frozenset({"合计", "总计", "小计", "total"})


def keys_by_heading() -> Mapping[str, Key]:
    """The key columns by everything that they may be called; proper names win."""
    found: dict[str, Key] = {}
    for proper in (True, False):
        for key in KEYS:
            for word in (key.title.zh, key.title.en) if proper else key.also:
                found.setdefault(folded_heading(word), key)
    return found


def questions_by_heading(questions: tuple[Question, ...]) -> Mapping[str, Question]:
    """Questions by everything that their columns may be called; titles win over the rest."""
    found: dict[str, Question] = {}
    for proper in (True, False):
        for question in questions:
            titles = (question.title.zh, question.title.en)
            for word in titles if proper else (*question.also, question.ask.zh, question.ask.en, question.id):
                found.setdefault(folded_heading(word), question)
    return found


def for_people(heading: str) -> bool:
    """Whether a heading needs no mention when its column is not used."""
    plain = folded_heading(heading)
    return not plain or plain.isdecimal() or plain in _FOR_PEOPLE


def is_how(text: str) -> bool:
    """Whether a cell marks the row of hints."""
    return folded_heading(text) in {folded_heading(HOW.zh), folded_heading(HOW.en)}


def is_sum(text: str) -> bool:
    """Whether a row adds up those above it."""
    return folded_heading(text) in _SUMS


def heading_names(form: Form) -> list[str]:
    """The form's own headings, for hints."""
    return [question.title.zh for question in form.questions]
