"""Laws of the design that only whole runs, or the whole source, can show."""

import ast
import gzip
import json
import subprocess
import sys
from dataclasses import fields, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import entry_points
from pathlib import Path
from threading import Thread

import pytest
import zstandard

import xuncha
from xuncha.config.library import names, roots
from xuncha.config.profiles import load_profile
from xuncha.lab.records import authorisation
from xuncha.lab.spec import LabSite
from xuncha.model.basis import BasisKind
from xuncha.model.evidence import Piece
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.profile import Budgets
from xuncha.registry import discover
from xuncha.store.result import build_result

CORE = Path(xuncha.__file__).parent
BUILT_IN = [ref.name for ref in discover() if ref.distribution == "xuncha"]

# Law 3: checks do no I/O.


@pytest.fixture(scope="module")
def purity(inspected):
    script = Path(__file__).with_name("purity.py")
    done = subprocess.run([sys.executable, str(script), str(inspected.folder)], capture_output=True, check=True)
    return json.loads(done.stdout)


def test_no_check_opens_a_file_a_socket_or_a_process(purity):
    assert purity["tried"] == []


def test_every_check_was_really_called(purity, known):
    checks = {entry.id for entry in known.checks if entry.plugin in BUILT_IN}
    assert checks - purity["called"].keys() == set()


# Law 5: passive checks need no paper; nothing else goes out without one.

CODE = """
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from xuncha.api import *
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
@dataclass(frozen=True, slots=True)
class Backup:
    status: int
@probe(provides=Backup, mode="probe", requests=1)
async def backup(site: Site, net: Net) -> Backup:
    return Backup((await net.fetch(site.home + "backup-of-the-site.zip")).status)
@check("spy.backup")
def one(backup: Backup) -> Iterator[object]:
    yield from ()
"""
TEXTS = """
plugin:
  title: {zh: 备份, en: backup}
  version: "1"
checks:
  spy.backup:
    severity: high
    requires: probe
    title: {zh: 备份, en: backup}
    rationale: {zh: 因此, en: because}
    remediation: [{role: developer, zh: 改, en: mend}]
"""


def asked(lab, path):
    return sum(path in seen.path for seen in lab.requests)


def spied(plugin, scan_sites, site):
    plugin("spy", CODE, TEXTS)
    (outcome,) = scan_sites([site], ("spy.*",)).read_outcomes(0)
    return outcome.status, outcome.reason and outcome.reason.code


def test_without_a_paper_a_probe_is_not_run_and_its_request_not_sent(lab, plugin, scan_sites):
    before = asked(lab, "backup-of-the-site.zip")
    assert spied(plugin, scan_sites, lab.site("portal")) == (Status.NOT_RUN, Reason.NOT_AUTHORISED)
    assert asked(lab, "backup-of-the-site.zip") == before


def test_with_a_paper_that_names_the_site_it_is(lab, plugin, scan_sites):
    paper = authorisation([LabSite("x", "x", "www.shili.gov.example", "x", 1)], lab.now)
    before = asked(lab, "backup-of-the-site.zip")
    assert spied(plugin, scan_sites, replace(lab.site("portal"), authorisation=paper)) == (Status.PASS, None)
    assert asked(lab, "backup-of-the-site.zip") == before + 1


def test_without_a_paper_the_built_in_probe_makes_no_connection(lab, scan_sites):
    before = lab.connections
    (outcome,) = scan_sites([lab.site("audit")], ("tls.known-vulnerabilities",)).read_outcomes(0)
    assert (outcome.status, lab.connections) == (Status.NOT_RUN, before)


# Law 6: the core names no plugin.

ABOUT_BUILT_INS = set((CORE / "lab" / "faults").glob("*.py"))
"""The lab's tables of faults say which check must find each: they are statements about the built-in plugins."""


def literals(path):
    """String literals of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_bytes())
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.value, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


@pytest.fixture(scope="module")
def names_a_plugin(known):
    """Whether a text names a check or a part of a plugin.

    Some pieces of evidence are called like the check that asks for them; a name with a dot may also be a file
    (``evidence.yaml``) or a module.
    """
    checks = {entry.id for entry in known.checks} - {*Piece}
    parts = tuple(f"{name}.*" for name in BUILT_IN)
    return lambda text: "xuncha_plugins" in text or text in checks or text.startswith(parts)


@pytest.mark.parametrize("suffix", [".py", ".yaml"])
def test_no_file_of_the_core_names_a_built_in_plugin(suffix, names_a_plugin):
    paths = [path for path in sorted(CORE.rglob(f"*{suffix}")) if path not in ABOUT_BUILT_INS]
    named = [
        f"{path.relative_to(CORE)}:{line}: {text}"
        for path in paths
        for text, line in (literals(path) if suffix == ".py" else yaml_words(path))
        if names_a_plugin(text)
    ]
    assert named == []


def yaml_words(path):
    lines = enumerate(path.read_text().splitlines(), 1)
    return [(word.strip("\"'[]{},:"), number) for number, line in lines for word in line.split()]


def test_the_search_for_names_finds_them(tmp_path, names_a_plugin):
    (tmp_path / "x.py").write_text('"""tls.hsts in a docstring."""\nX = {"tls.hsts": 1}\n')
    assert [text for text, _line in literals(tmp_path / "x.py") if names_a_plugin(text)] == ["tls.hsts"]


def test_no_file_of_the_core_imports_a_built_in_plugin():
    assert [path for path in CORE.rglob("*.py") if "import xuncha_plugins" in path.read_text()] == []


# Law 10: a stored run renders in both languages without the plugins that made it.

WITHOUT_PLUGINS = """
import importlib.metadata as metadata, sys
from importlib.abc import MetaPathFinder
from pathlib import Path
class Gone(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "xuncha_plugins":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Gone())
real = metadata.entry_points
metadata.entry_points = lambda **wanted: () if wanted.get("group") == "xuncha.plugins" else real(**wanted)
from xuncha.registry import discover
assert not discover()
from xuncha.store.bundle import Bundle
from xuncha.store.result import build_result
result = build_result(Bundle.open(Path(sys.argv[1])))
for entry in metadata.entry_points(group="xuncha.reports"):
    if entry.name == "pdf":  # the HTML on paper, which takes long
        continue
    for lang in ("zh", "en"):
        form = entry.load()
        parts = form.parts(result, lang) if hasattr(form, "parts") else [("", form.render(result, lang))]
        for name, body in parts:
            (Path(sys.argv[2]) / f"{entry.name}.{lang}.{name.replace('/', '.')}").write_bytes(body)
"""


def test_a_stored_run_renders_without_its_plugins_as_with_them(inspected, tmp_path):
    subprocess.run([sys.executable, "-c", WITHOUT_PLUGINS, str(inspected.folder), str(tmp_path)], check=True)
    result = build_result(inspected)
    formats = {entry.name: entry.load() for entry in entry_points(group="xuncha.reports") if entry.name != "pdf"}
    with_them = {
        f"{name}.{lang}.{part.replace('/', '.')}": body
        for name, form in formats.items()
        for lang in ("zh", "en")
        for part, body in (form.parts(result, lang) if hasattr(form, "parts") else [("", form.render(result, lang))])
    }
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == with_them


# Law 11: personal data and secrets are masked when captured; a page with a state-secret mark is not archived.

RESIDENT_ID = "11010519491231002X"
MOBILE = "13800138000"
SECRET = "某某工作安排草案"
PAGES = {
    "/": f"<title>公示 {MOBILE}</title><p>张三 {RESIDENT_ID} 电话 {MOBILE}</p><!-- {RESIDENT_ID} -->"
    f"<a href='/person?id={RESIDENT_ID}'>张三 {RESIDENT_ID}</a><a href='/marked.html'>材料</a>"
    f"<a href='/gone.html'>{MOBILE}</a><a href=''>{RESIDENT_ID}</a><img src='/{RESIDENT_ID}.jpg' alt='{MOBILE}'>",
    "/person": f"<title>{RESIDENT_ID}</title><p>{MOBILE}</p><a href='/also-gone.html'>{RESIDENT_ID}</a>",
    "/marked.html": f"<title>{SECRET}</title><p>机密★5年</p><p>{SECRET}</p><a href='/below.html'>{SECRET}</a>"
    f"<a href='/empty.html'></a><a href=''>{SECRET}</a>",
    "/below.html": f"<p>{SECRET}</p>",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGES.get(self.path.partition("?")[0])
        self.send_response(200 if body else 404)
        data = (body or f"<p>没有 {MOBILE}</p>").encode()
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(data)))
        self.send_header("x-clerk", RESIDENT_ID)
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else data)
        self.server.asked.append(self.path)

    def do_HEAD(self):
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.asked = []
        thread = Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def _kept():
    return {}


@pytest.fixture
def leaking(server, scan_sites, _kept):
    """The bundle of a run over the server's pages."""
    if "bundle" not in _kept:
        site = Site("leaking", "示例", (f"http://127.0.0.1:{server.server_port}/",))
        _kept["bundle"] = scan_sites([site], ("availability.*", "links.*", "icp.*"))
    return _kept["bundle"]


def content(bundle):
    """Every file of a bundle, unpacked."""
    unpack = {
        ".zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
        ".gz": gzip.decompress,
    }
    paths = [path for path in bundle.folder.rglob("*") if path.is_file()]
    return {path.name: unpack.get(path.suffix, bytes)(path.read_bytes()) for path in paths}


@pytest.mark.parametrize("personal", [RESIDENT_ID, MOBILE])
def test_personal_data_leaves_no_trace_in_any_file(leaking, personal):
    assert [name for name, data in content(leaking).items() if personal.encode() in data] == []


def test_the_pages_that_held_it_were_seen_and_kept(leaking):
    files = content(leaking)
    assert "张三".encode() in files["captures.warc.gz"]
    assert b"110105" in files["captures.warc.gz"]


def test_a_page_with_a_secret_mark_leaves_url_time_and_hash_and_no_word(leaking):
    assert [name for name, data in content(leaking).items() if SECRET.encode() in data] == []
    record = next(value for name, value in leaking.read_facts(0) if name == "crawl.page" and "marked" in value["url"])
    assert (record["problem"], record["title"], len(record["sha256"])) == ("state-secret-mark", "", 64)
    assert record["fetched_at"]


def test_the_crawl_leaves_what_lies_below_such_a_page(leaking, server):
    assert "/marked.html" in server.asked
    assert "/below.html" not in server.asked


def test_no_journal_outlives_the_run(leaking):
    assert leaking.verify() == []
    assert "journal" not in content(leaking)


# Law 12: every number in a profile has a basis.


def has_number(value):
    if isinstance(value, list | tuple):
        return any(map(has_number, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


@pytest.mark.parametrize("name", names("profiles", roots()))
def test_every_number_of_a_profile_has_a_basis(name):
    profile = load_profile(name, roots())
    owners = {"budgets": profile.measures, **profile.params, **profile.probes}
    without = [
        (owner, key)
        for owner, settings in owners.items()
        for key, one in settings.items()
        if has_number(one.value) and (one.basis is None or one.basis.kind not in BasisKind)
    ]
    assert without == []


@pytest.mark.parametrize("name", names("profiles", roots()))
def test_every_budget_is_a_number_with_a_basis(name):
    assert {field.name for field in fields(Budgets)} <= load_profile(name, roots()).measures.keys()
