"""Looks of pages on grids that are painted cell by cell: what is a difference, and what an update."""

from array import array
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from xuncha.model.looks import Area, LookPrint, SeenLook, Setting
from xuncha.tamper.grid import CELL, CellKind, Grid, cell_of, kind_of, packed_marks
from xuncha.tamper.looks import ALGORITHM, bits_apart, difference, is_comparable, lettering
from xuncha.tamper.sights import Border, SightKind, look_habit, sights

COLUMNS, ROWS = 85, 70
WHITE, BLUE, GREEN, BLACK = 0xFFF, 0x15B, 0x2A6, 0x000
TEXT, PICTURE = CellKind.TEXT << 12, CellKind.PICTURE << 12
HEAD, MENU, LEAD, LOWER = (0, 0, 85, 12), (0, 12, 85, 3), (5, 18, 35, 20), (5, 52, 75, 7)
SLOT = Area(5 * CELL, 18 * CELL, 35 * CELL, 20 * CELL)


class Canvas:
    """A home page: banner, menu, a lead picture beside a list, a lower banner."""

    def __init__(self, down=0):
        self.rows = ROWS + down
        self.cells = array("H", [TEXT | WHITE]) * (COLUMNS * self.rows)
        for box, cell in ((HEAD, PICTURE | BLUE), (MENU, BLUE), (LEAD, PICTURE | 0x987), (LOWER, PICTURE | GREEN)):
            left, top, width, height = box
            self.paint((left, top + (down if box is LOWER else 0), width, height), cell)

    def paint(self, box, cell):
        left, top, width, height = box
        for row in range(top, top + height):
            for column in range(left, left + width):
                self.cells[row * COLUMNS + column] = cell
        return self

    def turned(self, change):
        self.cells = array("H", map(change, self.cells))
        return self

    def look(self, **more):
        base = LookPrint(
            "http://a.gov.example/", datetime(2026, 1, 1, tzinfo=UTC), ALGORITHM, Setting("Chrome/156", "f", 1366),
            self.rows * CELL, True, "0" * 16, Grid(COLUMNS, self.cells).packed(), slots=(SLOT,),
        )  # fmt: skip
        return replace(base, **more)


def asked(now, before=None, visits=0, **more):
    """The kinds of what is asked about."""
    change = difference(before or Canvas().look(), now.look(**more))
    return [sight.kind for sight in sights(change, visits=visits)]


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (Canvas().turned(lambda _: BLACK), [SightKind.REPLACED]),
        (Canvas().paint((15, 6, 60, 36), BLACK), [SightKind.REPLACED]),
        (Canvas().paint((45, 18, 20, 18), BLACK), [SightKind.COVERED]),
        (Canvas().paint(HEAD, PICTURE | BLACK), [SightKind.BANNER]),
        (Canvas().paint(LOWER, PICTURE | 0xC11), [SightKind.BANNER]),
        (Canvas().paint((0, 0, 85, 3), TEXT | BLACK), [SightKind.BANNER]),
        (Canvas().paint((2, 42, 80, 5), TEXT | 0x111), [SightKind.BANNER]),
        (Canvas().turned(lambda cell: cell & 0xFFF if cell == TEXT | WHITE else cell), [SightKind.BLANK]),
    ],
    ids=[
        "all",
        "overlay",
        "box",
        "banner",
        "lower banner",
        "dark bar",
        "dark bar below",
        "text in its ground's colour",
    ],
)
def test_what_is_laid_over_or_exchanged_is_asked_about(now, kinds):
    assert asked(now) == kinds


@pytest.mark.parametrize(
    "now",
    [
        Canvas(),
        Canvas(down=2),
        Canvas().paint((45, 18, 30, 20), WHITE),
        Canvas().paint(LEAD, PICTURE | 0x631),
        Canvas().paint((0, 0, 85, 4), 0xD11),
        Canvas().paint((80, 5, 5, 5), BLACK),
        Canvas().paint((0, 15, 85, 3), TEXT | 0xFFC),
        Canvas().paint((20, 15, 40, 3), TEXT | BLACK),
    ],
    ids=[
        "the same",
        "a longer list",
        "a shorter list",
        "another lead picture",
        "a ribbon",
        "something small",
        "a line of notice",
        "a dark box",
    ],
)
def test_updates_are_not(now):
    assert asked(now) == []


def test_a_page_turned_grey_is_compared_by_light_and_dark():
    def grey(cell):
        light = round(0.2126 * (cell >> 8 & 15) + 0.7152 * (cell >> 4 & 15) + 0.0722 * (cell & 15))
        return cell & 0xF000 | light * 0x111

    change = difference(Canvas().look(), Canvas().turned(grey).look())
    assert (change.greyed, sights(change)) == (True, ())
    assert asked(Canvas().turned(grey).paint((15, 6, 60, 36), BLACK)) == [SightKind.REPLACED]


def test_a_page_without_a_word_of_what_was_written_is_another_though_its_grounds_are_alike():
    wordless = Canvas().turned(lambda cell: cell & 0xFFF if cell == TEXT | WHITE else cell)
    assert asked(wordless.paint((0, 18, 85, 20), BLACK)) == [SightKind.REPLACED]


def test_what_changes_within_seconds_is_left_out():
    cells = [row * COLUMNS + column for row in range(12) for column in range(COLUMNS)]
    restless = packed_marks(cells, COLUMNS * ROWS)
    assert asked(Canvas().paint(HEAD, PICTURE | 0xC11), restless=restless) == []


def test_what_covers_moving_pictures_is_asked_about():
    before = Canvas().look(restless=packed_marks(range(18 * COLUMNS, 38 * COLUMNS), COLUMNS * ROWS))
    assert asked(Canvas().paint(LEAD, WHITE), before) == [SightKind.COVERED]


def test_small_things_that_float_are_ordinary_and_large_ones_are_not():
    small, large = Area(0, 400, 112, 288), Area(240, 96, 960, 576)
    assert asked(Canvas().paint((0, 25, 7, 18), BLACK), floats=(small,)) == []
    assert asked(Canvas().paint((15, 6, 60, 36), BLACK), floats=(large,)) == [SightKind.REPLACED]


def test_a_picture_in_a_place_where_there_was_none_is_no_exchange_of_a_lead():
    cover = Area(240, 96, 960, 576)
    assert asked(Canvas().paint((15, 6, 60, 36), BLACK), slots=(SLOT, cover)) == [SightKind.REPLACED]


def test_pictures_that_no_visit_saw_change_are_missed_together():
    places = [(5 + 20 * at, 62, 18, 6) for at in range(4)]
    slots = tuple(Area(left * CELL, top * CELL, width * CELL, height * CELL) for left, top, width, height in places)
    now = Canvas()
    for place in places:
        now.paint(place, PICTURE | 0xC11)
    before = Canvas()
    for place in places:
        before.paint(place, PICTURE | 0x37A)
    assert asked(now, before.look(slots=slots), visits=4, slots=slots) == [SightKind.EXCHANGED]
    assert asked(now, before.look(slots=slots), visits=1, slots=slots) == []


@pytest.mark.parametrize(
    ("leads", "kinds"),
    [(("a", "b", "c", "d"), [SightKind.EXCHANGED]), (("a", "b", "y", "z"), []), ((), [])],
    ids=["where they did", "to other news", "unknown"],
)
def test_several_other_pictures_are_asked_about_if_they_lead_where_they_did(leads, kinds):
    places = [(5 + 20 * at, 62, 18, 6) for at in range(4)]
    slots = tuple(Area(left * CELL, top * CELL, width * CELL, height * CELL) for left, top, width, height in places)
    before, now = Canvas(), Canvas()
    for place in places:
        before.paint(place, PICTURE | 0x37A)
        now.paint(place, PICTURE | 0xC11)
    assert asked(now, before.look(slots=slots, leads=("a", "b", "c", "d")), slots=slots, leads=leads) == kinds


def test_what_changed_on_two_visits_changes_by_itself():
    seen, at = None, (45, 40, 12, 8)
    for cell in (PICTURE | 0xE1E, PICTURE | 0xC11, PICTURE | 0x71C):
        look = Canvas().paint(at, cell).look()
        seen = SeenLook(look, look_habit(seen, look))
    assert (seen.habit.visits, bool(seen.habit.volatile)) == (3, True)
    assert difference(seen.look, Canvas().paint(at, PICTURE | 0xFF1).look(), seen.habit.volatile).added == ()


def test_a_visit_that_is_asked_about_teaches_nothing():
    look = Canvas().look()
    seen = SeenLook(look, look_habit(None, look))
    after = look_habit(seen, Canvas().turned(lambda _: BLACK).look())
    assert after == seen.habit


def test_looks_of_another_browser_or_font_are_not_comparable_in_detail():
    look = Canvas().look()
    assert is_comparable(look, look)
    assert not is_comparable(look, replace(look, setting=Setting("Chrome/157", "f", 1366)))
    assert not is_comparable(look, replace(look, setting=Setting("Chrome/156", "g", 1366)))


@pytest.mark.parametrize("harm", [{"cells": "x"}, {"cells": ""}, {"setting": Setting("c", "f", 8)}])
def test_a_damaged_look_is_an_error_and_no_difference(harm):
    with pytest.raises(ValueError, match=r"."):
        difference(Canvas().look(), replace(Canvas().look(), **harm))


def test_words_leave_a_cell_its_ground():
    assert kind_of(cell_of([WHITE] * 16)) is CellKind.FLAT
    assert cell_of([WHITE] * 11 + [0x222] * 5) == TEXT | WHITE
    assert cell_of([WHITE] * 11 + [0xEEE] * 5) == CellKind.SHADED << 12 | WHITE
    assert kind_of(cell_of(list(range(0, 16 * 0x111, 0x111)))) is CellKind.PICTURE


def test_hashes_are_apart_by_their_bits():
    assert bits_apart("ff00", "f000") == 4


def test_borders_can_be_moved():
    change = difference(Canvas().look(), Canvas().paint((45, 18, 20, 18), BLACK).look())
    assert sights(change, Border(part=0.9, some=0.9)) == ()


NAME, SLOGAN = "示例区人民政府", "本站已被他人接管"


def lettered(before, now):
    change = difference(Canvas().look(written=before), Canvas().look(written=now))
    return [(sight.kind, sight.words) for sight in sights(change)]


def test_other_words_in_large_letters_are_asked_about():
    assert lettered((NAME,), (SLOGAN,)) == [(SightKind.LETTERED, SLOGAN)]


@pytest.mark.parametrize(
    ("before", "now"),
    [((NAME,), (NAME,)), ((NAME, SLOGAN), (NAME,)), ((NAME,), (NAME[:5],)), (None, (SLOGAN,)), ((NAME,), None)],
    ids=["the same", "fewer", "a part", "nobody looked before", "nobody looked now"],
)
def test_of_large_letters_that_stay_nothing_is_asked(before, now):
    assert lettered(before, now) == []


def test_of_large_letters_only_words_count_and_not_what_each_day_changes():
    said = ("欢迎 访问\n示例区！", "2026年11月", "今天是 11 月 23 日 星期一", "更多>>", "第12345号热线平台")
    assert lettering(said) == ("欢迎访问示例区", "第号热线平台")
