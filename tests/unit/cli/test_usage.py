import pytest

from xuncha import __version__
from xuncha.cli.app import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(xuncha, name):
    ran = xuncha(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert name in ran.out


def test_the_help_names_every_command(xuncha):
    out = xuncha("--help").out
    assert [name for name in COMMANDS if name not in out] == []


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["scan", "--nonsense"],
        ["scan", "--jobs", "many", "http://a.example/"],
        ["scan", "--fail-on", "terrible"],
        ["scan", "--max-unassessed", "7"],
        ["check", "show"],
        ["check", "list", "--format", "xml"],
        ["check", "show", "no.such-check"],
        ["profile", "show", "no-such-profile"],
        ["scan", "--profile", "no-such-profile", "http://a.example/"],
        ["scan"],
        ["plan"],
        ["scan", "no-such-file.csv"],
        ["scan", "ftp://a.example/"],
        ["site", "import", "no-such-file.csv"],
        ["run", "show"],
        ["run", "verify", "20260101-000000-abcd"],
        ["run", "resume"],
        ["report"],
        ["report", "--format", "docx2"],
        ["--lang", "fr", "plan"],
    ],
    ids=" ".join,
)
def test_a_usage_error_is_told_on_standard_error_with_exit_code_2(xuncha, words):
    ran = xuncha(*words)
    assert ran.code == 2
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_a_misspelt_check_gets_a_hint(xuncha):
    assert "links.empty" in xuncha("check", "show", "links.emty").err


def test_the_version_is_told(xuncha):
    assert __version__ in xuncha("--version").out
