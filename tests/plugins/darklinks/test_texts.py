"""The texts load, say all that the checks can yield, and are whole sentences."""

from pathlib import Path

import pytest

import xuncha_plugins.darklinks
from xuncha.metadata import load_checks, placeholders
from xuncha_plugins.darklinks.boxes import HIDDEN
from xuncha_plugins.darklinks.cloaking import HEADERS
from xuncha_plugins.darklinks.hiding import trick_names
from xuncha_plugins.darklinks.judging import UNSEEN

META = load_checks(Path(xuncha_plugins.darklinks.__file__).with_name("checks.yaml"))


def messages(check):
    return META.checks[f"darklinks.{check}"].text.messages


def test_every_trick_has_its_message():
    assert set(messages("hidden")) == {
        *trick_names(),
        *(UNSEEN + one for one in HIDDEN),
        *("cluster", "cut", "dots", "maybe", "familiar", "shown", "gone", "visible"),
    }


def test_every_disguise_has_its_messages():
    disguises = set(HEADERS) - {"browser", "spiders"}  # whose words are the spider's
    assert set(messages("cloaking")) == {f"{what}-{one}" for what in ("shown", "sent") for one in disguises} | {
        "other-spider",
        "other-searcher",
        "moved-spider",
        "moved-searcher",
        "hosts",
    }


@pytest.mark.parametrize(
    ("check", "keys"),
    [
        ("scripted", {"writes", "assembled", "hides", "sends", "searchers"}),
        (
            "title-spam",
            {"title", "organ", "meta", "before-title", "notice", "article", "alone", "stray", "clone", "scripted"},
        ),
        ("error-pages", {"missing-spam", "search-spam", "echo"}),
        (
            "injected",
            {
                "miner",
                "miner-inline",
                "tampered",
                "script",
                "script-maybe",
                "frame",
                "frame-spam",
                "frame-maybe",
                "frame-over-maybe",
                "sent",
                "sent-maybe",
                "refresh-maybe",
            },
        ),
    ],
)
def test_every_kind_has_its_message(check, keys):
    assert set(messages(check)) == keys


def test_links_are_counted_and_one_is_named():
    for key, text in messages("hidden").items():
        words = {"words"} if key != "dots" else set()
        assert {"links", "hosts", "url", "pages"} | words <= placeholders(text.zh), key


@pytest.mark.parametrize("check", META.checks.values(), ids=META.checks)
def test_every_message_is_a_whole_sentence(check):
    for text in check.text.messages.values():
        assert text.zh.endswith(("。", "？"))
        assert text.en.endswith((".", "?"))
