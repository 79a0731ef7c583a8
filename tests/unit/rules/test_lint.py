import pytest

from xuncha.cli.app import cli
from xuncha.rules.http_file import read_answer
from xuncha.rules.lint import NEGATIVES, lint

ORIGIN = "program: git\nversion: 2.39\nhow: git init, served by nginx\nwhen: 2026-11-23\n"
FILE = ('{body: "ref: refs/heads/main\\n"}', "{file: git/HEAD.http}")
VERIFIED = ("synthetic", "verified")
ANSWER = b"HTTP/1.1 200 OK\r\n\r\nref: refs/heads/main\n"


@pytest.fixture
def answers(tmp_path):
    """A folder of answers: git's, with what is known of their origin."""
    folder = tmp_path / "git"
    folder.mkdir()
    (folder / "HEAD.http").write_bytes(ANSWER)
    (folder / "ORIGIN.yaml").write_text(ORIGIN)
    return folder


@pytest.fixture
def said(rule_file):
    """What lint says of a file of rules."""
    return lambda *changes, **more: [problem.of("en") for problem in lint(rule_file(*changes), **more).problems]


def test_a_sound_rule_has_no_problems(said):
    assert said() == []


def test_a_rule_must_find_by_its_positives(said):
    (line,) = said(('"ref: refs/heads/main\\n"', '"nothing"'))
    assert "finds nothing by tests.positive[1]" in line


def test_a_rule_must_not_find_by_its_negatives(said):
    (line,) = said(('"<html>ref: refs/heads/main</html>"', '"ref: refs/"'))
    assert "must not find by tests.negative[1]" in line


def test_answers_stand_beside_the_rules(said, answers):
    assert said(FILE, VERIFIED) == []


def test_answers_may_stand_elsewhere(said, answers, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    answers.rename(elsewhere / "git")
    assert said(FILE, VERIFIED, tests=elsewhere) == []
    assert "no such file" in said(FILE)[0]


def test_a_verified_rule_needs_an_answer_of_the_program(said):
    assert "verified needs a file" in said(VERIFIED)[0]


def test_an_answer_tells_where_it_comes_from(said, answers):
    (answers / "ORIGIN.yaml").write_text(ORIGIN.replace("how:", "who:"))
    assert any("how: is missing" in line for line in said(FILE, VERIFIED))


def test_a_rule_must_not_accuse_the_innocent(said, tmp_path):
    corpus = tmp_path / "negatives"
    corpus.mkdir()
    (corpus / "mirror.http").write_bytes(ANSWER)
    (line,) = said(negatives=corpus)
    assert "finds by mirror.http" in line
    assert "demo.git-head" in line


def test_an_id_bears_no_name_of_a_plugin_of_ours(said):
    (line,) = said(("demo.git-head", "exposure.stolen"))
    assert "plugin of Xuncha's own" in line


def test_a_family_needs_its_check(said, tmp_path):
    (tmp_path / "checks.yaml").write_text("checks: {demo.backups: {}}\n")
    (line,) = said()
    assert "no check demo.version-control" in line
    assert "rules.yaml:3:13:" in line


def test_a_rule_on_its_own_is_of_a_known_family(said):
    (line,) = said(("family: version-control", "family: version-controls"))
    assert "rules.yaml:3:13:" in line
    assert "there is no family version-controls" in line
    assert "backups, cms, configuration" in line


def test_a_folder_without_rules_is_no_folder_of_rules(tmp_path):
    assert "no file of rules" in lint(tmp_path).problems[0].of("en")


@pytest.mark.parametrize("file", sorted(NEGATIVES.glob("*.http")), ids=lambda file: file.stem)
def test_the_shared_corpus_can_be_read(file):
    assert read_answer(file).status


def test_the_command_says_what_is_wrong_and_how_much(rule_file, capsys):
    assert cli.main(["plugin", "lint", str(rule_file(("regex", "word")))], standalone_mode=False) == 1
    assert "rules.yaml:8" in capsys.readouterr().out


def test_the_command_is_content_with_sound_rules(rule_file, capsys):
    assert cli.main(["plugin", "lint", str(rule_file())], standalone_mode=False) == 0
    assert capsys.readouterr().out == ""


def test_a_plugin_s_texts_are_looked_at_too(rule_file, capsys):
    folder = rule_file().parent
    (folder / "checks.yaml").write_text("plugin: {rules: rules.yaml}\n")
    assert cli.main(["plugin", "lint", str(folder)], standalone_mode=False) == 1
    assert "checks.yaml" in capsys.readouterr().out


def test_a_check_whose_failure_has_no_name_is_pointed_out(tmp_path, capsys):
    words = "title: {zh: 好, en: good}, rationale: {zh: 故, en: so}, remediation: [{role: leader, zh: 做, en: do}]"
    check = f"{{severity: low, {words}}}"
    (tmp_path / "checks.yaml").write_text(f"plugin: {{title: {{zh: 例, en: demo}}}}\nchecks:\n  demo.good: {check}\n")
    assert cli.main(["plugin", "lint", str(tmp_path)], standalone_mode=False) == 0
    assert "demo.good" in capsys.readouterr().err
