import pytest

from xuncha.aggregate import aggregate_site, conclusion
from xuncha.framework import Framework, Item, Proof, Rule, Threshold
from xuncha.model.locator import PageLocator
from xuncha.model.outcome import Coverage, Finding, Outcome, Status, Verdict, Weight
from xuncha.model.site import SiteKind
from xuncha.model.text import Text

T = Text("题", "title")
V, S = Verdict, Status


def outcome(check="a.one", status=S.FAIL, count=1, depth=0, unverified=False, seen=1, found_status=None):
    kind = found_status or status
    found = tuple(Finding(PageLocator(f"http://a.example/{n}", depth), "k", status=kind) for n in range(count))
    found = found if status in {S.FAIL, S.WARN} else ()
    failures = len(found) if kind is S.FAIL else 0
    return Outcome(
        "a",
        check,
        "1",
        status,
        None,
        Coverage(seen, seen, complete=True),
        found,
        len(found),
        failures,
        unverified=unverified,
    )


@pytest.fixture
def bases(verified_basis, unverified_basis):
    return {"sure": verified_basis, "unsure": unverified_basis}


def verdict(bases, outcomes, *rules, evidence=(), minimum=0.8, kind=None, confirmed=(), applies_to=()):
    item = Item("2.1", "一（二）1", T, "条款", rules, evidence=evidence, applies_to=applies_to)
    framework = Framework("f", T, (item,), "source", bases, minimum)
    return aggregate_site(framework, outcomes, kind, confirmed).items[0]


DECISIVE, MAJOR, MINOR, ADVISORY = (Rule(("a.*",), weight) for weight in Weight)
FIVE = Rule(("a.*",), Weight.MAJOR, thresholds=(Threshold("sure", count=5),))
SHARE = Rule(("a.*",), Weight.MAJOR, thresholds=(Threshold("sure", share=0.05),))
DOUBTFUL = Rule(("a.*",), Weight.MAJOR, thresholds=(Threshold("unsure", count=1),))
HOME = Rule(("a.*",), Weight.MAJOR, thresholds=(Threshold("sure", count=1, within_depth=0),))
REVIEWED = Rule(("a.*",), Weight.DECISIVE, needs_review=True)
REQUIRED = Rule(("a.*",), Weight.MINOR, required=True)

TRUTH = [
    # rule, outcomes, verdict
    (DECISIVE, [outcome()], V.UNQUALIFIED),
    (DECISIVE, [outcome(status=S.WARN)], V.BASICALLY_QUALIFIED),
    (DECISIVE, [outcome(status=S.PASS)], V.QUALIFIED),
    (DECISIVE, [outcome(unverified=True)], V.BASICALLY_QUALIFIED),
    (DECISIVE, [outcome(status=S.MANUAL)], V.PENDING),
    (DECISIVE, [outcome(status=S.INCONCLUSIVE)], V.PENDING),
    (DECISIVE, [outcome(status=S.ERROR)], V.PENDING),
    (DECISIVE, [outcome(status=S.NOT_RUN)], V.PENDING),
    (DECISIVE, [outcome(status=S.NOT_APPLICABLE)], V.NOT_APPLICABLE),
    (DECISIVE, [], V.PENDING),
    (REVIEWED, [outcome()], V.PENDING),
    (MAJOR, [outcome()], V.UNQUALIFIED),
    (FIVE, [outcome(count=4)], V.BASICALLY_QUALIFIED),
    (FIVE, [outcome(count=5)], V.UNQUALIFIED),
    (FIVE, [outcome(count=3), outcome("a.two", count=2)], V.UNQUALIFIED),
    (FIVE, [outcome(count=5, unverified=True)], V.BASICALLY_QUALIFIED),
    (FIVE, [outcome(count=4), outcome("a.two", count=4, unverified=True)], V.BASICALLY_QUALIFIED),
    (SHARE, [outcome(count=4, seen=100)], V.BASICALLY_QUALIFIED),
    (SHARE, [outcome(count=5, seen=100)], V.UNQUALIFIED),
    (DOUBTFUL, [outcome()], V.BASICALLY_QUALIFIED),
    (HOME, [outcome(depth=0)], V.UNQUALIFIED),
    (HOME, [outcome(depth=1)], V.BASICALLY_QUALIFIED),
    (MINOR, [outcome(count=900)], V.BASICALLY_QUALIFIED),
    (ADVISORY, [outcome(), outcome("b.x", S.PASS)], V.PENDING),
    (REQUIRED, [outcome(status=S.PASS)], V.QUALIFIED),
    (REQUIRED, [], V.PENDING),
]


@pytest.mark.parametrize(("rule", "outcomes", "expected"), TRUTH)
def test_verdict_truth_table(bases, rule, outcomes, expected):
    assert verdict(bases, outcomes, rule).verdict is expected


def test_advisory_findings_never_count(bases):
    rules = (Rule(("x.*",), Weight.ADVISORY), MINOR)
    assert verdict(bases, [outcome("x.y", count=50), outcome(status=S.PASS)], *rules).verdict is V.QUALIFIED


def test_a_certain_failure_stands_whatever_the_coverage(bases):
    outcomes = [outcome()] + [outcome(f"a.{n}", S.INCONCLUSIVE) for n in range(20)]
    assert verdict(bases, outcomes, DECISIVE).verdict is V.UNQUALIFIED


@pytest.mark.parametrize(("passed", "expected"), [(3, V.PENDING), (4, V.QUALIFIED)])
def test_coverage_below_eighty_per_cent_stays_pending(bases, passed, expected):
    outcomes = [outcome(f"a.{n}", S.PASS) for n in range(passed)] + [
        outcome(f"a.m{n}", S.MANUAL) for n in range(5 - passed)
    ]
    assert verdict(bases, outcomes, MINOR).verdict is expected


def test_what_does_not_apply_leaves_the_denominator(bases):
    outcomes = [outcome(status=S.PASS), *(outcome(f"a.{n}", S.NOT_APPLICABLE) for n in range(9))]
    item = verdict(bases, outcomes, MINOR)
    assert (item.verdict, item.coverage) == (V.QUALIFIED, 1.0)


def test_without_its_evidence_an_item_is_never_qualified(bases):
    proof = Proof(("evidence.backup",), T)
    outcomes = [outcome(f"a.{n}", S.PASS) for n in range(99)]
    item = verdict(bases, outcomes, MINOR, evidence=(proof,))
    assert (item.verdict, item.lacking) == (V.PENDING, ("evidence.backup",))


def test_each_pattern_of_a_required_rule_asks_for_a_check_of_its_own(bases):
    rule = Rule(("a.*", "b.*"), Weight.MAJOR, required=True)
    item = verdict(bases, [outcome(status=S.PASS)], rule)
    assert (item.verdict, item.lacking) == (V.PENDING, ("b.*",))


def with_hints(failures, hints, unverified=False):
    """An outcome whose kept findings were cut: a few failures among very many hints."""
    kept = [Finding(PageLocator(f"http://a/{n}", 1), "k", status=S.FAIL) for n in range(failures)]
    kept += [Finding(PageLocator(f"http://a/h{n}", 1), "k", status=S.WARN) for n in range(10)]
    seen = Coverage(9000, 9000, complete=True)
    total = failures + hints
    return Outcome("a", "a.one", "1", S.FAIL, None, seen, tuple(kept), total, failures, unverified=unverified)


def test_hints_beyond_those_kept_are_never_counted_as_failures(bases):
    assert verdict(bases, [with_hints(1, 4000)], SHARE).grounds[0].findings == 1
    assert verdict(bases, [with_hints(1, 4000)], FIVE).verdict is V.BASICALLY_QUALIFIED


def test_a_confirmed_finding_counts_where_review_is_needed(bases):
    failed = outcome()
    confirmed = {failed.findings[0].fingerprint(failed.check, failed.site)}
    assert verdict(bases, [failed], REVIEWED, confirmed=confirmed).verdict is V.UNQUALIFIED


def test_an_item_for_portals_is_not_asked_of_a_department(bases):
    item = verdict(bases, [outcome()], DECISIVE, kind=SiteKind.DEPARTMENT, applies_to=(SiteKind.PORTAL,))
    assert item.verdict is V.NOT_APPLICABLE


def test_an_item_that_is_not_live_is_shown_as_not_covered(bases):
    framework = Framework("f", T, (Item("1.1", "一", T, "条款", live=False),), "source", bases)
    assert aggregate_site(framework, [outcome()]).items[0].verdict is V.NOT_COVERED


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([V.QUALIFIED, V.UNQUALIFIED, V.PENDING], V.UNQUALIFIED),
        ([V.QUALIFIED, V.PENDING, V.BASICALLY_QUALIFIED], V.PENDING),
        ([V.QUALIFIED, V.BASICALLY_QUALIFIED], V.BASICALLY_QUALIFIED),
        ([V.QUALIFIED, V.NOT_COVERED], V.QUALIFIED),
        ([V.NOT_COVERED], V.NOT_APPLICABLE),
    ],
)
def test_the_worst_certain_item_decides_the_site(verdicts, expected):
    assert conclusion(verdicts) is expected
