"""Samples stand for very many pictures and attachments, as long as nothing is wrong with them."""

import pytest

from xuncha.model.crawl import LinkUse
from xuncha.model.outcome import Status
from xuncha.testing import SITE, judge
from xuncha.testing.net import page, status
from xuncha_plugins.links.sampling import samples
from xuncha_plugins.links.target_checks import broken_asset, broken_attachment, wrong_target

INNER = "http://www.a.gov.example/a.html"
FEW = {"pictures": 10, "attachments": 10}


@pytest.fixture
def many(target):
    """So many files of inner pages."""

    def make(use, count=100):
        ending = "png" if use is LinkUse.IMAGE else "pdf"
        return [target(f"/f/{number}.{ending}", use, pages=(INNER,)) for number in range(count)]

    return make


def answers(files, **others):
    plain = {one.url: page(b"PNG", media="image/png") for one in files}
    return plain | {files[int(at[1:])].url: answer for at, answer in others.items()}


@pytest.mark.parametrize(("use", "check"), [(LinkUse.IMAGE, broken_asset), (LinkUse.ATTACHMENT, broken_attachment)])
def test_a_sample_without_fault_stands_for_the_rest_which_is_told_as_coverage(asked, crawled, record, many, use, check):
    files = many(use)
    crawl = crawled(*files, pages=(record("/a.html"),))
    fact, net = asked(crawl, answers(files), **FEW)
    assert len([one for one in net.asked if "/f/" in one.what]) == 10
    outcome = judge(check, crawl, fact, site=SITE, min_coverage=0.01)
    assert (outcome.status, outcome.coverage.seen, outcome.coverage.known) == (Status.PASS, 10, 100)
    assert not outcome.coverage.complete
    (told,) = outcome.notes
    assert (told.key, told.params["visited"].value, told.params["known"].value) == ("sampled", 10, 100)
    assert judge(wrong_target, crawl, fact, site=SITE).status is Status.PASS


def test_one_fault_in_the_sample_and_all_are_visited(asked, crawled, many):
    files = many(LinkUse.IMAGE)
    fact, _ = asked(crawled(*files), answers(files, n0=status(404), n55=status(404)), **FEW)
    assert (len(fact.first), fact.spared) == (100, ())
    outcome = judge(broken_asset, crawled(*files), fact, site=SITE)
    assert (outcome.status, outcome.findings_total) == (Status.FAIL, 2)


def test_a_sample_that_could_not_be_seen_stands_for_nothing(asked, crawled, many):
    files = many(LinkUse.IMAGE)
    fact, _ = asked(crawled(*files), {one.url: page("x", challenge="waf") for one in files}, **FEW)
    assert judge(broken_asset, crawled(*files), fact, site=SITE, min_coverage=0.01).status is Status.INCONCLUSIVE


def test_what_the_home_page_shows_is_visited_in_any_case(target):
    shown = [target(f"/f/{number}.png", LinkUse.IMAGE) for number in range(100)]
    assert [group.rest for group in samples(shown, 10, 10)] == [(), ()]


def test_pictures_come_from_all_over_the_site_and_attachments_in_their_order(many):
    pictures, files = samples(many(LinkUse.IMAGE) + many(LinkUse.ATTACHMENT), 4, 3)
    assert [one.url.rpartition("/")[2] for one in pictures.chosen] == ["0.png", "25.png", "50.png", "75.png"]
    assert [one.url.rpartition("/")[2] for one in files.chosen] == ["0.pdf", "1.pdf", "2.pdf"]


def test_few_are_all_visited(many):
    assert [group.rest for group in samples(many(LinkUse.IMAGE, 10), 10, 10)] == [(), ()]
