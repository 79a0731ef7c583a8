"""网站名录: from a file, or from addresses alone, to sites. Bad rows are told about, good ones run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from xuncha.config.errors import InventoryError, Place, Problem
from xuncha.config.yaml import Source
from xuncha.inventory.authorisations import Authorisations
from xuncha.inventory.csvfile import read_csv
from xuncha.inventory.rows import Line, Reading, Sheet, take
from xuncha.inventory.sites import Register
from xuncha.inventory.xlsxfile import read_xlsx
from xuncha.inventory.yamlfile import read_yaml
from xuncha.model.clock import SHANGHAI
from xuncha.model.site import Site
from xuncha.model.text import Text


@dataclass(frozen=True, slots=True)
class Inventory:
    """``problems``: rows that were left out, and why. ``notes``: what was understood in a way worth knowing.

    ``places``: where each site stands, by its id.
    """

    sites: tuple[Site, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def read_inventory(
    source: Source, *, authorisations: Authorisations | None = None, strict: bool = False, today: date | None = None
) -> Inventory:
    """The sites in a CSV, XLSX or YAML file.

    Args:
        source: its suffix tells the format; without a known one its first bytes do.
        authorisations: by id, as ``read_authorisations`` gives them.
        strict: refuse the whole file when any row is bad.
        today: in Asia/Shanghai; what has ended by then is noted.

    Raises:
        ConfigError: the file can't be read, holds no table of sites or no good row; under ``strict`` any bad row.
    """
    reading = Reading()
    _read(source, reading)
    register = _registered(reading, authorisations, today)
    problems = (*reading.problems, *register.problems, *register.twins)
    if strict and problems:
        raise InventoryError(problems)
    if not (reading.sites or problems):
        raise InventoryError([Problem(Place(str(source)), _EMPTY, hint=_ONE_PER_ROW)])
    return _inventory(register, problems, reading.notes, str(source))


_EMPTY = Text("还没有填写网站", "no site has been filled in yet")
_ONE_PER_ROW = Text(
    "在表头下面填写，一行一个，至少写网址；# 开头的示例行不算",
    "one per row below the header, at least its url; rows that begin with # are examples",
)


def from_urls(
    urls: Iterable[str], *, authorisations: Authorisations | None = None, today: date | None = None
) -> Inventory:
    """The simplest inventory: addresses as typed on the command line. Raises InventoryError for one that is none."""
    lines = tuple(Line(number, (url,)) for number, url in enumerate(urls, 1))
    reading = Reading()
    take(Sheet("URL", "", (Line(0, ("url",)), *lines)), reading)
    register = _registered(reading, authorisations, today)
    if register.problems:
        raise InventoryError(register.problems)
    return _inventory(register, (), register.twins, "URL")


def _read(source: Source, reading: Reading) -> None:
    match _format(source):
        case "yaml":
            read_yaml(source, reading)
        case "xlsx":
            _take_all(read_xlsx(source, reading), source, reading)
        case _:
            _take_all([read_csv(source, reading)], source, reading)


_FORMATS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
    ".et": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}


def _format(source: Source) -> str:
    suffix = "." + source.name.rpartition(".")[2].lower()
    if suffix in _FORMATS or not source.is_file():
        return _FORMATS.get(suffix, "csv")
    with source.open("rb") as stream:
        return "xlsx" if stream.read(2) == b"PK" else "csv"


def _take_all(sheets: list[Sheet], source: Source, reading: Reading) -> None:
    used = [take(sheet, reading) for sheet in sheets]
    if any(used):
        for sheet, was_used in zip(sheets, used, strict=True):
            if not was_used and sheet.lines:
                text = Text("没有可识别的表头，该工作表未读取", "no known header; the sheet is not used")
                reading.notes.append(Problem(Place(sheet.file, sheet=sheet.name), text))
        return
    text = Text("没有可识别的表头", "no known header")
    hint = Text("表头至少要有“网站名称”或“网址”", "at least a header name or url is needed")
    raise InventoryError([*reading.problems, Problem(Place(str(source), 1), text, hint=hint)])


def _registered(reading: Reading, papers: Authorisations | None, today: date | None) -> Register:
    register = Register(papers or {}, today or datetime.now(SHANGHAI).date())
    register.take(reading)
    return register


def _inventory(register: Register, problems: Sequence[Problem], notes: Sequence[Problem], file: str) -> Inventory:
    if not register.sites:
        nothing = Problem(Place(file), Text("名录中没有可用的网站", "there is no usable site in it"))
        raise InventoryError([*problems, nothing])
    return Inventory(tuple(register.sites.values()), tuple(problems), (*notes, *register.notes), register.ids)
