"""The folder itself: what is missing, broken, misnamed, or must not be there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from xuncha.api import (
    Backup,
    BackupPolicy,
    Declaration,
    Evidence,
    EvidenceProblem,
    Fault,
    Gap,
    Piece,
    Reason,
    Status,
    Unsure,
    Unvetted,
    not_handed_in,
)
from xuncha.metadata import load_checks
from xuncha.testing import evidence, judge
from xuncha_plugins.evidence.checks import REFUSED, files, refused

POLICY = Declaration(backup=Backup(BackupPolicy(files=("backup/policy.docx",))))
THERE = {"backup/policy.docx": b"PK\x03\x04"}
CHECKS = load_checks(Path(__file__).parents[3] / "plugins/xuncha_plugins/evidence/checks.yaml").checks


def with_fault(fault, detail=""):
    return replace(evidence(POLICY, THERE), problems=(EvidenceProblem("x.docx", fault, detail=detail),))


def test_what_is_listed_and_there_passes():
    assert judge(files, evidence(POLICY, THERE)).status is Status.PASS
    assert judge(refused, evidence(POLICY, THERE)).status is Status.PASS


def test_a_listed_file_that_is_missing_is_a_hint():
    (found,) = judge(files, evidence(POLICY)).findings
    assert (found.status, found.key, found.locator.path) == (Status.WARN, "missing", "backup/policy.docx")


@pytest.mark.parametrize("fault", sorted(set(Fault) - REFUSED))
def test_every_fault_of_a_file_has_its_message(fault):
    (found,) = judge(files, with_fault(fault, "pdf: zip")).findings
    assert found.key in CHECKS["evidence.files"].text.messages


@pytest.mark.parametrize("fault", sorted(REFUSED))
def test_what_must_not_be_here_is_a_failure_of_its_own(fault):
    assert judge(files, with_fault(fault)).status is Status.PASS
    (found,) = judge(refused, with_fault(fault)).findings
    assert (found.status, found.key in CHECKS["evidence.refused"].text.messages) == (Status.FAIL, True)


def test_a_list_with_mistakes_is_a_hint_and_after_the_deadline_a_failure():
    early = replace(evidence(POLICY, THERE), mistaken=(3, 12))
    (found,) = judge(files, early).findings
    assert (found.status, found.key, found.params["lines"].value) == (Status.WARN, "list-mistakes", "3、12")
    late = replace(evidence(POLICY, THERE, due=date(2026, 1, 1)), mistaken=(0,))
    (found,) = judge(files, late).findings
    assert (found.status, found.key) == (Status.FAIL, "list-unreadable")


def test_a_file_that_was_refused_is_not_said_to_open():
    (note,) = judge(files, with_fault(Fault.WORK_SECRET)).notes
    assert (note.key, note.params["count"].value) == ("refused", 1)


def test_a_scan_is_for_a_person_to_look_through():
    there = replace(evidence(POLICY, THERE), unvetted=(Unvetted("backup/policy.docx", Reason.DOCUMENT_SCANNED),))
    outcome = judge(refused, there)
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "unread")
    assert len(outcome.findings[0].locator.sha256) == 64


def test_of_a_file_that_nobody_can_open_it_is_not_known_what_it_holds():
    there = replace(evidence(POLICY, THERE), unvetted=(Unvetted("x.docx", Reason.DOCUMENT_ENCRYPTED),))
    assert judge(refused, there).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", [files, refused])
def test_where_nothing_was_handed_in_nothing_is_said_against_the_folder(check):
    outcome = judge(check, evidence(due=date(2026, 1, 1)))
    assert (outcome.status, outcome.reason.code) == (Status.NOT_RUN, Reason.NOT_HANDED_IN)


@pytest.mark.parametrize("check", [files, refused])
def test_a_list_with_mistakes_or_a_folder_seen_in_part_can_not_be_told(check):
    assert judge(check, (Evidence, Gap(Reason.EVIDENCE_UNREADABLE))).status is Status.INCONCLUSIVE
    assert judge(check, replace(evidence(POLICY, THERE), complete=False)).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("kind", ["empty", "other", "text", "image", "ole"])
def test_what_a_misnamed_file_is_is_said_in_words(kind):
    (found,) = judge(files, with_fault(Fault.WRONG_EXTENSION, f"docx: {kind}")).findings
    words = CHECKS["evidence.files"].text.messages[found.key].zh
    assert kind not in words.format(**{name: one.value for name, one in found.params.items()})


def test_a_file_too_large_to_be_read_is_not_called_a_picture():
    there = replace(evidence(POLICY, THERE), unvetted=(Unvetted("backup/policy.docx", Reason.DOCUMENT_TOO_LARGE),))
    assert judge(refused, there).findings[0].key == "read-in-part"


def test_a_name_with_a_mobile_is_shown_masked():
    (found,) = judge(
        files, replace(evidence(), problems=(EvidenceProblem("郑伟13912345678.txt", Fault.DAMAGED),))
    ).findings
    assert found.locator.path == "郑伟139****5678.txt"


def test_what_was_refused_is_not_said_to_be_missing():
    declared = evidence(POLICY, due=date(2026, 1, 1))
    there = replace(declared, problems=(EvidenceProblem("p.docx", Fault.RESIDENT_ID, Piece.BACKUP_POLICY),))
    assert not_handed_in(there, Piece.BACKUP_POLICY).reason is Reason.EVIDENCE_REFUSED


def test_a_mistake_elsewhere_does_not_explain_what_is_missing():
    there = replace(evidence(POLICY), mistaken=(3,), doubtful=(Piece.REGISTER,))
    assert not isinstance(not_handed_in(there, Piece.BACKUP_POLICY), Unsure)
    assert not_handed_in(there, Piece.REGISTER).reason is Reason.EVIDENCE_UNREADABLE
