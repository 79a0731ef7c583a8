"""``xuncha review`` as people call it, in a workspace with a stored run."""

import json
from dataclasses import dataclass
from types import SimpleNamespace
from unicodedata import east_asian_width

import openpyxl
import pytest

from xuncha.cli.app import cli
from xuncha.model.outcome import Status
from xuncha.workspace import create


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def xuncha(office, link, failed, tmp_path, monkeypatch, capsys):
    """Run a command line where two dead links go to one target and a hint stands on a third page."""
    same = [link(number, target="http://gone.example/a/long/way/down/to/the/page.html") for number in (1, 2)]
    folder = tmp_path / "区"
    create(folder, office="区电政办", telephone="0532-8591")
    office(failed(*same), failed(link(3, status=Status.WARN), check="links.odd", status=Status.WARN), folder=folder)
    monkeypatch.chdir(folder)

    def run(*words):
        capsys.readouterr()
        code = cli.main([str(word) for word in words], prog_name="xuncha", standalone_mode=False)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def listed(xuncha, *more):
    return json.loads(xuncha("review", "--format", "json", *more).out)


def cells(line):
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


def test_the_list_is_by_cause_and_fits_80_columns(xuncha):
    ran = xuncha("review")
    assert max(map(cells, ran.out.splitlines())) <= 80
    assert "待复核：3 处，2 个原因" in ran.err
    assert ran.out.count("c1:") == 2


def test_a_cause_shows_its_places(xuncha):
    cause = listed(xuncha)[0]["cause"]
    assert xuncha("review", "--cause", cause[:11]).out.count("v1:") == 2


def test_a_cause_is_reviewed_in_one_go(xuncha):
    cause = listed(xuncha)[0]["cause"]
    ran = xuncha("review", "--cause", cause, "--verdict", "误报", "--by", "王某某", "--reason", "对方停电")
    assert (ran.code, len(listed(xuncha))) == (0, 1)
    said = [one["reviewed"] for one in listed(xuncha, "--all")]
    assert [one and (one["verdict"], one["by"], one["reason"]) for one in said] == [
        ("false-positive", "王某某", "对方停电"),
        ("false-positive", "王某某", "对方停电"),
        None,
    ]


def test_a_single_finding_is_reviewed_and_taken_back(xuncha):
    one = listed(xuncha)[0]["fingerprint"]
    xuncha("review", "--finding", one[:11], "--verdict", "confirmed", "--by", "王某某")
    assert listed(xuncha, "--all")[0]["reviewed"]["verdict"] == "confirmed"
    xuncha("review", "--finding", one[:11], "--retract", "--by", "王某某")
    assert listed(xuncha, "--all")[0]["reviewed"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("--cause", "c1:", "--verdict", "属实", "--by", "王某某"),
        ("--verdict", "属实", "--by", "王某某"),
        ("--retract", "--by", "王某某"),
        ("--verdict", "误报", "--by", "王某某"),
        ("--cause", "c1:0000000000", "--verdict", "属实", "--by", "王某某"),
        ("--finding", "v1:", "--verdict", "属实", "--by", "王某某"),
        ("--site", "nowhere"),
    ],
)
def test_what_is_incomplete_or_unknown_is_refused(xuncha, words):
    assert xuncha("review", *words).code == 2
    assert [one["reviewed"] for one in listed(xuncha, "--all")] == [None, None, None]


def test_a_cause_is_taken_back_in_one_go(xuncha):
    cause = listed(xuncha)[0]["cause"]
    xuncha("review", "--cause", cause, "--verdict", "属实", "--by", "王某某")
    assert xuncha("review", "--cause", cause, "--retract", "--by", "王某某").code == 0
    assert [one["reviewed"] for one in listed(xuncha, "--all")] == [None, None, None]


def test_what_was_reviewed_one_by_one_is_not_overruled_by_its_cause(xuncha):
    first, second, _ = listed(xuncha)
    xuncha("review", "--finding", first["fingerprint"], "--verdict", "属实", "--by", "王某某")
    xuncha("review", "--cause", first["cause"], "--verdict", "误报", "--by", "李某", "--reason", "停电")
    said = {one["fingerprint"]: one["reviewed"] for one in listed(xuncha, "--all")}
    assert said[first["fingerprint"]]["by"] == "王某某"
    assert said[second["fingerprint"]]["by"] == "李某"


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at the terminal who answers so."""

    def typed(*answers):
        given = iter(answers)
        monkeypatch.setattr("xuncha.cli.review.asking.sys.stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr("click.prompt", lambda *_args, **_more: next(given))

    return typed


def test_at_a_terminal_cause_after_cause_is_asked(xuncha, terminal):
    terminal("s", "2", "", "对方停电")
    assert xuncha("review", "--ask", "--by", "王某某").code == 0
    said = [one["reviewed"] and one["reviewed"]["verdict"] for one in listed(xuncha, "--all")]
    assert said == [None, None, "false-positive"]


def test_who_stops_keeps_what_was_answered(xuncha, terminal):
    terminal("1", "", "q")
    xuncha("review", "--ask", "--by", "王某某")
    assert len(listed(xuncha)) == 1


def test_off_a_terminal_nobody_is_asked(xuncha):
    assert xuncha("review", "--ask", "--by", "王某某").code == 2


def test_run_show_and_report_say_how_far_the_review_has_come(xuncha, tmp_path):
    assert "尚未经人工复核" in xuncha("run", "show").out
    one = listed(xuncha)[0]["fingerprint"]
    xuncha("review", "--finding", one, "--verdict", "误报", "--by", "王某某", "--reason", "对方停电")
    assert "3 处问题已复核 1 处（误报 1），其余 2 处未经复核" in xuncha("run", "show").out
    xuncha("report", "--format", "html", "-o", tmp_path / "out")
    page = next((tmp_path / "out").glob("*.html")).read_text()
    assert "已复核为误报或不作为问题的 1 处" in page
    assert "对方停电" in page


def test_the_json_of_a_run_names_the_review(xuncha):
    one = listed(xuncha)[0]["fingerprint"]
    xuncha("review", "--finding", one, "--verdict", "误报", "--by", "王某某", "--reason", "对方停电")
    result = json.loads(xuncha("run", "show", "--format", "json").out)
    found = result["sites"][0]["outcomes"][0]["findings"][0]
    assert (found["review"], found["reviewed"]["by"], result["review"]["said"]) == (
        "false-positive",
        "王某某",
        {"false-positive": 1},
    )


def test_with_a_broken_seal_no_review_counts_and_every_command_says_so(xuncha, tmp_path):
    one = listed(xuncha)[0]["fingerprint"]
    xuncha("review", "--finding", one, "--verdict", "误报", "--by", "王某某", "--reason", "对方停电")
    log = tmp_path / "区" / "baselines" / "log.txt"
    log.write_text(log.read_text().replace("对方停电", "对方停机"))
    ran = xuncha("run", "show")
    assert "复核意见一律不计" in ran.err
    assert "尚未经人工复核" in ran.out
    assert len(listed(xuncha)) == 3


def test_a_workbook_goes_out_and_comes_back(xuncha, tmp_path):
    assert xuncha("review", "export", "-o", tmp_path / "x").code == 0
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book.worksheets[0]["B2"] = "属实"
    book.save(tmp_path / "back.xlsx")
    ran = xuncha("review", "import", tmp_path / "back.xlsx", "--by", "王某某", "--dry-run")
    assert "将导入" in ran.err
    assert len(listed(xuncha)) == 3
    assert xuncha("review", "import", tmp_path / "back.xlsx", "--by", "王某某").code == 0
    assert listed(xuncha, "--all")[0]["reviewed"]["verdict"] == "confirmed"
    assert "没有变化 1 处" in xuncha("review", "import", tmp_path / "back.xlsx", "--by", "王某某").err


def test_a_workbook_with_a_fault_changes_nothing(xuncha, tmp_path):
    xuncha("review", "export", "-o", tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book.worksheets[0]["B2"], book.worksheets[0]["B3"] = "属实", "不知道"
    book.save(tmp_path / "back.xlsx")
    ran = xuncha("review", "import", tmp_path / "back.xlsx", "--by", "王某某")
    assert (ran.code, len(listed(xuncha))) == (2, 3)
    assert "B3 复核结论" in ran.err


def test_a_workbook_that_is_there_is_not_overwritten(xuncha, tmp_path):
    (tmp_path / "x.xlsx").write_text("filled in")
    assert xuncha("review", "export", "-o", tmp_path / "x.xlsx").code == 2
    assert (tmp_path / "x.xlsx").read_text() == "filled in"


def test_check_stats_names_the_rate_and_what_it_rests_on(xuncha):
    one = listed(xuncha)[0]["fingerprint"]
    xuncha("review", "--finding", one, "--verdict", "误报", "--by", "王某某", "--reason", "对方停电")
    (stats,) = json.loads(xuncha("check", "stats", "--format", "json").out)
    assert (stats["check"], stats["rate"], stats["rests_on"]) == ("links.dead", 1.0, 1)
    assert "100% (1/1)*" in xuncha("check", "stats").out


def papers(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_nothing_official_is_written_before_anybody_reviewed(xuncha, tmp_path):
    ran = xuncha("report", "--format", "docx", "-o", tmp_path / "out")
    assert (ran.code, papers(tmp_path / "out") if (tmp_path / "out").exists() else []) == (2, [])
    assert "--draft" in ran.err


def test_a_draft_is_written_and_named_so(xuncha, tmp_path):
    xuncha("report", "--format", "docx", "--draft", "-o", tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name.endswith(("-draft", "-初稿"))
    assert "通报.docx" in papers(folder)


def test_a_draft_in_any_format_has_a_name_that_says_so(xuncha, tmp_path):
    formats = ("html", "xlsx", "csv", "markdown", "json", "jsonl", "sarif", "junit", "defectdojo")
    ran = xuncha("report", "--format", ",".join(formats), "--draft", "-o", tmp_path / "out")
    names = papers(tmp_path / "out")
    assert len(names) == len(formats)
    assert all("-初稿" in name or "-draft" in name for name in names)
    assert "初稿" in ran.err or "draft" in ran.err


def test_a_report_asks_for_review_as_long_as_there_is_something_unreviewed(xuncha, tmp_path):
    asks = ("请经人工复核", "have a person review it")
    before = xuncha("report", "-o", tmp_path / "before")
    for one in listed(xuncha):
        xuncha("review", "--finding", one["fingerprint"], "--verdict", "属实", "--by", "王某某")
    after = xuncha("report", "-o", tmp_path / "after")
    assert any(words in before.err for words in asks)
    assert not any(words in after.err for words in asks)


def test_papers_hold_what_was_confirmed_alone(xuncha, tmp_path):
    cause = listed(xuncha)[0]["cause"]
    xuncha("review", "--cause", cause, "--verdict", "属实", "--by", "王某某")
    xuncha("report", "--format", "docx", "-o", tmp_path / "out")
    ledgers = list((tmp_path / "out").rglob("*.xlsx"))
    (sheet,) = [openpyxl.load_workbook(path).worksheets[1] for path in ledgers]
    assert sheet.max_row == 4


def test_who_gets_no_notice_and_why_is_said(xuncha, tmp_path):
    one = listed(xuncha)[0]["fingerprint"]
    xuncha("review", "--finding", one, "--verdict", "误报", "--by", "王某某", "--reason", "对方停电")
    ran = xuncha("report", "--format", "docx", "-o", tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    assert papers(folder) == ["通报.docx"]
    assert "未生成整改通知书" in ran.err
