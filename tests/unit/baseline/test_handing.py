"""What a site's worker is told of its baseline."""

from dataclasses import replace

import pytest

from xuncha.baseline.handing import approved_first, baseline_of, hand_over, hand_over_again
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.model.fact import Gap
from xuncha.model.prints import Seal, SealState
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.plan import Plan, SitePlan, Surroundings
from xuncha.store.bundle import Bundle, RunMeta, new_run_id


@pytest.fixture
def bundle(tmp_path, times):
    return Bundle.create(tmp_path / "runs", RunMeta(new_run_id(times.now), "running", "p", "f", times.now))


@pytest.fixture
def plan(baselines):
    around = Surroundings(baselines=str(baselines.workspace))
    sites = tuple(SitePlan(number, Site(name, name, ()), ()) for number, name in enumerate("ab"))
    return Plan("notice", "notice", (), sites, load_profile("notice", roots()).budgets, surroundings=around)


@pytest.fixture
def handed(bundle, plan, approved):
    """What the worker of a site gets."""

    def get(number, seal=None):
        book = approved.look()
        hand_over(bundle, plan, book.sites)
        return baseline_of(bundle, str(approved.workspace), plan.sites[number], seal or book.seal)

    return get


def test_a_site_gets_its_approved_pages(handed, urls):
    found = handed(0)
    assert [page.print.url for page in found.pages] == [urls.home, urls.news]
    assert (found.site, found.seal.length) == ("a", 3)


def test_a_site_of_which_nothing_is_approved_gets_a_gap(handed):
    assert handed(1) == Gap(Reason.NO_BASELINE)


@pytest.mark.parametrize(
    ("state", "reason"),
    [(SealState.BROKEN, Reason.BASELINE_BROKEN), (SealState.KEY_MISSING, Reason.SEAL_KEY_MISSING)],
)
def test_what_can_not_be_trusted_is_a_gap(handed, state, reason):
    assert handed(0, Seal("", 0, state)).reason is reason


def test_a_swapped_print_is_a_broken_baseline(handed, approved, urls):
    approved.packs.path(3).write_bytes(approved.packs.path(1).read_bytes())
    assert (handed(0).reason, urls.news in handed(0).detail) == (Reason.BASELINE_BROKEN, True)


def test_where_nobody_ever_approved_anything_there_is_no_baseline(bundle, plan):
    assert baseline_of(bundle, "", plan.sites[0], None) == Gap(Reason.NO_BASELINE)


@pytest.fixture
def resumed(bundle, plan, approved, approve, urls):
    """A run that began with two approved pages, and is resumed after a third approval."""
    seal = approved.look().seal
    hand_over(bundle, plan, approved.look().sites)
    approve(approved, urls.home, title="后来", by="李四")

    def resume():
        return baseline_of(bundle, str(approved.workspace), plan.sites[0], hand_over_again(bundle, plan, seal))

    return resume


def test_a_resumed_run_is_handed_what_was_approved_when_it_began(resumed):
    assert [page.approval.by for page in resumed().pages] == ["张三", "张三"]


def test_what_was_written_into_an_interrupted_run_is_not_believed(resumed, bundle):
    bundle.write_approved(0, {"pages": []})
    bundle.write_approved(1, {"pages": []})
    assert len(resumed().pages) == 2
    assert bundle.read_approved(1) is None


def test_a_log_cut_while_the_run_was_interrupted_shows(resumed, approved):
    approved.log.write_bytes(b"".join(approved.log.read_bytes().splitlines(keepends=True)[:2]))
    assert resumed().reason is Reason.BASELINE_BROKEN


def test_upper_pages_are_visited_first(handed):
    found = handed(0)
    deeper = replace(found.pages[0], print=replace(found.pages[0].print, url="http://a.gov.example/x/", depth=3))
    pages = approved_first(replace(found, pages=(deeper, *found.pages)))
    assert [url for url, _ in pages] == [page.print.url for page in (*found.pages, deeper)]


def test_without_a_baseline_nothing_is_visited_first():
    assert approved_first(None) == approved_first(Gap(Reason.NO_BASELINE)) == ()
