"""A real static site: the HTML of Debian's documentation packages, as a home page, contents pages and the manuals.

Nothing is copied: nginx maps ``/a/handbook/…`` and ``/b/handbook/…`` to the same folder, so a few thousand files give
as many distinct pages as asked for.
"""

import html
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PACKAGES = {
    "handbook": ("debian-handbook", "/usr/share/doc/debian-handbook/html"),
    "python": ("python3-doc", "/usr/share/doc/python3.*/html"),
    "postgresql": ("postgresql-doc", "/usr/share/doc/postgresql-doc-[0-9]*/html"),
    "office": ("libreoffice-help-zh-cn", "/usr/share/libreoffice/help"),
    "guide": ("maint-guide-zh-cn", "/usr/share/doc/maint-guide-zh-cn/html"),
}
"""Name on the site → Debian package, and where its pages are; a star stands for a version."""

LISTED = 500
"""Pages on one contents page."""


@dataclass(frozen=True, slots=True)
class Manual:
    """The pages of one package; ``pages`` are relative to ``folder``."""

    name: str
    folder: Path
    pages: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of all pages."""
        return sum((self.folder / page).stat().st_size for page in self.pages)


def missing_packages() -> list[str]:
    """Debian packages to install before there is a corpus."""
    return [package for package, pattern in PACKAGES.values() if not any(_pages(_folder(pattern)))]


def manuals() -> list[Manual]:
    """Everything there is."""
    found = ((name, _folder(pattern)) for name, (_, pattern) in PACKAGES.items())
    return [Manual(name, folder, tuple(sorted(_pages(folder)))) for name, folder in found]


def write_site(folder: Path, found: list[Manual], pages: int) -> int:
    """Write the home page and the contents pages for at least ``pages`` pages; returns how many the site has."""
    of_a_copy = sum(len(manual.pages) for manual in found)
    copies = string.ascii_lowercase[: -(-pages // of_a_copy)]
    contents = [(f"contents-{manual.name}-{at}", part) for manual in found for at, part in _parts(manual)]
    for name, part in contents:
        (folder / f"{name}.html").write_text(list_page(name, part))
    home = [f"{copy}/{name}.html" for copy in copies for name, _ in contents]
    (folder / "index.html").write_text(list_page("home", home))
    return 1 + len(copies) * (len(contents) + of_a_copy)


def _parts(manual: Manual) -> Iterator[tuple[int, list[str]]]:
    for start in range(0, len(manual.pages), LISTED):
        yield start // LISTED, [f"{manual.name}/{page}" for page in manual.pages[start : start + LISTED]]


def list_page(title: str, links: list[str]) -> str:
    """A page that is nothing but links."""
    items = "\n".join(f'<li><a href="{quote(link)}">{html.escape(link)}</a></li>' for link in links)
    head = f'<!DOCTYPE html>\n<html lang="en"><head><title>{title}</title></head>'
    return f"{head}<body><ul>\n{items}\n</ul></body></html>\n"


def _folder(pattern: str) -> Path:
    """The folder itself; the newest where there are several versions."""
    return max(Path("/").glob(pattern.lstrip("/")), default=Path(pattern))


def _pages(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*.html") if path.is_file())
