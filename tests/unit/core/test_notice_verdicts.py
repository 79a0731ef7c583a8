"""The verdict table of the notice, line by line, over the framework as it is shipped."""

import pytest

from xuncha.aggregate import aggregate_site
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.model.locator import PageLocator
from xuncha.model.outcome import Coverage, Finding, Outcome, Status, Verdict

NOTICE = load_framework("notice", roots())
V, S = Verdict, Status
EVERYTHING = {
    "1.2": ["services.guides-complete"],
    "1.3": ["interaction.reply-rate", "interaction.unanswered"],
    "2.1": ["availability.home-opens", "availability.levels-open", "availability.filing-block"],
    "2.2": [
        "freshness.home-updated",
        "freshness.news-columns",
        "freshness.notice-columns",
        "freshness.overdue-columns",
        "freshness.blank-columns",
    ],
    "2.3": [
        "links.broken-internal",
        "links.broken-attachment",
        "links.broken-asset",
        "links.wrong-target",
        "links.broken-external",
        "links.private-target",
    ],
    "2.4": ["services.search", "services.downloads", "interaction.channel"],
    "2.5": [
        "tls.certificate-valid",
        "tls.name-matches",
        "tls.protocols",
        "backup.copies-intact",
        "emergency.plan-complete",
        "protection.anti-attack",
        "protection.anti-tamper",
        "protection.anti-virus",
        *(f"integrity.{name}" for name in ("defacement", "injected", "redirected", "replaced", "title")),
        *(f"darklinks.{name}" for name in ("hidden", "scripted", "title-spam", "injected", "cloaking", "error-pages")),
        *(f"exposure.{name}" for name in ("version-control", "backups", "configuration", "keys")),
    ],
    "2.6": ["staffing.team", "staffing.editors", "identity.sponsor", "identity.contact"],
    "3.2": ["icp.filing-shown", "icp.registered"],
}


def outcome(check, status=S.PASS, count=1, depth=1, seen=1000):
    found = tuple(Finding(PageLocator(f"http://a/{n}", depth), "k", status=status) for n in range(count))
    found = found if status in {S.FAIL, S.WARN} else ()
    failures = len(found) if status is S.FAIL else 0
    return Outcome("a", check, "1", status, None, Coverage(seen, seen, complete=True), found, len(found), failures)


def verdict(item, *changed):
    """The item's verdict when everything passes except ``changed``."""
    names = {one.check for one in changed}
    outcomes = [*changed, *(outcome(check) for check in EVERYTHING[item] if check not in names)]
    return next(one for one in aggregate_site(NOTICE, outcomes).items if one.item == item).verdict


@pytest.mark.parametrize("item", EVERYTHING)
def test_an_item_whose_every_check_passes_is_qualified(item):
    assert verdict(item) is V.QUALIFIED


TABLE = [
    ("1.2", outcome("services.guides-complete", S.FAIL, 4), V.BASICALLY_QUALIFIED),
    ("1.2", outcome("services.guides-complete", S.FAIL, 5), V.BASICALLY_QUALIFIED),  # the count is not verified
    ("1.2", outcome("services.guides-online", S.FAIL), V.BASICALLY_QUALIFIED),
    ("1.3", outcome("interaction.reply-rate", S.FAIL), V.PENDING),
    ("1.3", outcome("interaction.unanswered", S.FAIL), V.UNQUALIFIED),
    ("1.3", outcome("interaction.reply-delay", S.FAIL, 9), V.BASICALLY_QUALIFIED),
    ("2.1", outcome("availability.home-opens", S.FAIL), V.UNQUALIFIED),
    ("2.1", outcome("availability.home-opens", S.WARN), V.BASICALLY_QUALIFIED),
    ("2.1", outcome("availability.home-sampled", S.FAIL), V.UNQUALIFIED),
    ("2.1", outcome("availability.filing-block", S.FAIL), V.UNQUALIFIED),
    ("2.1", outcome("availability.levels-open", S.FAIL, 2, seen=15), V.BASICALLY_QUALIFIED),
    ("2.1", outcome("availability.levels-open", S.FAIL, 49), V.BASICALLY_QUALIFIED),
    ("2.1", outcome("availability.levels-open", S.FAIL, 50), V.UNQUALIFIED),
    ("2.1", outcome("availability.response-time", S.FAIL, 900), V.QUALIFIED),
    ("2.1", outcome("availability.ipv6", S.WARN), V.QUALIFIED),
    ("2.1", outcome("tls.certificate-valid", S.FAIL), V.BASICALLY_QUALIFIED),
    ("2.2", outcome("freshness.home-updated", S.FAIL), V.UNQUALIFIED),
    ("2.2", outcome("freshness.news-columns", S.FAIL, 4), V.BASICALLY_QUALIFIED),
    ("2.2", outcome("freshness.news-columns", S.FAIL, 5), V.UNQUALIFIED),
    ("2.2", outcome("freshness.overdue-columns", S.FAIL, 9), V.BASICALLY_QUALIFIED),
    ("2.2", outcome("freshness.overdue-columns", S.FAIL, 10), V.UNQUALIFIED),
    ("2.2", outcome("freshness.blank-columns", S.FAIL, 4), V.BASICALLY_QUALIFIED),
    ("2.2", outcome("freshness.blank-columns", S.FAIL, 5), V.UNQUALIFIED),
    ("2.3", outcome("links.broken-internal", S.FAIL, 2, depth=0), V.BASICALLY_QUALIFIED),
    ("2.3", outcome("links.broken-internal", S.FAIL, 3, depth=0), V.UNQUALIFIED),
    ("2.3", outcome("links.broken-internal", S.FAIL, 3, depth=2), V.BASICALLY_QUALIFIED),
    ("2.3", outcome("links.private-target", S.FAIL, 30), V.BASICALLY_QUALIFIED),
    ("2.3", outcome("links.broken-external", S.WARN, 400), V.BASICALLY_QUALIFIED),
    ("2.3", outcome("content.harmful", S.FAIL), V.PENDING),
    ("2.4", outcome("services.search", S.FAIL), V.UNQUALIFIED),
    ("2.4", outcome("services.forms", S.FAIL), V.BASICALLY_QUALIFIED),
    ("2.5", outcome("tls.certificate-valid", S.FAIL), V.UNQUALIFIED),
    ("2.5", outcome("tls.protocols", S.FAIL), V.BASICALLY_QUALIFIED),
    ("2.5", outcome("tls.tlcp", S.WARN), V.QUALIFIED),
    ("2.5", outcome("integrity.replaced", S.FAIL), V.PENDING),
    ("2.5", outcome("integrity.picture-changed", S.FAIL), V.PENDING),
    ("2.5", outcome("integrity.picture-changed", S.INCONCLUSIVE), V.QUALIFIED),  # not every machine has a browser
    ("2.5", outcome("darklinks.cloaking", S.NOT_RUN), V.PENDING),
    ("2.5", outcome("exposure.backups", S.FAIL), V.PENDING),
    ("2.5", outcome("exposure.consoles", S.FAIL), V.PENDING),
    ("2.5", outcome("exposure.listings", S.FAIL), V.BASICALLY_QUALIFIED),
    ("2.5", outcome("backup.copies-intact", S.FAIL), V.UNQUALIFIED),
    ("2.5", outcome("backup.copies-intact", S.INCONCLUSIVE), V.PENDING),
    ("2.6", outcome("staffing.team", S.NOT_RUN), V.PENDING),
    ("3.2", outcome("availability.filing-block", S.FAIL), V.UNQUALIFIED),
    ("3.2", outcome("icp.filing-shown", S.FAIL), V.UNQUALIFIED),
    ("3.2", outcome("icp.registered", S.FAIL), V.PENDING),
    ("3.2", outcome("icp.registered", S.INCONCLUSIVE), V.PENDING),
    ("3.2", outcome("icp.police-shown", S.FAIL), V.BASICALLY_QUALIFIED),
]


@pytest.mark.parametrize(("item", "changed", "expected"), TABLE)
def test_the_table_holds(item, changed, expected):
    assert verdict(item, changed) is expected


HANDED_IN = {"evidence", "backup", "emergency", "protection", "staffing"}


@pytest.mark.parametrize("item", ["2.5", "2.6"])
def test_from_the_network_alone_it_is_never_qualified(item):
    network = [outcome(check) for check in EVERYTHING[item] if check.partition(".")[0] not in HANDED_IN]
    found = next(one for one in aggregate_site(NOTICE, network).items if one.item == item)
    assert found.verdict is V.PENDING


@pytest.mark.parametrize("item", ["2.5", "2.6"])
def test_from_papers_alone_it_is_never_qualified(item):
    papers = [outcome(check) for check in EVERYTHING[item] if check.partition(".")[0] in HANDED_IN]
    found = next(one for one in aggregate_site(NOTICE, papers).items if one.item == item)
    assert found.verdict is V.PENDING


def test_what_papers_leave_open_is_named():
    papers = [outcome(check) for check in EVERYTHING["2.6"] if check.startswith("staffing.")]
    found = next(one for one in aggregate_site(NOTICE, papers).items if one.item == "2.6")
    assert found.lacking == ("identity.sponsor", "identity.contact")


def _required():
    rules = [(item.id, rule) for item in NOTICE.items for rule in item.rules if rule.required]
    return [(item, check) for item, rule in rules for check in rule.checks]


@pytest.mark.parametrize(("item", "left_out"), _required())
def test_no_required_check_may_be_left_out(item, left_out):
    outcomes = [outcome(check) for check in EVERYTHING[item] if check != left_out]
    found = next(one for one in aggregate_site(NOTICE, outcomes).items if one.item == item)
    assert (found.verdict, found.lacking) == (V.PENDING, (left_out,))


def test_open_government_information_is_not_covered_yet_and_never_passed():
    found = next(one for one in aggregate_site(NOTICE, [outcome("availability.home-opens")]).items if one.item == "1.1")
    assert found.verdict is V.NOT_COVERED


def test_filing_has_a_verdict_of_its_own_and_stays_out_of_the_conclusion():
    good = [outcome(check) for checks in EVERYTHING.values() for check in checks]
    good = [one for one in good if one.check != "icp.filing-shown"] + [outcome("icp.filing-shown", S.FAIL)]
    assert aggregate_site(NOTICE, good).verdict is V.QUALIFIED
