import re

import pytest

from xuncha.lab import CLEAN, DISTRICT
from xuncha.lab.identity import EDITS, shown_identity, true_identity

TRUE = true_identity(CLEAN, CLEAN, "https://www.shili.gov.example/", "https://{}".format)


def shown(*faults):
    return shown_identity(TRUE, frozenset(faults))


def test_true_numbers_are_well_formed():
    assert re.fullmatch(r"鲁ICP备\d{8}号-1", TRUE.icp)
    assert re.fullmatch(r"鲁公网安备 \d{14}号", TRUE.police)
    assert re.fullmatch(r"\d{10}", TRUE.code)
    assert re.search(r"id=[0-9A-F]{32}$", TRUE.conac_link)


def test_links_carry_the_same_numbers():
    assert re.search(r"\d{14}", TRUE.police)[0] == re.search(r"code=(\d+)", TRUE.police_link)[1]
    assert f"site_code={TRUE.code}&url=https%3A%2F%2Fwww.shili.gov.example%2F" in TRUE.report_link


@pytest.mark.parametrize("fault_id", EDITS)
def test_every_edit_changes_what_is_shown(fault_id):
    assert shown(fault_id) != TRUE


def test_a_malformed_number_keeps_its_digits():
    assert shown("icp-malformed").icp == "鲁ICP备 00000012"


def test_a_short_police_number_is_the_same_in_its_link():
    one = shown("police-malformed")
    assert re.search(r"(\d+)号", one.police)[1] == re.search(r"code=(\d+)", one.police_link)[1] == "3702990200001"


def test_a_wrong_police_link_leaves_the_number_alone():
    assert shown("police-linked-other").police == TRUE.police


def test_faults_add_up_in_any_order():
    assert shown("icp-malformed", "icp-unlinked") == shown("icp-unlinked", "icp-malformed")
    assert shown("code-missing", "report-other-code").report_link.count("site_code=3702880007") == 1


def test_a_child_carries_its_parents_filings_and_its_own_name():
    street = next(site for site in DISTRICT if site.parent)
    one = true_identity(street, CLEAN, "https://xinjie.shili.gov.example/", str)
    assert (one.icp, one.police, one.code) == (TRUE.icp, TRUE.police, TRUE.code)
    assert (one.meta_name, one.meta_domain) == (street.name, street.host)


def test_organs_have_a_red_mark_and_institutions_a_blue_one():
    hospital = next(site for site in DISTRICT if site.id == "hospital")
    assert TRUE.conac_colour == "red"
    assert true_identity(hospital, hospital, "", str).conac_colour == "blue"
