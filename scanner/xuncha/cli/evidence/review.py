"""``xuncha evidence review``: the questions that no machine can decide, and what a named person answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import click

from xuncha.baseline.book import Book
from xuncha.baseline.entries import Act, Draft
from xuncha.cli.baseline.sites import chosen_sites, site_option
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, console, listing, next_step, note, show_json, show_text
from xuncha.cli.sealed import SHOWN, Log, named
from xuncha.cli.sources import Sources, latest_run
from xuncha.errors import UsageError
from xuncha.evidence.answers import Key, answers, draft, in_force
from xuncha.model.clock import system_clock
from xuncha.model.folding import cells, folded
from xuncha.model.locator import DocumentLocator
from xuncha.model.outcome import Recorded, Status
from xuncha.store.bundle import Bundle
from xuncha.store.codec import dump
from xuncha.store.format import moment, spot, visible
from xuncha.store.mask import clean_line
from xuncha.store.result import AnsweredView, FindingView, MessageView, SiteResult, build_result

MOST_DAYS = 3 * 366
USUAL_DAYS = 365


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a check about a document, open or answered; ``said`` is what stands in the log."""

    site: SiteResult
    check: str
    fingerprint: str
    locator: DocumentLocator
    message: MessageView
    excerpt: str
    open: bool
    said: Recorded | None = None

    @property
    def answered_here(self) -> Recorded | None:
        """The answer, if it was given about this very document."""
        return self.said if self.said and self.said.sha256 == self.locator.sha256 else None


def questions(sites: Sequence[SiteResult], known: Mapping[Key, Recorded]) -> Iterator[Question]:
    """Every question about a document, in the order of the run."""
    for site in sites:
        for outcome in site.outcomes:
            asked: list[FindingView | AnsweredView] = [
                *(one for one in outcome.findings if one.status is Status.MANUAL),
                *outcome.answered,
            ]
            for one in asked:
                if isinstance(one.locator, DocumentLocator):
                    said = known.get((site.id, one.fingerprint))
                    still, at = isinstance(one, FindingView), one.locator
                    yield Question(site, outcome.check, one.fingerprint, at, one.message, one.excerpt, still, said)


def _verdict(_context: click.Context, _option: click.Parameter, word: str | None) -> bool | None:
    return None if word is None else word in ("met", "符合")


@click.command(
    "review",
    short_help=say("列出待人工审核的问题，记录审核意见", "List what people must decide; record what they decide."),
    help=say(
        "列出一次检查（默认最近一次）中须由人审核的材料；加 --question 和 --verdict 则记录审核意见。"
        "意见写入带封印的记录，下一次核验时生效，到期或材料更换后失效，报告中始终写明是谁审核的",
        "List the questions of a run, the latest by default, that a person must answer; with --question and --verdict "
        "record an answer. Answers are sealed, count from the next verification on, until they expire or the document "
        "changes, and are always shown as such.",
    ),
)
@click.argument("run", metavar=say("[检查编号]", "[RUN]"), default="")
@site_option
@listing
@click.option("--all", "everything", is_flag=True, help=say("也列出已有意见的", "List answered ones too."))
@click.option("--question", metavar=say("编号", "ID"), default="", help=say("要审核的问题", "The question to answer."))
@click.option(
    "--verdict",
    type=click.Choice(["met", "unmet", "符合", "不符合"]),
    callback=_verdict,
    help=say("审核意见：符合或不符合", "met or unmet"),
)
@click.option("--retract", is_flag=True, help=say("撤回已记录的意见", "Take a recorded answer back."))
@click.option("--by", metavar=say("姓名", "NAME"), default="", help=say("审核人", "Who decides."))
@click.option("--reason", metavar=say("理由", "TEXT"), default="", help=say("理由", "Why."))
@click.option(
    "--until",
    metavar=say("日期", "DATE"),
    type=click.DateTime(["%Y-%m-%d"]),
    help=say("意见有效期的最后一天，如 2027-01-15，默认一年", "Its last day, as 2027-01-15; a year by default."),
)
def review(
    run: str,
    sites: tuple[str, ...],
    form: str,
    everything: bool,
    question: str,
    verdict: bool | None,
    retract: bool,
    by: str,
    reason: str,
    until: datetime | None,
) -> int:
    workspace = Sources.here().workspace
    result = build_result(Bundle.open(latest_run(workspace, run)))
    log = Log(workspace)
    found = list(questions(chosen_sites(result.sites, sites), answers(log.book.chain.entries)))
    if not question:
        if verdict is not None or retract:
            raise UsageError(say("请用 --question 写明是哪个问题", "name the question with --question"))
        return _list(found, form, everything=everything)
    chosen = _named(found, question)
    if not clean_line(by) or not clean_line(reason):
        raise UsageError(say("请用 --by 写明审核人，用 --reason 写明理由", "give --by and --reason"))
    if retract:
        entry = Draft(Act.RETRACT, by, chosen.site.id, note=reason, check=chosen.check, asked=chosen.fingerprint)
    else:
        entry = _answer(chosen, verdict, by, reason, until.date() if until else None, result.run.id)
    return _tell(chosen, entry, log.write([entry], "xuncha evidence review"))


def _answer(chosen: Question, met: bool | None, by: str, reason: str, until: date | None, run: str) -> Draft:
    if met is None:
        raise UsageError(say("请用 --verdict 写明意见：符合或不符合", "give --verdict met or unmet"))
    today = system_clock().date()
    last = until or today + timedelta(days=USUAL_DAYS)
    if not today <= last <= today + timedelta(days=MOST_DAYS):
        raise UsageError(say("--until 应在今天以后、三年以内", "--until must be from today on and within three years"))
    said = Recorded(chosen.fingerprint, chosen.check, met, by, system_clock(), reason, last, chosen.locator.sha256)
    return draft(chosen.site.id, said, chosen.locator.path, run)


def _named(found: Sequence[Question], name: str) -> Question:
    """The one question whose fingerprint begins so. Raises UsageError."""
    known = {one.fingerprint: one for one in found}
    return known[named(known, name, "v1:", "xuncha evidence review")]


def _list(found: Sequence[Question], form: str, *, everything: bool) -> int:
    shown = [one for one in found if everything or (one.open and not one.answered_here)]
    if form == "json":
        show_json([_as_data(one) for one in shown])
        return 0
    if not shown:
        note(say("没有待审核的问题", "nothing to review"))
    for one in shown:
        _show(one)
    if any(one.open for one in shown):
        example = say("--verdict 符合 --by 姓名 --reason 理由", "--verdict met --by NAME --reason TEXT")
        next_step(f"xuncha evidence review --question {shown[0].fingerprint[:SHOWN]} {example}")
    return 0


def _show(one: Question) -> None:
    """A question over the whole width: what is asked is too long for a column of a table."""
    place = one.locator
    words = one.message.zh if LANG == "zh" else one.message.en
    show_text(f"{one.fingerprint[:SHOWN]}  {visible(one.site.name or one.site.id)}  {one.check}")
    _line(say("问题", "question"), words)
    _line(say("位置", "where"), " ".join(filter(None, (place.path, spot(place, LANG)))))
    _line(say("原文", "words"), one.excerpt)
    _line(say("意见", "answer"), _said(one).replace("\n", say("，", ", ")))
    click.echo()


def _line(what: str, words: str) -> None:
    """A labelled line, folded below its beginning; nothing where there are no words."""
    lead = f"  {what}{COLON}"
    width = max(console().width - cells(lead), 20)
    for number, part in enumerate(folded(visible(words), width)):
        click.echo((" " * cells(lead) if number else lead) + part)


def _said(one: Question) -> str:
    said = one.said
    if said is None:
        return ""
    if one.answered_here is None:
        return say("材料已更换，原意见失效", "about another document")
    today = system_clock().date()
    verdict = say("符合", "met") if said.met else say("不符合", "unmet")
    ended = "" if in_force(said, today) else say("（已过期）", " (expired)")
    until = f"\n{say('至', 'until')} {said.until}" if said.until else ""
    return f"{verdict}{ended}\n{said.by} {moment(said.at)[:10]}{until}\n{said.reason}"


def _as_data(one: Question) -> dict[str, Any]:
    return {
        "question": one.fingerprint,
        "site": one.site.id,
        "check": one.check,
        "locator": dump(one.locator),
        "message": {"key": one.message.key, "zh": one.message.zh, "en": one.message.en},
        "excerpt": one.excerpt,
        "open": one.open,
        "answer": dump(one.said) if one.said else None,
    }


def _tell(chosen: Question, entry: Draft, book: Book) -> int:
    text = say("已撤回", "taken back") if entry.act is Act.RETRACT else say("已记录", "recorded")
    number = book.chain.length
    last = say(f"，有效期至 {entry.end}", f", until {entry.end}") if entry.end else ""
    note(say(f"{text}（记录第 {number} 条）{last}", f"{text} (entry {number}){last}"))
    next_step(f"xuncha evidence verify {visible(chosen.site.id)}")
    return 0
