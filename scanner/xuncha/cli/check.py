"""``xuncha check list|show|stats``: what is asked, why, what to do, and how often it was wrong."""

from collections.abc import Iterator

import click

from xuncha.catalogue import Catalogue, CheckEntry
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, listing, note, show_json, show_table
from xuncha.cli.sealed import Log
from xuncha.cli.sources import Sources
from xuncha.errors import UsageError
from xuncha.guidance.configuration import Configuration, Server
from xuncha.model.outcome import Review
from xuncha.review.stats import FEW, CheckStats, statistics
from xuncha.store.codec import dump
from xuncha.store.format import share
from xuncha.store.labels import label


@click.group("check", help=say("查看检查点", "List and show checks, and how often they were wrong."))
def command() -> None: ...


@command.command("list", help=say("列出全部检查点", "List all checks."))
@listing
def list_checks(form: str) -> int:
    known = Sources.here().catalogue()
    if form == "json":
        show_json([as_data(entry, _ready(known, entry)) for entry in known.checks])
        return 0
    rows = [
        [entry.id, label("severity", entry.meta.severity, LANG), entry.meta.text.title.of(LANG)]
        for entry in known.checks
    ]
    show_table([say("编号", "id"), say("风险等级", "severity"), say("检查点", "check")], rows)
    return 0


@command.command("show", help=say("查看一个检查点的说明", "Show one check."))
@click.argument("check_id", metavar=say("检查点编号", "CHECK"))
@click.option(
    "--server",
    type=click.Choice([server.value for server in Server]),
    help=say("给出这种服务器可直接使用的配置", "Print the ready configuration for this kind of server."),
)
@listing
def show_check(check_id: str, server: str | None, form: str) -> int:
    from difflib import get_close_matches  # noqa: PLC0415

    known = Sources.here().catalogue()
    entry = known.check(check_id)
    if entry is None:
        near = get_close_matches(check_id, [one.id for one in known.checks], 1)
        listed = say("，全部检查点见 xuncha check list", "; xuncha check list names them all")
        hint = say(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else listed
        raise UsageError(say(f"没有检查点 {check_id}{hint}", f"there is no check {check_id}{hint}"))
    ready = _ready(known, entry)
    if form == "json":
        show_json(as_data(entry, ready))
    else:
        _print(entry, ready, server)
    return 0


def _ready(known: Catalogue, entry: CheckEntry) -> dict[str, Configuration]:
    """The configurations that a check names, from its plugin."""
    metas = (plugin.meta for plugin in known.plugins if plugin.ref.name == entry.plugin and plugin.meta)
    found = {name: one for meta in metas for name, one in meta.configurations.items()}
    return {name: found[name] for name in entry.meta.configurations if name in found}


@command.command(
    "stats",
    short_help=say("各检查点的误报率", "How often each check was wrong."),
    help=say(
        "按人工复核的结果列出各检查点的误报率：误报占已有结论（属实、误报、不作为问题）的比例。同一问题只计一次",
        "How often each check was wrong, as people have reviewed it: false positives among what is decided. A finding "
        "that was seen again counts once.",
    ),
)
@listing
def stats(form: str) -> int:
    found = statistics(Log(Sources.here().workspace).book.chain.entries)
    if form == "json":
        show_json([_stats_data(one) for one in found])
        return 0
    headers = [say("检查点", "check"), say("已复核", "reviewed"), *(label("review", one, LANG) for one in Review)]
    show_table([*headers, say("误报率", "wrong")], [_stats_row(one) for one in found], whole=1)
    if any(one.decided < FEW for one in found):
        note(say(f"* 依据不足 {FEW} 处，仅供参考", f"* rests on fewer than {FEW} findings"))
    return 0


def _stats_row(one: CheckStats) -> list[str]:
    rate = one.false_alarms
    few = "*" if one.decided < FEW else ""
    shown = "—" if rate is None else f"{share(rate)} ({one.said.get(Review.FALSE_POSITIVE, 0)}/{one.decided}){few}"
    return [one.check, str(one.reviewed), *(str(one.said.get(said, 0)) for said in Review), shown]


def _stats_data(one: CheckStats) -> dict[str, object]:
    counts = {str(said): one.said.get(said, 0) for said in Review}
    return {"check": one.check, "reviewed": one.reviewed, **counts, "rests_on": one.decided, "rate": one.false_alarms}


def as_data(entry: CheckEntry, ready: dict[str, Configuration]) -> dict[str, object]:
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
        "problem": dump(text.problem),
        "rationale": dump(text.rationale),
        "remediation": [dump(step) for step in text.remediation],
        "effort": meta.effort,
        "recheck": dump(text.recheck),
        "explained_by": [dump(one) for one in meta.explained_by],
        "configurations": {name: dump(found) for name, found in ready.items()},
        "references": [dump(source) for source in text.references],
        "messages": {key: dump(words) for key, words in text.messages.items()},
        "parameters": entry.params_schema.get("properties", {}),
    }


def _print(entry: CheckEntry, ready: dict[str, Configuration], server: str | None) -> None:
    text = entry.meta.text
    click.echo(f"{entry.id}  {text.title.of(LANG)}")
    click.echo(f"{say('不合格时', 'where it fails')}{COLON}{text.wrong.of(LANG)}")
    severity = label("severity", entry.meta.severity, LANG)
    click.echo(say(f"风险等级：{severity}   插件：{entry.plugin}", f"severity: {severity}   plugin: {entry.plugin}"))
    click.echo(f"\n{text.rationale.of(LANG)}\n")
    for step in text.remediation:
        click.echo(f"- {label('role', step.role, LANG)}{COLON}{step.text.of(LANG)}")
    for said in _guidance(entry, ready):
        click.echo(said)
    for source in text.references:
        mark = "" if source.confidence == "verified" else f"[{label('confidence', source.confidence, LANG)}]"
        said = " ".join(part for part in (source.title, source.number, source.clause, mark) if part)
        click.echo(f"{say('依据', 'see')}{COLON}{said}")
    for one in ready.values():
        _print_configuration(one, server)


def _guidance(entry: CheckEntry, ready: dict[str, Configuration]) -> Iterator[str]:
    effort, recheck = entry.meta.effort, entry.meta.text.recheck
    if effort:
        yield f"{say('工作量', 'effort')}{COLON}{label('effort', effort, LANG)}"
    if recheck:
        yield f"{say('如何复查', 're-check')}{COLON}{recheck.of(LANG)}"
    if others := say("、", ", ").join(dict.fromkeys(one.check for one in entry.meta.explained_by)):
        yield f"{say('原因相同时，随以下检查点一并整改', 'of the same cause, settled with')}{COLON}{others}"
    for one in ready.values():
        servers = ", ".join(snippet.server for snippet in one.snippets)
        yield f"{say('可直接使用的配置', 'ready configuration')}{COLON}{one.title.of(LANG)} (--server {servers})"


def _print_configuration(one: Configuration, server: str | None) -> None:
    for snippet in one.snippets:
        if snippet.server == server:
            click.echo(f"\n{one.title.of(LANG)}{COLON}{label('server', server, LANG)}")
            click.echo("\n".join(said.of(LANG) for said in (one.mind, snippet.place) if said))
            for example in snippet.needs(one.examples):
                click.echo(f"{example.written} → {example.means.of(LANG)}")
            click.echo(f"\n{snippet.text}")
