"""``evidence.yaml``: strict, and whatever is in it ends in a declaration or in a message with its place."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import ConfigError
from xuncha.evidence.declaration import read_declaration
from xuncha.evidence.identity import holds_resident_id
from xuncha.evidence.refusals import named_fault, refusal
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where
from xuncha.model.evidence import Declaration, Piece


@pytest.fixture
def declared(tmp_path):
    def read(text):
        (tmp_path / "evidence.yaml").write_text(text)
        return read_declaration(tmp_path / "evidence.yaml")

    return read


@pytest.mark.parametrize("text", ["", "backup:\n", "backup: {policy: , copies: }", "staffing: {team: []}"])
def test_what_stands_there_empty_declares_nothing(declared, text):
    said = declared(text)
    assert said == Declaration()
    assert not any(said.says(piece) for piece in Piece)


def test_values_have_their_types(declared):
    policy = declared("backup: {policy: {issued: 2026-08-05, cycle_days: 0.5, retention_days: 90}}").backup.policy
    assert (policy.issued, policy.cycle_days, policy.retention_days) == (date(2026, 8, 5), 0.5, 90)


@pytest.mark.parametrize(("word", "meant"), [("是", True), ("否", False), ("true", True), ("没有", False)])
def test_yes_and_no_are_understood(declared, word, meant):
    assert declared(f"staffing: {{outsourcing: {{outsourced: {word}}}}}").staffing.outsourcing.outsourced is meant


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("backup:\n  polcy: {}\n", "2:3: backup.polcy: 未知的名称（是否应为 policy）"),
        ("backup: []", "1:9: backup"),
        ("filled: 昨天", "1:9: filled: 应为日期"),
        ("emergency: {plan: {files: {a: b}}}", "应为列表"),
        ("a: &a [1]\nb: *a\n", "1:1: a: 未知的名称"),
    ],
)
def test_mistakes_are_named_with_their_place(declared, text, place):
    with pytest.raises(ConfigError) as told:
        declared(text)
    assert place in "\n".join(told.value.lines("zh"))


def test_a_list_that_is_too_large_is_refused(declared):
    with pytest.raises(ConfigError):
        declared("filled_by: " + "x" * 300_000)


def test_every_piece_has_its_entry():
    assert all(Declaration().paths(piece) == () for piece in Piece)


words = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["backup", "policy", "files", "copies", "path", "x"]), inner, max_size=3)
    ),
)


@given(words)
def test_any_yaml_ends_in_a_declaration_or_a_message(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("any") / "evidence.yaml"
    path.write_text(json.dumps({"backup": value}))
    with suppress(ConfigError):
        assert isinstance(read_declaration(path), Declaration)


@given(st.text())
def test_no_text_holds_up_the_search_for_what_must_not_be_here(text):
    document = DocumentText(DocumentKind.TEXT, (Part(Where.BODY, "", text),))
    assert refusal(document) is None or text
    assert holds_resident_id(text) in (True, False)
    assert named_fault(text) is None or text
