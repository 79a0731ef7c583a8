"""What a site has cost is carried from worker to worker in its journal."""

from collections import Counter

import pytest

from xuncha.net.guard import Spent
from xuncha.store.errors import DiskFullError
from xuncha.worker.account import SPENT, Account
from xuncha.worker.journal import Journal


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


@pytest.fixture
def killed(path):
    """A worker spends something, notes it, and is gone; gives what the next one finds."""
    journals = []

    def work(**spent):
        journals.append(Journal(path))
        account = Account(journals[-1])
        for name, more in spent.items():
            setattr(account.spent, name, getattr(account.spent, name) + more)
        account.note()
        journals.append(Journal(path))
        return Account(journals[-1])

    yield work
    for journal in journals:
        journal.close()


def test_a_new_site_has_cost_nothing(killed):
    found = killed()
    assert (found.spent, found.carried) == (Spent(), Spent())


def test_what_was_noted_is_carried_on(killed):
    assert killed(requests=7, external=2, bytes=900).spent == Spent(requests=7, external=2, bytes=900)


def test_who_asked_is_carried_on_too(killed):
    killed(by_asker=Counter(crawl=3))
    assert killed(by_asker=Counter({"crawl": 2, "links.targets": 1})).spent.by_asker == {"crawl": 5, "links.targets": 1}


def test_it_adds_up_over_several_workers(killed):
    killed(requests=7)
    assert killed(requests=2).carried == Spent(requests=9)


def test_the_time_is_carried_on_too(killed, monkeypatch):
    monkeypatch.setattr("xuncha.worker.account.time.monotonic", iter([100.0, 130.0, 5000.0, 5001.0]).__next__)
    found = killed()
    assert (found.seconds_before, found.seconds) == (30.0, 31.0)


def test_a_full_disk_stops_no_request(killed, monkeypatch):
    account = killed(requests=1)

    def full(_record):
        raise DiskFullError("journal")

    monkeypatch.setattr(account._journal, "append", full)
    account.spent.requests += 1
    account.note()
    assert (account.spent.requests, account._journal.last("event", SPENT).head["requests"]) == (2, 1)


def test_accounts_do_not_look_like_pages_still_to_be_read(killed):
    assert killed(requests=3)._journal.unread == 0
