"""Tables and JSON on standard output; everything else goes to standard error."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xuncha.cli.language import say

if TYPE_CHECKING:
    from rich.console import Console

_F = TypeVar("_F", bound=Callable[..., Any])

COLON = say("：", ": ")


def note(text: str) -> None:
    """A line for the person, on standard error."""
    click.echo(text, err=True)


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


def show_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal; plain text when it is no terminal."""
    from rich.table import Table  # noqa: PLC0415 - heavy
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table) if rows else note(say("（没有内容）", "(nothing)"))


def console(*, stderr: bool = False) -> "Console":
    """A rich console; 80 columns where nobody says otherwise."""
    from rich.console import Console  # noqa: PLC0415

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 80
    return Console(stderr=stderr, width=width, highlight=False)


def show_json(data: object) -> None:
    """JSON for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
