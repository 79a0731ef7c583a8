"""What somebody sees who mistypes a profile: file, line and column, and what was meant."""

import pytest

PROFILE = """\
extends: notice
title: {zh: 我的方案, en: Mine}
description: {zh: 试, en: try}
"""


@pytest.fixture
def validate(xuncha, workspace):
    """Validate a profile of the workspace with these lines added."""

    def run(added=""):
        folder = workspace / "profiles"
        folder.mkdir(exist_ok=True)
        (folder / "mine.yaml").write_text(PROFILE + added)
        return xuncha("profile", "validate", "mine")

    return run


def test_a_profile_of_the_workspace_is_found_and_sound(validate):
    assert validate().code == 0


@pytest.mark.parametrize(
    ("added", "place", "hint"),
    [
        ("budgts:\n  pages: {value: 60, basis: tool}\n", "mine.yaml:4:1", "budgets"),
        ("budgets:\n  pagse: {value: 60, basis: tool}\n", "mine.yaml:5:", "pages"),
        ("budgets:\n  pages: {value: many, basis: tool}\n", "mine.yaml:5:", ""),
        ("budgets:\n  pages: {value: 60, basis: tol}\n", "mine.yaml:5:", "tool"),
        ("budgets:\n  pages: 60\n", "mine.yaml:5:", "basis"),
        ("params:\n  tls.hstss:\n    least_days: {value: 60, basis: tool}\n", "mine.yaml:", "tls.hsts"),
        ("params:\n  tls.hsts:\n    least_dayz: {value: 60, basis: tool}\n", "mine.yaml:6:", "least_days"),
        ("include: [tls.hstss]\n", "mine.yaml:4:", "tls.hsts"),
        ("fail_on: hihg\n", "mine.yaml:4:", "high"),
        ("title: twice\n", "mine.yaml:4:1", ""),
        ("budgets: [\n", "mine.yaml:", ""),
    ],
)
def test_a_typo_is_told_with_its_place_and_a_hint(validate, added, place, hint):
    ran = validate(added)
    assert ran.code == 2
    assert place in ran.err
    assert hint in ran.err


def test_every_fault_is_told_at_once(validate):
    err = validate("fail_on: hihg\nbudgts: {}\n").err
    assert "mine.yaml:4:" in err
    assert "mine.yaml:5:" in err


def test_a_scan_with_a_faulty_profile_sends_nothing_and_stores_nothing(xuncha, workspace, validate):
    validate("params:\n  tls.hsts:\n    least_dayz: {value: 60, basis: tool}\n")
    assert xuncha("scan", "--profile", "mine").code == 2
    assert list((workspace / "runs").iterdir()) == []


def test_a_check_of_a_plugin_that_is_not_installed_is_a_note(validate):
    ran = validate("params:\n  shanhai.security-txt:\n    days: {value: 60, basis: tool}\n")
    assert ran.code == 0
    assert "shanhai.security-txt" in ran.err
