from types import SimpleNamespace

import pytest

from xuncha.framework import Framework, Item
from xuncha.guidance.advice import advice, first_sentence, works
from xuncha.guidance.configuration import Configuration
from xuncha.metadata import CheckMeta, CheckText, Reference, Remedy, Role
from xuncha.model.basis import Basis, BasisKind
from xuncha.model.outcome import Severity
from xuncha.model.text import Text
from xuncha.store.snapshot import CheckWords

T = Text("标题", "title")


@pytest.fixture
def texts():
    bases = {"notice": Basis("notice", BasisKind.NOTICE, "通知"), "tool": Basis("tool", BasisKind.TOOL_DEFAULT)}
    framework = Framework("f", T, (Item("2.3", "一（二）3", T, "是否存在错链"),), "通知", bases)
    words = CheckText(
        T,
        Text("打不开。以后再说。", "It is closed. More later."),
        (Remedy(Role.LEADER, T),),
        (Reference("通知"), Reference("检查指标")),
        recheck=Text("再看一次。", "Look again."),
    )
    meta = CheckMeta("links.broken", "1", Severity.HIGH, words, configurations=("moved", "lost"))
    ready = {"links/moved": Configuration(T, ()), "tls/moved": Configuration(T, ())}
    return SimpleNamespace(
        framework=framework, checks={"links.broken": CheckWords("links", True, meta)}, configurations=ready
    )


@pytest.fixture
def said(make, texts):
    return advice(make.task(make.seen()), texts)


def test_the_clause_is_that_of_the_item(said):
    assert [item.clause for item in said.items] == ["是否存在错链"]


def test_the_notice_itself_is_no_further_rule(said):
    assert [source.title for source in said.references] == ["检查指标"]


def test_a_check_that_names_no_problem_is_told_by_its_title(said):
    assert said.problem == Text("未达到“标题”", "Not so: “title”")


def test_why_it_matters_is_said_in_one_sentence(said):
    assert said.why == Text("打不开。", "It is closed.")


def test_configurations_are_those_of_the_checks_own_plugin(said):
    assert [name for name, _ in said.configurations] == ["links/moved"]


def test_the_deadline_comes_with_what_it_rests_on(said):
    assert (said.due_days, said.due_basis.kind) == (10, BasisKind.TOOL_DEFAULT)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("RFC 6797 asks it. See 7.2.", "RFC 6797 asks it."),
        ("Over 5 % fail. “So” it is.", "Over 5 % fail."),
        ("One", "One"),
    ],
)
def test_a_sentence_ends_where_it_ends(text, first):
    assert first_sentence(Text("一", text)).en == first


def test_tasks_of_one_check_are_one_piece_of_work(make):
    tasks = [*make.tasks(make.column("gzdt"), make.column("tzgg")), make.task(make.seen(), check="tls.x")]
    assert [(work.number, work.check, work.department, work.findings) for work in works(tasks)] == [
        (1, "links.broken", "办公室", 1),
        (2, "links.broken", "综合科", 1),
        (3, "tls.x", "办公室", 1),
    ]
