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
_REPLIED_ON = re.compile(
    r"(?m)^[\u4e00-\u9fff]{0,12}(?:回复|答复)\s?[(（\[【]\s?((?:19|20)\d\d[^()（）\[\]【】\n]{4,18})[)）\]】]\s?[:：]"
)
"""A guestbook of old tells the day of a reply in its label (管理员回复（2019-5-6）：…)."""

_ENDS = re.compile(rf"(?m)^(?:{WORDS.ends})")
_FOOTER = re.compile(rf"(?m)^(?:{WORDS.footer})")
_ASKED = re.compile(WORDS.labels["asked"])
_PROSE = {
    "question": frozenset({"other", "title", "question", "number"}),
    "answer": frozenset({"other", "title", "question", "number", "answer"}),
}
"""What in the middle of a line of prose is no label: people write 「电话：…」 in what they ask and answer."""


_FOLLOWING = frozenset({"question", "answer", "answered", "office", "state"})
_LEADING = frozenset({"number", "title", "state", "question", "office"})
"""What may stand above the date of a letter; the reply does so too seldom to be looked for there."""

_SAYS = re.compile(r"\w")


@dataclass(slots=True)
class Record:
    """The labelled values of one letter, by kind; a label that stands there without a value gives an empty one."""

    values: dict[str, str] = field(default_factory=dict)
    mixed: bool = False
    """Whether two titles or two states stand in it, so that one may be another letter's."""

    def add(self, kind: str, value: str) -> None:
        """Note a value; a label without one changes nothing that is known."""
        known = self.values.get(kind)
        if known and value:
            self.mixed |= _differ(kind, known, value)
            self.values[kind] = f"{known}\n{value}"
        elif value or known is None:
            self.values[kind] = value

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
    def unfilled(self) -> bool:
        """Whether the place for the reply, or for its day, stands there empty."""
        return not self.answer and not self.values.get("answered") and bool(self.values.keys() & {"answer", "answered"})

    @property
    def told(self) -> bool:
        """Whether what was written or replied stands there too, and not only when."""
        return bool(self.values.keys() & {"question", "answer"})

    @property
    def state(self) -> State:
        """What the state's value says, where it is surely this letter's."""
        return State.UNKNOWN if self.mixed else state(self.values.get("state", "")[:_STATE_WITHIN])

    @property
    def replied(self) -> bool:
        """Whether the text has a place for the reply, filled or not."""
        return bool(self.values.keys() & {"answer", "answered", "state"})

    def is_over(self, kind: str, leading: frozenset[str]) -> bool:
        """Whether a label begins another letter: a new date of writing does, or what stands above that date."""
        if "asked" not in self.values:
            return False
        return kind in leading or (kind == "asked" and bool(self.values.keys() & _FOLLOWING))


def records(text: str) -> list[Record]:
    """The letters of a text, in its order; labels that tell nothing of a letter end what stands before them."""
    plain = _REPLIED_ON.sub(r"\n答复时间：\1\n答复内容：", _SPACED.sub("", text[:MAX_TEXT]))
    said = list(_values(_without_footer(plain)))
    leading, found = _leading(said), [Record()]
    for kind, value in said:
        if found[-1].is_over(kind, leading):
            if len(found) == MAX_RECORDS:
                break
            found.append(Record())
        found[-1].add(kind, value)
    return [record for record in found if record.values]


def _without_footer(text: str) -> str:
    """A text up to the footer below its last letter, whose 承办单位 is no office that replied."""
    last = max((label.end() for label in _ASKED.finditer(text)), default=len(text))
    end = _FOOTER.search(text, last)
    return text[: end.start()] if end else text


def _leading(said: list[tuple[str, str]]) -> frozenset[str]:
    """The kinds that stand above the first letter's date and not below the last one's, so that they lead each."""
    dated = [at for at, (kind, value) in enumerate(said) if kind == "asked" and value]
    if not dated:
        return frozenset()
    above, below = (
        {kind for kind, value in part if kind in _LEADING and _SAYS.search(value)}
        for part in (said[: dated[0]], said[dated[-1] + 1 :])
    )
    return frozenset(above - below)


def _differ(kind: str, known: str, value: str) -> bool:
    """Whether one letter can't be called both."""
    if kind == "title":
        return value.partition("\n")[0] not in known.split("\n")
    one, other = state(known[:_STATE_WITHIN]), state(value[:_STATE_WITHIN])
    return kind == "state" and one is not other and not (one.waits and other.waits)


def kind_of(head: str) -> str:
    """The kind of value that the head of a column names; empty where it names none."""
    label = _LABEL.fullmatch(head.strip())
    return _kind(label) if label else ""


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
