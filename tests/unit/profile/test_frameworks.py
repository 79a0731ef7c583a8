import pytest

from xuncha.config.errors import ConfigError
from xuncha.config.frameworks import from_json, load_framework, to_json
from xuncha.model.outcome import Severity, Weight

GOOD = """\
title: {zh: 依据, en: basis}
source: 某通知
bases:
  tool: {kind: tool-default, confidence: verified}
coverage_minimum: {value: 0.8, basis: tool}
items:
  - id: "1"
    number: 一
    title: {zh: 打开, en: opens}
    clause: 能否打开。
    rules:
      - {checks: [a.home], weight: decisive, required: true}
      - {checks: [a.pages, a.levels], weight: major, thresholds: [{share: 0.05, basis: tool}]}
      - {checks: ["a.*"], weight: minor}
  - id: "2"
    number: 二
    title: {zh: 备案, en: filing}
    clause: 备案手续。
    concludes: false
    rules: [{checks: [a.home], weight: minor}]
  - {id: "3", number: 三, title: {zh: 以后, en: later}, clause: 以后。, live: false}
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def framework(written):
    return load_framework(written(GOOD), [])


@pytest.fixture(scope="session")
def notice(installed):
    return load_framework("notice", installed)


def test_the_first_rule_that_covers_a_check_decides(framework):
    weights = [framework.items[0].rule_for(check).weight for check in ("a.home", "a.levels", "a.other")]
    assert weights == [Weight.DECISIVE, Weight.MAJOR, Weight.MINOR]


def test_of_two_readings_of_a_framework_each_has_rules_of_its_own(written):
    one, other = (load_framework(written(GOOD), []).items[0] for _ in range(2))
    assert one == other
    assert all(any(item.rule_for("a.home") is rule for rule in item.rules) for item in (one, other))


def test_a_check_may_be_cited_under_two_items(framework):
    assert [item.id for item, _ in framework.places("a.home")] == ["1", "2"]


def test_a_check_that_no_item_names_has_no_place(framework):
    assert not list(framework.places("b.other"))


def test_a_framework_survives_the_bundle(framework):
    assert from_json(to_json(framework)) == framework


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share: 0.05, basis: tool", "share: 0.05, basis: tol", "bases has no tol (did you mean tool?)"),
        ("share: 0.05", "share: 5", "must be at most 1, found 5"),
        ("share: 0.05", "share: 0.05, count: 3", "exactly one of count and share is needed"),
        ("weight: minor}\n  -", "weight: mnior}\n  -", "did you mean minor?"),
        ("weight: major", "weight: minor", "only a major rule has thresholds"),
        ('["a.*"]', "[a.home]", "items[1].rules[3].checks[1]: a.home appears twice"),
        ('id: "2"', 'id: "1"', "items[2].id: 1 appears twice"),
        ("clause: 能否打开。", 'clause: ""', "must not be empty"),
        (", live: false", "", "a live item needs a rule"),
        ("required: true", "requierd: true", "did you mean required?"),
    ],
)
def test_faults_are_told_with_their_place(written, old, new, said):
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        load_framework(written(GOOD.replace(old, new, 1)), [])
    assert any("mine.yaml:" in line and said in line for line in caught.value.lines("en"))


def test_the_notice_has_its_items_in_order(notice):
    assert [item.id for item in notice.items] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.2"]


def test_open_government_information_is_not_covered_yet(notice):
    assert [item.id for item in notice.items if not item.live] == ["1.1"]


def test_items_on_the_portals_columns_are_asked_of_portals_only(notice):
    assert [item.id for item in notice.items if item.applies_to] == ["1.1", "1.2", "1.3"]


def test_protection_and_team_need_evidence(notice):
    assert [item.id for item in notice.items if item.evidence] == ["2.5", "2.6"]


def test_filing_has_a_verdict_of_its_own(notice):
    assert [item.id for item in notice.items if not item.concludes] == ["3.2"]


def test_a_filing_block_counts_under_access_and_under_filing(notice):
    assert [item.id for item, _ in notice.places("availability.filing-block")] == ["2.1", "3.2"]


def test_column_counts_are_those_of_the_indicators(notice):
    counts = [threshold.count for rule in notice.item("2.2").rules for threshold in rule.thresholds]
    assert counts == [5, 10, 5]


def test_no_threshold_of_the_notice_is_its_own(notice):
    thresholds = [threshold for item in notice.items for rule in item.rules for threshold in rule.thresholds]
    assert all(notice.bases[threshold.basis].kind != "notice" for threshold in thresholds)


def test_tampering_counts_only_after_review(notice):
    assert notice.item("2.5").rule_for("darklinks.hidden").needs_review


DEADLINES = GOOD + "deadlines:\n  - {days: 3, basis: tool, severity: [critical, high], weight: [decisive]}\n"


def test_the_first_deadline_that_suits_is_suggested(written):
    framework = load_framework(written(DEADLINES + "  - {days: 20, basis: tool}\n"), [])
    asked = [(Severity.HIGH, Weight.DECISIVE), (Severity.HIGH, Weight.MINOR), (Severity.LOW, Weight.DECISIVE)]
    assert [framework.deadline(*one).days for one in asked] == [3, 20, 20]


def test_without_deadlines_none_is_suggested(framework):
    assert framework.deadline(Severity.HIGH, Weight.MAJOR) is None


def test_a_deadline_rests_on_a_basis_that_is_there(written):
    with pytest.raises(ConfigError, match="bases has no"):
        load_framework(written(DEADLINES.replace("days: 3, basis: tool", "days: 3, basis: custom")), [])


def test_the_notice_suggests_a_deadline_for_everything(notice):
    days = [notice.deadline(severity, weight).days for severity in Severity for weight in Weight]
    assert min(days) >= 1


def test_deadlines_survive_the_bundle(written):
    framework = load_framework(
        written(DEADLINES + "  - {days: 1, basis: tool, what: {zh: 先下线, en: taken down}}\n"), []
    )
    assert from_json(to_json(framework)) == framework
