"""What is found in an evidence folder, and what of it is refused."""

import os
from dataclasses import replace
from datetime import date

import pytest

from xuncha.evidence.gathering import deadlines_of, folder_of, is_refused
from xuncha.model.evidence import Fault, FileKind, Piece
from xuncha.model.fact import Gap
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


def test_a_declaration_with_mistakes_is_a_gap_that_names_them(put, look):
    put("evidence.yaml", "backup: {policies: {}}")
    gap = look()
    assert isinstance(gap, Gap)
    assert gap.reason is Reason.EVIDENCE_UNREADABLE
    assert "evidence.yaml:1:10" in gap.detail


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
    assert look().present is False


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
