"""The report as PDF."""

import io
import sys
from dataclasses import replace
from functools import cache

import pytest
from pypdf import PdfReader

from xuncha_reports import pdf
from xuncha_reports.writing import in_memory


@cache
def read(body):
    return PdfReader(io.BytesIO(body))


def words(body):
    return "".join(page.extract_text() for page in read(body).pages)


@pytest.fixture(autouse=True, scope="module")
def layout():
    """WeasyPrint with the libraries that it needs of the system."""
    if missing := pdf.lacks():
        pytest.skip(missing.en)


@pytest.fixture(scope="module")
def printed(result):
    return pdf.render(result, "zh")


def test_it_says_what_the_report_says(printed):
    said = words(printed)
    assert "政务网站检查报告" in said
    assert "availability.levels-open" in said


def test_it_is_tagged_for_screen_readers_and_names_its_language(printed):
    root = read(printed).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "zh-CN")


def test_the_same_run_gives_the_same_bytes(result, printed):
    assert pdf.render(result, "zh") == printed


def test_of_several_sites_each_has_a_document(result, monkeypatch):
    monkeypatch.setattr(pdf, "printed", lambda page, run: f"{page}{run}".encode())
    (site,) = result.sites
    several = replace(result, sites=tuple(replace(site, number=at, name=f"局{at}") for at in range(2)))
    made = in_memory(pdf.writer, several, "zh")
    assert set(made) == {".pdf", "-sites/局0.pdf", "-sites/局1.pdf"}


def test_links_lead_to_the_web_or_within_it(printed):
    notes = [note.get_object() for page in read(printed).pages for note in page.get("/Annots", ())]
    actions = [note["/A"] for note in notes if "/A" in note]
    assert {action["/S"] for action in actions} <= {"/URI"}
    assert all(action["/URI"].startswith(("http://", "https://")) for action in actions)


@pytest.mark.parametrize("name", ["/JavaScript", "/EmbeddedFiles", "/OpenAction", "/AcroForm"])
def test_nothing_in_it_can_run(printed, name):
    root = read(printed).trailer["/Root"]
    assert name not in root
    assert name not in root.get("/Names", {})


def test_nothing_is_loaded_that_is_not_in_the_page(tmp_path):
    sheet = tmp_path / "a.css"
    sheet.write_text("body::after { content: 'loaded' }")
    page = f"<!doctype html><html lang=en><title>t</title><link rel=stylesheet href='{sheet.as_uri()}'><p>page</p>"
    assert words(pdf.printed(page, "run")).strip() == "page"


def test_without_weasyprint_it_says_how_to_get_it(monkeypatch):
    assert pdf.lacks() is None
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert "xuncha[pdf]" in pdf.lacks().zh
