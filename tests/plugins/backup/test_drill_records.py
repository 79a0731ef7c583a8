"""Records of restore drills as offices write them: honest ones accuse nobody, sloppy ones prove nothing."""

import asyncio
from datetime import date

import pytest

from xuncha.api import Backup, Declaration, RestoreDrill, Status
from xuncha.testing import FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.backup.paper_checks import restore_drill
from xuncha_plugins.backup.papers import drill_read
from xuncha_plugins.backup.words import times_taken

HEAD = "恢复演练记录\n演练时间：2026年5月12日\n从备份恢复网站和数据库至备用服务器，恢复用时75分钟。\n"
HELD = {"held": date(2026, 5, 12), "minutes": 75, "rto_minutes": 120}


def judged(text, **said):
    declared = Declaration(backup=Backup(restore_drill=RestoreDrill(files=("a.txt",), **said)))
    fact, files = evidence(declared, {"a.txt": b"x"}), FakeFiles({"a.txt": b"x"})
    return judge(restore_drill, fact, asyncio.run(drill_read(fact, files, FakeDocuments({"a.txt": text}))))


def keys(outcome):
    return [one.key for one in outcome.findings]


@pytest.mark.parametrize(
    "text",
    [
        "演练结论：全部文件比对一致，未出现恢复失败的情况。",
        "抽查30个页面，没有无法恢复的文件；恢复失败文件数：0。",
        "结果：全部数据还原，无恢复失败情况。",
        "业务数据无丢失，未发生无法还原的情形，演练达到目的。",
        "模拟网站数据库被删、无法恢复到前台的情况，从9月17日备份重建。",
        "背景：主站数据库无法恢复，须用备份重建。",
        "上次（2025年9月）演练因备份文件损坏恢复失败，本次已无此问题。",
        "☑恢复正常 □恢复失败",
        "恢复正常☑ 恢复失败□",
        "未发现无法还原的数据，恢复成功",
        "验证了主站无法恢复时异地副本可用",
        "被加密的文件无法还原，启用备份后10:10恢复访问",
        "上年演练未达到2小时目标，今年有明显改进",
    ],
)
def test_failure_that_is_denied_thought_of_or_past_is_none(text):
    assert judged(HEAD + text, **HELD).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        "因没有备份导致恢复失败。",
        "结果：大部分页面恢复，个别附件无法恢复。",
        "□恢复正常 ☑恢复失败",
        "与上年相比，本次恢复失败的文件较多。",
    ],
)
def test_a_failure_that_is_not_plainly_the_result_is_a_question(text):
    outcome = judged(HEAD + text, **HELD)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["failed"])


@pytest.mark.parametrize(
    ("said", "status"), [("恢复失败", Status.FAIL), ("未出现恢复失败", Status.PASS), ("未达到目标", Status.MANUAL)]
)
def test_the_declared_result_is_read_in_the_same_way(said, status):
    assert judged(HEAD, result=said, **HELD).status is status


# Times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("演练历时3小时（含讲评），其中网站恢复用时50分钟", [(180, False), (50, True)]),
        ("演练持续5小时，其中恢复用时95分钟", [(300, False), (95, True)]),
        ("恢复时间(目标)：4小时", []),
        ("恢复时间目标2小时", []),
        ("要求恢复时间不超过2小时，实际恢复用时50分钟", [(50, True)]),
    ],
)
def test_the_time_of_restoring_is_told_from_that_of_the_drill_and_the_objective(text, times):
    assert list(times_taken(text)) == times


def test_a_long_drill_with_a_quick_restore_is_in_time():
    text = HEAD.replace("恢复用时75分钟", "演练历时3小时（含讲评），其中网站恢复用时50分钟，恢复时间目标2小时")
    assert judged(text, held=HELD["held"], rto_minutes=120).status is Status.PASS


@pytest.mark.parametrize("text", ["网站恢复用时50分钟，数据库恢复用时3小时", "演练历时3小时"])
def test_times_of_which_one_cannot_tell_what_counts_are_a_question(text):
    outcome = judged(HEAD.replace("恢复用时75分钟", text), held=HELD["held"], rto_minutes=120)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["maybe-slower"])


def test_a_restore_that_took_too_long_is_told_with_its_words():
    outcome = judged(HEAD, held=HELD["held"], rto_minutes=60)
    assert [(one.key, "恢复用时75分钟" in one.excerpt) for one in outcome.findings] == [("slower", True)]


# Days


@pytest.mark.parametrize("later", ["归档：2026年10月1日", "打印日期：2026年10月20日", "下次演练时间：2026年10月9日"])
def test_a_later_day_of_something_else_makes_no_old_drill_new(later):
    text = HEAD.replace("2026", "2023") + later
    assert keys(judged(text, minutes=75, rto_minutes=120)) == ["long-ago"]
    assert keys(judged(text, held=date(2026, 10, 1), minutes=75, rto_minutes=120)) == ["day-not-in-record"]


def test_days_far_apart_without_the_word_which_is_the_drills_are_a_question():
    text = HEAD.replace("演练时间：2026年5月12日", "2023年5月12日恢复演练。2026年10月9日整理。")
    outcome = judged(text, minutes=75, rto_minutes=120)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["maybe-older"])


# Without doing it


@pytest.mark.parametrize(
    "text",
    [
        "采用桌面推演方式，口头讲解恢复步骤，未实际恢复数据。演练完成",
        "恢复情况：基本成功，约六成数据可读，附件全部丢失",
        "首页能打开，其余栏目报错，视为恢复成功",
        "恢复后网站仍打不开，联系厂家处理中",
        "用测试数据恢复Word文档一份。",
        "网页始终没能改回来，第二天下午才弄好",
        "仅进行了人员签到和拍照，演练圆满完成",
        "记录沿用上年。",
    ],
)
def test_a_restore_that_did_not_work_or_was_not_done_does_not_pass(text):
    assert judged(HEAD + text, **HELD).status is Status.MANUAL


@pytest.mark.parametrize(
    "text",
    [
        "恢复后页面全部正常，附件无丢失，栏目未出现报错。",
        "演练未实际影响业务，数据没有丢失。",
        "实际恢复到备用服务器，抽查附件无法打开的0个。",
        "恢复后无异常。",
    ],
)
def test_a_restore_without_losses_passes(text):
    assert judged(HEAD + text, **HELD).status is Status.PASS


def test_the_time_taken_is_that_of_restoring_unless_something_else_is_named():
    assert list(times_taken("结果成功，实际用时26个小时，准备用时1小时")) == [(26 * 60, True), (60, False)]
