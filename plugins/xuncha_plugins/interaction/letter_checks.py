"""Whether published letters are answered, in time, and with an answer (notice 一(一)3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from pydantic import Field

from xuncha.api import (
    Ask,
    ColumnLocator,
    Coverage,
    Crawl,
    Finding,
    NotApplicable,
    Note,
    PageLocator,
    Params,
    Reason,
    Share,
    Unsure,
    ask,
    check,
    finding,
    note,
    unsure,
    warning,
)
from xuncha_plugins.interaction.facts import Letter, Letters, State
from xuncha_plugins.interaction.sight import no_letters, of_letters
from xuncha_plugins.interaction.workdays import working_days

Said: TypeAlias = Finding | Ask | Unsure | NotApplicable | Coverage | Note

SHOWN = 20
"""So many letters of a site are named one by one, the rest is counted."""

HOLIDAYS = 7
"""So many weekdays at most fall into the holidays of half a year; allowed for where the calendar isn't known."""


class RateParams(Params):
    """Letters of the last ``within`` days count; unanswered ones when they are older than ``days`` working days."""

    days: int = Field(default=15, ge=0)
    within: int = Field(default=366, ge=1)


class DelayParams(Params):
    """A reply comes within ``soon`` working days, in difficult cases ``days``; of letters of the last ``within`` days.

    国办发〔2014〕57号 names both. The five of 国办函〔2017〕115号 are what a check of service platforms counted.
    """

    soon: int = Field(default=7, ge=0)
    days: int = Field(default=15, ge=0)
    within: int = Field(default=366, ge=1)


class UnansweredParams(Params):
    """``days`` are three months at their longest; letters of the last ``within`` days count."""

    days: int = Field(default=92, ge=1)
    within: int = Field(default=366, ge=1)


class QualityParams(Params):
    """From ``same`` equal replies to different letters on, somebody should look; of the last ``within`` days."""

    same: int = Field(default=3, ge=2)
    within: int = Field(default=366, ge=1)


@check("interaction.reply-rate", params=RateParams)
def reply_rate(letters: Letters, crawl: Crawl, params: RateParams) -> Iterator[Said]:
    """Every published valid letter is answered, as far as its time is up (the notice asks for 100 %)."""
    recent = _recent(letters, params.within)
    if not recent:
        yield no_letters(letters, crawl)
        return
    for column, group in _by_column(recent):
        due = [one for one in group if _is_due(one, letters.observed, params)]
        counted = _told(due)
        answered = sum(one.state is State.ANSWERED for one in counted)
        if answered < len(counted):
            rate = Share(answered / len(counted))
            total, unclear = len(counted), len(due) - len(counted)
            yield finding(column, "below", total=total, answered=answered, rate=rate, days=params.days, unclear=unclear)
        elif counted:
            yield note("all", name=column.name, total=len(counted), days=params.days)
    yield from _seen(_told(recent), recent, letters, crawl)


def _is_due(letter: Letter, observed: date, params: RateParams) -> bool:
    if letter.state is State.ANSWERED:
        return True
    days, known = working_days(letter.day or observed, observed)
    return days > params.days + (0 if known else HOLIDAYS)


@check("interaction.reply-delay", params=DelayParams)
def reply_delay(letters: Letters, crawl: Crawl, params: DelayParams) -> Iterator[Said]:
    """Letters are answered within the working days that 国办发〔2014〕57号 allows."""
    answered = [one for one in _recent(letters, params.within) if one.state is State.ANSWERED]
    if not answered:
        yield no_letters(letters, crawl)
        return
    dated = [one for one in answered if one.asked and one.answered and one.asked <= one.answered]
    for column, group in _by_column(dated):
        yield from _late(column, [(_took(letter), letter) for letter in group], params)
    yield from _seen(dated, answered, letters, crawl)


def _took(letter: Letter) -> tuple[int, bool]:
    """The working days until the reply; whether the calendar of all of them is known."""
    return working_days(letter.asked or letter.day or date.min, letter.answered or date.min)


def _late(
    column: ColumnLocator, timed: list[tuple[tuple[int, bool], Letter]], params: DelayParams
) -> Iterator[Finding | Note]:
    """One finding for a column, with the letter that took longest; what only took its time is told beside it."""
    late = [one for one in timed if one[0][0] > params.days + (0 if one[0][1] else HOLIDAYS)]
    slow = sum(params.soon < days <= params.days for (days, known), _ in timed if known)
    if late:
        known = any(sure for (_, sure), _ in late)
        (days, _), letter = max(late, key=lambda one: (one[0][1], one[0][0], one[1].title))
        say, key = (finding, "late") if known else (warning, "late-by-weekdays")
        yield say(
            column,
            key,
            unverified=not known,
            name=column.name,
            total=len(timed),
            late=len(late),
            limit=params.days,
            title=letter.title,
            asked=letter.asked or letter.day or date.min,
            answered=letter.answered or date.min,
            days=days,
        )
    if slow:
        yield note("slow", name=column.name, total=len(timed), slow=slow, soon=params.soon, limit=params.days)


@check("interaction.unanswered", params=UnansweredParams)
def unanswered(letters: Letters, crawl: Crawl, params: UnansweredParams) -> Iterator[Said]:
    """No valid letter of the last year has waited for over three months (2019 indicators, veto 互动回应差 ②)."""
    recent = _recent(letters, params.within)
    if not recent:
        yield no_letters(letters, crawl)
        return
    old = [(one.asked, one) for one in recent if one.asked and (letters.observed - one.asked).days > params.days]
    waiting = sorted(((asked, one) for asked, one in old if one.state is State.PENDING), key=lambda pair: pair[0])
    for asked, letter in waiting[:SHOWN]:
        days = (letters.observed - asked).days
        yield finding(_at(letter), "waiting", distinct=_distinct(letter), title=letter.title, asked=asked, days=days)
    if len(waiting) > SHOWN:
        yield note("more", total=len(waiting), shown=SHOWN)
    for column, group in _by_column(one for _, one in old if one.state is State.WORKING):
        yield ask(column, "in-hand", name=column.name, letters=len(group), days=params.days, title=group[0].title)
    yield from _seen(_told(recent), recent, letters, crawl)


@check("interaction.reply-quality", params=QualityParams)
def reply_quality(letters: Letters, crawl: Crawl, params: QualityParams) -> Iterator[Said]:
    """Replies say something; whether they do is for a person to say, so it is always asked."""
    answered = [one for one in _recent(letters, params.within) if one.state is State.ANSWERED]
    if not answered:
        yield no_letters(letters, crawl)
        return
    read = [one for one in answered if one.reply]
    hollow = [
        (letter, letter.reply.hollow, letter.reply.excerpt) for letter in read if letter.reply and letter.reply.hollow
    ]
    for letter, why, excerpt in hollow[:SHOWN]:
        yield ask(_at(letter), why.value, distinct=_distinct(letter), excerpt=excerpt, title=letter.title)
    if len(hollow) > SHOWN:
        yield note("more", total=len(hollow), shown=SHOWN)
    yield from _copied(read, params.same)
    yield from _seen(read, answered, letters, crawl)


def _copied(read: Iterable[Letter], same: int) -> Iterator[Ask]:
    """Replies of the same words to different letters; citizens who send one letter often get one reply."""
    groups: dict[str, list[Letter]] = defaultdict(list)
    for letter in read:
        if letter.reply and letter.reply.digest and not letter.reply.hollow:
            groups[letter.reply.digest].append(letter)
    for digest, group in groups.items():
        if len({letter.title for letter in group}) >= same:
            yield ask(_at(group[0]), "copied", distinct=digest, title=group[0].title, letters=len(group))


def _told(letters: Iterable[Letter]) -> list[Letter]:
    """The letters of which it is known whether they are answered."""
    return [one for one in letters if one.state in (State.ANSWERED, State.PENDING)]


def _recent(letters: Letters, within: int) -> list[Letter]:
    """The valid letters of so many days; one without any date can't be told to be of them."""
    since = letters.observed - timedelta(days=within)
    valid = (one for one in letters.letters if one.state is not State.INVALID)
    return [one for one in valid if one.day and since <= one.day <= letters.observed]


def _by_column(letters: Iterable[Letter]) -> Iterator[tuple[ColumnLocator, list[Letter]]]:
    groups: dict[tuple[str, str], list[Letter]] = defaultdict(list)
    for letter in letters:
        groups[letter.column, letter.column_url].append(letter)
    for (name, url), group in groups.items():
        yield ColumnLocator(name or "—", url), group


def _seen(told: list[Letter], total: list[Letter], letters: Letters, crawl: Crawl) -> Iterator[Said]:
    coverage = of_letters(len(told), len(total), letters, crawl)
    if letters.scripted or any(one.state is State.HIDDEN for one in total):
        yield unsure(Reason.NEEDS_BROWSER, coverage=coverage)
    yield coverage


def _at(letter: Letter) -> PageLocator:
    return PageLocator(letter.url, letter.depth)


def _distinct(letter: Letter) -> str:
    """What tells letters of one page apart."""
    return f"{letter.asked} {letter.title}" if letter.shared else ""
