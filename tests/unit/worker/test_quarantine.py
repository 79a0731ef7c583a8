from xuncha.model.reasons import Reason
from xuncha.worker import quarantine


def test_nothing_is_set_aside_at_first(tmp_path):
    assert quarantine.read(tmp_path) == {}


def test_each_call_is_kept_with_its_reason(tmp_path):
    quarantine.add(tmp_path / "site", "demo.one", Reason.DEADLINE)
    quarantine.add(tmp_path / "site", "demo.two", Reason.WORKER_KILLED)
    assert quarantine.read(tmp_path / "site") == {"demo.one": Reason.DEADLINE, "demo.two": Reason.WORKER_KILLED}


def test_the_latest_reason_counts(tmp_path):
    quarantine.add(tmp_path, "demo.one", Reason.DEADLINE)
    quarantine.add(tmp_path, "demo.one", Reason.WORKER_KILLED)
    assert quarantine.read(tmp_path) == {"demo.one": Reason.WORKER_KILLED}


def test_nothing_half_written_is_left(tmp_path):
    quarantine.add(tmp_path, "demo.one", Reason.DEADLINE)
    assert [path.name for path in tmp_path.iterdir()] == ["quarantine.json"]
