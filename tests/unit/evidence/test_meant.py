"""What offices write into the list, and what is meant by it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import ConfigError
from xuncha.evidence.declaration import read_declaration
from xuncha.evidence.meant import as_meant

ISSUED = ["2026年11月20日", "2026/11/20", "2026.11.20", "20261120", "二〇二六年十一月二十日", "2026-11-20"]


@pytest.fixture
def declared(tmp_path):
    def read(text, encoding="utf-8"):
        (tmp_path / "evidence.yaml").write_bytes(text.encode(encoding))
        return read_declaration(tmp_path / "evidence.yaml")

    return read


@pytest.mark.parametrize("written", ISSUED)
def test_a_day_is_understood_as_people_write_it(declared, written):
    assert declared(f"backup: {{policy: {{issued: {written}}}}}").backup.policy.issued.isoformat() == "2026-11-20"


@pytest.mark.parametrize(("name", "day"), [("licence_until", "2026-02-28"), ("updated", "2026-02-01")])
@pytest.mark.parametrize("written", ["2026-02", "2026年2月", "2026年2月份", "2026/2"])
def test_a_month_is_its_last_day_for_an_end_and_its_first_for_all_else(declared, written, name, day):
    measure = declared(f"protection: {{anti_virus: {{{name}: {written}}}}}").protection.anti_virus
    assert getattr(measure, name).isoformat() == day


@pytest.mark.parametrize("written", ["长期", "永久", "永久授权", "长期有效", "无期限", "无"])
def test_a_licence_without_an_end_has_none(declared, written):
    said = declared(f"protection: {{anti_virus: {{licence_until: {written}, product: 甲}}}}").protection.anti_virus
    assert (said.licence_until, said.product) == (None, "甲")


def test_no_alert_is_no_day(declared):
    assert declared("protection: {anti_virus: {last_alert: 无}}").protection.anti_virus.last_alert is None


@pytest.mark.parametrize(
    ("written", "hint"), [("8月21日", "请写明年份"), ("8.21", "请写明年份"), ("2026.03", "写成 2026-03")]
)
def test_a_day_without_its_year_is_refused_with_what_to_do(declared, written, hint):
    with pytest.raises(ConfigError) as caught:
        declared(f"protection: {{anti_virus: {{updated: {written}}}}}")
    assert re.search(hint, caught.value.lines("zh")[0])


@pytest.mark.parametrize("written", ["二级", "第二级", "2级", "2", "２", "等保二级"])
def test_a_level_is_understood_in_characters(declared, written):
    assert declared(f"protection: {{classified: {{level: {written}}}}}").protection.classified.level == 2


@pytest.mark.parametrize(
    ("written", "days"),
    [("一年", 365), ("12个月", 365), ("6个月", 183), ("半年", 183), ("365天", 365), ("一年半", 548), ("200", 200)],
)
def test_a_length_of_time_is_understood_in_days(declared, written, days):
    assert declared(f"protection: {{logs: {{kept_days: {written}}}}}").protection.logs.kept_days == days


@pytest.mark.parametrize(
    ("written", "days"), [("每天", 1), ("每日一次", 1), ("每周", 7), ("每12小时", 0.5), ("每月", 31)]
)
def test_a_cycle_is_understood_in_words(declared, written, days):
    assert declared(f"backup: {{policy: {{cycle_days: {written}}}}}").backup.policy.cycle_days == days


@pytest.mark.parametrize(("written", "minutes"), [("1小时35分", 95), ("95分钟", 95), ("四小时", 240), ("一天", 1440)])
def test_what_a_drill_took_is_understood_in_minutes(declared, written, minutes):
    assert declared(f"backup: {{restore_drill: {{minutes: {written}}}}}").backup.restore_drill.minutes == minutes


@pytest.mark.parametrize("written", ["防火墙、主机", "防火墙，主机", "[防火墙、主机]", "[防火墙, 主机]"])
def test_a_list_on_one_line_is_understood(declared, written):
    assert declared(f"protection: {{logs: {{kinds: {written}}}}}".replace("{kinds: 防火墙，", "{kinds: 防火墙，"))
    assert declared(f"protection:\n  logs:\n    kinds: {written}\n").protection.logs.kinds == ("防火墙", "主机")


def test_the_scope_of_a_contract_stays_one_text(declared):
    said = declared(
        "staffing: {outsourcing: {outsourced: 是, scope: 巡检、加固}}\nbackup: {policy: {scope: 网页、附件}}"
    )
    assert (said.staffing.outsourcing.scope, said.backup.policy.scope) == ("巡检、加固", ("网页", "附件"))


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ("a.docx", ("a.docx",)),
        ("a.docx、b.pdf", ("a.docx", "b.pdf")),
        ("a.docx, b.pdf", ("a.docx", "b.pdf")),
        ("网站、公众号预案.docx", ("网站、公众号预案.docx",)),
    ],
)
def test_files_need_no_brackets(declared, written, paths):
    assert declared(f"emergency:\n  plan:\n    files: {written}\n").emergency.plan.files == paths


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_list_is_read_in_the_encoding_of_the_editor(declared, encoding):
    assert declared("filled_by: 王海燕", encoding).filled_by == "王海燕"


def test_a_wide_colon_behind_a_name_is_a_colon(declared):
    said = declared("filled_by：王海燕\nbackup:\n  policy：\n    medium： 磁带：三盘\n")
    assert (said.filled_by, said.backup.policy.medium) == ("王海燕", "磁带：三盘")


@given(st.text(max_size=30), st.sampled_from(["issued", "level", "kept_days", "minutes", "files", "kinds", "name"]))
def test_any_word_ends_in_a_value(word, name):
    as_meant({name: word})
