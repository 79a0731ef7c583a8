"""How much a document holds of each topic: by headings and what stands below, and by sentences anywhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from xuncha.api import masked_excerpt
from xuncha_plugins.emergency.facts import Held, Quote, Section
from xuncha_plugins.emergency.lines import LONGEST, Line, sentence_at, sentences
from xuncha_plugins.emergency.outline import Block, Outline, outline_of
from xuncha_plugins.emergency.telephones import starred
from xuncha_plugins.emergency.words import WORDS, Pattern, TopicWords
from xuncha_plugins.evidence.spelling import as_written

MOST_QUOTES = 3
LONGEST_QUOTE = 160
_NEAR = 4
_MOST_SAID = 8
_SHORT = 8
"""How many lines below the name of an incident what is done about it may begin."""

_FEW_SENTENCES = 3
_MANY_HEADINGS = 5
_SENTENCE = 25
"""A line of so many characters, or with a full stop, says something."""


def quote(text: str, line: Line) -> Quote:
    """A sentence as it is kept: in the words of the document, numbers starred, cut to a length."""
    words = as_written(text, line.written[:LONGEST]) if line.written else text
    return Quote(masked_excerpt(starred(words[: 2 * LONGEST_QUOTE]), LONGEST_QUOTE), line.locator)


def outline(lines: list[Line], topics: Mapping[str, TopicWords]) -> Outline:
    """The outline, where short lines that name one of ``topics`` are headings too."""
    known = [words.headings for words in topics.values() if words.headings]
    return outline_of(lines, lambda title: any(pattern.search(title) for pattern in known))


def held_sections(document: Outline, topics: Mapping[str, TopicWords]) -> Iterator[Section]:
    """How much there is of each of ``topics``."""
    only_headings = _says_nothing(document)
    for name, words in topics.items():
        section = _section(document, name, words)
        yield _bared(section, document, words) if only_headings else section


def understood(document: Outline, topics: Mapping[str, TopicWords]) -> float:
    """The share of the text of which we know what it is about, from 0 to 1; slogans and closing clauses are known.

    Where it is small, what was not found may be there in other words.
    """
    heads = [words.headings for words in topics.values() if words.headings]
    named = {block.start for block in document.blocks if any(pattern.search(block.title) for pattern in heads)}
    telling = (line for at, line in enumerate(document.lines) if at not in named)
    every = (sentence for line in telling for sentence in sentences(line.packed) if len(sentence) > _SHORT)
    total = known = sum(len(document.lines[at].packed) for at in named)
    for sentence in every:
        total += len(sentence)
        known += len(sentence) if _is_known(sentence, topics) else 0
    return known / total if total else 1.0


def _is_known(text: str, topics: Mapping[str, TopicWords]) -> bool:
    if WORDS.idle.search(text) or WORDS.title.search(text):
        return True
    return any(pattern.search(text) for words in topics.values() for pattern in _telling(words))


def _telling(words: TopicWords) -> Iterator[Pattern]:
    """The patterns that tell what a sentence is about; hints don't."""
    given = (words.says, words.strong, words.kind, words.deeds, *words.marks.values())
    return (pattern for pattern in given if pattern)


def _says_nothing(document: Outline) -> bool:
    """Whether there are headings only, with no sentences but those of a title."""
    said = sum(1 for line in document.lines if "。" in line.text or len(line.packed) >= _SENTENCE or line.is_row)
    titled = sum(1 for block in document.blocks if block.title) + len(document.contents)
    return said < _FEW_SENTENCES and titled >= _MANY_HEADINGS


def _bared(section: Section, document: Outline, words: TopicWords) -> Section:
    heads = [document.lines[block.start] for block in document.blocks if block.title] + document.contents
    named = (quote(line.text, line) for line in heads if words.headings and words.headings.search(line.packed))
    first = next(named, None)
    return replace(section, held=Held.BARE, quotes=(first,)) if first else replace(section, held=Held.ABSENT)


def _section(document: Outline, name: str, words: TopicWords) -> Section:
    if words.kind and words.deeds:
        found = list(_dealt_with(document, words.kind, words.deeds))
        if found:
            return Section(name, Held.HELD, tuple(found[:MOST_QUOTES]))
    titled = [
        block for block in document.blocks if block.title and words.headings and words.headings.search(block.title)
    ]
    below = [block for block in titled if document.substance(block) >= words.least]
    of_title = [block for block in below if _is_title(block)]
    own = _held_below(document, name, words, [block for block in below if block not in of_title])
    said = own or _said(document, name, words)
    if said is None or said.held is not Held.HELD:
        said = _held_below(document, name, words, of_title) or said
    return said or _touched(document, name, words, titled, below)


def _held_below(document: Outline, name: str, words: TopicWords, blocks: list[Block]) -> Section | None:
    """What stands below the first of the headings that speaks of the matter."""
    spoken = (found for block in blocks if (found := _spoken(document, block, words.about, words.unless)))
    first = next(spoken, None)
    return Section(name, Held.HELD, tuple(first[:MOST_QUOTES])) if first else None


def _is_title(block: Block) -> bool:
    """Whether a heading is the title of the whole document; what stands below it may be about anything."""
    return block.start <= 1 and WORDS.title.search(block.title) is not None


def _spoken(document: Outline, block: Block, about: Pattern | None, unless: Pattern | None = None) -> list[Quote]:
    """The heading and the first sentences below it that speak of the matter."""
    head = document.lines[block.start]
    body = [replace(head, packed=block.rest), *document.body(block)]
    fitting = (
        (line, about.search(line.packed) if about else None)
        for line in body
        if line.packed and not (unless and unless.search(line.packed))
    )
    told = [quote(sentence_at(line.packed, at.start() if at else 0), line) for line, at in fitting if at or not about]
    return [quote(block.title, head), *told] if told else []


def _said(document: Outline, name: str, words: TopicWords) -> Section | None:
    """What sentences say wherever they stand."""
    if words.strong and (first := next(_sentences(document.lines, words.strong), None)):
        return Section(name, Held.HELD, (first,))
    for pattern in words.marks.values():
        different = {
            found[0]: quote(sentence_at(line.packed, found.start()), line)
            for line, found in _marks(document.lines, pattern)
        }
        if len(different) >= words.enough:
            return Section(name, Held.HELD, tuple(different.values())[:MOST_QUOTES])
    if words.says is None:
        return None
    enough = 1 if words.marks else words.enough
    said: dict[str, Quote] = {}
    for line, found in _marks(document.lines, words.says):
        sentence = sentence_at(line.packed, found.start())
        if (words.must is None or words.must.search(sentence)) and not (words.unless and words.unless.search(sentence)):
            said.setdefault(found[0], quote(sentence, line))
        if len(said) >= max(enough, _MOST_SAID):
            break
    quotes = tuple(dict.fromkeys(said.values()))[:MOST_QUOTES]
    return Section(name, Held.HELD if len(said) >= enough else Held.THIN, quotes) if said else None


def _touched(document: Outline, name: str, words: TopicWords, titled: list[Block], below: list[Block]) -> Section:
    """Only a heading, or only words that might be about it."""
    own = {block.start for block in titled}
    rest = [line for at, line in enumerate(document.lines) if at not in own]
    hints = tuple(islice(_sentences(rest, words.hints), MOST_QUOTES))
    heads = tuple(quote(block.title, document.lines[block.start]) for block in titled[:MOST_QUOTES])
    if hints or below or any(block.rest or document.substance(block) for block in titled):
        return Section(name, Held.THIN, (*heads, *hints)[:MOST_QUOTES])
    return Section(name, Held.BARE if titled else Held.ABSENT, heads)


def _sentences(lines: Iterable[Line], pattern: Pattern) -> Iterator[Quote]:
    """The sentences that a pattern is found in, each once."""
    seen = set()
    for line in lines:
        for found in pattern.finditer(line.packed):
            sentence = sentence_at(line.packed, found.start())
            if sentence not in seen:
                seen.add(sentence)
                yield quote(sentence, line)


def _marks(lines: list[Line], pattern: Pattern) -> Iterator[tuple[Line, re.Match[str]]]:
    return ((line, found) for line in lines for found in pattern.finditer(line.packed))


def _dealt_with(document: Outline, kind: Pattern, deeds: Pattern) -> Iterator[Quote]:
    """Sentences that name an incident and what is done about it, there or below."""
    for block in document.blocks:
        if block.title and kind.search(block.title) and not WORDS.defining.search(block.title):
            yield from islice(_spoken(document, block, deeds), MOST_QUOTES)
    for at, line in enumerate(document.lines):
        named = kind.search(line.packed)
        if named is None:
            continue
        sentence = sentence_at(line.packed, named.start())
        if deeds.search(line.packed[named.start() :]) and not WORDS.defining.search(sentence):
            yield quote(line.packed[max(0, named.start() - 30) :], line)
        elif line.packed.endswith((":", ",")) and (done := _next_deed(document.lines[at + 1 : at + 1 + _NEAR], deeds)):
            yield quote(sentence, line)
            yield done


def _next_deed(lines: list[Line], deeds: Pattern) -> Quote | None:
    found = ((line, deeds.search(line.packed)) for line in lines)
    return next((quote(sentence_at(line.packed, at.start()), line) for line, at in found if at), None)
