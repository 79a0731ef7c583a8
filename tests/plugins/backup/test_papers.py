"""The policy, the off-site copy and the drill, as real offices write of them."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from xuncha.api import (
    Backup,
    BackupPolicy,
    Declaration,
    DocumentKind,
    DocumentText,
    Evidence,
    Gap,
    OffsiteCopy,
    Part,
    Reason,
    RestoreDrill,
    Status,
    Where,
)
from xuncha.testing import FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.backup.facts import DrillRead, OffsiteRead, PolicyRead
from xuncha_plugins.backup.paper_checks import off_site, policy, restore_drill
from xuncha_plugins.backup.papers import drill_read, offsite_read, policy_read
from xuncha_plugins.backup.words import cycle_days, minutes

GOOD = """\
区民政局网站数据备份管理制度
第一条 备份范围包括网页、数据库、附件和服务器配置。
第二条 数据库每日凌晨备份一次，网页每周全量备份一次。
第三条 备份存储介质为备份服务器，另存政务云对象存储一份。
第四条 每日备份保存30天，每周备份保存半年。
第五条 信息中心李明为备份责任人，王芳为替补，联系电话13800138000。
"""
WEEKLY = GOOD.replace("每日凌晨备份一次，网页", "").replace("每日备份保存30天，每周备份", "备份")
MEDIOCRE = """\
网站管理办法
三、信息中心负责网站数据的备份工作，定期对数据库进行备份。
四、备份要妥善保管。
"""
OFF = "2026年10月20日，将网站备份复制至区政务云灾备机房，校验一致。"
DRILL = """\
恢复演练记录
时间：2026年5月12日上午
内容：从5月11日的备份恢复网站和数据库至备用服务器。
过程：9:00 开始，10:15 网站可以打开，恢复用时1小时15分钟。
结果：恢复成功。  参加人签字：李明 王芳
"""
READ = {policy: policy_read, off_site: offsite_read, restore_drill: drill_read}
FACTS = {policy: PolicyRead, off_site: OffsiteRead, restore_drill: DrillRead}


def declared(check, **said):
    entries = {
        policy: ("policy", BackupPolicy),
        off_site: ("offsite", OffsiteCopy),
        restore_drill: ("restore_drill", RestoreDrill),
    }
    name, kind = entries[check]
    cycle = said.pop("cycle_days", None)
    backup = Backup(BackupPolicy(cycle_days=cycle))
    entry = kind(files=("a.docx",), **({"cycle_days": cycle} if check is policy else {}), **said)
    return Declaration(backup=replace(backup, **{name: entry}))


def judged(check, text, **said):
    """What a check says of a document with this text, or with this reason instead of one."""
    fact, files = evidence(declared(check, **said), {"a.docx": b"x"}), FakeFiles({"a.docx": b"x"})
    read = asyncio.run(READ[check](fact, files, FakeDocuments({"a.docx": text})))
    return judge(check, fact, read, *([PolicyRead()] if check is off_site else []))


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize("check", READ)
def test_before_the_deadline_nothing_is_said_and_after_it_a_failure(check):
    early, late = evidence(due=date(2026, 11, 2)), evidence(due=date(2026, 11, 1))
    assert judge(check, early, FACTS[check](), PolicyRead()).status is Status.NOT_RUN
    assert keys(judge(check, late, FACTS[check](), PolicyRead())) == ["not-handed-in"]


@pytest.mark.parametrize("check", READ)
def test_a_list_with_mistakes_can_not_be_told(check):
    assert (
        judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE)), FACTS[check](), PolicyRead()).status
        is Status.INCONCLUSIVE
    )


@pytest.mark.parametrize("check", READ)
def test_a_scan_is_a_question_about_this_very_file(check):
    outcome = judged(check, Reason.DOCUMENT_SCANNED)
    asked = next(found for found in outcome.findings if found.key == "unreadable")
    assert (asked.status, len(asked.locator.sha256)) == (Status.MANUAL, 64)


@pytest.mark.parametrize("check", READ)
def test_an_encrypted_document_can_not_be_told(check):
    said = {
        restore_drill: {"held": date(2026, 5, 12), "minutes": 75, "rto_minutes": 120},
        off_site: {"place": "灾备机房", "last": date(2026, 10, 20)},
    }
    outcome = judged(check, Reason.DOCUMENT_ENCRYPTED, **said.get(check, {}))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.DOCUMENT_ENCRYPTED)


# The policy


def test_a_good_policy_passes_and_says_where_it_names_what():
    outcome = judged(policy, GOOD, cycle_days=1)
    assert outcome.status is Status.PASS
    assert [note.key for note in outcome.notes] == [
        "names-scope",
        "names-cycle",
        "names-medium",
        "names-retention",
        "names-responsible",
    ]
    assert outcome.notes[0].params["words"].value.startswith("第一条 备份范围")


def test_telephones_in_its_words_are_masked():
    assert "13800138000" not in str(judged(policy, GOOD, cycle_days=1).notes)


def test_a_mediocre_policy_is_told_what_it_lacks():
    assert keys(judged(policy, MEDIOCRE)) == ["hardly-a-policy", "lacks-cycle", "lacks-medium", "lacks-retention"]


def test_one_thing_that_is_missing_is_a_hint():
    outcome = judged(policy, GOOD.replace("每日备份保存30天，每周备份保存半年。", "备份要妥善保管。"), cycle_days=1)
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["lacks-retention"])


def test_a_document_that_never_speaks_of_backups_is_asked_about():
    outcome = judged(policy, "机关食堂管理办法\n第一条 食堂每日开放三餐。")
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["not-about-backup"])


def test_a_table_is_read_too():
    table = "备份制度\n备份内容\t网页、数据库\n备份周期\t每日一次\n存储介质\t备份一体机\n保存期限\t90天\n责任人\t张伟\n"
    assert judged(policy, table, cycle_days=1).status is Status.PASS


def test_pages_that_nobody_read_may_name_what_is_missing():
    text = DocumentText(DocumentKind.PDF, (Part(Where.PAGE, "1", MEDIOCRE),), unread=2)
    outcome = judged(policy, text)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["unreadable"])


def test_a_list_that_says_otherwise_is_told():
    outcome = judged(policy, WEEKLY, cycle_days=1)
    assert (keys(outcome), outcome.findings[0].locator.paragraph) == (["cycle-differs"], 3)


@pytest.mark.parametrize("days", [1, 7])
def test_any_of_its_cycles_may_be_the_declared_one(days):
    assert judged(policy, GOOD, cycle_days=days).status is Status.PASS


def test_a_yearly_drill_is_no_cycle():
    text = MEDIOCRE + "五、每年组织一次备份恢复演练，每季度检查备份。\n"
    assert "lacks-cycle" in keys(judged(policy, text))


def test_a_month_is_too_long():
    assert keys(judged(policy, WEEKLY.replace("每周", "每月"))) == ["cycle-long"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每天备份", {1}),
        ("每周一次全量备份，每日增量备份", {1, 7}),
        ("备份周期：每月", {31}),
        ("每两周备份", {14}),
        ("每12小时备份", {0.5}),
        ("实时备份", {1 / 24}),
        ("定期备份", set()),
    ],
)
def test_cycles_are_read_as_days(text, days):
    assert cycle_days(text) == days


# The off-site copy


def test_a_recent_copy_in_another_place_passes():
    assert judged(off_site, OFF, place="区政务云灾备机房", last=date(2026, 10, 20)).status is Status.PASS


def test_the_proof_may_say_what_the_list_does_not():
    assert judged(off_site, OFF).status is Status.PASS


def test_an_old_one_fails():
    assert keys(judged(off_site, OFF.replace("10月", "6月"))) == ["old"]


def test_a_copy_in_the_same_room_is_not_off_site():
    outcome = judged(off_site, "2026年10月20日 备份保存在网站服务器本地D盘，同一机房另一块硬盘。")
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["same-place"])


def test_the_organ_itself_is_no_place():
    assert judged(off_site, f"本机关已将备份存放异地。{OFF}").status is Status.PASS


def test_neither_place_nor_day_are_hints():
    assert keys(judged(off_site, "备份已完成。")) == ["no-place", "undated"]


def test_what_only_the_list_says_is_asked():
    outcome = judged(off_site, "备份已于2026年10月1日完成。", place="区档案馆", last=date(2026, 10, 20))
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["day-not-in-proof", "place-not-in-proof"])


def test_a_day_to_come_is_a_mistake():
    assert keys(judged(off_site, OFF, last=date(2027, 1, 1))) == ["in-the-future"]


# The drill

HELD = {"held": date(2026, 5, 12), "minutes": 75, "rto_minutes": 120}


def test_a_drill_within_a_year_and_in_time_passes():
    assert judged(restore_drill, DRILL, **HELD).status is Status.PASS


def test_the_record_may_say_what_the_list_does_not():
    assert judged(restore_drill, DRILL, rto_minutes=120).status is Status.PASS


def test_one_that_took_too_long_fails():
    outcome = judged(restore_drill, DRILL, **(HELD | {"rto_minutes": 60}))
    assert (outcome.status, keys(outcome)) == (Status.FAIL, ["slower"])


def test_one_of_more_than_a_year_ago_fails():
    assert keys(judged(restore_drill, DRILL.replace("2026", "2025"), rto_minutes=120)) == ["long-ago"]


def test_one_that_did_not_succeed_fails():
    assert keys(judged(restore_drill, DRILL.replace("恢复成功", "数据库恢复失败"), **HELD)) == ["not-restored"]
    assert keys(judged(restore_drill, DRILL.replace("恢复成功", "见清单"), result="恢复失败", **HELD)) == [
        "not-restored"
    ]


def test_a_first_try_that_failed_is_a_question():
    text = DRILL.replace("过程：", "过程：第一次恢复失败，扩容后重试。")
    assert keys(judged(restore_drill, text, **HELD)) == ["failed"]


@pytest.mark.parametrize("text", ["目的：防止故障时数据无法恢复。", "如恢复失败，立即报告组长。"])
def test_what_a_drill_is_for_is_not_its_result(text):
    assert judged(restore_drill, DRILL + text, **HELD).status is Status.PASS


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"held": date(2026, 6, 1)}, "day-not-in-record"),
        ({"minutes": 30}, "time-differs"),
        ({"held": date(2026, 12, 1)}, "in-the-future"),
        ({"rto_minutes": None}, "no-objective"),
        ({"rpo_minutes": 60, "cycle_days": 1}, "cycle-beyond-rpo"),
    ],
)
def test_what_does_not_agree_is_told_or_asked(change, key):
    assert keys(judged(restore_drill, DRILL, **(HELD | change))) == [key]


def test_an_empty_record_tells_nothing():
    assert sorted(keys(judged(restore_drill, "演练记录"))) == ["no-duration", "not-about-restoring", "undated"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [("用时45分钟", 45), ("恢复耗时约1.5小时", 90), ("历时1个半小时", 90), ("用时90秒", 1.5), ("10:15 恢复", None)],
)
def test_times_are_read_as_minutes(text, taken):
    assert minutes(text) == taken


# Papers in other words

QUESTIONS = """\
二十一号局网站数据备份办法

1  范围：门户网站的网页、图片附件、数据库、系统配置文件。
2  频次：数据库一天一备；网页和附件每七天全量，平时增量。
3  去处：本地备份一体机一份，区大数据中心异地机房一份。
4  留多久：数据库三个月，网页一年。
5  谁来做：信息中心 张晓明（A角）、李婷（B角）。分管领导：刘建国副局长。
二〇二六年四月一日
"""
NOTICE = """\
关于做好网站备份的通知
各科室：为了做好网站备份，现将有关事项明确如下：
一、备什么：CMS程序、静态页、上传文件、MySQL库。
二、什么时候备：程序和静态页逢周六备，MySQL库夜里2点备。
三、备到哪：磁带库，另在市政务云存一份。
四、存多长：库存一季度，程序存半年。
五、哪个负责：信息中心钱伟。
"""
COLUMNS = """\
数据备份工作规范
项目\t对象\t频率\t方式\t存储位置\t保留\t责任人
数据库\tCMS库、互动库\t每日\t全量\t备份服务器+异地NAS\t90天\t王海燕
配置\tnginx、tomcat\t变更后\t手工\t备份服务器\t长期\t陈志远
"""


@pytest.mark.parametrize("text", [QUESTIONS, NOTICE, COLUMNS], ids=["questions", "notice", "columns"])
def test_a_complete_policy_in_other_words_is_not_accused(text):
    assert judged(policy, text, cycle_days=1).status is Status.PASS


def test_what_may_be_said_in_words_that_nobody_knows_is_asked_about():
    outcome = judged(policy, "网站备份制度\n网站备份由科室自理。\n网页程序归档，老的三个月后轮换。\n")
    assert "maybe-retention" in keys(outcome)
    assert "lacks-retention" not in keys(outcome)


def test_a_policy_of_slogans_stays_hardly_one():
    text = "数据备份制度\n为加强管理，各科室要高度重视备份工作，定期备份，确保万无一失。\n"
    assert "hardly-a-policy" in keys(judged(policy, text))


def test_a_daily_job_at_night_is_a_cycle_of_a_day():
    text = (
        GOOD.replace("每日凌晨备份一次，网页每周全量备份一次", "每天凌晨2点由脚本自动做一次全备")
        + "每周五再拷到移动硬盘备份。"
    )
    assert judged(policy, text, cycle_days=1).status is Status.PASS


def test_a_policy_that_denies_backups_is_asked_about():
    assert "denied" in keys(judged(policy, GOOD + "目前网站尚未开展备份。\n", cycle_days=1))


@pytest.mark.parametrize(
    "text", ["本局尚未开展异地备份工作，计划2026年10月20日以后再议。", "异地备份：无。2026年10月20日"]
)
def test_an_off_site_copy_that_is_denied_does_not_pass(text):
    outcome = judged(off_site, text, place="区政务云灾备中心", last=date(2026, 10, 20))
    assert (outcome.status, "denied" in keys(outcome)) == (Status.MANUAL, True)


def test_a_drill_that_did_not_take_place_does_not_pass():
    outcome = judged(restore_drill, "2026年5月12日原定的恢复演练因故没有进行。", **HELD)
    assert (outcome.status, "denied" in keys(outcome)) == (Status.MANUAL, True)


@pytest.mark.parametrize(
    "text",
    [
        "5月12日上午将备份还原至测试环境，耗时75分钟。\n信息中心\n2026年5月13日",
        "测试日期\t二〇二六年五月十二日\n恢复情况\t全部恢复，用时75分钟",
    ],
)
def test_a_day_without_its_year_or_in_numerals_is_found(text):
    assert judged(restore_drill, text, **HELD).status is Status.PASS


def test_no_time_at_all_differs_from_the_record():
    assert keys(judged(restore_drill, DRILL, **(HELD | {"minutes": 0}))) == ["time-differs"]


@pytest.mark.parametrize(("check", "text"), [(off_site, OFF), (restore_drill, DRILL)])
def test_a_pass_quotes_the_document_with_its_hash(check, text):
    said = HELD if check is restore_drill else {}
    notes = [note.params for note in judged(check, text, **said).notes if note.key == "rests-on"]
    assert notes[0]["words"].value in text
    assert len(notes[0]["sha256"].value) == 64


RECOVERY = """\
示例局网站灾备管理规定
范围：网页、数据库、系统配置。
频次：数据库每日一次，网页每周一次。
介质：灾备一体机、磁带库。
保存：日副本30天，周副本半年。
责任：信息中心张建国。
"""
TEMPLATE = """\
示例局网站备份管理制度
一、备份范围：（填写备份范围）。
二、备份周期：每____天备份一次。
三、备份介质：□磁带 □硬盘 □云存储
四、保存期限：____天。
五、责任人：（姓名）
"""


def test_a_policy_on_recovery_is_one_on_backups():
    assert judged(policy, RECOVERY, cycle_days=1).status is Status.PASS


def test_a_policy_in_look_alike_characters_is_read():
    assert judged(policy, GOOD.replace("日", "⽇").replace("一", "⼀"), cycle_days=1).status is Status.PASS


def test_an_empty_template_is_asked_about_and_not_accused():
    outcome = judged(policy, TEMPLATE)
    assert outcome.status is Status.MANUAL
    assert {"blank", "maybe-cycle", "maybe-responsible"} <= set(keys(outcome))


def test_a_form_whose_boxes_were_ticked_is_filled_in():
    text = GOOD.replace("备份存储介质为备份服务器", "备份存储介质：☑备份服务器 □磁带")
    assert judged(policy, text, cycle_days=1).status is Status.PASS


def test_a_title_names_no_scope():
    notes = judged(policy, "示例局网站数据备份管理制度（试行）\n各科室做好备份。\n").notes
    assert "names-scope" not in {note.key for note in notes}


def test_a_policy_that_was_repealed_is_asked_about():
    outcome = judged(policy, GOOD + "本制度自2025年1月1日起废止，不再执行。\n", cycle_days=1)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["repealed"])


def test_a_policy_that_repeals_an_older_one_passes():
    assert judged(policy, GOOD + "原《数据备份办法》同时废止。\n", cycle_days=1).status is Status.PASS


@pytest.mark.parametrize("lines", [12_000])
def test_what_stands_behind_the_limit_of_reading_is_never_said_to_lack(lines):
    outcome = judged(policy, "网站备份制度\n" + "一般条款\n" * lines + GOOD)
    assert keys(outcome) == ["unreadable"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (DRILL.replace("恢复成功", "未达到目标"), "failed"),
        ("恢复演练方案\n拟于2026年5月12日从备份恢复网站，用时75分钟。", "planned"),
    ],
)
def test_a_drill_that_fell_short_or_is_only_planned_does_not_pass(text, key):
    outcome = judged(restore_drill, text, **HELD)
    assert (outcome.status, key in keys(outcome)) == (Status.MANUAL, True)


def test_a_policy_that_nobody_follows_or_that_keeps_copies_on_the_machine_is_asked_about():
    text = GOOD.replace("每日凌晨备份一次", "原则上每日备份，目前没有执行").replace(
        "备份存储介质为备份服务器，另存政务云对象存储一份", "备份保存在网站服务器本机D盘"
    )
    assert {"hollow", "same-machine"} <= set(keys(judged(policy, text, cycle_days=1)))


def test_a_policy_that_also_keeps_a_copy_elsewhere_passes():
    text = GOOD.replace("备份存储介质为", "备份先存放在网站服务器本地磁盘，再同步到")
    assert judged(policy, text, cycle_days=1).status is Status.PASS


def test_the_mere_word_off_site_does_not_outweigh_the_same_rack():
    text = "为满足异地备份要求，备份存放在机房的另一台服务器（与网站服务器同一机柜）。2026年10月20日同步。"
    outcome = judged(off_site, text, place="异地机房", last=date(2026, 10, 20))
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["maybe-same-place"])


def test_a_copy_beyond_that_in_the_rack_is_off_site():
    text = "除本机房同一机柜的备份一体机外，每日同步至区政务云（滨江节点）。2026年10月20日同步成功。"
    assert judged(off_site, text, place="区政务云滨江节点", last=date(2026, 10, 20)).status is Status.PASS


def test_a_table_drawn_with_bars_names_what_its_headings_say():
    text = "门户网站数据备份\n|项目|频次|存放|保留|经办|\n|数据库|每日02:00|备份服务器|30份|李敏|\n区民政局办公室"
    assert judged(policy, text, cycle_days=1).status is Status.PASS


def test_a_site_on_a_shared_platform_names_its_centres_and_who_looks():
    text = "备份范围：网站全部数据。\n平台每日快照备份，保留30份，存放于两地三中心。\n办公室李敏每月核对。"
    assert judged(policy, text, cycle_days=1).status is Status.PASS
