from dataclasses import replace

import pytest

from xuncha.api import Gap, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.availability.facts import HomeVisits, Ipv6, MissingAnswer, MissingPages
from xuncha_plugins.availability.server_checks import reachable_over_ipv6, soft_404

HOST = "www.a.gov.example"
ADDRESS = "2001:db8::1"


def missing(*answers: MissingAnswer) -> MissingPages:
    return MissingPages(answers)


def answer(folder: str = "/", **what) -> MissingAnswer:
    return MissingAnswer(f"http://{HOST}{folder}xuncha-1.html", folder, **what)


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_an_error_status_is_honest(status):
    assert judge(soft_404, missing(answer(status=status))).status is Status.PASS


def test_a_missing_page_that_answers_200_is_a_hint():
    outcome = judge(soft_404, missing(answer(status=404), answer("/zwgk/", status=200, title="出错了")))
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "answers-ok")


def test_a_missing_page_that_leads_home_is_a_hint():
    outcome = judge(soft_404, missing(answer(status=200, to_home=True)))
    assert outcome.findings[0].key == "sent-home"


def test_one_hint_for_all_addresses_alike():
    outcome = judge(soft_404, missing(answer(status=200), answer("/a/", status=200)))
    assert (outcome.findings_total, outcome.findings[0].params["count"].value) == (1, 2)


def test_what_was_hindered_tells_nothing():
    outcome = judge(soft_404, missing(answer(status=200, reason=Reason.CHALLENGED)))
    assert outcome.reason.code is Reason.CHALLENGED


def test_one_answer_of_three_is_too_little_to_pass():
    lost = answer("/a/", reason=Reason.TIMEOUT)
    assert judge(soft_404, missing(answer(status=404), lost, lost)).status is Status.INCONCLUSIVE


def test_a_site_that_accepts_ipv6_passes(home, visit):
    assert judge(reachable_over_ipv6, Ipv6(HOST, 80, (ADDRESS,), connected=True), home(visit())).status is Status.PASS


def test_a_name_without_an_ipv6_address_is_a_hint(home, visit):
    assert judge(reachable_over_ipv6, Ipv6(HOST, 80), home(visit())).findings[0].key == "no-address"


def test_an_ipv6_address_that_refuses_is_a_hint(home, visit):
    refusing = Ipv6(HOST, 80, (ADDRESS,), connected=False, reason=Reason.REFUSED)
    assert judge(reachable_over_ipv6, refusing, home(visit())).findings[0].key == "refused"


@pytest.mark.parametrize("reason", [Reason.UNREACHABLE, Reason.TIMEOUT, Reason.ADDRESS_FORBIDDEN])
def test_silence_may_be_our_own_lack_of_ipv6(home, visit, reason):
    silent = Ipv6(HOST, 80, (ADDRESS,), connected=False, reason=reason)
    assert judge(reachable_over_ipv6, silent, home(visit())).reason.code is Reason.VANTAGE_UNFIT


def test_a_site_that_refuses_everybody_is_not_told_about_ipv6(home, visit):
    refusing = Ipv6(HOST, 80, (ADDRESS,), connected=False, reason=Reason.REFUSED)
    outcome = judge(reachable_over_ipv6, refusing, home(visit(reason=Reason.REFUSED)))
    assert outcome.status is Status.INCONCLUSIVE


def test_a_denied_name_has_no_ipv6_question(home, visit):
    outcome = judge(reachable_over_ipv6, Ipv6(HOST, 80, exists=False), home(visit(reason=Reason.NO_SUCH_NAME)))
    assert outcome.reason.code is Reason.NO_SUCH_NAME


@pytest.mark.parametrize("change", [{"network": ("10.0.0.0/8",)}, {"connect_to": "10.0.0.1"}])
def test_inside_a_private_network_it_does_not_apply(site, change):
    outcome = judge(
        reachable_over_ipv6, Ipv6(HOST, 80), (HomeVisits, Gap(Reason.DEADLINE)), site=replace(site, **change)
    )
    assert outcome.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("what", "status"), [({}, Status.PASS), ({"reason": Reason.TIMEOUT}, Status.INCONCLUSIVE)])
def test_an_ipv6_address_for_a_name_is_reached_over_ipv6_or_not_at_all(home, visit, what, status):
    assert judge(reachable_over_ipv6, Ipv6("2001:db8::1", 80), home(visit(**what))).status is status


def test_an_address_for_a_name_does_not_apply(home, visit):
    assert judge(reachable_over_ipv6, Ipv6("192.0.2.1", 80), home(visit())).status is Status.NOT_APPLICABLE
