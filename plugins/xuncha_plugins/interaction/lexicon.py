"""The words by which channels, letters, states and stock phrases are known; data in ``words.yaml``."""

import re
import unicodedata

from pydantic import Field

from xuncha.api import OneOf, Table, read_table
from xuncha_plugins.interaction.facts import Activity, State

LONGEST_NAME = 14
"""A longer text is a headline, not the name of a column."""

LONGEST_ENTRY = 20
"""What leads to a channel may add what can be done there."""

Pattern = re.Pattern[str]

_BETWEEN = re.compile(r"[\s\d/:：年月日|,，。；;、\[\]【】()（）-]+")
_MARKS = re.compile(r"[\W_]+")


_BRACKETED = re.compile(
    r"^\s{0,3}[\[【（(［]([^\]】）)］]{2,8})[\]】）)］]|[\[【（(［]([^\]】）)］]{2,8})[\]】）)］]\s{0,3}$"
)


class _Channel(Table):
    names: OneOf
    special: Pattern
    both: Pattern
    never: Pattern = Field(alias="not")
    hub: Pattern
    filing: Pattern
    url: Pattern
    hotline: Pattern
    maybe: Pattern
    unlike: Pattern
    mobile: Pattern
    fields: Pattern
    written: Pattern
    other: Pattern


class _Letters(Table):
    names: Pattern
    exempt: Pattern
    writing: Pattern
    asking: Pattern
    replying: Pattern


class Place(Table):
    """Where markup keeps a reply: its ``label``, a ``carrier`` in place of words, a ``region`` that script fills.

    ``away`` are frames around the content.
    """

    label: Pattern
    carrier: Pattern
    region: Pattern
    away: Pattern


class _Reply(Table):
    courtesy: Pattern
    receipt: Pattern
    elsewhere: Pattern
    phone: Pattern
    concrete: Pattern


class _Activities(Table):
    columns: dict[Activity, Pattern]
    titles: OneOf
    times: Pattern
    before: Pattern


class Words(Table):
    """The table as it stands in the file."""

    channel: _Channel
    mail: Pattern
    letters: _Letters
    labels: dict[str, str]
    states: dict[State, Pattern]
    official: Pattern
    place: Place
    ends: str
    footer: str
    reply: _Reply
    activities: _Activities


def plain(name: str) -> str:
    """A name as it is compared: normalised, without blanks, marks and brackets."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name[:200]))


def head(title: str) -> str:
    """The part of a page's title before the website's name."""
    return re.split(r"[_\-—–|]", title, maxsplit=1)[0].strip()


def is_channel(name: str) -> bool:
    """Whether a link or page of that name is where citizens ask and advise; special channels are not."""
    return _named(name) and not _only_special(name)


def is_special_channel(name: str) -> bool:
    """Whether it is a channel for complaints of a special kind (网上信访、纪检举报), which does not count."""
    # Asked of every link of a site: what most names fail at comes first.
    return _only_special(name) and _named(name, special=True)


def may_be_channel(name: str, *, on_hub: bool = False) -> bool:
    """Whether an entry of that name could be a channel although it is not known as one.

    On the page of interaction any short name could, unless it is known for something else.
    """
    name = plain(name)
    if not 1 < len(name) <= LONGEST_NAME or _only_special(name):
        return False
    maybe = WORDS.channel.maybe.search(name)
    if maybe and maybe[0].endswith("建议征集"):
        return True
    return bool(maybe or on_hub) and not activity(name) and not WORDS.channel.unlike.search(name)


def is_hub(name: str) -> bool:
    """Whether a column of that name is where all interaction starts from (互动交流)."""
    return bool(WORDS.channel.hub.search(plain(name)))


def is_filing(url: str) -> bool:
    """Whether a URL is that of a register of filings (备案), where nobody asks anything."""
    return bool(WORDS.channel.filing.search(url))


def is_letters(name: str) -> bool | None:
    """Whether a column of that name holds letters that ask for a reply; None where the name tells nothing.

    Exempt are interviews, calls and surveys, petitions and reports to inspectors (国办秘函〔2019〕19号).
    """
    if WORDS.letters.exempt.search(name) or _only_special(name):
        return False
    return True if WORDS.letters.names.search(name) else None


def activity(name: str) -> Activity | None:
    """The kind of activity that a column of that name is for."""
    name = plain(name)
    if not 1 < len(name) <= LONGEST_NAME:
        return None
    return next((kind for kind, words in WORDS.activities.columns.items() if words.search(name)), None)


def is_activity(title: str) -> bool:
    """Whether an article of that title announces or reports an interview, a call for opinions or a survey."""
    return bool(WORDS.activities.titles.search(title))


def state(text: str) -> State:
    """The state that a few words tell."""
    return next((kind for kind, words in WORDS.states.items() if words.search(text)), State.UNKNOWN)


def state_in_brackets(title: str) -> State:
    """The state that stands in brackets before or behind a letter's title (［未处理］关于…)."""
    told = _BRACKETED.search(title)
    return state(told[1] or told[2]) if told else State.UNKNOWN


def state_among(text: str) -> State:
    """The state that one of the short pieces of a list's row tells; a summary tells none."""
    pieces = (piece for piece in _BETWEEN.split(text) if piece and len(piece) <= LONGEST_NAME)
    return next((found for piece in pieces if (found := state(piece)) is not State.UNKNOWN), State.UNKNOWN)


def _named(name: str, *, special: bool = False) -> bool:
    name = plain(name)
    if not 1 < len(name) <= LONGEST_ENTRY:
        return False
    named = WORDS.channel.names.search(name) or (special and WORDS.channel.special.search(name))
    return bool(named) and not WORDS.channel.never.search(name)


def _only_special(name: str) -> bool:
    return bool(WORDS.channel.special.search(name)) and not WORDS.channel.both.search(name)


WORDS = read_table(Words, __package__, "words.yaml")
"""Read at once, because checks ask it and may open no file."""
