"""From rows to sites: cells parsed, ids given, duplicates and authorisations settled.

A row with a bad cell is left out and told about: running it without what the cell meant to say (a shutdown, a network,
an authorisation) could accuse a unit wrongly or go where nobody signed.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xuncha.config.errors import Place, Problem, nearest, quoted
from xuncha.inventory.authorisations import Authorisations, covers, ended, only_fitting, restricts_hosts
from xuncha.inventory.fields import COLUMN_FIELDS, SITE_FIELDS, Field
from xuncha.inventory.rows import Cell, Reading, Row
from xuncha.inventory.values import NOTHING, BadCell, has_scheme
from xuncha.model.locator import stable_url
from xuncha.model.site import Authorisation, Column, Site
from xuncha.model.text import Text
from xuncha.net.scope import host_of


@dataclass(slots=True)
class Register:
    """The sites found so far, and what there is to say about their rows."""

    papers: Authorisations
    today: date
    sites: dict[str, Site] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    twins: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    columns: dict[str, list[Column]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Place] = field(default_factory=dict)
    ids: dict[str, Place] = field(default_factory=dict)

    def take(self, reading: Reading) -> None:
        """Everything that was read from one file."""
        for row in reading.sites:
            self._take_site(row)
        for row in reading.columns:
            self._take_column(row)
        self.sites = {site.id: self._finish(site) for site in self.sites.values()}

    def _take_site(self, row: Row) -> None:
        found, faults = parsed(row, SITE_FIELDS)
        faults += self._wanting(row, found) if not faults else []
        if faults:
            self.problems += faults
            return
        site = self._site(row, found)
        twin = self._twin(site)
        if twin is not None:
            text = Text(f"与 {twin} 重复，未采用", f"the same as {twin}; left out")
            self.twins.append(Problem(row.place, text, quoted(site.name)))
            return
        self.sites[site.id] = site
        self.ids[site.id] = row.place
        for name in (site.name, *map(host_of, site.urls)):
            self.called.setdefault(name, site.id)
        if site.home:
            self.homes[same_site(site.home)] = row.place

    def _wanting(self, row: Row, found: dict[str, Any]) -> list[Problem]:
        if not found.get("urls") and not found.get("name"):
            text = Text("网站名称和网址至少填写一项", "a name or an address is needed")
            return [Problem(row.place, text)]
        paper = found.get("authorisation")
        return [] if paper is None else self._paper_faults(row.cells["authorisation"], paper, found.get("urls", ()))

    def _paper_faults(self, cell: Cell, name: str, urls: tuple[str, ...]) -> list[Problem]:
        paper = self.papers.get(name)
        if paper is None:
            text = Text(f"没有编号为 {quoted(name)} 的检查授权", f"there is no authorisation {quoted(name)}")
            return [Problem(cell.place, text, cell.header, nearest(name, self.papers))]
        hosts = [host_of(url) for url in urls] if restricts_hosts(paper) else []
        return [
            Problem(
                cell.place, Text(f"检查授权 {paper.id} 不包括 {host}", f"{paper.id} is not for {host}"), cell.header
            )
            for host in hosts
            if not covers(paper, host)
        ]

    def _site(self, row: Row, found: dict[str, Any]) -> Site:
        urls = found.get("urls", ())
        if "urls" in row.cells and not all(map(has_scheme, re.split(r"[\s；、，]+", row.cells["urls"].text))):
            text = Text("网址没有写协议，按 http:// 处理", "the address has no scheme; taken as http://")
            self.notes.append(Problem(row.cells["urls"].place, text, row.cells["urls"].header))
        paper = self._paper(row, found)
        name = found.get("name") or host_of(urls[0])
        known = {key: value for key, value in found.items() if key not in {"id", "name", "urls", "authorisation"}}
        return Site(site_id(found.get("id", ""), urls, name), name, urls, authorisation=paper, **known)

    def _paper(self, row: Row, found: dict[str, Any]) -> Authorisation | None:
        """The paper that the row names, else the only one that names all its entries."""
        if "authorisation" not in found:
            return only_fitting(self.papers, [host_of(url) for url in found.get("urls", ())], self.today)
        paper = self.papers[found["authorisation"]]
        if ended(paper, self.today):
            text = Text(
                f"检查授权 {quoted(paper.id)} 已于 {paper.valid_until} 到期，需要授权的检查不会执行",
                f"authorisation {quoted(paper.id)} ended on {paper.valid_until}; checks that need one will not run",
            )
            self.notes.append(Problem(row.place, text))
        return paper

    def _twin(self, site: Site) -> Place | None:
        """Where the same id or the same home page already stands."""
        same_home = self.homes.get(same_site(site.home)) if site.home else None
        return same_home or self.ids.get(site.id)

    def _take_column(self, row: Row) -> None:
        found, faults = parsed(row, COLUMN_FIELDS)
        if not faults:
            faults = [_lacks(row, name) for name in ("site", "name", "url") if not found.get(name)]
        if faults:
            self.problems += faults
            return
        owner = self._named(found.pop("site"))
        if owner is not None:
            self.columns.setdefault(owner, []).append(Column(**found))
            return
        cell = row.cells["site"]
        text = Text(f"名录中没有网站 {quoted(cell.text)}", f"the inventory has no site {quoted(cell.text)}")
        hint = nearest(cell.text, [site.name for site in self.sites.values()])
        self.problems.append(Problem(cell.place, text, cell.header, hint))

    def _named(self, name: str) -> str | None:
        """The id of the site that people mean by an id, a name or an address."""
        return (
            name if name in self.sites else self.called.get(name) or self.called.get(host_of(name.split(maxsplit=1)[0]))
        )

    def _finish(self, site: Site) -> Site:
        """The site with what other rows say of it."""
        columns = tuple(self.columns.get(site.id, ()))
        if not site.parent_site:
            return replace(site, columns=columns)
        parent = self._named(site.parent_site)
        if parent is None or parent == site.id:
            shown = quoted(site.parent_site)
            text = Text(f"上级网站 {shown} 不在名录中", f"the parent {shown} is not in the inventory")
            self.notes.append(Problem(self.ids[site.id], text, quoted(site.name)))
            parent = site.parent_site
        return replace(site, columns=columns, parent_site=parent)


def parsed(row: Row, fields: dict[str, Field]) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a row's cells by field, and what is wrong with them."""
    found: dict[str, Any] = {}
    faults: list[Problem] = []
    for name, cell in row.cells.items():
        parser = fields[name]
        if cell.text.lower() in NOTHING and not parser.keeps_nothing:
            continue
        try:
            found[name] = parser.parse(cell.text)
        except BadCell as error:
            faults.append(Problem(cell.place, error.text, cell.header, error.hint))
    return found, faults


def _lacks(row: Row, name: str) -> Problem:
    return Problem(row.place, Text("缺少必填项", "is missing"), COLUMN_FIELDS[name].zh)


_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MAX_ID = 64


def site_id(given: str, urls: Iterable[str], name: str) -> str:
    """A stable id, safe as a file name: the given one, else from the address, else from the name."""
    if _PLAIN_ID.fullmatch(given):
        return given
    home = next(iter(urls), "")
    source = given or same_site(home) or name
    slug = re.sub(r"[^a-z0-9.]+", "-", unicodedata.normalize("NFKC", source).lower()).strip("-.")
    if slug and len(slug) <= MAX_ID and source.isascii() and not given:
        return slug
    digest = hashlib.sha256(source.encode()).hexdigest()[:8]
    return f"{slug[: MAX_ID - 9]}-{digest}".strip("-.")


def same_site(url: str) -> str:
    """What two ways of writing the same entry have in common."""
    return stable_url(url).removeprefix("www.").rstrip("/") if url else ""
