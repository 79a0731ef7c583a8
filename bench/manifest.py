"""``manifest.csv`` of a folder of saved pages: which page was seen where and when, and what is true of it.

Mandatory columns are ``file`` (below the folder), ``url`` and ``observed_at``; ``depth`` and ``content_type`` may tell
how the page was met. Every other column is a label, and an empty cell means that nobody labelled it. Headers are read
in whatever case, in English or Chinese; the file may be UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs.

Several rows with one ``url`` are visits to that page. The first is approved as its baseline, and so is each whose
column ``approved`` says yes; ``tampered`` (yes or no) says whether any check of ``integrity.*`` has to find something.

What is expected of checks may stand in ``checks`` or ``expected`` (``content.placeholder=fail; links.empty``), in
columns that are called as the checks are, or one by one in rows with ``check`` and ``expected``.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from xuncha.config.written import decode
from xuncha.model.clock import SHANGHAI
from xuncha.page.dates import dates_in

MANIFEST = "manifest.csv"
MAX_BYTES = 32_000_000
HEADER_ROWS = 5
"""A title may stand above the header."""

MAX_LINES = 50
"""Lines of one record; more come of a quote that is never closed."""

MANDATORY = ("file", "url", "observed_at")
_HEADERS = {
    "file": ("file", "filename", "file_path", "path", "文件", "文件名", "文件路径"),
    "url": ("url", "uri", "link", "address", "网址", "链接", "地址", "页面地址", "页面网址"),
    "observed_at": (
        "observed_at", "observed", "fetched_at", "saved_at", "crawled_at", "captured_at",
        "观察时间", "采集时间", "抓取时间", "保存时间", "访问时间",
    ),
    "depth": ("depth", "level", "层级", "深度"),
    "content_type": ("content_type", "mime", "内容类型"),
    "published": ("published", "published_at", "publish_date", "pub_date", "article_date", "发布日期", "发布时间"),
    "newest": ("newest", "latest", "newest_date", "latest_date", "list_date", "最新日期", "最近更新", "最新发布日期"),
    "column": ("column", "column_name", "栏目", "栏目名称"),
    "icp": ("icp", "icp_number", "icp备案", "icp备案号", "备案号"),
    "police": ("police", "police_number", "公安备案", "公安备案号", "公网安备", "公网安备号"),
    "site_code": ("site_code", "site_id_code", "网站标识码", "标识码"),
    "kind": ("kind", "page_kind", "page_type", "type", "页面类型", "类型"),
    "checks": ("checks", "check", "检查点"),
    "approved": ("approved", "baseline", "核准", "基线"),
    "tampered": ("tampered", "defaced", "alarm", "篡改", "是否篡改", "被篡改", "告警"),
    "expected": ("expected", "expect", "expectation", "应有结果", "预期", "预期结果"),
}  # fmt: skip
_BY_HEADER = {re.sub(r"[\s_-]", "", name): key for key, names in _HEADERS.items() for name in names}
NONE = frozenset(("none", "no", "null", "nil", "n/a", "无", "没有", "-", "—"))
"""Cells that say: there is none."""

CLEAN = "clean"
"""Expected of a check that has nothing to say against a page, whatever else its status."""

TAMPERING = "integrity.*"
"""Any check of tampering; a family is named so wherever a check can be."""

_STATUSES = dict.fromkeys(("yes", "true", "1", "found", "finding", "findings", "有", "是", "有问题"), "")
_STATUSES |= dict.fromkeys(("no", "false", "0", "ok", "none", "无", "否", "没有", "无问题"), CLEAN)
_CHECK = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)+")

Parse = Callable[[str], frozenset[str]]
Values = frozenset[str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A saved page and its labels: by name the true values, none of them where there is none.

    ``checks`` gives by check id the expected status, "" where it only has to find something, or ``CLEAN``.
    """

    row: int
    file: str
    path: Path
    url: str
    observed: datetime
    depth: int
    content_type: str = ""
    values: Mapping[str, Values] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    approved: bool = False


@dataclass(slots=True)
class Manifest:
    """What was read: the pages, what is wrong with which row, and the columns that nobody knows."""

    pages: list[Labelled] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    def complain(self, row: int, text: str) -> None:
        self.problems.append(f"{MANIFEST}, row {row}: {text}")


class ManifestError(Exception):
    """The manifest as a whole can't be used."""


class CellError(ValueError):
    """A cell does not say what its column asks for."""


def read_manifest(folder: Path, labels: Mapping[str, Parse]) -> Manifest:
    """The labelled pages of ``folder``; a row that can't be used is a problem, and the others are read on.

    ``labels`` maps each label to what reads its cells; it raises ValueError on a cell that makes no sense.

    Raises:
        ManifestError: there is no manifest, or a mandatory column is missing.
    """
    found = Manifest()
    records = _records(_text(folder / MANIFEST), found)
    header = _header(records)
    found.unknown = tuple(name for name in header if name and _field(name) is None)
    for row, cells in records:
        named = {key: cell.strip() for name, cell in zip(header, cells, strict=False) if (key := _field(name))}
        if any(named.values()):
            _take(found, folder, row, named, labels)
    return found


def _text(path: Path) -> str:
    if not path.is_file():
        raise ManifestError(f"{path} is missing: it names the pages, one row each ({', '.join(MANDATORY)}, labels)")
    if path.stat().st_size > MAX_BYTES:
        raise ManifestError(f"{path} is larger than {MAX_BYTES:,} bytes")
    try:
        return decode(path.read_bytes(), str(path))[0]
    except Exception as error:
        raise ManifestError(f"{path} is no text: save it as CSV UTF-8") from error


def _records(text: str, found: Manifest) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its line. A line whose quote is never closed is a problem of its own."""
    lines = text.splitlines()
    delimiter = _delimiter(lines)
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if end is None:
            found.complain(at + 1, "this line can't be read; check that quotes come in pairs")
            at += 1
            continue
        yield at + 1, next(csv.reader(["\n".join(lines[at:end])], delimiter=delimiter), [])
        at = end


def _delimiter(lines: Sequence[str]) -> str:
    """The one that names the most columns in one of the first lines."""
    return max(",\t;|", key=lambda sign: max((_known(line.split(sign)) for line in lines[:HEADER_ROWS]), default=0))


def _known(cells: Sequence[str]) -> int:
    return len({_field(cell.strip('"')) for cell in cells} - {None})


def _end(lines: Sequence[str], start: int) -> int | None:
    """The line after the record that begins in line ``start``; None where its quotes don't come in pairs."""
    quotes = 0
    for at in range(start, min(start + MAX_LINES, len(lines))):
        quotes += lines[at].count('"')
        if quotes % 2 == 0:
            return at + 1
    return None


def _header(records: Iterator[tuple[int, list[str]]]) -> list[str]:
    seen: list[str] = []
    for _, (_, cells) in zip(range(HEADER_ROWS), records, strict=False):
        if {_field(cell) for cell in cells} >= set(MANDATORY):
            return cells
        seen += cells
    named = ", ".join(cell for cell in seen if cell) or "nothing"
    raise ManifestError(f"{MANIFEST} must have the columns {', '.join(MANDATORY)}; its first rows name: {named[:300]}")


def _field(header: str) -> str | None:
    """The column that a header means; that of a check keeps its id."""
    name = header.strip("\ufeff \t").lower()
    return name if _CHECK.fullmatch(name) else _BY_HEADER.get(re.sub(r"[（(].*|[\s_\ufeff-]", "", name))


def _take(found: Manifest, folder: Path, row: int, cells: Mapping[str, str], labels: Mapping[str, Parse]) -> None:
    """Add the page of one row; of a cell that makes no sense only the label is lost."""
    try:
        where = _where(folder, cells)
    except CellError as error:
        found.complain(row, str(error))
        return
    given, checks = _expected(found, row, cells)
    values: dict[str, Values] = {}
    for name, cell in given.items():
        try:
            values[name] = frozenset() if cell.lower() in NONE else labels[name](cell)
        except ValueError as error:
            found.complain(row, f"{name}: {error}: {cell[:80]!r}")
    file, path, url, observed = where
    depth = _depth(cells.get("depth", ""), url, given.get("kind", ""))
    content_type = cells.get("content_type", "")
    approved = _status(cells.get("approved") or "no") == ""
    found.pages.append(Labelled(row, file, path, url, observed, depth, content_type, values, checks, approved))


def _where(folder: Path, cells: Mapping[str, str]) -> tuple[str, Path, str, datetime]:
    lacking = [name for name in MANDATORY if not cells.get(name)]
    if lacking:
        raise CellError(f"no {lacking[0]}")
    file = cells["file"].replace("\\", "/")
    if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
        raise CellError(f"file must lie below the folder: {file!r}")
    if not (folder / file).is_file():
        raise CellError(f"file is not there: {file!r}")
    return file, folder / file, _url(cells["url"]), _moment(cells["observed_at"])


def _url(cell: str) -> str:
    try:
        parts = urlsplit(cell)
    except ValueError as error:
        raise CellError(f"url can't be read: {cell!r}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CellError(f"url must begin with http:// or https://: {cell!r}")
    return cell


def _moment(cell: str) -> datetime:
    """A moment in Asia/Shanghai; noon where only a day is given."""
    seen = next(iter(dates_in(cell)), None)
    if seen is None:
        raise CellError(f"observed_at is no date: {cell!r}")
    return seen.at or datetime.combine(seen.date, time(12), SHANGHAI)


_HOME = re.compile(r"/?(?:(?:index|default|main|home)\.[a-z]{3,5})?", re.IGNORECASE)


def _depth(cell: str, url: str, kind: str) -> int:
    """As given; else 0 for what is called a home page or has no path, and 1 for the rest."""
    if cell.isdecimal():
        return int(cell)
    parts = urlsplit(url)
    return 0 if kind == "home" or (_HOME.fullmatch(parts.path) and not parts.query) else 1


_CONTEXT = frozenset((*MANDATORY, "depth", "content_type", "approved"))


def _expected(found: Manifest, row: int, cells: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The labels of a row by name, and the expected statuses by check."""
    told: dict[str, object] = {name: cell for name, cell in cells.items() if cell and name not in _CONTEXT}
    check, expected = str(told.get("checks", "")), str(told.pop("expected", ""))
    if expected.startswith("{"):
        try:
            told |= json.loads(expected)
        except ValueError as error:
            found.complain(row, f"expected: {error}")
    elif expected and re.fullmatch(r"[^\s=;,]+", check):
        told |= {"checks": "", check: expected}
    elif _is_day(expected):
        told["newest" if told.get("kind") in ("home", "list") else "published"] = expected
    else:
        told["checks"] = f"{check};{expected}"
    return _sorted(found, row, told)


def _is_day(cell: str) -> bool:
    return any((seen.start, seen.end) == (0, len(cell)) for seen in dates_in(cell))


def _sorted(found: Manifest, row: int, told: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """What is told of a page, by its names: labels apart from checks."""
    given: dict[str, str] = {}
    checks: dict[str, str] = {}
    for name, value in told.items():
        key = _field(name)
        if key == "tampered":
            checks[TAMPERING] = _status(str(value))
        elif key in ("checks", "expected"):
            checks |= _checks_in(value)
        elif key and _CHECK.fullmatch(key):
            checks[key] = _status("" if value is None else str(value))
        elif key and key not in _CONTEXT:
            given[key] = _cell(value)
        else:
            found.complain(row, f"expected: unknown name {name!r}")
    return given, checks


def _cell(value: object) -> str:
    match value:
        case None | False:
            return "none"
        case list():
            return ";".join(map(str, value)) or "none"
        case _:
            return str(value)


def _checks_in(value: object) -> dict[str, str]:
    match value:
        case dict():
            return {str(name): _status(str(status or "")) for name, status in value.items()}
        case list():
            return {str(name): "" for name in value}
        case _:
            return _checks(str(value))


def _checks(cell: str) -> dict[str, str]:
    """``content.placeholder=fail; icp.site-code``: id and status, or an id alone."""
    found = {}
    for part in re.split(r"[\s,;，；、|]+", re.sub(r"\s*[=:：]\s*", "=", cell)):
        name, _, status = part.partition("=")
        if name and name.lower() not in NONE:
            found[name] = _status(status)
    return found


def _status(cell: str) -> str:
    plain = cell.strip().lower().replace("-", "_")
    return _STATUSES.get(plain, plain)


def day(cell: str) -> Values:
    """A label that is a calendar date: the date in ISO form."""
    seen = [one.date for one in dates_in(cell)] or [_digits(cell)]
    return frozenset((seen[0].isoformat(),))


def _digits(cell: str) -> date:
    if not re.fullmatch(r"\d{8}", cell):
        raise CellError("no date")
    return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))


def several(cell: str) -> list[str]:
    """The parts of a label that may hold more than one value."""
    return [part for part in (one.strip() for one in re.split(r"[;；|、,，\n]", cell)) if part]
