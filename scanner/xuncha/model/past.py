"""What earlier runs found of the same site, for probes that compare over time or add up over several runs."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Earlier(NamedTuple, Generic[T]):
    """A fact as an earlier run stored it (masked, like everything stored), and the moment at which that run ended."""

    finished: datetime
    fact: T


class Past(Generic[T]):
    """Facts of one type that earlier runs stored of the same site, newest first; each is read when it is reached.

    A run without the fact (a gap, another profile, a form that no longer fits, a damaged file) is left out. How far
    back it goes is bounded (see ``xuncha.earlier``): a probe with a longer memory carries it on in its own fact. That
    fact is stored, so that a run can be judged again without the runs before it.
    """

    def __init__(self, source: Iterable[Earlier[T]] = ()) -> None:
        self._source = source

    def __iter__(self) -> Iterator[Earlier[T]]:
        return iter(self._source)
