"""``xuncha monitor``: home pages visited over days, so that the rule about a week can be judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import click

from xuncha.cli.durations import within
from xuncha.cli.language import LANG, say
from xuncha.cli.monitor import status
from xuncha.cli.monitor.progress import shown
from xuncha.cli.output import listing, next_step, note
from xuncha.cli.sources import Sources, profile_option
from xuncha.errors import UsageError
from xuncha.exit_codes import INTERRUPTED
from xuncha.lock import writing
from xuncha.model.clock import SHANGHAI, system_clock
from xuncha.model.site import Site
from xuncha.monitor import undertaking
from xuncha.monitor.agenda import DAY, ENOUGH_PER_DAY, MOST_PER_DAY
from xuncha.monitor.plan import MonitorPlan, PlanFolder
from xuncha.monitor.rounds import PROOF, Tally
from xuncha.store import format as words

_WEEK, _PER_DAY = timedelta(days=7), 24


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of a new plan; None where it is silent."""

    targets: tuple[str, ...]
    profile: str
    lasting: timedelta | None
    every: timedelta | None
    per_day: int | None
    strict: bool

    @property
    def anything(self) -> bool:
        """Whether a plan of one's own is wanted, and not just the one under way."""
        return bool(self.targets or self.profile or self.lasting or self.every or self.per_day)

    @property
    def visits(self) -> int:
        """A day. Raises UsageError where it is said twice."""
        if self.every and self.per_day:
            raise UsageError(say("--every 与 --per-day 只能写一个", "give --every or --per-day, not both"))
        return self.per_day or (int(DAY // self.every.total_seconds()) if self.every else _PER_DAY)


@click.command(
    "monitor",
    help=say(
        "按固定间隔访问网站首页，连续监测数日，为“站点无法访问”（一周、每天 20 次以上、15 秒、5%）的判定提供依据。"
        "监测可随时中断：再次运行 xuncha monitor 即继续原计划。监测期满后运行 xuncha scan 得出结论。",
        "Visit home pages at even intervals for days, so that the rule about a week (20 visits a day or more, 15 s, "
        "5 %) can be judged. It may be interrupted at any time: xuncha monitor goes on with the same plan. When it has "
        "ended, xuncha scan judges.",
    ),
)
@click.argument("targets", nargs=-1, metavar=say("[目标]...", "[TARGET]..."))
@click.option(
    "--sites",
    "inventory",
    metavar=say("名录文件", "FILE"),
    help=say("网站名录文件，与直接写作目标相同", "An inventory, the same as giving it as a target."),
)
@click.option(
    "--for",
    "lasting",
    metavar=say("时长", "TIME"),
    callback=within(
        timedelta(hours=1),
        timedelta(days=31),
        say("再短说明不了问题；只看一次请用 xuncha scan", "less proves nothing; for a single look use xuncha scan"),
    ),
    help=say(
        "监测多久，默认 7d；整天数从次日零点起算，当天剩余时间另行监测",
        "How long, 7d by default. Whole days count from the next midnight; what is left of today is visited too.",
    ),
)
@click.option(
    "--every",
    metavar=say("间隔", "TIME"),
    callback=within(
        timedelta(minutes=10),
        timedelta(days=1),
        say("再密会给网站增加负担，再疏不足以判定", "more often burdens the site, more rarely proves nothing"),
    ),
    help=say("每隔多久访问一次，默认 1h", "How long from visit to visit, 1h by default."),
)
@click.option(
    "--per-day",
    metavar=say("次数", "N"),
    type=click.IntRange(1, MOST_PER_DAY),
    help=say("每天访问几次，默认 24", "Visits a day, 24 by default."),
)
@profile_option
@click.option(
    "--strict", is_flag=True, help=say("网站名录有任何错误行时不执行", "Refuse an inventory with any bad row.")
)
@click.option(
    "--new", is_flag=True, help=say("结束进行中的计划，另起新计划", "End the plan under way, begin a new one.")
)
@click.option("--status", "wants_status", is_flag=True, help=say("只显示监测情况", "Only show what was seen so far."))
@listing
def command(
    targets: tuple[str, ...],
    inventory: str | None,
    lasting: timedelta | None,
    every: timedelta | None,
    per_day: int | None,
    profile_name: str,
    strict: bool,
    new: bool,
    wants_status: bool,
    form: str,
) -> int:
    """Begin a plan or go on with one; or show how it stands."""
    sources = Sources.here()
    monitors = sources.workspace.monitors
    if wants_status:
        return status.show(monitors, system_clock(), form)
    named = (*targets, *([inventory] if inventory else []))
    asked = Asked(named, profile_name, lasting, every, per_day, strict)
    with writing(monitors, "xuncha monitor"):
        return _carry_out(*_chosen(sources, asked, new=new))


def _chosen(sources: Sources, asked: Asked, *, new: bool) -> tuple[PlanFolder, MonitorPlan]:
    """The plan under way, where nothing else is wanted, else a new one. Raises UsageError where both are."""
    monitors = sources.workspace.monitors
    current = undertaking.under_way(monitors)
    if current and new:
        current.seal()
        current = None
    if current is None:
        wish = _wish(sources, asked)
        current = undertaking.begin(monitors, wish)
        plan = current.read()
        _tell_new(plan)
        return current, plan
    plan = current.read()
    if asked.anything and not _is_the_same(sources, asked, plan):
        raise UsageError(
            say(
                f"监测计划 {plan.id} 尚未结束（至 {words.moment(plan.ends)}），与这次要求的网站、时长或次数不同。"
                "继续原计划：xuncha monitor（不带参数）；结束它并另起新计划：加 --new",
                f"the monitoring plan {plan.id} is under way until {words.moment(plan.ends)}, for other sites, another "
                "length or other visits than asked for now. Go on with it: xuncha monitor, without arguments. End it "
                "and begin another: add --new",
            )
        )
    _tell_resumed(plan)
    return current, plan


def _is_the_same(sources: Sources, asked: Asked, plan: MonitorPlan) -> bool:
    """Whether the plan already does what is asked; of what the command line is silent about, it does as it does."""
    if asked.targets and _homes(_with_address(sources, asked)) != _homes(plan.sites):
        return False
    profile = not asked.profile or sources.profile(asked.profile).id == plan.options.get("profile")
    lasting = not asked.lasting or asked.lasting.total_seconds() == plan.options.get("seconds")
    return profile and lasting and (not (asked.every or asked.per_day) or asked.visits == plan.per_day)


def _homes(sites: Iterable[Site]) -> set[tuple[str, str]]:
    return {(site.id, site.home) for site in sites}


def _with_address(sources: Sources, asked: Asked) -> tuple[Site, ...]:
    return tuple(site for site in sources.sites(asked.targets, strict=asked.strict) if site.home)


def _wish(sources: Sources, asked: Asked) -> undertaking.Wish:
    visits = asked.visits
    profile = sources.profile(asked.profile)
    sites = _with_address(sources, asked)
    if not sites:
        raise UsageError(say("名录中没有登记网址的网站", "no site of the inventory has an address"))
    lasting = asked.lasting or _WEEK
    options = {"targets": list(asked.targets), "profile": profile.id, "seconds": lasting.total_seconds()}
    return undertaking.Wish(sites, lasting, visits, profile.budgets, sources.surroundings(), options)


def _tell_new(plan: MonitorPlan) -> None:
    count, until = len(plan.sites), words.moment(plan.ends)
    note(
        say(
            f"监测计划 {plan.id}：{count} 个网站，每天 {plan.per_day} 次，至 {until}",
            f"monitoring plan {plan.id}: {count} sites, {plan.per_day} visits a day, until {until}",
        )
    )
    _tell_next(plan)
    if plan.per_day < ENOUGH_PER_DAY:
        note(
            say(
                f"注意：每天不足 {ENOUGH_PER_DAY} 次，期满后仍无法按“站点无法访问”指标判定",
                f"note: with fewer than {ENOUGH_PER_DAY} visits a day the rule about the week can't be judged",
            )
        )


def _tell_resumed(plan: MonitorPlan) -> None:
    until = words.moment(plan.ends)
    note(say(f"继续监测计划 {plan.id}，至 {until}", f"going on with the monitoring plan {plan.id}, until {until}"))
    _tell_next(plan)


def _tell_next(plan: MonitorPlan) -> None:
    due = plan.agenda().next_after(system_clock().timestamp())
    if due is not None:
        moment = words.moment(datetime.fromtimestamp(due, SHANGHAI))
        note(say(f"下一次访问：{moment}", f"the next visit: {moment}"))
    elif system_clock() >= plan.ends:
        slots = words.duration(PROOF * plan.agenda().slot_seconds, LANG)
        note(
            say(
                f"按本机时钟监测已期满；为防时钟曾被调错，至多再观察 {slots} 才封存",
                f"by this machine's clock the plan has ended; in case that was set wrongly, it is watched for up to "
                f"{slots} before sealing",
            )
        )


def _carry_out(folder: PlanFolder, plan: MonitorPlan) -> int:
    with shown(plan) as seen:
        ending = undertaking.carry_out(folder, plan, seen)
    _tell_missed(ending.tally)
    if ending.interrupted:
        note(say("监测已中断，已有记录都已保存", "interrupted; everything seen so far is stored"))
        next_step("xuncha monitor")
        return INTERRUPTED
    note(say("监测期满，记录已封存", "the plan has ended; what was seen is sealed"))
    return status.show(folder.folder.parent, system_clock(), "table")


def _tell_missed(tally: Tally) -> None:
    if tally.missed:
        note(say(f"有 {tally.missed} 次访问错过时间，没有补做", f"{tally.missed} visits missed their time"))
    if tally.unstored:
        note(
            say(
                f"有 {tally.unstored} 次访问因记录文件损坏未能保存，详见 xuncha monitor --status",
                f"{tally.unstored} visits could not be stored, because files are damaged; see xuncha monitor --status",
            )
        )
