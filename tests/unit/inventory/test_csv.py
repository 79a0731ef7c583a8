import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xuncha.model.site import SiteKind

TABLE = "网站名称,网址\n民政局,http://mzj.example.cn/\n教体局,http://jtj.example.cn/\n"


def names(inventory):
    return [site.name for site in inventory.sites]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(read, encoding):
    assert names(read(TABLE, encoding=encoding)) == ["民政局", "教体局"]


def test_a_guessed_encoding_is_noted(read):
    assert "read as GB18030" in read(TABLE, encoding="gb18030").notes[0].of("en")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_understood(read, delimiter):
    assert names(read(TABLE.replace(",", delimiter))) == ["民政局", "教体局"]


def test_a_title_and_blank_lines_may_stand_above_the_header(read):
    assert names(read(f"市北区政府网站名录,\n,\n{TABLE}")) == ["民政局", "教体局"]


def test_lines_that_begin_with_a_hash_are_skipped(read):
    assert names(read(TABLE + "# 示例,http://example.cn/\n")) == ["民政局", "教体局"]


def test_a_list_of_addresses_needs_no_header(read):
    assert names(read("www.a.example.cn\nhttp://b.example.cn/x\n", "list.txt")) == ["www.a.example.cn", "b.example.cn"]


def test_a_cell_may_hold_several_lines(read):
    site = read('name,url,contacts\na,http://a.example.cn/,"张三 1\n李四 2"\n').sites[0]
    assert site.contacts == ("张三 1", "李四 2")


def test_a_quote_that_is_not_closed_costs_one_row_only(read):
    inventory = read('name,url\na,http://a.cn\n"b,http://b.cn\nc,http://c.cn\n')
    assert names(inventory) == ["a", "c"]
    assert "sites.csv:3: this line can't be read" in inventory.problems[0].of("en")


def test_binary_content_is_no_table(refused):
    assert "no text, or in an unknown encoding" in refused(b"\x00\x01\x02\xff")[0]


def test_a_table_without_a_known_header_is_refused(refused):
    assert "no known header (at least a header name or url is needed)" in refused("foo,bar\n1,2\n")[0]


def test_a_table_without_rows_is_refused(refused):
    assert "no site has been filled in yet" in refused("网站名称,网址\n")[-1]


def test_only_so_many_rows_are_read(read, monkeypatch):
    monkeypatch.setattr("xuncha.inventory.csvfile.MAX_ROWS", 2)
    inventory = read(TABLE)
    assert names(inventory) == ["民政局"]
    assert "only 2 rows are read" in inventory.problems[0].of("en")


def test_broken_lines_come_to_an_end(read, monkeypatch):
    monkeypatch.setattr("xuncha.inventory.csvfile.MAX_BAD", 3)
    inventory = read(TABLE + '"a"b\n' * 50)
    assert len(inventory.problems) == 4


words = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=12)
rows = st.lists(st.tuples(words, st.sampled_from(SiteKind)), min_size=1, max_size=5)


@given(rows)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_was_written_is_read(read, rows):
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(["网站名称", "网址", "网站类型"])
    table.writerows((name, f"http://s{n}.example.cn/", kind.value) for n, (name, kind) in enumerate(rows))
    sites = read(stream.getvalue()).sites
    assert [site.kind for site in sites] == [kind for _, kind in rows]


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_any_bytes_are_read_or_refused(read, refused, content):
    table = "网站名称,网址\na,http://a.cn\n".encode() + content
    try:
        read(table)
    except Exception:  # noqa: BLE001 - then it must be one of ours, which ``refused`` asserts
        assert refused(table)
