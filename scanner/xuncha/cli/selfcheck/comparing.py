"""``xuncha selfcheck compare``: what was declared beside what a run saw."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from xuncha.cli.baseline.sites import chosen_sites, site_option
from xuncha.cli.language import LANG, say
from xuncha.cli.output import folded_note, listing, note, show_json, show_table
from xuncha.cli.sources import Sources, latest_run, run_folders
from xuncha.errors import UsageError
from xuncha.model.selfcheck import Compared, Relation, SelfCheck
from xuncha.store.bundle import Bundle
from xuncha.store.codec import dump
from xuncha.store.format import visible
from xuncha.store.labels import label
from xuncha.store.result import SiteResult, build_result
from xuncha.workspace import Workspace


@click.command(
    "compare",
    short_help=say("自查与检查结果对照", "Hold the self-check against a run."),
    help=say(
        "将自查表与一次检查的结果（默认取最近一次对网站的检查，只核验材料的不算）逐项对照。检查开始时已导入的自查表随检查记录保存，对照以它为准；"
        "检查之后才导入的，加 --now。对照不影响判定。",
        "Hold what was declared against a run, by default the latest that visited sites, question by question. A run "
        "keeps what had been imported when it began; for what was imported later, say --now. No verdict depends on it.",
    ),
)
@click.argument("run", metavar=say("[检查编号]", "[RUN]"), default="")
@site_option
@click.option(
    "--now", is_flag=True, help=say("用现在的自查表，不用检查时保存的", "What is declared now, not when the run began.")
)
@click.option(
    "--differing", is_flag=True, help=say("只列不一致和不能确定的", "Only what disagrees or could not be told.")
)
@listing
def compare(run: str, sites: tuple[str, ...], now: bool, differing: bool, form: str) -> int:
    sources = Sources.here()
    bundle = Bundle.open(_scan(sources.workspace, run))
    reviews = sources.reviews()
    result = build_result(bundle, reviews)
    if now:
        result = build_result(bundle, reviews, declared=sources.declared([site.id for site in result.sites]))
    chosen = chosen_sites(result.sites, sites)
    if all(site.selfcheck is None for site in chosen):
        raise UsageError(_nothing(now=now))
    if form == "json":
        show_json([_as_json(site, differing=differing) for site in chosen])
        return 0
    for site in chosen:
        _show(site, differing=differing)
    _sum(chosen)
    return 0


def _scan(workspace: Workspace, run: str) -> Path:
    """The run that was named, or the latest that visited sites; a verification of papers saw none, and it is said."""
    found = latest_run(workspace, run)
    if not _only_papers(found):
        return found
    of = visible(found.name)
    scan = None if run else next((one for one in run_folders(workspace)[::-1] if not _only_papers(one)), None)
    if scan is None:
        text = f"{of} 只核验了佐证材料，没有检查网站；网站上才看得到的，这里都没有对照"
        folded_note(
            say(text, f"{of} only verified evidence and visited no site: what only a site shows is not compared")
        )
        return found
    text = f"最近一次 {of} 只核验了佐证材料，没有检查网站；现与之前检查网站的 {visible(scan.name)} 对照"
    folded_note(
        say(text, f"the latest run, {of}, only verified evidence; this is {visible(scan.name)}, which visited sites")
    )
    return scan


def _only_papers(folder: Path) -> bool:
    return Bundle.open(folder).meta().options.get("evidence") is True


def _nothing(*, now: bool) -> str:
    if now:
        return say(
            "还没有导入自查表；请先运行 xuncha selfcheck import",
            "no form was taken in yet; run xuncha selfcheck import first",
        )
    return say(
        "这次检查开始时还没有导入自查表。与现在的自查表对照请加 --now",
        "nothing had been declared when this run began; say --now to compare with what is declared by now",
    )


def _rows(said: SelfCheck, *, differing: bool) -> list[Compared]:
    wanted = {Relation.DISAGREE, Relation.UNCLEAR} if differing else set(Relation)
    return [row for row in said.rows if row.relation in wanted]


def _as_json(site: SiteResult, *, differing: bool) -> object:
    said = site.selfcheck
    if said is None or not said.filled_by:
        return {"site": site.id, "name": site.name, "selfcheck": None}
    kept = {**dump(said), "rows": [dump(row) for row in _rows(said, differing=differing)]}
    return {"site": site.id, "name": site.name, "selfcheck": kept}


def _show(site: SiteResult, *, differing: bool) -> None:
    said = site.selfcheck
    click.echo(visible(site.name or site.id))
    if said is None or not said.filled_by:
        click.echo(say("  没有自查表", "  nothing was declared"))
        return
    click.echo(
        say(
            f"  {visible(said.unit or site.department)} {visible(said.filled_by)} 填报，{said.filled_on}",
            f"  filled in by {visible(said.filled_by)} ({visible(said.unit or site.department)}), {said.filled_on}",
        )
    )
    rows = [
        [
            row.item,
            visible(row.title.of(LANG)),
            visible(row.declared.of(LANG)) or "—",
            visible(row.observed.of(LANG)) or "—",
            label("relation", row.relation, LANG),
        ]
        for row in _rows(said, differing=differing)
    ]
    headers = (say("条款", "item"), say("问题", "question"), say("自查", "declared"))
    show_table([*headers, say("检查", "observed"), say("对照", "relation")], rows)
    for row in said.rows:
        if row.relation is Relation.DISAGREE:
            folded_note(f"{visible(row.title.of(LANG))}{say('：', ': ')}{visible(row.why.of(LANG))}", 2)
    click.echo()


def _sum(sites: Sequence[SiteResult]) -> None:
    counts = Counter(row.relation for site in sites if site.selfcheck for row in site.selfcheck.rows)
    parts = [f"{label('relation', relation, LANG)} {counts[relation]}" for relation in Relation if counts[relation]]
    note(say("，", ", ").join(parts))
    missing = [visible(site.name or site.id) for site in sites if not site.selfcheck or not site.selfcheck.filled_by]
    if missing:
        names = say("、", ", ").join(missing[:10])
        note(say(f"没有自查表的网站 {len(missing)} 个：{names}", f"nothing declared of {len(missing)} sites: {names}"))
