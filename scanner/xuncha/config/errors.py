"""What is wrong in something that a person wrote, told so that they can put it right.

UsageError (xuncha.errors)
└── ConfigError             one or more problems, each with its place; exit code 2
    ├── UnreadableError     the file is not there, may not be read, is too large or no text
    ├── YamlError           not YAML, or YAML beyond our limits
    ├── InvalidError        YAML, but not what such a file holds
    ├── UnknownNameError    a profile, framework, check or probe that nobody offers
    ├── InventoryError      an inventory without a usable row, or with a bad one under ``--strict``
    └── WorkspaceError      the workspace cannot be made, opened or locked
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from xuncha.errors import UsageError
from xuncha.model.text import Lang, Text

MAX_PROBLEMS = 100
MAX_QUOTE = 80
MAX_COMPARED = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1; in an XLSX file ``sheet`` names the sheet."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str = ""

    def __str__(self) -> str:
        name = f"{self.file}[{self.sheet}]" if self.sheet else self.file
        numbers = (str(number) for number in (self.line, self.column) if number is not None)
        return ":".join((name, *numbers))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``what`` is the field's path or the column's header; ``hint`` says what to do."""

    place: Place
    text: Text
    what: str = ""
    hint: Text | None = None

    def of(self, lang: Lang) -> str:
        """One line: ``file:line:column: what: text (hint)``."""
        parts = [str(self.place), *([self.what] if self.what else []), self.text.of(lang)]
        hint = self.hint.of(lang) if self.hint else ""
        brackets = "（{}）" if lang == "zh" else " ({})"
        return ": ".join(parts) + (brackets.format(hint) if hint else "")


class ConfigError(UsageError):
    """Problems in files or options that a person wrote."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(self.lines("en")))

    def lines(self, lang: Lang) -> list[str]:
        """One line per problem, at most ``MAX_PROBLEMS``; then how many more there are."""
        shown = [problem.of(lang) for problem in self.problems[:MAX_PROBLEMS]]
        more = len(self.problems) - len(shown)
        if more:
            shown.append(Text(f"另有 {more} 处问题未列出", f"and {more} more").of(lang))
        return shown


class UnreadableError(ConfigError):
    """The file is not there, may not be read, is too large or no text."""


class YamlError(ConfigError):
    """Not YAML, or YAML beyond our limits."""


class InvalidError(ConfigError):
    """YAML, but not what such a file holds."""


class UnknownNameError(ConfigError):
    """A name that nobody offers."""


class InventoryError(ConfigError):
    """An inventory without a usable row, or with a bad one under ``--strict``."""


class WorkspaceError(ConfigError):
    """The workspace cannot be made, opened or locked."""


def quoted(value: object, limit: int = MAX_QUOTE) -> str:
    """``value`` as it may be shown on a terminal: one short line without control or direction characters."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(value)[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> Text | None:
    """A hint for a name that was perhaps mistyped: the closest known one, else the known ones where they are few."""
    names = list(known)
    if len(names) > MAX_COMPARED:
        return None
    close = get_close_matches(name, names, n=1, cutoff=0.6) or _same_letters(name, names)
    if close:
        return Text(f"是否应为 {close[0]}", f"did you mean {close[0]}?")
    return one_of(names)


def _same_letters(name: str, names: Sequence[str]) -> list[str]:
    plain = name.lower().replace("_", "").replace("-", "")
    return [known for known in names if known.lower().replace("_", "").replace("-", "") == plain]


def one_of(values: Iterable[str], most: int = 12) -> Text | None:
    """A hint that lists the allowed values, where they are few enough to read."""
    names = list(values)
    if not names or len(names) > most:
        return None
    return Text(f"可用：{'、'.join(names)}", f"allowed: {', '.join(names)}")
