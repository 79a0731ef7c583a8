"""What every format has in common, and what other programs read of each."""

import csv
import importlib
import io
import json
import re
import xml.etree.ElementTree as ET
from importlib.metadata import entry_points

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.outcome import Review, Status
from xuncha.store.result import RunResult
from xuncha_reports import csv as as_csv
from xuncha_reports import defectdojo, jsonl, junit, markdown, plain_json, sarif

FILES = sorted(one.name for one in entry_points(group="xuncha.reports") if one.name not in {"console", "docx", "pdf"})
TEXTS = [name for name in FILES if name != "xlsx"]
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def render(name, result, lang):
    return importlib.import_module(f"xuncha_reports.{name}").render(result, lang)


def rendered(name, result, lang="zh"):
    return render(name, result, lang).decode()


def problems(result: RunResult):
    return [one for site in result.sites for outcome in site.outcomes for one in outcome.findings]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", TEXTS)
def test_no_format_passes_control_or_bidi_characters_on(result, name, lang):
    assert UNSEEN.findall(rendered(name, result, lang)) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FILES)
def test_the_same_run_gives_the_same_bytes(result, name, lang):
    assert render(name, result, lang) == render(name, result, lang)


# CSV


def rows(result, lang="zh"):
    text = as_csv.render(result, lang).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_begins_with_the_mark_by_which_spreadsheets_know_utf_8(result):
    assert as_csv.render(result, "zh").startswith(b"\xef\xbb\xbf")


def test_csv_has_a_line_for_each_outcome_and_each_finding(result):
    expected = sum(max(len(outcome.findings), 1) for site in result.sites for outcome in site.outcomes)
    assert len(rows(result)) == expected


def test_csv_says_why_something_has_no_answer(result):
    (line,) = [row for row in rows(result) if row["检查结果"] == "未检查"]
    assert "授权" in line["问题描述或原因"]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "%0A=1", "\u200b=1"])
def test_no_cell_begins_like_a_formula(text):
    assert as_csv.harmless(text)[0] == "'"


@given(st.text())
def test_no_cell_ever_does(text):
    assert not as_csv.harmless(text).startswith(tuple("=+-@\t\r"))


def test_a_cell_stays_one_cell(result):
    assert {len(row) for row in rows(result)} == {len(rows(result)[0])}
    assert all(None not in row for row in rows(result))


# JSON Lines


def test_every_line_is_an_object_that_says_what_it_is(result):
    kinds = [json.loads(line)["type"] for line in jsonl.render(result, "zh").splitlines()]
    assert kinds[:2] == ["run", "site"]
    assert kinds.count("finding") == len(problems(result))


def test_findings_name_run_site_and_check(result):
    found = [json.loads(line) for line in jsonl.render(result, "zh").splitlines()]
    (first, *_) = [one for one in found if one["type"] == "finding"]
    assert (first["run"], first["site"], first["check"]) == (result.run.id, "a", "availability.levels-open")


# SARIF


@pytest.fixture
def log(result):
    return json.loads(sarif.render(result, "zh"))["runs"][0]


def test_kinds_tell_failures_questions_and_what_could_not_be_told(log):
    told = {one["properties"]["status"]: (one["kind"], one["level"]) for one in log["results"]}
    assert told == {
        "fail": ("fail", "error"),
        "warn": ("fail", "note"),
        "manual": ("review", "none"),
        "inconclusive": ("open", "none"),
        "error": ("open", "none"),
    }


def test_what_is_no_result_is_counted(log):
    assert log["properties"]["lines"]["pass"] == 1
    assert log["properties"]["lines"]["not_run"] == 1


def test_rules_are_found_by_their_index(log):
    rules = log["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in log["results"])


def test_fingerprints_hold_over_rounds(log, result):
    prints = {one["partialFingerprints"]["xunchaFingerprint/v1"] for one in log["results"] if one["kind"] == "fail"}
    assert prints <= {one.fingerprint for one in problems(result)}


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("http://a.example/通知?a=[1]#x", "http://a.example/%E9%80%9A%E7%9F%A5?a=%5B1%5D%23x"),
        ('http://a.example/"><x>', "http://a.example/%22%3E%3Cx%3E"),
        ("http://[::1]:8080/a%20b", "http://[::1]:8080/a%20b"),
        ("http://a.example/{% x", "http://a.example/%7B%25%20x"),
    ],
)
def test_addresses_are_written_as_uris(url, uri):
    assert sarif.uri(url) == uri


URI = re.compile(r"https?://[\w.:\[\]@-]*(?:/(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?", re.ASCII)
"""Scheme, host and path with query of RFC 3986, a little narrower."""


@given(st.text())
def test_whatever_follows_the_host_is_a_uri(text):
    assert URI.fullmatch(sarif.uri(f"http://a.example/{text}"))


# JUnit


def test_a_case_for_each_check_that_ends_as_the_check_did(result):
    suite = ET.fromstring(junit.render(result, "zh"))[0]
    ends = {case.get("classname"): [part.tag for part in case] for case in suite}
    assert ends["a.availability.home-opens"] == []
    assert ends["a.availability.levels-open"] == ["failure"]
    assert ends["a.links.empty"] == ["skipped", "system-out"]
    assert ends["a.tls.certificate-valid"] == ["skipped"]
    assert ends["a.tls.hsts"] == ["error"]


def test_the_suite_counts_its_cases(result):
    suite = ET.fromstring(junit.render(result, "zh"))[0]
    counts = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
    tags = [part.tag for case in suite for part in case]
    assert counts == {
        "tests": len(suite),
        "failures": tags.count("failure"),
        "errors": tags.count("error"),
        "skipped": tags.count("skipped"),
    }


# DefectDojo


def test_only_what_a_person_confirmed_is_verified(result, reviewed):
    found = json.loads(defectdojo.render(reviewed(Review.CONFIRMED), "en"))["findings"]
    assert all(one["verified"] and one["active"] for one in found)
    assert not any(one["verified"] for one in json.loads(defectdojo.render(result, "en"))["findings"])


def test_a_false_alarm_is_not_active(reviewed):
    found = json.loads(defectdojo.render(reviewed(Review.FALSE_POSITIVE), "en"))["findings"]
    assert found
    assert all(one["false_p"] and not one["active"] for one in found)


def test_a_hint_is_of_no_severity(result):
    severities = {one["tags"][-1]: one["severity"] for one in json.loads(defectdojo.render(result, "en"))["findings"]}
    assert severities == {Status.FAIL: "High", Status.WARN: "Info", Status.MANUAL: "Info"}


# Markdown


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_whatever_a_page_says_is_no_markup(text):
    shown = markdown.escaped(text)
    assert re.sub(r"\\[!-/:-@\[-`{-~]", "", shown) == re.sub(r"[!-/:-@\[-`{-~]", "", markdown.words.visible(text))


@pytest.mark.parametrize("text", ["a`b", "``", "x|y", "http://a.example/`<b>`"])
def test_an_address_does_not_leave_its_code(text):
    shown = markdown.code(text)
    fence = re.match("`+", shown)[0]
    assert shown.endswith(fence)
    assert fence not in shown[len(fence) : -len(fence)]
    assert "|" not in shown


def test_no_html_comes_through(result):
    text = re.sub(r"`[^`]*`", "", rendered("markdown", result))
    assert not re.search(r"(?<!\\)<", text)


# JSON


@given(st.recursive(st.text() | st.integers(), st.lists, max_leaves=5))
def test_json_gives_back_what_went_in_and_shows_all_of_it(data):
    shown = plain_json.encode(data)
    assert json.loads(shown) == data
    assert not UNSEEN.search(shown.decode())


def test_json_writes_half_a_character_as_an_escape():
    assert plain_json.encode("\ud800") == b'"\\ud800"\n'


# What people have dismissed


@pytest.mark.parametrize("name", ["junit", "markdown"])
def test_what_was_dismissed_is_not_told_as_a_problem(reviewed, name):
    assert "有问题：" in rendered(name, reviewed(Review.CONFIRMED))
    assert "有问题：" not in rendered(name, reviewed(Review.FALSE_POSITIVE))
