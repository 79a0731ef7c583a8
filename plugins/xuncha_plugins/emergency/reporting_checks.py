"""Whether the plan has incidents reported outside, to whom and how soon."""

from collections.abc import Iterator
from dataclasses import replace

from xuncha.api import Evidence, Params, Site, ask, check, finding, note, warning
from xuncha_plugins.emergency.facts import Limit, PlanRead, Receiver, Reporting
from xuncha_plugins.emergency.readable import before_a_plan, is_there, is_whole, rests
from xuncha_plugins.emergency.reporting import is_lesser, is_summary, receivers_in

_OUTSIDE = frozenset(Receiver) - {Receiver.INSIDE, Receiver.POLICE}
"""Whom the rules set a limit for, or who may pass a report on in time."""
_HOUR = 60
_DAY = 24 * _HOUR


class ReportingParams(Params):
    """``understood``: the share of a text that we must know the meaning of, to say that something lacks in it.

    ``hours``: within which incidents of 较大 and above are reported; ``state_hours``: by central and state organs.

    ``summary_days``: within which the final report follows.
    """

    understood: float = 0.8
    hours: float = 4
    state_hours: float = 2
    summary_days: float = 30


@check("emergency.reporting", params=ReportingParams)
def reporting(evidence: Evidence, plan: PlanRead, params: ReportingParams, site: Site) -> Iterator[object]:
    """Incidents of 较大 and above go to the cyberspace office in time (国家网络安全事件报告管理办法, 2025)."""
    yield from before_a_plan(evidence, plan)
    if not is_there(evidence, plan):
        return
    said = plan.reporting
    yield from rests(*(quote for _, quote in said.receivers[:1]), *(one.quote for one in said.limits[:1]))
    whole = is_whole(plan) and plan.understood >= params.understood
    if said.averse:
        yield ask(said.averse.locator, "averse", distinct="averse", excerpt=said.averse.text, words=said.averse.text)
    if not said.receivers and not said.limits:
        if said.averse:
            return
        say = finding if whole else ask
        yield say(plan.main, "none" if whole else "not-found", distinct="reporting")
        return
    if said.blank:
        yield ask(said.blank.locator, "blank", distinct="blank", excerpt=said.blank.text, words=said.blank.text)
    yield from _receivers(plan, said, certain=whole and not said.averse)
    hours = params.state_hours if _is_state(site) else params.hours
    yield from _limits(plan, said, hours, certain=whole and not said.averse)
    yield from _summaries(said, params.summary_days)
    if not said.hotline and whole:
        yield note("no-hotline")


def _is_state(site: Site) -> bool:
    return any(word in site.level for word in ("中央", "国家", "部委", "国务院"))


def _receivers(plan: PlanRead, said: Reporting, *, certain: bool) -> Iterator[object]:
    named = dict(said.receivers)
    if Receiver.CYBERSPACE in named:
        if not said.province:
            yield note("local-office", at=named[Receiver.CYBERSPACE].locator, words=named[Receiver.CYBERSPACE].text)
        return
    if said.averse and Receiver.CYBERSPACE in receivers_in(said.averse.text):
        return  # it is named, and what is said of it is asked about
    outside = next((quote for receiver, quote in said.receivers if receiver is not Receiver.INSIDE), None)
    if Receiver.SUPERIOR in named or Receiver.GOVERNMENT in named or not named or not certain:
        at = named.get(Receiver.SUPERIOR) or outside
        place, words = (at.locator, at.text) if at else (plan.main, "")
        yield ask(place, "office-unnamed", distinct="receiver", excerpt=words)
    else:
        first = outside or named.get(Receiver.INSIDE)
        place, words = (first.locator, first.text) if first else (plan.main, "")
        yield finding(place, "office-missing", distinct="receiver", excerpt=words)


def _limits(plan: PlanRead, said: Reporting, hours: float, *, certain: bool) -> Iterator[object]:
    """The first report outside is in time; what is only for 一般 incidents, or for a later report, has no limit."""
    outside = [one for one in said.limits if _is_first(one)] or [one for one in said.limits if _is_only(one)]
    late = sorted((one for one in outside if one.minutes > hours * _HOUR), key=lambda one: not _to_office(one))
    timely = [one for one in outside if one.minutes <= hours * _HOUR]
    for one in late[:1]:
        limit, at = one.minutes / _HOUR, one.quote
        others = any(map(_to_office, timely)) if _to_office(one) else bool(timely)
        clear = (_to_office(one) or not one.receivers) and (_is_grave(one) or not others)
        say, key = (finding, "too-late") if clear and is_whole(plan) else (ask, "maybe-late")
        yield say(at.locator, key, distinct="limit", excerpt=at.text, limit=limit, hours=hours)
    if late or any(map(_names_outside, timely)):
        return
    if timely:
        at = timely[0].quote
        yield ask(at.locator, "limit-to-nobody", distinct="limit", excerpt=at.text, words=at.text, hours=hours)
        return
    near = said.vague or next((one.quote for one in said.limits), None)
    if near or not certain:
        place, words = (near.locator, near.text) if near else (plan.main, "")
        yield ask(place, "limit-unclear", distinct="limit", excerpt=words, hours=hours)
    else:
        yield finding(plan.main, "no-limit", distinct="limit", hours=hours)


def _is_grave(one: Limit) -> bool:
    return any(grade in ("特别重大", "重大", "较大") for grade in one.grades)


def _names_outside(one: Limit) -> bool:
    """Whether a limit, or the sentence it stands in, says that it is for somebody outside."""
    return bool(_OUTSIDE & {*one.receivers, *receivers_in(one.quote.text)})


def _to_office(one: Limit) -> bool:
    return Receiver.CYBERSPACE in one.receivers


def _is_first(one: Limit) -> bool:
    elsewhere = bool(one.receivers) and not _OUTSIDE & set(one.receivers)
    return not (one.later or elsewhere or is_lesser(one.grades))


def _is_only(one: Limit) -> bool:
    """Where no first report has a limit, the written one stands for it."""
    return one.written and _is_first(replace(one, later=False))


def _summaries(said: Reporting, days: float) -> Iterator[object]:
    for one in said.limits:
        if one.later and one.minutes > days * _DAY and is_summary(one.quote.text):
            limit, at = one.minutes / _DAY, one.quote
            yield warning(
                at.locator, "summary-late", distinct="summary", excerpt=at.text, unverified=True, limit=limit, days=days
            )
            return
