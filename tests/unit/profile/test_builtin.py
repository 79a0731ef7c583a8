"""What the built-in profiles and the notice say, held against the built-in plugins that load here."""

import pytest

from xuncha.config.binding import bind
from xuncha.config.frameworks import load_framework
from xuncha.config.profiles import load_profile
from xuncha.registry import discover, load


@pytest.fixture(scope="session")
def registry():
    return load(ref for ref in discover() if ref.distribution == "xuncha")


@pytest.fixture(scope="session")
def checks(registry):
    return {spec.id: spec.params for spec in registry.checks()}


@pytest.fixture(scope="session")
def probes(registry):
    return {spec.name: spec.params for spec in registry.probes()}


@pytest.mark.parametrize("name", ["quick", "notice", "deep"])
def test_every_number_of_a_built_in_plugin_has_its_basis(name, installed, checks, probes):
    assert not bind(load_profile(name, installed), checks, probes).defaults


def test_every_built_in_check_has_a_place_under_the_notice(installed, checks):
    notice = load_framework("notice", installed)
    assert [check for check in checks if not any(notice.places(check))] == []


def test_what_the_notice_requires_of_a_built_in_plugin_exists(installed, checks):
    plugins = {check.partition(".")[0] for check in checks}
    rules = [rule for item in load_framework("notice", installed).items for rule in item.rules if rule.required]
    ours = [rule for rule in rules if rule.checks[0].partition(".")[0] in plugins]
    assert [rule.checks for rule in ours if not any(map(rule.covers, checks))] == []


def test_a_pattern_of_the_notice_names_a_check_that_exists(installed, checks):
    plugins = {check.partition(".")[0] for check in checks}
    rules = [rule for item in load_framework("notice", installed).items for rule in item.rules]
    exact = {pattern for rule in rules for pattern in rule.checks if pattern.partition(".")[0] in plugins}
    assert {pattern for pattern in exact if "*" not in pattern and pattern not in checks} == set()
