"""The command line as people use it, and as they misuse it."""

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

pytestmark = pytest.mark.acceptance

HOST, PAGES = "www.example.gov.cn", 40
SCHEMA = Path(__file__).parents[2] / "scanner/xuncha/store/result.schema.json"


@pytest.fixture(scope="module")
def sites(web, names, private_address):
    """Two names on a private address of this machine."""
    links = "".join(f'<a href="/{number}.html">第 {number} 页</a>' for number in range(PAGES))
    server = web({"/": links} | {f"/{number}.html": "<p>正文</p>" for number in range(PAGES)}, private_address)
    names.table |= dict.fromkeys((HOST, f"b.{HOST}"), (private_address,))
    urls = {"甲局": f"http://{HOST}:{server.port}/", "乙局": f"http://b.{HOST}:{server.port}/"}
    return SimpleNamespace(urls=urls, address=private_address, nameserver=names.address)


@pytest.fixture(scope="module")
def scanned(workspace, xuncha, sites):
    """A workspace with one finished run."""
    folder = workspace(sites.nameserver, sites.address, sites.urls)
    done = xuncha(folder, "scan", "--jobs", "2")
    return SimpleNamespace(folder=folder, done=done, run=next((folder / "runs").iterdir()))


def lines_without_traces(done):
    """What was said; a traceback is never for users."""
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    return said


# A scan and what follows it


def test_a_scan_of_the_workspace_tells_results_and_the_next_command(scanned):
    said = lines_without_traces(scanned.done)
    assert scanned.done.returncode in {0, 1, 3}
    assert "甲局" in scanned.done.stdout
    assert "乙局" in scanned.done.stdout
    assert f"xuncha report {scanned.run.name}" in said


def test_every_planned_pair_ended_in_one_outcome(scanned):
    plan = json.loads((scanned.run / "plan.json").read_text())
    planned = sorted((site["number"], check["check"]) for site in plan["sites"] for check in site["checks"])
    settled = [
        (int(path.parent.name[:5]), outcome["check"])
        for path in scanned.run.glob("sites/*/outcomes.json")
        for outcome in json.loads(path.read_text())["outcomes"]
    ]
    assert sorted(settled) == planned


def test_what_is_stored_is_for_the_owner_only(scanned):
    modes = {path.stat().st_mode & 0o077 for path in scanned.run.rglob("*")}
    assert modes == {0}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reports_are_rendered_in_both_languages(scanned, xuncha, tmp_path, lang):
    formats = ("--format", "html,json,console", "--lang", lang, "-o", str(tmp_path))
    done = xuncha(scanned.folder, "report", scanned.run.name, *formats)
    assert done.returncode == 0
    assert ("不适用" in done.stdout) == (lang == "zh")
    written = {path.suffix: path.read_text() for path in tmp_path.glob("xuncha-*.*")}
    jsonschema.validate(json.loads(written[".json"]), json.loads(SCHEMA.read_text()))
    assert ("<html lang=" in written[".html"], "<script" in written[".html"]) == (True, False)
    chinese = len(re.findall("[一-鿿]", written[".html"]))
    latin = len(re.findall("[a-z]{3}", re.sub("<[^>]*>", "", written[".html"])))
    assert (chinese > latin) == (lang == "zh")


def test_verify_notices_one_changed_byte(scanned, xuncha):
    assert xuncha(scanned.folder, "run", "verify").returncode == 0
    path = next(scanned.run.glob("sites/*/outcomes.json"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"pass"', b'"Pass"', 1))
    done = xuncha(scanned.folder, "run", "verify")
    path.write_bytes(data)
    assert done.returncode != 0
    assert str(path.relative_to(scanned.run)) in done.stdout


def test_the_rebuilt_index_equals_the_one_that_grew(scanned, xuncha):
    database = scanned.folder / "xuncha.db"
    grown = content(database)
    database.unlink()
    assert xuncha(scanned.folder, "db", "rebuild").returncode == 0
    assert content(database) == grown
    assert sum(len(rows) for rows in grown.values()) > 50


def content(database):
    with sqlite3.connect(database) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        found = {name: sorted(map(repr, connection.execute(f"select * from {name}"))) for name in tables}
    connection.close()
    return found


def test_checks_are_listed_with_everything_a_program_wants(xuncha, tmp_path):
    listed = json.loads(xuncha(tmp_path, "check", "list", "--format", "json").stdout)
    assert {check["plugin"] for check in listed} >= {"availability", "links", "icp", "tls"}
    for check in listed:
        assert set(check) >= {"id", "plugin", "version", "severity", "requires", "title", "remediation", "messages"}
        assert all(check["title"][lang] and check["rationale"][lang] for lang in ("zh", "en"))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_costs_little(xuncha, tmp_path, arguments):
    """Less than a third of a second on a machine of today; compared with Python's own start, to be fair to old ones."""
    bare = min(cpu_of([sys.executable, "-c", "import json, http.client, pathlib"]) for _ in range(3))
    command = [sys.executable, "-c", "from xuncha.cli import main; main()", *arguments]
    assert min(cpu_of(command) for _ in range(3)) < max(0.3, 6 * bare)


def cpu_of(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# Mistakes


def not_one(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))


def a_text(path):
    path.write_text("网站名称,网址\n甲局,http://a.example/\n")


def another_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


def half_of_one(path):
    another_archive(path)
    path.write_bytes(path.read_bytes()[:60])


@pytest.mark.parametrize("make", [not_one, a_text, another_archive, half_of_one])
def test_an_xlsx_that_is_not_one_is_named_with_what_to_do(xuncha, used, make):
    make(used / "sites.xlsx")
    done = xuncha(used, "scan", "sites.xlsx")
    said = lines_without_traces(done)
    assert done.returncode == 2
    assert "sites.xlsx" in said
    assert re.search("另存|CSV|Excel|WPS", said)


def test_a_profile_that_does_not_exist_gets_the_nearest_name(xuncha, used):
    done = xuncha(used, "scan", "http://a.example/", "--profile", "notcie")
    assert (done.returncode, "notice" in lines_without_traces(done)) == (2, True)


@pytest.mark.parametrize(
    ("typo", "place", "hint"),
    [
        ("budgets:\n  pagse: {value: 3, basis: tool}\n", "own.yaml:4:", "pages"),
        ("budgets:\n  pages: {value: viele, basis: tool}\n", "own.yaml:4:", "pages"),
        ("exclude: [links.emtpy]\n", "own.yaml:3:11", "links.empty"),
        ("params:\n  tls.key-strength:\n    rsa_bit: {value: 9, basis: tool}\n", "own.yaml:5:", "rsa_bits"),
        ("  budgets: [\n", "own.yaml:3:", ""),
    ],
)
def test_a_typo_in_a_profile_is_shown_where_it_is(xuncha, used, typo, place, hint):
    (used / "own.yaml").write_text(f"title: {{zh: 甲, en: A}}\nextends: notice\n{typo}")
    done = xuncha(used, "scan", "http://a.example/", "--profile", "own.yaml")
    said = lines_without_traces(done)
    assert done.returncode == 2
    assert place in said
    assert hint in said


# Interruptions


@pytest.fixture
def slow(workspace, sites):
    """A workspace whose scan takes some seconds."""
    return workspace(sites.nameserver, sites.address, sites.urls, pace=10)


def pages_journaled(folder):
    return sum(path.stat().st_size for path in folder.glob("runs/*/sites/*/journal"))


def under_way(folder, process, enough=4_000):
    """Wait until the scan has something to lose, however slow the machine is: it ends some time."""
    while pages_journaled(folder) <= enough:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def test_a_second_run_in_the_workspace_is_refused_and_the_first_goes_on(slow, xuncha):
    first = xuncha(slow, "scan", "--jobs", "1", start=subprocess.Popen)
    under_way(slow, first)
    second = xuncha(slow, "scan")
    said, _ = first.communicate(timeout=120)
    assert second.returncode not in {0, 130}
    assert str(first.pid) in lines_without_traces(second)
    assert (first.returncode in {0, 1, 3}, "甲局" in said) == (True, True)
    assert len(list((slow / "runs").iterdir())) == 1


def test_ctrl_c_leaves_a_run_that_can_be_read_and_resumed(slow, xuncha, scanned):
    process = xuncha(slow, "scan", "--jobs", "1", start=subprocess.Popen, start_new_session=True)
    under_way(slow, process)
    os.killpg(process.pid, signal.SIGINT)
    said = "".join(process.communicate(timeout=60))
    (run,) = (slow / "runs").iterdir()
    assert (process.returncode, "Traceback" in said) == (130, False)
    assert f"xuncha run resume {run.name}" in said
    assert xuncha(slow, "run", "show", run.name).returncode == 0
    resumed = xuncha(slow, "run", "resume", run.name)
    assert resumed.returncode == scanned.done.returncode, lines_without_traces(resumed)
    assert statuses(run) == statuses(scanned.run)


def statuses(run):
    return {
        (path.parent.name, outcome["check"]): outcome["status"]
        for path in run.glob("sites/*/outcomes.json")
        for outcome in json.loads(path.read_text())["outcomes"]
        if outcome["check"] != "availability.response-time"
    }


def test_no_process_is_left_after_ctrl_c(slow, xuncha, killing):
    process = xuncha(slow, "scan", "--jobs", "1", start=subprocess.Popen, start_new_session=True)
    under_way(slow, process)
    workers = killing.descendants(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert workers
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


FULL_DISK = """
mount -t tmpfs -o size=16m tmpfs "$1" && cp -r "$2/." "$1" && cd "$1" && rm -r runs xuncha.db || exit 99
head -c 100m /dev/zero > filler 2>/dev/null
truncate -s -$3 filler
shift 3
"$@" scan; echo "scan $?"
rm filler
if [ -n "$(ls runs)" ]; then "$@" run show >/dev/null && "$@" run resume; else "$@" scan; fi
echo "resume $?"
"$@" run verify; echo "verify $?"
"""


@pytest.mark.parametrize(("left", "told"), [("60K", 2), ("980K", 130)], ids=["before it began", "under way"])
def test_a_full_disk_ends_the_run_readably_and_resumably(scanned, xuncha, program, tmp_path, left, told):
    unshare = program("unshare")
    if subprocess.run([unshare, "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("impossible here: no file system may be mounted")
    before = (unshare, "--mount", "bash", "-c", FULL_DISK, "-", str(tmp_path), str(scanned.folder), left)
    said = lines_without_traces(xuncha(scanned.folder, before=before))
    assert "磁盘空间不足" in said
    assert f"scan {told}" in said
    assert f"resume {scanned.done.returncode}\nverify 0" in said
