"""What this machine knows of each log: how long it was and how it ended. Kept beside the key, outside all workspaces.

A record is found by the workspace's folder, which whoever writes within the workspace can't change; where a workspace
was moved or copied, by the id of its log.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from xuncha.baseline.key import config_folder
from xuncha.store.codec import decode, dump, encode, known_format, load
from xuncha.store.disk import private_folder, read_file, write_file
from xuncha.store.errors import naming

SCHEMA = 1
_MOST_BYTES = 10_000
_MOST_RECORDS = 10_000


@dataclass(frozen=True, slots=True)
class Known:
    """The log ``workspace`` in ``folder`` had ``length`` entries and ended with ``head``, sealed with ``key``."""

    workspace: str
    folder: str
    length: int
    head: str
    key: str
    at: datetime
    schema: int = SCHEMA


class Heads:
    """The records of this machine, a file for each workspace."""

    @property
    def folder(self) -> Path:
        return config_folder() / "heads"

    def of(self, workspace: Path) -> Known | None:
        """What is known of the log in this folder. Raises StoreError where the record is damaged."""
        path = self._file(workspace)
        return _read(path) if path.is_file() else None

    def elsewhere(self, log: str) -> Known | None:
        """What is known of the log in any folder: the record that saw most of it. Raises StoreError."""
        if not self.folder.is_dir():
            return None
        found = [_read(path) for path in sorted(self.folder.glob("*.json"))[:_MOST_RECORDS]]
        return max((one for one in found if one.workspace == log), key=lambda one: one.length, default=None)

    def gone(self) -> list[tuple[str, int]]:
        """Folders that are no longer there, with the length of the log that lay in them."""
        found = [_read(path) for path in sorted(self.folder.glob("*.json"))[:_MOST_RECORDS]]
        return [(one.folder, one.length) for one in found if not Path(one.folder).is_dir()]

    def keep(self, workspace: Path, known: Known) -> None:
        """Raises StoreError where it can't be written."""
        private_folder(self.folder.parent)
        private_folder(self.folder)
        write_file(self._file(workspace), encode(dump(known)))

    def _file(self, workspace: Path) -> Path:
        return (
            self.folder / f"{sha256(str(workspace.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.json"
        )


def _read(path: Path) -> Known:
    with naming(path):
        return load(Known, known_format(decode(read_file(path, _MOST_BYTES)), SCHEMA))
