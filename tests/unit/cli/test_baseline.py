"""``xuncha baseline``: what people see, type, and what is refused."""

import json
import shutil
from dataclasses import replace
from datetime import datetime

import click
import pytest

from xuncha import plan as plans
from xuncha.baseline.book import Baselines
from xuncha.catalogue import Catalogue, CheckEntry, PluginEntry
from xuncha.cli.baseline import approve as approving
from xuncha.cli.baseline.pages import CHANGES, change_text
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.metadata import CheckMeta, CheckText
from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import PageRecord
from xuncha.model.defang import defanged
from xuncha.model.folding import cells
from xuncha.model.locator import PageLocator, SiteLocator
from xuncha.model.message import params
from xuncha.model.outcome import FULL, Finding, Outcome, Severity, Status
from xuncha.model.prints import Algorithms, PageKind, PagePrint, Prints, ScriptPrint
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.registry import PluginRef, fact_name
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.store.codec import dump
from xuncha.store.snapshot import snapshot
from xuncha.tamper.changes import Change, ChangeKind

NOW = datetime(2026, 8, 10, 9, 0, tzinfo=SHANGHAI)
HOME, NEWS, GONE = "http://a.gov.example/", "http://a.gov.example/news/", "http://a.gov.example/gone/"
SITE = Site("a", "示例区办公室", (HOME,))
HIDDEN = "darklinks.hidden"
HOW = Algorithms("d/1", "s/1", "m/1")
BY = ("--by", "张三")


def print_of(url, title="示例区办公室", **more):
    base = PagePrint(url, title, NOW, 0, PageKind.HOME, f"{title}{more}", "s", "m", 100, 90, 9, 5)
    return replace(base, **more)


def found(url=""):
    """A finding about hidden links on a page, or on the whole site."""
    place = PageLocator(url, 0) if url else SiteLocator()
    return Finding(place, "k", params(count=3), Status.FAIL)


@pytest.fixture(scope="module")
def profile():
    return load_profile("notice", roots())


@pytest.fixture(scope="module")
def texts(profile):
    """What is stored beside a run to read it with."""
    text = CheckText(Text("没有暗链", "no hidden links"), Text("", ""), messages={"k": Text("{count} 处", "{count}")})
    entry = CheckEntry("darklinks", False, (), CheckMeta(HIDDEN, "1", Severity.HIGH, text))
    known = Catalogue(plugins=(PluginEntry(PluginRef("darklinks", "d", "xuncha", "1")),), checks=(entry,))
    return snapshot(known, load_framework("notice", roots()), profile)


@pytest.fixture
def stored(workspace, profile, texts):
    """Store a run in the workspace: its pages, and what was found on them."""
    counter = iter("123456789")

    def store(*prints, findings=(), records=(), how=HOW):
        run = f"20260810-09000{next(counter)}-0000"
        bundle = Bundle.create(workspace / "runs", RunMeta(run, "running", "notice", "notice", NOW, NOW))
        bundle.write_catalogue(texts)
        site = plans.SitePlan(0, SITE, (plans.PlannedCheck(HIDDEN, "1"),))
        bundle.write_plan(plans.to_json(plans.Plan("notice", "notice", (), (site,), profile.budgets)))
        facts = [(fact_name(Prints), dump(Prints(prints, how)))] if prints else []
        bundle.write_facts(0, "a", [*facts, *(("crawl.page", dump(record)) for record in records)])
        status = Status.FAIL if findings else Status.PASS
        bundle.write_outcomes(0, "a", [Outcome("a", HIDDEN, "1", status, None, FULL, tuple(findings), len(findings))])
        bundle.set_state("finished", NOW)
        bundle.seal()
        return bundle

    return store


BREAK = object()
"""Ctrl-C in place of an answer."""


@pytest.fixture
def answers(monkeypatch):
    """Somebody at a terminal who answers so."""

    def give(*words):
        said = iter(words)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

        def prompt(*_, **__):
            if (word := next(said)) is BREAK:
                raise click.Abort
            return word

        monkeypatch.setattr(click, "prompt", prompt)

    return give


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    monkeypatch.delenv("XUNCHA_SEAL_KEY", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "machine"))


@pytest.fixture
def pages(xuncha, workspace):
    """The approved pages, as ``show`` gives them."""

    def get():
        sites = json.loads(xuncha("baseline", "show", "--format", "json").out)["sites"]
        return {page["page"]: page["approval"] for page in sites.get("a", {"pages": []})["pages"]}

    return get


@pytest.fixture
def approved(xuncha, stored):
    """Two approved pages."""
    stored(print_of(HOME), print_of(NEWS))
    assert xuncha("baseline", "approve", *BY, "--all-looked-at").code == 0


def test_nothing_is_approved_where_nobody_can_be_asked(xuncha, stored, pages):
    stored(print_of(HOME))
    ran = xuncha("baseline", "approve", *BY)
    assert (ran.code, pages()) == (2, {})
    assert "--all-looked-at" in ran.err


def test_who_approves_must_be_named(xuncha, stored):
    stored(print_of(HOME))
    assert xuncha("baseline", "approve", "--all-looked-at").code == 2
    assert xuncha("baseline", "approve", "--all-looked-at", "--by", " ").code == 2


def test_each_page_is_shown_and_asked_about(xuncha, stored, pages, answers):
    stored(print_of(HOME), print_of(NEWS, scripts=(ScriptPrint("http://cdn.example/x.js"),)))
    answers("n", "y")
    ran = xuncha("baseline", "approve", *BY)
    assert (ran.code, list(pages())) == (0, [NEWS])
    assert "cdn[.]example" in ran.out
    assert pages()[NEWS]["by"] == "张三"


@pytest.mark.parametrize(("said", "kept"), [(("s",), []), (("y", "q"), [HOME])])
def test_a_site_can_be_skipped_and_looking_be_stopped(xuncha, stored, pages, answers, said, kept):
    stored(print_of(HOME), print_of(NEWS))
    answers(*said)
    xuncha("baseline", "approve", *BY)
    assert list(pages()) == kept


def test_whoever_breaks_off_keeps_what_was_approved_until_then(xuncha, stored, pages, answers):
    stored(print_of(HOME), print_of(NEWS))
    answers("y", BREAK)
    ran = xuncha("baseline", "approve", *BY)
    assert (list(pages()), "核准 1 个页面" in ran.err) == ([HOME], True)


def test_named_pages_are_approved_and_no_others(xuncha, stored, pages):
    stored(print_of(HOME), print_of(NEWS))
    assert xuncha("baseline", "approve", *BY, "--pages", NEWS).code == 0
    assert list(pages()) == [NEWS]


def test_a_named_page_that_the_run_did_not_see_is_told(xuncha, stored):
    stored(print_of(HOME))
    ran = xuncha("baseline", "approve", *BY, "--pages", GONE)
    assert ran.code == 1
    assert GONE in ran.err


def test_all_pages_at_once_is_a_declaration_by_name(xuncha, stored, workspace):
    stored(print_of(HOME), print_of(NEWS))
    ran = xuncha("baseline", "approve", *BY, "--all-looked-at", "--note", "文号 1")
    entries = Baselines(workspace).look().chain.entries[1:]
    assert [(entry.what.look, entry.what.by, entry.what.note) for entry in entries] == [("all", "张三", "文号 1")] * 2
    assert "声明逐页看过" in ran.err


@pytest.mark.parametrize("where", [HOME, ""])
def test_a_page_with_findings_is_refused_and_the_others_approved(xuncha, stored, pages, where):
    stored(print_of(HOME), print_of(NEWS), findings=[found(where)])
    ran = xuncha("baseline", "approve", *BY, "--all-looked-at")
    assert (ran.code, list(pages())) == (1, [NEWS] if where else [])
    assert "未达到“没有暗链”：3 处" in ran.err


def test_a_page_with_findings_is_approved_with_a_reason(xuncha, stored, pages):
    stored(print_of(HOME), findings=[found(HOME)])
    assert xuncha("baseline", "approve", *BY, "--all-looked-at", "--despite", "统计代码").code == 0
    assert pages()[HOME]["note"] == "统计代码"


@pytest.mark.parametrize(("reason", "count"), [("", 0), ("统计代码", 1)])
def test_at_a_terminal_the_reason_is_asked_for(xuncha, stored, pages, answers, reason, count):
    stored(print_of(HOME), findings=[found(HOME)])
    answers("y", reason)
    assert xuncha("baseline", "approve", *BY).code == 1 - count
    assert len(pages()) == count


@pytest.mark.parametrize("way", [("--all-looked-at",), ("--pages", HOME)])
def test_what_answered_in_the_place_of_a_page_is_not_approved(xuncha, stored, pages, way):
    notice = PageRecord(HOME, HOME, 0, 503, problem=Reason.SERVER_ERROR)
    stored(print_of(HOME), records=[notice])
    ran = xuncha("baseline", "approve", *BY, *way)
    assert pages() == {}
    assert "打开的不是该页面本身" in ran.err


def test_pages_as_they_were_approved_are_not_asked_about_again(xuncha, approved, stored, answers):
    stored(print_of(HOME), print_of(NEWS), print_of(GONE))
    answers("y")
    ran = xuncha("baseline", "approve", *BY)
    assert "2 个页面与基线相符" in ran.err
    assert "核准 1 个页面" in ran.err


def test_pages_whose_baseline_was_taken_in_another_way_are_asked_about_again(xuncha, approved, stored, answers):
    stored(print_of(HOME), how=Algorithms("d/2", "s/1", "m/1"))
    answers("y")
    ran = xuncha("baseline", "approve", *BY)
    assert "不能比对" in ran.out
    assert "核准 1 个页面" in ran.err


def test_a_run_without_prints_is_told(xuncha, stored):
    stored()
    ran = xuncha("baseline", "approve", *BY, "--all-looked-at")
    assert "notice" in ran.err


def test_facts_changed_after_the_run_are_not_approved(xuncha, stored, pages):
    bundle = stored(print_of(HOME))
    with bundle.facts_file(0, "a").open("ab") as file:
        file.write(b"x")
    assert xuncha("baseline", "approve", *BY, "--all-looked-at").code == 2
    assert pages() == {}


def test_differences_are_told_in_words(xuncha, approved, stored):
    stored(print_of(HOME, "Hacked by x"), print_of(NEWS))
    ran = xuncha("baseline", "diff")
    assert "标题由“示例区办公室”变为“Hacked by x”" in ran.out
    assert "与基线相符 1" in ran.out


def test_a_page_that_moved_to_https_is_compared_with_its_approval_and_that_is_said(xuncha, approved, stored):
    stored(print_of(HOME.replace("http:", "https:"), "Hacked by x"))
    ran = xuncha("baseline", "diff")
    assert "标题由“示例区办公室”变为“Hacked by x”" in ran.out
    assert f"核准时的网址是 {HOME}" in ran.out
    assert "未核准过" not in ran.out


def test_differences_as_data_have_both_languages(xuncha, approved, stored):
    stored(print_of(HOME, "x", scripts=(ScriptPrint("http://evil.example/x.js"),)))
    (site,) = json.loads(xuncha("baseline", "diff", "--format", "json").out)["sites"]
    assert site["unseen"] == [NEWS]
    assert {change["kind"] for change in site["pages"][0]["changes"]} >= {"title", "script"}
    assert all(change["zh"] and change["en"] for change in site["pages"][0]["changes"])


def test_what_is_new_on_a_page_can_be_read_and_not_opened():
    said = change_text(Change(ChangeKind.SCRIPT, now="http://evil.example/x.js"))
    assert "hxxp://evil[.]example/x.js" in said.zh


def test_every_kind_of_change_has_words():
    assert set(CHANGES) == set(ChangeKind)


def test_no_line_is_wider_than_the_terminal(xuncha, approved, stored, answers):
    hosts = tuple(f"host-{number}.example.com" for number in range(20))
    stored(print_of(HOME, "新标题" * 30, hosts=hosts), print_of(HOME + "long/" * 40))
    answers("n", "n")
    said = xuncha("baseline", "approve", *BY).out + xuncha("baseline", "diff").out
    assert max(map(cells, said.splitlines())) <= 80


def test_a_page_is_withdrawn_with_a_reason(xuncha, approved, pages):
    assert xuncha("baseline", "withdraw", "a", "--pages", HOME, *BY).code == 2
    assert xuncha("baseline", "withdraw", "a", "--pages", HOME, *BY, "--reason", "下线").code == 0
    assert list(pages()) == [NEWS]


def test_what_has_no_baseline_is_not_withdrawn(xuncha, approved):
    assert xuncha("baseline", "withdraw", "a", "--pages", GONE, *BY, "--reason", "x").code == 2
    assert xuncha("baseline", "withdraw", "b", *BY, "--reason", "x").code == 2


@pytest.fixture
def redesign(xuncha, approved, monkeypatch):
    monkeypatch.setattr("xuncha.cli.baseline.command.system_clock", lambda: NOW)
    return lambda *words: xuncha("baseline", "redesign", "a", *words, *BY, "--reason", "改版")


def test_a_redesign_is_announced_and_cancelled(xuncha, redesign):
    assert redesign("--from", "2026-09-01", "--to", "2026-09-07").code == 0
    assert "2026-09-01 — 2026-09-07" in xuncha("baseline", "show").out
    assert redesign("--cancel", "4").code == 0
    assert "2026-09-01" not in xuncha("baseline", "show").out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--from", "2026-09-07", "--to", "2026-09-01"),
        ("--from", "2026-09-01", "--to", "2027-09-01"),
        ("--from", "2026-07-01", "--to", "2026-07-02"),
        ("--cancel", "2"),
    ],
)
def test_a_redesign_that_makes_no_sense_is_refused(redesign, words):
    assert redesign(*words).code == 2


def test_an_intact_seal_is_verified(xuncha, approved, workspace):
    ran = xuncha("baseline", "verify")
    assert ran.code == 0
    assert Baselines(workspace).look().seal.head in ran.out


def test_a_cut_log_is_told_with_what_to_do(xuncha, approved, workspace):
    log = workspace / "baselines" / "log.txt"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))
    ran = xuncha("baseline", "verify")
    assert ran.code == 1
    assert "封印被破坏" in ran.out
    assert "xuncha baseline reset" in ran.err
    assert xuncha("baseline", "approve", *BY, "--all-looked-at").code == 2


def test_a_cut_log_is_not_called_intact_on_a_machine_that_never_saw_its_end(xuncha, approved, workspace):
    log = workspace / "baselines" / "log.txt"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))
    shutil.rmtree(Baselines(workspace).heads.folder)
    ran = xuncha("baseline", "verify")
    assert (ran.code, "完好" in ran.out, "末尾是否被截去尚未核对" in ran.out.splitlines()[0]) == (1, False, True)


@pytest.mark.parametrize("command", [("show", "zzz"), ("diff",)])
def test_who_only_reads_a_broken_log_is_not_told_of_writing(xuncha, approved, workspace, command):
    log = workspace / "baselines" / "log.txt"
    log.write_bytes(log.read_bytes()[:-40] + b"x" * 39 + b"\n")
    ran = xuncha("baseline", *command)
    assert (ran.code, "没有写入" in ran.err, "基线现在不能用" in ran.err) == (2, False, True)


def test_a_swapped_print_is_told(xuncha, approved, workspace):
    (workspace / "baselines" / "prints" / "000001.jsonl.zst").write_bytes(b"x")
    ran = xuncha("baseline", "verify", "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["faults"]


@pytest.mark.parametrize("command", ["verify", "show"])
@pytest.mark.parametrize("done", ["gone", "flipped"])
def test_what_is_broken_is_said_first_where_contents_are_gone(xuncha, approved, workspace, command, done):
    pack = workspace / "baselines" / "prints" / "000001.jsonl.zst"
    pack.unlink() if done == "gone" else pack.write_bytes(pack.read_bytes()[::-1])
    ran = xuncha("baseline", command)
    said = ran.out.partition("\n")[0] if command == "verify" else ran.err
    assert (ran.code, "封印完好" in ran.out + ran.err) == (1, False)
    assert "内容缺失或被改动" in said


def test_the_doctor_tells_of_contents_that_are_gone(xuncha, approved, workspace):
    (workspace / "baselines" / "prints" / "000001.jsonl.zst").unlink()
    assert "内容缺失或被改动" in xuncha("doctor", "--offline").out


def test_an_older_log_is_accepted_by_its_head(xuncha, approved, workspace):
    log = workspace / "baselines" / "log.txt"
    lines = log.read_bytes().splitlines(keepends=True)[:2]
    log.write_bytes(b"".join(lines))
    assert xuncha("baseline", "accept", "0" * 12, *BY, "--reason", "备份").code == 2
    assert xuncha("baseline", "accept", lines[1][:12].decode(), *BY, "--reason", "备份").code == 0
    assert xuncha("baseline", "verify").code == 0


def test_a_new_log_is_begun_only_after_a_question(xuncha, approved, pages, monkeypatch):
    monkeypatch.setattr(click, "confirm", lambda *_, **__: (_ for _ in ()).throw(click.Abort))
    assert xuncha("baseline", "reset", *BY, "--reason", "无备份").code == 130
    assert len(pages()) == 2
    assert xuncha("baseline", "reset", *BY, "--reason", "无备份", "--yes").code == 0
    assert pages() == {}


def test_the_key_is_changed(xuncha, approved, pages):
    assert xuncha("baseline", "rekey", *BY).code == 0
    assert len(pages()) == 2


def test_the_index_is_rebuilt_and_old_runs_go_without_the_baselines(xuncha, approved, pages, stored):
    before = pages()
    assert xuncha("db", "rebuild").code == 0
    xuncha("db", "prune", "--keep", "1", "--yes")
    assert pages() == before != {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reports_tell_length_and_head(xuncha, approved, workspace, tmp_path, lang):
    assert xuncha("scan").code == 0
    head = Baselines(workspace).look().seal.head
    xuncha("report", "--format", "html,json", "--lang", lang, "-o", tmp_path / "out")
    html = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
    data = json.loads(next((tmp_path / "out").glob("*.json")).read_bytes())
    assert head in html
    assert (data["run"]["seal"]["length"], data["run"]["seal"]["head"]) == (3, head)
    assert head[:12] in xuncha("report", "--format", "console", "--lang", lang).out


def test_the_doctor_tells_of_key_and_seal(xuncha, workspace):
    assert "首次核准基线时生成" in xuncha("doctor", "--offline").out


def test_the_doctor_tells_of_a_missing_key(xuncha, approved, tmp_path):
    (tmp_path / "machine" / "xuncha" / "seal.key").unlink()
    ran = xuncha("doctor", "--offline")
    assert ran.code == 1
    assert "缺少密钥" in ran.out


def test_the_ways_of_looking_have_names():
    ways = (approving.EachPage, approving.NamedPages, approving.EveryPage)
    assert len({way.__dataclass_fields__["name"].default for way in ways}) == 3


def test_a_site_that_left_the_inventory_with_its_baseline_is_named(xuncha, approved, workspace):
    sheet = workspace / "sites.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("a.gov.example", "b.gov.example"), "utf-8")
    assert "1 个有基线的网站不在名录中，没有检查：a" in xuncha("scan").err


@pytest.mark.parametrize("command", [("scan",), ("baseline", "show")])
def test_a_site_whose_id_was_changed_is_told_with_what_to_do(xuncha, approved, command):
    said = "".join(xuncha(*command).err.split())
    assert "网站编号由a改成了office" in said
    assert "xunchabaselineapprove--siteoffice" in said


PAPERS = """authorisations:
- {id: p1, document: 示例授〔2026〕1号, ordered_by: 示例区政府办, domains: [a.gov.example], valid_from: 2026-01-01,
   valid_until: 2026-12-31, modes: [passive]}
"""


def test_an_id_that_was_changed_is_told_also_where_rows_name_an_authorisation(xuncha, approved, workspace):
    (workspace / "sites.csv").write_text("编号,网站名称,网址,检查授权\noffice,示例,http://a.gov.example/,p1\n", "utf-8")
    (workspace / "authorisations.yaml").write_text(PAPERS, "utf-8")
    assert "网站编号由a改成了office" in "".join(xuncha("baseline", "show").err.split())


def test_no_site_is_said_to_have_left_where_the_inventory_has_mistakes(xuncha, approved, workspace):
    sheet = "编号,网站名称,网址\na,示例,ftp://a.gov.example/\nb,示例,http://b.gov.example/\n"
    (workspace / "sites.csv").write_text(sheet, "utf-8")
    said = xuncha("baseline", "show").err
    assert ("不在名录中" in said, "名录有错误" in said) == (False, True)


def test_an_inventory_that_cant_be_read_keeps_no_baseline_from_being_shown(xuncha, approved, workspace):
    (workspace / "sites.csv").write_bytes(b"\xff\xfe\x00")
    assert xuncha("baseline", "show").code == 0


def test_whoever_inspects_single_sites_hears_nothing_of_the_others(xuncha, approved, workspace):
    assert "不在名录中" not in xuncha("scan", workspace / "sites.csv").err


SPAM = "澳门百家乐开户"
HARMFUL = Finding(
    PageLocator(HOME, 0), "k", params(words="百*乐、皇**育", url=defanged("www.bet365vip8.com"), count=1), Status.FAIL
)
PLANTED = {
    "title": SPAM,
    "hosts": ("www.bet365vip8.com", "www.others.com"),
    "scripts": (ScriptPrint("https://www.bet365qp.com/a.js"),),
}


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_harmful_can_be_read_and_neither_opened_nor_advertised(xuncha, approved, stored, form):
    stored(print_of(HOME, **PLANTED), findings=[HARMFUL])
    ran = xuncha("baseline", "diff", *(("--format", "json") if form == "json" else ()))
    assert not [word for word in (SPAM, "bet365vip8.com", "bet365qp.com", "others.com") if word in ran.out]
    assert "澳门百*乐开户" in ran.out


@pytest.mark.parametrize("way", [("--all-looked-at",), ("--pages", HOME)])
def test_approving_shows_them_in_the_same_way(xuncha, stored, way):
    stored(print_of(HOME, **PLANTED), findings=[HARMFUL])
    ran = xuncha("baseline", "approve", *BY, *way, "--despite", "理由")
    assert not [word for word in (SPAM, "bet365vip8.com", "bet365qp.com") if word in ran.out + ran.err]
