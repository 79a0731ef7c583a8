"""What lies open behind a real nginx: a git repository, a dump, settings, a listing; and what only looks so."""

import socket
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from xuncha.model.site import Authorisation, Mode

pytestmark = pytest.mark.acceptance

ADDRESS = "127.83.0.9"
OPEN, GUARDED, APPLICATION, SHUT = (f"{name}.example.gov.cn" for name in ("open", "guarded", "application", "shut"))
EXPOSURES = "xuncha_plugins.exposure.probes.Exposures"
SECRET = "S3cret-of-the-test"
PAGE = "<!DOCTYPE html><title>{0}</title><h1>{0}</h1><p>" + "政务公开 " * 80 + '</p><a href="/zwgk/1.html">要闻</a>'
BUDGET = 500


@pytest.fixture(scope="module")
def root(program, tmp_path_factory):
    """A web root with everything in it that should not be there."""
    folder = tmp_path_factory.mktemp("root")
    (folder / "zwgk").mkdir()
    (folder / "attachments").mkdir()
    (folder / "index.html").write_text(PAGE.format("示例局"))
    (folder / "zwgk" / "1.html").write_text(PAGE.format("要闻").replace("/zwgk/1.html", "/attachments/list.xls"))
    (folder / "attachments" / "list.xls").write_bytes(bytes(100))
    (folder / ".env").write_text(f"APP_KEY=base64:{SECRET}\nAPP_DEBUG=false\nDB_HOST=10.1.2.3\nDB_PASSWORD={SECRET}\n")
    for words in ("init -q", "add index.html", "-c user.name=a -c user.email=a@b.example commit -q -m first"):
        subprocess.run([program("git"), *words.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def served(nginx, root):
    """Four sites on one web root; the access log."""
    with socket.create_server((ADDRESS, 0)) as one:
        port = one.getsockname()[1]
    application = root.parent / "application"
    application.mkdir(exist_ok=True)
    (application / "index.html").write_text(PAGE.format("单页应用").replace("<a href", '<div id="app"></div><a href'))
    log = nginx(
        _server(OPEN, port, root, "location /attachments/ { autoindex on; }")
        + _server(GUARDED, port, root, r"location ~ /\. { deny all; }")
        + _server(APPLICATION, port, application, "location / { try_files $uri /index.html; }")
        + _server(SHUT, port, root, "location = /zwgk/1.html { } location / { return 403; }")
    )
    return SimpleNamespace(port=port, log=log)


def _server(name, port, folder, more):
    return f"server {{ server_name {name}; listen {ADDRESS}:{port}; root {folder}; index index.html; {more} }}\n"


@pytest.fixture(scope="module")
def told(served, names, scanned_once, department):
    hosts = (OPEN, GUARDED, APPLICATION, SHUT)
    names.table.update(dict.fromkeys(hosts, (ADDRESS,)))
    paper = Authorisation("a", "示例函〔2026〕1号", "示例区政府办公室", domains=hosts, modes=(Mode.PASSIVE, Mode.PROBE))
    sites = (department(host, f"http://{host}:{served.port}/", authorisation=paper) for host in hosts)
    return scanned_once(*sites, nameservers=(names.address,))


@pytest.mark.parametrize("family", ["version-control", "configuration", "listings"])
def test_what_lies_open_is_found(told, family):
    assert told.status(OPEN, f"exposure.{family}") == "fail"


@pytest.mark.parametrize("family", ["backups", "keys", "consoles", "debug", "uploads", "cms", "default-pages"])
def test_what_does_not_is_not(told, family):
    assert told.status(OPEN, f"exposure.{family}") == "pass"


@pytest.mark.parametrize("family", ["version-control", "configuration", "backups", "keys", "listings", "consoles"])
def test_guarded_files_are_not_open(told, family):
    assert told.status(GUARDED, f"exposure.{family}") == "pass"


@pytest.mark.parametrize("family", ["version-control", "backups", "configuration", "keys", "consoles"])
def test_of_an_application_that_answers_every_address_nothing_is_said(told, family):
    check = f"exposure.{family}"
    assert (told.status(APPLICATION, check), told.reason(APPLICATION, check)) == ("inconclusive", "answers-everything")


def test_of_a_site_that_forbids_everything_nothing_is_said(told):
    assert told.status(SHUT, "exposure.keys") == "inconclusive"


def test_the_budget_is_kept(told):
    assert all(0 < fact["requests"] <= BUDGET for fact in told.facts(EXPOSURES))


def test_the_log_knows_nothing_but_reads(told, served):
    requests = {line.split('"')[1].split(" ")[0] for line in served.log.read_text().splitlines()}
    assert told.result.sites
    assert requests <= {"GET", "HEAD"}


def test_nothing_of_the_secret_is_kept(told):
    assert SECRET not in repr(told.facts(EXPOSURES))
    assert [
        path for path in Path(told.bundle.folder).rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()
    ] == []


def test_without_a_paper_nothing_is_asked(served, names, inspect, department):
    names.table[OPEN] = (ADDRESS,)
    before = served.log.read_text().count("/.git/HEAD")
    site = replace(department("plain", f"http://{OPEN}:{served.port}/"), authorisation=None)
    told = inspect(site, nameservers=(names.address,))
    assert told.reason("plain", "exposure.version-control") == "not-authorised"
    assert served.log.read_text().count("/.git/HEAD") == before
