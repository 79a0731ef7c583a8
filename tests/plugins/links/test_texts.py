"""The texts say all that the checks can yield, and nothing else."""

from pathlib import Path

import pytest

import xuncha_plugins.links
from xuncha.metadata import load_checks, placeholders
from xuncha_plugins.links.looks import BROKEN, WRONG, Look

META = load_checks(Path(xuncha_plugins.links.__file__).with_name("checks.yaml"))


@pytest.mark.parametrize("kind", ["internal", "external", "asset", "attachment"])
def test_every_look_of_a_broken_link_has_its_message(kind):
    messages = META.checks[f"links.broken-{kind}"].text.messages
    assert set(messages) == {look.value for look in BROKEN} | {"gone-once", "leads-inside", "sampled"}


def test_every_look_of_a_wrong_target_has_its_message():
    certain = {Look.MISSING_NOTE, Look.PARKED}
    expected = {look.value for look in certain} | {f"{look.value}-maybe" for look in WRONG} | {"file-is-note"}
    expected |= {f"{key}-at" for key in expected if key != "sent-home-maybe"}
    assert set(META.checks["links.wrong-target"].text.messages) == expected


def test_only_who_was_sent_elsewhere_is_told_where_to():
    messages = META.checks["links.wrong-target"].text.messages
    named = {key for key, text in messages.items() if "landing" in placeholders(text.zh)}
    assert named == {key for key in messages if key.endswith("-at")} | {"sent-home-maybe"}


@pytest.mark.parametrize("check", [name for name in META.checks if name not in ("links.empty", "links.private-target")])
def test_every_message_of_a_link_names_the_target_and_counts_its_links(check):
    for key, text in META.checks[check].text.messages.items():
        assert key == "sampled" or {"url", "sources", "pages"} <= placeholders(text.zh)


def test_only_empty_links_are_named_by_their_words_for_others_may_have_none():
    messages = META.checks["links.empty"].text.messages | META.checks["links.private-target"].text.messages
    assert [key for key, text in messages.items() if "text" in placeholders(text.zh)] == ["empty"]


@pytest.mark.parametrize("check", META.checks.values(), ids=META.checks)
def test_every_message_is_a_whole_sentence(check):
    for text in check.text.messages.values():
        assert text.zh.endswith("。")
        assert text.en.endswith(".")
