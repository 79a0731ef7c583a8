"""``xuncha review list``: what is to be reviewed; with ``--verdict``, what somebody says of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, listing, next_step, note, show_entry
from xuncha.cli.review.asking import answers
from xuncha.cli.review.options import VERDICTS, choosing, chosen, known_sites, run_argument
from xuncha.cli.sealed import SHOWN, Log, named
from xuncha.cli.sources import Sources, latest_run
from xuncha.errors import UsageError
from xuncha.model.outcome import Review
from xuncha.model.review import DISMISSED, ReviewCount, Reviewed
from xuncha.review.log import Decision, drafts
from xuncha.review.rows import Cause, Chosen, Row, by_cause, rows
from xuncha.review.words import as_data, place
from xuncha.store.bundle import Bundle
from xuncha.store.codec import encode
from xuncha.store.format import moment, visible
from xuncha.store.labels import label, review_words
from xuncha.store.mask import clean_line
from xuncha.store.result import Stored
from xuncha.workspace import Workspace

MOST_SHOWN = 40
"""Lines of a table; more are for filters, JSON and the workbook."""


@click.command(
    "list",
    short_help=say("列出待复核的问题，记录复核意见", "List what is to be reviewed; record what people say."),
    help=say(
        "列出一次检查（默认最近一次）中待复核的问题，同一原因的归在一起；用 --cause 看其中每一处。"
        "加 --verdict、--by 则记录复核意见：--cause 对同一原因的各处，--finding 对一处。"
        "认定误报或不作为问题须用 --reason 写明理由。",
        "List what is to be reviewed of a run, the latest by default, by cause; --cause shows each place. With "
        "--verdict and --by a verdict is recorded, of all places of a --cause or of one --finding. Who calls something "
        "a false alarm or no problem gives a --reason.",
    ),
)
@run_argument
@choosing
@listing
@click.option("--cause", metavar=say("编号", "ID"), default="", help=say("同一原因的各处", "All places of a cause."))
@click.option(
    "--finding",
    "findings",
    metavar=say("编号", "ID"),
    multiple=True,
    help=say("某一处问题，可写多次", "One finding; may be given again."),
)
@click.option(
    "--verdict",
    type=click.Choice(list(VERDICTS)),
    help=say("复核结论", "What is said of it."),
)
@click.option("--retract", is_flag=True, help=say("撤回已记录的复核意见", "Take back what was recorded."))
@click.option("--ask", is_flag=True, help=say("在终端上逐个原因询问", "Ask about each cause, at a terminal."))
@click.option("--by", metavar=say("姓名", "NAME"), default="", help=say("复核人", "Who reviews."))
@click.option("--reason", metavar=say("理由", "TEXT"), default="", help=say("理由", "Why."))
def listing_of(
    run: str,
    form: str,
    cause: str,
    findings: tuple[str, ...],
    verdict: str | None,
    by: str,
    reason: str,
    *,
    ask: bool,
    retract: bool,
    **given: Any,
) -> int:
    sources = Sources.here()
    bundle = Bundle.open(latest_run(sources.workspace, run))
    stored = Stored(bundle, sources.reviews())
    wanted = chosen(given)
    known_sites(stored, wanted, bundle)
    if cause or findings:
        wanted = _about(stored, wanted, cause, findings)
    if verdict or retract:
        if not cause and not findings:
            raise UsageError(say("请用 --cause 或 --finding 写明是哪些问题", "name them with --cause or --finding"))
        said = VERDICTS[verdict] if verdict and not retract else None
        _record(sources.workspace, _meant(stored, wanted, retract=retract), said, by, reason, stored)
        next_step(f"xuncha review {stored.meta.id}")
        return 0
    found = rows(stored, wanted)
    if ask:
        return _ask(sources.workspace, found, by, stored)
    if form == "json":
        _stream(found)
    elif cause or findings:
        _show_places(list(found), stored.meta.id)
    else:
        _show_causes(by_cause(found), wanted, stored.meta.id)
    return 0


def _about(stored: Stored, wanted: Chosen, cause: str, findings: Sequence[str]) -> Chosen:
    """The same with the full ids of what was named. What is named is meant, whether it was reviewed or not."""
    everything = list(rows(stored, replace(wanted, open_only=False)))
    prints = tuple(named((one.finding.fingerprint for one in everything), name, "v1:", LISTED) for name in findings)
    full = named((one.cause for one in everything), cause, "c1:", LISTED) if cause else ""
    return replace(wanted, cause=full, named=prints, open_only=wanted.open_only and not prints)


def _meant(stored: Stored, wanted: Chosen, *, retract: bool) -> list[Row]:
    """The findings that a verdict is about; only what was reviewed can be taken back."""
    if not retract:
        return list(rows(stored, wanted))
    return [row for row in rows(stored, replace(wanted, open_only=False)) if row.reviewed]


LISTED = "xuncha review"


def _ask(workspace: Workspace, found: Iterable[Row], by: str, stored: Stored) -> int:
    """Go through the causes with somebody at the terminal."""
    everything = list(found)
    if not clean_line(by):
        raise UsageError(say("请用 --by 写明复核人", "give --by"))
    for cause, verdict, reason in answers(by_cause(everything)):
        meant = [row for row in everything if row.cause == cause.first.cause]
        _record(workspace, meant, verdict, by, reason, stored)
    return 0


def _record(
    workspace: Workspace, found: list[Row], verdict: Review | None, by: str, reason: str, stored: Stored
) -> None:
    """Write down one verdict of several findings, or take back what stands of them."""
    if not found:
        text = "没有符合条件的问题，没有记录；已复核过的请加 --all"
        raise UsageError(say(text, "nothing fits, so nothing was recorded; what was reviewed already needs --all"))
    if not clean_line(by) or (verdict in DISMISSED and not clean_line(reason)):
        raise UsageError(
            say(
                "请用 --by 写明复核人；认定误报、不作为问题的，用 --reason 写明理由",
                "give --by, and --reason for what is a false alarm or no problem",
            )
        )
    said = [Decision(one.finding.fingerprint, one.site, one.check, verdict, by, reason) for one in found]
    book = Log(workspace).write(drafts(said, stored.meta.id), LISTED)
    words = label("review", verdict, LANG) if verdict else say("撤回", "taken back")
    text = f"已记录：{len(said)} 处，{words}（记录第 {book.chain.length} 条）"
    note(say(text, f"recorded: {len(said)} findings, {words} (entry {book.chain.length})"))


def _stream(found: Iterable[Row]) -> None:
    """A JSON array, a finding to a line, however many there are."""
    before = "[\n"
    for row in found:
        click.echo(before.encode() + encode(as_data(row)), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")


def _show_causes(causes: Sequence[Cause], wanted: Chosen, run: str) -> None:
    for one in causes[:MOST_SHOWN]:
        _show_cause(one)
    count = sum(one.count for one in causes)
    more = len(causes) - MOST_SHOWN
    if more > 0:
        text = f"… 另有 {more} 个原因，请用 --site、--check 缩小范围，或用 xuncha review export 导出"
        note(say(text, f"… {more} causes more; use --site or --check, or xuncha review export"))
    lead = say("待复核", "to be reviewed") if wanted.open_only else say("共", "in all")
    note(f"{lead}{COLON}{say(f'{count} 处，{len(causes)} 个原因', f'{count} findings, {len(causes)} causes')}")
    if not wanted.open_only:
        said = sum((Counter(one.said) for one in causes), Counter[Review | None]())
        note(review_words(ReviewCount(count, {one: said[one] for one in Review}), LANG))
    if causes:
        example = say("--verdict 属实 --by 姓名", "--verdict confirmed --by NAME")
        next_step(f"xuncha review {run} --cause {causes[0].first.cause[:SHOWN]} [{example}]")


def _show_cause(cause: Cause) -> None:
    first, count = cause.first, cause.count
    done = count - cause.said.get(None, 0)
    places = say(f"{count} 处", f"{count} finding{'' if count == 1 else 's'}")
    places += say(f"（已复核 {done}）", f" ({done} reviewed)") if done else ""
    parts = [first.cause[:SHOWN], visible(first.name or first.site), _title(first), places]
    show_entry(parts, _problem(first))


def _title(row: Row) -> str:
    status, severity = label("status", row.finding.status, LANG), label("severity", row.severity, LANG)
    return f"{row.problem.of(LANG)}{say('（', ' (')}{status}{say('，风险', ', ')}{severity}{say('）', ')')}"


def _problem(row: Row) -> Iterator[str]:
    words = row.finding.message
    yield visible(words.zh if LANG == "zh" else words.en)
    yield place(row.finding, LANG)


def _show_places(found: Sequence[Row], run: str) -> None:
    for one in found[:MOST_SHOWN]:
        _show_place(one)
    if len(found) > MOST_SHOWN:
        note(say(f"… 共 {len(found)} 处", f"… {len(found)} in all"))
    if found:
        example = say("--verdict 误报 --by 姓名 --reason 理由", "--verdict false-positive --by NAME --reason TEXT")
        next_step(f"xuncha review {run} --finding {found[0].finding.fingerprint[:SHOWN]} {example}")


def _show_place(row: Row) -> None:
    parts = [row.finding.fingerprint[:SHOWN], visible(row.name or row.site), _title(row)]
    show_entry(parts, filter(None, (*_problem(row), visible(row.finding.excerpt), _said(row.reviewed))))


def _said(said: Reviewed | None) -> str:
    if said is None:
        return ""
    shown = (label("review", said.verdict, LANG), said.by, moment(said.at)[:10], said.reason)
    return f"{say('复核', 'review')}{COLON}{say('，', ', ').join(filter(None, shown))}"
