import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import click
import pytest

from xuncha.cli.app import COMMANDS
from xuncha.cli.chinese import WORDS, cells

SUBCOMMANDS = ["check show", "profile show", "run show", "run resume", "site list", "site import"]
ERRORS = {
    ("nothing",): "错误：没有命令 nothing。",
    ("scan", "--nothing"): "错误：没有选项 --nothing。",
    ("scan", "--jobs", "x"): "x 不是有效的数字。",
    ("check", "show"): "错误：缺少参数",
}
PROGRAM = """
import contextlib, io, json, sys
from xuncha.cli.app import cli
answers = []
for words in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        cli.main(words, standalone_mode=False)
    answers.append(said.getvalue())
json.dump(answers, sys.stdout)
"""


@cache
def answers() -> dict[tuple[str, ...], str]:
    """What a program that speaks Chinese says, to all questions of this file in one process."""
    asked = [*ERRORS, *((*command.split(), "--help") for command in [*COMMANDS, *SUBCOMMANDS])]
    command = [sys.executable, "-X", "utf8", "-c", PROGRAM, "--lang", "zh"]
    columns = os.environ | {"COLUMNS": "80"}
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, encoding="utf-8", check=True, env=columns
    )
    return dict(zip(asked, json.loads(done.stdout), strict=True))


def run(*arguments: str) -> str:
    return answers()[arguments]


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


@pytest.mark.parametrize(("arguments", "expected"), ERRORS.items())
def test_errors_of_the_command_line_are_chinese(arguments: tuple[str, ...], expected: str) -> None:
    assert expected in run(*arguments)


@pytest.mark.parametrize("command", [*COMMANDS, *SUBCOMMANDS])
def test_what_a_command_is_given_is_named_in_chinese(command: str) -> None:
    words = set(re.findall(r"\b[A-Z]{4,}\b", run(*command.split(), "--help")))
    assert words <= {"XLSX", "YAML"}


@pytest.mark.parametrize("command", [*COMMANDS, *SUBCOMMANDS])
def test_no_line_of_the_help_is_wider_than_the_terminal(command: str) -> None:
    assert [line for line in run(*command.split(), "--help").splitlines() if cells(line) > 80] == []


def test_the_descriptions_of_options_stand_in_one_column() -> None:
    lines = [line for line in run("init", "--help").splitlines() if line.startswith("  -")]
    assert len({cells(re.match(r".*?\S  +(?=\S)", line[2:])[0]) for line in lines}) == 1


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket() -> None:
    said = run("scan", "--help").splitlines()
    assert [line for line in said if line.strip().startswith(tuple("，。；：、）")) or line.endswith("（")] == []
