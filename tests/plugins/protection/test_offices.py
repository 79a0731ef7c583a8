"""Whole papers as offices hand them in: good ones, mediocre ones, bad ones. None of them is accused without reason."""

from datetime import date

import pytest

from xuncha.api import Assessment, Classified, LogRetention, Measure, Reason
from xuncha_plugins.protection.duty_checks import classified_protection, log_retention, security_assessment
from xuncha_plugins.protection.measure_checks import anti_attack, anti_tamper, anti_virus

WAF = "明御Web应用防火墙"
REPORT = """明御Web应用防火墙 周报
统计周期：2026-10-19 至 2026-10-25
许可到期：2027-05-31
规则更新：2026-10-20
站点SSL证书到期时间：2026-10-01（已更换）
攻击总数 1203，全部拦截
"""
SEEN = {
    "good: an English export": (
        "Model\tFortiWeb-VM02\nLicense Expires\tDec 31, 2026\nLast signature update\t2026-10-20 04:11",
        {"product": "FortiWeb", "licence_until": date(2026, 12, 31), "updated": date(2026, 10, 20)},
        set(),
    ),
    "good: a weekly report with its period and a certificate that ended": (
        REPORT,
        {"product": WAF, "licence_until": date(2027, 5, 31)},
        set(),
    ),
    "mediocre: the government cloud gives it": (
        "我局网站部署在政务云，由政务云统一提供Web应用防火墙和防病毒服务，服务期至2026年12月。",
        {"product": "政务云Web应用防火墙"},
        {("update-unknown", "manual")},
    ),
    "mediocre: a contract whose period starts with its signature": (
        "云WAF安全防护服务合同\n服务期壹年，自双方签字盖章之日起计算。\n签订日期：2026年3月10日",
        {"product": "云WAF", "licence_until": date(2027, 3, 9), "updated": date(2026, 10, 1)},
        {("licence-unproven", "manual"), ("update-unproven", "manual")},
    ),
    "bad: bought years ago, never renewed": (
        "我单位部署有绿盟WAF一台，2021年采购，原厂维保已于2024年5月31日到期，未续保，规则库停留在2024年5月20日。",
        {"product": "绿盟WAF"},
        {("licence-proof-ended", "fail"), ("update-stale", "fail")},
    ),
    "bad: a list of alerts that nobody handles": (
        "时间\t事件\t级别\t处理状态\n2026-09-01 08:00\tSQL注入攻击\t高\t未处理",
        {"product": "已部署", "last_alert": date(2026, 9, 1), "alert_handled": "已处理"},
        {("unnamed", "warn"), ("unrelated", "manual"), ("alert-contradicts", "fail")},
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_papers_on_measures_against_attack(measure, name):
    text, said, found = SEEN[name]
    assert measure(text, **said).keys(anti_attack) == found


def test_a_list_of_hosts_is_judged_by_its_newest_signatures(measure, book):
    hosts = book(
        ("主机名称", "状态", "病毒库时间"), ("web", "在线", "2026/10/31"), ("old", "离线", "2024/03/02")
    )  # fmt: skip
    said = measure(hosts, "anti_virus", product="万相主机安全", licence_until=date(2027, 1, 14))
    assert said.keys(anti_virus) == {("licence-unproven", "manual")}


def test_years_of_renewals_are_no_ended_licences(measure):
    text = (
        "明御网站卫士（网页防篡改）历年续费\n2025.01.01-2025.12.31 已付\n2026.01.01-2026.12.31 已付\n策略版本：20260901"
    )
    said = measure(text, "anti_tamper", product="明御网站卫士", licence_until=date(2026, 12, 31))
    assert said.keys(anti_tamper) == set()


def test_an_alert_of_yesterday_may_still_be_open(measure, book):
    text = book(
        ("网页防篡改系统 告警列表",), ("授权有效期至", "2027-03-01"), ("策略更新时间", "2026-10-01"),
        ("发生时间", "文件", "处理结果"), ("2026-11-01 08:00", "/index.html", "待确认"),
        ("2026-06-02", "/a.jsp", "已恢复"),
    )  # fmt: skip
    assert measure(text, "anti_tamper", product="网威网页防篡改").keys(anti_tamper) == set()


def test_a_certificate_of_several_systems_is_read_by_its_number(unit, book):
    table = book(
        ("系统名称", "级别", "备案证明编号"), ("门户网站", "第二级", "33010699031-24001"),
        ("办公系统", "第三级", "33010699031-24002")
    )  # fmt: skip
    said = Classified(("c.docx",), 2, "33010699031－24001", assessed=date(2025, 6, 18))
    assert unit({"c.docx": table}, classified=said).keys(classified_protection) == set()


@pytest.mark.parametrize(
    ("text", "held", "found"),
    [
        ("示例区民政局网站渗透测试总结\n测试周期：2026.4.6-2026.4.10", date(2026, 4, 10), set()),
        ("示例区民政局网站网络安全自查报告\n检查时间：2025年9月3日", date(2025, 9, 3), {("overdue", "fail")}),
    ],
)
def test_papers_on_the_yearly_assessment(unit, text, held, found):
    said = Assessment(("a.docx",), held, "本单位")
    assert unit({"a.docx": text}, assessment=said).keys(security_assessment) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/var/log/nginx/*.log {\n weekly\n rotate 60\n}", {("unproven", "manual")}),
        ("服务器系统日志只保留最近三个月，数据库审计日志保留半年，到期自动覆盖。", {("proof-too-short", "fail")}),
        ("四类日志均保存13个月，每周备份。\n临时文件保存7天后删除。\n备份数据保留30天。", set()),
        (Reason.DOCUMENT_UNSUPPORTED, {("unread", "manual")}),
    ],
)
def test_papers_on_the_keeping_of_logs(unit, text, found):
    said = LogRetention(("l.txt",), 420, ("边界防火墙", "操作系统", "nginx访问日志", "MySQL"), backed_up=True)
    assert unit({"l.txt": text}, logs=said).keys(log_retention) == found


def test_one_paper_may_prove_two_measures(unit):
    text = "云防护平台：Web应用防火墙、网页防篡改\n服务期限：2026年1月1日至2026年12月31日\n规则更新时间：2026-10-20"
    entry = Measure(files=("a.docx",), product="云防护平台")
    said = unit({"a.docx": text}, anti_attack=entry, anti_tamper=entry)
    assert said.keys(anti_attack) == said.keys(anti_tamper) == set()


WAF = {"product": "绿盟WEB应用防火墙", "licence_until": date(2027, 10, 30), "updated": date(2026, 10, 28)}


@pytest.mark.parametrize(
    "text",
    [
        "WAF授权于2026年10月20日到期，2026年10月10日已续费一年。",
        "WAF授权截止日期：2026年10月20日。\n已办理续期手续。",
        "原WAF授权有效期至2026年10月20日，已更换为新设备。",
    ],
)
def test_a_licence_that_was_renewed_by_the_words_nearby_is_a_question(measure, text):
    found = measure(f"绿盟WEB应用防火墙\n{text}\n规则库2026年10月28日更新。", **WAF).keys(anti_attack)
    assert found == {("maybe-renewed", "manual")}


@pytest.mark.parametrize("text", ["尚未续费。", "待续签。", "计划明年续费。"])
def test_a_licence_that_was_not_renewed_has_ended(measure, text):
    said = measure(f"绿盟WEB应用防火墙\nWAF授权于2026年10月20日到期，{text}\n规则库2026年10月28日更新。", **WAF)
    assert ("licence-contradicts", "fail") in said.keys(anti_attack)


def test_a_renewal_that_names_its_beginning_and_its_length_is_in_force(measure):
    text = "WAF原授权于2026年10月31日到期，2026年10月20日已办理续费，服务期自2026年11月1日起一年。"
    assert measure(f"绿盟WEB应用防火墙\n{text}\n规则库2026年10月28日更新。", **WAF).keys(anti_attack) == set()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("工作模式：旁路监听，拦截功能未开启。", "idle"),
        ("设备状态：离线（12天）。防护开关：关闭。", "idle"),
        ("设备尚在库房，待上架。", "idle"),
        ("授权状态：已过期", "idle"),
        ("试用版，试用期30天。", "idle"),
        ("安装范围：办公电脑12台。网站服务器未安装。", "idle"),
        ("防护站点：www.jiangnan.gov.example（江南区教育局）。", "other-system"),
    ],
)
def test_a_measure_that_is_not_in_use_or_of_another_website_is_a_question(measure, text, key):
    paper = f"绿盟WEB应用防火墙\n授权至2027年10月30日。规则库2026年10月28日更新。\n{text}"
    assert measure(paper, **WAF).keys(anti_attack) >= {(key, "manual")}


@pytest.mark.parametrize(
    "text",
    [
        "工作模式：串联阻断。已关闭Telnet端口，支持离线升级。",
        "离线主机数：0，运行状态正常，无异常。",
        "防护站点：mz.shili.gov.example",
        "发现攻击32次，已自动阻断，工单已关闭。",
    ],
)
def test_a_measure_in_use_passes(measure, text):
    paper = f"绿盟WEB应用防火墙\n授权至2027年10月30日。规则库2026年10月28日更新。\n{text}"
    assert measure(paper, **WAF).keys(anti_attack) == set()


def test_logs_that_are_not_kept_as_set_are_a_question(unit):
    said = LogRetention(("l.txt",), 365, ("防火墙", "主机", "应用", "数据库"), backed_up=True)
    text = "网站日志保存期限一年。因磁盘空间不足，实际只有最近40天的日志。"
    assert ("hollow", "manual") in unit({"l.txt": text}, logs=said).keys(log_retention)


def test_an_assessment_that_nobody_made_is_a_question(unit):
    text = "示例区民政局网站安全评估\n评估时间：2026年5月11日\n结论：未发现问题。（本次未实际扫描，沿用上年结论）"
    said = unit({"a.docx": text}, assessment=Assessment(("a.docx",), date(2026, 5, 11), "本单位"))
    assert said.keys(security_assessment) == {("hollow", "manual")}


def test_the_certificate_of_another_system_is_a_question(unit):
    text = "备案证明\n系统名称：示例区民政局内部办公系统\n等级：第二级\n证书编号：33010643215-20001"
    said = Classified(("c.docx",), 2, "33010643215-20001", assessed=date(2025, 6, 18))
    assert unit({"c.docx": text}, classified=said).keys(classified_protection) == {("other-system", "manual")}


def test_a_product_without_a_licence_that_ends_needs_no_day(measure):
    said = measure("产品：ClamAV（开源）\n病毒库更新时间：2026年10月20日", "anti_virus", product="ClamAV")
    assert said.keys(anti_virus) == set()


def test_the_version_of_rules_may_be_a_year_and_a_day_in_one(measure):
    paper = "绿盟WEB应用防火墙\n授权至2027年10月30日。规则库版本 2026.1028，引擎版本 2023.11.05"
    assert measure(paper, **WAF).keys(anti_attack) == set()


def test_logs_that_move_to_an_archive_are_kept_there(unit):
    said = LogRetention(("l.txt",), 365, ("防火墙", "主机", "应用", "数据库"), backed_up=True)
    assert unit({"l.txt": "网站日志在线保存6个月，归档保存12个月。"}, logs=said).keys(log_retention) == set()


def test_a_table_drawn_with_bars_is_read_in_cells(unit):
    said = LogRetention(("l.txt",), 365, ("防火墙", "主机", "应用", "数据库"), backed_up=True)
    text = "网站日志\n|日志|保存期限（月）|\n|---|---|\n|防火墙|12|\n|主机|12|"
    assert unit({"l.txt": text}, logs=said).keys(log_retention) == set()
