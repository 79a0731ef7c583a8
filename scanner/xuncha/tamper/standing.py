"""What the visit before showed already: of changes that offices make once and keep, people are asked once."""

from collections.abc import Iterator

from xuncha.model.prints import Habit, PageKind, PagePrint
from xuncha.tamper.changes import Change, ChangeKind
from xuncha.tamper.sketch import parts, sketched

_MOST = 40


def said(page: PagePrint) -> str:
    """A sketch of a page's title, descriptions, marks, large words and hosts of pictures; empty for articles."""
    return "" if page.kind is PageKind.ARTICLE else sketched(_shown(page), _MOST)


def stood(change: Change, habit: Habit) -> bool:
    """Whether the visit before showed what the change brought."""
    return sketched((_as_said(change.kind, change.now),), 1) in parts(habit.said)


def _shown(page: PagePrint) -> Iterator[str]:
    yield _as_said(ChangeKind.TITLE, page.title)
    yield from (_as_said(ChangeKind.DESCRIBED, content) for _, content in page.metas)
    yield from (_as_said(ChangeKind.FILING, mark) for mark in page.marks)
    if not any("ICP备" in mark for mark in page.marks):
        yield _as_said(ChangeKind.FILING, "")
    heads = (head.partition(" ")[2] for head in page.heads or ())
    yield from (_as_said(ChangeKind.HEADING, words) for words in (*heads, *(page.sized or ())))
    yield from (_as_said(ChangeKind.BANNER, host) for host in {*(page.picture_hosts or ()), page.backdrop or ""})


def _as_said(kind: ChangeKind, words: str) -> str:
    return f"{kind} {words}"
