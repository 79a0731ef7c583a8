"""What stands on every page of a draft, and of what tells addresses."""

import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from xuncha.review.official import DRAFT
from xuncha_reports import console, csv, defectdojo, html, jsonl, junit, markdown, marks, pdf, sarif
from xuncha_reports import json as json_report
from xuncha_reports.writing import in_memory


@pytest.fixture(scope="module")
def draft(result):
    return replace(result, draft=DRAFT)


@pytest.fixture(scope="module")
def several(draft):
    (site,) = draft.sites
    return replace(draft, sites=tuple(replace(site, number=at, id=str(at), name=f"局{at}") for at in range(2)))


@pytest.mark.parametrize("form", [markdown, junit, sarif, defectdojo, console])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_draft_says_so_whatever_it_is_written_as(draft, result, form, lang):
    assert DRAFT.of(lang) in form.render(draft, lang).decode()
    assert DRAFT.of(lang) not in form.render(result, lang).decode()


def test_every_line_of_a_csv_says_that_it_is_a_draft(draft, result):
    lines = [line for line in csv.render(draft, "zh").decode("utf-8-sig").split("\r\n") if line]
    assert lines[0].endswith('"注意"')
    assert all(line.endswith(f'"{DRAFT.zh}"') for line in lines[1:])
    assert DRAFT.zh not in csv.render(result, "zh").decode()


def test_programs_are_told_of_a_draft(draft):
    whole, first = json.loads(json_report.render(draft, "zh")), jsonl.render(draft, "zh").splitlines()[0]
    assert whole["draft"] == json.loads(first)["draft"] == {"zh": DRAFT.zh, "en": DRAFT.en}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_head_of_every_page_of_html_that_is_printed_says_that_it_is_a_draft(several, lang):
    for page in in_memory(html.writer, several, lang).values():
        (rule,) = (line for line in page.decode().splitlines() if line.startswith("@media print { @page { @top"))
        assert f'content: "{DRAFT.of(lang)}"' in rule


def test_a_page_of_one_site_is_internal_and_the_overview_of_many_is_not(several):
    pages = in_memory(html.writer, several, "zh")
    assert {name for name, page in pages.items() if "注意保管" in page.decode()} == set(pages) - {".html"}


def test_a_report_that_is_no_draft_and_names_no_address_has_no_marks(several):
    pages = in_memory(html.writer, replace(several, draft=None), "zh")
    assert b'class="marks"' not in pages[".html"]


def test_every_page_of_pdf_has_the_marks_once(draft):
    if missing := pdf.lacks():
        pytest.skip(missing.en)
    for page in PdfReader(io.BytesIO(pdf.render(draft, "zh"))).pages[1:]:
        said = page.extract_text()
        assert said.count(DRAFT.zh) == 1
        assert "注意保管" in said


def test_a_mark_stays_within_the_string_of_its_style_sheet():
    assert marks.print_style(['a"b\\']).count(chr(34)) == 3
