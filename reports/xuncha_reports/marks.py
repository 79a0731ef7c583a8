"""What stands on every page of a report that must not be sent, or that is for one department."""

from xuncha.model.text import Lang, Text
from xuncha.store.result import RunResult

INTERNAL = Text("内部资料　注意保管", "Internal: keep it safe")
"""On what tells addresses, paths and excerpts."""


def draft(result: RunResult, lang: Lang) -> str:
    """That it is a draft; empty where it is none."""
    return result.draft.of(lang) if result.draft else ""


def marks(result: RunResult, lang: Lang, *, internal: bool) -> list[str]:
    """All that is to stand on every page."""
    return [said for said in (INTERNAL.of(lang) if internal else "", draft(result, lang)) if said]


def print_style(marked: list[str]) -> str:
    """A style sheet that sets the marks at the head of every page that is printed, one at each end."""
    boxes = ("@top-left", "@top-right")
    said = (
        f'{box} {{ content: "{_quoted(mark)}"; font-size: 9pt; color: #b3261e; }}'
        for box, mark in zip(boxes, marked, strict=False)
    )
    return f"@media print {{ @page {{ {' '.join(said)} }} }}\n" if marked else ""


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
