"""Measures with their proofs: what a product's export says, what is only declared, what the last scan saw."""

from datetime import date

import pytest

from xuncha.api import Evidence, Gap, Measure, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.protection.facts import LastScan, Sight
from xuncha_plugins.protection.measure_checks import anti_attack, anti_tamper, anti_virus

EXPORT = """明御Web应用防火墙 系统信息
设备型号：DAS-WAF-500
授权信息：正式版，授权截止日期：2027年6月30日
规则库版本：20261028（更新时间：2026-10-28 03:00）
最近一次告警：2026-10-30，SQL注入，已拦截
"""
GOOD = {"product": "明御Web应用防火墙", "licence_until": date(2027, 6, 30), "updated": date(2026, 10, 28)}
PIECES = [(anti_attack, "anti_attack"), (anti_tamper, "anti_tamper"), (anti_virus, "anti_virus")]


def test_an_export_that_says_it_all_passes(measure):
    assert measure(EXPORT, **GOOD).judge(anti_attack).status is Status.PASS


def test_a_tamper_guard_and_a_virus_scanner_pass_in_the_same_way(measure):
    text = "iGuard网页防篡改系统\n服务期限：2026年1月1日至2026年12月31日\n策略更新时间：2026-09-01"
    guard = measure(text, "anti_tamper", product="iGuard网页防篡改系统", licence_until=date(2026, 12, 31))
    assert guard.judge(anti_tamper).status is Status.PASS
    text = "产品\t病毒库版本\t授权到期\n天擎终端安全\t2026.11.01.002\t2027-03-01"
    assert measure(text, "anti_virus", product="天擎终端安全").judge(anti_virus).status is Status.PASS


def test_a_licence_that_is_about_to_end_is_noted(measure):
    text = EXPORT.replace("2027年6月30日", "2026年11月20日")
    assert "licence-ends-soon" in noted(measure(text, **GOOD).judge(anti_attack))


def noted(outcome):
    return {one.key: one.params for one in outcome.notes}


def test_a_pass_tells_what_it_rests_on_in_the_words_of_the_document(measure):
    note = next(one for one in measure(EXPORT, **GOOD).judge(anti_attack).notes if one.key == "rests-on")
    shown = {name: value.value for name, value in note.params.items()}
    assert (shown["path"], shown["where"], len(shown["sha256"])) == ("protection/anti_attack.docx", "§ 1", 64)
    assert shown["words"] == "明御Web应用防火墙 系统信息"


def test_words_of_a_pass_keep_their_punctuation(measure):
    notes = measure(EXPORT, **GOOD).judge(anti_attack).notes
    assert "授权信息：正式版，授权截止日期：2027年6月30日" in [
        one.params["words"].value for one in notes if one.key == "rests-on"
    ]


def test_a_pass_says_whether_a_scan_was_compared(measure):
    assert "no-scan" in noted(measure(EXPORT, **GOOD).judge(anti_attack))
    seen = LastScan(exposed_on=date(2026, 10, 30))
    assert noted(measure(EXPORT, **GOOD, scan=seen).judge(anti_attack))["scanned"]["day"].value == "2026-10-30"


@pytest.mark.parametrize(
    "text",
    [
        "说明\n明御Web应用防火墙已于2025年报废拆除，现无防护。2028年5月31日前重新采购。规则更新：2026年10月28日停止。",
        "明御Web应用防火墙尚未启用，授权截止日期：2027年6月30日，规则更新时间：2026-10-28",
        EXPORT + "因机房搬迁，WAF已停用。\n",
    ],
)
def test_proof_that_denies_the_measure_is_asked_about(measure, text):
    assert ("denied", "manual") in measure(text, **GOOD).keys(anti_attack)


def test_an_old_product_that_was_replaced_denies_nothing(measure):
    assert measure(EXPORT + "原有防火墙已报废。\n", **GOOD).judge(anti_attack).status is Status.PASS


def test_a_licence_that_has_ended_by_the_list_but_not_by_its_proof_is_asked_about(measure):
    said = GOOD | {"licence_until": date(2025, 2, 28)}
    assert measure(EXPORT, **said).keys(anti_attack) == {("licence-differs", "manual")}


@pytest.mark.parametrize(("check", "piece"), PIECES)
def test_nothing_handed_in_waits_for_its_deadline_and_fails_after_it(measure, unit, check, piece):
    assert unit({}, due=date(2026, 12, 1)).judge(check).status is Status.NOT_RUN
    assert unit({}, due=date(2026, 10, 1)).keys(check) == {("not-handed-in", "fail")}


@pytest.mark.parametrize("check", [check for check, _ in PIECES])
def test_a_declaration_with_mistakes_can_not_be_judged(check):
    assert judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE))).status is Status.INCONCLUSIVE


@pytest.mark.parametrize(("check", "piece"), PIECES)
def test_a_picture_is_a_question_and_nothing_else(measure, check, piece):
    said = measure(Reason.DOCUMENT_UNSUPPORTED, piece, **GOOD | {"product": "综合防护"})
    assert said.keys(check) == {("unread", "manual")}


def test_a_damaged_proof_can_not_be_told(measure):
    assert measure(Reason.DOCUMENT_DAMAGED, **GOOD).judge(anti_attack).status is Status.INCONCLUSIVE


def test_a_licence_that_ended_by_the_list_fails(measure):
    said = measure("明御Web应用防火墙 规则库更新时间：2026-10-28", **GOOD | {"licence_until": date(2026, 8, 31)})
    assert said.keys(anti_attack) == {("licence-ended", "fail")}


def test_a_licence_that_ended_by_its_own_proof_fails(measure):
    text = EXPORT.replace("2027年6月30日", "2026年6月30日")
    assert measure(text, **GOOD).keys(anti_attack) == {("licence-contradicts", "fail")}
    assert measure(text, product="明御Web应用防火墙").keys(anti_attack) == {("licence-proof-ended", "fail")}


def test_beside_a_picture_an_ended_licence_may_have_been_renewed(unit):
    read = {"a.docx": EXPORT.replace("2027年6月30日", "2026年6月30日"), "b.jpg": Reason.DOCUMENT_UNSUPPORTED}
    said = unit(read, anti_attack=Measure(files=("a.docx", "b.jpg"), **GOOD))
    assert said.keys(anti_attack) == {("licence-renewed", "manual"), ("unread", "manual")}


def test_one_of_several_licences_that_ended_is_a_question(measure, book):
    text = book(("模块", "授权到期日期"), ("WAF基础", "2027-06-30"), ("威胁情报", "2026-03-31"))
    assert ("licence-part", "manual") in measure(text, **GOOD).keys(anti_attack)


def test_what_is_declared_and_not_shown_is_a_question(measure):
    said = measure("我单位部署了明御Web应用防火墙。", **GOOD)
    assert said.keys(anti_attack) == {("licence-unproven", "manual"), ("update-unproven", "manual")}


def test_what_nobody_says_is_a_question(measure):
    said = measure("我单位部署了明御Web应用防火墙。", product="明御Web应用防火墙")
    assert said.keys(anti_attack) == {("licence-unknown", "manual"), ("update-unknown", "manual")}


@pytest.mark.parametrize(
    ("day", "key"),
    [("2026-06-01", ("update-old", "warn")), ("2024-06-01", ("update-stale", "fail")), ("2026-10-01", None)],
)
def test_old_rules_are_a_hint_and_abandoned_ones_a_failure(measure, day, key):
    text = EXPORT.replace("20261028（更新时间：2026-10-28 03:00）", day)
    said = measure(text, product="明御Web应用防火墙", licence_until=date(2027, 6, 30))
    assert said.keys(anti_attack) == ({key} if key else set())


def test_an_update_that_the_proof_does_not_bear_out_is_a_question(measure):
    text = EXPORT.replace("20261028（更新时间：2026-10-28 03:00）", "2026-03-01")
    assert measure(text, **GOOD).keys(anti_attack) == {("update-differs", "manual")}


def test_days_to_come_are_told(measure):
    said = measure(EXPORT, **GOOD | {"updated": date(2027, 1, 1)}, last_alert=date(2027, 1, 1))
    assert said.keys(anti_attack) == {("ahead", "warn")}
    assert len(said.judge(anti_attack).findings) == 2


@pytest.mark.parametrize(
    ("product", "key"),
    [("无", ("none", "fail")), ("", ("unnamed", "warn")), ("已部署", ("unnamed", "warn"))],
)
def test_an_entry_that_names_no_product_is_told(measure, product, key):
    assert key in measure(EXPORT, **GOOD | {"product": product}).keys(anti_attack)


def test_a_product_of_another_kind_is_a_question(measure):
    assert ("other-kind", "manual") in measure(EXPORT, **GOOD | {"product": "瑞星杀毒"}).keys(anti_attack)


def test_a_proof_of_something_else_is_a_question(measure):
    text = "办公电脑采购合同\n保修期限：2027年6月30日\n更新时间：2026-10-28"
    assert measure(text, **GOOD).keys(anti_attack) == {("unrelated", "manual")}


ALERTS = (
    ("告警时间", "攻击类型", "来源", "处置状态"),
    ("2026-10-12 11:20:01", "目录遍历", "203.0.113.9", "未处置"),
    ("2026-10-13 08:01:44", "SQL注入", "203.0.113.10", "已拦截"),
    ("2026-10-31 08:01:44", "扫描", "203.0.113.11", "待处理"),
)


def test_open_alerts_of_an_export_are_a_question(unit, book):
    read = {"a.docx": EXPORT, "b.xlsx": book(*ALERTS)}
    said = unit(read, anti_attack=Measure(files=("a.docx", "b.xlsx"), **GOOD))
    (found,) = said.judge(anti_attack).findings
    assert (found.key, found.params["count"].value, found.params["day"].value) == ("alerts-waiting", 1, "2026-10-12")


def test_an_alert_that_is_open_though_declared_as_handled_fails(unit, book):
    read = {"a.docx": EXPORT, "b.xlsx": book(*ALERTS)}
    entry = Measure(files=("a.docx", "b.xlsx"), **GOOD, last_alert=date(2026, 10, 12), alert_handled="已封禁来源地址")
    assert unit(read, anti_attack=entry).keys(anti_attack) == {("alert-contradicts", "fail")}


@pytest.mark.parametrize(
    ("handled", "key"),
    [("", ("alert-open", "manual")), ("正在处理中", ("alert-unhandled", "fail")), ("已拦截，未造成影响", None)],
)
def test_how_the_last_alert_ended_is_asked_or_told(measure, handled, key):
    said = measure(EXPORT, **GOOD, last_alert=date(2026, 10, 1), alert_handled=handled)
    assert said.keys(anti_attack) == ({key} if key else set())


SIGHT = Sight("https://mz.shili.gov.example/.git/HEAD", date(2026, 10, 9), "exposure.version-control")


def test_a_declared_measure_and_what_the_scan_saw_are_put_side_by_side(measure):
    said = measure(EXPORT, **GOOD, scan=LastScan(exposed=(SIGHT,)))
    (found,) = said.judge(anti_attack).findings
    assert (found.key, found.status) == ("seen", Status.MANUAL)
    assert found.params["url"].value == SIGHT.url


def test_what_a_scan_saw_of_one_kind_says_nothing_of_the_others(measure):
    assert measure(EXPORT, **GOOD, scan=LastScan(tampered=(SIGHT,), infected=(SIGHT,))).keys(anti_attack) == set()


def test_without_a_scan_nothing_is_compared(measure):
    said = measure(EXPORT, **GOOD)
    facts = (said.evidence, said.proofs, (LastScan, Gap(Reason.DEADLINE)))
    assert judge(anti_attack, *facts).status is Status.PASS


def test_a_declared_day_that_the_proof_bears_is_shown_whatever_it_calls_it(measure):
    text = "明御Web应用防火墙续费记录\n2026.07.01-2027.06.30 已付\n当前规则 20261028"
    assert measure(text, **GOOD).judge(anti_attack).status is Status.PASS


def test_a_brochure_of_the_maker_proves_no_measure(measure):
    text = (
        "明御Web应用防火墙产品白皮书\n规则库每周更新，授权一般为三年。\n规则更新：2026年10月28日\n有效期至2027年6月30日"
    )
    assert measure(text, **GOOD).keys(anti_attack) == {("brochure", "manual")}


def test_a_scan_that_did_not_probe_is_no_scan_to_compare_with(measure):
    scan = LastScan(scanned_on=date(2026, 10, 30))
    told = noted(measure(EXPORT, **GOOD, scan=scan).judge(anti_attack))
    assert (told["not-probed"]["day"].value, "no-scan" in told) == ("2026-10-30", False)


def test_a_scan_that_did_not_look_for_spam_says_nothing_of_the_tamper_guard(measure):
    scan = LastScan(scanned_on=date(2026, 10, 30))
    text = "iGuard网页防篡改系统\n服务期限：2026年1月1日至2026年12月31日\n策略更新时间：2026-09-01"
    assert "not-looked" in noted(measure(text, "anti_tamper", product="iGuard", scan=scan).judge(anti_tamper))
