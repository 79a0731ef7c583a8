"""Compares what was found with what is true, and counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench.extractors import Aim
from bench.manifest import CLEAN, Values

FOUND = frozenset(("fail", "warn", "manual"))
"""Statuses that say something against a page."""


_GRAVEST = ("fail", "warn", "manual", "error", "inconclusive", "not_run", "not_applicable", "pass")


def gravest(statuses: Sequence[str]) -> str:
    """What several checks come to: what one of them finds, else what keeps one of them from telling."""
    return min(statuses, key=_GRAVEST.index)


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that the program did not meet."""

    what: str
    file: str
    expected: str
    got: str


@dataclass(slots=True)
class Score:
    """Of one extractor or check: pages ``labelled`` and ``right``; values ``found``, ``wrong`` and ``missed``."""

    labelled: int = 0
    right: int = 0
    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """None where nothing was found."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else None

    @property
    def recall(self) -> float | None:
        """None where there was nothing to find."""
        return self.found / (self.found + self.missed) if self.found + self.missed else None

    def meets(self, aim: Aim) -> bool:
        """Whether nothing that could be measured falls short."""
        pairs = ((self.precision, aim.precision), (self.recall, aim.recall))
        return all(value is None or value >= wanted for value, wanted in pairs)


@dataclass(slots=True)
class Results:
    """Scores by what was measured, in the order of first use, and every miss."""

    scores: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def compare(self, what: str, file: str, expected: Values, got: Values) -> None:
        """Count one label: each true value is found or missed, each other value is wrong."""
        score = self._score(what)
        score.found += len(expected & got)
        score.missed += len(expected - got)
        score.wrong += len(got - expected)
        if expected == got:
            score.right += 1
        else:
            self._miss(what, file, _shown(expected), _shown(got))

    def compare_status(self, check: str, file: str, expected: str, got: str) -> None:
        """Count one expected status; "" where the check only has to find something, ``CLEAN`` where nothing."""
        score = self._score(check)
        due, said = expected == "" or expected in FOUND, got in FOUND
        right = said == due if expected in ("", CLEAN) else got == expected
        score.found += due and said and right
        score.missed += due and not (said and right)
        score.wrong += said and not (due and right)
        score.right += right
        if not right:
            self._miss(check, file, expected or "finds something", got)

    def _score(self, what: str) -> Score:
        score = self.scores.setdefault(what, Score())
        score.labelled += 1
        return score

    def _miss(self, what: str, file: str, expected: str, got: str) -> None:
        self.misses.append(Miss(what, file, expected, got))


def _shown(values: Values) -> str:
    return ", ".join(sorted(values)) or "none"


def table(scores: Mapping[str, Score], aims: Mapping[str, Aim]) -> Iterator[str]:
    """The scores, one line each; an aim that is missed is marked."""
    width = max([len("what"), *map(len, scores)]) + 2
    yield f"{'what':{width}}labelled  right  wrong  missed  precision  recall"
    for what, score in scores.items():
        counts = f"{score.labelled:8}{score.right:7}{score.wrong:7}{score.missed:8}"
        shares = _share(score.precision, 11) + _share(score.recall, 8)
        yield f"{what:{width}}{counts}{shares}{_aim(score, aims.get(what))}"


def _share(value: float | None, width: int) -> str:
    return f"{'-' if value is None else f'{value:.3f}':>{width}}"


def _aim(score: Score, aim: Aim | None) -> str:
    if aim is None:
        return ""
    return f"  {'reaches' if score.meets(aim) else 'BELOW'} the aim {aim.precision:g} / {aim.recall:g}"


def told(misses: Sequence[Miss]) -> Iterator[str]:
    """Every miss, grouped by what was measured."""
    for what in dict.fromkeys(miss.what for miss in misses):
        yield f"\n{what}:"
        for miss in misses:
            if miss.what == what:
                yield f"  {miss.file}: expected {miss.expected}, got {miss.got}"
