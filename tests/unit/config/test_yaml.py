import contextlib
import json
import os

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import ConfigError, Place, UnreadableError, YamlError
from xuncha.config.yaml import Limits, load_yaml, parse_yaml


def value(text):
    return parse_yaml(text, "t.yaml").value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("-3", -3),
        ("1_000", 1000),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("~", None),
        ("", None),
        ("2026-08-05", "2026-08-05"),
        ("0532", "0532"),
        ("yes", "yes"),
        ("'12'", "12"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_plain_words_mean_what_people_expect(text, expected):
    assert value(f"a: {text}") == {"a": expected}


def test_keys_are_text_whatever_they_look_like():
    assert value("2.1: a\non: b") == {"2.1": "a", "on": "b"}


def test_every_value_has_its_place():
    located = parse_yaml("a:\n  - b: 1\n    c: 2\n", "t.yaml")
    assert located.place(("a", 0, "c")) == Place("t.yaml", 3, 8)


def test_every_key_has_its_place():
    located = parse_yaml("a:\n  - b: 1\n    c: 2\n", "t.yaml")
    assert located.place(("a", 0, "c"), key=True) == Place("t.yaml", 3, 5)


def test_the_place_of_what_is_not_there_is_that_of_its_parent():
    located = parse_yaml("a:\n  b: 1\n", "t.yaml")
    assert located.place(("a", "x", "y")) == Place("t.yaml", 2, 3)


def test_an_alias_stands_for_its_anchor():
    assert value("a: &x [1, 2]\nb: *x") == {"a": [1, 2], "b": [1, 2]}


def test_aliases_count_what_they_expand_to():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(YamlError, match="more than 100,000 values"):
        value("\n".join(rows))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: !!python/object/apply:os.system [id]", "t.yaml:1:4: tags"),
        ("a: !x 1", "t.yaml:1:4: tags"),
        ("a: 1\nb: 2\na: 3", "t.yaml:3:1: key a appears twice"),
        ("a: 1\n---\nb: 2", "t.yaml:2:1: more than one document"),
        ("a: &x [*x]", "t.yaml:1:8: unknown alias"),
        ("? [1]\n: 2", "t.yaml:1:3: a key must be plain text"),
        ("[" * 1000, "nested deeper than 32"),
        ("a: b: c", "put text that holds a colon into quotes"),
        ("\ta: 1", "indent with spaces"),
        ("a: 'x", "a quote or bracket is not closed"),
        ("a: \x1b[31m", "t.yaml:1:4: not YAML: unacceptable character"),
        ("a:\n  - b\n c: 1", "check that the lines are aligned"),
        ("a: [1\nb: 2", "a quote or bracket is not closed"),
        ("a: 1\nb\n", "a colon is missing"),
        ("a:\n\tb: 1", "t.yaml:2:1: not YAML: found character that cannot start any token .indent with spaces"),
    ],
)
def test_what_is_refused_names_its_place(text, said):
    with pytest.raises(YamlError, match=said.replace("[", r"\[")):
        value(text)


def test_a_large_file_is_refused_before_it_is_read(written):
    with pytest.raises(UnreadableError, match="larger than the limit"):
        load_yaml(written("a: 1\n" * 10), Limits(bytes=20))


def test_a_file_in_another_encoding_is_told_so(written):
    with pytest.raises(UnreadableError, match=r"file.yaml:2: not UTF-8"):
        load_yaml(written("# x\na: 网站", encoding="gb18030"))


def test_a_byte_order_mark_is_no_content(written):
    assert load_yaml(written("a: 1", encoding="utf-8-sig")).value == {"a": 1}


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableError, match=r"nowhere.yaml: no such file"):
        load_yaml(tmp_path / "nowhere.yaml")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnreadableError, match="is a folder"):
        load_yaml(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="not a regular file"):
        load_yaml(tmp_path / "pipe")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(ConfigError):
        parse_yaml(text, "t.yaml")


plain = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=8)


@given(st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4)))
def test_json_reads_as_it_was_written(document):
    assert value(json.dumps(document, ensure_ascii=False)) == document


def test_the_parser_in_python_reads_the_same(monkeypatch):
    text = "a: &x [1, '2', b: 0532]\nb: *x\n"
    by_libyaml = parse_yaml(text, "t.yaml")
    monkeypatch.setattr("xuncha.config.yaml._PARSER", yaml.SafeLoader)
    assert parse_yaml(text, "t.yaml") == by_libyaml
