"""Debian's documentation behind nginx, over HTTP and HTTPS: what is said of it, held against curl and openssl."""

import json
import os
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

import xuncha_reports.console
from xuncha.model.outcome import Status
from xuncha.store.result import to_json

pytestmark = pytest.mark.acceptance

GUIDE = Path("/usr/share/doc/maint-guide-zh-cn/html")
HANDBOOK = Path("/usr/share/doc/debian-handbook/html/zh-CN")
DAYS = 10
TLS_SCAN = "xuncha_plugins.tls.facts.TlsScan"
ADDRESS = "127.83.0.1"
PLAIN, SECURE = "guide.example.gov.cn", "handbook.example.gov.cn"
HARMED = {
    PLAIN: {"/advanced.zh-cn.html": 404, "/upload.zh-cn.html": 410, "/images/next.png": 404},
    SECURE: {"/apt.html": 404, "/sect.apt-cache.html": 404, "/Common_Content/css/print.css": 404},
}
"""What nginx is told to have lost; the documentation itself has no broken link."""
KEPT = os.environ.get("XUNCHA_KEEP")
"""A folder for the console summary and for one outcome of each status."""


@pytest.fixture(scope="module")
def certificate(program, tmp_path_factory):
    """A root of our own and what it signed for ten days."""
    folder = tmp_path_factory.mktemp("ca")
    (folder / "names.txt").write_text(f"subjectAltName=DNS:{SECURE}\nextendedKeyUsage=serverAuth\n")
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Root -addext keyUsage=keyCertSign",
        f"req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN={SECURE}",
        f"x509 -req -in leaf.csr -CA root.pem -CAkey root.key -days {DAYS} -extfile names.txt -out leaf.pem",
    ):
        subprocess.run([program("openssl"), *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def served(nginx, certificate):
    """Both sites; with their URLs."""
    if not (GUIDE.is_dir() and HANDBOOK.is_dir()):
        pytest.skip("debian-handbook or maint-guide-zh-cn is not installed")
    plain, redirecting, secure = (_port() for _ in range(3))
    log = nginx(
        _server(PLAIN, f"listen {ADDRESS}:{plain};", GUIDE, "index.zh-cn.html")
        + _server(SECURE, f"listen {ADDRESS}:{secure} ssl;{_tls(certificate)}", HANDBOOK, "index.html")
        + f"server {{ listen {ADDRESS}:{redirecting}; return 301 https://{SECURE}:{secure}$request_uri; }}\n"
    )
    urls = (f"http://{PLAIN}:{plain}/", f"https://{SECURE}:{secure}/", f"http://{SECURE}:{redirecting}/")
    return SimpleNamespace(plain=urls[0], secure=urls[1], redirecting=urls[2], ca=certificate / "root.pem", log=log)


def _port():
    with socket.create_server((ADDRESS, 0)) as one:
        return one.getsockname()[1]


def _tls(folder):
    return f"ssl_certificate {folder}/leaf.pem; ssl_certificate_key {folder}/leaf.key; ssl_protocols TLSv1.2 TLSv1.3;"


def _server(name, listen, root, index):
    lost = "".join(f"location = {path} {{ return {status}; }}\n" for path, status in HARMED[name].items())
    return f"server {{ server_name {name}; {listen}\nroot {root}; index {index};\n{lost}}}\n"


@pytest.fixture(scope="module")
def curl(served, program):
    """Status of a URL, as curl has it."""

    def ask(url):
        parts = urlsplit(url)
        resolve = ("--resolve", f"{parts.hostname}:{parts.port}:{ADDRESS}", "--cacert", str(served.ca))
        command = [program("curl"), "-s", "-o", os.devnull, "-w", "%{http_code}", "--noproxy", "*", *resolve, url]
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    return ask


@pytest.fixture(scope="module")
def told(served, curl, scanned_once, department):
    assert curl(served.plain) == curl(served.secure) == 200
    sites = (
        department("guide", served.plain, name="指南局", connect_to=ADDRESS),
        department("handbook", served.secure, served.redirecting, name="手册局", connect_to=ADDRESS),
    )
    told = scanned_once(*sites, ca_file=str(served.ca))
    _keep(told)
    return told


def _keep(told):
    """For whoever wants to read what the program says of real sites."""
    if KEPT:
        Path(KEPT, "accept-summary.txt").write_bytes(xuncha_reports.console.render(told.result, "zh"))
        outcomes = [outcome for site in to_json(told.result)["sites"] for outcome in site["outcomes"]]
        first = {status: next((one for one in outcomes if one["status"] == status), None) for status in Status}
        Path(KEPT, "accept-statuses.json").write_text(json.dumps(first, ensure_ascii=False, indent=1))


def reported(told, site):
    """The targets that are said to be broken."""
    checks = ("links.broken-internal", "links.broken-asset", "links.broken-attachment")
    found = [one for check in checks for one in told.outcome(site, check).findings]
    return {next(value.value for value in one.message.params.values() if value.kind == "url") for one in found}


def linked(base):
    """Every target of the documentation on its own site, as another parser finds them."""
    root, index = (GUIDE, "index.zh-cn.html") if PLAIN in base else (HANDBOOK, "index.html")
    waiting, seen = [base], set()
    while waiting:
        url = waiting.pop()
        path = unquote(urlsplit(url).path).lstrip("/") or index
        if url in seen:
            continue
        seen.add(url)
        if path.endswith(".html") and (root / path).is_file() and f"/{path}" not in HARMED[urlsplit(url).hostname]:
            nodes = LexborHTMLParser((root / path).read_bytes()).css("[href], [src]")
            values = (node.attributes.get("href") or node.attributes.get("src") or "" for node in nodes)
            targets = (urldefrag(urljoin(url, value))[0] for value in values)
            waiting += [target for target in targets if target.startswith(base)]
    return seen


def test_both_homes_open(told):
    assert {told.status(site, "availability.home-opens") for site in ("guide", "handbook")} == {"pass"}


@pytest.mark.parametrize("site", ["guide", "handbook"])
def test_exactly_what_curl_cannot_fetch_is_reported_as_broken(told, served, curl, site):
    base = served.plain if site == "guide" else served.secure
    targets = linked(base)
    assert len(targets) > 12
    broken = {url for url in targets if curl(url) in {404, 410}}
    assert len(broken) == 3
    assert reported(told, site) == broken


def test_every_page_that_nginx_served_was_fetched_once(told, served):
    lines = [line.split('"') for line in served.log.read_text().splitlines()]
    ours = [part[1] for part in lines if "Xuncha" in part[5] and part[1].startswith("GET") and " 200 " in part[2]]
    pages = [line for line in ours if ".html" in line]
    assert len(pages) > 120
    assert len(pages) == len(set(pages))


def test_a_site_without_https_is_told_so(told):
    assert told.status("guide", "tls.https-offered") in {"fail", "warn"}
    assert told.status("handbook", "tls.https-offered") == "pass"


def test_a_redirect_to_https_is_seen(told):
    assert told.status("handbook", "tls.http-redirects") == "pass"


def test_the_certificate_is_trusted_through_the_extra_root(told):
    assert told.status("handbook", "tls.certificate-valid") == "pass"
    assert told.status("handbook", "tls.name-matches") == "pass"


def test_the_day_on_which_the_certificate_ends_is_that_of_openssl(told, certificate, program):
    command = [program("openssl"), "x509", "-in", "leaf.pem", "-noout", "-enddate"]
    said = subprocess.run(command, cwd=certificate, capture_output=True, text=True, check=True).stdout
    ends = datetime.strptime(said.strip(), "notAfter=%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)
    (scan,) = [endpoint for fact in told.facts(TLS_SCAN) for endpoint in fact["endpoints"] if endpoint["deployments"]]
    assert datetime.fromisoformat(scan["deployments"][0]["chain"][0]["not_after"]) == ends


def test_protocols_are_those_that_openssl_reaches(told, served, program):
    assert told.status("handbook", "tls.protocols") == "pass"
    where = ["-connect", f"{ADDRESS}:{urlsplit(served.secure).port}", "-servername", SECURE]
    for version, spoken in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
        command = [program("openssl"), "s_client", *where, version, "-CAfile", str(served.ca)]
        done = subprocess.run(command, input=b"", capture_output=True, check=False)
        assert (b"Verify return code: 0" in done.stdout and done.returncode == 0) == spoken


@pytest.mark.parametrize("site", ["guide", "handbook"])
@pytest.mark.parametrize("check", ["icp.filing-shown", "icp.police-shown"])
def test_documentation_shows_no_filing_numbers(told, site, check):
    assert told.status(site, check) == "fail"


def test_nothing_is_an_error_and_every_planned_pair_has_one_outcome(told):
    pairs = [(site.id, outcome.check) for site in told.result.sites for outcome in site.outcomes]
    assert len(pairs) == len(set(pairs))
    assert not [one for site in told.result.sites for one in site.outcomes if one.status is Status.ERROR]
