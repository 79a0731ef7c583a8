"""``xuncha review --ask``: goes through the causes one by one and records what is answered, each at once."""

import sys
from collections.abc import Iterator, Sequence

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, note, show_text
from xuncha.errors import UsageError
from xuncha.model.outcome import Review
from xuncha.model.review import DISMISSED
from xuncha.review.rows import Cause
from xuncha.review.words import place
from xuncha.store.format import visible
from xuncha.store.labels import label
from xuncha.store.mask import clean_line

ANSWERS = dict(zip("1234", Review, strict=True))
SKIP, STOP = "s", "q"


def answers(causes: Sequence[Cause]) -> Iterator[tuple[Cause, Review, str]]:
    """The causes that somebody at the terminal decides on, with verdict and reason. Raises UsageError off one."""
    if not sys.stdin.isatty():
        raise UsageError(say("--ask 只能在终端上使用", "--ask needs a terminal"))
    keys = " ".join(f"{key} {label('review', verdict, LANG)}" for key, verdict in ANSWERS.items())
    note(f"{keys} · {SKIP} {say('跳过', 'skip')} · {STOP} {say('结束', 'stop')}")
    for number, cause in enumerate(causes, 1):
        _show(number, len(causes), cause)
        word = click.prompt(
            say("结论", "verdict"), type=click.Choice([*ANSWERS, SKIP, STOP]), show_choices=False, err=True
        )
        if word == STOP:
            return
        if verdict := ANSWERS.get(word):
            yield cause, verdict, _reason(needed=verdict in DISMISSED)


def _show(number: int, count: int, cause: Cause) -> None:
    row, words = cause.first, cause.first.finding.message
    places = say(f"{cause.count} 处", f"{cause.count} places")
    show_text(f"\n[{number}/{count}] {visible(row.name or row.site)}{COLON}{row.problem.of(LANG)} ({places})")
    show_text(visible(words.zh if LANG == "zh" else words.en))
    show_text(place(row.finding, LANG))
    if row.finding.excerpt:
        show_text(visible(row.finding.excerpt))


def _reason(*, needed: bool) -> str:
    text = say("理由", "reason") if needed else say("理由（可不写）", "reason (may be left out)")
    while True:
        found = clean_line(str(click.prompt(text, default="", show_default=False, err=True)))
        if found or not needed:
            return found
