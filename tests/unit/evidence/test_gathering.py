"""What is found in an evidence folder, and what of it is refused."""

import os
from dataclasses import replace
from datetime import date

import pytest

from xuncha.evidence import gathering
from xuncha.evidence.gathering import deadlines_of, folder_of, is_refused
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where
from xuncha.model.evidence import Fault, FileKind, Piece
from xuncha.model.reasons import Reason
from xuncha.testing import SITE

PLAN = "emergency: {plan: {files: [plan.txt], issued: 2026-01-05}}"


def faults(evidence):
    return {(one.path, one.fault) for one in evidence.problems}


def test_a_declared_file_is_handed_in_with_its_hash(put, look):
    put("evidence.yaml", PLAN)
    put("plan.txt", "第一章 总则")
    evidence = look()
    (file,) = evidence.of(Piece.EMERGENCY_PLAN)
    assert (file.kind, file.size, len(file.sha256)) == (FileKind.TEXT, 16, 64)
    assert evidence.handed_in(Piece.EMERGENCY_PLAN)
    assert evidence.emergency.plan.issued == date(2026, 1, 5)


def test_without_a_folder_nothing_is_there_and_nothing_is_wrong(folder, look):
    folder.rmdir()
    evidence = look()
    assert (evidence.present, evidence.files, evidence.problems, evidence.complete) == (False, (), (), True)


def test_of_a_list_with_mistakes_what_can_be_read_counts_and_the_lines_are_named(put, look):
    put("evidence.yaml", "backup: {policies: {}}\nemergency:\n  plan: {files: [plan.txt], issued: 昨天}\n")
    put("plan.txt", "第一章 总则")
    evidence = look()
    assert (evidence.mistaken, evidence.emergency.plan.issued) == ((1, 3), None)
    assert evidence.handed_in(Piece.EMERGENCY_PLAN)


def test_what_must_not_be_here_is_refused_without_a_list_that_can_be_read(put, look):
    put("evidence.yaml", "backup: [")
    put("x.txt", "网络安全等级测评报告")
    evidence = look()
    assert (faults(evidence), bool(evidence.mistaken)) == ({("x.txt", Fault.WORK_SECRET)}, True)


def test_an_id_number_in_the_list_is_refused_and_the_rest_of_the_list_counts(put, look):
    put("evidence.yaml", "filled_by: 王五 11010519491231002X\n" + PLAN)
    put("plan.txt", "第一章 总则")
    evidence = look()
    assert faults(evidence) == {("evidence.yaml", Fault.RESIDENT_ID)}
    assert (evidence.declaration.filled_by, evidence.handed_in(Piece.EMERGENCY_PLAN)) == ("", True)
    assert "19491231" not in repr(evidence)


@pytest.mark.parametrize("line", ["filled_by: 王五: 科长", "filled_by: @王五", "\tfilled_by: x", "filled_by: \x07"])
def test_a_line_that_is_no_yaml_does_not_take_the_others_along(put, look, line):
    put("evidence.yaml", f"{line}\n{PLAN}")
    put("plan.txt", "第一章 总则")
    evidence = look()
    assert (evidence.handed_in(Piece.EMERGENCY_PLAN), evidence.mistaken) == (True, (1,))


def test_a_name_that_is_no_yaml_takes_no_lines_over_to_another_piece(put, look):
    put("evidence.yaml", "emergency:\n  plan:\n    issued: 2026-01-05\n  @drill:\n    files: [drill.txt]\n")
    put("drill.txt", "演练记录")
    assert look().of(Piece.EMERGENCY_PLAN) == ()


def test_pictures_and_scans_are_named_as_not_looked_through(put, look):
    put("evidence.yaml", "backup: {copies: [{path: site}]}")
    put("名册.png", b"\x89PNG\r\n")
    put("site/logo.png", b"\x89PNG\r\n")
    put("plan.docx", b"PK\x03\x04")
    found = look({"plan.docx": Reason.DOCUMENT_SCANNED}).unvetted
    assert [(one.path, one.reason) for one in found] == [
        ("plan.docx", Reason.DOCUMENT_SCANNED),
        ("名册.png", Reason.DOCUMENT_SCANNED),
    ]


def test_a_scanned_diagram_is_refused_by_its_caption(put, look):
    put("附件.docx", b"PK\x03\x04")
    caption = DocumentText(DocumentKind.DOCX, (Part(Where.BODY, "", "网络拓扑图"),), scanned=True)
    assert faults(look({"附件.docx": caption})) == {("附件.docx", Fault.WORK_SECRET)}


def test_a_file_that_is_not_there_is_missing_and_its_piece_not_handed_in(put, look):
    put("evidence.yaml", PLAN)
    evidence = look()
    assert [one.fault for one in evidence.problems_of(Piece.EMERGENCY_PLAN)] == [Fault.MISSING]
    assert not evidence.handed_in(Piece.EMERGENCY_PLAN)


@pytest.mark.parametrize("path", ["../other/plan.txt", "/etc/passwd", "C:\\plan.txt", "a/../../plan.txt"])
def test_a_path_that_leads_out_is_told(put, look, path):
    put("evidence.yaml", f"emergency: {{plan: {{files: ['{path}']}}}}")
    assert faults(look()) == {(path, Fault.OUTSIDE)}


def test_a_link_out_of_the_folder_is_not_followed(put, look, folder, tmp_path):
    (tmp_path / "elsewhere.txt").write_text("秘密")
    (folder / "plan.txt").symlink_to(tmp_path / "elsewhere.txt")
    put("evidence.yaml", PLAN)
    evidence = look()
    assert faults(evidence) == {("plan.txt", Fault.LINK_OUT)}
    assert evidence.files == ()


def test_a_link_to_a_folder_outside_is_not_walked_into(look, folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").write_text("x")
    (folder / "in").symlink_to(tmp_path / "other")
    assert faults(look()) == {("in", Fault.LINK_OUT)}


def test_a_declaration_that_is_a_link_out_is_not_read(look, folder, tmp_path):
    (tmp_path / "evidence.yaml").write_text(PLAN)
    (folder / "evidence.yaml").symlink_to(tmp_path / "evidence.yaml")
    evidence = look()
    assert (evidence.present, faults(evidence)) == (False, {("evidence.yaml", Fault.LINK_OUT)})


def test_a_pipe_does_not_hold_us_up(look, folder):
    os.mkfifo(folder / "pipe.txt")
    assert faults(look()) == {("pipe.txt", Fault.NOT_REGULAR)}


def test_a_wrong_extension_is_told_and_the_file_stays_usable(put, look):
    put("backup/web.zip", b"\x1f\x8b\x08\x00")
    evidence = look()
    assert faults(evidence) == {("backup/web.zip", Fault.WRONG_EXTENSION)}
    assert evidence.file("backup/web.zip").kind is FileKind.GZIP


@pytest.mark.parametrize("name", ["2026年等保测评报告.pdf", "网络拓扑图.png", "topology.vsdx", "IP地址规划表.xlsx"])
def test_work_secrets_are_refused_by_name(put, look, name):
    put(f"protection/{name}", b"%PDF-1.7")
    evidence = look()
    assert (f"protection/{name}", Fault.WORK_SECRET) in faults(evidence)
    assert evidence.files == ()


@pytest.mark.parametrize(
    "text",
    [
        "某区民政局门户网站\n网络安全等级测评报告\n报告编号：P2026",
        "报告编号：370200-26\n被测单位：区民政局\n测评机构：某某公司",
        "附件\n图 1 网络拓扑结构图\n",
    ],
)
def test_work_secrets_are_refused_by_their_words(put, look, text):
    put("protection/证明.docx", b"PK\x03\x04")
    evidence = look({"protection/证明.docx": text})
    assert faults(evidence) == {("protection/证明.docx", Fault.WORK_SECRET)}
    assert is_refused("protection/证明.docx", evidence)


@pytest.mark.parametrize("text", ["每年开展等级测评，形成测评报告，由办公室留存。", "（五）绘制网络拓扑图并及时更新。"])
def test_a_document_that_only_speaks_of_them_stays(put, look, text):
    put("制度.txt", text)
    assert faults(look()) == set()


def test_a_document_with_resident_id_numbers_is_refused(put, look):
    put("staff/名册.txt", "张三 11010519491231002X")
    evidence = look()
    assert faults(evidence) == {("staff/名册.txt", Fault.RESIDENT_ID)}
    assert evidence.files == ()


def test_a_state_secret_is_refused(put, look):
    put("x.txt", "机密★1年\n关于某事的通知")
    assert faults(look()) == {("x.txt", Fault.STATE_SECRET)}


@pytest.mark.parametrize(
    ("reason", "fault"),
    [(Reason.DOCUMENT_ENCRYPTED, Fault.ENCRYPTED), (Reason.DOCUMENT_DAMAGED, Fault.DAMAGED)],
)
def test_a_document_that_cannot_be_read_says_why(put, look, reason, fault):
    put("plan.docx", b"PK\x03\x04")
    assert faults(look({"plan.docx": reason})) == {("plan.docx", fault)}


def test_data_in_backups_is_no_document(put, look):
    put("backup/data.sql", "INSERT INTO t VALUES ('11010519491231002X');")
    assert faults(look()) == set()


@pytest.mark.parametrize("site", ["../a", "/etc", "a/../../b"])
def test_an_id_that_leads_out_of_the_evidence_folder_names_none(tmp_path, site):
    assert folder_of(tmp_path, replace(SITE, id=site)).parent == tmp_path


def test_a_sites_own_deadline_comes_before_the_offices():
    general = {"*": date(2026, 12, 1), "backup.policy": date(2026, 12, 5)}
    own = deadlines_of(replace(SITE, evidence_due=date(2027, 1, 1)), general)
    assert set(own.values()) == {date(2027, 1, 1)}
    assert deadlines_of(SITE, general)[Piece.BACKUP_POLICY] == date(2026, 12, 5)
    assert deadlines_of(SITE, general)[Piece.TEAM] == date(2026, 12, 1)


def test_a_file_named_after_an_id_number_is_refused_shown_masked_and_not_missing(put, look):
    put("evidence.yaml", "emergency: {drill: {files: [演练330105198001011234.txt]}}")
    put("演练330105198001011234.txt")
    evidence = look()
    assert faults(evidence) == {("演练330105********1234.txt", Fault.RESIDENT_ID)}
    assert evidence.is_refused(Piece.EMERGENCY_DRILL)


def test_a_file_with_a_password_is_refused(put, look):
    put("backup/制度.txt", "每日备份。账号：admin 密码：Jnwj@2026!")
    assert faults(look()) == {("backup/制度.txt", Fault.LOGIN)}


def test_the_password_of_a_repository_that_was_asked_for_is_not_refused(put, look):
    put("evidence.yaml", "backup: {copies: [{path: repo, password_file: 口令.txt}]}")
    put("repo/config")
    put("口令.txt", "口令：Jnwj@2026!")
    assert faults(look()) == set()


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("protection: {anti_virus: {licence_until: 8月21日}}", ()),
        ("staffing: {register: {file: a.xlsx}}", (Piece.REGISTER,)),
        ("emergency: {plans: {files: [a]}}", (Piece.EMERGENCY_PLAN, Piece.EMERGENCY_DRILL)),
        ("protections: {}", tuple(Piece)),
    ],
)
def test_a_mistake_leaves_open_only_what_it_may_have_named(put, look, line, doubtful):
    put("evidence.yaml", line)
    assert (bool(look().mistaken), look().doubtful) == (True, doubtful)


def test_a_bracket_that_is_not_closed_costs_its_own_line_only(put, look):
    put("evidence.yaml", "emergency:\n  plan:\n    issued: [2026\n    approved_by: 局长\nfilled_by: 王五\n")
    evidence = look()
    assert (evidence.mistaken, evidence.doubtful) == ((3,), ())
    assert (evidence.emergency.plan.approved_by, evidence.declaration.filled_by) == ("局长", "王五")


def by_ocr(text, sure=97):
    lines = (sure,) * (text.count("\n") + 1)
    return DocumentText(DocumentKind.IMAGE, (Part(Where.PAGE, "1", text, confidence=lines),))


def test_a_picture_that_ocr_read_is_marked_and_stays_to_be_looked_through(put, look):
    put("名册.jpg", b"\xff\xd8\xff")
    found = look({"名册.jpg": by_ocr("网站人员名册")})
    assert [(one.path, one.reason) for one in found.unvetted] == [("名册.jpg", Reason.READ_BY_OCR)]
    assert [one.ocr for one in found.files] == [97]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("机密★1年\n关于网站的通知", Fault.STATE_SECRET),
        ("机密 大 1年\n关于网站的通知", Fault.STATE_SECRET),
        ("关于网站的通知\n秘 密", Fault.STATE_SECRET),
        ("登记表\n张伟\t370203197505150051", Fault.RESIDENT_ID),
        ("网络拓扑图\n核心交换机", Fault.WORK_SECRET),
    ],
)
@pytest.mark.parametrize("sure", [97, 45])
def test_what_must_not_be_here_is_refused_in_a_scan_too(put, look, text, fault, sure):
    put("附件.png", b"\x89PNG\r\n")
    found = look({"附件.png": by_ocr(text, sure)})
    assert [(one.fault, one.ocr) for one in found.problems] == [(fault, sure)]
    assert (found.files, found.unvetted) == ((), ())


@pytest.mark.parametrize("text", ["做好保密工作，不得泄露国家秘密。", "机密性\t保证", "商业秘密的范围", "密级：内部"])
def test_scans_that_only_speak_of_secrets_are_not_refused(put, look, text):
    put("附件.png", b"\x89PNG\r\n")
    assert not look({"附件.png": by_ocr(text)}).problems


def test_a_picture_that_does_not_open_is_told(put, look):
    put("名册.png", b"\x89PNG\r\n")
    assert faults(look({"名册.png": Reason.DOCUMENT_DAMAGED})) == {("名册.png", Fault.DAMAGED)}


def test_pictures_beyond_what_may_be_read_stay_to_be_looked_through(put, look, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_DOCUMENTS", 1)
    for name in ("a.png", "b.png"):
        put(name, b"\x89PNG\r\n")
    assert [one.path for one in look({"a.png": by_ocr("预案"), "b.png": "预案"}).unvetted] == ["b.png", "a.png"]


def test_a_scan_of_which_some_pages_were_read_is_not_said_to_have_no_words(put, look):
    put("plan.pdf", b"%PDF-1.7")
    some = DocumentText(DocumentKind.PDF, (Part(Where.PAGE, "1", "备份制度", confidence=(99,)),), unread=4)
    assert [one.reason for one in look({"plan.pdf": some}).unvetted] == [Reason.DOCUMENT_TOO_LARGE]
