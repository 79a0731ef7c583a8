"""``xuncha selfcheck`` from the inventory to the comparison."""

import json
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xuncha.store.bundle import Bundle
from xuncha.store.result import build_result

FORM = "selfcheck-forms/部门自建网站自查表-全部部门.xlsx"


def fill(path, answers, by="张某某"):
    """Fill in the only website of a form."""
    book = openpyxl.load_workbook(path)
    cover = book.worksheets[0]
    cover["B3"], cover["B5"] = by, date(2026, 8, 3)
    for sheet in book.worksheets[1:]:
        for cell in [*sheet[2], *sheet[3]]:
            if cell.value in answers:
                sheet.cell(5, cell.column).value = answers[cell.value]
    book.save("back.xlsx")
    return "back.xlsx"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Prepare the workspace as ``make`` does, or as it did for the first test that asked."""
    kept = tmp_path_factory.mktemp("kept")

    def prepare(name, make):
        if (kept / name).exists():
            shutil.copytree(kept / name, ".", dirs_exist_ok=True)
        else:
            make()
            shutil.copytree(".", kept / name)

    return prepare


@pytest.fixture
def sent(xuncha, workspace, prepared):
    """A workspace with its forms made."""

    def make():
        assert xuncha("selfcheck", "template").code == 0

    prepared("sent", make)
    return workspace


@pytest.fixture
def taken(xuncha, sent, prepared):
    def make():
        assert xuncha("selfcheck", "import", fill(FORM, {"应急预案": "有", "网站是否正常发布": "是"})).code == 0

    prepared("taken", make)
    return sent


def test_a_form_for_each_department_and_one_for_all_in_both_formats(sent):
    assert len(list(Path("selfcheck-forms").iterdir())) == 4


def test_a_form_that_may_be_filled_in_is_not_overwritten(xuncha, sent):
    ran = xuncha("selfcheck", "template")
    assert ran.code == 2
    assert "--replace" in ran.err
    assert xuncha("selfcheck", "template", "--replace").code == 0


def test_an_unknown_format_is_named(xuncha, workspace):
    assert "pdf" in xuncha("selfcheck", "template", "--format", "pdf").err


def test_forms_are_made_of_any_inventory(xuncha, tmp_path):
    (tmp_path / "here" / "list.csv").write_text("网站名称,网址,责任部门\n甲,http://a.example/,甲局\n", encoding="utf-8")
    ran = xuncha("selfcheck", "template", "list.csv", "-o", "forms", "--format", "xlsx")
    assert ran.out.split() == ["forms/部门自建网站自查表-甲局.xlsx", "forms/部门自建网站自查表-全部部门.xlsx"]


def test_import_tells_who_filled_it_in_and_what_was_taken(xuncha, sent):
    ran = xuncha("selfcheck", "import", fill(FORM, {"应急预案": "有"}))
    assert "张某某 2026-08-03" in ran.err
    assert "示例区办公室" in ran.out


def test_a_file_with_a_fault_is_not_taken_and_the_others_are(xuncha, sent):
    good = Path(fill(FORM, {"应急预案": "有"})).rename("good.xlsx")
    bad = fill(FORM, {"应急预案": "大概有"})
    ran = xuncha("selfcheck", "import", bad, good)
    assert ran.code == 2
    assert "应急预案: 不是可选的答案" in ran.err.replace("\n  ", "")
    assert "good.xlsx" in ran.err
    assert Path("selfcheck/log.txt").read_text("utf-8").count("\n") == 1


def test_the_same_file_again_changes_nothing(xuncha, taken):
    before = Path("selfcheck/log.txt").read_bytes()
    assert xuncha("selfcheck", "import", "back.xlsx").code == 0
    assert Path("selfcheck/log.txt").read_bytes() == before


def test_a_correction_starts_from_what_was_declared(xuncha, taken):
    assert xuncha("selfcheck", "template", "--filled", "--replace").code == 0
    book = openpyxl.load_workbook(FORM)
    cells = [cell.value for sheet in book.worksheets[1:] for cell in sheet[5]]
    assert "有" in cells


def test_import_needs_a_workspace(xuncha):
    assert "xuncha init" in xuncha("selfcheck", "import", "x.xlsx").err


def test_a_run_keeps_what_was_declared_when_it_began(xuncha, taken):
    assert xuncha("scan").code == 0
    assert xuncha("selfcheck", "import", fill(FORM, {"应急预案": "无"}, by="李某某")).code == 0
    folder = next(Path("runs").iterdir())
    assert build_result(Bundle(folder)).sites[0].selfcheck.filled_by == "张某某"
    assert not Bundle(folder).verify()


def test_compare_shows_both_sides(xuncha, taken):
    xuncha("scan")
    ran = xuncha("selfcheck", "compare")
    assert ran.code == 0
    assert "是否制订应急处置预案" in ran.out
    assert "仅有自查" in ran.out


@pytest.fixture
def verified(xuncha, taken):
    """A scan, and after it a run that only verified evidence; the names of both."""
    xuncha("scan")
    scan = next(Path("runs").iterdir())
    later = Path(shutil.copytree(scan, scan.parent / "29991231-235959-ffff"))
    meta = json.loads((later / "run.json").read_text("utf-8"))
    meta["options"]["evidence"] = True
    (later / "run.json").write_text(json.dumps(meta), encoding="utf-8")
    return scan.name, later.name


def test_compare_takes_the_last_run_that_visited_sites_and_says_so(xuncha, verified):
    said = xuncha("selfcheck", "compare").err.replace("\n", "")
    assert all(name in said for name in verified)


def test_compare_with_a_verification_says_that_it_saw_no_site(xuncha, verified):
    ran = xuncha("selfcheck", "compare", verified[1])
    assert "没有检查网站" in ran.err.replace("\n", "")


def test_compare_as_json(xuncha, taken):
    xuncha("scan")
    (said,) = json.loads(xuncha("selfcheck", "compare", "--format", "json").out)
    row = next(row for row in said["selfcheck"]["rows"] if row["question"] == "plan")
    assert (row["relation"], row["declared"]["zh"]) == ("declared-only", "有")


def test_what_was_declared_after_the_run_is_compared_when_asked(xuncha, scanned):
    xuncha("selfcheck", "template")
    assert xuncha("selfcheck", "import", fill(FORM, {"应急预案": "有"})).code == 0
    assert "--now" in xuncha("selfcheck", "compare").err
    assert "张某某" in xuncha("selfcheck", "compare", "--now").out
    assert not Bundle(scanned).verify()


def test_judging_again_keeps_what_was_declared(xuncha, taken):
    xuncha("scan")
    xuncha("run", "rejudge")
    last = max(Path("runs").iterdir())
    assert build_result(Bundle(last)).sites[0].selfcheck.filled_by == "张某某"


def test_every_line_of_the_comparison_fits_eighty_columns(xuncha, taken):
    from xuncha.model.folding import cells  # noqa: PLC0415

    xuncha("scan")
    ran = xuncha("selfcheck", "compare")
    assert max(map(cells, (ran.out + ran.err).splitlines())) <= 80
