from dataclasses import replace
from datetime import date

import pytest

from xuncha import catalogue
from xuncha.browser.program import BrowserSettings
from xuncha.catalogue import Catalogue, CheckEntry, PluginEntry, ProbeEntry
from xuncha.config.binding import bind
from xuncha.config.errors import Place
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.metadata import CheckMeta, CheckText
from xuncha.model.outcome import Severity, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Mode, SiteKind, SiteStatus
from xuncha.model.text import Text
from xuncha.plan import CRAWL, Surroundings, from_json, make_plan, to_json
from xuncha.profile import Pattern, Setting
from xuncha.registry import PluginRef
from xuncha.testing import SITE

TODAY = date(2026, 8, 10)
T = Text("题", "title")
REF = PluginRef("demo", "demo", "vendor", "1")


def entry(check, wants=(), *, per_page=False, **meta):
    return CheckEntry("demo", per_page, tuple(wants), CheckMeta(check, "1", Severity.LOW, CheckText(T, T), **meta))


def probe(name, provides, needs=(), requests=5, schema=None):
    return ProbeEntry(name, "demo", provides, tuple(needs), 10, 2, requests, (), "passive", schema or {})


def planned(*entries, probes=(), site=SITE, failure="", settings=None, around=None, budgets=None):
    known = Catalogue(plugins=(PluginEntry(REF, None, failure),), probes=tuple(probes), checks=entries)
    profile = load_profile("notice", roots())
    profile = replace(profile, params={}, probes=settings or {}, budgets=replace(profile.budgets, **budgets or {}))
    checks = {one.id: one.params_schema for one in entries}
    bound = bind(profile, checks, {one.name: one.params_schema for one in probes})
    return make_plan(known, profile, bound, [site], TODAY, around)


def settled(entry, **changes):
    check = planned(entry, site=replace(SITE, **changes)).sites[0].checks[0]
    return check.status, check.reason


def test_a_check_that_applies_stays_open():
    assert settled(entry("demo.a")) == (None, None)


def test_another_kind_of_site_is_settled_beforehand():
    assert settled(entry("demo.a", applies_to=(SiteKind.PORTAL,))) == (Status.NOT_APPLICABLE, Reason.KIND_OF_SITE)


def test_a_site_of_unknown_kind_is_asked():
    assert settled(entry("demo.a", applies_to=(SiteKind.PORTAL,)), kind=None) == (None, None)


@pytest.mark.parametrize(
    ("until", "status"), [(None, Status.NOT_APPLICABLE), (TODAY, Status.NOT_APPLICABLE), (date(2026, 8, 9), None)]
)
def test_an_announced_shutdown_holds_until_its_last_day(until, status):
    assert settled(entry("demo.a"), status=SiteStatus.MAINTENANCE, status_until=until)[0] is status


@pytest.mark.parametrize(
    ("status", "open_"), [(SiteStatus.CLOSED, True), (SiteStatus.MAINTENANCE, False), (SiteStatus.NORMAL, True)]
)
def test_a_check_may_ask_closed_websites_too(status, open_):
    assert (settled(entry("demo.a", asks_closed=True), status=status)[0] is None) is open_


PAPER = Authorisation("p", "文号", "办公室", modes=(Mode.PASSIVE, Mode.PROBE))


@pytest.mark.parametrize(
    ("paper", "status"),
    [
        (None, Status.NOT_RUN),
        (PAPER, None),
        (replace(PAPER, modes=(Mode.PASSIVE,)), Status.NOT_RUN),
        (replace(PAPER, valid_until=date(2026, 8, 9)), Status.NOT_RUN),
        (replace(PAPER, valid_from=date(2026, 8, 11)), Status.NOT_RUN),
    ],
)
def test_what_goes_beyond_passive_needs_a_valid_paper(paper, status):
    assert settled(entry("demo.a", requires=Mode.PROBE), authorisation=paper)[0] is status


def test_a_site_without_an_address_cannot_be_told():
    assert settled(entry("demo.a"), urls=()) == (Status.INCONCLUSIVE, Reason.NO_ENTRY_URL)


def test_the_checks_of_a_plugin_that_failed_are_errors_that_name_it():
    check = planned(entry("demo.a"), failure="SyntaxError").sites[0].checks[0]
    assert (check.status, check.error) == (Status.ERROR, "demo: SyntaxError")


def test_probes_are_planned_with_what_they_need_and_no_others():
    probes = [probe("demo.p", "P", ("Q",)), probe("demo.q", "Q"), probe("demo.r", "R")]
    site = planned(entry("demo.a", ["P"]), probes=probes).sites[0]
    assert [one.name for one in site.probes] == ["demo.p", "demo.q"]


@pytest.mark.parametrize(
    ("check", "probes"),
    [
        (entry("demo.a", per_page=True), []),
        (entry("demo.a", [CRAWL]), []),
        (entry("demo.a", ["P"]), [probe("demo.p", "P", (CRAWL,))]),
    ],
)
def test_a_crawl_is_planned_where_something_needs_it(check, probes):
    assert planned(check, probes=probes).sites[0].crawl


def test_no_crawl_where_nothing_needs_it():
    assert not planned(entry("demo.a", ["P"]), probes=[probe("demo.p", "P")]).sites[0].crawl


def pages_and_files(requests, verified_basis, **values):
    """The most requests of a probe whose profile sets these values; by default it has 7 pages and 3 files."""
    fields = {name: {"type": "integer", "default": most} for name, most in (("pages", 7), ("files", 3))}
    asks = probe("demo.p", "P", requests=requests, schema={"type": "object", "properties": fields})
    settings = {name: Setting(value, verified_basis, Place("profile")) for name, value in values.items()}
    plan = planned(entry("demo.a", ["P"]), probes=[asks], settings={"demo.p": settings} if settings else {})
    return plan.sites[0].requests


@pytest.mark.parametrize(
    ("requests", "values", "most"),
    [
        (5, {}, 5),
        (("pages",), {}, 7),
        (("pages", "files"), {"pages": 100}, 103),
        ((2, "files", "files"), {"files": 50}, 102),
        ((), {}, 0),
    ],
)
def test_a_probes_requests_are_a_number_or_follow_its_parameters(requests, values, most, verified_basis):
    assert pages_and_files(requests, verified_basis, **values) == most


SHARES = {"demo.a": (20, "files"), "demo.b": (30,)}


def granted(*checks, requests=100, shares=SHARES):
    """The probe's part of a plan for these checks; it asks less for fewer of them."""
    fields = {"type": "object", "properties": {"files": {"type": "integer", "default": 3}}}
    asks = replace(probe("demo.p", "P", requests=requests, schema=fields), shares=shares)
    return planned(*(entry(check, ["P"]) for check in checks), probes=[asks]).sites[0].probes[0]


def test_a_probe_is_granted_what_the_chosen_checks_need():
    assert (granted("demo.a").requests, granted("demo.a").checks) == (23, ("demo.a",))
    assert granted("demo.a", "demo.b").requests == 53


def test_shares_never_add_up_to_more_than_the_probe_may_send():
    assert granted("demo.a", "demo.b", requests=40).requests == 40


def test_a_check_without_a_share_wants_everything():
    assert (granted("demo.a", "demo.c").requests, granted("demo.a", "demo.c").checks) == (100, ())


def test_a_plan_is_read_back_as_it_was():
    plan = planned(entry("demo.a", ["P"]), probes=[replace(probe("demo.p", "P"), shares={"demo.a": (2,)})])
    assert plan.sites[0].probes[0].checks
    assert from_json(to_json(plan)) == plan


def test_a_catalogue_is_read_back_as_it_was():
    known = Catalogue(
        probes=(replace(probe("demo.p", "P", requests=(2, "pages")), shares=SHARES), probe("demo.q", "Q")),
        checks=(entry("demo.a"),),
    )
    assert catalogue.from_json(catalogue.to_json(known)) == known


def of(plugin, thing):
    return replace(thing, plugin=plugin)


def test_workers_load_the_plugins_of_the_chosen_checks_and_those_they_lean_on():
    refs = [PluginRef(name, name, "vendor", "1") for name in ("one", "two", "three")]
    known = Catalogue(
        plugins=tuple(PluginEntry(ref, None, "") for ref in refs),
        probes=(of("two", probe("two.gives", "Fact")),),
        checks=(of("one", entry("demo.a", ["Fact"])), of("three", entry("other.b"))),
    )
    profile = replace(
        load_profile("notice", roots()), params={}, probes={}, include=(Pattern("demo.*", Place("", 1, 1)),)
    )
    plan = make_plan(known, profile, bind(profile, {"demo.a": {}, "other.b": {}}, {"two.gives": {}}), [SITE], TODAY)
    assert [ref.name for ref in plan.plugins] == ["one", "two"]


def in_browser(*, off=False, check=None, probes=()):
    """What pages in a browser may ask for of a site's requests, and all the others."""
    around = Surroundings(browser=BrowserSettings(off=off))
    budgets = {"pages": 60, "renders": 3, "pictures": 2}
    check = check or entry("demo.a", per_page=True)
    site = planned(check, probes=probes, around=around, budgets=budgets).sites[0]
    return site.by_browser, site.requests - site.by_browser


def test_what_the_browser_may_ask_for_is_counted():
    assert in_browser() == (5 * 150, 60)


def test_a_browser_that_is_switched_off_asks_for_nothing():
    assert in_browser(off=True) == (0, 60)


@pytest.mark.parametrize(("opens", "most"), [(False, 0), (True, 5 * 150)])
def test_without_a_crawl_it_is_counted_where_a_probe_opens_pages(opens, most):
    asks = replace(probe("demo.p", "P"), opens_pages=opens)
    assert in_browser(check=entry("demo.a", ["P"]), probes=[asks]) == (most, 5)
