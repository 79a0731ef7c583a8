"""The texts say all that the checks can yield, and nothing else."""

from pathlib import Path

import pytest

import xuncha_plugins.content
from xuncha.metadata import load_checks, placeholders

META = load_checks(Path(xuncha_plugins.content.__file__).with_name("checks.yaml"))
KEYS = {
    "content.expired": {"over", "over-maybe", "validity"},
    "content.placeholder": {"page", "link", "page-maybe", "text-maybe", "link-maybe"},
    "content.under-construction": {"unfinished", "unfinished-maybe", "blank"},
    "content.typos": {"serious", "ordinary", "wording"},
    "content.harmful": {"gambling", "porn", "papers", "maybe", "sign", "unopened"},
    "content.secrecy-marks": {"mark"},
}


@pytest.mark.parametrize(("check", "keys"), KEYS.items(), ids=KEYS)
def test_every_answer_has_its_message(check, keys):
    assert set(META.checks[check].text.messages) == keys


@pytest.mark.parametrize("key", KEYS["content.typos"])
def test_a_typo_is_quoted_with_its_right_form(key):
    assert {"wrong", "right"} <= placeholders(META.checks["content.typos"].text.messages[key].zh)


def test_a_secrecy_mark_is_told_by_time_and_digest_only():
    assert placeholders(META.checks["content.secrecy-marks"].text.messages["mark"].zh) == {"at", "sha256"}


def test_every_message_is_a_sentence_with_its_end():
    texts = [message for check in META.checks.values() for message in check.text.messages.values()]
    assert [text for text in texts if text.zh[-1] not in "。？" or text.en[-1] not in ".?"] == []
