from dataclasses import replace
from datetime import datetime

import jsonschema
import pytest

from xuncha.guidance.explaining import Explanation
from xuncha.model.clock import SHANGHAI
from xuncha.model.fact import Gap
from xuncha.model.locator import PageLocator
from xuncha.model.outcome import FULL, Because, Finding, Outcome, Review, Status, Verdict, Weight
from xuncha.model.prints import Seal, SealState
from xuncha.model.reasons import Reason
from xuncha.model.review import Reviewed, Reviews
from xuncha.store.bundle import SiteStats
from xuncha.store.codec import decode, encode
from xuncha.store.errors import StoreError
from xuncha.store.result import Stored, build_result, to_json
from xuncha.store.schema import described, json_schema
from xuncha.store.snapshot import snapshot

STARTED = datetime(2026, 8, 4, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def settled(stored, failing):
    passed = Outcome("a", "tls.valid", "1", Status.PASS)
    stored.write_outcomes(0, "a", [failing, passed], {"tls.Scan": Gap(Reason.TIMEOUT)})
    stored.write_stats(0, "a", SiteStats(pages=9, requests=12, bytes=3456, seconds=7.5, cpu_seconds=0.25))
    stored.set_state("finished", stored.meta().started)
    return stored


@pytest.fixture
def result(settled):
    return build_result(settled)


def test_what_sites_came_to_can_be_told_without_the_rest(settled):
    (site,) = build_result(settled).sites
    ((number, concluded),) = Stored(settled).concluded()
    assert (number, concluded.verdict) == (site.number, site.verdict)
    assert concluded.items == {item.id: item.verdict for item in site.items}


def test_a_message_is_rendered_in_both_languages_from_the_snapshot(result):
    message = result.sites[0].outcomes[0].findings[0].message
    assert (message.zh, message.en) == ("https://b.example/x 返回 404", "https://b.example/x answered 404")


def test_the_framework_decides_items_weight_and_verdict(result):
    site = result.sites[0]
    assert (site.outcomes[0].items, site.outcomes[0].weight) == (("2.3",), Weight.MAJOR)
    assert site.verdict is Verdict.UNQUALIFIED


def test_an_item_that_is_not_covered_is_shown_so(result):
    first = result.sites[0].items[0]
    assert (first.id, first.live, first.verdict) == ("1.1", False, Verdict.NOT_COVERED)


def test_an_item_counts_its_outcomes_by_status(result):
    counts = result.sites[0].items[1].checks
    assert (counts[Status.FAIL], counts[Status.PASS], sum(counts.values())) == (1, 1, 2)


def test_gaps_come_with_their_words(result):
    gap = result.sites[0].gaps[0]
    assert (gap.fact, gap.reason.code, gap.reason.zh) == ("tls.Scan", Reason.TIMEOUT, "在规定时间内没有完成")


def test_only_texts_in_use_are_kept(result):
    assert set(result.texts.checks) == {"links.internal", "tls.valid"}


def test_a_run_that_was_interrupted_says_what_it_did_not_come_to(stored):
    outcomes = build_result(stored).sites[0].outcomes
    assert {(outcome.status, outcome.reason.code) for outcome in outcomes} == {(Status.NOT_RUN, Reason.INTERRUPTED)}


def test_an_outcome_missing_from_a_finished_run_is_an_error(stored):
    stored.set_state("finished")
    assert {outcome.status for outcome in build_result(stored).sites[0].outcomes} == {Status.ERROR}


def test_what_the_plan_settled_keeps_its_reason(stored, site):
    plan = decode(stored.read_plan())
    plan["sites"][0]["checks"][1] |= {"status": "not_run", "reason": "not-authorised"}
    stored.write_plan(encode(plan))
    outcome = build_result(stored).sites[0].outcomes[1]
    assert (outcome.status, outcome.reason.code) == (Status.NOT_RUN, Reason.NOT_AUTHORISED)


def test_a_check_that_is_not_admitted_is_shown_and_does_not_count(settled, failing):
    foreign = replace(failing, check="other.links", findings=())
    settled.write_outcomes(0, "a", [foreign])
    site = build_result(settled).sites[0]
    shown = next(outcome for outcome in site.outcomes if outcome.check == "other.links")
    assert (shown.admitted, shown.weight) == (False, Weight.ADVISORY)
    assert "other.links" not in {check for item in site.items for ground in item.grounds for check in ground.checks}


def test_a_review_changes_the_verdict_and_is_shown(settled, failing):
    fingerprint = failing.findings[0].fingerprint("links.internal", "a")
    said = Reviewed(Review.FALSE_POSITIVE, "王某某", STARTED, "对方网站当时停电")
    site = build_result(settled, Reviews({fingerprint: said})).sites[0]
    assert site.verdict is not Verdict.UNQUALIFIED
    assert site.outcomes[0].findings[0].review is Review.FALSE_POSITIVE
    assert site.outcomes[0].findings[0].reviewed == said


def test_an_unknown_message_and_placeholder_stay_visible(settled, failing):
    odd = (replace(failing.findings[0], key="new-key"), replace(failing.findings[0], params={}))
    settled.write_outcomes(0, "a", [replace(failing, findings=odd)])
    words = [found.message.zh for found in build_result(settled).sites[0].outcomes[0].findings]
    assert words == ["new-key", "{url} 返回 {status}"]


def test_the_json_has_the_shape_of_the_schema(result):
    jsonschema.validate(decode(encode(to_json(result))), json_schema(), jsonschema.Draft202012Validator)


def test_an_interrupted_run_has_the_shape_of_the_schema(stored):
    jsonschema.validate(decode(encode(to_json(build_result(stored)))), json_schema())


def test_the_shipped_schema_is_that_of_the_read_model():
    assert json_schema() == described(), "run python -m xuncha.store.schema"


def test_the_schema_refuses_a_status_that_does_not_exist(result):
    data = to_json(result)
    data["sites"][0]["outcomes"][0]["status"] = "good"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())


def test_the_json_begins_with_its_schema_and_tells_no_contacts(result):
    text = encode(to_json(result)).decode()
    assert text.startswith('{"schema":1,"run":{"id":"20241122-101112-ab12"')
    assert "张三" not in text


@pytest.mark.parametrize("name", ["run.json", "plan.json", "catalogue.json"])
@pytest.mark.parametrize("content", ["", "{}", "[]", '{"schema": 1, "sites": 1}'])
def test_a_damaged_bundle_is_named(settled, name, content):
    (settled.folder / name).write_text(content)
    with pytest.raises(StoreError, match=name):
        build_result(settled)


def test_a_check_that_the_snapshot_does_not_know_is_named(settled, failing):
    settled.write_outcomes(0, "a", [replace(failing, check="gone.check")])
    with pytest.raises(StoreError, match="does not describe the check"):
        build_result(settled)


def test_reasons_render_their_parameters(settled):
    outcome = Outcome("a", "tls.valid", "1", Status.INCONCLUSIVE, Because(Reason.TIMEOUT))
    settled.write_outcomes(0, "a", [outcome])
    assert build_result(settled).sites[0].outcomes[1].reason.en


INTACT = Seal("ab" * 32, 3, SealState.INTACT)


def sealed(bundle, reason):
    """The seal that the result shows, where a check ended for ``reason``."""
    bundle.write_outcomes(0, "a", [Outcome("a", "tls.valid", "1", Status.INCONCLUSIVE, Because(reason))])
    bundle.write_meta(replace(bundle.meta(), seal=INTACT))
    return build_result(bundle).run.seal


def test_a_seal_is_not_called_intact_where_what_it_seals_was_gone(settled):
    seal = sealed(settled, Reason.BASELINE_BROKEN)
    assert seal.state is SealState.DAMAGED
    assert "没能比对" in seal.problem.zh


def test_a_seal_stays_intact_where_other_things_failed(settled):
    assert sealed(settled, Reason.TIMEOUT) == INTACT


def test_what_there_is_to_do_is_told_by_cause(result):
    (task,) = result.sites[0].tasks
    assert (task.check, task.items, task.weight, task.findings) == ("links.internal", ("2.3",), Weight.MAJOR, 1)
    assert task.title.en == "https://b.example/x answered 404"
    assert task.places == (result.sites[0].outcomes[0].findings[0].fingerprint,)


@pytest.fixture
def told_twice(settled, failing):
    """The page that the link leads to is closed, says another check."""
    closed = Finding(PageLocator("https://b.example/x"), "closed")
    page = Outcome("a", "tls.valid", "1", Status.FAIL, None, FULL, (closed,), 1)
    settled.write_outcomes(0, "a", [failing, page])
    return settled


@pytest.fixture
def explaining(told_twice, catalogue, framework, profile):
    """A run whose links are explained by pages."""
    links, *others = catalogue.checks
    meta = replace(links.meta, explained_by=(Explanation("tls.valid", "address"),))
    known = replace(catalogue, checks=(replace(links, meta=meta), *others))
    told_twice.write_catalogue(snapshot(known, framework, profile))
    return told_twice


def test_one_cause_that_two_checks_tell_is_one_task(explaining):
    site = build_result(explaining).sites[0]
    (task,) = site.tasks
    assert (task.check, [one.check for one in task.settles]) == ("tls.valid", ["links.internal"])
    assert task.weight is Weight.MAJOR, "what goes along weighs more"
    assert [len(outcome.findings) for outcome in site.outcomes] == [1, 1], "outcomes stay as they are"


def test_a_false_alarm_of_the_one_check_leaves_the_task_of_the_other(explaining):
    said = Reviewed(Review.FALSE_POSITIVE, "张三", STARTED, "能打开")
    link, page = (one.findings[0].fingerprint for one in build_result(explaining).sites[0].outcomes)
    (left,) = build_result(explaining, Reviews({page: said})).sites[0].tasks
    assert (left.check, left.settles) == ("links.internal", ())
    (left,) = build_result(explaining, Reviews({link: said})).sites[0].tasks
    assert (left.check, left.settles) == ("tls.valid", ())


def test_of_what_is_official_only_the_confirmed_goes_along(explaining, failing):
    said = Reviewed(Review.CONFIRMED, "张三", STARTED)
    link = failing.findings[0].fingerprint("links.internal", "a")
    (task,) = build_result(explaining, Reviews({link: said}), official=True).sites[0].tasks
    assert (task.check, task.settles) == ("links.internal", ())


def test_a_run_from_before_checks_explained_others_reads_as_it_did(told_twice):
    assert [task.check for task in build_result(told_twice).sites[0].tasks] == ["links.internal", "tls.valid"]


def test_a_false_alarm_is_nothing_to_do(settled, failing):
    said = Reviewed(Review.FALSE_POSITIVE, "张三", STARTED, "能打开")
    reviews = Reviews({failing.findings[0].fingerprint("links.internal", "a"): said})
    assert build_result(settled, reviews).sites[0].tasks == ()
