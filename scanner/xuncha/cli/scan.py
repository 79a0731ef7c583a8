"""``xuncha scan``: from addresses or an inventory to a stored run and its summary."""

import click

from xuncha import runs
from xuncha.cli.ending import finish
from xuncha.cli.language import LANG, say
from xuncha.cli.output import note
from xuncha.cli.progress import shown
from xuncha.cli.sources import UNNAMED, Sources, jobs_option, profile_option, strict_option
from xuncha.lock import writing
from xuncha.model.outcome import Severity


@click.command(
    "scan",
    help=say(
        "检查网站。目标可以是网址或网站名录文件（CSV、XLSX、YAML）；不写则检查工作目录的网站名录。",
        "Inspect websites. A target is an address or an inventory file (CSV, XLSX, YAML); without one, the "
        "workspace's inventory is inspected.",
    ),
)
@click.argument("targets", nargs=-1, metavar=say("[目标]...", "[TARGET]..."))
@profile_option
@jobs_option
@strict_option
@click.option(
    "--fail-on",
    type=click.Choice([str(one) for one in Severity]),
    help=say("有不符合项达到该风险等级时，退出码为 1", "Exit with 1 if a failure has this severity or worse."),
)
@click.option(
    "--max-unassessed",
    metavar=say("比例", "SHARE"),
    type=click.FloatRange(0, 1),
    help=say("未能判定的比例超过该值时，退出码为 3", "Exit with 3 if a larger share could not be judged."),
)
def command(
    targets: tuple[str, ...],
    profile_name: str,
    jobs: int,
    strict: bool,
    fail_on: str | None,
    max_unassessed: float | None,
) -> int:
    """Inspect, store, summarise."""
    sources = Sources.here()
    profile = sources.profile(profile_name)
    known = sources.catalogue()
    limits = {
        "fail_on": fail_on or str(profile.fail_on),
        "max_unassessed": profile.max_unassessed if max_unassessed is None else max_unassessed,
        "broken": {entry.ref.name: entry.failure for entry in known.failed()},
    }
    sites = sources.sites(targets, strict=strict)
    request = runs.Request(
        profile,
        sources.framework(profile),
        sites,
        sources.surroundings(),
        options={"profile": profile_name, "targets": list(targets), **limits},
        declared=sources.declared([site.id for site in sites]),
    )
    workspace = sources.workspace
    if not request.surroundings.office:
        note(UNNAMED)
    with writing(workspace.folder, "xuncha scan"):
        bundle, plan = runs.start(workspace.runs, request, known)
        note(
            say(
                f"检查编号 {bundle.meta().id}：{len(plan.sites)} 个网站，检查方案 {profile.id}",
                f"run {bundle.meta().id}: {len(plan.sites)} sites, profile {profile.id}",
            )
        )
        for text in bundle.meta().notes:
            note(text.of(LANG))
        with shown(plan) as report:
            ending = runs.carry_out(bundle, plan, jobs, runs.SITES_AT_ONCE, report)
        return finish(ending, workspace, profile)
