"""Registers, certificates, exports and contracts as offices make them with LibreOffice, read and judged by us."""

import asyncio
import shutil
import subprocess
from datetime import date
from html import escape

import pytest

from xuncha.documents.reader import DocumentReader
from xuncha.evidence.gathering import evidence_of
from xuncha.model.evidence import Fault
from xuncha.model.files import FolderFiles
from xuncha.model.reasons import Reason
from xuncha.model.site import Site, SiteKind
from xuncha.testing import judge
from xuncha_plugins.protection.duty_checks import classified_protection, log_retention, security_assessment
from xuncha_plugins.protection.facts import LastScan
from xuncha_plugins.protection.measure_checks import anti_attack, anti_tamper, anti_virus
from xuncha_plugins.protection.probes import proofs
from xuncha_plugins.staffing.contract import contract, outsourcing
from xuncha_plugins.staffing.duty_checks import register_current, security_administrator
from xuncha_plugins.staffing.people_checks import deputies, editors, team, telephone_numbers
from xuncha_plugins.staffing.register import register

pytestmark = pytest.mark.acceptance

TODAY = date(2026, 11, 23)
SITE = Site("mz", "示例区民政局网站", ("http://mz.shili.gov.example/",), "示例区民政局", kind=SiteKind.DEPARTMENT)
TWO = "rowspan=2"
DOCX, PDF = "docx:MS Word 2007 XML", "pdf:writer_pdf_Export"


def table(*rows):
    """Rows of an HTML table; a cell may say that it spans others: ``("联系方式", "colspan=2")``."""
    cells = ([cell if isinstance(cell, tuple) else (cell, "") for cell in row] for row in rows)
    lines = ("".join(_cell(*one) for one in row) for row in cells)
    return f"<table border=1>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(text, span):
    return f"<td {span}>{escape(text)}</td>"


REGISTER = "<h2>示例区民政局网站管理人员名册</h2>" + table(
    [("组别", TWO), ("姓名", TWO), ("岗位", TWO), ("联系方式", "colspan=2"), ("是否专职", TWO)],
    ["办公电话", "手机"],
    [("技术组", TWO), "陈 强", "安全管理员", "0571-88123401", "13912340001", "专职"],
    ["刘洋", "系统管理员", "0571-88123402", "13912340002", "专职"],
    [("内容组", TWO), "王小芳", "网站编辑", "0571-88123403", "13912340003", "兼职"],
    ["赵敏", "信息审核", "0571-88123404", "", "兼职"],
) + "<p>核对日期：2026年10月12日</p>"  # fmt: skip
CONTRACT = (
    "<h1>网站运行维护服务合同</h1><p>甲方：示例区民政局</p><p>乙方（受托方）：杭州智云信息技术有限公司</p>"
    "<p>二、服务期限：自2026年3月1日起至2027年2月28日止。</p><p>三、乙方对知悉的信息保密。</p>"
    "<p>四、乙方落实网络安全责任。</p>"
)
EXPORT = "<h2>明御Web应用防火墙 系统信息</h2>" + table(
    ["授权截止日期", "2027-06-30"], ["特征库版本", "v3.2.20261115"], ["特征库更新时间", "2026-11-15 02:00:08"]
) + "<h2>告警</h2>" + table(
    ["告警时间", "告警类型", "处置状态"], ["2026-11-18 10:22:31", "SQL注入", "已处置"]
)  # fmt: skip
CERTIFICATE = (
    "<h1>信息系统安全等级保护备案证明</h1><p>证明编号：33010613001-24003</p>"
    "<p>示例区民政局的第三级示例区民政局网站系统予以备案。</p><p>二〇二四年五月六日</p>"
)
GUARD = "<p>iGuard网页防篡改系统</p><p>服务期限：2026年1月1日至2026年12月31日</p><p>最近策略更新：2026-10-08</p>"
SCANNER = "主机名,病毒库版本,病毒库更新时间,授权到期\nweb01,2026.11.19.001,2026-11-19 03:00,2027-05-31\n"
ASSESSMENT = "<h1>示例区民政局网站安全检测评估结论</h1><p>检测时间：2026年5月11日至15日</p><p>结论：风险可控</p>"
LOGS = table(["日志源", "保存期限（天）"], ["防火墙", "400"], ["主机", "400"], ["应用", "400"], ["数据库", "400"])
SAID = """\
protection:
  anti_attack: {files: [waf.pdf], product: 明御Web应用防火墙, licence_until: 2027-06-30, updated: 2026-11-15,
                last_alert: 2026-11-18, alert_handled: 已封禁}
  anti_tamper: {files: [guard.odt], product: iGuard网页防篡改系统, licence_until: 2026-12-31, updated: 2026-10-08}
  anti_virus: {files: [scanner.xlsx], product: 天擎防病毒, licence_until: 2027-05-31, updated: 2026-11-19}
  classified: {files: [certificate.doc], level: 3, filing_number: 33010613001-24003, assessed: 2026-04-20}
  assessment: {files: [assessment.docx], held: 2026-05-15, by: 某某测评公司}
  logs: {files: [logs.docx], kept_days: 400, kinds: [防火墙, 主机, 应用, 数据库], backed_up: 是}
staffing:
  team:
    - {name: 陈强, duty: 安全管理员, telephone: 0571-88123401, full_time: 是, deputy: 刘洋}
    - {name: 刘洋, duty: 系统管理员, telephone: 13912340002}
  editors: [{name: 王小芳, duty: 网站编辑, telephone: 0571-88123403, deputy: 赵敏}]
  register: {files: [register.docx], reviewed: 2026-10-12}
  outsourcing: {files: [contract.docx], outsourced: 是, contractor: 杭州智云信息技术有限公司, scope: 运维,
                until: 2027-02-28}
"""
PROVEN = [anti_attack, anti_tamper, anti_virus, classified_protection, security_assessment, log_retention]
STAFFED = [team, editors, telephone_numbers, deputies, security_administrator, register_current, outsourcing]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What a careful unit hands in, all of it saved by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.fail("this test needs soffice (apt-get install libreoffice)")
    made = tmp_path_factory.mktemp("evidence")
    pages = {"register": REGISTER, "contract": CONTRACT, "assessment": ASSESSMENT, "logs": LOGS}
    for name, body in pages.items():
        saved(made, f"{name}.html", body, DOCX)
    saved(made, "waf.html", EXPORT, PDF)
    saved(made, "guard.html", GUARD, "odt")
    saved(made, "certificate.html", CERTIFICATE, "doc:MS Word 97")
    saved(made, "scanner.csv", SCANNER, "xlsx:Calc MS Excel 2007 XML")
    (made / "evidence.yaml").write_text(SAID, "utf-8")
    return made


def saved(folder, name, text, to):
    """A text as LibreOffice saves it in another format; the original is taken away."""
    given, profile = folder / name, (folder.parent / "profile").as_uri()
    page = f"<html><head><meta charset='utf-8'></head><body>{text}</body></html>"
    given.write_text(page if name.endswith(".html") else text, "utf-8")
    infilter = "HTML (StarWriter)" if name.endswith(".html") else "CSV:44,34,76,1"
    order = ["--headless", f"--infilter={infilter}", "--convert-to", to, "--outdir", str(folder), str(given)]
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", *order], check=True, capture_output=True, timeout=180
    )
    given.unlink()


def gathered(folder):
    """Evidence and what the probes read of it, as facts for checks."""

    async def gather():
        reader = DocumentReader()
        try:
            evidence = await evidence_of(folder, reader, {}, TODAY)
            files = FolderFiles(folder)
            read = (await probe(evidence, files, reader) for probe in (register, contract))
            return evidence, await proofs(SITE, evidence, files, reader), LastScan(), *[one async for one in read]
        finally:
            await reader.aclose()

    return asyncio.run(gather())


@pytest.fixture(scope="module")
def facts(folder):
    return gathered(folder)


@pytest.mark.parametrize("check", [*PROVEN, *STAFFED], ids=lambda check: check.__xuncha__.id)
def test_what_a_careful_unit_hands_in_passes(facts, check):
    outcome = judge(check, *facts, site=SITE)
    assert [(found.key, found.excerpt) for found in outcome.findings] == []
    assert outcome.status.value == "pass"


def test_mobiles_of_a_saved_register_are_kept_masked_only(facts):
    assert "13912340001" not in str(facts[3:])
    assert any("139****0002" in entry.telephones for entry in facts[3].entries)


def altered(folder, tmp_path, said, **pages):
    """The same folder with some papers saved again and ``evidence.yaml`` changed by ``said``."""
    other = tmp_path / "evidence"
    shutil.copytree(folder, other)
    for name, (body, to) in pages.items():
        saved(other, f"{name}.html", body, to)
    text = SAID
    for old, new in said.items():
        text = text.replace(old, new)
    (other / "evidence.yaml").write_text(text, "utf-8")
    return gathered(other)


def test_a_licence_that_ended_by_the_saved_export_fails(folder, tmp_path):
    found = altered(folder, tmp_path, {}, waf=(EXPORT.replace("2027-06-30", "2026-06-30"), PDF))
    outcome = judge(anti_attack, *found, site=SITE)
    assert [one.key for one in outcome.findings] == ["licence-contradicts"]
    assert outcome.findings[0].locator.page_number == 1


def test_a_drawing_in_place_of_an_export_is_a_question(folder, tmp_path):
    found = altered(folder, tmp_path, {}, waf=("<p></p>", PDF))
    assert [one.key for one in judge(anti_attack, *found, site=SITE).findings] == ["unread"]


def test_a_register_with_resident_ids_is_refused_and_nothing_can_be_told_of_it(folder, tmp_path):
    page = REGISTER.replace("0571-88123404", "11010519491231002X")
    found = altered(folder, tmp_path, {}, register=(page, DOCX))
    assert [one.fault for one in found[0].problems] == [Fault.RESIDENT_ID]
    assert judge(register_current, *found, site=SITE).reason.code is Reason.EVIDENCE_REFUSED
    assert [one.key for one in judge(team, *found, site=SITE).findings] == ["unproven"]
