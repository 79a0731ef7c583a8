"""What commands share that write people's decisions into the sealed log: open it, name what is meant, write."""

from collections.abc import Iterable, Sequence

from xuncha.baseline import acts, trouble
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.entries import Draft
from xuncha.cli.language import say
from xuncha.errors import UsageError
from xuncha.lock import writing
from xuncha.model.clock import system_clock
from xuncha.model.prints import SealState
from xuncha.store.format import visible
from xuncha.workspace import Workspace

SHOWN = 11
"""Characters of an id that are shown, its version included (``v1:``), and enough to name what it stands for."""


class Log:
    """The sealed log of a workspace, as it was found. Raises StoreError where its seal does not hold."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._baselines = Baselines(workspace.folder)
        self.book = self._baselines.look()
        if self.book.begun and self.book.seal.state is not SealState.INTACT:
            raise trouble.refused(self.book.seal)

    def write(self, drafts: Sequence[Draft], command: str) -> Book:
        """Append, if nobody else has written meanwhile. ``command`` is named to whoever has to wait for the lock."""
        with writing(self._workspace.folder, command):
            return acts.add(self._baselines, drafts, self.book, system_clock())


def named(ids: Iterable[str], name: str, version: str, listing: str) -> str:
    """The one id that begins so; ``version`` may be left out, ``listing`` is where ids are shown. Raises UsageError."""
    wanted = name if name.startswith(version) else f"{version}{name}"
    fitting = {one for one in ids if one.startswith(wanted)}
    if len(wanted) < SHOWN or not fitting:
        text = f"没有编号 {visible(name)}；请照抄 {listing} 列出的编号"
        raise UsageError(say(text, f"there is no {visible(name)}; copy an id that {listing} lists"))
    if len(fitting) > 1:
        raise UsageError(say("编号不唯一，请写长一些", "more than one id begins so; write more of it"))
    return fitting.pop()
