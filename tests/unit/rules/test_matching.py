import hashlib
import re

import pytest

from xuncha.rules.matching import (
    AllOf,
    AnyOf,
    BytesAt,
    HashIs,
    HeaderIs,
    Held,
    Not,
    Regex,
    SizeIs,
    StatusIs,
    Words,
)


def test_all_words_must_occur(answer):
    matcher = Words(("alpha", "beta"))
    assert matcher.match(answer("beta alpha")) == (Held("word", "alpha"), Held("word", "beta"))
    assert matcher.match(answer("alpha")) is None


def test_any_word_is_enough(answer):
    matcher = Words(("alpha", "beta"), every=False)
    assert matcher.match(answer("beta")) == (Held("word", "beta"),)
    assert matcher.match(answer("gamma")) is None


def test_case_counts_unless_it_is_ignored(answer):
    assert Words(("Alpha",)).match(answer("alpha")) is None
    assert Words(("Alpha",), ignore_case=True).match(answer("ALPHA"))


def test_chinese_words_are_found_in_gb18030(answer):
    assert Words(("安装程序",)).match(answer("系统安装程序".encode("gb18030")))


@pytest.mark.parametrize(("part", "found"), [("title", True), ("headers", False), ("body", True)])
def test_words_are_looked_for_in_their_part(answer, part, found):
    assert (Words(("Console",), part).match(answer("<title>Console</title>")) is not None) is found


def test_headers_are_a_part(answer):
    assert Words(("server: Beaver",), "headers").match(answer(server="Beaver"))


def test_a_pattern_tells_what_it_found(answer):
    assert Regex(re.compile("ref: [a-z/]{1,20}")).match(answer("x ref: refs/heads")) == (
        Held("regex", "ref: refs/heads"),
    )


def test_a_header_has_and_lacks_words_whatever_their_case(answer):
    matcher = HeaderIs("content-type", has=("JSON",), lacks=("html",))
    assert matcher.match(answer(content_type="application/json"))
    assert matcher.match(answer(content_type="text/html; json")) is None
    assert matcher.match(answer()) is None


def test_an_absent_header_lacks_everything(answer):
    assert HeaderIs("content-type", lacks=("html",)).match(answer())


def test_the_hash_is_of_the_whole_body(answer):
    matcher = HashIs(frozenset({hashlib.sha256(b"x" * 70_000).hexdigest()}))
    assert matcher.match(answer("x" * 70_000)) is None
    assert HashIs(frozenset({hashlib.sha256(b"x").hexdigest()})).match(answer("x"))


def test_bytes_stand_at_their_place(answer):
    assert BytesAt(b"ustar", 257).match(answer(b"\0" * 257 + b"ustar"))
    assert BytesAt(b"ustar", 257).match(answer(b"ustar")) is None


@pytest.mark.parametrize(("least", "most", "fits"), [(0, None, True), (5, 5, True), (6, None, False), (0, 4, False)])
def test_sizes_have_bounds(answer, least, most, fits):
    assert (SizeIs(least, most).match(answer("12345")) is not None) is fits


def test_what_holds_is_collected(answer):
    matcher = AllOf((StatusIs(frozenset({200})), AnyOf((Words(("no",)), Words(("yes",)))), Not(Words(("html",)))))
    assert [held.kind for held in matcher.match(answer("yes"))] == ["status", "word"]
    assert matcher.match(answer("yes html")) is None


CONTENT, STATUS = Words(("word",)), StatusIs(frozenset({200}))


@pytest.mark.parametrize(
    ("matcher", "proves"),
    [
        (CONTENT, True),
        (STATUS, False),
        (HeaderIs("server", has=("x",)), False),
        (Words(("x",), "headers"), False),
        (AllOf((STATUS, CONTENT)), True),
        (AnyOf((STATUS, CONTENT)), False),
        (AnyOf((CONTENT, BytesAt(b"PK"))), True),
        (Not(CONTENT), False),
        (SizeIs(1), False),
        (HashIs(frozenset()), True),
    ],
)
def test_only_content_proves(matcher, proves):
    assert matcher.proves is proves


@pytest.mark.parametrize("before", ["", "\ufeff", "\r\n\n", "\ufeff\n  "])
def test_nothing_in_front_hides_what_a_file_is(answer, before):
    assert Regex(re.compile(r"\A-----BEGIN")).match(answer(f"{before}-----BEGIN"))


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_script_in_utf_16_is_read(answer, order):
    assert Regex(re.compile(r"\AUSE \[")).match(answer("\ufeffUSE [portal]\r\n".encode(order) + b"\0"))
