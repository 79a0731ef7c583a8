"""Reviews in the sealed log: an entry for each decision, with the fingerprints of all findings that it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.entries import Act, Draft, Entry
from xuncha.model.outcome import Review
from xuncha.model.prints import SealState
from xuncha.model.review import Reviewed, Reviews
from xuncha.model.text import Text

MOST_IN_ENTRY = 1_000
"""Fingerprints of one entry, so that a line stays short; more of them take several entries."""

_VERDICTS = frozenset(Review)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody says of one finding; ``verdict`` None takes back what stands of it."""

    fingerprint: str
    site: str
    check: str
    verdict: Review | None
    by: str
    reason: str = ""


def drafts(decisions: Iterable[Decision], run: str) -> list[Draft]:
    """The entries that write them down: those alike share one."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in decisions:
        key = (one.site, one.check, one.verdict or "", one.by, one.reason)
        alike.setdefault(key, []).append(one.fingerprint)
    return [_draft(key, part, run) for key, prints in alike.items() for part in _parts(list(dict.fromkeys(prints)))]


def _draft(key: tuple[str, ...], findings: tuple[str, ...], run: str) -> Draft:
    site, check, verdict, by, reason = key
    act = Act.REVIEW if verdict else Act.RETRACT
    return Draft(act, by, site, run=run, look=verdict, note=reason, check=check, findings=findings)


def _parts(prints: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(prints), MOST_IN_ENTRY):
        yield tuple(prints[start : start + MOST_IN_ENTRY])


def standing(entries: Iterable[Entry]) -> dict[str, Entry]:
    """What stands of each finding, by fingerprint: a later entry takes the place of an earlier one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        what = entry.what
        if what.act is Act.REVIEW and what.look in _VERDICTS:
            found.update(dict.fromkeys(what.findings, entry))
        elif what.act is Act.RETRACT:
            for fingerprint in what.findings:
                found.pop(fingerprint, None)
    return found


def reviewed(entry: Entry) -> Reviewed:
    """An entry as what it says."""
    what = entry.what
    return Reviewed(Review(what.look), what.by, entry.at, what.note, what.run)


def reviews_in(book: Book) -> Reviews:
    """What counts of a log: nothing of it where its seal does not hold."""
    if book.begun and book.seal.state is not SealState.INTACT:
        why = book.seal.problem or Text("封印不完好", "the seal is not intact")
        zh = f"复核记录无法采信，复核意见一律不计：{why.zh}"
        return Reviews(problem=Text(zh, f"what people reviewed can't be trusted and counts nowhere: {why.en}"))
    said: dict[int, Reviewed] = {}
    found = {}
    for fingerprint, entry in standing(book.chain.entries).items():
        found[fingerprint] = said.setdefault(entry.number, reviewed(entry))
    return Reviews(found)


def read_reviews(workspace: Path) -> Reviews:
    """What people have said by now, of all runs of a workspace."""
    return reviews_in(Baselines(workspace).look())
