"""Every message gets exactly the parameters that its texts name."""

from datetime import date, timedelta
from importlib.resources import files

import pytest

from xuncha.api import Crawl, Gap, Reason
from xuncha.declare import CheckSpec, declared
from xuncha.metadata import load_checks, placeholders
from xuncha.testing import judge
from xuncha_plugins import availability
from xuncha_plugins.availability.facts import Ipv6, MissingAnswer, MissingPages, SecondVisits
from xuncha_plugins.availability.home_checks import home_opens, home_sampled, not_blocked
from xuncha_plugins.availability.level_checks import levels_open, response_time
from xuncha_plugins.availability.server_checks import reachable_over_ipv6, soft_404

META = load_checks(files("xuncha_plugins.availability").joinpath("checks.yaml"))


def test_texts_and_checks_are_the_same():
    specs = [spec for module in availability.xuncha_plugin() for spec in declared(module)]
    assert {spec.id for spec in specs if isinstance(spec, CheckSpec)} == set(META.checks)


@pytest.fixture
def findings(home, visit, crawl, page, again):
    """(check, finding) for every message that the checks know."""
    slow = [page(f"a{number}", seconds=20.0) for number in range(5)]
    gone = [page(str(number), status=404) for number in range(3)]
    down = [page(str(number), status=500) for number in range(3)]
    lasted = SecondVisits(tuple(visit(hours, url=down[0].url, status=500) for hours in (0, 2, 4)))
    declared_gone = page("x", status=404, parent="", link_text="财政信息")
    late = [visit(24 * day + number / 6, status=503) for day in range(7) for number in range(20)]
    failures = [{"status": 503}, *({"reason": reason} for reason in (
        Reason.NO_SUCH_NAME, Reason.REFUSED, Reason.RESET, Reason.TIMEOUT, Reason.NOT_TLS, Reason.BAD_REDIRECT
    ))]  # fmt: skip
    marks = ("aliyun", "tencent", "aliyun-front", "ucloud", "another")
    notices = ("maintenance:closed", "soft-404:default-page", "soft-404:number-404", "parked-domain:expired")
    no_crawl = (Crawl, Gap(Reason.RESET))
    ipv6 = [Ipv6("a", 1), Ipv6("a", 1, ("::1",), connected=False, reason=Reason.REFUSED)]
    answers = [MissingAnswer("http://a/x", "/", 200), MissingAnswer("http://a/y", "/", 200, to_home=True)]
    outcomes = [
        *(judge(home_opens, home(visit(**what))) for what in failures),
        judge(home_opens, home(*(visit(hours, status=503) for hours in (0, 2, 4)))),
        *(judge(home_opens, home(visit(notice=mark))) for mark in notices),
        judge(home_opens, home(visit()), crawl(front=page("", 0, bytes=0))),
        judge(home_sampled, home(*late)),
        *(judge(not_blocked, home(visit(filing_block=mark)), no_crawl) for mark in marks),
        judge(levels_open, crawl(*gone, declared_gone), again(("0", 404), ("1", 404), ("2", 404))),
        judge(levels_open, crawl(*down), again(("0", 500))),
        judge(levels_open, crawl(*down), lasted),
        judge(response_time, crawl(*slow, front=page("", 0, seconds=9.0)), home()),
        *(judge(reachable_over_ipv6, one, home(visit())) for one in ipv6),
        judge(soft_404, MissingPages(tuple(answers))),
    ]
    return [(outcome.check, found) for outcome in outcomes for found in outcome.findings]


def test_every_finding_fills_its_message(findings):
    for check, found in findings:
        message = META.checks[check].text.messages[found.key]
        assert placeholders(message.zh) == set(found.params), (check, found.key)


def test_every_message_is_used(findings):
    known = {(check, key) for check, meta in META.checks.items() for key in meta.text.messages}
    assert known == {(check, found.key) for check, found in findings}


def test_the_sampled_week_is_named_by_its_days(home, visit):
    late = [visit(24 * day + number / 6, status=503) for day in range(7) for number in range(20)]
    values = judge(home_sampled, home(*late)).findings[0].params
    assert values["last"].value == str(date.fromisoformat(values["first"].value) + timedelta(days=6))
