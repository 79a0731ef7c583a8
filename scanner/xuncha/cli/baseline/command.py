"""``xuncha baseline``: the approved state of pages, which later visits are compared with."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import click

from xuncha.baseline import acts, trouble
from xuncha.baseline.approved import Standing
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.looking import Likeness, Look, SiteLook, Viewer
from xuncha.baseline.strays import said_of_left, said_of_renamed, strays
from xuncha.cli.baseline import approve as approving
from xuncha.cli.baseline import seal as sealing
from xuncha.cli.baseline.pages import (
    LIKENESS,
    change_text,
    harmful_of,
    harmless,
    look_text,
    objection_text,
    show_card,
    show_line,
    sight_text,
)
from xuncha.cli.baseline.sites import because, by_option, chosen_sites, seal_line, site_option, tell_seal
from xuncha.cli.language import LANG, say
from xuncha.cli.output import folded_note, listing, note, show_json, show_table
from xuncha.cli.sources import Sources, latest_run
from xuncha.config.errors import ConfigError
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.model.clock import day_of, system_clock
from xuncha.model.prints import Seal, SealState
from xuncha.model.text import Text
from xuncha.store import format as words
from xuncha.store.bundle import Bundle
from xuncha.store.codec import dump
from xuncha.store.errors import StoreError
from xuncha.store.harmful import Harmful
from xuncha.store.result import RunResult, build_result

MOST_DAYS = 92
"""A redesign that takes longer is announced again: while it lasts, differences are not called tampering."""

_UNREAD = Text(
    "网站名录有错误，没能核对全部网站编号；请运行 xuncha site list 查看并改正",
    "the inventory has mistakes, so not all ids could be compared; xuncha site list names them",
)

site_argument = click.argument("site", metavar=say("网站编号", "SITE"))


@click.group(
    "baseline",
    help=say(
        "管理网页基线：经专人核准的页面状态，用来发现篡改。先检查（xuncha scan），再核准（approve）；"
        "以后每次检查都与基线比对。",
        "The approved state of pages, by which tampering is found: scan, approve, and every later scan compares.",
    ),
)
def command() -> None: ...


command.add_command(approving.approve)
for one in (sealing.verify, sealing.accept, sealing.reset, sealing.rekey):
    command.add_command(one)


@command.command("show", help=say("查看核准了哪些页面", "Show what is approved."))
@click.argument("site", metavar=say("[网站编号]", "[SITE]"), default="")
@listing
def show(site: str, form: str) -> int:
    baselines = Baselines(Sources.here().workspace.folder)
    book = baselines.look()
    if site:
        _known(book, site, trouble.unusable)
    seal = baselines.checked(book).seal
    if form == "json":
        chosen = {name: one for name, one in book.sites.items() if site in ("", name)}
        show_json({"seal": dump(seal), "sites": {name: _as_data(one) for name, one in chosen.items()}})
    elif site:
        _show_pages(book.sites[site], _looks_of(baselines, book.sites[site]))
    else:
        _show_sites(book.sites)
    _tell_strays(book, site)
    tell_seal(seal)
    return 1 if book.begun and seal.state is not SealState.INTACT else 0


def _tell_strays(book: Book, site: str) -> None:
    """Sites whose approvals nobody uses: the inventory calls them otherwise, or not at all."""
    sources = Sources.here()
    if not sources.workspace.sites.is_file():
        return
    try:
        inventory = sources.inventory()
    except ConfigError as error:
        folded_note(_UNREAD.of(LANG))
        note(str(error))
        return
    chosen = [one for one in strays(book.sites, inventory.sites) if site in ("", one.site)]
    for text in said_of_renamed(chosen):
        folded_note(text.of(LANG))
    # a row that can't be read may be the one of a site that seems to have left
    for text in said_of_left(chosen) if not inventory.problems else (_UNREAD,):
        folded_note(text.of(LANG))


def _show_sites(sites: Mapping[str, Standing]) -> None:
    rows = []
    for name, one in sites.items():
        last = max((page.approval for page in one.pages.values()), key=lambda made: made.at, default=None)
        when = words.moment(last.at)[:16] if last else ""
        windows = "\n".join(f"{window.start} — {window.end}" for window in one.redesigns.values())
        rows.append([name, str(len(one.pages)), when, last.by if last else "", windows])
    headers = [say("网站编号", "site"), say("页面数", "pages"), say("最近核准", "last approved"), say("核准人", "by")]
    show_table([*headers, say("改版期", "redesign")], rows)


def _looks_of(baselines: Baselines, one: Standing) -> dict[str, str]:
    """How each page looked when it was approved, in words; nothing where what was approved can't be read."""
    try:
        pages = baselines.packs.read(one.pages.values())
    except StoreError:
        return {}
    return {page.print.url: look_text(page.look) for page in pages if page.look}


def _show_pages(one: Standing, looks: Mapping[str, str]) -> None:
    for page in one.pages.values():
        approval = page.approval
        pictured = f"　{say('画面：', 'picture: ')}{looks[page.page]}" if page.page in looks else ""
        show_line(page.page, f"{words.moment(approval.at)[:16]} {approval.by} {approval.note}{pictured}")
    for number, window in one.redesigns.items():
        text = f"改版期（第 {number} 条）：{window.start} 至 {window.end}，{window.by}，{window.note}"
        note(say(text, f"redesign (entry {number}): {window.start} to {window.end}, {window.by}, {window.note}"))


def _as_data(one: Standing) -> dict[str, Any]:
    pages = [{"page": page.page, "print": page.print, "approval": dump(page.approval)} for page in one.pages.values()]
    return {"pages": pages, "redesigns": {str(number): dump(window) for number, window in one.redesigns.items()}}


def _known(book: Book, site: str, in_trouble: Callable[[Seal], StoreError] = trouble.refused) -> Standing:
    """What the log says of a site. Raises UsageError, and StoreError where the seal doesn't hold."""
    if site not in book.sites:
        if book.begun and book.seal.state is not SealState.INTACT:
            raise in_trouble(book.seal)
        text = f"网站 {words.visible(site)} 没有基线；全部网站见 xuncha baseline show"
        raise UsageError(say(text, f"site {words.visible(site)} has no baseline; xuncha baseline show lists all"))
    return book.sites[site]


@command.command(
    "diff",
    short_help=say("列出页面与基线的不同", "Show how pages differ from the baseline."),
    help=say(
        "把一次检查看到的页面（默认取最近一次）与基线比对，列出不同之处",
        "Compare the pages of a run, the latest by default, with the baseline.",
    ),
)
@click.argument("run", metavar=say("[检查编号]", "[RUN]"), default="")
@site_option
@listing
def diff(run: str, sites: tuple[str, ...], form: str) -> int:
    workspace = Sources.here().workspace
    bundle = Bundle.open(latest_run(workspace, run))
    result = build_result(bundle)
    baselines = Baselines(workspace.folder)
    book = baselines.look()
    if book.begun and book.seal.state is not SealState.INTACT:
        raise trouble.unusable(book.seal)
    viewer = Viewer(bundle, result, baselines, book)
    found = [seen for site in chosen_sites(result.sites, sites) if (seen := viewer.look(site))]
    if form == "json":
        show_json({"run": result.run.id, "seal": dump(book.seal), "sites": [_look_data(one, result) for one in found]})
        return 0
    for seen in found:
        _show_differences(seen, result)
    note(seal_line(book.seal))
    return 0


def _show_differences(seen: SiteLook, result: RunResult) -> None:
    name = words.visible(seen.site.name or seen.site.id)
    counts = [
        f"{LIKENESS[kind].of(LANG)} {count}"
        for kind in Likeness
        if (count := sum(look.likeness is kind for look in seen.looks))
    ]
    click.echo(f"{name}  {' · '.join(counts)}")
    harmful = harmful_of(seen.site)
    for look in seen.looks:
        if look.likeness in (Likeness.DIFFERENT, Likeness.UNFIT):
            show_card(look, "", result, harmful)
    if moved := [look for look in seen.looks if look.moved_from]:
        text = f"核准时与现在网址只差 http 或 https 的 {len(moved)} 个页面，已按同一页面比对"
        note(say(text, f"approved under http and now https, or the other way, compared as the same: {len(moved)}"))
    for url in seen.unseen:
        click.echo(f"{say('有基线而这次没有看到：', 'approved, and not seen this time: ')}{words.visible(url)}")


def _look_data(seen: SiteLook, result: RunResult) -> dict[str, Any]:
    harmful = harmful_of(seen.site)
    pages = [_page_data(look, result, harmful) for look in seen.looks]
    return {"site": seen.site.id, "name": seen.site.name, "pages": pages, "unseen": list(seen.unseen)}


def _page_data(look: Look, result: RunResult, harmful: Harmful) -> dict[str, Any]:
    shown = [harmless(change, harmful) for change in look.changes]
    changes = [dump(change) | dump(change_text(change)) for change in shown]
    objections = [{"check": one.outcome.check} | dump(objection_text(one, result)) for one in look.objections]
    approval = dump(look.approved.approval) if look.approved else None
    data = {"page": look.page.url, "likeness": look.likeness, "approval": approval, "approved_as": look.moved_from}
    looks = [dump(sight_text(sight)) | {"kind": sight.kind, "share": sight.share} for sight in look.sights]
    return data | {"changes": changes, "sights": looks, "objections": objections}


@command.command(
    "withdraw", help=say("撤销基线：整个网站，或其中的页面", "Withdraw the baseline of a site or of pages.")
)
@site_argument
@click.option("--pages", multiple=True, metavar=say("网址", "URL"), help=say("只撤销这些页面", "Only these pages."))
@by_option
@because("--reason", "why")
def withdraw(site: str, pages: tuple[str, ...], by: str, why: str) -> int:
    workspace = Sources.here().workspace
    baselines = Baselines(workspace.folder)
    with writing(workspace.folder, "xuncha baseline withdraw"):
        book = baselines.look()
        standing = _known(book, site)
        for page in pages:
            if page not in standing.pages:
                text = f"没有这个页面的基线：{words.visible(page)}"
                raise UsageError(say(text, f"there is no baseline of {words.visible(page)}"))
        gone = len(pages) or len(standing.pages)
        drafts = [Draft(Act.WITHDRAW, by, site, page, note=why) for page in pages or ("",)]
        book = acts.add(baselines, drafts, book, system_clock())
    note(say(f"已撤销 {gone} 个页面的基线", f"baselines withdrawn: {gone}"))
    tell_seal(book.seal)
    return 0


_DAY = click.DateTime(["%Y-%m-%d"])


@command.command(
    "redesign",
    short_help=say("登记或取消改版期", "Announce or cancel a redesign."),
    help=say(
        f"登记或取消改版期：期间页面变样只提示、不认定为篡改（被挂马、出现篡改字样的除外）。最长 {MOST_DAYS} 天，"
        "结束后请重新核准基线。",
        f"Announce or cancel a redesign, of at most {MOST_DAYS} days: while it lasts, pages may look different. "
        "Approve the new pages when it is over.",
    ),
)
@site_argument
@click.option("--from", "start", type=_DAY, metavar=say("日期", "DAY"), help=say("第一天", "The first day."))
@click.option("--to", "end", type=_DAY, metavar=say("日期", "DAY"), help=say("最后一天", "The last day."))
@click.option(
    "--cancel",
    "number",
    type=click.IntRange(1),
    metavar=say("条号", "N"),
    help=say("取消第几条登记的改版期", "Cancel the one that entry N announced."),
)
@by_option
@because("--reason", "why")
def redesign(site: str, start: datetime | None, end: datetime | None, number: int | None, by: str, why: str) -> int:
    workspace = Sources.here().workspace
    baselines = Baselines(workspace.folder)
    with writing(workspace.folder, "xuncha baseline redesign"):
        book = baselines.look()
        standing = _known(book, site)
        if number is not None:
            draft = _cancelled(standing, number, Draft(Act.CANCEL, by, site, number=number, note=why))
        else:
            first, last = _window(start, end)
            draft = Draft(Act.REDESIGN, by, site, start=first, end=last, note=why)
        book = acts.add(baselines, [draft], book, system_clock())
    note(say(f"已登记为第 {book.seal.length} 条", f"recorded as entry {book.seal.length}"))
    tell_seal(book.seal)
    return 0


def _cancelled(standing: Standing, number: int, draft: Draft) -> Draft:
    if number not in standing.redesigns:
        raise UsageError(say(f"第 {number} 条不是该网站的改版期", f"entry {number} announces no redesign of this site"))
    return draft


def _window(start: datetime | None, end: datetime | None) -> tuple[date, date]:
    """First and last day. Raises UsageError."""
    if start is None or end is None:
        raise UsageError(say("请写明 --from 和 --to；取消请用 --cancel", "give --from and --to, or --cancel"))
    first, last = start.date(), end.date()
    if last < first or last < day_of(system_clock()) or last - first > timedelta(days=MOST_DAYS):
        text = f"改版期应从第一天到最后一天，最长 {MOST_DAYS} 天，且不在过去"
        raise UsageError(
            say(text, f"a redesign goes from a first to a last day, {MOST_DAYS} days at most, and not in the past")
        )
    return first, last
