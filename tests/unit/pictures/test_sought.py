import pytest

from xuncha.model.defang import defanged
from xuncha.model.locator import ElementLocator, LinkLocator, PageLocator
from xuncha.model.message import params
from xuncha.model.outcome import Finding
from xuncha.model.rendered import Rect
from xuncha.pictures.sought import MOST_OUTLINED, Sought, outlines
from xuncha.store.pictures import Mark

HOME = "http://www.example.gov.cn/"
THERE, UNSEEN = Rect(1, 2, 30, 40), Rect(0, 0, 0, 0)


def sought(locator, *, harmful=False, excerpt="", **told):
    return Sought.of(Finding(locator, "key", params(**told), excerpt=excerpt), "v1:1", harmful=harmful)


def test_a_link_is_found_by_its_target_and_words(page):
    shown = page(links=[(HOME + "a", "甲"), (HOME + "b", "乙"), (HOME + "b", "丙")])
    assert outlines([sought(LinkLocator(HOME, HOME + "b", "丙"))], shown).paths == ("body > a:nth-child(2)",)


def test_a_harmful_target_is_found_though_it_is_told_de_fanged(page):
    bad = "http://bad.example/x"
    one = sought(ElementLocator(HOME, "a"), url=defanged(bad))
    assert outlines([one], page(links=[(bad, "")])).paths


def test_links_of_a_page_to_itself_are_not_what_a_finding_about_it_means(page):
    one = sought(PageLocator(HOME), url=defanged(HOME))
    assert outlines([one], page(links=[(HOME, "首页")])).paths == ()


def test_what_is_no_link_is_looked_for_by_what_loads_it(page):
    assert outlines([sought(LinkLocator(HOME, HOME + "a.jpg"))], page()).loaded == (HOME + "a.jpg",)


@pytest.mark.parametrize(
    ("excerpt", "quotes"),
    [("张三 电话 138****5678", ("张三 电话 138****5678",)), ("…正在建设中…", ("正在建设中",)), ("短", ()), ("", ())],
)
def test_words_are_looked_for_where_there_are_enough_of_them(page, excerpt, quotes):
    assert outlines([sought(ElementLocator(HOME, "p"), excerpt=excerpt)], page()).quotes == quotes


@pytest.mark.parametrize(
    ("locator", "boxes", "mark"),
    [
        (ElementLocator(HOME, "p"), (THERE,), Mark.OUTLINED),
        (ElementLocator(HOME, "p"), (UNSEEN,), Mark.UNSEEN),
        (ElementLocator(HOME, "p"), (None,), Mark.NOT_FOUND),
        (ElementLocator(HOME, "title"), (None,), Mark.UNSEEN),
        (ElementLocator(HOME, "title"), (THERE,), Mark.OUTLINED),
    ],
)
def test_how_a_finding_is_shown_follows_from_its_box(page, locator, boxes, mark):
    assert outlines([sought(locator, excerpt="正在建设中")], page()).marks(boxes) == {"v1:1": mark}


def test_a_finding_about_the_page_needs_no_box(page):
    assert outlines([sought(PageLocator(HOME))], page()).marks(()) == {"v1:1": Mark.WHOLE}


@pytest.mark.parametrize(("box", "harm"), [(THERE, True), (None, True), (UNSEEN, False)])
def test_harm_is_shown_unless_it_is_hidden(page, box, harm):
    one = sought(ElementLocator(HOME, "a"), harmful=True, excerpt="澳门某赌场上线啦")
    assert outlines([one], page()).shows_harm((box,)) is harm


def test_no_more_places_are_outlined_than_a_person_can_look_at(page):
    many = [Sought(f"v1:{number}", quote=f"第 {number} 处问题") for number in range(MOST_OUTLINED + 5)]
    found = outlines(many, page())
    assert len(found.quotes) == MOST_OUTLINED
    assert [*found.marks([THERE] * MOST_OUTLINED).values()].count(Mark.NOT_FOUND) == 5
