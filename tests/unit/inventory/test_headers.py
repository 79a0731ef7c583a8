import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.inventory.fields import COLUMN_FIELDS, SITE_FIELDS, plain, recognise


def fields(headers, sort="sites"):
    return {index: field.name for index, field in recognise(headers, sort).items()}


every_site_header = [(field.name, word) for field in SITE_FIELDS.values() for word in (field.name, field.zh)]


@pytest.mark.parametrize(("field", "header"), every_site_header)
def test_every_proper_name_is_known(field, header):
    assert fields([header]) == {0: field}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("首页地址", "urls"),
        ("域名", "urls"),
        ("URL", "urls"),
        ("单位名称", "name"),
        ("Site Name", "name"),
        ("主办", "sponsor"),
        ("网站 名称（必填）", "name"),
        ("网址*", "urls"),
        ("ＩＣＰ备案号", "icp"),
        ("Protection-Level", "protection_level"),
        ("旧域名", "former_urls"),
    ],
)
def test_what_people_write_is_understood(header, field):
    assert fields([header]) == {0: field}


def test_proper_names_win_over_what_else_people_write():
    assert fields(["单位名称", "网站名称"]) == {0: "sponsor", 1: "name"}


def test_the_first_of_two_equal_headers_wins():
    assert fields(["网址", "网址"]) == {0: "urls"}


def test_columns_have_headers_of_their_own():
    assert fields(["所属网站", "栏目名称", "栏目网址"], "columns") == {0: "site", 1: "name", 2: "url"}


marks = st.sampled_from(["", " ", "*", "（必填）", "(required)", "：", "_"])


@given(st.sampled_from([*SITE_FIELDS.values()]), marks, marks)
def test_marks_around_a_header_do_not_matter(field, before, after):
    assert fields([f"{before}{field.zh}{after}"]) == {0: field.name}


@given(st.lists(st.text(max_size=10), max_size=8))
def test_no_field_is_found_twice(headers):
    found = list(fields(headers).values())
    assert len(found) == len(set(found))


@pytest.mark.parametrize("table", [SITE_FIELDS, COLUMN_FIELDS])
def test_no_two_fields_have_the_same_proper_name(table):
    proper = [plain(word) for field in table.values() for word in {field.name, field.zh}]
    assert len(proper) == len(set(proper))
