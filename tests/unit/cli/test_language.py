import subprocess
import sys

import pytest

from xuncha.cli.language import language


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"XUNCHA_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        (["--lang", "en"], {"XUNCHA_LANG": "zh"}, "en"),
        (["--lang=en", "scan"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang"], {"LANG": "en_US.UTF-8"}, "en"),
        (["--lang", "fr"], {"LANG": "en_US.UTF-8"}, "en"),
        (["--lang", "EN"], {}, "en"),
    ],
)
def test_the_option_wins_over_the_variable_and_that_over_the_locale(arguments, environment, lang):
    assert language(arguments, environment, ["utf-8"]) == lang


@pytest.mark.parametrize(
    ("encodings", "lang"),
    [
        (["ascii", "ascii"], "en"),
        (["utf-8", "cp1252"], "en"),
        (["no-such-encoding"], "en"),
        (["gb18030"], "zh"),
        (["gbk"], "zh"),
    ],
)
def test_output_that_cannot_hold_chinese_gets_english(encodings, lang):
    assert language([], {"LANG": "zh_CN"}, encodings) == lang


def test_who_asks_for_chinese_gets_it():
    assert language(["--lang", "zh"], {}, ["ascii"]) == language([], {"XUNCHA_LANG": "zh"}, ["ascii"]) == "zh"


@pytest.mark.parametrize(("lang", "words"), [("zh", "检查网站"), ("en", "Inspect websites.")])
def test_the_whole_program_speaks_the_language(lang, words):
    command = [sys.executable, "-X", "utf8", "-c", "from xuncha.cli import main; main()", "--lang", lang, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert words in done.stdout
