"""Checks beside the sections: what clearly lacks fails, what is doubtful is asked, what was not read is left open."""

from dataclasses import replace
from datetime import date

import pytest

from xuncha.api import DocumentKind, DocumentText, Evidence, Gap, Part, Reason, Where
from xuncha.testing import SITE, evidence, judge
from xuncha_plugins.emergency import checks, reporting_checks

GOOD = "01-bureau"


@pytest.fixture
def good(cases):
    """The text of a plan that has everything."""
    return next(one.text for one in cases("plans") if one.path.stem == GOOD)


@pytest.fixture
def record(cases):
    """The text of a record that has everything."""
    return next(one.text for one in cases("records") if one.path.stem == "01-good")


@pytest.fixture
def told(read_plan):
    """The status of a check of a plan, and the keys it yields."""

    def ask(check, text, site=SITE, **declared):
        outcome = judge(check, *read_plan(text, **declared), site=site)
        return str(outcome.status), [found.key for found in outcome.findings]

    return ask


@pytest.fixture
def of_drill(read_drill):
    def ask(text, **declared):
        outcome = judge(checks.drill, *read_drill(text, **declared))
        return str(outcome.status), [found.key for found in outcome.findings]

    return ask


def reporting(sentence):
    return f"示例局网站应急预案\n发生网站安全事件的，按本预案处置。\n{sentence}\n"


# What is asked


def test_a_complete_plan_passes_and_tells_what_it_holds(read_plan, good):
    outcome = judge(checks.plan_complete, *read_plan(good))
    assert str(outcome.status) == "pass"
    assert {"holds-scope", "holds-defacement"} <= {note.key for note in outcome.notes}


@pytest.mark.parametrize("level", [2, 3])
def test_conditions_resources_and_training_are_hints_for_systems_at_level_3(told, cases, level):
    text = next(one.text for one in cases("plans") if one.path.stem == "09-old")
    status, keys = told(checks.plan_complete, text, site=replace(SITE, protection_level=level))
    assert (status, keys) == (("warn", ["lacks-resources", "lacks-training"]) if level == 3 else ("pass", []))


def test_a_heading_alone_is_no_section(told, good):
    text = good.replace("经技术组检测、确认隐患消除，并报领导小组同意后，网站方可重新上线。\n", "")
    text = "\n".join(line for line in text.split("\n") if "恢复" not in line or line == "七、恢复")
    status, keys = told(checks.plan_complete, text.replace("备份", "副件"))
    assert (status, keys) == ("fail", ["bare"])


def test_what_is_not_found_in_a_text_hardly_understood_is_asked(told):
    text = "示例局网站应急预案\n" + "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳。\n" * 5
    status, keys = told(checks.plan_complete, text)
    assert status == "manual"
    assert "unseen-defacement" in keys


def test_a_paper_of_another_kind_is_not_the_plan(told, cases):
    text = next(one.text for one in cases("plans") if one.path.stem == "06-fire")
    assert told(checks.plan_complete, text) == ("fail", ["other-kind"])
    assert told(checks.contacts, text)[0] == "inconclusive"


# Reporting


@pytest.mark.parametrize(
    ("sentence", "status", "keys"),
    [
        ("发现后2小时内报区委网信办。", "pass", []),
        ("应于发现后半小时内，向市网信部门和公安机关报告。", "pass", []),
        ("立即向区委网信办报告，书面总结10日内报送。", "pass", []),
        ("一般事件24小时内报区委网信办，较大以上事件1小时内报区委网信办。", "pass", []),
        ("网站须在2小时内恢复，并在3小时内上报网信办。", "pass", []),
        ("较大事件8小时内报区委网信办。", "fail", ["too-late"]),
        ("发现后24小时内上报区委网信办。", "fail", ["too-late"]),
        ("发现后24小时内上报。", "fail", ["office-unnamed", "too-late"]),
        ("1小时内报区委网信办，48小时内向公安机关报案。", "pass", []),
        ("向区委网信办报告，24小时内报区教育局。", "manual", ["maybe-late"]),
        ("1小时内报区政府办公室。", "manual", ["office-unnamed"]),
        ("及时向有关部门报告。", "manual", ["limit-unclear", "office-unnamed"]),
        ("10分钟内报告局长，由局长报区委网信办。", "manual", ["limit-unclear"]),
        ("10分钟内报告局长。由局长报区委网信办。", "manual", ["limit-unclear"]),
        ("由网管员向区委网信办报告。", "fail", ["no-limit"]),
        ("由网管员向科长报告。", "fail", ["no-limit", "office-missing"]),
        ("网管员负责修理。", "fail", ["none"]),
    ],
)
def test_reporting_is_held_against_the_rules_of_2025(told, sentence, status, keys):
    found = told(reporting_checks.reporting, reporting(sentence))
    assert (found[0], sorted(found[1])) == (status, keys)


def test_central_and_state_organs_have_two_hours(told):
    text = reporting("3小时内报本部门网信工作机构。")
    assert told(reporting_checks.reporting, text)[0] == "pass"
    assert told(reporting_checks.reporting, text, site=replace(SITE, level="国家级")) == ("fail", ["too-late"])


def test_a_late_final_report_is_a_hint_that_rests_on_an_unverified_number(read_plan):
    text = reporting("1小时内报区委网信办，处置结束后60日内报送总结报告。")
    (found,) = judge(reporting_checks.reporting, *read_plan(text)).findings
    assert (found.key, str(found.status), found.unverified) == ("summary-late", "warn", True)


def test_notes_tell_of_the_hotline_and_the_local_office(read_plan):
    outcome = judge(reporting_checks.reporting, *read_plan(reporting("2小时内报区委网信办。")))
    assert {note.key for note in outcome.notes} - {"rests-on"} == {"no-hotline", "local-office"}


# Dates


@pytest.mark.parametrize(
    ("line", "declared", "status", "keys"),
    [
        ("2026年3月5日", {}, "pass", []),
        ("二〇二五年十二月", {}, "pass", []),
        ("（2024年修订）", {}, "pass", []),
        ("二○一五年九月十六日", {}, "fail", ["old"]),
        ("2015年9月16日", {"revised": date(2026, 5, 1)}, "manual", ["declared-newer"]),
        ("", {"revised": date(2026, 5, 1)}, "manual", ["date-declared"]),
        ("", {}, "manual", ["undated"]),
        ("2027年1月1日", {}, "manual", ["future"]),
        ("依据《网络安全法》（2026年1月1日起施行）制定。", {}, "manual", ["undated"]),
    ],
)
def test_the_newest_date_of_the_paper_itself_counts(told, line, declared, status, keys):
    text = f"示例局网站应急预案\n本预案适用于网站安全事件。\n示例局\n{line}\n"
    assert told(checks.plan_current, text, **declared) == (status, keys)


# Approval


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("示例局网站应急预案", "示例局网站应急预案（征求意见稿）"), "draft"),
        (("示例局网站应急预案", "XX局网站应急预案（模板）"), "draft"),
        (("示例局成立", "××局由×××和×××成立"), "blanks"),
        (("2026年3月5日", "年  月  日"), "date-blank"),
    ],
)
def test_drafts_and_templates_are_no_formal_paper(told, change, key):
    text = "示例局网站应急预案\n示例局成立领导小组，本预案经局长办公会审议通过。\n示例局\n2026年3月5日\n"
    assert told(checks.plan_approved, text) == ("pass", [])
    status, keys = told(checks.plan_approved, text.replace(*change))
    assert (status, key in keys) == ("fail", True)


@pytest.mark.parametrize(
    ("text", "declared", "status", "keys"),
    [
        ("示例局网站应急预案\n正文。\n示例局\n2026年3月5日", {}, "manual", ["no-approval"]),
        ("示例局网站应急预案\n正文。\n示例局\n2026年3月5日", {"approved_by": "局长"}, "manual", ["approval-declared"]),
        ("网站应急预案\n由局长负责。\n2026年3月5日", {}, "manual", ["no-approval", "no-unit"]),
        ("网站应急预案\n本预案经2026年第1次会议审议通过。", {}, "manual", ["no-date", "no-unit"]),
        ("网站应急预案\n发生篡改的，关闭网站。", {}, "fail", ["unsigned"]),
    ],
)
def test_unit_approval_and_date_are_looked_for(told, text, declared, status, keys):
    found = told(checks.plan_approved, text, **declared)
    assert (found[0], sorted(found[1])) == (status, keys)


def test_forms_in_annexes_are_meant_to_be_blank(told, good):
    form = "\n附件2：事件报告单\n报告单位：______ 报告人：______ 时间：____年__月__日"
    assert told(checks.plan_approved, good + form) == ("pass", [])


# Contacts


@pytest.mark.parametrize(
    ("line", "status", "keys"),
    [
        ("值班电话：0300-8123456", "pass", []),
        ("信息科\t何建\t16600004418", "pass", []),
        ("联系人：张三 电话：13800000000", "fail", ["placeholder", "placeholder"]),
        ("联系人：张三", "fail", ["placeholder"]),
        ("联系电话：XXXXXXXX", "fail", ["placeholder"]),
        ("值班电话：1660000123", "warn", ["malformed"]),
        ("值班电话：0300-1111111", "fail", ["placeholder"]),
        ("值班电话：0300-8888888", "manual", ["masked"]),
        ("值班电话：16688888888", "manual", ["masked"]),
        ("责任人\t工作\n何建\t测试", "fail", ["none"]),
        ("值班电话：166****1234", "manual", ["masked"]),
        ("联系方式见内部通讯录。", "manual", ["elsewhere"]),
        ("报警拨打110，报告拨打12387。", "fail", ["none"]),
        ("电话\n组长 16600001234\n副组长 16600001234\n成员 16600001234", "manual", ["same-number"]),
    ],
)
def test_contacts_could_be_reached(told, line, status, keys):
    found = told(checks.contacts, reporting(line))
    assert found[0] == status
    assert set(found[1]) == set(keys)


def test_no_number_of_the_plan_is_kept_whole(read_plan):
    _, plan = read_plan(reporting("组长电话 16600004418，值班 0300-8123456，备用 8123457，误 1660000441。"))
    stored = repr(plan)
    assert not [number for number in ("16600004418", "8123456", "8123457", "1660000441") if number in stored]


# Drills


def test_a_drill_within_a_year_passes(of_drill, record):
    assert of_drill(record) == ("pass", [])


@pytest.mark.parametrize(
    ("change", "declared", "status", "keys"),
    [
        (("2026年9月18日14:30—16:00", "2024年9月18日"), {}, "fail", ["old"]),
        (("2026年9月18日14:30—16:00", "2024年9月18日"), {"held": date(2026, 5, 1)}, "manual", ["declared-newer"]),
        (("2026年9月18日14:30—16:00", "下午"), {}, "fail", ["no-date"]),
        (("2026年9月18日14:30—16:00", "下午"), {"held": date(2026, 5, 1)}, "manual", ["date-declared"]),
        (("2026年9月18日14:30—16:00", "2026年12月18日"), {}, "manual", ["future"]),
    ],
)
def test_the_date_of_the_drill_counts(of_drill, record, change, declared, status, keys):
    assert of_drill(record.replace(*change), **declared) == (status, keys)


def test_a_scheme_is_no_record(of_drill, cases):
    text = next(one.text for one in cases("records") if one.path.stem == "04-scheme")
    assert of_drill(text) == ("fail", ["scheme-only"])


# What is not there, and what can't be read

EVERY = [checks.plan_complete, reporting_checks.reporting, checks.plan_current, checks.plan_approved, checks.contacts]


@pytest.mark.parametrize("check", [*EVERY, checks.drill])
@pytest.mark.parametrize(
    ("due", "status"), [(None, "not_run"), (date(2027, 1, 1), "not_run"), (date(2026, 1, 1), "fail")]
)
def test_what_was_not_handed_in_waits_for_its_deadline(check, due, status, read_plan, read_drill):
    _, fact = (read_drill if check is checks.drill else read_plan)("网站应急预案")
    assert str(judge(check, evidence(due=due), fact).status) == status


@pytest.mark.parametrize("check", [*EVERY, checks.drill])
@pytest.mark.parametrize(
    ("planned", "status", "key"),
    [
        (Reason.DOCUMENT_SCANNED, "manual", "unreadable"),
        (Reason.PROGRAM_MISSING, "manual", "unreadable"),
        (Reason.DOCUMENT_DAMAGED, "inconclusive", None),
        (
            DocumentText(DocumentKind.PDF, (Part(Where.PAGE, "1", "网站应急预案演练"),), unread=3),
            "manual",
            "pages-unread",
        ),
        ("", "fail", "empty"),
    ],
)
def test_nothing_is_said_to_lack_where_not_all_was_read(check, planned, status, key, read_plan, read_drill):
    given, fact = (read_drill if check is checks.drill else read_plan)({"a.pdf": planned})
    outcome = judge(check, given, fact)
    assert (str(outcome.status), key in [one.key for one in outcome.findings]) == (status, key is not None)


@pytest.mark.parametrize("check", [*EVERY, checks.drill])
def test_a_text_read_in_part_proves_no_lack(check, read_plan, read_drill):
    text = DocumentText(DocumentKind.DOCX, (Part(Where.BODY, "", "示例局网站应急演练预案"),), complete=False)
    given, fact = (read_drill if check is checks.drill else read_plan)({"a.docx": text})
    assert "fail" not in {str(one.status) for one in judge(check, given, fact).findings}


@pytest.mark.parametrize("check", [*EVERY, checks.drill])
def test_a_list_with_mistakes_can_not_be_told(check, read_plan, read_drill):
    _, fact = (read_drill if check is checks.drill else read_plan)("网站应急预案")
    assert str(judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE)), fact).status) == "inconclusive"


def test_an_annex_that_is_a_picture_keeps_all_else_open(read_plan, good):
    given, plan = read_plan({"plan.docx": good.replace("演练", "练兵"), "contacts.jpg": Reason.DOCUMENT_SCANNED})
    outcome = judge(checks.plan_complete, given, plan)
    assert [one.key for one in outcome.findings if str(one.status) == "fail"] == []


# Papers that deny, wish or lie ahead

WALKED = """\
会议（活动）记录
时间：2026年10月14日
参加：刘建国、张晓明、李婷、云公司小赵
内容：模拟首页被挂黑页，按流程走一遍。张晓明断网，李婷恢复备份，用了40分钟。大家觉得流程可行，电话表要更新。
"""
WISHED = """\
应急演练方案
时间：2026年10月14日。
参加人员：办公室、信息科。
演练内容：首页被篡改。
要求：各单位高度重视，确保演练达到预期效果，圆满成功。
"""
CALLED_OFF = (
    "网站应急演练记录\n2026年10月14日，因参加人员未到齐，原定的首页被篡改演练取消。参加人员：无。结果：未进行。\n"
)
SUMMARY = """\
示例局“首页被篡改”应急演练总结
按照年度计划，我局于10月14日组织了网站应急演练。
参演单位：办公室、信息中心、运维单位。
整个演练历时一个半小时，各环节衔接顺畅，达到了检验预案、锻炼队伍的目的。
示例局信息中心
2026年10月16日
"""


def test_a_record_without_the_usual_words_is_not_accused(of_drill):
    assert of_drill(WALKED)[0] == "manual"
    assert "no-plan" not in of_drill(WALKED)[1]


def test_a_wish_is_no_result(of_drill):
    assert of_drill(WISHED) == ("fail", ["scheme-only"])


def test_a_drill_that_was_called_off_does_not_pass(of_drill):
    assert of_drill(CALLED_OFF) == ("manual", ["denied", "thin-result"])


@pytest.mark.parametrize("more", ["不足：值班员未及时记录。", "下一步，计划于明年开展勒索病毒演练。"])
def test_what_went_wrong_or_comes_next_denies_no_drill(of_drill, record, more):
    assert of_drill(record + more) == ("pass", [])


def test_the_result_is_quoted_not_the_title(read_drill):
    notes = {one.key: one.params for one in judge(checks.drill, *read_drill(SUMMARY)).notes}
    assert (
        notes["holds-result"]["words"].value
        == "整个演练历时一个半小时，各环节衔接顺畅，达到了检验预案、锻炼队伍的目的。"
    )


def test_a_month_to_come_is_no_day(read_drill):
    text = "关于开展网站应急演练的通知\n各科室：定于2026年12月开展网站应急演练，请做好准备。\n"
    found = {one.key: one.params for one in judge(checks.drill, *read_drill(text)).findings}
    assert found["future"]["day"].value == "2026年12月"


@pytest.mark.parametrize(("month", "keys"), [("2025年11月", []), ("2025年10月", ["old"])])
def test_a_month_is_old_only_when_its_last_day_is(of_drill, record, month, keys):
    assert of_drill(record.replace("2026年9月18日", month))[1] == keys


def test_drills_below_their_heading_need_not_be_named_again(read_plan):
    text = "示例局网站应急预案\n6.1 通讯\n通讯录见附件。\n6.2 演练\n每年至少组织一次。\n七、附则\n自发布之日起实施。\n"
    assert "thin-drills" not in [one.key for one in judge(checks.plan_complete, *read_plan(text)).findings]


def test_a_plan_that_was_withdrawn_is_asked_about(told, good):
    assert told(checks.plan_complete, good + "\n本应急预案已作废。\n") == ("manual", ["denied"])


@pytest.mark.parametrize("check", [checks.plan_complete, checks.plan_current, checks.plan_approved, checks.contacts])
def test_a_pass_quotes_the_plan_with_its_hash(check, read_plan, good):
    params = [one.params for one in judge(check, *read_plan(good)).notes]
    assert {len(one["sha256"].value) for one in params} == {64}
    assert all(one["path"].value == "plan.docx" for one in params)
