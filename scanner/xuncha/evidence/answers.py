"""What people answered to questions that no machine can decide: kept in the sealed log beside the baselines.

Who can write to the workspace could else turn every question into a pass. The log is append-only, each entry names who,
when, why and until when; a later answer to the same question takes the place of the earlier one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from xuncha.baseline.book import Book
from xuncha.baseline.entries import Act, Draft, Entry
from xuncha.model.outcome import Recorded
from xuncha.model.prints import SealState
from xuncha.plan import Plan

MET, UNMET = "met", "unmet"
Key = tuple[str, str]
"""Site and fingerprint of the question."""


def answers(entries: Iterable[Entry]) -> dict[Key, Recorded]:
    """What stands of all answers, in force or not."""
    found: dict[Key, Recorded] = {}
    for entry in entries:
        what = entry.what
        if what.act is Act.ANSWER:
            found[what.site, what.asked] = Recorded(
                what.asked, what.check, what.look == MET, what.by, entry.at, what.note, what.end, what.print
            )
        elif what.act is Act.RETRACT:
            found.pop((what.site, what.asked), None)
    return found


def in_force(recorded: Recorded, today: date) -> bool:
    """Whether an answer still counts."""
    return recorded.until is None or today <= recorded.until


def draft(site: str, said: Recorded, path: str, run: str) -> Draft:
    """An answer as it is written into the log."""
    look = MET if said.met else UNMET
    return Draft(
        Act.ANSWER,
        said.by,
        site,
        path,
        said.sha256,
        run=run,
        look=look,
        note=said.reason,
        end=said.until,
        check=said.check,
        asked=said.asked,
    )


def with_answers(plan: Plan, book: Book | None, today: date) -> Plan:
    """The plan with the answers that are in force; with none where the log's seal doesn't hold."""
    known = answers(book.chain.entries) if book and book.seal.state is SealState.INTACT else {}
    return replace(plan, sites=tuple(replace(site, recorded=_of(site.site.id, known, today)) for site in plan.sites))


def _of(site: str, known: Mapping[Key, Recorded], today: date) -> tuple[Recorded, ...]:
    return tuple(said for (of, _), said in known.items() if of == site and in_force(said, today))
