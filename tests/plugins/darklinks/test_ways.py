"""Pages with the same links count together only where the same hides them."""

import pytest

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.darklinks.facts import Sheet, Sheets
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.styles import rules_of

HOME = "http://www.a.gov.example/"
SHEETS = {
    "away": ".zz{position:absolute;left:-9000px}",
    "gone": "#kk>p{display:none}",
    "seen": ".zz{display:none}.zz{display:block!important}",
    "tiny": ".zz{font-size:0}",
}


@pytest.fixture
def sheets():
    return Sheets(tuple(Sheet(f"{HOME}{name}.css", tuple(rules_of(text))) for name, text in SHEETS.items()))


@pytest.fixture
def site(page, spam):
    """A page of each sheet, with the same links in the same place."""

    def make(name, at=0, head=""):
        linked = f'<link rel="stylesheet" href="/{name}.css">{head}'
        return page(f'<div id="kk"><p class="zz">{spam}</p></div>', head=linked, url=f"{HOME}{name}-{at}.html")

    return make


def told(outcome):
    return {found.key: found.params["pages"].value for found in outcome.findings}


def test_each_way_of_hiding_is_a_finding_and_pages_that_show_the_links_are_not_counted(site, plants, sheets):
    seen = plants(*map(site, SHEETS))
    assert told(judge(hidden, seen, sheets)) == {"offscreen": 1, "display": 1, "tiny": 1}


def test_pages_of_one_template_count_together(site, plants, sheets):
    seen = plants(*(site("away", at) for at in range(4)))
    assert told(judge(hidden, seen, sheets)) == {"offscreen": 4}


def test_rules_that_concern_none_of_the_links_part_no_pages(site, plants):
    pages = [site("away", at, f"<style>td.Mso{at}{{display:none}}</style>") for at in range(200)]
    assert [group.pages for group in plants(*pages).groups] == [200]


def test_the_same_trick_in_other_places_is_one_finding(page, plants, spam, no_sheets):
    pages = [page(f'<div id="n{at}" style="display:none">{spam}</div>', url=f"{HOME}{at}.html") for at in range(3)]
    assert told(judge(hidden, plants(*pages), no_sheets)) == {"display": 3}


def test_more_ways_than_are_kept_leave_it_open(page, plants, no_sheets):
    pages = [page(f'<a id="n{at}" href="http://h{at}.example.com/">六合彩</a>', url=f"{HOME}{at}") for at in range(120)]
    assert judge(hidden, plants(*pages), no_sheets).status is Status.INCONCLUSIVE


def test_what_scripts_hide_in_the_same_way_is_one_finding(page, plants, spam):
    script = "<script>document.getElementById('k').style.display='none'</script>"
    pages = [page(f'<div class="c{at}"><p id="k">{spam}</p></div>{script}', url=f"{HOME}{at}.html") for at in range(3)]
    assert [found.params["pages"].value for found in judge(scripted, plants(*pages)).findings] == [3]


def test_words_of_spam_are_starred_in_the_excerpt(page, plants, no_sheets):
    link = '<a href="http://www.bjpk10x.com/">北京赛车pk10开户</a>'
    found = judge(hidden, plants(page(f"<div hidden>{link}</div>")), no_sheets).findings[0]
    assert found.excerpt == "北**车p**0开户"


@pytest.mark.parametrize("text", ["澳门威尼斯人赌场", "百\u200b家\u200b乐开户", "兴盛体育app下载"])
def test_so_are_stems_disguised_words_and_brands_that_nobody_knows(page, plants, no_sheets, text):
    pair = f'<a href="http://q.example.com/">{text}</a><a href="http://r.example.com/">星辉娱乐安卓版</a>'
    found = judge(hidden, plants(page(f"<div hidden>{pair}</div>")), no_sheets).findings[0]
    assert "*" in found.excerpt
    assert not any(word in found.excerpt for word in ("赌场", "百家乐", "兴盛体育"))
