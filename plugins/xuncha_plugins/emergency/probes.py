"""The plan and the drill records as they were handed in, read and looked through. Nothing is sent anywhere."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace

from xuncha.api import Documents, Evidence, Files, Passage, Piece, probe
from xuncha_plugins.emergency.contacts import contacts
from xuncha_plugins.emergency.drills import drill_dates, paper_dates
from xuncha_plugins.emergency.facts import Contacts, DrillRead, Held, PlanRead, Section, Topic
from xuncha_plugins.emergency.lines import Line
from xuncha_plugins.emergency.reading import Papers, read_papers
from xuncha_plugins.emergency.reporting import reporting
from xuncha_plugins.emergency.sections import held_sections, outline, understood
from xuncha_plugins.emergency.standing import standing
from xuncha_plugins.emergency.subjects import subject, titles
from xuncha_plugins.emergency.words import WORDS
from xuncha_plugins.evidence.denials import denials
from xuncha_plugins.evidence.doubts import Doubt, doubts
from xuncha_plugins.evidence.reading import in_pieces


@probe(provides=PlanRead, needs=(Evidence,), requests=0, connections=0, deadline=180)
async def plan_read(evidence: Evidence, files: Files, documents: Documents) -> PlanRead:
    """The emergency plan with its annexes, as one document."""
    return await asyncio.to_thread(look_at_plan, await read_papers(evidence, Piece.EMERGENCY_PLAN, files, documents))


@probe(provides=DrillRead, needs=(Evidence,), requests=0, connections=0, deadline=180)
async def drill_read(evidence: Evidence, files: Files, documents: Documents) -> DrillRead:
    """The drill records with lists and summaries, as one document."""
    return await asyncio.to_thread(look_at_drill, await read_papers(evidence, Piece.EMERGENCY_DRILL, files, documents))


def look_at_plan(papers: Papers) -> PlanRead:
    """What the lines of a plan say."""
    lines = papers.body
    if not lines:
        return PlanRead(papers.main, unread=tuple(papers.unread), empty=True, complete=papers.complete)
    topics = {topic.value: words for topic, words in WORDS.plan.items()}
    document = outline(lines, topics)
    titled = titles(document.lines)
    about, title = subject(lines, titled)
    numbers = contacts(document.lines)
    found = tuple(held_sections(document, topics))
    return PlanRead(
        papers.main,
        about,
        title,
        tuple(_with_numbers(section, numbers) for section in found),
        reporting(document),
        standing(document, _asides(papers), titled),
        numbers,
        understood(document, topics),
        tuple(papers.unread),
        complete=papers.complete,
        denied=denials(_as_they_stand(lines), WORDS.plan_claim, intents=False),
        repealed=doubts(_as_they_stand(lines), Doubt.REPEALED),
    )


def look_at_drill(papers: Papers) -> DrillRead:
    """What the lines of drill records say."""
    lines = papers.body
    if not lines:
        return DrillRead(papers.main, unread=tuple(papers.unread), empty=True, complete=papers.complete)
    topics = {part.value: words for part, words in WORDS.drill.items()}
    document = outline(lines, topics)
    titled = titles(document.lines)
    about, title = subject(lines, titled)
    found = tuple(held_sections(document, topics))
    return DrillRead(
        papers.main,
        about,
        title,
        found,
        drill_dates(document.lines, titled),
        title is not None and WORDS.scheme.search(title.text) is not None,
        understood(document, topics),
        tuple(papers.unread),
        complete=papers.complete,
        denied=denials(_as_they_stand(lines), WORDS.drill_claim, intents=False),
        doubts=doubts(_as_they_stand(lines), Doubt.FAILED, Doubt.PLANNED, Doubt.HOLLOW, Doubt.WATCHED),
        paper_dates=paper_dates(document.lines),
    )


def _with_numbers(section: Section, found: Contacts) -> Section:
    """Contacts are there where telephone numbers are, whatever stands above them, and nowhere else."""
    if section.name != Topic.CONTACTS:
        return section
    if found.numbers:
        return replace(section, held=Held.HELD, quotes=(found.numbers[0].quote,))
    return replace(section, held=Held.THIN) if section.held is Held.HELD else section


def _as_they_stand(lines: Iterable[Line]) -> Iterator[Passage]:
    """The lines as they are written, in pieces; what was written in one and cut into several comes once."""
    last = ""
    for line in lines:
        if not line.written or line.written is not last:
            yield from in_pieces(Passage(line.written or line.text, line.locator))
        last = line.written


def _asides(papers: Papers) -> list[Line]:
    return [line for line in papers.lines if line.aside]
