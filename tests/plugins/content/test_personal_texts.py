"""The texts say all that the check can yield, and nothing else."""

from pathlib import Path

import xuncha_plugins.content
from xuncha.metadata import load_checks, placeholders

META = load_checks(Path(xuncha_plugins.content.__file__).with_name("checks.yaml"))


def test_every_question_has_its_message():
    messages = META.checks["content.personal-data"].text.messages
    assert set(messages) == {"page", "file", "list-scanned", "list-unread"}


def test_questions_count_each_kind_of_number():
    messages = META.checks["content.personal-data"].text.messages
    assert all({"ids", "mobiles", "cards"} <= placeholders(messages[key].zh) for key in ("page", "file"))
