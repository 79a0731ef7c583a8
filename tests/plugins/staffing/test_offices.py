"""Whole registers and contracts as offices keep them; what is unusual is asked, not held against anybody."""

from datetime import date

import pytest

from xuncha.api import Outsourcing, Person, Status
from xuncha_plugins.staffing.contract import outsourcing
from xuncha_plugins.staffing.duty_checks import register_current, security_administrator
from xuncha_plugins.staffing.people_checks import deputies, editors, team, telephone_numbers

CHECKS = (team, editors, telephone_numbers, register_current, deputies)
SPACED = """网站运维及信息员通讯录（2026年7月修订）
姓名        岗位                  电话
黄文斌      网站负责人（A角）     0571-85550001
何 静       技术维护（B角）       0571-85550002 / 139****0008
曾丽        信息发布              (0571)8555 0003
"""
NOTICE = """关于明确网站管理人员分工的通知
二、网站管理员：何静，负责网站日常维护，电话：0571-85550002、137****2001。
三、负责人黄文斌，电话0571-85550001；信息员曾丽，负责全部栏目，电话85550003。
2026年5月6日
"""
FORMS = """姓名\t黄文斌\t性别\t男
岗位\t网站负责人\t任职时间\t2025年3月
办公电话\t0571-85550001
姓名\t何 静\t性别\t女
姓名\t曾丽
填表日期\t2026年9月28日
"""
TEAM = (Person("黄文斌", "网站负责人", "0571-85550001", deputy="何静"), Person("何静", "技术维护", "85550002"))
EDITORS = (Person("曾丽", "信息发布", "85550003", deputy="何静"),)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__xuncha__.id)
@pytest.mark.parametrize(
    ("text", "reviewed"),
    [(SPACED, date(2026, 7, 15)), (NOTICE, date(2026, 5, 6)), (FORMS, date(2026, 9, 28))],
    ids=["spaced", "notice", "forms"],
)
def test_an_honest_register_passes_in_whatever_form(unit, check, text, reviewed):
    said = unit(team=TEAM, editors=EDITORS, register_text=text, reviewed=reviewed)
    assert said.judge(check).status is Status.PASS


MERGED = (
    ("示例区水利局网站管理人员名册",), ("组别", "姓名", "岗位", "联系方式", "", "是否专职"),
    ("", "", "", "办公电话", "手机", ""), ("技术组", "黄文斌", "安全管理员", "57185550001", "13912340001", "是"),
    ("", "何静", "系统管理员", "57185550002", "", "否"), ("内容组", "曾丽", "编辑", "57185550003", "", "否"),
    ("更新日期：", "2026-10-12"),
)  # fmt: skip


@pytest.mark.parametrize("check", [*CHECKS, security_administrator], ids=lambda check: check.__xuncha__.id)
def test_a_workbook_with_merged_headings_passes(unit, book, check):
    people = (Person("黄文斌", "安全管理员", "0571-85550001", full_time=True, deputy="何静"), TEAM[1])
    said = unit(team=people, editors=EDITORS, register_text=book(*MERGED), reviewed=date(2026, 10, 12))
    assert said.judge(check).status is Status.PASS


def test_a_mediocre_list_is_asked_about_not_failed(unit):
    text = "区水利局通讯录\n孙立\t办公室副主任\t88125501\n周 平\t信息员\t88125502\t兼管网站\n截至2025年12月"
    said = unit(
        team=(Person("周平", "信息员兼安全管理员", "88125502"),),
        editors=(Person("吴敏", "信息发布", "88125503"), Person("孙主任", "审核")),
        register_text=text, reviewed=None, level=2,
    )  # fmt: skip
    assert said.keys(team) == said.keys(register_current) == said.keys(security_administrator) == set()
    assert said.keys(editors) == {("half-named", "warn"), ("not-in-register", "manual")}
    assert said.keys(deputies) == {("alone", "warn"), ("no-deputies", "manual")}


def test_a_bad_list_fails_where_it_names_nobody(unit):
    said = unit(
        team=(Person("某某科技", "运维", "13800"),), editors=(Person("办公室", "发布"),),
        register_text="网站负责人：办公室\n技术维护：某某科技\n2021年3月更新", reviewed=date(2021, 3, 1),
    )  # fmt: skip
    assert said.keys(team) == said.keys(editors) == {("nobody", "fail")}
    assert ("overdue", "fail") in said.keys(register_current)


THREE_YEARS = """承包人（乙方）：浙江云帆软件股份有限公司
本合同有效期三年，自2024年1月10日起至2027年1月9日止。
乙方须签署保密承诺书。因乙方原因发生网络安全事件的，承担相应责任。
"""
RENEWED = """乙方：杭州宏图网络科技有限公司
服务期限：2025年1月1日至2025年12月31日
数据保密，落实网络安全责任
续签 服务期限：2026年1月1日至2026年12月31日
"""
PAPERS = {
    "good: three years": (
        THREE_YEARS,
        Outsourcing(("staffing/c.docx",), True, "云帆软件", "维护", date(2027, 1, 9)),
        set(),
    ),
    "good: renewed": (
        RENEWED,
        Outsourcing(("staffing/c.docx",), True, "杭州宏图网络科技有限公司", "运维", date(2026, 12, 31)),
        set(),
    ),
    "bad: ended": (
        "受托方：宁波丰和数码科技有限公司\n三、合同履行期限：2023.07.01—2025.06.30\n受托方对数据安全负责，不得披露。",
        Outsourcing(("staffing/c.docx",), True, "宁波丰和数码科技有限公司", "技术服务", date(2026, 12, 31)),
        {("end-contradicts", "fail")},
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_papers_on_outsourcing(unit, name):
    text, said, found = PAPERS[name]
    assert unit(contract_text=text, outsourcing=said).keys(outsourcing) == found
