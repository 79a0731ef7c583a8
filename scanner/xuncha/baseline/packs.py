"""What approved pages looked like: a compressed file for each act of approving, named in the log by its number.

Each print is held by its SHA-256, which the log seals; so these files need no seal of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from xuncha.baseline.approved import ApprovedPage
from xuncha.model.looks import ApprovedPicture, LookPrint
from xuncha.model.prints import Algorithms, BaselinePage, Habit, PagePrint
from xuncha.store.codec import Json, dump, encode, load, masked
from xuncha.store.disk import private_folder
from xuncha.store.errors import StoreError, naming
from xuncha.store.facts import read_facts, write_facts

MOST_PAGES = 5000
"""Of one site that are approved at once; a crawl sees no more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A print as it is stored, with what is needed to compare with it."""

    print: PagePrint
    algorithms: Algorithms
    habit: Habit | None = None
    look: LookPrint | None = None
    picture: ApprovedPicture | None = None


class PackError(StoreError):
    """A stored print is missing, or not what was approved."""


def as_json(kept: Kept) -> Json:
    """Masked like everything stored, so that its hash is the same when it is read back."""
    return masked(dump(kept))


def digest(data: Json) -> str:
    return sha256(encode(data)).hexdigest()


class Packs:
    """The files below ``baselines/prints``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, number: int, prints: Mapping[str, Json]) -> None:
        """Store prints by their hashes. Raises StoreError."""
        private_folder(self._folder)
        write_facts(self.path(number), prints.items())

    def read(self, pages: Iterable[ApprovedPage]) -> list[BaselinePage]:
        """The approved pages with their prints.

        Raises:
            PackError: a print is missing or was changed.
            StoreError: it has a form that this program does not read.
        """
        by_pack: dict[int, list[ApprovedPage]] = {}
        for page in pages:
            by_pack.setdefault(page.pack, []).append(page)
        return [page for pack, wanted in sorted(by_pack.items()) for page in self._read_one(pack, wanted)]

    def _read_one(self, number: int, wanted: Sequence[ApprovedPage]) -> list[BaselinePage]:
        path = self.path(number)
        names = {page.print for page in wanted}
        try:
            found = {digest(value): value for name, value in read_facts(path, names) if name in names}
        except StoreError as error:
            raise PackError(str(error), error.said.zh) from None
        with naming(path):
            return [_page(page, found) for page in wanted]

    def path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.jsonl.zst"


def _page(page: ApprovedPage, found: Mapping[str, Json]) -> BaselinePage:
    if page.print not in found:
        raise PackError(
            f"the approved print of {page.page} is missing or was changed; restore the folder baselines from a backup, "
            "or withdraw the page, look at it and approve it anew",
            f"{page.page} 的基线内容缺失或被改动；请从备份恢复 baselines 目录，或先撤销该页基线，重新查看后再核准",
        )
    kept = load(Kept, found[page.print])
    return BaselinePage(kept.print, page.approval, kept.algorithms, kept.habit, kept.look, kept.picture)
