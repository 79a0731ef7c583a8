"""工作目录: where an office keeps its inventory, its papers, its evidence and its runs.

A folder made by ``xuncha init``, found from the current folder upward; without one, the user's state folder.
"""

import os
import sys
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from xuncha.config.errors import Place, Problem, WorkspaceError, quoted
from xuncha.config.office import Settings, fits_header, read_settings
from xuncha.model.text import Text
from xuncha.workspace_files import papers_file, settings_file, sites_file

MARK = "xuncha.yaml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder and what lies where in it. ``made``: by ``xuncha init``; else it is the user's state folder."""

    folder: Path
    settings: Settings = field(default_factory=Settings)
    made: bool = False

    @property
    def sites(self) -> Path:
        """The inventory."""
        return self.folder / "sites.csv"

    @property
    def authorisations(self) -> Path:
        """The papers."""
        return self.folder / "authorisations.yaml"

    @property
    def evidence(self) -> Path:
        """What units handed in, one folder per site."""
        return self.folder / "evidence"

    @property
    def runs(self) -> Path:
        """The bundles, one folder per run."""
        return self.folder / "runs"

    @property
    def monitors(self) -> Path:
        """What ``xuncha monitor`` sampled, one folder per plan."""
        return self.folder / "monitor"

    @property
    def templates(self) -> Path:
        """The office's own templates of notices and bulletins."""
        return self.folder / "templates"

    @property
    def database(self) -> Path:
        """The index over the bundles."""
        return self.folder / "xuncha.db"

    def path(self, name: str) -> Path:
        """A path from the settings; relative ones count from the workspace."""
        return self.folder / Path(name).expanduser()


def find(start: Path | None = None) -> Workspace:
    """The workspace around ``start`` (default: the current folder), else the user's state folder.

    Raises:
        ConfigError: its ``xuncha.yaml`` is faulty; every fault with its place.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return Workspace(folder, read_settings(folder / MARK), made=True)
    return Workspace(state_folder())


def state_folder() -> Path:
    """``$XDG_STATE_HOME/xuncha``, or what comes closest on this system."""
    given = os.environ.get("XDG_STATE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "xuncha"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "xuncha"
    return Path.home() / ".local" / "state" / "xuncha"


def create(
    folder: Path, *, office: str, telephone: str, authorisation: str = "", address: str = "", announced_as: str = ""
) -> Workspace:
    """Make a workspace in ``folder``; files that are already there are kept.

    Args:
        folder: made where it does not exist.
        office: who inspects; goes into the User-Agent.
        telephone: where to ask; goes into the User-Agent.
        authorisation: the number of the document that orders the inspection, if there is one.
        address: the address from which we look out, if it is known.
        announced_as: an ASCII name or address that stands in the User-Agent in place of ``office``.

    Raises:
        WorkspaceError: it is one already, a mandatory answer is missing, the folder can't be written.
    """
    answers = (_line(office), _line(telephone), _line(authorisation), _line(address))
    settings = Settings(*answers, announced_as=_line(announced_as))
    _check_answers(settings)
    mark = folder / MARK
    if mark.exists():
        raise _error(mark, Text("这里已经是工作目录", "this is a workspace already"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("evidence", "runs"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        _write(folder / "sites.csv", sites_file(), "utf-8-sig")
        _write(folder / "authorisations.yaml", papers_file(settings))
        _write(mark, settings_file(settings))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _error(folder, Text(f"无法写入：{why}", f"cannot be written: {why}")) from None
    return Workspace(folder.resolve(), settings, made=True)


def _line(answer: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in answer).split())[:200]


def _check_answers(settings: Settings) -> None:
    if not settings.office:
        raise _error("office", Text("请填写检查单位名称", "the office's name is needed"))
    if not any(char.isdigit() for char in settings.telephone):
        raise _error("telephone", Text("请填写联系电话", "a telephone number is needed"))
    if not fits_header(settings.announced_as):
        raise _error("announced_as", Text("只能用英文字母、数字和符号", "must be plain ASCII"))
    if settings.address:
        try:
            ip_address(settings.address)
        except ValueError:
            shown = quoted(settings.address)
            raise _error("address", Text(f"不是 IP 地址：{shown}", f"not an IP address: {shown}")) from None


def _write(file: Path, text: str, encoding: str = "utf-8") -> None:
    if not file.exists():
        file.write_text(text, encoding=encoding, newline="")


def _error(place: Path | str, text: Text) -> WorkspaceError:
    return WorkspaceError([Problem(Place(str(place)), text)])
