"""Every message has its place, and what is yielded has its message with the right parameters."""

from importlib import resources

import pytest

import xuncha_plugins.emergency as plugin
from xuncha.metadata import load_checks
from xuncha.testing import judge
from xuncha_plugins.emergency import checks, reporting_checks
from xuncha_plugins.emergency.facts import Fault, Held, Part, Topic
from xuncha_plugins.emergency.words import WORDS

TEXTS = load_checks(resources.files(plugin) / "checks.yaml").checks
JUDGING = ("checks.py", "reporting_checks.py", "readable.py")
SOURCE = "".join((resources.files(plugin) / module).read_text("utf-8") for module in JUDGING)
COMPOSED = {f"{how}-{name}" for how in ("lacks", "thin", "unseen", "holds") for name in (*Topic, *Part)} | set(Fault)
FOLDERS = ("plans", "blind", "blind2", "blind3", "blind4")


SHARED = {"not-handed-in", "denied", "rests-on", "failed", "hollow", "watched", "planned", "repealed"}
"""Said by what all plugins over evidence share."""


@pytest.mark.parametrize("check", TEXTS)
def test_no_message_stands_idle(check):
    given = set(TEXTS[check].text.messages) - COMPOSED - SHARED
    assert not {key for key in given if f'"{key}"' not in SOURCE}


def test_every_topic_and_part_has_its_messages():
    for topic in Topic:
        asked = ("lacks", "holds") if WORDS.plan[topic].level else ("lacks", "holds", "thin", "unseen")
        assert {f"{how}-{topic}" for how in asked} <= set(TEXTS["emergency.plan-complete"].text.messages)
    for part in Part:
        keys = {f"{how}-{part}" for how in ("lacks", "holds", "thin", "unseen")}
        assert keys <= set(TEXTS["emergency.drill"].text.messages)


def said(outcome):
    return {found.key: set(found.params) for found in (*outcome.findings, *outcome.notes)}


KEPT = {"path", "place", "where", "sha256"}
"""What notes about documents carry, whether or not their message names it."""


def test_what_is_yielded_has_a_message_with_these_parameters(cases, read_plan, read_drill):
    plans = [(check, read_plan(one.text)) for f in FOLDERS for one in cases(f) for check in PLAN]
    drills = [
        (checks.drill, read_drill(one.text)) for f in ("records", "blind_records", "blind_records2") for one in cases(f)
    ]
    for check, facts in (*plans, *drills):
        outcome = judge(check, *facts)
        for key, params in said(outcome).items():
            text = TEXTS[outcome.check].text.messages[key]
            assert all(f"{{{name}}}" in text.zh for name in set(params) - KEPT), (outcome.check, key)


PLAN = (checks.plan_complete, reporting_checks.reporting, checks.plan_current, checks.plan_approved, checks.contacts)


def test_sections_tell_all_topics_in_their_order(cases, read_plan):
    _, plan = read_plan(cases("plans")[0].text)
    assert [section.name for section in plan.sections] == list(Topic)
    assert {section.held for section in plan.sections} == {Held.HELD}
