import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import InventoryError
from xuncha.inventory import from_urls
from xuncha.inventory.sites import site_id

HEAD = "编号,网站名称,网址,上级网站,所在网络,备注\n"


def test_good_rows_run_beside_bad_ones(read):
    inventory = read(HEAD + "1,甲,http://a.cn,,,\n2,乙,ftp://b.cn,,,\n3,丙,http://c.cn,,,\n")
    assert [site.name for site in inventory.sites] == ["甲", "丙"]
    assert "sites.csv:3:3: 网址: not a web address: ftp://b.cn" in inventory.problems[0].of("en")


def test_strict_refuses_the_whole_file(refused):
    assert len(refused(HEAD + "1,甲,http://a.cn,,,\n2,乙,ftp://b.cn,,,\n", strict=True)) == 1


def test_every_bad_cell_of_a_row_is_told(read):
    inventory = read(HEAD + "1,甲,http://a.cn,,,\n2,乙,ftp://b.cn,,8.8.8.8,\n")
    assert len(inventory.problems) == 2


def test_a_name_alone_is_a_site(read):
    assert read(HEAD + ",甲,,,,\n").sites[0].urls == ()


def test_a_row_without_name_and_address_is_told(read):
    inventory = read(HEAD + "1,甲,http://a.cn,,,\n2,,,,10.1.0.0/16,\n")
    assert "sites.csv:3: a name or an address is needed" in inventory.problems[0].of("en")


def test_what_says_nothing_is_empty(read):
    assert read(HEAD + "1,甲,http://a.cn,无,—,\n").sites[0].parent_site == ""


def test_an_address_without_a_scheme_is_noted(read):
    assert "taken as http://" in read(HEAD + "1,甲,a.cn,,,\n").notes[0].of("en")


def test_a_column_that_is_not_used_is_noted_with_the_nearest(read):
    note = read("网站名称,网址,主办单位名\n甲,http://a.cn,x\n").notes[0]
    assert note.of("en").endswith("主办单位名: unknown column, not used (did you mean 主办单位?)")


def test_serial_numbers_and_remarks_need_no_note(read):
    assert not read("序号,网站名称,网址,备注\n1,甲,http://a.cn,x\n").notes


@pytest.mark.parametrize("twin", ["2,乙,https://www.a.cn/,,,", "1,丙,http://c.cn,,,"])
def test_the_same_site_is_taken_once(read, twin):
    inventory = read(f"{HEAD}1,甲,http://a.cn,,,\n{twin}\n")
    assert len(inventory.sites) == 1
    assert "sites.csv:2; left out" in inventory.problems[0].of("en")


def test_two_paths_of_a_host_are_two_sites(read):
    assert [site.id for site in read("网址\nhttp://a.cn/x/\nhttp://a.cn/y/\n").sites] == ["a.cn-x", "a.cn-y"]


def test_a_parent_is_found_by_its_name(read):
    sites = read(HEAD + "p,主站,http://a.cn,,,\nc,子站,http://c.cn,主站,,\n").sites
    assert sites[1].parent_site == "p"


def test_a_parent_that_is_not_there_is_noted(read):
    assert "the parent 主站 is not in" in read(HEAD + "c,子站,http://c.cn,主站,,\n").notes[0].of("en")


def test_addresses_alone_are_an_inventory():
    assert [site.home for site in from_urls(["www.a.cn", "https://b.cn/x"]).sites] == [
        "http://www.a.cn/",
        "https://b.cn/x",
    ]


def test_an_address_typed_twice_is_asked_once():
    inventory = from_urls(["a.cn", "http://a.cn/"])
    assert (len(inventory.sites), inventory.problems) == (1, ())


def test_a_typed_address_that_is_none_is_refused():
    with pytest.raises(InventoryError, match="not a web address"):
        from_urls(["a.cn", "ftp://x.cn"])


@pytest.mark.parametrize(
    ("given_id", "urls", "name", "expected"),
    [
        ("mzj-1", (), "民政局", "mzj-1"),
        ("", ("http://www.a.cn/",), "甲", "a.cn"),
        ("", ("http://www.a.cn:8080/x/",), "甲", "a.cn-8080-x"),
    ],
)
def test_ids_come_from_what_is_most_stable(given_id, urls, name, expected):
    assert site_id(given_id, urls, name) == expected


def test_a_chinese_id_becomes_a_stable_one():
    assert site_id("一号", (), "甲") == site_id("一号", ("http://x.cn/",), "乙")


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_id_is_safe_as_a_file_name(given_id, name):
    made = site_id(given_id, (), name)
    assert 0 < len(made) <= 64
    assert all(char.isascii() and (char.isalnum() or char in "._-") for char in made)
    assert made[0] not in "._-"
