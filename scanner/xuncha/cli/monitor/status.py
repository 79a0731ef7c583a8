"""``xuncha monitor --status``: what was seen so far, site by site."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from xuncha.cli.language import LANG, say
from xuncha.cli.output import next_step, note, show_json, show_table
from xuncha.model.availability import Availability, Span, availability
from xuncha.model.site import Site
from xuncha.monitor.agenda import ENOUGH_PER_DAY
from xuncha.monitor.plan import MonitorPlan, PlanFolder, plan_folders
from xuncha.monitor.recall import recalled
from xuncha.store import format as words
from xuncha.store.codec import dump

NOTHING = say("尚无记录", "nothing yet")


def show(monitors: Path, now: datetime, form: str) -> int:
    """The sites of the newest plan, with what all plans saw of them."""
    newest = next(iter(plan_folders(monitors)), None)
    plan = newest.read() if newest else None
    seen = [(site, availability(recalled(monitors, site, now))) for site in plan.sites] if plan else []
    if form == "json":
        show_json({"plan": _plan(newest, plan), "sites": [_entry(site, one) for site, one in seen]})
    elif plan is None or newest is None:
        note(say("还没有监测计划", "there is no monitoring plan yet"))
        next_step("xuncha monitor --for 7d")
    else:
        note(_told(plan, sealed=newest.sealed))
        _table(seen)
        if newest.sealed:
            next_step("xuncha scan")
    return 0


def _told(plan: MonitorPlan, *, sealed: bool) -> str:
    begun, ends, often = words.moment(plan.begun), words.moment(plan.ends), plan.per_day
    state = say("已结束", "ended") if sealed else say("未结束", "not ended yet")
    return say(
        f"监测计划 {plan.id}（{state}）：{begun} 至 {ends}，每天 {often} 次",
        f"monitoring plan {plan.id} ({state}): {begun} to {ends}, {often} visits a day",
    )


def _plan(folder: PlanFolder | None, plan: MonitorPlan | None) -> dict[str, Any] | None:
    if folder is None or plan is None:
        return None
    moments = {"begun": plan.begun.isoformat(), "ends": plan.ends.isoformat()}
    return {"id": plan.id, **moments, "per_day": plan.per_day, "sites": len(plan.sites), "sealed": folder.sealed}


def _entry(site: Site, seen: Availability | None) -> dict[str, Any]:
    known = {**dump(seen), "share": round(seen.share, 4)} if seen else None
    return {"id": site.id, "name": site.name, "url": site.home, "availability": known}


def _table(seen: list[tuple[Site, Availability | None]]) -> None:
    headers = [
        say("网站", "site"),
        say("计入", "counted"),
        say("打不开", "closed"),
        say("超 15 秒", "over 15 s"),
        say("占比", "share"),
        say("未计入", "left out"),
        say(f"满 {ENOUGH_PER_DAY} 次天数", f"days with {ENOUGH_PER_DAY}"),
        say("最近一次打不开", "last outage"),
    ]
    show_table(headers, [[site.name or site.id, *_cells(one)] for site, one in seen])


def _cells(seen: Availability | None) -> Iterator[str]:
    if seen is None:
        yield from ("0", "", "", "", "", "", NOTHING)
        return
    yield from (str(seen.counted), str(seen.closed), str(seen.late), words.share(seen.share))
    yield str(sum(seen.left_out.values()))
    yield str(sum(day.counted >= ENOUGH_PER_DAY for day in seen.days))
    yield _outage(seen.outages[-1]) if seen.outages else ""


def _outage(span: Span) -> str:
    begun = words.moment(span.begun)[5:16]
    if span.ended is None:
        return say(f"{begun} 起，至今未恢复", f"since {begun}")
    lasted = words.duration((span.ended - span.begun).total_seconds(), LANG)
    return say(f"{begun} 起，{lasted}", f"{begun}, {lasted}")
