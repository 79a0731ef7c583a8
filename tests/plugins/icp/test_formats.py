"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.icp import formats

POLICE_SAMPLES = [
    "11010202008000",
    "11040102700068",
    "12011402001763",
    "13030202002230",
    "33028302000652",
    "33060202000394",
    "37021402000083",
    "43010302000524",
    "43010502002236",
    "44030902000263",
    "50011802010624",
    "51012402001727",
    "51140202000466",
    "53062802000020",
    "61040202000893",
]
CODE_SAMPLES = [
    "1303000020",
    "1304000009",
    "3100000087",
    "3406000012",
    "4300000077",
    "4401000059",
    "4403920006",
    "5400000027",
    "6401000028",
    "bm07000001",
    "bm36000002",
    "bm55000001",
    "bm64130001",
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("京ICP备19014889号", "京19014889"),
        ("京ICP备05034670号", "京05034670"),
        ("京ICP备04000001号-2", "京04000001"),
        ("闽ICP备15003084号", "闽15003084"),
        ("津ICP备2026011740号-1", "津2026011740"),
        ("蜀ICP备2025143639号", "蜀2025143639"),
        ("川ICP备2025143639号", "蜀2025143639"),
        ("ICP证：浙ICP备14042003号-1", "浙14042003"),
        ("ICP备案号：鲁ICP备12345678号-1", "鲁12345678"),
        ("鲁ＩＣＰ备１２３４５６７８号", "鲁12345678"),
    ],
)
def test_well_formed_filing_numbers(text, key):
    (number,) = formats.filings(formats.plain(text))
    assert (number.key, number.well_formed) == (key, True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("沪ICP备12004267", "沪12004267"),
        ("赣ICP备05000797 版权", "赣05000797"),
        ("陇ICP备 05000593", "陇05000593"),
        ("京icp备12345678号", "京12345678"),
        ("ICP备案号：12345678", "12345678"),
        ("京ICP12345678号", "京12345678"),
        ("京ICP备123456789号", "京123456789"),
        ("京ICP备1234567号", "京1234567"),
        ("京ICP备12345678-1号", "京12345678"),
    ],
)
def test_badly_written_filing_numbers_are_found_and_marked(text, key):
    (number,) = formats.filings(formats.plain(text))
    assert (number.key, number.well_formed) == (key, False)


def test_a_number_with_blanks_only_is_told_apart():
    (number,) = formats.filings("鲁ICP备 12345678 号-1")
    assert (number.well_formed, number.spaced) == (False, True)


@pytest.mark.parametrize("text", ["闽B2-20090018", "京ICP证030173号", "ICP 2024", "办理ICP备案", "备12345678号", ""])
def test_no_filing_number(text):
    assert formats.filings(text) == []


def test_licences_are_known_as_such():
    assert formats.licences("京ICP证030173号 闽B2-20090018") == ["京ICP证030173号", "闽B2-20090018"]


def test_several_numbers_come_in_the_order_of_the_text():
    found = formats.filings("京ICP备11111111号 ICP备22222222号 沪ICP备33333333号")
    assert [number.digits for number in found] == ["11111111", "22222222", "33333333"]


@pytest.mark.parametrize(("one", "other"), [("蜀12345678", "蜀12345678"), ("12345678", "鲁12345678")])
def test_one_filing(one, other):
    assert formats.same_filing(one, other)


def test_the_same_serial_of_two_provinces_is_two_filings():
    assert not formats.same_filing("京12345678", "沪12345678")


@pytest.mark.parametrize("digits", POLICE_SAMPLES)
def test_police_numbers_of_real_sites(digits):
    (number,) = formats.police(f"冀公网安备 {digits}号")
    assert (number.key, number.well_formed) == (digits, True)


@pytest.mark.parametrize(
    "text",
    [
        "冀公网安备: 13030202002230",
        "冀公网安备-13030202002230号",
        "公安机关备案号:13030202002230",
        "公安备案号:冀公网安备 1303 0202 002230号",
    ],
)
def test_other_spellings_of_police_numbers(text):
    assert [number.key for number in formats.police(text)] == ["13030202002230"]


@pytest.mark.parametrize("text", ["沪公安备:31010102000001号", "沪公安备案号 31010102000001"])
def test_the_police_number_without_the_word_for_network(text):
    assert [number.key for number in formats.police(text)] == ["31010102000001"]


def test_an_older_police_number_is_read_with_what_follows_its_dash():
    (number,) = formats.police("公安备案号:35012800001-19001")
    assert (number.key, number.well_formed) == ("3501280000119001", False)


def test_a_police_number_with_a_digit_too_few_is_malformed():
    (number,) = formats.police("鲁公网安备 3702020200001号")
    assert not number.well_formed


def test_what_follows_a_police_number_is_no_part_of_it():
    assert formats.police("鲁公网安备 37020202000012 2026")[0].well_formed


@pytest.mark.parametrize("code", CODE_SAMPLES)
def test_identity_codes_of_real_sites(code):
    (number,) = formats.codes(f"政府网站标识码:{code} 主办")
    assert (number.key, number.well_formed) == (code, True)


@pytest.mark.parametrize("code", ["440000", "bm0100"])
def test_codes_of_organisations_are_none_of_websites(code):
    (number,) = formats.codes(f"网站标识码:{code}")
    assert formats.of_organisation(number.key)
    assert not number.well_formed


@pytest.mark.parametrize("name", ["网站标识号", "网站标识编码", "政府网站标识编号", "网站标识代码"])
def test_the_identity_code_under_its_other_names(name):
    (number,) = formats.codes(f"{name}:1500000001     蒙ICP备14000001号")
    assert (number.key, number.well_formed) == ("1500000001", True)


def test_an_identity_code_in_brackets():
    assert [number.key for number in formats.codes("政府网站标识码(1500000001)")] == ["1500000001"]


def test_the_filing_of_an_app_is_told_from_that_of_the_website():
    found = formats.filings("京ICP备05000001号-1 京ICP备05000001号-2A")
    assert [(number.written, number.well_formed) for number in found] == [
        ("京ICP备05000001号-1", True),
        ("京ICP备05000001号-2A", True),
    ]


def test_other_codes_are_no_identity_codes():
    assert formats.codes("统一社会信用标识码 91370200MA3C000000") == []


@given(
    province=st.sampled_from(formats.PROVINCES),
    serial=st.from_regex(r"[0-9]{8}(?:[0-9]{2})?", fullmatch=True),
    site=st.one_of(st.none(), st.integers(1, 999)),
    before=st.sampled_from(["", "备案号:", "©2020 ", "版权所有 "]),
    after=st.sampled_from(["", " 3702", "\n", " 鲁公网安备", "|", "。"]),
)
def test_every_well_formed_number_is_found_whole(province, serial, site, before, after):
    written = f"{province}ICP备{serial}号" + (f"-{site}" if site else "")
    (number,) = formats.filings(before + written + after)
    assert (number.written, number.digits, number.well_formed) == (written, serial, True)


@given(st.text(alphabet="京鲁ICPicp备案号证公网安:： -0123456789\n", max_size=200))
def test_any_text_is_read_to_the_end(text):
    for number in [*formats.filings(text), *formats.police(text), *formats.codes(text)]:
        assert number.key
        assert len(number.written) < 100


@given(st.text(max_size=300))
def test_text_without_digits_has_no_numbers(text):
    bare = "".join(sign for sign in text if not sign.isdigit())
    assert not formats.filings(bare)
    assert not formats.police(bare)


_PIECES = (
    "鲁ICP备10001234号", "鲁ICP备2024067431号-1", "ICP备123456", "鲁ICP 123456 号", "鲁icp备", "号-1", " ", "12345678",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_a_badly_written_number_is_left_out_only_where_it_overlaps_a_good_one(text):
    good = [match.span() for match in formats._FILING.finditer(text)]
    apart = [
        match.span()
        for match in formats._ATTEMPT.finditer(text)
        if all(match.end() <= begin or end <= match.start() for begin, end in good)
    ]
    both = formats._apart(formats._FILING.finditer(text), formats._ATTEMPT.finditer(text))
    assert [match.span() for match in both] == sorted(good + apart)


def test_of_a_page_full_of_numbers_no_more_are_read_than_are_kept(monkeypatch):
    read = []
    make = formats._filing
    monkeypatch.setattr(formats, "_filing", lambda match: read.append(match) or make(match))
    formats.filings("".join(f"鲁ICP备{10_000_000 + number}号 " for number in range(500)))
    assert len(read) == formats.MAX_FOUND


def test_a_number_without_province_and_with_the_words_turned_round_is_badly_written():
    (found,) = formats.filings("备案号:ICP2024067431-1 川公网安备51140202000466号")
    assert (found.digits, found.well_formed) == ("2024067431", False)


def test_traditional_characters_are_read_as_their_simplified_forms():
    (found,) = formats.filings(formats.plain("備案號：魯ICP備10001234號-1"))
    assert (found.key, found.well_formed) == ("鲁10001234", True)


@pytest.mark.parametrize("blank", ["　", "\xa0", "\u2003", "\u200b", " "])
def test_numbers_behind_labels_that_are_set_wide_are_found(blank):
    text = formats.plain(
        f"网{blank}站{blank}标{blank}识{blank}码：3702020012 鲁{blank}公{blank}网{blank}安{blank}备 37020202000012号"
    )
    assert [number.key for number in formats.codes(text)] == ["3702020012"]
    assert [number.key for number in formats.police(text)] == ["37020202000012"]


def test_words_that_stand_apart_are_not_closed_up():
    assert formats.plain("主　办：示例局　承　办：信息中心 地 址：示例路") == "主办:示例局 承办:信息中心 地址:示例路"
