"""``xuncha check list|show``: what is asked, why, and what to do."""

import click

from xuncha.catalogue import CheckEntry
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, listing, show_json, show_table
from xuncha.cli.sources import Sources
from xuncha.errors import UsageError
from xuncha.store.codec import dump
from xuncha.store.labels import label


@click.group("check", help=say("查看检查点", "List and show checks."))
def command() -> None: ...


@command.command("list", help=say("列出全部检查点", "List all checks."))
@listing
def list_checks(form: str) -> int:
    checks = Sources.here().catalogue().checks
    if form == "json":
        show_json([as_data(entry) for entry in checks])
        return 0
    rows = [
        [entry.id, label("severity", entry.meta.severity, LANG), entry.meta.text.title.of(LANG)] for entry in checks
    ]
    show_table([say("编号", "id"), say("风险等级", "severity"), say("检查点", "check")], rows)
    return 0


@command.command("show", help=say("查看一个检查点的说明", "Show one check."))
@click.argument("check_id", metavar=say("检查点编号", "CHECK"))
@listing
def show_check(check_id: str, form: str) -> int:
    from difflib import get_close_matches  # noqa: PLC0415

    known = Sources.here().catalogue()
    entry = known.check(check_id)
    if entry is None:
        near = get_close_matches(check_id, [one.id for one in known.checks], 1)
        listed = say("，全部检查点见 xuncha check list", "; xuncha check list names them all")
        hint = say(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else listed
        raise UsageError(say(f"没有检查点 {check_id}{hint}", f"there is no check {check_id}{hint}"))
    if form == "json":
        show_json(as_data(entry))
    else:
        _print(entry)
    return 0


def as_data(entry: CheckEntry) -> dict[str, object]:
    """What a program wants of a check: both languages, where it comes from, its parameters."""
    meta, text = entry.meta, entry.meta.text
    return {
        "id": entry.id,
        "plugin": entry.plugin,
        "version": meta.version,
        "severity": meta.severity,
        "requires": meta.requires,
        "applies_to": list(meta.applies_to),
        "title": dump(text.title),
        "rationale": dump(text.rationale),
        "remediation": [dump(step) for step in text.remediation],
        "references": [dump(source) for source in text.references],
        "messages": {key: dump(words) for key, words in text.messages.items()},
        "parameters": entry.params_schema.get("properties", {}),
    }


def _print(entry: CheckEntry) -> None:
    text = entry.meta.text
    click.echo(f"{entry.id}  {text.title.of(LANG)}")
    severity = label("severity", entry.meta.severity, LANG)
    click.echo(say(f"风险等级：{severity}   插件：{entry.plugin}", f"severity: {severity}   plugin: {entry.plugin}"))
    click.echo(f"\n{text.rationale.of(LANG)}\n")
    for step in text.remediation:
        click.echo(f"- {label('role', step.role, LANG)}{COLON}{step.text.of(LANG)}")
    for source in text.references:
        mark = "" if source.confidence == "verified" else f"[{label('confidence', source.confidence, LANG)}]"
        said = " ".join(part for part in (source.title, source.number, source.clause, mark) if part)
        click.echo(f"{say('依据', 'see')}{COLON}{said}")
