"""The documents say what the program does: every command, hook, exit code, status and check is in them."""

import importlib.util
import re
from pathlib import Path
from typing import get_args

import click
import pytest

from xuncha import exit_codes, hookspecs
from xuncha.cli import app
from xuncha.model.locator import Locator
from xuncha.model.message import Kind
from xuncha.model.outcome import Severity, Status, Verdict, Weight
from xuncha.plan import Borders
from xuncha.worker import supervisor

ROOT = Path(__file__).parents[3]
READMES = ("README.md", "README.zh-CN.md")
CODES = (0, exit_codes.FINDINGS, app.USAGE, exit_codes.UNASSESSED, exit_codes.PLUGIN_FAILED, exit_codes.INTERRUPTED)


def text(name):
    return (ROOT / name).read_text("utf-8")


def commands():
    """Every command as it is typed, without the program's name."""
    for name in app.COMMANDS:
        command = app.cli.get_command(None, name)
        inner = command.commands if isinstance(command, click.Group) else {}
        yield from [f"{name} {sub}" for sub in inner] or [name]


@pytest.fixture(scope="module")
def catalogue_page():
    spec = importlib.util.spec_from_file_location("make_catalogue", ROOT / "docs" / "make_catalogue.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.page()


def test_the_catalogue_is_current(catalogue_page):
    assert text("docs/checks.md") == catalogue_page, "run: python docs/make_catalogue.py"


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("command", list(commands()))
def test_a_command_is_in_the_readme(name, command):
    group, _, sub = command.partition(" ")
    listed = rf"\b{group} (?:\w+\|)*{sub}\b" if sub else rf"xuncha {group}\b"
    assert re.search(listed, text(name))


@pytest.mark.parametrize("name", [*READMES, "docs/result.md"])
def test_exit_codes_stand_in_the_order_in_which_they_apply(name):
    said = [int(code) for code in re.findall(r"^\| (\d+) \|", text(name), re.MULTILINE)]
    assert said == [130, 2, 4, 3, 1, 0]
    assert sorted(said) == sorted(CODES)


@pytest.mark.parametrize("name", READMES)
def test_statuses_are_in_the_readme(name):
    assert [status for status in Status if not re.search(rf"\| {status} \|", text(name))] == []


def test_the_result_page_knows_every_code():
    places = [kind.__dataclass_fields__["type"].default for kind in get_args(Locator)]
    codes = [*Status, *Severity, *Weight, *Verdict, *Kind, *places]
    assert [code for code in codes if f"`{code}`" not in text("docs/result.md")] == []


def test_every_hook_is_described():
    hooks = [name for name, value in vars(hookspecs).items() if hasattr(value, "xuncha_spec")]
    assert hooks
    assert [name for name in hooks if f"`{name}`" not in text("docs/plugins.md")] == []


@pytest.mark.parametrize("part", ["check", "page_check", "probe"])
def test_code_of_the_example_is_quoted_as_it_is(part):
    quoted = re.findall(rf"^@{part}\(.*\n(?:async )?def .*$", text("docs/plugins.md"), re.MULTILINE)
    sources = (ROOT / "examples/contractor-plugin/src/shanhai_security_txt").glob("*.py")
    code = "".join(path.read_text("utf-8") for path in sources)
    assert quoted
    assert [head for head in quoted if head not in code] == []


def pages():
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*/*.md")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


@pytest.mark.parametrize("name", pages())
def test_links_between_documents_lead_somewhere(name):
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text(name)) if "://" not in target]
    assert [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()] == []


def test_the_architecture_says_how_long_a_call_may_hang():
    times, more = supervisor.PATIENCE
    assert f"= {times * Borders().call_seconds + more:g} s" in text("ARCHITECTURE.md")
