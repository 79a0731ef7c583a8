"""A unit's people, register and contract, read and judged as in a run, on 2 November 2026."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from xuncha.api import (
    Classified,
    Column,
    Declaration,
    DocumentKind,
    DocumentText,
    Outsourcing,
    Part,
    Person,
    Protection,
    Site,
    SiteKind,
    Staffing,
    StaffRegister,
    Where,
)
from xuncha.testing import FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.staffing.contact import ContactsShown
from xuncha_plugins.staffing.contract import contract
from xuncha_plugins.staffing.register import register

ZHANG = Person("张伟", "安全管理员", "0571-88123401", full_time=True, deputy="李娜")
LI = Person("李娜", "系统管理员", "0571-88123402", deputy="张伟")
WANG = Person("王芳", "网站编辑，负责全部栏目", "0571-88123403", deputy="赵敏")
COLUMNS = (
    Column("通知公告", "https://mz.shili.gov.example/tzgg/"),
    Column("工作动态", "https://mz.shili.gov.example/dt/"),
)
UNIT = Site(
    "a",
    "示例区民政局网站",
    ("https://mz.shili.gov.example/",),
    "示例区民政局",
    kind=SiteKind.DEPARTMENT,
    columns=COLUMNS,
)
REGISTER = """示例区民政局网站管理人员名册
核对日期：2026年9月10日
序号\t姓名\t岗位\t办公电话\t是否专职
1\t张 伟\t安全管理员\t0571-88123401\t是
2\t李娜\t系统管理员\t0571-88123402\t否
3\t王芳\t网站编辑\t0571-88123403\t否
4\t赵敏\t网站编辑\t0571-88123404\t否
"""
CONTRACT = """网站运行维护服务合同
甲方：示例区民政局
乙方：杭州某某科技有限公司
服务期限：2026年1月1日至2026年12月31日
服务内容：日常巡检、漏洞修补、应急处置
乙方应当履行网络安全责任，对知悉的信息保密。
"""
CONTRACTED = Outsourcing(("staffing/c.docx",), True, "杭州某某科技有限公司", "网站运行维护", date(2026, 12, 31))


def workbook(*rows, sheet="Sheet1"):
    """Rows as the reader of workbooks hands them over."""
    lines = "\n".join("\t".join(row).rstrip("\t") for row in rows)
    return DocumentText(DocumentKind.XLSX, (Part(Where.SHEET, sheet, lines),))


class Unit:
    """What a unit declares and hands in: its people, the text of its register and contract, or why there is none."""

    def __init__(self, *, team=(ZHANG, LI), editors=(WANG,), register_text=REGISTER, reviewed=date(2026, 9, 10),
                 contract_text=CONTRACT, outsourcing=CONTRACTED, level=3, site=UNIT, due=None, shown=None):  # fmt: skip
        named = {"staffing/r.xlsx": register_text, "staffing/c.docx": contract_text}
        read = {name: text for name, text in named.items() if text}
        files = dict.fromkeys(read, b"x")
        book = StaffRegister(("staffing/r.xlsx",), reviewed) if register_text else StaffRegister()
        staff = Staffing(tuple(team), tuple(editors), book, outsourcing)
        graded = replace(Protection(), classified=Classified(level=level))
        self.evidence = evidence(Declaration(protection=graded, staffing=staff), files, due=due)
        documents = FakeDocuments(read)
        self.register = asyncio.run(register(self.evidence, FakeFiles(files), documents))
        self.contract = asyncio.run(contract(self.evidence, FakeFiles(files), documents))
        self.site, self.shown = site, shown or ContactsShown(seen_home=True)

    def judge(self, check, params=None):
        facts = (self.evidence, self.register, self.contract, self.shown)
        return judge(check, *facts, site=self.site, params=params)

    def keys(self, check):
        """The message keys of the outcome's findings with their status."""
        return {(found.key, found.status.value) for found in self.judge(check).findings}


@pytest.fixture(scope="session")
def unit():
    return Unit


@pytest.fixture(scope="session")
def nothing():
    """A unit that handed in nothing."""

    def make(due=None):
        return Unit(team=(), editors=(), register_text="", contract_text="", outsourcing=Outsourcing(), due=due)

    return make


@pytest.fixture(scope="session")
def book():
    return workbook
