"""Runs page probes: each sees every page of the crawl and ends in a fact or a gap."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from xuncha.declare import made_with
from xuncha.errors import CallTimeoutError
from xuncha.gather.probes import BoundProbe, checked
from xuncha.judge import Watch, describe, unwatched
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.page import Page

_T = TypeVar("_T")


class PageGatherer:
    """One page probe on one site. After a failure it sees no more pages: its fact is a gap.

    ``set_aside`` says why it is shown nothing at all: it took a worker down before.
    """

    def __init__(
        self,
        probe: BoundProbe,
        given: Mapping[type, object],
        watch: Watch = unwatched,
        set_aside: Reason | None = None,
    ) -> None:
        self.spec = probe.spec
        self._watch = watch
        self._failure: Gap | None = None
        self._state: Any = None
        if set_aside is not None:
            self._failure = Gap(Reason.QUARANTINED, detail=f"{self.spec.name}: {set_aside}")
        else:
            self._state = self._attempt(lambda: probe.spec.function(**_arguments(probe, given)))

    def visit(self, page: Page) -> None:
        """Show the probe one page."""
        if self._failure is None:
            self._attempt(lambda: self._state.visit(page))

    def conclude(self) -> object:
        """The fact, or the gap that says why there is none."""
        found = None if self._failure else self._attempt(self._state.conclude)
        return self._failure or checked(self.spec, found)

    def _attempt(self, call: Callable[[], _T]) -> _T | None:
        try:
            with self._watch(self.spec.name):
                return call()
        except CallTimeoutError:
            self._failure = Gap(Reason.BROKE_CONTRACT, detail=f"{self.spec.name} did not come back in time")
        except MemoryError as error:
            self._failure = Gap(Reason.MEMORY, detail=describe(error))
        except Exception as error:  # noqa: BLE001 - whatever a plugin raises ends in a named gap
            self._failure = Gap(Reason.RAISED, detail=describe(error))
        return None


def _arguments(probe: BoundProbe, given: Mapping[type, object]) -> dict[str, object]:
    wanted = made_with(probe.spec.function)
    return {name: given.get(kind, probe.params) for name, kind in wanted.items()}
