"""Registers of filings: CSV and SQLite answer alike, and say where they can't be read."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import ConfigError
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.registers import CsvRegister, Registers, faults, hosts, plain_number, read_register, recognise

ROWS = [
    ("www.a.gov.cn", "鲁ICP备12345678号-1", "甲局", "2026-05-01"),
    ("b.gov.cn; http://b.政务.cn/", "鲁ICP备 2024000001号", "乙局", "2026-03-01"),
]


@pytest.fixture(params=["csv", "sqlite"])
def register(request, tmp_path):
    path = tmp_path / f"icp.{request.param}"
    if request.param == "csv":
        lines = ["域名,备案号,主办单位名称,审核日期", *(",".join(row) for row in ROWS)]
        path.write_text("\n".join(lines), "utf-8-sig")
    else:
        with sqlite3.connect(path) as database:
            database.execute("create table other (x)")
            database.execute('create table icp ("网站域名", "ICP备案号", "主办单位", "更新日期")')
            database.executemany("insert into icp values (?, ?, ?, ?)", ROWS)
        database.close()
    return read_register(path)


def test_a_domain_is_found_with_and_without_www(register):
    assert register.by_domain("a.gov.cn") == register.by_domain("WWW.A.gov.cn.")
    assert register.by_domain("a.gov.cn")[0].subject == "甲局"


def test_a_number_is_found_whatever_website_of_it_is_asked_for(register):
    assert [filed.domain for filed in register.by_number("鲁ICP备12345678号-3")] == ["www.a.gov.cn"]
    assert [filed.subject for filed in register.by_number("鲁ICP备2024000001")] == ["乙局"]


@pytest.mark.parametrize("asked", ["gov.cn", "x.a.gov.cn", "a_gov.cn", "%", ""])
def test_other_domains_are_not_found(register, asked):
    assert register.by_domain(asked) == ()


@pytest.mark.parametrize("asked", ["鲁ICP备1234567", "京ICP备12345678号", "%", ""])
def test_other_numbers_are_not_found(register, asked):
    assert register.by_number(asked) == ()


def test_the_newest_entry_tells_how_old_it_is(register):
    assert (register.as_of, register.size) == (date(2026, 5, 1), 2)


def test_a_cell_may_name_several_domains(tmp_path):
    path = tmp_path / "icp.csv"
    path.write_text("domain,number\n" + '"b.gov.cn, http://b.政务.cn:80/x",1\n', "utf-8")
    assert read_register(path).by_domain("b.xn--zfr164b.cn")


def test_gb18030_and_title_rows_are_read(tmp_path):
    path = tmp_path / "icp.csv"
    path.write_bytes("全区网站备案情况\n序号,网站域名,备案号\n1,a.gov.cn,鲁ICP备12345678号\n".encode("gb18030"))
    assert read_register(path).by_domain("a.gov.cn")[0].row == 3


def test_without_configuration_there_is_a_gap():
    gap = Registers().open("icp")
    assert isinstance(gap, Gap)
    assert gap.reason is Reason.REGISTER_NOT_CONFIGURED


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a,b\n1,2\n", b"SQLite format 3\0" + bytes(2000)])
def test_what_is_no_register_is_a_gap_that_names_the_file(tmp_path, content):
    path = tmp_path / "icp.dat"
    path.write_bytes(content)
    gap = Registers({"icp": str(path)}).open("icp")
    assert isinstance(gap, Gap)
    assert gap.reason is Reason.REGISTER_UNREADABLE
    assert "icp.dat" in gap.detail


def test_a_database_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "icp.db"
    sqlite3.connect(path).execute("create table x (y)").connection.close()
    with pytest.raises(ConfigError, match="no column for the domain"):
        read_register(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere\.csv"):
        read_register(tmp_path / "nowhere.csv")


def test_a_useless_row_is_named_and_the_others_count(tmp_path):
    path = tmp_path / "icp.csv"
    path.write_text("域名,备案号,主办单位\n,,甲局\na.gov.cn,,乙局\n", "utf-8")
    assert [str(problem.place) for problem in faults({"icp": str(path)})] == [f"{path}:2"]
    assert read_register(path).size == 1


def test_a_register_is_opened_once(tmp_path):
    path = tmp_path / "icp.csv"
    path.write_text("域名\na.gov.cn\n", "utf-8")
    registers = Registers({"icp": str(path)})
    assert registers.open("icp") is registers.open("icp")


def test_the_database_is_never_written(register, tmp_path):
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    register.by_domain("a.gov.cn")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_brackets_and_blanks_in_headings_do_not_matter():
    assert recognise(["网站备案/许可证号", " 域 名 "]) == {"number": 0, "domain": 1}


@given(st.text(max_size=200))
def test_any_cell_yields_hosts_that_can_be_looked_up(cell):
    assert all(host and not set(host) & set(" ,;/") for host in hosts(cell))


@given(st.integers(10**7, 10**8 - 1), st.integers(1, 99), st.sampled_from(["", " ", "\u3000"]))
def test_the_spelling_of_a_number_does_not_matter(serial, website, blank):
    assert plain_number(f"鲁ICP备{blank}{serial}{blank}号-{website}") == plain_number(f"鲁icp备{serial}")


@given(st.text(max_size=500))
def test_any_text_below_the_headings_is_read(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_text("域名,备案号\n" + text.replace("\0", ""), "utf-8", errors="replace", newline="")
    assert CsvRegister(path).size >= 0
