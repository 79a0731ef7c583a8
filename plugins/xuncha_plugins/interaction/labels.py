"""Reads letters out of labelled text (留言时间：…　答复内容：…), whatever elements carry it: table, dl, div or span."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise

from xuncha.api import dates_in
from xuncha_plugins.interaction.facts import State
from xuncha_plugins.interaction.lexicon import WORDS, state

MAX_TEXT = 200_000
MAX_RECORDS = 100
"""Letters that one page can hold, as guestbooks do."""

MAX_LABELS = 2_000
_DATE_WITHIN = 60
_STATE_WITHIN = 20
_BEFORE_DATE = 3

_LABEL = re.compile(
    r"(?m)(?:(?P<line>^)|(?<![\u4e00-\u9fffA-Za-z]))[【\[（(]?(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in WORDS.labels.items())
    + r")[】\]）)]?[ ]?(?:[：:]|(?(line)$|(?!)))"
    # Spans of one line are glued together (来信人：张三来信时间：2021-05-06); a date behind the colon makes it sure.
    + f"|(?:(?P<glued_asked>{WORDS.labels['asked']})|(?P<glued_answered>{WORDS.labels['answered']}))"
    + r"[：:] ?(?=(?:19|20)\d\d)"
)
_SPACED = re.compile(r"(?m)(?<=^[\u4e00-\u9fff]) (?=[\u4e00-\u9fff] ?(?:[：:]|$))")
_ENDS = re.compile(rf"(?m)^(?:{WORDS.ends})")
_PROSE = {
    "question": frozenset({"other", "title", "question", "number"}),
    "answer": frozenset({"other", "title", "question", "number", "answer"}),
}
"""What in the middle of a line of prose is no label: people write 「电话：…」 in what they ask and answer."""


_FOLLOWING = frozenset({"question", "answer", "answered", "office", "state"})


@dataclass(slots=True)
class Record:
    """The labelled values of one letter, by kind; a label that stands there without a value gives an empty one."""

    values: dict[str, str] = field(default_factory=dict)

    def day(self, kind: str) -> date | None:
        """The date that a value begins with; one further behind belongs to something else, such as a list's row."""
        found = dates_in(self.values.get(kind, "")[:_DATE_WITHIN])
        return found[0].date if found and found[0].start <= _BEFORE_DATE else None

    @property
    def answer(self) -> str | None:
        """The words of the reply; where it begins with its head (回复单位、回复时间), what stands below that."""
        text = self.values.get("answer")
        if text or text is None:
            return text
        below = ("".join(self.values.get(kind, "").partition("\n")[2:]).strip() for kind in ("answered", "office"))
        return next((text for text in below if text), "")

    @property
    def told(self) -> bool:
        """Whether what was written or replied stands there too, and not only when."""
        return bool(self.values.keys() & {"question", "answer"})

    @property
    def state(self) -> State:
        """What the state's value says."""
        return state(self.values.get("state", "")[:_STATE_WITHIN])

    @property
    def replied(self) -> bool:
        """Whether the text has a place for the reply, filled or not."""
        return bool(self.values.keys() & {"answer", "answered", "state"})

    @property
    def over(self) -> bool:
        """Whether a new date of writing begins another letter."""
        return "asked" in self.values and bool(self.values.keys() & _FOLLOWING)


def records(text: str) -> list[Record]:
    """The letters of a text, in its order; labels that tell nothing of a letter end what stands before them."""
    text = _SPACED.sub("", text[:MAX_TEXT])
    found = [Record()]
    for kind, value in _values(text):
        if kind == "asked" and found[-1].over:
            if len(found) == MAX_RECORDS:
                break
            found.append(Record())
        known = found[-1].values
        if value or kind not in known:
            known[kind] = f"{known[kind]}\n{value}" if known.get(kind) else value
    return [record for record in found if record.values]


def columns(text: str) -> tuple[str, ...]:
    """Which of the dates ``asked`` and ``answered`` the head of a list names, in its order."""
    kinds = (
        label.lastgroup or "" for label, _ in zip(_LABEL.finditer(text[:MAX_TEXT]), range(MAX_LABELS), strict=False)
    )
    return tuple(dict.fromkeys(kind for kind in kinds if kind in ("asked", "answered")))


def _values(text: str) -> Iterator[tuple[str, str]]:
    """Each label's kind with what stands behind it, up to the next label."""
    for (_, after, kind), (end, _, _) in pairwise([*_labels(text), (len(text), 0, "")]):
        value = text[after:end]
        if stop := _ENDS.search(value, 1):
            value = value[: stop.start()]
        yield kind, value.strip()


def _kind(label: re.Match[str]) -> str:
    return (label.lastgroup or "").removeprefix("glued_")


def _labels(text: str) -> Iterator[tuple[int, int, str]]:
    current = ""
    for match in islice(_LABEL.finditer(text), MAX_LABELS):
        kind = _kind(match)
        if match["line"] is None and kind in _PROSE.get(current, ()):
            continue
        current = kind
        yield match.start(), match.end(), kind
