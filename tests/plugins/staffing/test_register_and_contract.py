"""The register and the contract as offices write them; the telephone on the home page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import DocumentLocator, Outsourcing, Passage, Person, Reason, Status, parse_page
from xuncha.testing import gather
from xuncha_plugins.staffing import telephones
from xuncha_plugins.staffing.contact import ContactsSeen, ContactsShown, contact_on_site
from xuncha_plugins.staffing.contract import contract_of, outsourcing
from xuncha_plugins.staffing.duty_checks import register_current
from xuncha_plugins.staffing.register import register_of

STAFF = (Person("张伟", deputy="李娜"), Person("欧阳明"))


def lines(text):
    return [Passage(line, DocumentLocator("r.xlsx", paragraph=at)) for at, line in enumerate(text.split("\n"), 1)]


def entry(text, name="张伟"):
    (found,) = register_of(lines(text), STAFF).of(name)
    return found


# ------------------------------------------------------------------ 名册的读法


def test_names_are_known_through_the_blanks_that_spread_them():
    assert entry("1\t张　伟\t安全员\t0571-88123401").telephones == ("0571-88123401",)


@pytest.mark.parametrize("written", ["买买提・艾力", "买买提·艾力", "买买提 艾力"])
def test_the_dots_of_names_are_written_in_many_ways(written):
    staff = (Person("买买提•艾力"),)
    assert register_of(lines(f"{written}\t安全员"), staff).of("买买提·艾力")
    assert register_of(lines(f"安全员为{written}。"), staff).of("买买提·艾力")


def test_a_register_in_sentences_is_read_too():
    found = entry("网站管理员：张伟，电话 0571-88123401；李娜协助。")
    assert (found.name, found.telephones) == ("张伟", ("0571-88123401",))


def test_merged_groups_shift_rows_and_are_followed():
    text = "组别\t姓名\t岗位\t电话\t是否专职\n技术组\t李娜\t运维\t88123402\t否\n张伟\t安全管理员\t88123401\t是"
    assert entry(text).full_time is True
    assert entry(text, "李娜").full_time is False


def test_a_zero_that_a_spreadsheet_dropped_is_put_back():
    assert entry("张伟\t安全员\t57188123401").telephones == ("057188123401",)


def test_the_second_name_of_a_row_has_no_telephone_of_its_own():
    assert entry("张伟\t88123401\t李娜", "李娜").telephones == ()


def test_people_whom_nobody_declared_are_not_kept():
    assert register_of(lines("孙立\t13912340001"), STAFF).entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "核对日期：2026年9月10日",
        "（截至2026-09-10）",
        "更新时间\t2026/9/10",
        "本表修订日期2026.9.10",
        "名册（2026年9月10日修订）",
        "核对：2026年9月10日",
        "2026年9月10日",
    ],
)
def test_the_day_of_the_last_look_is_read(text):
    assert register_of(lines(text), STAFF).looked.day == date(2026, 9, 10)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    register_of(lines(text), STAFF)
    contract_of(lines(text), "某公司")
    telephones.form(text)
    assert len(telephones.hidden("1" * 11)) == 11


# ------------------------------------------------------------------ 名册核对日期


def test_a_register_of_this_year_passes(unit):
    assert unit().judge(register_current).status is Status.PASS


OLD = "人员名册\n核对日期：2023年9月10日\n张伟\t安全管理员\t0571-88123401"


@pytest.mark.parametrize(
    ("text", "reviewed", "found"),
    [
        (OLD, date(2023, 9, 10), ("overdue", "fail")),
        (OLD, None, ("overdue", "fail")),
        (OLD, date(2026, 9, 10), ("older", "manual")),
        ("张伟\t安全管理员", date(2026, 9, 10), ("date-unseen", "manual")),
        ("张伟\t安全管理员", None, ("no-date", "manual")),
        (OLD, date(2027, 9, 10), ("ahead", "warn")),
        ("食堂采购表\n更新日期：2026年9月1日", date(2026, 9, 1), ("names-nobody", "manual")),
        (Reason.DOCUMENT_SCANNED, date(2026, 9, 1), ("unread", "manual")),
    ],
)
def test_what_is_declared_of_the_register(unit, text, reviewed, found):
    assert unit(register_text=text, reviewed=reviewed).keys(register_current) == {found}


# ------------------------------------------------------------------ 外包合同


def test_a_contract_in_force_with_its_duties_passes(unit):
    assert unit().judge(outsourcing).status is Status.PASS


def test_without_outsourcing_there_is_nothing_to_show(unit):
    assert unit(outsourcing=Outsourcing(outsourced=False), contract_text="").judge(outsourcing).status is Status.PASS


def contracted(unit, old="", new="", **said):
    text = unit.__init__.__globals__["CONTRACT"]
    entry = replace(unit.__init__.__globals__["CONTRACTED"], **said)
    return unit(contract_text=text.replace(old, new) if old else text, outsourcing=entry).keys(outsourcing)


@pytest.mark.parametrize(
    ("old", "new", "said", "found"),
    [
        ("2026年12月31日", "2026年6月30日", {}, ("end-contradicts", "fail")),
        ("2026年12月31日", "2026年6月30日", {"until": None}, ("ended", "fail")),
        ("服务期限：2026年1月1日至2026年12月31日", "", {"until": date(2026, 6, 30)}, ("ended", "fail")),
        ("服务期限：2026年1月1日至2026年12月31日", "", {}, ("end-unseen", "manual")),
        ("服务期限：2026年1月1日至2026年12月31日", "", {"until": None}, ("end-unknown", "manual")),
        ("杭州某某科技", "宁波其他软件", {}, ("contractor-differs", "fail")),
        ("乙方：杭州某某科技有限公司", "", {}, ("contractor-unseen", "manual")),
        ("", "", {"contractor": ""}, ("no-contractor", "warn")),
        ("", "", {"scope": ""}, ("no-scope", "warn")),
        ("保密", "说明", {}, ("no-secrecy", "manual")),
        ("网络安全责任", "义务", {}, ("no-security", "manual")),
    ],
)
def test_what_is_declared_of_the_contract(unit, old, new, said, found):
    assert contracted(unit, old, new, **said) == {found}


@pytest.mark.parametrize("clause", ["。期满双方无异议的，自动续延，续延不超过三年", "。到期后顺延一年"])
def test_a_contract_that_may_go_on_after_its_end_is_a_question(unit, clause):
    assert contracted(unit, "12月31日", "6月30日" + clause) == {("maybe-renewed", "manual")}


@pytest.mark.parametrize("clause", ["。期满不再续签", "，到期自动终止，不自动顺延"])
def test_a_contract_that_is_not_renewed_has_ended(unit, clause):
    assert contracted(unit, "12月31日", "6月30日" + clause) == {("end-contradicts", "fail")}


def test_a_contract_may_name_its_beginning_and_its_years(unit):
    assert contracted(unit, "2026年1月1日至2026年12月31日", "自2024年1月1日起三年") == set()


def test_a_contract_without_duties_of_security_is_a_question(unit):
    found = contracted(unit, "乙方应当履行网络安全责任", "网络安全责任由甲方自行承担，乙方概不负责")
    assert found == {("disclaims", "manual")}


def test_a_contract_on_something_else_is_a_question(unit):
    text = "服务合同\n乙方：杭州某某科技有限公司\n服务期限：2026年1月1日至2026年12月31日\n打印机维修。保密，网络安全。"
    assert unit(contract_text=text).keys(outsourcing) == {("not-about-websites", "manual")}


def test_a_scanned_contract_is_a_question(unit):
    assert unit(contract_text=Reason.DOCUMENT_SCANNED).keys(outsourcing) == {("unread", "manual")}


def test_a_contract_that_is_about_to_end_is_noted(unit):
    said = unit(contract_text="乙方：杭州某某科技有限公司\n服务期：2026年1月1日至2026年11月20日\n保密 网络安全")
    assert [one.key for one in said.judge(outsourcing).notes if one.key != "rests-on"] == ["ends-soon"]


def test_a_contract_that_passes_is_quoted_with_its_hash(unit):
    notes = [one.params for one in unit().judge(outsourcing).notes]
    assert "服务期限：2026年1月1日至2026年12月31日" in [one["words"].value for one in notes]
    assert {len(one["sha256"].value) for one in notes} == {64}


def test_a_contract_that_was_ended_is_asked_about(unit):
    text = "网站运行维护服务合同\n乙方：杭州某某科技有限公司\n服务期限：2026年1月1日至2026年12月31日\n保密 网络安全\n"
    assert unit(contract_text=text + "说明：上述合同已于2026年6月终止。").keys(outsourcing) == {("denied", "manual")}


@pytest.mark.parametrize(
    "clause", ["任何一方不得单方终止合同。", "未签订保密协议的，不得上岗。", "合同到期未续签的，乙方应移交资料。"]
)
def test_a_clause_denies_no_contract(unit, clause):
    text = "乙方：杭州某某科技有限公司\n服务期限：2026年1月1日至2026年12月31日\n保密 网络安全\n"
    assert unit(contract_text=text + clause).judge(outsourcing).status is Status.PASS


def test_a_day_in_the_cells_of_the_register_is_found(unit, book):
    rows = book(("姓名", "岗位", "核对"), ("张伟", "安全管理员", "2026-09-10"), ("李娜", "系统管理员", ""))
    assert unit(register_text=rows).judge(register_current).status is Status.PASS


def test_a_register_that_denies_its_people_is_asked_about(unit):
    text = "网站人员名册\n核对日期：2026年9月10日\n张伟\t安全管理员\n目前尚未配备专职技术人员。"
    assert ("denied", "manual") in unit(register_text=text).keys(register_current)


@pytest.mark.parametrize(
    ("operator", "contractor", "found"),
    [("某某软件有限公司", "", "inventory-names"), ("", "某某公司", "contractor-all-the-same")],
)
def test_no_outsourcing_that_something_belies_is_a_question(unit, operator, contractor, found):
    site = replace(unit().site, operator=operator)
    entry = Outsourcing(outsourced=False, contractor=contractor)
    assert unit(site=site, outsourcing=entry, contract_text="").keys(outsourcing) == {(found, "manual")}


# ------------------------------------------------------------------ 网页上的联系电话


def home(html, depth=0):
    return parse_page(html.encode(), url="https://mz.shili.gov.example/", depth=depth)


def on_site(unit, html, **more):
    return unit(shown=gather(ContactsSeen, home(html)), **more).judge(contact_on_site)


FOOTER = "<body><p>主办：示例区民政局</p><p>联系电话：{}</p></body>"


@pytest.mark.parametrize("number", ["0571-88123403", "88123401", "（0571）88123402"])
def test_a_contact_that_the_unit_names_passes(unit, number):
    assert on_site(unit, FOOTER.format(number)).status is Status.PASS


def test_a_contact_that_nobody_names_is_a_question(unit):
    assert [one.key for one in on_site(unit, FOOTER.format("0571-88129999")).findings] == ["differs"]


def test_a_telephone_for_maintenance_that_nobody_names_is_a_hint(unit):
    html = FOOTER.format("0571-88123401") + "<p>网站维护电话：0571-87770000</p>"
    outcome = on_site(unit, html)
    assert [(one.key, one.status) for one in outcome.findings] == [("maintenance-differs", Status.WARN)]


def test_a_page_without_a_contact_is_another_checks_business(unit):
    assert on_site(unit, "<body><p>主办：示例区民政局</p></body>").status is Status.NOT_APPLICABLE


def test_what_was_not_seen_is_not_judged(unit):
    assert unit(shown=ContactsShown()).judge(contact_on_site).status is Status.INCONCLUSIVE
    hidden = ContactsShown(seen_home=True, hidden=True)
    assert unit(shown=hidden).judge(contact_on_site).reason.code is Reason.NEEDS_BROWSER


def test_a_contact_may_stand_in_a_frame_that_was_not_read(unit):
    outcome = on_site(unit, '<body><p>主办：示例区民政局</p><iframe src="/foot.html"></iframe></body>')
    assert outcome.reason.code is Reason.FRAME_UNREAD


def test_only_the_home_page_counts():
    assert gather(ContactsSeen, home(FOOTER.format("0571-88123401"), depth=1)).telephones == ()


def test_numbers_that_are_no_telephones_are_left_alone():
    html = "<p>浙ICP备05012345号 网站标识码 3301000001 邮编 310000 访问量 88123456</p>"
    assert gather(ContactsSeen, home(html)).telephones == ()
