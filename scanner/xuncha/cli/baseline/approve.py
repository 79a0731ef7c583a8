"""``xuncha baseline approve``: a named person looks at the pages of a stored run and approves them."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import click

from xuncha.baseline import acts, trouble
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.looking import Likeness, Look, SiteLook, Viewer
from xuncha.baseline.packs import MOST_PAGES, as_json, digest
from xuncha.cli.baseline.pages import LIKENESS, harmful_of, objection_text, show_card, show_line
from xuncha.cli.baseline.sites import by_option, chosen_sites, site_option, tell_seal
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, folded_note, next_step, note
from xuncha.cli.sources import Sources, latest_run
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.model.clock import system_clock
from xuncha.model.defang import defanged_text
from xuncha.model.prints import SealState
from xuncha.store.bundle import Bundle
from xuncha.store.format import visible
from xuncha.store.result import RunResult, build_result
from xuncha.workspace import Workspace

OFFERED = (Likeness.NEW, Likeness.DIFFERENT, Likeness.UNPICTURED, Likeness.INCOMPARABLE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page that is approved; ``reason`` says why, where the run found something on it; ``jpeg`` is its picture."""

    look: Look
    reason: str = ""
    jpeg: bytes = b""


class Way(Protocol):
    """How a person looks: ``name`` goes into the log."""

    name: str

    def choose(self, site: SiteLook, result: RunResult) -> Iterator[Chosen]:
        """The pages of a site that are approved."""


@dataclass(slots=True)
class Tally:
    """What is told at the end. ``refused`` pages were asked for and not approved."""

    approved: int = 0
    refused: list[str] = field(default_factory=list)
    stopped: bool = False


@click.command(
    "approve",
    short_help=say("由专人查看页面并核准为基线", "Look at pages and approve them."),
    help=say(
        "由专人查看一次检查看到的页面（默认取最近一次），确认未被篡改后核准为基线。页面可能在检查之前就已被篡改，"
        "核准前务必在浏览器中实际打开查看。",
        "A named person looks at the pages that a run saw, the latest by default, and approves them as the baseline. A "
        "page may have been tampered with before: open it in a browser before you approve it.",
    ),
)
@click.argument("run", metavar=say("[检查编号]", "[RUN]"), default="")
@by_option
@site_option
@click.option(
    "--pages",
    multiple=True,
    metavar=say("网址", "URL"),
    help=say("只核准这些页面（可写多次），不再逐页询问", "Approve these pages, without asking; may be given again."),
)
@click.option(
    "--all-looked-at",
    is_flag=True,
    help=say(
        "声明已逐页看过，全部核准；有篡改、暗链等问题的页面除外",
        "Declare that you looked at every page, and approve all but those on which the run found something.",
    ),
)
@click.option(
    "--despite",
    metavar=say("理由", "REASON"),
    default="",
    help=say("页面上有检查发现的问题仍要核准的理由", "Why pages are approved on which the run found something."),
)
@click.option("--note", "remark", metavar=say("备注", "TEXT"), default="", help=say("备注", "A remark for the log."))
def approve(
    run: str, by: str, sites: tuple[str, ...], pages: tuple[str, ...], all_looked_at: bool, despite: str, remark: str
) -> int:
    workspace = Sources.here().workspace
    tally = Tally()
    way = _way(pages, despite, tally, everything=all_looked_at)
    bundle = Bundle.open(latest_run(workspace, run))
    result = build_result(bundle)
    baselines = Baselines(workspace.folder)
    book = baselines.look()
    if book.begun and book.seal.state is not SealState.INTACT:
        raise trouble.refused(book.seal)
    viewer = Viewer(bundle, result, baselines, book)
    without = []
    for site in chosen_sites(result.sites, sites):
        seen = viewer.look(site)
        if seen is None:
            without.append(visible(site.name or site.id))
        elif chosen := [_pictured(viewer, seen, one) for one in way.choose(seen, result)]:
            book = _write(workspace, baselines, book, _drafts(seen, chosen, by, remark, result, way), chosen)
            tally.approved += len(chosen)
        if tally.stopped:
            break
    return _end(tally, without, way, book)


def _pictured(viewer: Viewer, seen: SiteLook, one: Chosen) -> Chosen:
    """The page with the picture that the run took of it."""
    made = viewer.picture_of(seen.site, one.look)
    if made is None:
        return one
    picture, jpeg = made
    return replace(one, look=replace(one.look, kept=replace(one.look.kept, picture=picture)), jpeg=jpeg)


def _way(pages: Sequence[str], despite: str, tally: Tally, *, everything: bool) -> Way:
    if pages and everything:
        raise UsageError(say("--pages 与 --all-looked-at 只能写一个", "give --pages or --all-looked-at, not both"))
    if pages:
        return NamedPages(dict.fromkeys(pages, False), despite, tally)
    if everything:
        return EveryPage(despite, tally)
    if not sys.stdin.isatty():
        text = (
            "没有核准：无法逐页询问。请在终端中运行；或看过页面后用 --pages 列出网址，或用 --all-looked-at 声明都已看过"
        )
        hint = (
            "nothing was approved: nobody to ask. Run it in a terminal; or, once you have looked, name the pages with "
            "--pages, or declare with --all-looked-at that you looked at them all"
        )
        raise UsageError(say(text, hint))
    note(
        say(
            "页面在检查之前就可能已被篡改。请在浏览器中打开每个页面核对后再回答。",
            "A page may have been tampered with before the run. Open each in a browser before you answer.",
        )
    )
    return EachPage(despite, tally)


@dataclass(slots=True)
class EachPage:
    """Page by page, with a question for each."""

    despite: str
    tally: Tally
    name: str = "each"

    def choose(self, site: SiteLook, result: RunResult) -> Iterator[Chosen]:
        _tell_quiet(site)
        offered = [look for look in site.looks if look.likeness in OFFERED]
        harmful = harmful_of(site.site)
        for number, look in enumerate(offered, 1):
            click.echo()
            name = visible(site.site.name or site.site.id)
            show_card(look, f"[{number}/{len(offered)}] {name}", result, harmful)
            match _asked():
                case "y":
                    reason = self.despite or (_why() if look.objections else "")
                    if reason or not look.objections:
                        yield Chosen(look, reason)
                    else:
                        self.tally.refused.append(look.page.url)
                case "s":
                    return
                case "q":
                    self.tally.stopped = True
                    return
                case _:
                    pass


def _asked() -> str:
    """The answer; whoever breaks off with Ctrl-C has ended, and what was approved before counts."""
    text = say(
        "核准为基线吗？y 核准，n 不核准，s 跳过该网站，q 结束", "Approve it? y yes, n no, s skip the site, q stop"
    )
    choice = click.Choice(["y", "n", "s", "q"])
    try:
        answer: str = click.prompt(text, type=choice, show_choices=False, prompt_suffix=COLON, err=True)
    except click.Abort:
        click.echo(err=True)
        return "q"
    return answer


def _why() -> str:
    text = say("该页面有上述问题，仍要核准的理由（留空则不核准）", "Why, in spite of what was found (empty: it is not)")
    reason: str = click.prompt(text, default="", show_default=False, prompt_suffix=COLON, err=True)
    return reason.strip()


@dataclass(slots=True)
class NamedPages:
    """The pages that were named; ``wanted`` notes which of them were found."""

    wanted: dict[str, bool]
    despite: str
    tally: Tally
    name: str = "named"

    def choose(self, site: SiteLook, result: RunResult) -> Iterator[Chosen]:
        named = [look for look in site.looks if look.page.url in self.wanted]
        harmful = harmful_of(site.site)
        for look in named:
            self.wanted[look.page.url] = True
            show_card(look, visible(site.site.name or site.site.id), result, harmful)
        yield from _admitted(named, self.despite, self.tally, result)


@dataclass(slots=True)
class EveryPage:
    """All pages at once, which somebody has looked at elsewhere."""

    despite: str
    tally: Tally
    name: str = "all"

    def choose(self, site: SiteLook, result: RunResult) -> Iterator[Chosen]:
        _tell_quiet(site)
        offered = [look for look in site.looks if look.likeness in OFFERED]
        click.echo(visible(site.site.name or site.site.id))
        harmful = harmful_of(site.site)
        for look in offered:
            title = harmful.text(defanged_text(look.page.title))
            show_line(look.page.url, f"{LIKENESS[look.likeness].of(LANG)} · {title}")
        yield from _admitted(offered, self.despite, self.tally, result)


def _admitted(looks: Sequence[Look], despite: str, tally: Tally, result: RunResult) -> Iterator[Chosen]:
    """The pages against which nothing speaks, or whose reason was given; the others are told."""
    for look in looks:
        if look.likeness is Likeness.UNFIT:
            note(f"{say('没有核准', 'not approved')}{COLON}{look.page.url}{COLON}{LIKENESS[look.likeness].of(LANG)}")
        elif look.objections and not despite:
            note(f"{say('没有核准', 'not approved')}{COLON}{look.page.url}")
            for objection in look.objections:
                folded_note(objection_text(objection, result).of(LANG), 2)
        else:
            yield Chosen(look, despite if look.objections else "")
            continue
        tally.refused.append(look.page.url)


def _tell_quiet(site: SiteLook) -> None:
    """What is not asked about."""
    counts = Counter(look.likeness for look in site.looks)
    name = visible(site.site.name or site.site.id)
    if counts[Likeness.ALIKE]:
        text = f"{name}：{counts[Likeness.ALIKE]} 个页面与基线相符，不必再核准"
        note(say(text, f"{name}: {_pages(counts[Likeness.ALIKE])} as approved, which need nothing"))
    for look in site.looks:
        if look.likeness is Likeness.UNFIT:
            note(f"{LIKENESS[look.likeness].of(LANG)}{COLON}{look.page.url}")
    if site.unseen:
        text = f"{name}：有基线的 {len(site.unseen)} 个页面这次没有看到"
        note(say(text, f"{name}: {_pages(len(site.unseen))} with a baseline not seen by this run"))


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _drafts(seen: SiteLook, chosen: Sequence[Chosen], by: str, remark: str, result: RunResult, way: Way) -> list[Draft]:
    return [
        Draft(
            Act.APPROVE,
            by,
            seen.site.id,
            one.look.page.url,
            digest(as_json(one.look.kept)),
            run=result.run.id,
            look=way.name,
            note=f"{remark} {one.reason}".strip(),
        )
        for one in chosen[:MOST_PAGES]
    ]


def _write(
    workspace: Workspace, baselines: Baselines, book: Book, drafts: Sequence[Draft], chosen: Sequence[Chosen]
) -> Book:
    prints = {digest(data): data for data in (as_json(one.look.kept) for one in chosen)}
    pictures = {one.look.kept.picture.sha256: one.jpeg for one in chosen if one.look.kept.picture}
    with writing(workspace.folder, "xuncha baseline approve"):
        return acts.add(baselines, drafts, book, system_clock(), prints, pictures)


def _end(tally: Tally, without: Sequence[str], way: Way, book: Book) -> int:
    missing = [url for url, found in way.wanted.items() if not found] if isinstance(way, NamedPages) else []
    for url in missing:
        note(say(f"该次检查没有看到这个页面：{visible(url)}", f"this run did not see the page {visible(url)}"))
    if without:
        names = say("、", ", ").join(without[:10])
        note(
            say(
                f"没有可核准的页面：{names}。该次检查没能打开这些网站，或检查方案不含网页防篡改（notice 含有）",
                f"nothing to approve: {names}. The run could not open them, or its profile does not look for tampering "
                "(notice does)",
            )
        )
    if tally.approved and isinstance(way, EveryPage):
        note(
            say(
                f"已记入：核准人声明逐页看过这 {tally.approved} 个页面，内容正常",
                f"recorded: who approves declares to have looked at each ({_pages(tally.approved)})",
            )
        )
    note(say(f"核准 {tally.approved} 个页面", f"{_pages(tally.approved)} approved"))
    if tally.refused:
        text = f"{len(tally.refused)} 个页面没有核准。查明情况后重新检查；确属正常的，用 --despite 写明理由"
        hint = f"{_pages(len(tally.refused))} not approved. Look into it and inspect anew; or give a reason: --despite"
        note(say(text, hint))
    tell_seal(book.seal)
    if tally.approved:
        next_step("xuncha baseline show")
    return 1 if tally.refused or missing else 0
