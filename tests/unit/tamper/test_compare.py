"""What two prints of a page differ in, and whether its owner can be recognised."""

from dataclasses import replace
from datetime import datetime

from xuncha.model.clock import SHANGHAI
from xuncha.model.prints import DefacementSign, Habit, PageKind, PagePrint, Region, ScriptPrint
from xuncha.tamper.changes import ChangeKind
from xuncha.tamper.compare import compare, is_recognisable, lines_kept
from xuncha.tamper.learning import learned
from xuncha.tamper.sketch import sketched
from xuncha.tamper.taking import LINES
from xuncha.tamper.titles import shared, title_words

NOW = datetime(2026, 3, 1, tzinfo=SHANGHAI)
FRAME = [f"栏目 {name}" for name in "一二三四五六七八九十"]
NEWS = [f"新闻 {name}" for name in "甲乙丙丁戊己庚辛壬癸"]


def lines(*texts):
    return {"similarity": sketched(texts, LINES), "lines": len(texts)}


BEFORE = PagePrint(
    "http://www.a.gov.example/", "示例县教育局", NOW, 0, PageKind.HOME, "d1", "", words=900, chinese=800, own_links=30,
    echo=1.0, marks=("京ICP备12345678",), **lines(*FRAME, *NEWS),
)  # fmt: skip


def changed(**fields):
    return replace(BEFORE, dom="d2", **fields)


def kinds(now, habit=None, before=BEFORE):
    return {change.kind for change in compare(before, now, habit)}


def test_the_same_tree_has_no_changes():
    assert compare(BEFORE, replace(BEFORE, taken=NOW)) == ()


def test_each_region_that_changed_is_named():
    one, two = (changed(regions=(Region("a", "1"), Region("b", mark))) for mark in "12")
    (change,) = compare(replace(one, dom="d1"), two)
    assert (change.kind, change.now) == (ChangeKind.REGIONS, "#b")


def test_regions_that_change_by_themselves_are_left_out():
    one, two = (changed(regions=(Region("a", "1"), Region("b", mark))) for mark in "12")
    assert kinds(two, Habit(BEFORE.url, NOW, 3, ("b",), "", 900), replace(one, dom="d1")) == set()


def test_new_lines_in_place_of_all_old_ones_are_a_replacement():
    assert ChangeKind.REPLACED in kinds(changed(**lines(*"abcdefghijklmn")))


def test_what_was_learned_makes_the_comparison_stricter():
    habit = Habit(BEFORE.url, NOW, 5, (), sketched(FRAME, LINES), 900)
    assert lines_kept(BEFORE, changed(**lines(*NEWS)), habit) == 0
    assert lines_kept(BEFORE, changed(**lines(*NEWS))) == 0.5


def test_what_was_learned_never_makes_it_weaker():
    forged = Habit(BEFORE.url, NOW, 9, ("",), sketched(FRAME[:8], LINES), 1)
    left = changed(words=30, **lines(*FRAME[:4]))
    assert kinds(left) <= kinds(left, forged)


def test_what_was_learned_of_another_design_is_not_used():
    habit = Habit(BEFORE.url, NOW, 5, (), sketched("abcdefghijklmnop", LINES), 900)
    assert lines_kept(BEFORE, changed(), habit) == 1


def test_a_page_of_few_lines_is_not_called_replaced():
    assert ChangeKind.REPLACED not in kinds(changed(**lines("x")), before=replace(BEFORE, **lines("a", "b")))


def test_a_page_that_shrank_is_named_with_both_sizes():
    (change,) = (one for one in compare(BEFORE, changed(words=30)) if one.kind is ChangeKind.SHRUNK)
    assert (change.before, change.now) == ("900", "30")


def test_a_script_from_the_sites_own_registration_is_no_change():
    now = changed(scripts=(ScriptPrint("http://cdn.a.gov.example/x.js"),))
    assert kinds(now) == set()


def test_new_signs_are_a_change_though_nothing_else_is():
    signed = replace(BEFORE, signs=(DefacementSign("line", "Hacked", sure=True),))
    assert kinds(signed) == {ChangeKind.SIGN}


def test_who_keeps_a_filing_number_and_leads_on_is_recognised():
    assert is_recognisable(BEFORE, changed(title="另一个名称", **lines(*"abcdefgh")))


def test_a_filing_number_under_hidden_links_alone_is_no_owner():
    assert not is_recognisable(BEFORE, changed(chinese=20, **lines(*"abcdefgh")))


def test_who_keeps_title_and_links_but_not_a_line_is_not_recognised():
    assert not is_recognisable(BEFORE, changed(marks=(), **lines(*"abcdefgh")))


def test_who_signs_as_a_defacer_is_not_recognised():
    assert not is_recognisable(BEFORE, changed(signs=(DefacementSign("line", "x", sure=True),)))


def test_an_empty_page_that_came_to_life_is_recognised():
    empty = replace(BEFORE, title="x", words=3, marks=(), own_links=0, **lines("x"))
    assert is_recognisable(empty, changed(marks=()))


def test_titles_share_pairs_of_characters_and_words():
    assert shared("示例县教育局", "示例县教育局门户网站") == 1
    assert shared("示例县教育局", "Hacked by X") == 0


def test_a_title_that_says_nothing_tells_nothing():
    assert title_words("首页") == frozenset()
    assert shared("首页", "Hacked") is None


def test_a_visit_with_signs_teaches_nothing():
    habit = Habit(BEFORE.url, NOW, 2, (), BEFORE.similarity, 900)
    assert learned(habit, BEFORE, changed(signs=(DefacementSign("line", "x", sure=True),))) == habit


def test_a_visit_teaches_the_steady_lines_and_the_least_length():
    habit = Habit(BEFORE.url, NOW, 1, (), BEFORE.similarity, 900)
    now = learned(habit, BEFORE, changed(words=700, **lines(*FRAME, "x", "y")))
    assert (now.visits, now.least, now.steady) == (2, 700, sketched(FRAME, LINES))
