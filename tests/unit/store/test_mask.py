import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.store.mask import (
    clean_line,
    excerpt,
    has_secret_mark,
    is_resident_id,
    mask_bytes,
    mask_name,
    mask_text,
    mask_url,
    plain_places,
    plain_spelling,
    quotes_secret_mark,
)

ID = "11010119900307803X"
PROSE = st.text(alphabet=st.sampled_from("0123456789Xx *-./:=元年，电话密码 password@\"'<>eyJaA"), max_size=120)


def resident_ids():
    """Valid resident ID numbers."""

    def complete(body):
        return next(body + check for check in "0123456789X" if is_resident_id(body + check))

    births = st.dates().filter(lambda day: 1900 <= day.year <= 2025).map(lambda day: day.strftime("%Y%m%d"))
    areas = st.sampled_from(["110101", "370203", "510104", "810000"])
    return st.builds(lambda area, birth, n: complete(f"{area}{birth}{n:03}"), areas, births, st.integers(0, 999))


@pytest.mark.parametrize(
    ("clear", "masked"),
    [
        (f"身份证号：{ID}", "身份证号：110101********803X"),
        ("110101 19900307 803x", "110101 ******** 803x"),
        ("身份证１１０１０１１９９００３０７８０３Ｘ", "身份证１１０１０１********８０３Ｘ"),
        ("旧证370203850101123。", "旧证370203******123。"),
        ("手机：13812345678", "手机：138****5678"),
        ("Tel13812345678", "Tel138****5678"),
        ("138-1234-5678", "138-****-5678"),
        ("+86 138 1234 5678", "+86 138 **** 5678"),
        ("138\xa01234\xa05678", "138\xa0****\xa05678"),
        ("138–1234–5678", "138–****–5678"),
        ("0532-83012345/13812345678", "0532-83012345/138****5678"),
        ("卡号6222021234567890128", "卡号622202*********0128"),
        ("4111 1111 1111 1111", "4111 11** **** 1111"),
        ("卡号：4111111111111111", "卡号：411111******1111"),
    ],
)
def test_numbers_of_persons_keep_their_shape_only(clear, masked):
    assert mask_text(clear) == masked


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0532-83012345",
        "053283012345",
        "热线12345、12380、96655、400-810-1234、4008101234、95588",
        "鲁ICP备2024067431号-1",
        "川公网安备51140202000466号",
        "网站标识码：3702030001 bm07000001",
        "统一社会信用代码 11370203MB2857071K 113702030042730000",
        "鲁政办发〔2024〕12号 2024-11-22 10:11:12 20241122101112",
        "预算 13800000000.00 元，13800000000元，138亿元",
        "/art/2024/1/13812345678.html",
        "image_13812345678.jpg",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "110101199003078031",
        "订单 1381234567890123",
        "申请表编号4201160000123456",
        "账号：38010101040012345",
        "营业执照注册号370200018056789",
    ],
)
def test_what_offices_publish_stays(text):
    assert mask_text(text) == text


def test_an_article_number_in_an_address_stays():
    assert mask_url("https://a.gov.cn/art?id=13812345678") == "https://a.gov.cn/art?id=13812345678"


def test_an_id_number_in_an_address_goes():
    assert mask_url(f"https://a.gov.cn/q?sfz={ID}") == "https://a.gov.cn/q?sfz=110101********803X"


@given(resident_ids(), PROSE, PROSE)
def test_no_valid_id_survives(number, before, after):
    masked = mask_text(f"{before}，{number}，{after}")
    assert number not in masked


@given(PROSE)
def test_masking_is_idempotent(text):
    assert mask_text(mask_text(text)) == mask_text(text)


@given(st.text())
def test_masking_keeps_the_length(text):
    assert len(mask_text(text)) == len(text)


@given(st.text(alphabet="12 \xa0\u200b\xad–密"))
def test_plain_spelling_tells_the_place_of_every_character(text):
    plain, places = plain_places(text)
    assert plain == plain_spelling(text) == plain_spelling("".join(text[at] for at in places))


@given(st.binary())
def test_masking_keeps_the_size_of_any_bytes(body):
    assert len(mask_bytes(body)) == len(body)


@given(resident_ids(), st.sampled_from(["utf-8", "gb18030", "big5"]))
def test_no_valid_id_survives_in_bytes(number, encoding):
    assert number.encode() not in mask_bytes(f"身份證 {number} ".encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_bytes_are_masked_in_the_encodings_of_chinese_pages(encoding):
    assert mask_bytes(f"初始密码：abc123，{ID}".encode(encoding)) == "初始密码：******，110101********803X".encode(
        encoding
    )


def test_a_body_cut_within_a_character_keeps_its_last_bytes():
    assert mask_bytes("密码：abc123，市".encode()[:-1]) == "密码：******，市".encode()[:-1]


def test_a_binary_body_stays():
    body = bytes(range(256)) * 4
    assert mask_bytes(body) == body


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("绝密★30年", True),
        ("机密★1年\n关于…的通知", True),
        ("000123\n秘密 ★ 6个月\n特急", True),
        ("首页 > 公文\n  机 密★长期  特急\n", True),
        ("密级:秘密★10年\n关于…的报告", True),
        ("密级：机密\n关于…的报告", True),
        ("密级：机密　保密期限：10年", True),
        ("密级：机密★5年　　　　编号：001", True),
        ("栏目导航名称\n" * 700 + "机密★5年\n关于…的报告", True),
        ("机密☆10年", True),
        ("机密*三 年", True),
        ("机密★５年", True),
        ("机密\u200b★1年\xa0\xa0特急", True),
        ("机密★5年 第001号", True),
        ("机密★5年 第001号 已由我局解密并公开", False),
        ("密级：公开", False),
        ("密级：秘密 12", False),
        ("机密☆\n会员专享", False),
        ("密级：绝密、机密、秘密", False),
        ("密级\n秘密\n10年", False),
        ("绝密★启用前\n2023年普通高等学校招生考试", False),
        ("国家秘密标志形式为“密级★保密期限”，如“机密★1年”", False),
        ("机密★1年是一种标志。", False),
        ("保守国家秘密，人人有责", False),
        ("正文\n" * 3000 + "机密★1年", False),
    ],
)
def test_state_secret_marks_are_those_that_stand_alone_at_the_head(level, expected):
    assert has_secret_mark(level) is expected


@pytest.mark.parametrize(
    ("text", "quoted"), [("x='<p>机密★５年</p>'", True), ("保守国家秘密", False), ("密级★保密期限", False)]
)
def test_a_mark_with_its_term_is_found_within_a_script(text, quoted):
    assert quotes_secret_mark(text) is quoted


def test_a_mark_far_below_the_head_is_found_where_all_of_a_text_is_looked_at():
    assert has_secret_mark("正文\n" * 3000 + "机密★1年", anywhere=True)


def test_an_excerpt_is_one_visible_line():
    assert excerpt("第一行\r\n\t第二行\x1b[31m\u202e红\u200b色\ud800") == "第一行 第二行[31m红色"


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x9f", "\xad", "\u200b", "\u202e", "\u2066", "\ufeff", "\uffff", "\U000e0041"]
)
def test_what_hides_between_letters_goes(hidden):
    assert clean_line(f"a{hidden}b") == "ab"


@pytest.mark.parametrize(
    "text", ["a  b", " a b", "a b ", "a\tb", "a\n\nb", "a\u3000b", "a\u2028b", "a\x1cb", "a\xa0 b"]
)
def test_blanks_of_any_kind_become_a_single_one_between_words(text):
    assert clean_line(text) == "a b"


@given(st.text())
def test_a_clean_line_stays_as_it_is(text):
    assert clean_line(clean_line(text)) == clean_line(text)


def test_invisible_characters_do_not_hide_a_number():
    assert excerpt("138\u200b1234\u200b5678") == "138****5678"


def test_an_excerpt_says_that_it_was_cut():
    assert excerpt("长" * 300) == "长" * 255 + "…"


@given(st.text(max_size=600), st.integers(8, 64))
def test_an_excerpt_never_exceeds_its_cap(text, most):
    assert len(excerpt(text, most)) <= most


@given(st.text(alphabet="0123456789 X", max_size=900))
def test_an_excerpt_shows_no_valid_id(text):
    assert not any(is_resident_id(run) for run in re.findall(r"(?<!\d)\d{17}[\dX](?!\d)", excerpt(text, 40)))


@pytest.mark.parametrize("text", ["圆周率0.816496580927726", "gdp=17200000000", "New password:\nRe-type password:"])
def test_numbers_and_words_of_other_kinds_stay(text):
    assert mask_text(text) == text


@given(st.lists(st.sampled_from(["13812345678", ID, "6222021234567890128", "0532-83012345", "，", " ", "/", "a"])))
def test_numbers_beside_each_other_are_all_masked(parts):
    masked = mask_text("；".join(parts))
    assert not any(number in masked for number in ("13812345678", ID, "6222021234567890128"))
    assert masked.count("0532-83012345") == parts.count("0532-83012345")


def test_behind_its_label_a_mistyped_id_number_is_masked_too():
    assert mask_text("身份证号码：110101199003078031") == "身份证号码：110101********8031"


@pytest.mark.parametrize(
    ("clear", "masked"),
    [
        ("backup/郑伟13912345678.txt", "backup/郑伟139****5678.txt"),
        ("a/张三_139-1234-5678.docx", "a/张三_139-****-5678.docx"),
        (
            "演练330105198001011234.txt",
            "演练330105********1234.txt",
        ),  # a wrong check character is somebody's all the same
        ("预案2026版20260315.docx", "预案2026版20260315.docx"),
    ],
)
def test_numbers_of_people_in_the_name_of_a_file_are_masked(clear, masked):
    assert mask_name(clear) == masked


def test_a_mobile_behind_a_persons_name_is_masked_in_a_files_name_within_a_text():
    assert mask_text("见 郑伟13912345678.txt，art_13912345678.html") == "见 郑伟139****5678.txt，art_13912345678.html"
