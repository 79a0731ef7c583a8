"""What is written into the log: who did what, when, to which page. A line is ``MAC JSON``."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from xuncha.store.codec import decode, dump, encode, load
from xuncha.store.errors import StoreError
from xuncha.store.mask import clean_line, mask_text

MOST_NAME, MOST_NOTE, MOST_URL = 80, 500, 4000


class Act(StrEnum):
    """START opens a log, KEY changes the key, ACCEPT says that a person took the log as it was found.

    ANSWER is what a person says to a question of a check (``xuncha evidence review``), REVIEW what they say of findings
    (``xuncha review``); RETRACT takes either back.
    """

    START = "start"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    REDESIGN = "redesign"
    CANCEL = "cancel"
    KEY = "key"
    ACCEPT = "accept"
    ANSWER = "answer"
    REVIEW = "review"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that is not written down yet.

    Args:
        act: what is done.
        by: the name of the person.
        site: the id of the site; empty for acts on the log itself.
        page: the URL; empty for the whole site.
        print: SHA-256 of the stored print that is approved, and ``pack``, the number of the file that holds it; in
            ANSWER, of the document that the question is about.
        run: the run in which it was seen.
        look: how the person looked: ``each`` page by page, ``named`` pages, ``all`` at once; in ANSWER ``met`` or
            ``unmet``, in REVIEW the verdict.
        start: first and ``end`` last day of a redesign window; ``end`` also that of an answer.
        number: the entry of the redesign window that is cancelled.
        key: the name of the key that seals from this entry on, in START and KEY.
        over: SHA-256 of everything before this entry, in KEY.
        workspace: the id of the log, in START.
        check: whose question is answered or whose findings are reviewed, and ``asked``, the question's fingerprint.
        findings: the fingerprints of what is reviewed.
    """

    act: Act
    by: str
    site: str = ""
    page: str = ""
    print: str = ""
    pack: int = 0
    run: str = ""
    look: str = ""
    note: str = ""
    start: date | None = None
    end: date | None = None
    number: int = 0
    key: str = ""
    over: str = ""
    workspace: str = ""
    check: str = ""
    asked: str = ""
    findings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", clean_line(self.by)[:MOST_NAME])
        object.__setattr__(self, "note", mask_text(clean_line(self.note))[:MOST_NOTE])
        if len(self.page) > MOST_URL:
            raise StoreError(f"the address has more than {MOST_URL} characters", f"网址超过 {MOST_URL} 个字符")


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as it stands in the log. ``number`` counts from 1; ``before`` is the MAC of the entry before."""

    number: int
    at: datetime
    before: str
    what: Draft

    def line(self) -> bytes:
        """Its JSON, without what says nothing."""
        what = {name: value for name, value in dump(self.what).items() if value not in ("", None, 0, [])}
        return encode({"n": self.number, "at": self.at.isoformat(timespec="seconds"), "before": self.before, **what})


def read_line(line: bytes) -> Entry:
    """What ``Entry.line`` wrote. Raises StoreError."""
    data = decode(line)
    if not isinstance(data, dict) or not {"n", "at", "before"} <= data.keys():
        raise StoreError("is no entry of the log", "不是基线记录")
    head = {"number": data.pop("n"), "at": data.pop("at"), "before": data.pop("before"), "what": data}
    return load(Entry, head)
