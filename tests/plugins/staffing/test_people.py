"""People: named, reachable, borne out by the register; the security administrator; deputies."""

from dataclasses import replace
from datetime import date

import pytest

from xuncha.api import Evidence, Gap, Person, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.staffing.contact import contact_on_site
from xuncha_plugins.staffing.contract import outsourcing
from xuncha_plugins.staffing.duty_checks import register_current, security_administrator
from xuncha_plugins.staffing.people_checks import deputies, editors, team, telephone_numbers

GROUPS = [(team, "team"), (editors, "editors")]
CHECKS = (
    team, editors, security_administrator, telephone_numbers, deputies, register_current, outsourcing, contact_on_site
)  # fmt: skip
ZHANG = Person("张伟", "安全管理员", "0571-88123401", full_time=True, deputy="李娜")
LI = Person("李娜", "系统管理员", "0571-88123402")
WANG = Person("王芳", "网站编辑", "0571-88123403")


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_handed_in_waits_for_its_deadline_and_fails_after_it(nothing, check):
    assert nothing(date(2026, 12, 1)).judge(check).status is Status.NOT_RUN
    assert nothing(date(2026, 10, 1)).keys(check) == {("not-handed-in", "fail")}


@pytest.mark.parametrize("check", CHECKS)
def test_a_declaration_with_mistakes_can_not_be_judged(check):
    assert judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE))).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", [team, editors, security_administrator, telephone_numbers, deputies])
def test_people_whom_the_register_bears_out_pass(unit, check):
    assert unit().judge(check).status is Status.PASS


@pytest.mark.parametrize(("check", "group"), GROUPS)
@pytest.mark.parametrize(
    "name", ["信息中心", "待定", "杭州某某科技有限公司", "XXX", "张某某", "网站管理员", "技术部", "某某科技"]
)
def test_an_office_or_a_post_is_nobody(unit, check, group, name):
    said = unit(**{group: (Person(name, "维护", "0571-88123401"),)})
    assert said.keys(check) == {("nobody", "fail")}


@pytest.mark.parametrize("name", ["张强", "欧阳娜娜", "阿卜杜拉·买买提", "王志科", "安然", "John Li"])
def test_a_person_is_known_by_the_name(unit, name):
    said = unit(team=(Person(name, "系统维护", "0571-88123401"),))
    assert said.keys(team) == {("not-in-register", "manual")}


@pytest.mark.parametrize(("check", "group"), GROUPS)
def test_what_is_no_name_beside_a_name_is_a_hint(unit, check, group):
    people = (replace(ZHANG, duty="全部栏目"), Person("运维公司", "维护"), Person("王科长", "审核", "0571-88123409"))
    found = unit(**{group: people}).keys(check)
    assert found >= {("not-a-person", "warn"), ("half-named", "warn")}


@pytest.mark.parametrize(("check", "group"), GROUPS)
def test_without_duty_or_telephone_nobody_can_be_reached(unit, check, group):
    people = (Person("孙立", "维护全部"), Person("周平", "", "0571-88123409"))
    assert ("no-contact", "fail") in unit(**{group: people}).keys(check)


def test_duty_and_telephone_may_stand_in_the_register(unit):
    assert unit(team=(Person("张伟"),)).judge(team).status is Status.PASS


@pytest.mark.parametrize(("check", "group"), GROUPS)
@pytest.mark.parametrize("text", ["", Reason.DOCUMENT_SCANNED])
def test_names_without_a_readable_register_are_a_question(unit, check, group, text):
    assert unit(register_text=text).keys(check) == {("unproven", "manual")}


def test_who_is_not_in_the_register_is_asked(unit):
    (found,) = unit(team=(ZHANG, Person("孙立", "开发", "0571-88123409"))).judge(team).findings
    assert (found.key, found.params["names"].value) == ("not-in-register", "孙立")


@pytest.mark.parametrize(("check", "group"), GROUPS)
def test_who_has_left_by_the_register_is_not_on_the_team(unit, check, group):
    said = unit(**{group: (replace(ZHANG, duty="全部栏目"),)}, register_text="张伟\t安全管理员\t0571-88123401\t已调离")
    assert said.keys(check) == {("has-left", "fail")}


# ------------------------------------------------------------------ 栏目分工


def test_where_columns_are_shared_out_each_needs_somebody(unit):
    said = unit(editors=(replace(WANG, duty="负责“通知公告”栏目"),), register_text="")
    assert ("column-uncovered", "warn") in said.keys(editors)


@pytest.mark.parametrize("duty", ["信息发布", "全部栏目", "负责通知公告、工作动态"])
def test_a_general_duty_or_all_names_cover_every_column(unit, duty):
    assert unit(editors=(replace(WANG, duty=duty),)).judge(editors).status is Status.PASS


# ------------------------------------------------------------------ 安全管理员


def guarded(unit, *team, **more):
    return unit(team=team, editors=(), **more).keys(security_administrator)


def test_below_level_two_nobody_asks_for_one(unit):
    assert unit(level=1).judge(security_administrator).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("level", "found"), [(3, ("nobody", "fail")), (2, ("nobody", "warn"))])
def test_somebody_is_named_from_level_two_on(unit, level, found):
    assert guarded(unit, LI, level=level) == {found}


def test_at_level_two_another_post_is_no_fault(unit):
    assert guarded(unit, replace(ZHANG, duty="安全管理员、系统管理员", full_time=False), level=2) == set()


def test_without_a_level_it_is_a_question(unit):
    assert guarded(unit, ZHANG, level=None) == {("level-unknown", "manual")}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"full_time": False}, ("part-time", "fail")),
        ({"duty": "安全管理员兼系统管理员"}, ("double-role", "fail")),
        ({"duty": "安全管理员、网站编辑"}, ("double-role", "fail")),
    ],
)
def test_at_level_three_it_is_the_only_post(unit, said, found):
    assert found in guarded(unit, replace(ZHANG, **said))


def test_another_post_in_the_register_counts_too(unit):
    text = "张伟\t安全管理员兼数据库管理员\t0571-88123401\t专职"
    assert guarded(unit, ZHANG, register_text=text) == {("double-role", "fail")}


def test_another_post_on_another_line_counts_too(unit):
    assert ("double-role", "fail") in guarded(unit, ZHANG, Person("张伟", "数据库管理员"))


def test_the_register_may_say_otherwise_or_nothing(unit):
    part = "张伟\t安全管理员（兼职）\t0571-88123401"
    assert guarded(unit, ZHANG, register_text=part) == {("contradicts", "fail")}
    silent = "张伟\t安全管理员\t0571-88123401"
    assert guarded(unit, ZHANG, register_text=silent) == {("unproven", "manual")}
    assert guarded(unit, replace(ZHANG, full_time=None), register_text=silent) == {("unknown", "manual")}


def test_one_full_time_holder_is_enough(unit):
    other = Person("孙立", "安全专员", full_time=False)
    assert guarded(unit, ZHANG, other) == set()


# ------------------------------------------------------------------ 电话、替补


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1381234567", ("malformed", "fail")),
        ("0571-881234567", ("malformed", "fail")),
        ("见通讯录", ("malformed", "fail")),
        ("00000000", ("made-up", "fail")),
        ("8123", ("short", "warn")),
        ("0571-88129999", ("differs", "manual")),
    ],
)
def test_a_telephone_that_reaches_nobody_is_told(unit, written, found):
    assert unit(team=(replace(ZHANG, telephone=written),)).keys(telephone_numbers) == {found}


def test_a_misspelt_mobile_is_not_repeated(unit):
    (found,) = unit(team=(replace(ZHANG, telephone="1381234567"),)).judge(telephone_numbers).findings
    assert found.excerpt == "138*******"


@pytest.mark.parametrize("written", ["", "无", "88123401", "0571 8812 3401", "0571-88123401转802", "(0571)88123401"])
def test_one_number_is_written_in_many_ways(unit, written):
    assert unit(team=(replace(ZHANG, telephone=written),)).judge(telephone_numbers).status is Status.PASS


def test_mobiles_are_compared_masked(unit):
    text = "张伟\t安全管理员\t13912340001"
    said = unit(team=(replace(ZHANG, telephone="139 1234 0001"),), register_text=text)
    assert said.judge(telephone_numbers).status is Status.PASS
    assert "1234" not in str(said.register)


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([Person("张伟", "维护", "1")], ("alone", "warn")),
        ([Person("张伟", "维护", "1"), Person("李娜", "维护", "2")], ("no-deputies", "manual")),
        ([Person("张伟", "维护", "1", deputy="张 伟"), Person("李娜", deputy="张伟")], ("own-deputy", "fail")),
        ([Person("张伟", "维护", "1", deputy="待定")], ("alone", "warn")),
    ],
)
def test_somebody_must_be_able_to_step_in(unit, people, found):
    assert unit(team=people).keys(deputies) == {found}


@pytest.mark.parametrize(
    ("register_text", "status"),
    [
        (None, Status.INCONCLUSIVE),
        (Reason.DOCUMENT_SCANNED, Status.MANUAL),
        (Reason.DOCUMENT_DAMAGED, Status.INCONCLUSIVE),
    ],
)
def test_telephones_do_not_agree_with_a_register_that_nobody_read(unit, register_text, status):
    assert unit(register_text=register_text).judge(telephone_numbers).status is status


def test_people_that_pass_are_quoted_from_the_register(unit):
    words = [one.params["words"].value for one in unit().judge(team).notes]
    assert any("张 伟" in one for one in words)


def test_an_administrator_who_has_left_by_the_register_is_asked_about(unit):
    rows = "|姓名|岗位|电话|状态|\n|张伟|安全管理员|0571-88123401|2026年3月调离|\n2026年9月10日核对"
    assert guarded(unit, ZHANG, level=2, register_text=rows) == {("has-left", "manual")}
