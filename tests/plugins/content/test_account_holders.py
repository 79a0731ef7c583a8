"""Accounts beside names: of a person who is paid, of an office that is paid into; and specimens that are nobody's."""

import pytest

from xuncha.api import Crawl
from xuncha.model.crawl import PageRecord
from xuncha.testing import gather, judge
from xuncha_plugins.content.account_holders import is_name
from xuncha_plugins.content.personal_data import personal_data
from xuncha_plugins.content.personal_facts import PersonalFiles
from xuncha_plugins.content.personal_numbers import Exposed
from xuncha_plugins.content.personal_pages import PersonalPagesSeen

NOBODY = Exposed()
SUBSIDY = "<p>根据申报情况，现将灵活就业社保补贴发放情况公示如下。</p>"


@pytest.mark.parametrize(
    "text",
    [
        "收款人：王小明，开户行：示例银行示例支行，卡号：{card}",
        "收款人：王小明，身份已核，卡号：{card}，金额：3000元",
        "户名：王小明 账号：{card} 开户行：示例农商银行",
        "收款账号：{card}，户名：王小明",
        "收款账户名称：欧阳小明\n收款账号：{card}",
        "开户名：王*明　银行账号：{card}",
        "收款人姓名：阿依古丽·买买提 卡号：{card}",
        "收款人\n王小明\n卡号\n{card}",
        "序号\t收款人\t收款账号\t金额\n1\t王小明\t{card}\t3000",
        "缴费退款名单\n姓名 退款银行 退款卡号\n李四 示例银行 {card}",
        "收款人：王小明卡号{card}",
        "退款账号：{card}（王小明），金额600元。",
        "退款账户：王小明，{card}，农业银行。",
        "收款人：王小明，卡号：{card}（农业银行）",
        "收款账户：户名：王小明 账号：{card}",
    ],
)
def test_the_account_of_a_person_who_is_paid_counts(found, bank_card, text):
    assert found(text.format(card=bank_card())).cards == 1


@pytest.mark.parametrize(
    "text",
    [
        "收款人：示例县财政局，开户行：示例银行，账号：{card}",
        "收款单位：示例县财政局\n账号：{card}\n开户行：示例银行",
        "户名：财政局 账号：{card}",
        "户名：示例县红十字会 捐款账号：{card}",
        "收款户名：慈善总会，账号：{card}",
        "采购人：示例县水利局 联系人：陈工 开户名称：示例县公共资源交易中心 账号：{card}",
        "保证金缴纳账户 户名：示例县公共资源交易中心 账号：{card} 联系人：王小明",
        "联系人姓名：王小明 缴款账号：{card}",
        "单位名称\t联系人\t收款账号\n示例公司\t王小明\t{card}",
        "收款单位\t经办人姓名\t账号\n水利站\t王小明\t{card}",
        "收款账号：{card}，户名：示例县人民医院",
        "账户名称：示例村股份经济合作社 卡号：{card}",
        "党费收缴 户名：中共示例县委组织部 账号 {card}",
        "王小明同志反映的合同编号 {card}",
        "缴费账号：{card}（示例县民政局），请备注单位名称。",
        "收款账户：示例县民政局，{card}，农业银行。",
        "收款账户：户名：示例县民政局 账号：{card}",
    ],
)
def test_the_account_of_an_office_is_no_leak(found, bank_card, text):
    assert found(text.format(card=bank_card())) == NOBODY


@pytest.mark.parametrize("name", ["王小明", "李四", "欧阳小明", "王*明", "张某", "张某某", "买买提·艾力"])
def test_names_of_persons_are_known(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["财政局", "水利站", "金额", "开户行", "县医院", "时间", "示例银行", "慈善总会", "明", "安置办公室", "方式"]
)
def test_names_of_offices_and_columns_are_none(name):
    assert not is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "公民身份号码由18位组成，例如11010519491231002X，其中前6位为地址码。客服热线13800138000。",
        "身份证号：11010519491231002x（示例）",
        "15位居民身份证号码130503670401001由地址码、出生日期码、顺序码组成",
        "某男性公民身份号码本体码为34052419800101001，校验码为X，即34052419800101001X",
        "填写样例 姓名：张三 身份证号：53010219200508011X 手机：13800138000 银行卡号：6226090000000048",
        "来信人：张三 手机：13800138000",
    ],
)
def test_specimens_that_everybody_knows_are_nobodys(found, text):
    assert found(text) == NOBODY


def test_a_number_beside_a_specimen_still_counts(found, resident):
    assert found(f"身份证号如11010519491231002X；申请人身份证号：{resident()}").ids == 1


def test_the_notice_of_a_subsidy_with_a_persons_card_is_asked_about(shown, bank_card):
    page = shown(f"{SUBSIDY}<p>收款人：王小明，开户行：示例银行，卡号：{bank_card()}，金额3000元。</p>")
    home = PageRecord(page.url, page.url, 0, 200, "text/html", 900)
    crawl = Crawl(page.url, (home,), (), 1, complete=True)
    outcome = judge(personal_data, crawl, gather(PersonalPagesSeen, page), PersonalFiles())
    assert (outcome.status.value, outcome.findings[0].params["cards"].value) == ("manual", 1)
