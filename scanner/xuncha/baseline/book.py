"""The baselines of one workspace: read and verified as a whole, written to by appending.

Reading never raises for what was done to the files: a ``Seal`` says what was found.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from xuncha.baseline import trouble
from xuncha.baseline.approved import Standing, standing
from xuncha.baseline.chain import Chain, ForeignKeyError, glimpse, read_chain, seal
from xuncha.baseline.entries import Draft
from xuncha.baseline.heads import Heads, Known
from xuncha.baseline.key import Key, NoKeyError, find_keys
from xuncha.baseline.packs import Packs
from xuncha.baseline.pictures import ApprovedPictures
from xuncha.model.clock import system_clock
from xuncha.model.prints import Seal, SealState
from xuncha.model.text import Text
from xuncha.store.disk import append_at, open_regular, private_folder, read_file
from xuncha.store.errors import StoreError, disk_errors

FOLDER, LOG, PICTURES = "baselines", "log.txt", "pictures"
MOST_BYTES = 500_000_000
_LONGEST_LINE = 65_536


@dataclass(frozen=True, slots=True)
class Book:
    """The log as it was found. ``sites`` is empty unless the seal is intact: what can't be trusted is not handed on."""

    seal: Seal
    chain: Chain = field(default_factory=Chain, repr=False)
    sites: Mapping[str, Standing] = field(default_factory=dict, repr=False)

    @property
    def begun(self) -> bool:
        """Whether anything was ever approved, or should have been."""
        return self.seal.state is not SealState.UNSEALED


@dataclass(frozen=True, slots=True)
class Checked:
    """The seal with regard to what it seals, and the stored prints that are not what was approved, one of each site."""

    seal: Seal
    faults: tuple[StoreError, ...] = ()


class Baselines:
    """Where they lie, and what this machine knows of them. Whoever writes holds the workspace's lock."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace.resolve()
        self.folder = self.workspace / FOLDER
        self.log = self.folder / LOG
        self.packs = Packs(self.folder / "prints")
        self.pictures = ApprovedPictures(self.folder / PICTURES)
        self.heads = Heads()

    def look(self) -> Book:
        """Read and verify. What is new since this machine last looked becomes what it knows."""
        data = b""
        known = None
        try:
            known = self.heads.of(self.workspace)
            data = self.raw()
            chain = read_chain(data, find_keys(self.workspace)) if b"\n" in data else Chain(torn=len(data))
        except NoKeyError as error:
            return _unread(data, SealState.KEY_MISSING, trouble.no_key(error.said))
        except ForeignKeyError as error:
            # Brought from elsewhere; unless another one was known here, whose place it took.
            state = SealState.BROKEN if known else SealState.KEY_MISSING
            return _unread(data, state, (trouble.broken if known else trouble.no_key)(error.said))
        except StoreError as error:
            return _unread(data, SealState.BROKEN, trouble.broken(error.said))
        return self._compared(chain, known)

    def checked(self, book: Book) -> "Checked":
        """The seal, once what it seals was read: a log may be whole while the prints that it names are gone."""
        faults = tuple(self._faults(book))
        if not faults or book.seal.state is not SealState.INTACT:
            return Checked(book.seal, faults)
        return Checked(replace(book.seal, state=SealState.DAMAGED, problem=trouble.damaged(len(faults))), faults)

    def _faults(self, book: Book) -> Iterator[StoreError]:
        for one in book.sites.values():
            try:
                for page in self.packs.read(one.pages.values()):
                    if page.picture:
                        self.pictures.read(page.picture)
            except StoreError as error:
                yield error

    def raw(self) -> bytes:
        """The log's bytes; none where there is none. Raises StoreError."""
        return read_file(self.log, MOST_BYTES) if os.path.lexists(self.log) else b""

    def stands(self, chain: Chain) -> bool:
        """Whether the log still ends as it did when it was read; cheap, for whoever holds the lock."""
        if not os.path.lexists(self.log):
            return not chain.length
        with open_regular(self.log) as stream, disk_errors(self.log, "read"):
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, chain.size - _LONGEST_LINE))
            last = stream.read(chain.size - stream.tell())[:-1].rpartition(b"\n")[2]
        return size == chain.size + chain.torn and last[: len(chain.head)] == chain.head.encode()

    def append(self, drafts: Sequence[Draft], after: Chain, key: Key, at: datetime) -> Book:
        """Write entries after what is known to be whole, and note the new end. Raises StoreError."""
        lines, chain = seal(drafts, after, key, at)
        private_folder(self.folder)
        append_at(self.log, lines, after.size)
        self.note(chain, at)
        return Book(Seal(chain.head, chain.length, SealState.INTACT), chain, standing(chain.entries))

    def note(self, chain: Chain, at: datetime) -> None:
        """Remember outside the workspace how the log ends. Raises StoreError."""
        key = chain.key.name if chain.key else ""
        self.heads.keep(self.workspace, Known(chain.workspace, str(self.workspace), chain.length, chain.head, key, at))

    def _compared(self, chain: Chain, known: Known | None) -> Book:
        """The book, once the log is held against what this machine knows of it."""
        if not chain.length:
            return self._empty(known, chain)
        here = known or self.heads.elsewhere(chain.workspace)
        found = Seal(chain.head, chain.length, SealState.INTACT)
        if here is None:
            found = replace(found, confirmed=False, problem=trouble.first_seen(chain))
        elif here.workspace != chain.workspace or not chain.holds(here.length, here.head):
            return Book(replace(found, state=SealState.BROKEN, problem=trouble.not_as_known(chain, here)), chain)
        elif known is None or known.length < chain.length:
            found = replace(found, problem=self._noted(chain))
        return Book(found, chain, standing(chain.entries))

    def _empty(self, known: Known | None, chain: Chain) -> Book:
        if known is None:
            return Book(Seal("", 0, SealState.UNSEALED), chain)
        return Book(Seal(known.head, known.length, SealState.BROKEN, trouble.missing(known, self.log)))

    def _noted(self, chain: Chain) -> Text | None:
        """Note an end that is new to this machine; why that failed, if it did."""
        try:
            self.note(chain, system_clock())
        except StoreError as error:
            return trouble.not_noted(error)
        return None


def _unread(data: bytes, state: SealState, problem: Text) -> Book:
    """A log that can't be verified, with the length and head that it claims."""
    length, head = glimpse(data)
    return Book(Seal(head, length, state, problem))
