"""XLSX as values: no formulas, no links, bounded before anything is unpacked."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xuncha.config.errors import Place, Problem, UnreadableError, quoted
from xuncha.config.yaml import Source, read_bytes
from xuncha.inventory.rows import MAX_CELLS, MAX_ROWS, Line, Reading, Sheet
from xuncha.model.text import Text

MAX_BYTES = 16_000_000
MAX_UNPACKED = 64_000_000
MAX_PARTS = 500
MAX_SHEETS = 20
LAST_ROW = 1 << 20
_CHUNK = 1 << 20
_FORBIDDEN = tuple(
    word.encode(way) for word in ("<!DOCTYPE", "<!ENTITY") for way in ("ascii", "utf-16-le", "utf-16-be")
)


def read_xlsx(source: Source, reading: Reading) -> list[Sheet]:
    """The visible sheets of a workbook.

    Raises:
        UnreadableError: not there, too large (packed or unpacked), or no workbook.
    """
    name = str(source)
    data = read_bytes(source, MAX_BYTES)
    _vet(data, name)
    import openpyxl  # noqa: PLC0415 - heavy, and most inventories are CSV

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which we don't read
        try:
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            with closing(book):
                return list(_sheets(book, name, reading))
        except Exception as error:  # noqa: BLE001 - a broken file makes openpyxl raise nearly anything
            raise _no_workbook(name, f"{type(error).__name__}: {quoted(error)}") from None


def _sheets(book: Any, name: str, reading: Reading) -> Iterator[Sheet]:
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state == "visible":
            yield Sheet(name, sheet.title, tuple(_lines(sheet, name, reading)))
        else:
            text = Text("隐藏的工作表未读取", "the hidden sheet is not read")
            reading.notes.append(Problem(Place(name, sheet=sheet.title), text))


def _lines(sheet: Any, name: str, reading: Reading) -> Iterator[Line]:
    # The sheet's own word on its size is not asked: it is often wrong, and may be hostile. Whole columns are often
    # formatted down to the last row, so only rows that hold something count.
    count = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_CELLS, values_only=True), 1):
        if not any(cells):
            continue
        count += 1
        if count > MAX_ROWS:
            text = Text(f"超过 {MAX_ROWS:,} 行，其余未读取", f"only {MAX_ROWS:,} rows are read")
            reading.problems.append(Problem(Place(name, number, sheet=sheet.title), text))
            return
        yield Line(number, tuple(shown(cell) for cell in cells))


def shown(cell: object) -> str:
    """A cell's value as a person would type it."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _vet(data: bytes, name: str) -> None:
    """Refuse what is no workbook, and what would unpack to more than we allow, before openpyxl sees it."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(name, Text("这是旧版 XLS 或加密的文件", "an old XLS or an encrypted file"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise _refused(name, Text("不是 Excel 工作簿", "no Excel workbook"))
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                limit = MAX_UNPACKED // 1_000_000
                raise _refused(name, Text(f"解压后超过 {limit} MB", f"unpacks to more than {limit} MB"))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _vet_part(archive, part, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _no_workbook(name, "") from None


def _vet_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """A workbook declares no document types; entities are how XML is made to explode."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if any(word in tail + chunk for word in _FORBIDDEN):
                raise _refused(name, Text("含有不允许的 XML 声明", "holds XML declarations that are not allowed"))
            tail = chunk[-20:]


def _no_workbook(name: str, detail: str) -> UnreadableError:
    more = f"：{detail}" if detail else ""
    return _refused(name, Text(f"不是 XLSX 文件，或文件已损坏{more}", f"no XLSX file, or a broken one{more}"))


def _refused(name: str, text: Text) -> UnreadableError:
    hint = Text("请用 Excel 或 WPS 另存为 .xlsx 或 CSV UTF-8", "save it as .xlsx or CSV UTF-8 with Excel or WPS")
    return UnreadableError([Problem(Place(name), text, hint=hint)])
