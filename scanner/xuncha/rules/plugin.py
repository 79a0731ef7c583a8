"""How a plugin puts rules to use: ``rule_probe`` makes its probe, ``rule_check`` a check for each family.

    RULES = read_rules(files(__package__) / "rules")

    class Leaks(RuleAnswers): ...

    leaks = rule_probe("leaks", RULES, provides=Leaks, module=__name__)
    backups = rule_check("vendor.backups", Leaks, module=__name__)

Its ``checks.yaml`` names the rules (``plugin: {rules: rules}``) and has a check for each family; a check's message
``rule`` is said of each of its rules, with ``{title}`` and ``{advice}`` filled by the rule, and ``{url}``, ``{status}``
and ``{size}`` by what was found. What proved it, and what the rule extracts, is the finding's excerpt.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from pydantic import Field

from xuncha.declare import (
    Ask,
    NotApplicable,
    Params,
    Unsure,
    ask,
    check,
    finding,
    not_applicable,
    probe,
    unsure,
    warning,
)
from xuncha.gather.pacing import a_few_at_once, in_time
from xuncha.model.assignment import EVERYTHING, FROM_THE_START, Assignment, Progress
from xuncha.model.crawl import Crawl, Robots
from xuncha.model.fact import Gap
from xuncha.model.locator import RuleLocator
from xuncha.model.message import Size, Url
from xuncha.model.netapi import Net
from xuncha.model.outcome import Coverage, Finding, Severity
from xuncha.model.reasons import Reason
from xuncha.model.site import Mode, Site
from xuncha.rules.asking import Asking
from xuncha.rules.facts import Proven, RuleAnswers
from xuncha.rules.harmless import against_path
from xuncha.rules.model import At, Rule
from xuncha.rules.places import CONTEXT
from xuncha.rules.questions import ITSELF, Question, Shape, ground, questions

AT_ONCE = 2
_SPARE = 10
"""Made-up names at the root, and visits to the home page."""

LONGEST = 7_200
"""Seconds that the profile can allow at most."""

ENOUGH = 0.8
"""Share of a family's addresses from which silence is an answer; the rest is told as coverage."""

_FACT = TypeVar("_FACT", bound=RuleAnswers)
_HINTS = frozenset({Severity.LOW, Severity.INFO})
_KEPT_OFF = {Robots.UNKNOWN: Reason.ROBOTS_UNKNOWN, Robots.SHUT: Reason.ROBOTS_FORBIDDEN}


class RuleParams(Params):
    """What asking may cost one site.

    At most ``requests``, made-up names among them; below the root the ``folders`` with most files and pages are looked
    into, and ``files`` pages and as many scripts; whether they are listed is asked of ``listed`` more folders that hold
    pictures or attachments. ``contexts`` applications of the site are asked as its root is. All ends after ``seconds``;
    one answer may take ``patience`` seconds.
    """

    requests: int = Field(default=500, ge=10, le=5_000)
    folders: int = Field(default=3, ge=0, le=50)
    listed: int = Field(default=8, ge=0, le=100)
    files: int = Field(default=10, ge=0, le=500)
    contexts: int = Field(default=3, ge=0, le=20)
    seconds: float = Field(default=1_200, gt=0, le=LONGEST)
    patience: float = Field(default=15, gt=0, le=60)


def rule_probe(
    name: str,
    rules: Sequence[Rule],
    *,
    provides: type[_FACT],
    module: str,
    params: type[RuleParams] = RuleParams,
    mode: Mode = Mode.PROBE,
) -> Callable[..., Awaitable[_FACT | Gap]]:
    """A probe that asks by ``rules`` and provides their answers.

    Args:
        name: by which profiles give it parameters.
        rules: those that ask for more than ``mode`` are left out.
        provides: the plugin's own subclass of ``RuleAnswers``.
        module: ``__name__`` of the module that declares it.
        params: a subclass with other defaults; few rules need a small budget.
        mode: what an authorisation must allow.

    Raises:
        ValueError: a rule, wherever it was made, that asks for what no rule may ask.
    """
    _admit(rules)
    admitted = [rule for rule in rules if _ranks(rule.requires) <= _ranks(mode)]

    async def asked(
        site: Site,
        crawl: Crawl,
        limits: RuleParams,
        net: Net,
        wanted: Assignment = EVERYTHING,
        progress: Progress = FROM_THE_START,
    ) -> _FACT | Gap:
        if not site.home:
            return Gap(Reason.NO_ENTRY_URL)
        if silent := _silence(crawl):
            return Gap(silent)
        here = ground(crawl, site.home, limits.folders, limits.files, limits.contexts, limits.listed)
        most = min(limits.requests, limits.requests if wanted.requests is None else wanted.requests)
        asking = Asking(net, here, most, limits.patience, progress=progress)
        answers = await _answers(asking, admitted, wanted, limits.seconds)
        answers = replace(answers, whole_site=crawl.complete, kept_off=_KEPT_OFF.get(crawl.robots))
        return provides(**{one.name: getattr(answers, one.name) for one in fields(RuleAnswers)})

    asked.__name__, asked.__qualname__, asked.__module__ = name, name, module
    asked.__xuncha_rules__ = tuple(admitted)  # type: ignore[attr-defined]
    declare = probe(
        provides=provides,
        needs=(Crawl,),
        params=params,
        deadline=LONGEST + 60,
        connections=AT_ONCE,
        requests=("requests",),
        shares={check: _share([rule for rule in admitted if rule.check == check]) for check in _checks(admitted)},
        mode=mode,
    )
    return declare(asked)


def _admit(rules: Sequence[Rule]) -> None:
    for rule in rules:
        for path in rule.request.paths:
            if problem := against_path(path):
                raise ValueError(f"{rule.id}: {path} {problem.en}")


def _checks(rules: Sequence[Rule]) -> list[str]:
    return sorted({rule.check for rule in rules})


def _share(rules: Sequence[Rule]) -> tuple[int | str, ...]:
    """The most that the rules of one check ask: their addresses, and made-up names.

    Of those there is one for each kind of name in each folder, and one for whatever seems to lie open.
    """
    requests = [rule.request for rule in rules]
    asked = {(one.at, path, one.headers, one.follow) for one in requests for path in one.paths}
    at = Counter(where for where, *_ in asked)
    itself = sum(where is At.FOLDERS and path == ITSELF for where, path, *_ in asked)
    within = sum(path.startswith(CONTEXT) for _, path, *_ in asked)
    root, below, files = at[At.ROOT] + at[At.FOLDERS] + within, at[At.FOLDERS], at[At.PAGES] + at[At.ASSETS]
    return (
        root + root // 4 + _SPARE,
        *["folders"] * _with_made_up(below),
        *["listed"] * _with_made_up(itself),
        *["files"] * _with_made_up(files),
        *["contexts"] * _with_made_up(within),
    )


def _with_made_up(addresses: int) -> int:
    """One made-up name of each kind beside these."""
    return addresses + min(addresses, len(Shape))


def _silence(crawl: Crawl) -> Reason | None:
    """Why the site did not speak to us at all; None where it did, whatever it said."""
    home = next(iter(crawl.pages), None)
    return home.problem if home and (home.challenge or not home.status) else None


def rules_of(probe: Callable[..., Any]) -> tuple[Rule, ...]:
    """The rules by which a probe that ``rule_probe`` made asks; none for others."""
    found: tuple[Rule, ...] = getattr(probe, "__xuncha_rules__", ())
    return found


async def _answers(asking: Asking, rules: Sequence[Rule], wanted: Assignment, seconds: float) -> RuleAnswers:
    """What is told by the rules of the checks that are wanted."""
    planned = questions([rule for rule in rules if wanted.includes(rule.check)], asking.here)
    done = await in_time(seconds, _all_of(asking, planned))
    left_out = sorted({rule.family for rule in rules if not wanted.includes(rule.check)})
    return replace(asking.fact(planned, complete=done), left_out=tuple(left_out))


async def _all_of(asking: Asking, planned: Sequence[Question]) -> None:
    await a_few_at_once(planned, asking.ask, AT_ONCE)
    await asking.end()


def rule_check(id: str, facts: type[_FACT], *, module: str) -> Callable[[_FACT], Iterator[Any]]:  # noqa: A002
    """The check of the family that its id ends with."""
    family = id.rpartition(".")[2]

    def judged(answers: _FACT) -> Iterator[Finding | Ask | Unsure | NotApplicable | Coverage]:
        yield from (_said(one) for one in answers.proven if one.family == family)
        yield from _coverage(family, answers)

    judged.__annotations__["answers"] = facts
    judged.__name__ = judged.__qualname__ = family.replace("-", "_")
    judged.__module__ = module
    return check(id)(judged)


def _said(one: Proven) -> Finding | Ask:
    """What lies open; rules of low severity only hint, some ask a person."""
    say = ask if one.manual else warning if one.severity in _HINTS else finding
    told = (f"{name}: {words}" for name, words in one.extracted)
    return say(
        RuleLocator(one.rule, one.url),
        one.rule.partition(".")[2],
        excerpt=" … ".join(part for part in (*told, one.sample) if part),
        url=Url(one.url),
        status=one.status,
        size=Size(one.size),
    )


def _coverage(family: str, answers: RuleAnswers) -> Iterator[Unsure | NotApplicable | Coverage]:
    """Addresses of which it could be told; where some could not, why. A site without scripts has no source maps."""
    asked = next((one for one in answers.asked if one.family == family), None)
    if asked is None:
        if family in answers.left_out:
            yield unsure(Reason.FACT_MISSING)
        elif answers.kept_off:
            yield unsure(answers.kept_off)
        else:
            yield not_applicable(Reason.NOT_OFFERED) if answers.whole_site else unsure(Reason.TOO_FEW_PAGES)
        return
    whole = asked.told == asked.planned and not answers.kept_off
    coverage = Coverage(asked.told, asked.planned, complete=whole)
    if answers.kept_off:
        yield unsure(answers.kept_off, coverage=coverage)
    elif asked.told < asked.planned * ENOUGH:
        yield unsure(asked.hindrance or Reason.LOW_COVERAGE, coverage=coverage)
    yield coverage


def _ranks(mode: Mode) -> int:
    return list(Mode).index(mode)
