"""``xuncha plugin lint``: what is wrong with a plugin's texts and rules, told before anybody is accused by them."""

from pathlib import Path

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import note
from xuncha.config.errors import ConfigError, Problem

FAULTY = 1


@click.command(
    "lint",
    help=say(
        "检查插件文件夹（checks.yaml 与规则）或规则文件：格式、测试用例、公共反例",
        "Check a plugin's folder (checks.yaml and rules), or a file of rules: form, tests, innocent answers.",
    ),
)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--tests",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=say("应答文件所在文件夹（默认在规则旁边）", "Where files of answers are (beside the rules by default)."),
)
@click.option(
    "--negatives",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=say("另用一组反例应答", "Another corpus of innocent answers."),
)
def command(path: Path, tests: Path | None, negatives: Path | None) -> int:
    from xuncha.rules.lint import NEGATIVES, lint  # noqa: PLC0415 - pydantic is heavy

    rules, problems = _of_plugin(path)
    if rules:
        linted = lint(rules, tests, negatives or NEGATIVES)
        problems = tuple(dict.fromkeys((*problems, *linted.problems)))
        _told(len(linted.rules), linted.verified, linted.tests)
    for problem in problems:
        click.echo(problem.of(LANG))
    _nameless(path / "checks.yaml")
    counted = f"{len(problems)} problem" + "s" * (len(problems) > 1)
    note(say(f"{len(problems)} 处问题", counted) if problems else say("没有问题", "no problems"))
    return FAULTY if problems else 0


def _told(count: int, verified: int, cases: int) -> None:
    if count:
        chinese = f"{count} 条规则（{verified} 条经真实程序验证），{cases} 个用例"
        note(say(chinese, f"{count} rules ({verified} verified by real programs), {cases} tests"))


def _nameless(checks: Path) -> None:
    """Tell which checks give no name to what is wrong: reports then say it by the title, which reads clumsily."""
    from xuncha.metadata import load_checks  # noqa: PLC0415

    try:
        found = load_checks(checks).checks.values() if checks.is_file() else ()
    except ConfigError:
        return
    names = ", ".join(check.id for check in found if not check.text.problem)
    if names:
        note(say(f"建议为检查点写明 problem（不合格时的问题名称）：{names}", f"better say the problem of: {names}"))


def _of_plugin(path: Path) -> tuple[Path | None, tuple[Problem, ...]]:
    """Where the rules are, and what is wrong with the texts beside them."""
    from xuncha.metadata import load_checks, rules_of  # noqa: PLC0415

    checks = path / "checks.yaml"
    if not checks.is_file():
        return path, ()
    problems: tuple[Problem, ...] = ()
    try:
        load_checks(checks)
    except ConfigError as error:
        problems = error.problems
    return rules_of(checks), problems
