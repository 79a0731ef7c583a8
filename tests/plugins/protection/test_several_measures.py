"""One paper on several measures: each is held to its own sentences, and a day to the word that it belongs to."""

from datetime import date

import pytest

from xuncha.api import Measure
from xuncha_plugins.protection.measure_checks import anti_attack, anti_tamper, anti_virus

HONEST = """安全防护情况说明
1. 防攻击。2023年买的WAF授权到2025年6月30日，期满后换用政务云统一WAF（长亭雷池），\
服务期2026年1月1日至2028年12月31日，规则库2026年10月15日更新。
2. 防篡改。主机只读挂载加iGuard网页防篡改，买断，永久授权，2026年10月8日升级，全年无告警。
3. 防病毒。ClamAV开源软件，无授权期限，病毒库每日自动更新，最近2026年10月20日，未发现病毒。
"""
EXPIRED = """防护情况说明
一、防攻击：WAF（天清），授权2025年6月30日到期，尚未续。
二、防篡改：iGuard，授权截止日期2027年6月30日，策略更新时间2026年10月1日。
三、防病毒：火绒企业版，许可到期日2027年3月1日，病毒库更新时间2026年10月20日。
"""
SECTIONS = """防护情况说明
一、防攻击：天清WAF
授权截止日期：2025年6月30日
二、防病毒：火绒企业版
许可到期日：2027年3月1日
"""
CHECKS = {"anti_attack": anti_attack, "anti_tamper": anti_tamper, "anti_virus": anti_virus}
PRODUCTS = {"anti_attack": "天清WAF", "anti_tamper": "iGuard", "anti_virus": "火绒企业版"}


@pytest.fixture
def one_paper(unit):
    """The same paper handed in for all measures."""

    def make(text, products=PRODUCTS):
        said = {name: Measure(files=("a.docx",), product=product) for name, product in products.items()}
        return unit({"a.docx": text}, **said)

    return make


def failed(found):
    return {key for key, status in found if status == "fail"}


@pytest.mark.parametrize("piece", CHECKS)
def test_an_honest_paper_on_three_measures_fails_none(one_paper, piece):
    said = one_paper(HONEST, {"anti_attack": "长亭雷池WAF", "anti_tamper": "iGuard", "anti_virus": "ClamAV"})
    assert failed(said.keys(CHECKS[piece])) == set()


def test_the_ended_licence_of_one_measure_is_not_held_against_the_others(one_paper):
    said = one_paper(EXPIRED)
    assert [bool(failed(said.keys(check))) for check in CHECKS.values()] == [True, False, False]


def test_lines_below_a_measure_belong_to_it(one_paper):
    said = one_paper(SECTIONS)
    assert failed(said.keys(anti_attack)) == {"licence-proof-ended"}
    assert failed(said.keys(anti_virus)) == set()


def test_an_alert_of_malware_does_not_end_the_part_on_the_firewall(measure):
    text = "明御Web应用防火墙\n最近告警：木马上传，已拦截\n授权截止日期：2025-06-30"
    assert failed(measure(text, product="明御Web应用防火墙").keys(anti_attack)) == {"licence-proof-ended"}


@pytest.mark.parametrize(
    "words",
    [
        "许可有效期一年，自2026年3月1日起算",
        "授权有效期自2025年3月1日起三年",
        "无授权期限，最近2026年10月20日更新",
        "授权期限：永久，打印日期2026年10月12日",
        "授权期限3年，病毒库2026年10月20日升级",
    ],
)
def test_a_day_that_is_no_end_of_a_licence_accuses_nobody(measure, words):
    assert failed(measure(f"火绒企业版{words}。", "anti_virus", product="火绒企业版").keys(anti_virus)) == set()


def test_a_service_that_was_renewed_in_the_same_line_has_not_ended(measure):
    text = (
        "iGuard网页防篡改，维保服务期限至2026年3月1日，已另签续保合同，服务期限至2027年3月1日。策略更新时间：2026-10-01"
    )
    said = measure(text, "anti_tamper", product="iGuard", licence_until=date(2027, 3, 1))
    assert said.keys(anti_tamper) == set()
