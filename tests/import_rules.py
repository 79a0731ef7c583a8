"""Who may import whom, read from the sources without importing anything.

The rules are those of ARCHITECTURE.md; ``python tests/import_rules.py`` says what breaks them. An import inside a
function counts like any other, with two exceptions: cycles are made at module level only, and a heavy package that a
function imports costs workers nothing until it is called.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("scanner", "plugins", "profiles", "reports", "examples/contractor-plugin/src")
READ_MODEL = (
    "xuncha.api", "xuncha.model", "xuncha.guidance",
    "xuncha.store.result",
    "xuncha.store.snapshot", "xuncha.store.gallery", "xuncha.store.times", "xuncha.store.format", "xuncha.store.labels",
)  # fmt: skip
NOT_IN_WORKERS = ("sqlalchemy", "alembic", "rich", "jinja2", "openpyxl")


@dataclass(frozen=True)
class Import:
    """``at_once``: it happens when the importing module is imported."""

    module: str
    name: str
    line: int
    at_once: bool

    def __str__(self):
        return f"{self.module}:{self.line} imports {self.name}"


def sources(root: Path = ROOT) -> dict[str, str]:
    """The text of every module, by its dotted name; a package is named ``package.__init__``."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            found[".".join(path.relative_to(root / folder).with_suffix("").parts)] = path.read_text("utf-8")
    return found


def imports(texts: Mapping[str, str]) -> list[Import]:
    """Every import of every module; a name that is a module of ours stands for that module."""
    known = {module.removesuffix(".__init__") for module in texts}
    return [
        Import(
            module.removesuffix(".__init__"), name if name in known else name.rpartition(".")[0] or name, line, at_once
        )
        for module, text in texts.items()
        for name, line, at_once in _named(ast.parse(text), module.split(".")[:-1], at_once=True)
    ]


def _named(node: ast.AST, package: list[str], *, at_once: bool) -> Iterator[tuple[str, int, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((f"{alias.name}.", child.lineno, at_once) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            above = package[: len(package) - child.level + 1] if child.level else []
            base = ".".join([*above, *([child.module] if child.module else [])])
            yield from ((f"{base}.{alias.name}", child.lineno, at_once) for alias in child.names)
        else:
            later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types_only(child)
            yield from _named(child, package, at_once=at_once and not later)


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def violations(found: list[Import]) -> Iterator[str]:
    """What breaks a rule, one line each."""
    for one in found:
        why = _forbidden(one)
        if why:
            yield f"{one}: {why}"
    yield from (f"{one}, and workers reach it" for one in _heavy_in_workers(found))
    yield from _cycle(found)


def _forbidden(one: Import) -> str:
    owner = one.module.partition(".")[0]
    if _within(one.name, ("sslyze", "nassl")):
        return "it is under the AGPL and may only be run as a program"
    if _within(one.name, ("turbohtml",)) and not _within(one.module, ("xuncha.page",)):
        return "only xuncha.page knows the parser"
    if _within(one.name, ("yaml",)) and one.module != "xuncha.config.yaml":
        return "YAML is read by one module, within limits and with positions; plugins call read_table"
    if owner == "xuncha" and _within(one.name, ("xuncha_plugins", "xuncha_reports", "xuncha_profiles")):
        return "the core names no plugin, report or profile"
    allowed = {"xuncha": ("xuncha",), "xuncha_reports": READ_MODEL, "xuncha_profiles": ()}.get(owner, ("xuncha.api",))
    if _within(one.name, ("xuncha",)) and not _within(one.name, allowed):
        return f"of the core it may import only {', '.join(allowed) or 'nothing'}"
    return ""


def _within(name: str, packages: Iterable[str]) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def _heavy_in_workers(found: list[Import]) -> Iterator[Import]:
    reached, waiting = set(), ["xuncha.worker.__main__"]
    while waiting:
        module = waiting.pop()
        reached.add(module)
        names = {one.name for one in found if one.module == module}
        waiting += {part for name in names for part in _chain(name)} - reached
    return (one for one in found if one.module in reached and one.at_once and _within(one.name, NOT_IN_WORKERS))


def _chain(name: str) -> Iterator[str]:
    """A module and the packages that are imported on the way to it."""
    parts = name.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _cycle(found: list[Import]) -> Iterator[str]:
    graph: dict[str, set[str]] = {}
    for one in found:
        if one.at_once and one.name != one.module:
            graph.setdefault(one.module, set()).add(one.name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"imports in a ring: {' → '.join(reversed(error.args[1]))}"


if __name__ == "__main__":
    sys.exit("\n".join(violations(imports(sources()))) or 0)
