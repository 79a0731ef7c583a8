"""Tables and JSON on standard output; everything else goes to standard error."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xuncha.cli.language import say
from xuncha.model.folding import cells, folded, joined, units

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement

_F = TypeVar("_F", bound=Callable[..., Any])

COLON = say("：", ": ")


def note(text: str) -> None:
    """A line for the person, on standard error."""
    click.echo(text, err=True)


def folded_note(text: str, indent: int = 0) -> None:
    """Words for the person that may be longer than a line, on standard error."""
    for line in folded(text, max(console(stderr=True).width - indent, 20)):
        note(" " * indent + line)


def show_text(text: str) -> None:
    """Words that belong to the result, folded to the width of its tables."""
    for line in text.splitlines():
        for part in list(folded(line, console().width)) or [""]:
            click.echo(part)


def show_entry(parts: Sequence[str], lines: Iterable[str]) -> None:
    """One of a list: what names it on a first line, and below what there is to say, as wide as the terminal."""
    width = max(console().width, 20)
    for line in joined(filter(None, parts), width):
        click.echo(line)
    for line in lines:
        for part in folded(line, width - 2):
            click.echo(f"  {part}")
    click.echo()


def next_step(command: str) -> None:
    """Tell the next useful command."""
    note(f"{say('下一步', 'next')}{COLON}{command}")


def listing(command: _F) -> _F:
    """``--format table|json`` for a listing."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        help=say("输出格式", "Output format."),
    )(command)


def show_table(headers: Sequence[str], rows: Sequence[Sequence[str]], whole: int = 0) -> None:
    """A table that fits the terminal; plain text when it is no terminal. The first ``whole`` columns are not broken."""
    from rich.table import Table  # noqa: PLC0415 - heavy

    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, header in enumerate(headers):
        table.add_column(Cell(header), no_wrap=place < whole)
    for row in rows:
        table.add_row(*map(Cell, row))
    console().print(table) if rows else note(say("（没有内容）", "(nothing)"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, folded where Chinese may be, and narrowed to no less than its longest word if that fits."""

    text: str

    def __rich_console__(self, _: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.text import Text  # noqa: PLC0415 - heavy

        for line in self.text.splitlines() or [""]:
            yield from (Text(part) for part in list(folded(line, options.max_width)) or [""])

    def __rich_measure__(self, _: "Console", options: "ConsoleOptions") -> "Measurement":
        from rich.measure import Measurement  # noqa: PLC0415

        longest = max(map(cells, units(self.text)), default=1)
        widest = max(map(cells, self.text.splitlines()), default=1)
        return Measurement(min(longest, options.max_width), min(widest, options.max_width))


def console(*, stderr: bool = False) -> "Console":
    """A rich console; 80 columns where nobody says otherwise."""
    from rich.console import Console  # noqa: PLC0415

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 80
    return Console(stderr=stderr, width=width, highlight=False)


def show_json(data: object) -> None:
    """JSON for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
