"""An inventory as YAML: a list of sites, or ``sites:`` with such a list; ``columns`` stand under their site."""

from collections.abc import Iterator, Mapping
from typing import Any

from xuncha.config.errors import InventoryError, Place, Problem, nearest, quoted
from xuncha.config.yaml import At, Limits, Located, Source, load_yaml
from xuncha.inventory.fields import header_names, recognise
from xuncha.inventory.rows import Cell, Reading, Row, Sort
from xuncha.inventory.values import clean
from xuncha.model.text import Text

LIMITS = Limits(bytes=8_000_000, values=500_000)


def read_yaml(source: Source, reading: Reading) -> None:
    """Add the rows of a YAML inventory to the reading. Raises ConfigError when it holds no list of sites."""
    located = load_yaml(source, LIMITS)
    at: At = ()
    entries = located.value
    if isinstance(entries, dict) and "sites" in entries:
        at, entries = ("sites",), entries["sites"]
    if not isinstance(entries, list):
        text = Text("没有网站列表", "there is no list of sites")
        hint = Text(
            "应写成 sites: 下的列表，每项有 name 或 url", "write a list below sites:, each with a name or a url"
        )
        raise InventoryError([Problem(located.place(at), text, hint=hint)])
    for index, entry in enumerate(entries):
        here: At = (*at, index)
        if isinstance(entry, str):
            entry = {"url": entry}  # noqa: PLW2901 - an address alone is a site
        if not isinstance(entry, dict):
            text = Text("应为网址，或“名称: 取值”的形式", "should be an address or a mapping")
            reading.problems.append(Problem(located.place(here), text))
            continue
        row = _row(entry, located, here, "sites", reading.problems)
        if row is None:
            continue
        reading.sites.append(row)
        reading.columns += _columns(entry, row, located, here, reading)


def _columns(entry: Mapping[str, Any], site: Row, located: Located, at: At, reading: Reading) -> Iterator[Row]:
    key = next((name for name in ("columns", "栏目") if entry.get(name)), None)
    if key is None:
        return
    if not isinstance(entry[key], list):
        reading.problems.append(Problem(located.place((*at, key)), Text("应为列表", "should be a list"), key))
        return
    owner = next((site.cells[name] for name in ("id", "name", "urls") if name in site.cells), None)
    for index, column in enumerate(entry[key]):
        here: At = (*at, key, index)
        if not isinstance(column, dict) or owner is None:
            reading.problems.append(
                Problem(located.place(here), Text("应写成“名称: 取值”的形式", "should be a mapping"), key)
            )
            continue
        row = _row(column, located, here, "columns", reading.problems)
        if row is None:
            continue
        yield Row(row.place, row.cells | {"site": owner})


def _row(entry: Mapping[str, Any], located: Located, at: At, sort: Sort, problems: list[Problem]) -> Row | None:
    """The entry's cells; None where it has a key that we don't know: a typo must not be a silent skip."""
    before = len(problems)
    cells: dict[str, Cell] = {}
    names = list(entry)
    fields = recognise(names, sort)
    for index, name in enumerate(names):
        place = located.place((*at, name))
        if index in fields:
            text = clean(_text(entry[name]))
            if text:
                cells[fields[index].name] = Cell(text, place, quoted(name, 30))
        elif name not in {"columns", "栏目"}:
            told = Text("未知的名称", "unknown name")
            problems.append(
                Problem(located.place((*at, name), key=True), told, quoted(name), nearest(name, header_names(sort)))
            )
    place = located.place(at)
    return Row(Place(place.file, place.line), cells) if len(problems) == before else None


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case list():
            return "\n".join(_text(item) for item in value)
        case dict():
            return ""
        case _:
            return str(value)
