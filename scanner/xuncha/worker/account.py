"""What a site has cost so far. Budgets are the site's and not a process's, so a resumed run goes on from here."""

import time
from collections import Counter
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

from xuncha.net.guard import Spent
from xuncha.store.errors import StoreError
from xuncha.worker.journal import Journal, Record

SPENT = "spent"
_BY_ASKER = "by_asker"
_NAMES = tuple(field.name for field in fields(Spent) if field.name != _BY_ASKER)


class Account:
    """Of one site, over every worker that inspected it; kept in the site's journal.

    ``spent`` is counted up by the guard, ``carried`` is how much of it earlier workers spent, and ``seconds_before``
    how long they took.
    """

    def __init__(self, journal: Journal) -> None:
        record = journal.last("event", SPENT)
        head = record.head if record else {}
        self.spent = Spent(**{name: int(head.get(name, 0)) for name in _NAMES}, by_asker=Counter(head.get(_BY_ASKER)))
        self.carried = replace(self.spent)
        self.seconds_before = float(head.get("seconds", 0.0))
        self._journal = journal
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the site has been under inspection; the time between two workers is not counted."""
        return self.seconds_before + time.monotonic() - self._begun

    def note(self) -> None:
        """Write down what is spent: before a request is sent, and when its answer has come."""
        head: dict[str, Any] = {name: getattr(self.spent, name) for name in _NAMES}
        head[_BY_ASKER] = dict(self.spent.by_asker)
        with suppress(StoreError):  # a full disk is told by whoever writes down what was found
            self._journal.append(Record("event", SPENT, {**head, "seconds": round(self.seconds, 3)}))
