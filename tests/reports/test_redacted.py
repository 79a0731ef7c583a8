"""What may be handed on of a run, and what not."""

import json
from dataclasses import replace

import pytest

from xuncha.guidance.task import Settled
from xuncha.model.locator import LinkLocator
from xuncha.store.redacted import redacted
from xuncha.store.result import to_json

SECRET = "http://www.a.example/admin/?token=abc123"


@pytest.fixture(scope="module")
def told(result):
    """The result as JSON text after a finding told of an address with a token in it."""

    def finding(one):
        place = LinkLocator(SECRET, SECRET, "某某", 3, 0)
        return replace(
            one, locator=place, message=replace(one.message, zh=f"见 {SECRET}。", en=f"see {SECRET}"), excerpt="某某"
        )

    sites = tuple(
        replace(
            site,
            outcomes=tuple(replace(one, findings=tuple(map(finding, one.findings))) for one in site.outcomes),
        )
        for site in result.sites
    )
    run = replace(result.run, vantage={"contact": "区电政办 0532", "source": "192.0.2.7", "system": "Linux"})
    return json.loads(json.dumps(to_json(redacted(replace(result, run=run, sites=sites)))))


def test_queries_and_excerpts_are_gone(told):
    text = json.dumps(told, ensure_ascii=False)
    assert "abc123" not in text
    assert "某某" not in text


def test_who_looked_from_where_is_gone(told):
    assert told["run"]["vantage"] == {"system": "Linux"}


def test_of_protection_just_status_and_number_are_left(told, result):
    before = {one.check: one for one in result.sites[0].outcomes if "2.5" in one.items}
    after = {one["check"]: one for one in told["sites"][0]["outcomes"] if one["check"] in before}
    assert after
    assert all(one["findings"] == [] and one["notes"] == [] for one in after.values())
    assert {name: one["findings_total"] for name, one in after.items()} == {
        name: one.findings_total for name, one in before.items()
    }


def test_of_what_goes_along_with_a_task_of_protection_no_places_are_left(result):
    site, task = result.sites[0], result.sites[0].tasks[0]
    along = Settled(task.check, task.status, task.severity, task.weight, ("2.3",), 18, ("v1:x",), ("c1:x",))
    tasks = (replace(task, items=("2.5", "2.3"), settles=(along,)),)
    (told,) = redacted(replace(result, sites=(replace(site, tasks=tasks),))).sites[0].tasks
    assert (told.places, told.settles[0].places, told.settles[0].findings) == ((), (), 18)


def test_of_other_items_what_was_found_stays(told):
    kept = [found for one in told["sites"][0]["outcomes"] if "2.1" in one["items"] for found in one["findings"]]
    assert kept
    assert all(found["message"]["zh"] == "见 http://www.a.example/admin/?…。" for found in kept)


def test_reasons_tell_no_addresses(told):
    said = [one["reason"]["zh"] for one in told["sites"][0]["outcomes"] if one["reason"]]
    assert said
    assert not any("http" in one or "{" in one for one in said)
