"""Whose numbers a text shows: texts as lists, notices, guides and letters write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.content.personal_numbers import Exposed, exposed, lists_persons
from xuncha_plugins.content.personal_words import words

NOBODY = Exposed()


def table(heading, *rows):
    return "\n".join(["2026年度发放名单", "\t".join(heading), *("\t".join(row) for row in rows)])


# Identity numbers


def test_a_list_with_identity_numbers_is_counted(found, resident):
    rows = [(name, resident(sequence=number)) for number, name in enumerate(["张三", "李四", "王五"])]
    assert found(table(("姓名", "身份证号"), *rows)).ids == 3


def test_the_same_number_twice_is_one(found, resident):
    assert found(f"张三 身份证号 {resident()}，复核 {resident()}").ids == 1


def test_a_number_that_ends_in_x_counts(found, resident):
    numbers = (resident(sequence=number) for number in range(100))
    assert found(f"身份证号：{next(one for one in numbers if one.endswith('X')).lower()}").ids == 1


def test_full_width_digits_count(found, resident):
    wide = resident().translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"})
    assert found(f"身份证号：{wide}").ids == 1


def test_grouped_digits_count(found, resident):
    number = resident()
    assert found(f"身份证号 {number[:6]} {number[6:14]} {number[14:]}").ids == 1


def test_the_old_form_counts_where_it_is_named(found):
    assert found("身份证号：370203621105123").ids == 1


def test_fifteen_digits_without_a_name_may_be_a_registration_number(found):
    assert found("注册号 370203210105123，企业名称 某某商行") == NOBODY


@pytest.mark.parametrize(
    "masked", ["370203********0035", "1101**********1234", "37020319800315****", "370203XXXXXXXX0035", "138****1234"]
)
def test_masked_numbers_are_clean(found, masked):
    assert found(table(("姓名", "身份证号"), ("张三", masked))) == NOBODY


@pytest.mark.parametrize("stars", ["*", "**", "＊＊＊"])
def test_a_number_masked_in_its_last_characters_only_is_no_masked_number(found, resident, stars):
    assert found(table(("姓名", "身份证号"), ("张三", resident()[: -len(stars)] + stars))).ids == 1


@pytest.mark.parametrize("number", ["3702032099031500**", "3702031980023000**", "编号 3702031980031500**"])
def test_what_cannot_be_a_birth_or_is_a_serial_number_is_nobodys_masked_or_not(found, number):
    assert found(table(("姓名", "号码"), ("张三", number))) == NOBODY


def test_a_wrong_check_character_is_no_identity_number(found, resident):
    number = resident()
    wrong = str((int(number[17].replace("X", "0")) + 1) % 10)
    assert found(f"身份证号：{number[:17]}{wrong}") == NOBODY


def test_a_day_of_birth_to_come_is_no_identity_number(found, resident):
    assert found(f"身份证号：{resident('20311105')}") == NOBODY


def test_serial_numbers_of_area_and_date_are_told_by_their_check_characters(found):
    rows = [(f"事项{number}", f"37020320151105{number:04}") for number in range(40)]
    assert found(table(("事项", "办件"), *rows)) == NOBODY


@pytest.mark.parametrize(
    "label", ["受理编号：", "订单号", "许可证编号 ", "统一社会信用代码：", "业务流水号:", "项目代码\n"]
)
def test_a_number_that_is_called_a_serial_number_is_one(found, resident, label):
    assert found(f"办件结果公示 {label}{resident()}") == NOBODY


def test_the_nearer_word_decides(found, resident):
    assert found(f"编号 12 身份证号：{resident()}").ids == 1


def test_a_recent_date_in_a_lone_number_is_no_birth(found, resident):
    assert found(f"办件 {resident('20251105')} 已办结") == NOBODY


def test_children_in_a_list_of_identities_count(found, resident):
    assert found(table(("姓名", "身份证号"), ("小明", resident("20221105")))).ids == 1


@pytest.mark.parametrize(
    "text",
    [
        "http://www.a.gov.cn/col/{id}.html",
        "/upload/{id}.jpg",
        "img_{id}",
        "{id}.xls",
        "?id={id}",
        "20210624{id}",
        "{id}0001",
    ],
)
def test_addresses_and_longer_numbers_are_no_identity_numbers(found, resident, text):
    assert found(text.format(id=resident())) == NOBODY


# Mobile numbers


MOBILES = [f"1396420{number:04}" for number in range(1388, 1398)]


def test_a_list_of_persons_with_mobile_numbers_is_counted(found):
    rows = [(f"村民{number}", mobile) for number, mobile in enumerate(MOBILES)]
    assert found(table(("姓名", "手机号"), *rows)).mobiles == 10


def test_mobile_numbers_beside_identity_numbers_count(found, resident):
    assert found(table(("姓名", "身份证号", "电话"), ("张三", resident(), MOBILES[0]))).mobiles == 1


def test_a_lone_contact_of_an_office_is_no_leak(found):
    assert found(f"联系人：张科长，联系电话：{MOBILES[0]}") == NOBODY


@pytest.mark.parametrize(
    "heading",
    [
        ("姓名", "职务", "手机"),
        ("河长", "姓名", "电话"),
        ("企业名称", "法定代表人", "电话"),
        ("科室", "值班人员", "手机"),
    ],
)
def test_a_directory_of_offices_or_businesses_is_no_leak(found, heading):
    rows = [(f"甲{number}", f"乙{number}", mobile) for number, mobile in enumerate(MOBILES)]
    assert found(table(heading, *rows)) == NOBODY


@pytest.mark.parametrize("name", ["示例镇村干部名单", "村党支部书记名单", "村委会主任名单", "便民联系表", "通讯录"])
def test_a_directory_of_village_officials_is_no_leak(found, name):
    rows = [(f"示例{number}村", f"乙{number}", mobile) for number, mobile in enumerate(MOBILES)]
    assert found(f"{name}\n" + table(("村名", "姓名", "电话"), *rows)) == NOBODY


@pytest.mark.parametrize("head", ["姓名 团队 签约电话", "姓名 性别 调解委员会 手机"])
def test_who_serves_the_public_may_be_called(found, head):
    rows = ((f"李某{number}", "示例社区", f"1385320{1000 + number}") for number in range(12))
    assert found(table(head.split(), *rows)) == NOBODY


def test_few_numbers_on_a_list_are_no_leak_by_themselves(found):
    assert found(table(("姓名", "手机号"), ("张三", MOBILES[0]), ("李四", MOBILES[1]))) == NOBODY


def test_the_number_of_a_letters_writer_counts(found):
    assert found(f"来信人：王女士 电话：{MOBILES[0]}\n来信内容：小区停水").mobiles == 1


def test_the_office_that_answers_a_letter_may_name_its_number(found):
    assert found(f"来信人：王女士\n答复：可拨打咨询电话 {MOBILES[0]}") == NOBODY


def test_the_contact_at_the_end_of_a_list_does_not_count_with_it(found, resident):
    text = table(("姓名", "身份证号"), ("张三", resident())) + f"\n咨询电话：{MOBILES[0]}"
    assert (found(text).ids, found(text).mobiles) == (1, 0)


# Bank cards


def test_cards_on_a_list_of_persons_are_counted(found, bank_card):
    rows = [(name, bank_card(f"62170023900012345{number}")) for number, name in enumerate(["张三", "李四"])]
    assert found(table(("姓名", "一卡通账号"), *rows)).cards == 2


def test_a_lone_card_of_a_named_person_counts(found, bank_card):
    assert found(f"申请人姓名：张三 银行卡号：{bank_card()}").cards == 1


@pytest.mark.parametrize(
    "text",
    ["账户名称：某区财政局 收款账号 {card}", "捐款账户：某区慈善总会 银行账号 {card}", "合同 {card}", "卡号 {card}"],
)
def test_accounts_of_offices_and_numbers_without_a_person_are_no_leak(found, bank_card, text):
    assert found(text.format(card=bank_card())) == NOBODY


# Other numbers


@pytest.mark.parametrize(
    "text",
    [
        "鲁公网安备 37020302000123号  网站标识码3702030001",
        "统一社会信用代码：11370203MB2857654X",
        "统一社会信用代码 123702034278605435",
        "QQ：13812345678901 群号 612345678",
        "服务热线 400-8888-123、0532-85801234、12345",
        "订单 20210624093015123456",
        "更新于 20210624093015",
        "国办发〔2017〕47号 京ICP备05070218号",
        "发票代码 037021900105 号码 13800138",
        "投资 13800138000 元，面积 13912345678.50 平方米",
    ],
)
def test_other_long_numbers_are_nobodys(found, text):
    assert found(f"姓名 {text}") == NOBODY


# What is kept


def test_the_excerpt_holds_no_number(found, resident, bank_card):
    row = ("张三", resident(), MOBILES[0], bank_card(), "370203621105123", "37020319800315000")
    excerpt = found(table(("姓名", "身份证号", "手机", "银行卡号"), row)).excerpt
    assert "张三" in excerpt
    assert not re.search("[0-9]{6}", excerpt)


@given(st.text(alphabet="0123456789Xx -.:：（）年月姓名身份证号卡手机收款户王\n\t", max_size=300))
def test_no_text_brings_a_long_number_into_the_excerpt(text):
    assert not re.search("[0-9]{6}", exposed(text, date(2026, 11, 2), 2).excerpt)


def test_an_ordinary_text_is_dismissed(found):
    assert found("政务公开 2021-06-24 10:30 联系电话 0532-85801234 邮编 266000") == NOBODY


def test_a_list_of_persons_is_known_by_its_name():
    assert lists_persons("附件1：2026年临时救助名单.xlsx")
    assert not lists_persons("关于印发工作方案的通知.docx")


def test_no_word_stands_for_two_things():
    given_words = words()
    assert not set(given_words.serial) & {*given_words.identity, *given_words.card}
    assert not set(given_words.person) & set(given_words.office)
