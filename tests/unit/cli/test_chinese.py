import subprocess
import sys
from pathlib import Path

import click
import pytest

from xuncha.cli.chinese import WORDS


def run(*arguments: str) -> str:
    program = "from xuncha.cli import main; main()"
    command = [sys.executable, "-X", "utf8", "-c", program, "--lang", "zh", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def click_source() -> str:
    return "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("words", WORDS)
def test_click_still_says_what_is_translated(words: str, click_source: str) -> None:
    assert words.replace("\n", "\\n").replace("\t", "\\t") in click_source


def test_help_is_chinese_throughout() -> None:
    said = run("scan", "--help")
    assert said.startswith("用法：")
    assert "\n选项：\n" in said
    assert "Show this message" not in said


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nothing"], "错误：没有命令 nothing。"),
        (["scan", "--nothing"], "错误：没有选项 --nothing。"),
        (["scan", "--jobs", "x"], "x 不是有效的数字。"),
        (["check", "show"], "错误：缺少参数"),
    ],
)
def test_errors_of_the_command_line_are_chinese(arguments: list[str], expected: str) -> None:
    assert expected in run(*arguments)
