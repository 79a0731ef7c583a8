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

HOLIDAYS = 7
"""So many weekdays at most fall into the holidays of half a year; allowed for where the calendar isn't known."""


class RateParams(Params):
    """Letters of the last ``within`` days count; unanswered ones when they are older than ``days`` working days."""

    days: int = Field(default=15, ge=0)
    within: int = Field(default=366, ge=1)


class DelayParams(Params):
    """A reply comes within ``days`` working days; letters of the last ``within`` days count."""

    days: int = Field(default=5, ge=0)
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
        counted = [one for one in group if one.state is not State.UNKNOWN and _is_due(one, letters.observed, params)]
        answered = sum(one.state is State.ANSWERED for one in counted)
        if answered < len(counted):
            yield finding(column, "below", total=len(counted), answered=answered, rate=Share(answered / len(counted)))
        elif counted:
            yield note("all", name=column.name, total=len(counted))
    yield from _seen([one for one in recent if one.state is not State.UNKNOWN], recent, letters, crawl)


def _is_due(letter: Letter, observed: date, params: RateParams) -> bool:
    if letter.state is State.ANSWERED:
        return True
    days, known = working_days(letter.day or observed, observed)
    return days > params.days + (0 if known else HOLIDAYS)


@check("interaction.reply-delay", params=DelayParams)
def reply_delay(letters: Letters, crawl: Crawl, params: DelayParams) -> Iterator[Said]:
    """Letters are answered within some working days (国办函〔2017〕115号 counts five)."""
    answered = [one for one in _recent(letters, params.within) if one.state is State.ANSWERED]
    if not answered:
        yield no_letters(letters, crawl)
        return
    dated = [one for one in answered if one.asked and one.answered and one.asked <= one.answered]
    for letter in dated:
        yield from _late(letter, params.days)
    yield from _seen(dated, answered, letters, crawl)


def _late(letter: Letter, limit: int) -> Iterator[Finding]:
    if letter.asked is None or letter.answered is None:
        return
    days, known = working_days(letter.asked, letter.answered)
    if days > limit:
        say, key = (finding, "late") if known else (warning, "late-by-weekdays")
        yield say(
            _at(letter),
            key,
            distinct=_distinct(letter),
            unverified=not known,
            title=letter.title,
            asked=letter.asked,
            answered=letter.answered,
            days=days,
            limit=limit,
        )


@check("interaction.unanswered", params=UnansweredParams)
def unanswered(letters: Letters, crawl: Crawl, params: UnansweredParams) -> Iterator[Said]:
    """No valid letter of the last year has waited for over three months (2019 indicators, veto 互动回应差 ②)."""
    recent = _recent(letters, params.within)
    if not recent:
        yield no_letters(letters, crawl)
        return
    for letter in recent:
        if letter.state is State.PENDING and letter.asked and (letters.observed - letter.asked).days > params.days:
            days = (letters.observed - letter.asked).days
            yield finding(
                _at(letter), "waiting", distinct=_distinct(letter), title=letter.title, asked=letter.asked, days=days
            )
    yield from _seen([one for one in recent if one.state is not State.UNKNOWN], recent, letters, crawl)


@check("interaction.reply-quality", params=QualityParams)
def reply_quality(letters: Letters, crawl: Crawl, params: QualityParams) -> Iterator[Said]:
    """Replies say something; whether they do is for a person to say, so it is always asked."""
    answered = [one for one in _recent(letters, params.within) if one.state is State.ANSWERED]
    if not answered:
        yield no_letters(letters, crawl)
        return
    read = [one for one in answered if one.reply]
    for letter in read:
        if letter.reply and letter.reply.hollow:
            yield ask(
                _at(letter),
                letter.reply.hollow.value,
                distinct=_distinct(letter),
                excerpt=letter.reply.excerpt,
                title=letter.title,
            )
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
    if letters.scripted:
        yield unsure(Reason.NEEDS_BROWSER, coverage=coverage)
    yield coverage


def _at(letter: Letter) -> PageLocator:
    return PageLocator(letter.url, letter.depth)


def _distinct(letter: Letter) -> str:
    """What tells letters of one page apart."""
    return f"{letter.asked} {letter.title}" if letter.shared else ""
