"""Registers that the office hands in: which domain was filed under which number, by whom.

A register is a CSV file (UTF-8, UTF-16 or GB18030) or an SQLite database. Both are only ever read, and never beyond
fixed limits. Columns are found by their headings; see ``HEADINGS``. Probes receive ``Registers`` by annotation.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias
from urllib.parse import quote, urlsplit

from xuncha.config.errors import ConfigError, InvalidError, Place, Problem, UnreadableError, quoted
from xuncha.config.written import day_in, decode
from xuncha.config.yaml import read_bytes
from xuncha.model.clock import SHANGHAI
from xuncha.model.fact import Gap
from xuncha.model.message import params
from xuncha.model.reasons import Reason
from xuncha.model.text import Text

if TYPE_CHECKING:
    import sqlite3

MAX_BYTES = 32_000_000
MAX_ROWS = 200_000
MAX_CELL = 500
MAX_FOUND = 50
MAX_STEPS = 50_000_000
"""Steps of SQLite's machine that one look-up may take: some seconds without an index."""

_SQLITE = b"SQLite format 3\0"
_TITLE_ROWS = 10
_DELIMITERS = (",", "\t", ";")

Field: TypeAlias = Literal["domain", "number", "subject", "updated"]

HEADINGS: Mapping[Field, tuple[str, ...]] = {
    "domain": ("域名", "网站域名", "网址", "网站首页网址", "首页网址", "domain", "url"),
    "number": (
        "备案号", "ICP备案号", "网站备案号", "备案许可证号", "网站备案/许可证号", "ICP备案/许可证号", "主体备案号",
        "服务备案号", "ICP", "number",
    ),
    "subject": ("主办单位", "主办单位名称", "主办者名称", "主体名称", "单位名称", "备案主体", "subject", "sponsor"),
    "updated": ("审核通过日期", "审核日期", "审核时间", "核准日期", "更新日期", "更新时间", "updated"),
}  # fmt: skip
"""The headings by which each column is known; blanks, brackets and case don't matter."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One entry as the register has it; ``row`` counts from 1 and is None in a database."""

    domain: str
    number: str
    subject: str
    updated: date | None = None
    row: int | None = None


class Register(Protocol):
    """What can be looked up. ``as_of`` is its newest entry, else the day of the file; ``size`` counts entries."""

    @property
    def name(self) -> str: ...

    @property
    def as_of(self) -> date: ...

    @property
    def size(self) -> int: ...

    def by_domain(self, host: str) -> tuple[Filed, ...]:
        """The entries of exactly this host; ``www.`` makes no difference."""
        ...

    def by_number(self, number: str) -> tuple[Filed, ...]:
        """The entries with this number, whatever website (``-1``) of it they name."""
        ...


class Registers:
    """The configured registers by their kind (``icp``); each is opened when it is first asked for."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self._files = dict(files or {})
        self._opened: dict[str, Register | Gap] = {}

    def open(self, kind: str) -> Register | Gap:
        """The register, or why there is none: not configured, or unreadable with file and row in ``detail``."""
        if kind not in self._files:
            return Gap(Reason.REGISTER_NOT_CONFIGURED)
        if kind not in self._opened:
            self._opened[kind] = _opened(Path(self._files[kind]))
        return self._opened[kind]


def faults(files: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the configured registers, each with file and row; for telling people before a run."""
    found: list[Problem] = []
    for path in files.values():
        try:
            register = read_register(Path(path))
        except ConfigError as error:
            found += error.problems
        else:
            found += register.problems if isinstance(register, CsvRegister) else ()
    return found


def _opened(path: Path) -> Register | Gap:
    try:
        return read_register(path)
    except ConfigError as error:
        return Gap(Reason.REGISTER_UNREADABLE, params(file=path.name), str(error)[:300])


def read_register(path: Path) -> Register:
    """The register in a CSV file or an SQLite database, told apart by their first bytes. Raises ConfigError."""
    return SqliteRegister(path) if _is_database(path) else CsvRegister(path)


def _is_database(path: Path) -> bool:
    try:
        if path.is_file():
            with path.open("rb") as stream:
                return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        pass
    return False


class CsvRegister:
    """A register in a CSV file, read once. ``problems`` are rows that could not be used, with their numbers."""

    def __init__(self, path: Path) -> None:
        text, _ = decode(read_bytes(path, MAX_BYTES), str(path))
        self.name = path.name
        self.problems: list[Problem] = []
        self._domains: dict[str, list[Filed]] = {}
        self._numbers: dict[str, list[Filed]] = {}
        self.size = 0
        newest: date | None = None
        for filed in _rows(text, str(path), self.problems):
            self._keep(filed)
            newest = max(filter(None, (newest, filed.updated)), default=None)
        self.as_of = newest or _changed(path)

    def _keep(self, filed: Filed) -> None:
        self.size += 1
        for host in hosts(filed.domain):
            self._domains.setdefault(host, []).append(filed)
        if filed.number:
            self._numbers.setdefault(plain_number(filed.number), []).append(filed)

    def by_domain(self, host: str) -> tuple[Filed, ...]:
        return tuple(self._domains.get(plain_host(host), ())[:MAX_FOUND])

    def by_number(self, number: str) -> tuple[Filed, ...]:
        return tuple(self._numbers.get(plain_number(number), ())[:MAX_FOUND])


@dataclass(slots=True)
class _Table:
    """The table or view that holds the register, and which of its columns is what."""

    name: str
    columns: dict[Field, str] = field(default_factory=dict)


class SqliteRegister:
    """A register in an SQLite database, opened read-only for each look-up, so that nothing stays locked."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        with closing(self._open()) as database:
            self._table = self._find(database)
            self.size = int(str(self._ask(database, f"SELECT count(*) FROM {_name(self._table.name)}", ())[0][0]))  # noqa: S608 - quoted
            self.as_of = self._newest(database) or _changed(path)

    def by_domain(self, host: str) -> tuple[Filed, ...]:
        plain = plain_host(host)
        written = (plain, f"www.{plain}")
        found = self._where("domain", "lower({}) IN (?, ?)", written)
        return tuple(filed for filed in found if plain in hosts(filed.domain))

    def by_number(self, number: str) -> tuple[Filed, ...]:
        plain = plain_number(number)
        found = self._where("number", "replace({}, ' ', '') LIKE ? ESCAPE '\\'", (_like(plain),))
        return tuple(filed for filed in found if plain_number(filed.number) == plain)

    def _where(self, column: Field, condition: str, values: Sequence[str]) -> list[Filed]:
        if column not in self._table.columns or not all(values):
            return []
        columns = [self._table.columns.get(one) for one in HEADINGS]
        chosen = ", ".join(_name(one) if one else "''" for one in columns)
        sql = f"SELECT {chosen} FROM {_name(self._table.name)} WHERE "  # noqa: S608 - names are quoted, values are bound
        with closing(self._open()) as database:
            rows = self._ask(database, sql + condition.format(_name(self._table.columns[column])), values)
        return [_filed([str(cell or "") for cell in row]) for row in rows]

    def _newest(self, database: "sqlite3.Connection") -> date | None:
        column = self._table.columns.get("updated")
        if column is None:
            return None
        sql = f"SELECT max({_name(column)}) FROM {_name(self._table.name)}"  # noqa: S608 - names are quoted
        return _day(str(self._ask(database, sql, ())[0][0] or ""))

    def _find(self, database: "sqlite3.Connection") -> _Table:
        """The table with the most columns that we know; one with domain or number at least."""
        names = self._ask(database, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')", ())
        tables = []
        for (name,) in names:
            columns = [str(row[1]) for row in self._ask(database, f"PRAGMA table_info({_name(str(name))})", ())]
            tables.append(_Table(str(name), {which: columns[at] for which, at in recognise(columns).items()}))
        best = max(tables, key=lambda table: len(table.columns), default=_Table(""))
        if not {"domain", "number"} & best.columns.keys():
            raise InvalidError([Problem(Place(str(self._path)), _NO_COLUMNS, hint=_COLUMNS)])
        return best

    def _open(self) -> "sqlite3.Connection":
        import sqlite3  # noqa: PLC0415 - few runs have such a register

        uri = f"file:{quote(str(self._path.resolve()))}?mode=ro"
        try:
            database = sqlite3.connect(uri, uri=True, timeout=5)
        except sqlite3.Error as error:
            raise self._unreadable(error) from None
        left = iter(range(MAX_STEPS // 100_000))
        database.set_progress_handler(lambda: 0 if next(left, None) is not None else 1, 100_000)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000)
        database.text_factory = lambda data: data.decode("utf-8", "replace")
        return database

    def _ask(self, database: "sqlite3.Connection", sql: str, values: Sequence[str]) -> list[tuple[object, ...]]:
        import sqlite3  # noqa: PLC0415 - as above

        try:
            database.execute("PRAGMA query_only = ON")
            return database.execute(sql, values).fetchmany(MAX_FOUND)
        except sqlite3.Error as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: Exception) -> UnreadableError:
        said = quoted(error)
        text = Text(f"读取登记数据库失败：{said}", f"the register's database can't be read: {said}")
        return UnreadableError([Problem(Place(str(self._path)), text, hint=_DATABASE)])


def plain_host(host: str) -> str:
    """A host as it is compared: ASCII lower case, without ``www.`` and a final dot."""
    name = unicodedata.normalize("NFKC", host).strip().rstrip(".").lower().removeprefix("www.")
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def hosts(cell: str) -> list[str]:
    """The hosts that a cell names: bare or as URLs, parted by blanks, commas or semicolons."""
    text = unicodedata.normalize("NFKC", cell).replace("、", " ").replace(",", " ").replace(";", " ")
    return [host for one in text.split()[:MAX_FOUND] if (host := _host(one))]


def _host(written: str) -> str:
    try:
        return plain_host(urlsplit(written if "//" in written else f"//{written}").hostname or "")
    except ValueError:
        return ""


def plain_number(number: str) -> str:
    """A filing number as it is compared: without blanks, the final 号 and the number of the website (``-1``)."""
    text = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    head, mark, website = text.rpartition("-")
    text = head if mark and website.rstrip("号").isdigit() else text
    return text.rstrip("号")


def recognise(headings: Sequence[str]) -> dict[Field, int]:
    """Which column holds what, by heading."""
    known = {_plain(heading): which for which, words in HEADINGS.items() for heading in words}
    found: dict[Field, int] = {}
    for index, heading in enumerate(headings):
        which = known.get(_plain(heading))
        if which:
            found.setdefault(which, index)
    return found


def _plain(heading: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", heading).lower() if sign.isalnum())


def _rows(text: str, name: str, problems: list[Problem]) -> Iterator[Filed]:
    """The usable rows below the headings; the others are noted."""
    lines = list(StringIO(text, newline=""))
    delimiter = max(_DELIMITERS, key=lambda one: len(_best(lines[:_TITLE_ROWS], one)[1]))
    start, columns = _best(lines[:_TITLE_ROWS], delimiter)
    if not {"domain", "number"} & columns.keys():
        raise InvalidError([Problem(Place(name, 1), _NO_COLUMNS, hint=_COLUMNS)])
    reader = csv.reader(lines[start:], delimiter=delimiter)
    for count, cells in enumerate(_records(reader, name, start, problems)):
        row = start + reader.line_num
        if count >= MAX_ROWS:
            problems.append(
                Problem(Place(name, row), Text(f"只读了前 {MAX_ROWS:,} 行", f"only {MAX_ROWS:,} rows are read"))
            )
            return
        picked = [cells[at].strip() if (at := columns.get(one, -1)) in range(len(cells)) else "" for one in HEADINGS]
        if picked[0] or picked[1]:
            yield _filed(picked, row)
        elif any(cells):
            problems.append(
                Problem(Place(name, row), Text("既无域名也无备案号，未采用", "neither domain nor number; left out"))
            )


def _records(reader: Iterator[list[str]], name: str, start: int, problems: list[Problem]) -> Iterator[list[str]]:
    number = start
    try:
        for number, cells in enumerate(reader, start + 1):  # noqa: B007 - where it broke off
            yield cells
    except csv.Error as error:
        said = quoted(error)
        problems.append(
            Problem(
                Place(name, number + 1), Text(f"此行无法解析，其后未读：{said}", f"the file breaks off here: {said}")
            )
        )


def _best(lines: Sequence[str], delimiter: str) -> tuple[int, dict[Field, int]]:
    """The line after the headings among the first ones, and what their columns are."""
    tried = [(index + 1, recognise(line.strip().replace('"', "").split(delimiter))) for index, line in enumerate(lines)]
    return max(tried, key=lambda one: len(one[1]), default=(0, {}))


def _filed(cells: Sequence[str], row: int | None = None) -> Filed:
    domain, number, subject, updated = (cell[:MAX_CELL] for cell in cells)
    return Filed(domain, number, subject, _day(updated), row)


def _day(written: str) -> date | None:
    return day_in(written.strip()[:10])


def _changed(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI).date()


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%" if text else ""


_DATABASE = Text(
    "请确认是完整的 SQLite 文件；数据量大的请为域名、备案号建索引",
    "is it a whole SQLite file? index large ones by domain and number",
)
_NO_COLUMNS = Text("没有找到“域名”或“备案号”列", "no column for the domain or the filing number")
_COLUMNS = Text("表头应有：域名、备案号、主办单位", "head the columns 域名, 备案号, 主办单位 (domain, number, subject)")
