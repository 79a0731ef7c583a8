"""``xuncha run list|show|resume|rejudge|verify``: what is stored, and how to go on with it."""

from pathlib import Path

import click

from xuncha import runs
from xuncha.cli.ending import finish, summarise
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, listing, note, show_json, show_table
from xuncha.cli.progress import shown
from xuncha.cli.sources import Sources, jobs_option, latest_run
from xuncha.config.errors import quoted
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.store import format as words
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.store.codec import dump
from xuncha.store.errors import StoreError
from xuncha.store.exporting import pack_bundle, pack_result
from xuncha.store.labels import label
from xuncha.store.result import build_result, to_json

run_argument = click.argument("run", metavar=say("[检查编号]", "[RUN]"), default="")


@click.group("run", help=say("查看、继续、重新判定、核验检查记录", "List, show, resume, judge again and verify runs."))
def command() -> None: ...


@command.command("list", help=say("列出检查记录", "List stored runs."))
@listing
def list_runs(form: str) -> int:
    folder = Sources.here().workspace.runs
    metas = [_meta(path.parent) for path in sorted(folder.glob("*/run.json"))] if folder.is_dir() else []
    known = [meta for meta in metas if meta]
    if form == "json":
        show_json([dump(meta) for meta in known])
        return 0
    rows = [[meta.id, label("state", meta.state, LANG), meta.profile, words.moment(meta.started)] for meta in known]
    show_table(
        [say("检查编号", "run"), say("状态", "state"), say("检查方案", "profile"), say("开始时间", "started")], rows
    )
    return 0


def _meta(folder: Path) -> RunMeta | None:
    try:
        return Bundle.open(folder).meta()
    except StoreError as error:
        note(" ".join(error.lines(LANG)))
        return None


@command.command("show", help=say("查看一次检查的结果", "Show the result of a run."))
@run_argument
@listing
def show_run(run: str, form: str) -> int:
    sources = Sources.here()
    result = build_result(Bundle.open(latest_run(sources.workspace, run)), sources.reviews())
    if form == "json":
        show_json(to_json(result))
    else:
        summarise(result)
    return 0


@command.command("resume", help=say("继续被中断的检查", "Go on with an interrupted run."))
@run_argument
@jobs_option
def resume_run(run: str, jobs: int) -> int:
    sources = Sources.here()
    bundle = Bundle.open(latest_run(sources.workspace, run))
    meta = bundle.meta()
    if meta.state == "finished" and bundle.sealed:
        raise UsageError(say(f"检查 {meta.id} 已经完成", f"run {meta.id} is finished already"))
    profile = sources.profile(str(meta.options.get("profile", "")))
    with writing(sources.workspace.folder, "xuncha run resume"):
        plan = runs.stored_plan(bundle)
        with shown(plan) as report:
            ending = runs.resume(bundle, report, jobs)
        return finish(ending, sources.workspace, profile)


@command.command(
    "rejudge",
    help=say(
        "用当前版本的检查点对已采集的数据重新判定，不访问网站；退出码与 scan 相同。",
        "Judge the stored data again with the present checks, without asking the site; exit codes as of scan.",
    ),
)
@run_argument
def rejudge_run(run: str) -> int:
    sources = Sources.here()
    bundle = Bundle.open(latest_run(sources.workspace, run))
    profile = sources.profile(str(bundle.meta().options.get("profile", "")))
    with writing(sources.workspace.folder, "xuncha run rejudge"):
        ending = runs.rejudge(bundle, sources.workspace.runs, sources.catalogue())
        made = ending.bundle.meta().id
        note(say(f"重新判定的结果存为 {made}，原结果不变", f"stored the new judgement as {made}; the old one stays"))
        return finish(ending, sources.workspace, profile)


@command.command("verify", help=say("核验检查记录是否被改动", "Check that a run's files are unchanged since it ended."))
@run_argument
def verify_run(run: str) -> int:
    bundle = Bundle.open(latest_run(Sources.here().workspace, run))
    found = bundle.verify()
    for mismatch in found:
        click.echo(f"{_KINDS[mismatch.kind]}{COLON}{quoted(mismatch.path)}")
    if not found:
        note(say("检查记录完整，与封存时一致", "complete and unchanged"))
        return 0
    note(
        say(
            "检查记录与封存时不一致，不能作为依据。请从备份恢复该记录的文件夹；没有备份的，请重新检查。",
            "The run is not as it was sealed and proves nothing. Restore its folder from a backup, or inspect anew.",
        )
    )
    return 1


@command.command(
    "export",
    help=say(
        "将一次检查打包为 ZIP，便于移交；--redacted 只含结果，去掉摘录、截图、人名、检查地址，"
        "安全防护一项只留检查点、结论和数量",
        "Pack a run as ZIP to hand it on; --redacted keeps the result alone, without excerpts, pictures, names and "
        "scanner addresses, and of protection just check, status and number.",
    ),
)
@run_argument
@click.option("--redacted", is_flag=True, help=say("移交外单位用", "For somebody else."))
@click.option(
    "--output",
    "-o",
    "file",
    metavar=say("文件", "FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help=say("输出文件", "File to write."),
)
def export_run(run: str, redacted: bool, file: Path | None) -> int:
    sources = Sources.here()
    bundle = Bundle.open(latest_run(sources.workspace, run))
    result = build_result(bundle, sources.reviews())
    path = file or Path(f"xuncha-{result.run.id}{'-redacted' if redacted else ''}.zip")
    if path.exists():
        raise UsageError(say(f"{path} 已经存在", f"{path} is there already"))
    if redacted:
        pack_result(path, result)
    elif bundle.sealed:
        pack_bundle(path, bundle)
    else:  # its journals hold replies as they came, with personal data
        raise UsageError(
            say(
                "检查没有完成，原始记录未经遮盖，不能打包：请先运行 xuncha run resume，或加 --redacted",
                "the run is not finished and its journals are not masked: take xuncha run resume first, or --redacted",
            )
        )
    click.echo(path)
    return 0


_KINDS = {
    "changed": say("内容已改动", "changed"),
    "missing": say("文件缺失", "missing"),
    "extra": say("多出的文件", "extra"),
    "unsafe": say("不是普通文件", "not a regular file"),
}
