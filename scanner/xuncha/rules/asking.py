"""Asks a site by rules, through the guard: each address once, within a budget, and a made-up name where it matters.

An answer proves a rule only if its content holds, and a made-up name of the same shape beside it is answered otherwise.
An answer that proves nothing tells that nothing lies open there, unless the site turned us away, or greets every
made-up name of that kind with success: then nothing can be told.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from xuncha.model.netapi import Net, NetError, Reply
from xuncha.model.opening import REFUSALS
from xuncha.model.reasons import Reason
from xuncha.rules.facts import FamilyAsked, Proven, RuleAnswers
from xuncha.rules.likeness import alike
from xuncha.rules.matching import Proof
from xuncha.rules.model import Rule
from xuncha.rules.questions import Ground, Question, Shape, has_siblings, made_up, shape, sibling
from xuncha.rules.response import WINDOW, Response, of_reply
from xuncha.rules.scraps import proven

PATIENCE_LOST = 5
"""So many answers in a row by which a site may be turning us away make us look whether the home page still opens."""

MOST_PROVEN = 200

DECOY = 20
"""A site that greets made-up names with success and proves more rules than this is there to be found."""

_OURS = frozenset((
    Reason.BUDGET_REACHED, Reason.NOT_AUTHORISED, Reason.OUTSIDE_HOURS, Reason.ADDRESS_FORBIDDEN, Reason.NO_SUCH_NAME,
    Reason.DNS_FAILED,
))  # fmt: skip
"""Why nothing more need be asked."""

_ANSWERED = frozenset({Reason.OUT_OF_SCOPE, Reason.BAD_REDIRECT, Reason.TOO_MANY_REDIRECTS})
"""The site sent us elsewhere: what we asked for is not there."""

_GUARDED = frozenset({401, 403, 405, 406})
"""How servers guard what must not be read; where all else is answered so too, we were shut out."""

_KEPT_OUT = REFUSALS - _GUARDED
"""Firewalls' ways to turn programs away."""

_TOO_MANY = 429
_OVERLOADED = frozenset({502, 503, 504})


@dataclass(slots=True)
class Asking:
    """One site. ``requests`` bounds everything that is sent; a tenth of it is kept for made-up names."""

    net: Net
    here: Ground
    requests: int
    patience: float
    spent: int = 0
    found: list[Proven] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    hindrances: Counter[tuple[str, Reason]] = field(default_factory=Counter)
    open_to_all: dict[tuple[str, Shape], bool] = field(default_factory=dict)
    ended: Reason | None = None
    _in_a_row: int = 0
    _guarded: list[Rule] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, question: Question) -> None:
        """One question, unless the end has come; what it tells is noted at once."""
        if self.ended is None and self.spent >= self.requests - self.requests // 10:
            self.ended = Reason.BUDGET_REACHED
        if self.ended is not None:
            return
        try:
            reply = await self._fetch(question.url, question)
        except NetError as problem:
            await self._failed(question, problem.reason)
            return
        hindrance = _hindrance(reply)
        if hindrance:
            await self._kept_out(question, hindrance)
            return
        seen = of_reply(reply)
        held = [(rule, proof) for rule in question.rules if (proof := rule.proof.match(seen)) is not None]
        if reply.status in _GUARDED and not held:
            self._guarded += question.rules
            await self._lose_patience()
            return
        self._trust()
        await self._read(question, seen, held)

    async def end(self) -> None:
        """Settle what was answered like a door in our face: it counts if the home page still opens."""
        if self._guarded and self.ended in (None, Reason.BUDGET_REACHED):
            await self._look_home()

    def fact(self, planned: Sequence[Question], *, complete: bool) -> RuleAnswers:
        """What was found, and how much could be told of what was ``planned``."""
        families = Counter(rule.family for question in planned for rule in question.rules)
        asked = tuple(self._asked(family, count) for family, count in sorted(families.items()))
        return RuleAnswers(
            proven=() if self._is_decoy else tuple(sorted(self.found, key=lambda one: (one.rule, one.url))),
            asked=asked,
            requests=self.spent,
            folders=self.here.folders,
            open_to_all=tuple(sorted({folder for (folder, _), every in self.open_to_all.items() if every})),
            ended=self.ended,
            complete=complete and all(one.told == one.planned for one in asked),
        )

    @property
    def _is_decoy(self) -> bool:
        return self.ended is Reason.ANSWERS_EVERYTHING

    def _asked(self, family: str, planned: int) -> FamilyAsked:
        told = 0 if self._is_decoy else self.told[family]
        if told == planned:
            return FamilyAsked(family, planned, told)
        reasons = {reason: count for (its, reason), count in self.hindrances.items() if its == family}
        unasked = self.ended or Reason.BUDGET_REACHED
        reasons[unasked] = reasons.get(unasked, 0) + planned - told - sum(reasons.values())
        return FamilyAsked(family, planned, told, min(reasons, key=lambda one: (-reasons[one], one)))

    async def _fetch(self, url: str, question: Question | None = None) -> Reply:
        self.spent += 1
        headers = dict(question.headers) if question else {}
        follow = question is not None and question.follow
        return await self.net.fetch(url, headers=headers, follow=follow, max_bytes=WINDOW, deadline=self.patience)

    async def _failed(self, question: Question, reason: Reason) -> None:
        if reason in _OURS:
            self.ended = reason
        elif reason in _ANSWERED:
            self._tell(question.rules)
        elif reason is Reason.ROBOTS_FORBIDDEN:
            self._hindered(question.rules, reason)
        else:
            await self._kept_out(question, reason)

    async def _kept_out(self, question: Question, reason: Reason) -> None:
        self._hindered(question.rules, reason)
        await self._lose_patience()

    async def _lose_patience(self) -> None:
        self._in_a_row += 1
        if self._in_a_row >= PATIENCE_LOST:
            await self._look_home()

    async def _look_home(self) -> None:
        if await self._home_opens():
            self._trust()
        else:
            self.ended = Reason.BLOCKED_DURING_RUN

    def _trust(self) -> None:
        """The site answers us as it answers everybody: what it guarded is guarded from all."""
        self._in_a_row = 0
        self._tell(self._guarded)
        self._guarded.clear()

    async def _home_opens(self) -> bool:
        try:
            reply = await self.net.fetch(self.here.origin + self.here.home, max_bytes=WINDOW, deadline=self.patience)
        except NetError:
            return False
        finally:
            self.spent += 1
        return _hindrance(reply) is None and reply.status < 400  # noqa: PLR2004 - HTTP errors

    async def _read(self, question: Question, seen: Response, held: Sequence[tuple[Rule, Proof]]) -> None:
        if held:
            confirmed = await self._confirmed(question, seen, held)
            self.found += confirmed[: MOST_PROVEN - len(self.found)]
            self._doubt()
        others = [rule for rule in question.rules if rule not in [rule for rule, _ in held]]
        if others and 200 <= seen.status < 300 and await self._is_open_to_all(question):  # noqa: PLR2004
            self._hindered(others, Reason.ANSWERS_EVERYTHING)
        else:
            self._tell(others)

    def _doubt(self) -> None:
        """A decoy (蜜罐) has an answer for every rule, and one for every other name; nothing of it is believed."""
        if len({one.rule for one in self.found}) > DECOY and any(self.open_to_all.values()):
            self.ended = Reason.ANSWERS_EVERYTHING

    async def _confirmed(self, question: Question, seen: Response, held: Sequence[tuple[Rule, Proof]]) -> list[Proven]:
        """The proofs that a made-up name beside the address is not greeted with; where that can't be told, none."""
        if question.made_up or not has_siblings(question.url):
            return self._found(question.url, seen, held)
        beside = await self._made_up(sibling(question.url), question)
        if isinstance(beside, Reason):
            self._hindered([rule for rule, _ in held], beside)
            return []
        own = [(rule, proof) for rule, proof in held if not _says_so_of_all(rule, question.url, seen, beside)]
        self._hindered([rule for rule, _ in held if rule not in [it for it, _ in own]], Reason.ANSWERS_EVERYTHING)
        return self._found(question.url, seen, own)

    def _found(self, url: str, seen: Response, held: Sequence[tuple[Rule, Proof]]) -> list[Proven]:
        self._tell([rule for rule, _ in held])
        return [proven(rule, url, seen, proof) for rule, proof in held]

    async def _made_up(self, url: str, question: Question) -> Response | Reason:
        """How a made-up name is answered; the reason where we were turned away."""
        try:
            reply = await self._fetch(url, question)
        except NetError as problem:
            if problem.reason in _ANSWERED:
                return Response(302)
            return problem.reason
        return _hindrance(reply) or of_reply(reply)

    async def _is_open_to_all(self, question: Question) -> bool:
        """Whether a made-up name of this kind in the same folder is greeted with success; asked once."""
        if question.made_up or not has_siblings(question.url):
            return False
        kind = shape(question.url)
        key = (question.folder, kind)
        async with self._turn:
            if key not in self.open_to_all:
                answer = await self._made_up(kind.example(self.here.origin, question.folder), question)
                self.open_to_all[key] = isinstance(answer, Reason) or 200 <= answer.status < 300  # noqa: PLR2004
        return self.open_to_all[key]

    def _hindered(self, rules: Sequence[Rule], reason: Reason) -> None:
        self.hindrances.update((rule.family, reason) for rule in rules)

    def _tell(self, rules: Sequence[Rule]) -> None:
        self.told.update(rule.family for rule in rules)


def _says_so_of_all(rule: Rule, url: str, seen: Response, beside: Response) -> bool:
    names = (url.rpartition("/")[2], made_up(url), url)
    return rule.proof.match(beside) is not None or alike(seen, beside, *(name for name in names if name))


def _hindrance(reply: Reply) -> Reason | None:
    """Why a reply is not the site's own answer."""
    if reply.challenge or reply.status in _KEPT_OUT:
        return Reason.CHALLENGED
    if any(mark.startswith("filing-block:") for mark in reply.marks):
        return Reason.FILING_BLOCK
    if reply.status == _TOO_MANY:
        return Reason.RATE_LIMITED
    return Reason.SERVER_ERROR if reply.status in _OVERLOADED else None
