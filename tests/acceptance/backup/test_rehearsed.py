"""A restore, rehearsed: by the programs that made the copy; and end to end, from a crawl of the lab to the outcome."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from xuncha import runs
from xuncha.api import Crawl, PageRecord, Status
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.evidence.verifying import only_evidence
from xuncha.lab.content import resources
from xuncha.lab.district import CLEAN
from xuncha.lab.lab import Lab
from xuncha.lab.pace import at_full_speed
from xuncha.plan import Surroundings
from xuncha.profile import Pattern
from xuncha.store.result import build_result
from xuncha.testing import FakeFiles, earlier, judge
from xuncha_plugins.backup.rehearsing import RehearsalParams, restore_rehearsed
from xuncha_plugins.backup.restore_check import restore_rehearsed as rehearsed

pytestmark = pytest.mark.acceptance
HOME = "http://www.a.gov.example/"


@pytest.fixture(scope="module")
def crawled(site, titles):
    """The crawl of the site before a page was added that no copy has."""

    def record(path, title, body):
        return PageRecord(
            HOME + path, HOME + path, 1, 200, "text/html", len(body), 0.1, title, hashlib.sha256(body).hexdigest()
        )

    pages = [record("", "区民政局", (site / "index.html").read_bytes()), record("new.html", "区民政局", b"new")]
    for number, title in enumerate(titles):
        path = f"tzgg/2026/{number}.html"
        pages.append(record(path, f"{title}_区民政局", (site / path).read_bytes()))
    return Crawl(HOME, tuple(pages), (), len(pages), complete=True)


@pytest.fixture
def rehearse(look, programs, crawled):
    """The rehearsal with a copy, and its outcome."""

    def run(path, password=""):
        fact, seen = look(path, password=password)
        files = FakeFiles({path.name: path} | ({"pw": password} if password else {}))
        past = earlier((datetime(2026, 11, 1, tzinfo=UTC), crawled))
        found = asyncio.run(restore_rehearsed(fact, seen, files, programs, RehearsalParams(), past))
        return found, judge(rehearsed, fact, seen, found)

    return run


@pytest.fixture(
    params=[
        ["tar", "-czf", "{}/a.tgz", "www"],
        ["zip", "-qr", "{}/a.zip", "www"],
        ["7z", "a", "-bd", "{}/a.7z", "www"],
    ],
    ids=["tar", "zip", "7z"],
)
def archived(request, shell, site, tmp_path):
    shell(*(word.format(tmp_path) for word in request.param), cwd=site.parent)
    return next(tmp_path.glob("a.*"))


def test_the_pages_of_an_archive_are_found_and_equal(rehearse, archived):
    found, outcome = rehearse(archived)
    assert (found.files.sought, found.files.found, found.files.equal) == (42, 41, 41)
    assert outcome.status is Status.PASS


@pytest.mark.parametrize("program", ["restic", "borg"])
def test_so_are_those_of_a_repository(rehearse, restic, borg, program):
    found, outcome = rehearse(restic if program == "restic" else borg("repokey"), "secret")
    assert (found.files.found, found.files.equal, found.unread) == (41, 41, ())
    assert outcome.status is Status.PASS


@pytest.mark.parametrize(
    "words", [("pg_dump", "-d", "portal"), ("pg_dump", "-d", "portal", "-Fc")], ids=["plain", "custom"]
)
def test_generated_pages_are_found_in_what_pg_dump_wrote(rehearse, postgres, tmp_path, words):
    (tmp_path / "db.dump").write_bytes(postgres(*words))
    found, _ = rehearse(tmp_path / "db.dump")
    assert (found.dump.sought, found.dump.found) == (40, 40)


def test_and_in_what_mysqldump_wrote(rehearse, mariadb, tmp_path):
    (tmp_path / "db.sql").write_bytes(mariadb("mysqldump", "portal"))
    found, _ = rehearse(tmp_path / "db.sql")
    assert (found.dump.sought, found.dump.found) == (40, 40)


# End to end


@pytest.fixture(scope="module")
def verified(shell, known, tmp_path_factory):
    """A lab site is crawled; a copy of it without one page is packed, handed in and verified. The outcomes."""
    folder = tmp_path_factory.mktemp("verified")
    with Lab([CLEAN]) as lab:
        (site,) = lab.sites
        around = {
            "nameservers": (lab.nameserver,),
            "open_addresses": ("127.0.0.0/8", "::1/128"),
            "ca_file": str(lab.ca_file),
        }
        profile = at_full_speed(load_profile("notice", roots()))
        profile = replace(profile, budgets=replace(profile.budgets, pages=40))
        carried_out(folder, only(profile, "links.empty"), site, known, Surroundings(clock=lab.now, **around))
        packed_without_a_page(lab._hosted[CLEAN.host].setting, folder, shell)
    handed = folder / "evidence" / site.id
    (handed / "evidence.yaml").write_text("backup: {copies: [{path: web.tar.gz, holds: 网页}]}")
    offline = Surroundings(evidence=str(folder / "evidence"))
    return carried_out(folder, only_evidence(profile, known), site, known, offline, offline=True)


def only(profile, check):
    return replace(profile, include=(Pattern(check, profile.include[0].place),))


def carried_out(folder, profile, site, known, around, **more):
    request = runs.Request(profile, load_framework("notice", roots()), (site,), around, **more)
    bundle, plan = runs.start(folder / "runs", request, known)
    assert runs.carry_out(bundle, plan, 1, 1, lambda _progress: None).state == "finished"
    return {one.check: one for one in build_result(bundle).sites[0].outcomes}


def packed_without_a_page(setting, folder, shell):
    handed = folder / "evidence" / CLEAN.id
    handed.mkdir(parents=True)
    pages = {path: one for path, one in resources(setting).items() if one.status == 200 and "?" not in path}
    lost = next(
        path for path, one in pages.items() if "html" in one.media_type and path.count("/") > 2 and path[-1] != "/"
    )
    for path, one in pages.items():
        name = folder / "html" / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
        if path != lost:
            name.parent.mkdir(parents=True, exist_ok=True)
            name.write_bytes(one.body)
    shell("tar", "-czf", handed / "web.tar.gz", "html", cwd=folder)


def test_a_scan_and_a_copy_without_one_page_end_in_the_share(verified):
    outcome = verified["backup.restore-rehearsed"]
    told = {note.key: note for note in outcome.notes}
    figures = {name: value.value for name, value in told["in-backup"].params.items()}
    assert figures["pages"] - figures["found"] == 1
    assert 0.97 < figures["share"] < 1
    assert told["as-files"].params["equal"].value > 0.9


def test_the_copy_is_whole_and_recent_all_the_same(verified):
    statuses = {check: one.status for check, one in verified.items() if check.startswith("backup.")}
    assert statuses["backup.copies-intact"] is Status.PASS
    assert statuses["backup.copies-recent"] in (Status.PASS, Status.FAIL)
    assert statuses["backup.policy"] is Status.NOT_RUN
