"""What goes wrong with a run is told in both languages, with the file that it is about."""

import os

import pytest
import sqlalchemy as sa

from xuncha.store.bundle import Bundle
from xuncha.store.database import list_runs
from xuncha.store.disk import read_file
from xuncha.store.errors import StoreError
from xuncha.store.facts import read_facts, write_facts
from xuncha.store.warc import read_capture


def told(function, *arguments):
    with pytest.raises(StoreError) as caught:
        function(*arguments)
    return caught.value.lines("zh"), caught.value.lines("en")


def test_a_file_that_is_too_large(tmp_path):
    path = tmp_path / "run.json"
    path.write_bytes(b"12345")
    assert told(read_file, path, 4) == (
        [f"{path}：超过此类文件的上限 4 字节"],
        [f"{path}: is larger than the 4 bytes that such a file can have"],
    )


def test_facts_that_were_cut(tmp_path):
    path = tmp_path / "facts.jsonl.zst"
    write_facts(path, [("a", 1)])
    os.truncate(path, path.stat().st_size // 2)
    zh, en = told(lambda: list(read_facts(path)))
    assert (zh[0].startswith(f"{path}：文件已损坏"), en[0].startswith(f"{path}: ")) == (True, True)


def test_a_damaged_capture(tmp_path):
    path = tmp_path / "captures.warc.gz"
    path.write_bytes(b"\x1f\x8b junk")
    zh, en = told(read_capture, path, "warc:0:0")
    assert ("已损坏" in zh[0], "damaged" in en[0]) == (True, True)


def test_what_is_no_evidence_id(tmp_path):
    zh, en = told(read_capture, tmp_path, "x")
    assert ("不是取证记录编号" in zh[0], "is no capture" in en[0]) == (True, True)


def test_a_folder_that_is_no_run(tmp_path):
    zh, en = told(Bundle.open, tmp_path)
    assert ("不是检查记录" in zh[0], "is no run" in en[0]) == (True, True)


def test_a_url_that_is_none():
    assert told(list_runs, "somewhere")[0][0].startswith("somewhere：无法使用：写法有误")


@pytest.mark.parametrize(
    ("url", "zh", "en"),
    [
        ("postgresql://h/db", '请运行 pip install "xuncha[postgres]"', 'run pip install "xuncha[postgres]"'),
        ("mysql://h/db", "缺少该数据库的驱动", "its driver is missing"),
    ],
)
def test_a_database_without_its_driver_says_what_to_install(monkeypatch, url, zh, en):
    def missing(_url):
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(sa, "create_engine", missing)
    said = told(list_runs, url)
    assert (zh in said[0][0], en in said[1][0]) == (True, True)


def test_a_database_that_cannot_be_reached(monkeypatch):
    class Engine:
        def connect(self):
            raise sa.exc.OperationalError("SELECT 1", {}, Exception("connection failed: Connection refused"))

        def dispose(self):
            pass

    monkeypatch.setattr(sa, "create_engine", lambda _url: Engine())
    zh, en = told(list_runs, "postgresql://user@h/db")
    assert ("连接不上数据库" in zh[0], "cannot be reached" in en[0]) == (True, True)
