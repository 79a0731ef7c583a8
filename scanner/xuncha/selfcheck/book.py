"""What was taken in, in a file of the workspace that only grows: a later declaration supersedes, none is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xuncha.model.selfcheck import Answer, Declaration, Declared, Form
from xuncha.monitor import journal
from xuncha.selfcheck.taking import Taken
from xuncha.store.codec import dump, load
from xuncha.store.disk import private_folder
from xuncha.store.errors import StoreError, naming

FOLDER, LOG = "selfcheck", "log.txt"
SCHEMA = 1
_WHAT_TO_DO = (
    "Restore it from a backup; or move it elsewhere and import the forms again.",
    "请从备份恢复该文件；没有备份的，请将它移到别处，再重新导入各部门的自查表。",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that was taken in: who filled it in and when, who took what from it when."""

    taken_at: datetime
    file: str
    sha256: str
    form: str
    filled_by: str
    filled_on: date
    unit: str
    reviewer: str
    telephone: str
    sites: dict[str, dict[str, Answer]]
    schema: int = SCHEMA

    def declarations(self) -> Iterable[Declaration]:
        """What it says of each site."""
        who = (self.filled_by, self.filled_on, self.taken_at, self.sha256, self.unit, self.reviewer, self.file)
        return (Declaration(site, answers, *who) for site, answers in self.sites.items())


class Book:
    """The declarations of one workspace. Whoever writes holds the workspace's lock."""

    def __init__(self, workspace: Path) -> None:
        self.log = workspace / FOLDER / LOG

    def entries(self) -> list[Entry]:
        """Everything that was ever taken in, in order. Raises StoreError where the file was changed or is damaged."""
        try:
            with naming(self.log):
                return [load(Entry, entry) for entry in journal.read(self.log)[0]]
        except StoreError as error:
            en, zh = _WHAT_TO_DO
            raise StoreError(f"{error}. {en}", f"{error.said.zh}。{zh}") from None

    def current(self) -> dict[str, Declaration]:
        """The latest declaration of each site."""
        return {said.site: said for entry in self.entries() for said in entry.declarations()}

    def add(self, taken: Taken, form: Form) -> None:
        """Write down what a file declares. Raises StoreError."""
        first = taken.declarations[0]
        entry = Entry(
            first.taken_at,
            first.file,
            first.sha256,
            form.id,
            first.filled_by,
            first.filled_on,
            first.unit,
            first.reviewer,
            taken.telephone,
            {said.site: said.answers for said in taken.declarations},
        )
        private_folder(self.log.parent)
        _, link, size = journal.read(self.log)
        journal.append(self.log, [dump(entry)], link, size)

    @property
    def begun(self) -> bool:
        """Whether anything was ever taken in."""
        return self.log.exists()

    def declared(self, form: Form, sites: Iterable[str]) -> Declared:
        """What stands declared of these sites, for a run to keep."""
        current = self.current()
        return Declared(form, {site: current[site] for site in sites if site in current})
