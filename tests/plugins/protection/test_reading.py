"""How proofs are read: labels and days in lines and tables, and what stored runs tell."""

import asyncio
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import DefacementSign, DocumentLocator, Passage, Proven, Severity, day_of
from xuncha.testing import NOW, earlier
from xuncha_plugins.darklinks.facts import Injected, Plants, TitleSpam
from xuncha_plugins.evidence.days import days
from xuncha_plugins.exposure.probes import Exposures
from xuncha_plugins.protection.last_scan import last_scan
from xuncha_plugins.protection.stating import statements
from xuncha_plugins.protection.words import Label


def told(text, label):
    lines = [Passage(line, DocumentLocator("a.docx", paragraph=at)) for at, line in enumerate(text.split("\n"))]
    return [one.day for one in statements(lines) if one.label is label and one.day]


@pytest.mark.parametrize(
    "text",
    [
        "授权截止日期：2027年6月30日",
        "软件许可有效期至 2027-06-30",
        "服务期限：2026年7月1日至2027年6月30日",
        "License Expiration Date: 2027/06/30",
        "授权到期时间\t2027-06-30 23:59:59",
        "序号\t模块\t到期日期\n1\tIPS\t2027.6.30",
        "维保到期：２０２７年６月３０日",
        "订阅有效期：2027年6月",
        "原厂维保将于2027年6月30日到期，届时续保",
        "授权期限：二〇二六年七月一日至二〇二七年六月三十日",
    ],
)
def test_the_end_of_a_licence_is_read_in_its_usual_forms(text):
    assert told(text, Label.LICENCE) == [date(2027, 6, 30)]


@pytest.mark.parametrize(
    "text",
    [
        "病毒库版本：20261028.01",
        "特征库更新时间：2026-10-28 03:00:12",
        "最近更新：2026年10月28日",
        "名称\t规则库版本\nWAF\t2026.10.28.002",
        "Last updated: 2026/10/28",
        "Last signature update\t2026-10-28 04:11",
        "主机\t病毒库时间\nweb\t2026/10/28",
    ],
)
def test_the_last_update_is_read_in_its_usual_forms(text):
    assert told(text, Label.UPDATED) == [date(2026, 10, 28)]


@pytest.mark.parametrize(
    "text",
    [
        "授权单位已验收。日期2027年6月30日",
        "授权到期后请联系厂商",
        "规则库版本 3.1.2",
        "站点SSL证书到期时间：2026-11-01",
        "合同编号20270630001",
    ],
)
def test_a_day_that_belongs_to_something_else_is_left_alone(text):
    assert told(text, Label.LICENCE) == told(text, Label.UPDATED) == []


def test_the_headings_of_one_sheet_do_not_reach_into_the_next():
    lines = [
        Passage("名称\t到期日期", DocumentLocator("a.xlsx", sheet="授权")),
        Passage("甲\t2027-06-30", DocumentLocator("a.xlsx", sheet="名单")),
    ]
    assert list(statements(lines)) == []


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert all(start < end <= len(text) for _, start, end in days(text))
    told(text, Label.LICENCE)


# ------------------------------------------------------------------ 上次检查

BEFORE = datetime(2026, 10, 9, 8, tzinfo=NOW.tzinfo)
URL = "https://mz.shili.gov.example/.git/HEAD"


def seen(prints=(), plants=(), exposures=(), crawls=()):
    return asyncio.run(last_scan(earlier(*prints), earlier(*plants), earlier(*exposures), earlier(*crawls)))


def proven(family="version-control", **more):
    return Exposures(proven=(Proven("exposure.git-head", family, Severity.CRITICAL, URL, 200, **more),))


def test_an_open_repository_speaks_against_measures_against_attack():
    (one,) = seen(exposures=[(BEFORE, proven())]).exposed
    assert (one.url, one.day, one.check) == (URL, date(2026, 10, 9), "exposure.version-control")


@pytest.mark.parametrize("fact", [proven("default-pages"), proven(manual=True), Exposures()])
def test_what_a_filter_need_not_stop_or_nobody_confirmed_says_nothing(fact):
    assert seen(exposures=[(BEFORE, fact)]).exposed == ()


def test_a_scan_that_looked_at_something_else_was_a_scan():
    found = seen(crawls=[(BEFORE, None)])
    assert (found.exposed_on, found.scanned_on) == (None, date(2026, 10, 9))


def test_only_the_newest_run_counts():
    assert seen(exposures=[(BEFORE, proven()), (NOW, Exposures())]).exposed == ()


def test_spam_in_titles_and_foreign_scripts_speak_against_the_other_measures():
    title = TitleSpam(URL, 0, "spam", "澳门葡京", ("葡京",))
    script = Injected(URL, 0, "miner", "bad.example", "https://bad.example/x.js", 3, source="名单")
    found = seen(plants=[(BEFORE, Plants(titles=(title,), injected=(script,)))])
    assert [one.check for one in (*found.tampered, *found.infected)] == ["darklinks.title-spam", "darklinks.injected"]


@pytest.mark.parametrize(("sure", "count"), [(True, 1), (False, 0)])
def test_a_defaced_page_speaks_against_measures_against_tampering(sure, count, page_print):
    fact = page_print(signs=(DefacementSign("hacked", "Hacked by x", sure=sure),))
    assert len(seen(prints=[(BEFORE, fact)]).tampered) == count
    assert day_of(BEFORE) == date(2026, 10, 9)


def test_without_earlier_runs_nothing_was_seen():
    assert seen() == type(seen())()
