"""A rehearsed restore: how much of the last crawl is in the newest copies."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import BackupCopy, Crawl, Evidence, Gap, PageRecord, Reason, Status
from xuncha.testing import FakeFiles, FakeNet, earlier, evidence, judge
from xuncha_plugins.backup.facts import CopiesSeen, Rehearsal
from xuncha_plugins.backup.pages import Wanted, located
from xuncha_plugins.backup.rehearsing import RehearsalParams, restore_rehearsed
from xuncha_plugins.backup.restore_check import restore_rehearsed as rehearsed
from xuncha_plugins.backup.titles import TitleSearch

HOME = "http://www.a.gov.example/"
CRAWLED = datetime(2026, 11, 1, 4, tzinfo=UTC)


def html(title):
    return f"<html><head><title>{title}_区民政局</title></head><body>{title}</body></html>".encode()


TITLES = [f"关于开展第{number}次社会救助走访的通知" for number in range(19)]
SITE = {"index.html": html("首页")} | {f"tzgg/2026/{n}.html": html(title) for n, title in enumerate(TITLES)}
IN_TAR = {f"./srv/www/html/{name}": body for name, body in SITE.items()}


def record(url, body, title, **more):
    seen = PageRecord(
        url, url, 1, 200, "text/html", len(body), 0.1, f"{title}_区民政局", hashlib.sha256(body).hexdigest()
    )
    return replace(seen, **more)


def crawl(*extra, base=HOME, end=""):
    pages = [record(base, SITE["index.html"], "首页")]
    pages += [record(f"{base}tzgg/2026/{n}.html{end}", html(title), title) for n, title in enumerate(TITLES)]
    return Crawl(base, (*pages, *extra), (), 20 + len(extra), complete=True)


@pytest.fixture
def rehearse(read):
    """The rehearsal of these copies against a crawl, and its outcome."""

    def run(files, last=None, params=None, *, copies=(), scanned=True, programs=None):
        fact, seen = read(files, *copies, programs=programs)
        past = earlier(*([(CRAWLED, last or crawl())] if scanned else []))
        net = FakeNet(programs=programs)
        found = asyncio.run(restore_rehearsed(fact, seen, FakeFiles(files), net, params or RehearsalParams(), past))
        return found, judge(rehearsed, fact, seen, found)

    return run


def without(files, *names):
    return {name: body for name, body in files.items() if not name.endswith(names)}


def test_a_whole_backup_holds_every_page_and_the_note_says_so(rehearse, tar):
    found, outcome = rehearse({"web.tar": tar(IN_TAR)})
    assert (found.files.sought, found.files.found, found.files.equal) == (20, 20, 20)
    assert (outcome.status, outcome.notes[0].params["share"].value) == (Status.PASS, 1)


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zst"])
def test_so_does_a_compressed_one(rehearse, tar, packed, ending):
    assert rehearse({f"web.tar.{ending}": packed[ending](tar(IN_TAR))})[0].either == 20


def test_so_does_a_zip_with_the_names_of_windows(rehearse, zipped):
    found, _ = rehearse(
        {"web.zip": zipped({name.removeprefix("./").replace("/", "\\"): body for name, body in IN_TAR.items()})}
    )
    assert found.either == 20


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_chinese_are_read_as_windows_wrote_them(rehearse, zipped, encoding):
    folder, bodies = "政策".encode(encoding), [b"x%d" % number for number in range(5)]
    stand_in = "Z" * len(folder)
    body = zipped({f"{stand_in}/{number}.html": one for number, one in enumerate(bodies)})
    address = f"{HOME}%E6%94%BF%E7%AD%96/"
    pages = tuple(record(f"{address}{number}.html", one, "") for number, one in enumerate(bodies))
    files = {"web.zip": body.replace(stand_in.encode(), folder)}
    found, _ = rehearse(files, Crawl(HOME, pages, (), 5, complete=True))
    assert found.files.equal == 5


def test_what_is_missing_is_told_with_its_share(rehearse, tar):
    found, outcome = rehearse({"web.tar": tar(without(IN_TAR, "2026/3.html", "2026/7.html"))})
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "some-missing")
    assert outcome.findings[0].params["share"].value == 0.9
    assert found.missing == (f"{HOME}tzgg/2026/3.html", f"{HOME}tzgg/2026/7.html")
    assert "tzgg/2026/3.html" in outcome.findings[0].excerpt


def test_a_backup_without_most_pages_is_a_failure(rehearse, tar):
    few = {name: body for name, body in IN_TAR.items() if "/1.html" in name or "index" in name}
    _, outcome = rehearse({"web.tar": tar(few)})
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "most-missing")


def test_nothing_found_is_a_question_and_no_accusation(rehearse, tar):
    _, outcome = rehearse({"web.tar": tar({"app/main.jar": b"PK", "app/logo.svg": b"<svg/>"})})
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "nothing-found")


def test_pages_that_changed_since_are_found_and_not_equal(rehearse, tar):
    changed = IN_TAR | {"./srv/www/html/index.html": b"<title>old</title>"}
    found, outcome = rehearse({"web.tar": tar(changed)})
    assert (found.files.found, found.files.equal, outcome.status) == (20, 19, Status.PASS)


def test_pages_that_came_after_the_copy_are_not_asked_for(rehearse, tar):
    later = record(f"{HOME}tzgg/20261115/1.html", b"x", "关于冬季供暖补贴发放安排的公告")
    found, _ = rehearse({"web.tar": tar(IN_TAR)}, crawl(later))
    assert (found.newer, found.pages, found.either) == (1, 20, 20)


def test_frames_notices_errors_and_other_hosts_are_not_asked_for(rehearse, tar):
    others = [
        record(f"{HOME}f.html", b"x", "甲", part_of=HOME),
        record(f"{HOME}g.html", b"x", "乙", status=404),
        record(f"{HOME}h.html", b"x", "丙", marks=("soft-404:title-zh",)),
        record("http://b.gov.example/i.html", b"x", "丁"),
        record(f"{HOME}j.pdf", b"x", "戊", media_type="application/pdf"),
    ]
    assert rehearse({"web.tar": tar(IN_TAR)}, crawl(*others))[0].pages == 20


def test_a_site_below_a_path_is_found_under_its_folder(rehearse, tar):
    found, _ = rehearse({"web.tar": tar(IN_TAR)}, crawl(base="http://www.b.gov.example/mzj/"))
    assert found.either == 20


def test_generated_pages_are_found_by_their_titles_in_a_dump(rehearse, packed):
    rows = ",".join(f"({number},'{title}','正文')" for number, title in enumerate(TITLES[:18]))
    dump = f"-- MySQL dump 10.13\nINSERT INTO `article` VALUES {rows};\n-- Dump completed on 2026-10-31  3:00:12\n"
    found, outcome = rehearse({"db.sql.gz": packed["gz"](dump.encode())}, crawl(end="?id=1"))
    assert (found.dump.sought, found.dump.found, found.files.sought) == (19, 18, 0)
    assert {note.key for note in outcome.notes} == {"in-backup", "in-dump", "unasked"}
    assert outcome.findings[0].params["share"].value == 18 / 19


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_so_they_are_where_the_addresses_look_like_files(rehearse, encoding):
    rows = "".join(f"{number}\t{title}\t正文\n" for number, title in enumerate(TITLES))
    dump = f"--\n-- PostgreSQL database dump\n--\nCOPY a FROM stdin;\n{rows}\\.\n-- PostgreSQL database dump complete\n"
    found, outcome = rehearse({"db.sql": dump.encode(encoding)})
    assert (found.pages, found.either, outcome.status) == (19, 19, Status.PASS)


def test_files_and_dump_are_taken_together(rehearse, tar):
    rows = "".join(f"{number}\t{title}\n" for number, title in enumerate(TITLES[10:]))
    dump = f"-- PostgreSQL database dump\n{rows}\n-- PostgreSQL database dump complete\n"
    part = {name: body for name, body in IN_TAR.items() if not any(f"/{n}.html" in name for n in range(10, 19))}
    found, _ = rehearse({"web.tar": tar(part), "db.sql": dump})
    assert (found.files.found, found.dump.found, found.either) == (11, 9, 20)


def test_separators_within_a_title_do_no_harm(rehearse):
    years = [record(f"{HOME}a.jsp?id={n}", b"", f"关于{n}-{n + 1}学年招生工作的公告") for n in range(2010, 2020)]
    rows = "\n".join(f"关于{n}-{n + 1}学年招生工作的公告" for n in range(2010, 2020))
    last = Crawl(HOME, tuple(years), (), 10, complete=True)
    found, _ = rehearse(
        {"db.sql": f"-- PostgreSQL database dump\n{rows}\n-- PostgreSQL database dump complete\n"}, last
    )
    assert (found.dump.sought, found.dump.found) == (10, 10)


def test_what_an_installer_left_behind_is_no_database_of_the_site(rehearse, tar):
    more = [record(f"{HOME}show.jsp?id={n}", b"", f"关于第{n}批救助对象名单的公示") for n in range(5)]
    found, outcome = rehearse({"web.tar": tar(IN_TAR | {"install.sql": b"CREATE TABLE a (id int);"})}, crawl(*more))
    assert (found.pages, found.either, found.unasked, outcome.status) == (20, 20, 5, Status.PASS)
    assert "unasked" in {note.key for note in outcome.notes}


def test_where_most_pages_could_not_be_looked_for_nothing_is_said(rehearse, tar):
    more = [record(f"{HOME}show.jsp?id={n}", b"", "详情") for n in range(30)]
    outcome = rehearse({"web.tar": tar(IN_TAR)}, crawl(*more))[1]
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.LOW_COVERAGE)


def test_a_list_of_links_does_not_stand_for_what_it_links_to():
    search = TitleSearch([Wanted("u", (), "", (TITLES[0],))])
    search.see(f"'<li><a href=1.html>{TITLES[0]}</a></li>'".encode())
    search.end()
    assert not search.found


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_titles_are_found_however_the_bytes_come(sizes):
    search = TitleSearch([Wanted(title, (), "", (title,)) for title in TITLES])
    body, at = "\t".join(TITLES).encode(), 0
    for size in sizes:
        search.see(body[at : at + size])
        at += size
    search.see(body[at:])
    search.end()
    assert search.found == set(TITLES)


def test_names_that_lead_out_and_links_are_refused(rehearse, tar):
    hostile = {"../../evil.html": b"x", "a/../../b.html": b"x", "C:/c.html": b"x"}
    found, _ = rehearse({"web.tar": tar(IN_TAR | hostile, {"srv/www/html/passwd.html": "/etc/passwd"})})
    assert (found.refused, found.either) == (4, 20)


def test_links_between_pages_are_pages(rehearse, tar):
    links = {"srv/www/html/tzgg/2026/3.html": "./4.html", "srv/www/html/tzgg/2026/5.html": "../../index.html"}
    found, _ = rehearse({"web.tar": tar(without(IN_TAR, "2026/3.html", "2026/5.html"), links)})
    assert (found.refused, found.files.found, found.files.equal) == (0, 20, 18)


def test_a_page_larger_than_any_is_refused(rehearse, tar):
    found, _ = rehearse({"web.tar": tar(IN_TAR | {"big.html": bytes(9_000_000)})})
    assert (found.refused, found.either) == (1, 20)


def test_a_bomb_ends_the_rehearsal_and_not_the_check(rehearse, tar, packed):
    bomb = packed["gz"](tar({f"{number}.html": b"x" * 400_000 for number in range(50)}))
    found, outcome = rehearse({"web.tar.gz": bomb}, params=RehearsalParams(gigabytes=0.001))
    assert found.unread == (("web.tar.gz", Reason.DOCUMENT_TOO_LARGE),)
    assert outcome.status is Status.INCONCLUSIVE


def test_of_several_copies_of_a_kind_only_the_newest_is_tried(rehearse, tar):
    files = {"web-1.tar": tar(IN_TAR, day=date(2026, 10, 1)), "web-2.tar": tar(without(IN_TAR, "3.html"))}
    found, _ = rehearse(files)
    assert (found.tried, found.either) == (("web-2.tar",), 18)


def test_what_could_not_be_unpacked_is_said(rehearse, tar):
    found, outcome = rehearse(
        {"web.tar": tar(IN_TAR), "db.gpg": b"\x85"},
        copies=(BackupCopy("web.tar", "网页"), BackupCopy("db.gpg", "数据库")),
    )
    assert found.unread == (("db.gpg", Reason.DOCUMENT_ENCRYPTED),)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.DOCUMENT_ENCRYPTED)


def test_without_a_scan_there_is_nothing_to_compare_with(rehearse, tar):
    _, outcome = rehearse({"web.tar": tar(IN_TAR)}, scanned=False)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NOT_SCANNED_YET)


def test_nor_is_there_with_a_picture_in_place_of_a_backup(rehearse):
    _, outcome = rehearse({"shot.png": b"\x89PNG\r\n"})
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NO_EVIDENCE)


def test_a_crawl_of_a_single_page_says_nothing(rehearse, tar):
    last = Crawl(HOME, crawl().pages[:1], (), 1, complete=True)
    assert rehearse({"web.tar": tar(IN_TAR)}, last)[1].reason.code is Reason.TOO_FEW_PAGES


def test_deadline_and_mistakes_are_as_everywhere():
    late = evidence(due=date(2026, 11, 1))
    assert judge(rehearsed, late, CopiesSeen(), Rehearsal()).findings[0].key == "not-handed-in"
    broken = judge(rehearsed, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE)), CopiesSeen(), Rehearsal())
    assert broken.status is Status.INCONCLUSIVE


def test_the_root_is_where_most_pages_are():
    pages = [Wanted(name, (name,), "") for name in ("index.html", "a/1.html", "a/2.html")]
    files = dict.fromkeys(["old/index.html", "www/index.html", "www/a/1.html", "www/a/2.html", "old/a/1.html"], "")
    assert located(pages, files) == {name: f"www/{name}" for name in ("index.html", "a/1.html", "a/2.html")}
