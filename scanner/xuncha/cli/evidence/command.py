"""``xuncha evidence``: what units hand in, asked for, verified without any network, and reviewed by people."""

import click

from xuncha import runs
from xuncha.cli.ending import finish
from xuncha.cli.evidence.review import review
from xuncha.cli.evidence.sites import inventory_sites
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, folded_note, next_step, note
from xuncha.cli.progress import shown
from xuncha.cli.sources import Sources, jobs_option, profile_option
from xuncha.errors import UsageError
from xuncha.evidence.gathering import deadlines_of, folder_of
from xuncha.evidence.template import write_template
from xuncha.evidence.verifying import mistakes, only_evidence
from xuncha.lock import writing
from xuncha.model.outcome import Severity
from xuncha.model.site import Site
from xuncha.store.format import visible
from xuncha.store.mask import mask_form


@click.group(
    "evidence",
    help=say(
        "佐证材料：生成清单（template），离线核验（verify），人工审核并记录意见（review）",
        "Evidence that units hand in: ask for it, verify it offline, record what people decide.",
    ),
)
def command() -> None: ...


command.add_command(review)

sites_argument = click.argument("sites", nargs=-1, metavar=say("[网站]...", "[SITE]..."))


@command.command(
    "template",
    short_help=say("生成佐证材料文件夹和清单", "Write the folder and the list to fill in."),
    help=say(
        "为网站（编号、名称或网址；不写则为名录中的全部网站）生成佐证材料文件夹、待填写的 evidence.yaml 和填写说明；"
        "已有的文件一律不动",
        "Write for the sites (id, name or address; all without) a folder with evidence.yaml to fill in and what is "
        "asked. Files that are there already are never touched.",
    ),
)
@sites_argument
def template(sites: tuple[str, ...]) -> int:
    sources = Sources.here()
    workspace = sources.workspace
    for site in inventory_sites(sources, sites):
        folder = folder_of(workspace.evidence, site)
        written = write_template(folder, site, deadlines_of(site, workspace.settings.evidence_due))
        for path in written.made:
            click.echo(str(path))
        for path in written.kept:
            note(say(f"已有，未改动：{path}", f"there already, not touched: {path}"))
    next_step("xuncha evidence verify")
    return 0


@command.command(
    "verify",
    short_help=say("核验佐证材料，不联网", "Verify what was handed in, without any network."),
    help=say(
        "核验网站（编号、名称或网址；不写则为名录中的全部网站）提交的佐证材料。不访问网站，不发送任何请求；"
        "结果与 scan 的一样存储，可生成报告；退出码与 scan 相同",
        "Verify what was handed in for the sites (id, name or address; all without). Nothing is sent; the result is "
        "stored like that of a scan, reports included; exit codes as of scan.",
    ),
)
@sites_argument
@profile_option
@jobs_option
@click.option(
    "--fail-on",
    type=click.Choice([str(one) for one in Severity]),
    help=say("有不符合项达到该风险等级时，退出码为 1", "Exit with 1 if a failure has this severity or worse."),
)
def verify(sites: tuple[str, ...], profile_name: str, jobs: int, fail_on: str | None) -> int:
    sources = Sources.here()
    profile, known = sources.profile(profile_name), sources.catalogue()
    chosen = inventory_sites(sources, sites)
    restricted = only_evidence(profile, known)
    if not restricted.include:
        text = f"检查方案 {profile.id} 不含佐证材料的检查点，请换用 --profile notice"
        raise UsageError(say(text, f"the profile {profile.id} has no check of evidence; use --profile notice"))
    _tell_mistakes(sources, chosen)
    options = {
        "profile": profile_name,
        "targets": list(sites),
        "evidence": True,
        "fail_on": fail_on or str(profile.fail_on),
        "max_unassessed": profile.max_unassessed,
        "broken": {entry.ref.name: entry.failure for entry in known.failed()},
    }
    request = runs.Request(
        restricted,
        sources.framework(profile),
        chosen,
        sources.surroundings(),
        options=options,
        declared=sources.declared([site.id for site in chosen]),
        offline=True,
    )
    workspace = sources.workspace
    with writing(workspace.folder, "xuncha evidence verify"):
        bundle, plan = runs.start(workspace.runs, request, known)
        note(
            say(
                f"检查编号 {bundle.meta().id}：核验 {len(plan.sites)} 个网站的佐证材料，不联网",
                f"run {bundle.meta().id}: evidence of {len(plan.sites)} sites, nothing is sent",
            )
        )
        with shown(plan) as report:
            ending = runs.carry_out(bundle, plan, jobs, runs.SITES_AT_ONCE, report)
        code = finish(ending, workspace, profile)
    next_step("xuncha evidence review")
    return code


def _tell_mistakes(sources: Sources, sites: tuple[Site, ...]) -> None:
    """What is wrong in the lists, for it is left out of what is verified."""
    for site in sites:
        error = mistakes(folder_of(sources.workspace.evidence, site))
        if error is None:
            continue
        name = visible(site.name or site.id)
        en = "its list has mistakes that were left out; mend them and verify again"
        text = f"{name}{COLON}{say('清单填写有误，下列各处未采用，改正后请重新核验', en)}"
        folded_note(text)
        for line in error.lines(LANG):
            folded_note(mask_form(line), indent=2)
