"""Asks a site by rules, through the guard: each address once, within a budget, and a made-up name where it matters.

An answer proves a rule only if its content holds, and a made-up name of the same shape beside it is answered otherwise.
An answer that proves nothing tells that nothing lies open there, unless the site turned us away, or greets every
made-up name of that kind with success: then nothing can be told.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from xuncha.model.assignment import FROM_THE_START, Progress
from xuncha.model.netapi import Net, NetError, Reply
from xuncha.model.opening import REFUSALS
from xuncha.model.reasons import Reason
from xuncha.rules.facts import FamilyAsked, Proven, RuleAnswers
from xuncha.rules.likeness import alike
from xuncha.rules.matching import Proof
from xuncha.rules.model import At, Rule
from xuncha.rules.questions import ITSELF, Ground, Question, Shape, has_siblings, made_up, shape, sibling
from xuncha.rules.response import WINDOW, Response, of_reply
from xuncha.rules.scraps import proven

PATIENCE_LOST = 5
"""So many answers in a row by which a site may be turning us away make us look whether the home page still opens."""

TURNED_AWAY = 20
"""After so many refusals in a row a made-up name tells whether all that is strange is refused; then we stop asking."""

MOST_PROVEN = 200

DECOY = 20
"""A site that greets made-up names with success and proves more rules than this is there to be found."""

_OURS = frozenset((
    Reason.BUDGET_REACHED, Reason.NOT_AUTHORISED, Reason.OUTSIDE_HOURS, Reason.ADDRESS_FORBIDDEN, Reason.NO_SUCH_NAME,
    Reason.DNS_FAILED,
))  # fmt: skip
"""Why nothing more need be asked."""

_NOT_FOR_EVER = _OURS | {Reason.RATE_LIMITED}
"""What a resumed run may find otherwise, and what was never sent."""

_ANSWERED = frozenset({Reason.OUT_OF_SCOPE, Reason.BAD_REDIRECT, Reason.TOO_MANY_REDIRECTS})
"""The site sent us elsewhere: what we asked for is not there."""

_GUARDED = frozenset({401, 403, 405, 406})
"""How servers guard what must not be read; where all else is answered so too, we were shut out."""

_KEPT_OUT = REFUSALS - _GUARDED
"""Firewalls' ways to turn programs away."""

_UNSENT = frozenset({Reason.ROBOTS_FORBIDDEN, Reason.ROBOTS_UNKNOWN})
"""Robots.txt, not the site's answer, is why nothing was sent: that says nothing of how the site treats us."""

_TOO_MANY = 429
_OVERLOADED = frozenset({502, 503, 504})


@dataclass(frozen=True, slots=True)
class Heard:
    """What one question told, masked as it may be kept.

    ``failed`` is why no answer came, ``hindrance`` why the answer is not the site's own. ``proven`` are the rules that
    hold here and not beside; ``doubtful`` those that held, and why they prove nothing. ``requests`` is what it took.
    """

    status: int = 0
    failed: Reason | None = None
    hindrance: Reason | None = None
    proven: tuple[Proven, ...] = ()
    doubtful: tuple[tuple[str, Reason], ...] = ()
    requests: int = 1

    @property
    def held(self) -> frozenset[str]:
        """The rules whose proof held, whatever it is worth."""
        return frozenset([one.rule for one in self.proven] + [rule for rule, _ in self.doubtful])

    @property
    def welcomes(self) -> bool:
        """Whether a made-up name was greeted with success, as far as could be told."""
        return bool(self.failed and self.failed not in _ANSWERED) or bool(self.hindrance) or _succeeds(self.status)


@dataclass(slots=True)
class Asking:
    """One site. ``requests`` bounds everything that is sent; a tenth of it is kept for made-up names.

    What was told before, ``progress`` recalls; it is not asked again.
    """

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
    progress: Progress = FROM_THE_START
    _in_a_row: int = 0
    _refused: int = 0
    _strangers: int = 0
    _visits: int = 0
    _guarded: list[Rule] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, question: Question) -> None:
        """One question, unless the end has come; what it tells is noted at once."""
        if self.ended is None and self.spent >= self.requests - self.requests // 10:
            self.ended = Reason.BUDGET_REACHED
        if self.ended is not None:
            return
        heard = await self._step(f"ask {question.key}", lambda: self._hear(question))
        if heard.failed:
            await self._failed(question, heard.failed)
        elif heard.hindrance:
            await self._kept_out(question, heard.hindrance)
        elif heard.status in _GUARDED and not heard.held:
            self._guarded += question.rules
            await self._lose_patience()
        else:
            self._trust()
            await self._weigh(question, heard)
        if any(why is Reason.RATE_LIMITED for _, why in heard.doubtful):
            self.ended = Reason.RATE_LIMITED

    async def _step(self, step: str, take: Callable[[], Awaitable[Heard]]) -> Heard:
        """What a step told before, else what it tells now."""
        known = self.progress.recall(step, Heard)
        if known is not None:
            self.spent += known.requests
            return known
        heard = await take()
        if _NOT_FOR_EVER.isdisjoint((heard.failed, *(why for _, why in heard.doubtful))):
            self.progress.keep(step, heard)
        return heard

    async def end(self) -> None:
        """Settle what was answered like a door in our face: it counts if others would be answered otherwise."""
        if self._guarded and self.ended in (None, Reason.BUDGET_REACHED):
            opens = await (self._home_opens() if self._refused < PATIENCE_LOST else self._strangers_are_answered())
            if opens:
                self._trust()
            elif self.ended is None:
                self.ended = self._why_shut_out()

    def fact(self, planned: Sequence[Question], *, complete: bool) -> RuleAnswers:
        """What was found, and how much could be told of what was ``planned``."""
        families = Counter(rule.family for question in planned for rule in question.rules)
        families.update(dict.fromkeys(_of_folders(planned), self.here.unlisted))
        asked = tuple(self._asked(family, count) for family, count in sorted(families.items()))
        return RuleAnswers(
            proven=() if self._is_decoy else tuple(sorted(self.found, key=lambda one: (one.rule, one.url))),
            asked=asked,
            requests=self.spent,
            folders=(*self.here.folders, *self.here.listed),
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
        follow = question is None or question.follow
        try:
            return await self.net.fetch(url, headers=headers, follow=follow, max_bytes=WINDOW, deadline=self.patience)
        except NetError as problem:
            self.spent -= problem.reason in _UNSENT
            raise

    async def _failed(self, question: Question, reason: Reason) -> None:
        if reason in _OURS:
            self.ended = reason
        elif reason in _ANSWERED:
            self._tell(question.rules)
        elif reason in _UNSENT:
            self._hindered(question.rules, reason)
        else:
            await self._kept_out(question, reason)

    async def _kept_out(self, question: Question, reason: Reason) -> None:
        self._hindered(question.rules, reason)
        if reason is Reason.RATE_LIMITED:
            self.ended = reason  # who asks for less is not asked on
        else:
            await self._lose_patience()

    async def _lose_patience(self) -> None:
        """A door in our face: is it shut to us, or to whoever asks for such a name?"""
        self._in_a_row += 1
        self._refused += 1
        if self._refused >= TURNED_AWAY:
            if await self._strangers_are_answered():
                self._trust()
            else:
                self.ended = self.ended or self._why_shut_out()
        elif self._in_a_row >= PATIENCE_LOST:
            self._in_a_row = 0
            if not await self._home_opens():
                self.ended = Reason.BLOCKED_DURING_RUN

    def _trust(self) -> None:
        """The site answers us as it answers everybody: what it guarded is guarded from all."""
        self._in_a_row = self._refused = 0
        self._tell(self._guarded)
        self._guarded.clear()

    def _why_shut_out(self) -> Reason:
        """A challenge is spoken of only where one came."""
        challenged = any(reason is Reason.CHALLENGED for _, reason in self.hindrances)
        return Reason.CHALLENGED if challenged else Reason.BLOCKED_DURING_RUN

    async def _strangers_are_answered(self) -> bool:
        """Whether a name that nobody has is still answered as such; firewalls that have had enough refuse it too."""
        self._strangers += 1
        url = f"{self.here.origin}/{made_up(self.here.origin, 'stranger', str(self._strangers))}"
        heard = await self._step(f"stranger {self._strangers}", lambda: self._glance(url))
        if heard.hindrance is Reason.RATE_LIMITED:
            self.ended = Reason.RATE_LIMITED
        return not (heard.failed or heard.hindrance or heard.status in _GUARDED)

    async def _home_opens(self) -> bool:
        self._visits += 1
        heard = await self._step(f"home {self._visits}", lambda: self._glance(self.here.origin + self.here.home))
        return not heard.failed and not heard.hindrance and heard.status < 400  # noqa: PLR2004 - HTTP errors

    async def _hear(self, question: Question) -> Heard:
        """Ask, and where a rule holds, for a made-up name beside it."""
        try:
            reply = await self._fetch(question.url, question)
        except NetError as problem:
            return Heard(failed=problem.reason, requests=int(problem.reason not in _UNSENT))
        if hindrance := _hindrance(reply):
            return Heard(reply.status, hindrance=hindrance)
        seen = of_reply(reply)
        held = [(rule, proof) for rule in question.rules if (proof := rule.proof.match(seen)) is not None]
        if not held or question.made_up or not has_siblings(question.url):
            return Heard(seen.status, proven=_proven(question.url, seen, held))
        return await self._confirmed(question, seen, held)

    async def _confirmed(self, question: Question, seen: Response, held: Sequence[tuple[Rule, Proof]]) -> Heard:
        """The proofs that a made-up name beside the address is not greeted with; where that can't be told, none."""
        beside = await self._made_up(sibling(question.url), question)
        if isinstance(beside, Reason):
            doubtful = tuple((rule.id, beside) for rule, _ in held)
            return Heard(seen.status, doubtful=doubtful, requests=2)
        own = [(rule, proof) for rule, proof in held if not _says_so_of_all(rule, question.url, seen, beside)]
        of_all = [rule.id for rule, _ in held if rule not in [it for it, _ in own]]
        doubtful = tuple((rule, Reason.ANSWERS_EVERYTHING) for rule in of_all)
        return Heard(seen.status, proven=_proven(question.url, seen, own), doubtful=doubtful, requests=2)

    async def _made_up(self, url: str, question: Question) -> Response | Reason:
        """How a made-up name is answered; the reason where we were turned away."""
        try:
            reply = await self._fetch(url, question)
        except NetError as problem:
            return Response(302) if problem.reason in _ANSWERED else problem.reason
        return _hindrance(reply) or of_reply(reply)

    async def _glance(self, url: str, question: Question | None = None) -> Heard:
        """How an address is answered, but for the content."""
        try:
            reply = await self._fetch(url, question)
        except NetError as problem:
            return Heard(failed=problem.reason, requests=int(problem.reason not in _UNSENT))
        return Heard(reply.status, hindrance=_hindrance(reply))

    async def _weigh(self, question: Question, heard: Heard) -> None:
        if heard.held:
            self.found += heard.proven[: MOST_PROVEN - len(self.found)]
            self.told.update(one.family for one in heard.proven)
            families = {rule.id: rule.family for rule in question.rules}
            self.hindrances.update((families[rule], why) for rule, why in heard.doubtful if rule in families)
            self._doubt()
        others = [rule for rule in question.rules if rule.id not in heard.held]
        if others and _succeeds(heard.status) and await self._is_open_to_all(question):
            self._hindered(others, Reason.ANSWERS_EVERYTHING)
        else:
            self._tell(others)

    def _doubt(self) -> None:
        """A decoy (蜜罐) has an answer for every rule, and one for every other name; nothing of it is believed."""
        if len({one.rule for one in self.found}) > DECOY and any(self.open_to_all.values()):
            self.ended = Reason.ANSWERS_EVERYTHING

    async def _is_open_to_all(self, question: Question) -> bool:
        """Whether a made-up name of this kind in the same folder is greeted with success; asked once."""
        if question.made_up or not has_siblings(question.url):
            return False
        kind = shape(question.url)
        key = (question.folder, kind)
        async with self._turn:
            if key not in self.open_to_all:
                url = kind.example(self.here.origin, question.folder)
                heard = await self._step(f"made up {url}", lambda: self._glance(url, question))
                self.open_to_all[key] = heard.welcomes
        return self.open_to_all[key]

    def _hindered(self, rules: Sequence[Rule], reason: Reason) -> None:
        self.hindrances.update((rule.family, reason) for rule in rules)

    def _tell(self, rules: Sequence[Rule]) -> None:
        self.told.update(rule.family for rule in rules)


def _of_folders(planned: Sequence[Question]) -> frozenset[str]:
    """Families whose rules ask for folders themselves: folders that were left out are missing there."""
    rules = (rule for question in planned for rule in question.rules)
    return frozenset(rule.family for rule in rules if rule.request.at is At.FOLDERS and ITSELF in rule.request.paths)


def _proven(url: str, seen: Response, held: Sequence[tuple[Rule, Proof]]) -> tuple[Proven, ...]:
    return tuple(proven(rule, url, seen, proof) for rule, proof in held)


def _succeeds(status: int) -> bool:
    return 200 <= status < 300  # noqa: PLR2004 - HTTP success


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
