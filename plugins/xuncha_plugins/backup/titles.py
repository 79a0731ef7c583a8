"""Looks for titles of pages in a database dump while it goes by."""

import re
from collections.abc import Iterable

from xuncha_plugins.backup.pages import Wanted

_ENDS = re.compile(rb"[\t\r\n'\"]|\\[nrt]")
"""What values of SQL, COPY and JSON end in."""

_LONGEST = 1_000_000
"""Bytes without any of these: no text any more."""


class TitleSearch:
    """Finds whole values that are titles of pages; ``found`` are the addresses of these pages.

    A value that contains a title doesn't count: a list of links would then stand for all it links to.
    """

    def __init__(self, pages: Iterable[Wanted]) -> None:
        self._pages = {form: page.url for page in pages for title in page.titles for form in _forms(title)}
        self._held = b""
        self.found: set[str] = set()

    def see(self, piece: bytes) -> None:
        """The next piece of a dump."""
        values = _ENDS.split(self._held + piece)
        self._held = values.pop()[-_LONGEST:]
        self._note(values)

    def end(self) -> None:
        """The dump has ended; another may follow."""
        self._note([self._held])
        self._held = b""

    def _note(self, values: list[bytes]) -> None:
        self.found.update(self._pages[value] for value in self._pages.keys() & set(values))


def _forms(title: str) -> set[bytes]:
    """As the two encodings of Chinese databases write it."""
    return {title.encode(errors="replace"), title.encode("gb18030", "replace")}
