"""Lengths of time as people type them: ``7d``, ``36h``, ``90m``."""

import re
from collections.abc import Callable
from datetime import timedelta

import click

from xuncha.cli.language import say

_FORM = re.compile(r"([0-9]{1,5})([dhm])")
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}

Reader = Callable[[click.Context, click.Parameter, str | None], timedelta | None]


def within(least: timedelta, most: timedelta, why: str) -> Reader:
    """What reads an option: days, hours or minutes from ``least`` to ``most``; ``why`` tells what these are for.

    Raises click.BadParameter.
    """

    def read(_ctx: click.Context, _param: click.Parameter, value: str | None) -> timedelta | None:
        if value is None:
            return None
        found = _length(value)
        if not least <= found <= most:
            shortest, longest = _shown(least), _shown(most)
            raise click.BadParameter(
                say(
                    f"{value}：应在 {shortest} 到 {longest} 之间（{why}）",
                    f"{value}: must be from {shortest} to {longest} ({why})",
                )
            )
        return found

    return read


def _length(value: str) -> timedelta:
    match = _FORM.fullmatch(value.strip().lower())
    if match is None:
        raise click.BadParameter(
            say(f"{value}：请写成 7d（天）、36h（小时）或 90m（分钟）", f"{value}: write 7d, 36h or 90m")
        )
    return int(match[1]) * _UNITS[match[2]]


def _shown(value: timedelta) -> str:
    unit = next(unit for unit, length in _UNITS.items() if not value % length)
    return f"{value // _UNITS[unit]}{unit}"
