from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from xuncha.api import Gap, Reason, Status
from xuncha_plugins.domain.facts import Registration
from xuncha_plugins.domain.registration_checks import ExpiryParams, expiry, registrant


@pytest.fixture
def registered(now):
    """A registration that ends in so many days."""

    def make(days=400, **fields):
        return Registration("slqyy.cn", "whois.cnnic.cn", now, expires=now + timedelta(days=days), **fields)

    return make


@pytest.mark.parametrize(
    ("days", "status", "found"),
    [(400, Status.PASS, []), (61, Status.PASS, []), (60, Status.WARN, ["soon"]), (-1, Status.FAIL, ["expired"])],
)
def test_the_end_of_a_registration(judged, registered, days, status, found):
    outcome = judged(expiry, registered(days))
    assert (outcome.status, [one.key for one in outcome.findings]) == (status, found)


@pytest.mark.parametrize(
    ("asked", "expires", "key", "left"),
    [
        ("2026-11-23T16:20+08:00", "2026-11-24T00:10+08:00", "soon", 1),
        ("2026-11-23T23:59+08:00", "2026-11-23T16:30+00:00", "soon", 1),
        ("2026-11-23T01:00+08:00", "2026-11-23T23:00+08:00", "today", None),
    ],
)
def test_days_are_counted_by_the_calendar_of_beijing(judged, registered, asked, expires, key, left):
    moments = {"asked": datetime.fromisoformat(asked), "expires": datetime.fromisoformat(expires)}
    (found,) = judged(expiry, replace(registered(), **moments)).findings
    assert found.key == key
    assert getattr(found.params.get("count"), "value", found.params.get("count")) == left


def test_how_soon_is_a_parameter(judged, registered):
    assert judged(expiry, registered(90), params=ExpiryParams(days=100)).status is Status.WARN


def test_an_unknown_domain_is_a_question(judged, registered):
    assert judged(expiry, replace(registered(), known=False)).status is Status.MANUAL


def test_without_a_date_nothing_is_said(judged, registered):
    outcome = judged(expiry, replace(registered(), expires=None))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NO_RECORD)


@pytest.mark.parametrize("check", [expiry, registrant])
@pytest.mark.parametrize("reason", [Reason.RATE_LIMITED, Reason.TIMEOUT])
def test_a_registry_that_told_nothing_leaves_it_open(judged, check, reason):
    outcome = judged(check, (Registration, Gap(reason)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, reason)


@pytest.mark.parametrize("check", [expiry, registrant])
def test_a_shared_domain_is_not_the_departments_business(judged, registered, check):
    assert judged(check, registered(shared=True)).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("name", ["示例区民政局", "示例市示例区民政局", "示例区 民政局（本级）", "示例局"])
def test_the_sponsors_own_names_agree(judged, registered, name):
    assert judged(registrant, registered(registrant=name)).status is Status.PASS


@pytest.mark.parametrize("name", ["示例科技有限公司", "张某", "民政局"])
def test_another_registrant_is_a_question(judged, registered, name):
    assert judged(registrant, registered(registrant=name)).status is Status.MANUAL


@pytest.mark.parametrize("fields", [{"registrant": ""}, {"known": False}])
def test_a_registrant_that_nobody_tells_leaves_it_open(judged, registered, fields):
    outcome = judged(registrant, replace(registered(), **fields))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NO_RECORD)
