import pytest

from xuncha.config.errors import ConfigError
from xuncha.model.selfcheck import Answering
from xuncha.selfcheck.forms import load_form

QUESTION = "{id: plan, kind: choice, title: {zh: 预案, en: Plan}, ask: {zh: 问, en: ask}, hint: {zh: 选, en: pick}%s}"
COVER = """
  - {id: filled-by, kind: text, title: {zh: 填表人, en: By}, ask: {zh: 谁, en: who}, hint: {zh: 名, en: name}}
  - {id: filled-on, kind: date, title: {zh: 日期, en: On}, ask: {zh: 何时, en: when}, hint: {zh: 日, en: day}}"""
OPTIONS = ", options: [{code: a, zh: 有, en: has}, {code: b, zh: 无, en: not}]"


def form_with(tmp_path, questions, cover=COVER):
    path = tmp_path / "own.yaml"
    sections = f"sections:\n  - id: one\n    title: {{zh: 一, en: one}}\n    questions: [{questions}]\n"
    path.write_text(f"title: {{zh: 表, en: form}}\nsource: 通知\ncover: {cover}\n{sections}", encoding="utf-8")
    return load_form(str(path), ())


def faults(tmp_path, *words):
    with pytest.raises(ConfigError) as error:
        form_with(tmp_path, *words)
    return "\n".join(error.value.lines("zh"))


def test_the_form_asks_every_question_of_the_notice(form):
    assert {"2.1", "2.2", "2.3", "2.4", "2.5", "2.6"} <= {question.item for question in form.questions}
    assert {question.item for question in form.questions if question.item} == set(form.items)


def test_the_form_speaks_chinese_and_english_everywhere(form):
    for question in (*form.questions, *form.cover):
        for text in (question.title, question.ask, question.hint, *(option.title for option in question.options)):
            assert text.zh
            assert text.en


def test_what_a_choice_is_compared_with_is_one_of_its_options(form):
    for question in form.questions:
        if question.observed and question.kind is Answering.CHOICE:
            assert question.option(question.observed.passed)


def test_a_form_of_ones_own_is_read(tmp_path):
    assert form_with(tmp_path, QUESTION % OPTIONS).id == "own"


def test_a_choice_without_options_is_refused(tmp_path):
    assert "choice 必须写 options" in faults(tmp_path, QUESTION % "")


def test_an_outcome_that_stands_for_no_option_is_refused(tmp_path):
    assert "必须是选项的 code" in faults(tmp_path, QUESTION % f"{OPTIONS}, observed: {{checks: [x.y], passed: c}}")


def test_two_columns_of_one_name_are_refused(tmp_path):
    assert "预案 重复" in faults(tmp_path, f"{QUESTION % OPTIONS}, {(QUESTION % OPTIONS).replace('plan', 'other')}")


def test_a_form_that_does_not_ask_who_and_when_is_refused(tmp_path):
    assert "filled-by" in faults(tmp_path, QUESTION % OPTIONS, "[]")
