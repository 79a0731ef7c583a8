"""A host that one check calls harmful is printed harmlessly by every other."""

import pytest

from xuncha.model.defang import defanged
from xuncha.model.locator import ElementLocator, LinkLocator
from xuncha.model.message import Url, params
from xuncha.model.outcome import Finding, Status
from xuncha.store.harmful import Harmful

PAGE, BAD = "http://www.a.example/", "http://www.bad.example/x"
PLANTED = Finding(
    ElementLocator(PAGE, "a", 3, 0),
    "k",
    params(url=defanged("www.bad.example"), names="www[.]bad[.]example、b[.]worse[.]example"),
    Status.FAIL,
    excerpt="www[.]quoted[.]example",
)


@pytest.fixture
def harmful():
    return Harmful([PLANTED.params], ["www.a.example"])


def test_a_dead_link_to_it_is_made_harmless(harmful):
    place = harmful.locator(LinkLocator(PAGE, BAD, "www.bad.example", 3, 0))
    assert (place.target, place.text) == ("hxxp://www[.]bad[.]example/x", "www[.]bad[.]example")


def test_so_are_parameters_and_words(harmful):
    assert harmful.params(params(url=Url(BAD)))["url"].value == "hxxp://www[.]bad[.]example/x"
    assert harmful.text("leads to https://b.worse.example/") == "leads to hxxps://b[.]worse[.]example/"


@pytest.mark.parametrize(
    "text", ["http://www.quoted.example/", "http://www.bad.example.cn/", "http://notwww.bad.example"]
)
def test_other_hosts_stay_as_they_are(harmful, text):
    assert harmful.text(text) == text


def test_the_sites_own_hosts_stay_as_they_are():
    echoed = Finding(ElementLocator(PAGE, "a"), "k", params(url=defanged(PAGE)), Status.FAIL)
    assert Harmful([echoed.params], ["www.a.example"]).text(PAGE) == PAGE


def test_where_nothing_is_harmful_nothing_changes():
    honest = Finding(LinkLocator(PAGE, BAD), "k", params(url=Url(BAD)), Status.FAIL)
    harmful = Harmful([honest.params], [])
    assert harmful.locator(honest.locator) is honest.locator
    assert harmful.params(honest.params) is honest.params


@pytest.mark.parametrize(
    ("text", "shown"), [("澳门百家乐", "澳门百*乐"), ("皇冠体育投注", "皇**育投注"), ("百乐", "百乐"), ("公告", "公告")]
)
def test_words_shown_with_stars_are_shown_so_everywhere(text, shown):
    harmful = Harmful([params(words="皇**育、百*乐")], [])
    assert harmful.text(text) == shown


@pytest.mark.parametrize("value", ["138****1234", "3702**********1234、1*2", "由张*三负责", "***"])
def test_stars_that_hide_numbers_or_stand_in_a_text_tell_nothing(value):
    assert Harmful([params(words=value)], []).text("13812341234由张小三负责") == "13812341234由张小三负责"


def test_lists_with_figures_in_them_are_lists_of_words():
    harmful = Harmful([params(words="p**0、北**车、私*、3**0")], [])
    assert harmful.text("北京赛车pk10 私人 3000") == "北**车p**0 私人 3000"
