"""How a run is brought to its reader: the summary, the index, the next command, the exit code."""

import importlib.metadata

from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, console, next_step, note
from xuncha.cli.sources import Sources
from xuncha.errors import XunchaError
from xuncha.exit_codes import INTERRUPTED, PLUGIN_FAILED, exit_code
from xuncha.model.outcome import Severity
from xuncha.model.reasons import Reason
from xuncha.profile import Profile
from xuncha.runs import Ending
from xuncha.store.result import RunResult, build_result
from xuncha.worker.output import OUTPUT, last_words
from xuncha.workspace import Workspace


def finish(ending: Ending, workspace: Workspace, profile: Profile) -> int:
    """Show the summary of a run that has just ended. Returns the exit code.

    What decides the code is what the scan was asked for, also when the run is resumed later; ``profile`` fills in.
    """
    asked = ending.bundle.meta().options
    broken: dict[str, str] = asked.get("broken", {})
    result = build_result(ending.bundle, Sources(workspace).reviews())
    index(workspace, result, ending.bundle.seal_digest)
    summarise(result)
    _tell_deaths(ending)
    run = result.run.id
    if ending.state == "interrupted":
        words = result.texts.reasons[str(ending.trouble)] if ending.trouble else None
        if words:
            also = "" if ending.trouble is Reason.INTERRUPTED else words.do.of(LANG)  # that is the next step below
            note(f"{words.means.of(LANG)}{say('。', '. ')}{also}".rstrip())
        next_step(f"xuncha run resume {run}")
        return INTERRUPTED
    next_step(f"xuncha report {run} --format html")
    for name, failure in broken.items():
        note(f"{say('插件未能加载', 'plugin not loaded')}{COLON}{name}{COLON}{failure}")
    fail_on = Severity(asked.get("fail_on", profile.fail_on))
    return PLUGIN_FAILED if broken else exit_code(result, fail_on, asked.get("max_unassessed", profile.max_unassessed))


def _tell_deaths(ending: Ending) -> None:
    """That workers died, and where to look for the cause; the run went on without them."""
    if not ending.restarts:
        return
    note(
        say(
            f"检查进程异常终止 {ending.restarts} 次，其余网站的检查已继续进行",
            f"worker processes died {ending.restarts} times; the inspection went on",
        )
    )
    folder = ending.bundle.folder
    if words := last_words(folder):
        note(f"{say('进程输出', 'what they printed')}{COLON}{folder / OUTPUT}\n  {words}")


def summarise(result: RunResult) -> None:
    """The console format, with colour where the terminal has it."""
    found = importlib.metadata.entry_points(group="xuncha.reports", name="console")
    for entry in found:
        entry.load().show(result, LANG, console())


def index(workspace: Workspace, result: RunResult, manifest: str) -> None:
    """Enter the run in the database. The bundle is the truth, so trouble here is told and no more."""
    from xuncha.store import database  # noqa: PLC0415 - SQLAlchemy is heavy

    try:
        url = index_url(workspace)
        database.upgrade(url)
        database.index_run(url, result, manifest)
    except XunchaError as error:
        note(f"{say('检查结果索引未更新', 'the index was not updated')}{COLON}{' '.join(error.lines(LANG))}")
        next_step("xuncha db rebuild")


def index_url(workspace: Workspace) -> str:
    """The database that the settings name, else the workspace's own."""
    from xuncha.store import database  # noqa: PLC0415 - SQLAlchemy is heavy

    return workspace.settings.store or database.sqlite_url(workspace.database)
