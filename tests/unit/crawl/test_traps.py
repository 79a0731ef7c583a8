import pytest

from xuncha.crawl.traps import ALIKE, CALENDAR_PAGES, COMBINATIONS, Trap, Traps

HOME = "http://www.example.gov.cn"


@pytest.fixture
def traps():
    return Traps(pages=1000)


def caught(traps, paths):
    return [trap for path in paths if (trap := traps.catches(HOME + path))]


@pytest.mark.parametrize(
    "path", ["/a/a/a/", "/zwgk/a/b/a/b/a/b/x.html", "/images/images/images/logo", "/x/1/2/1/2x/1/2x/1/2x"]
)
def test_a_path_that_repeats_itself_is_a_trap(traps, path):
    assert traps.catches(HOME + path) is Trap.REPEATING_PATH


@pytest.mark.parametrize(
    "path", ["/gov/gov/news.html", "/art/11/11/11/a.html", "/a/b/a/c/a/d/", "/", "/2026/01/01/t_1.html"]
)
def test_a_path_that_only_looks_like_it_is_none(traps, path):
    assert traps.catches(HOME + path) is None


@pytest.mark.parametrize("path", ["/" + "a/b" * 400, "/" + "/".join(f"d{level}" for level in range(20))])
def test_an_endless_path_is_a_trap(traps, path):
    assert traps.catches(HOME + path) is Trap.ENDLESS_PATH


def test_a_calendar_shows_its_first_months_only(traps):
    months = [f"/rili.jsp?year={year}&month={month}" for year in range(1900, 2100) for month in range(1, 13)]
    assert caught(traps, months) == [Trap.CALENDAR] * (len(months) - CALENDAR_PAGES)


def test_a_calendar_in_the_path_is_one_too(traps):
    assert len(caught(traps, [f"/calendar/2026/{day}" for day in range(500)])) == 500 - CALENDAR_PAGES


def test_filters_in_every_combination_are_a_trap(traps):
    sets = [f"/list?{'&'.join(f'f{bit}=1' for bit in range(8) if number >> bit & 1)}" for number in range(1, 256)]
    assert caught(traps, sets) == [Trap.COMBINATION] * (255 - COMBINATIONS)


def test_a_combination_that_was_caught_is_caught_again(traps):
    for number in range(COMBINATIONS + 1):
        traps.catches(f"{HOME}/list?f{number}=1")
    assert traps.catches(f"{HOME}/list?f{COMBINATIONS}=2") is Trap.COMBINATION
    assert traps.catches(f"{HOME}/list?f1=2") is None


def test_articles_behind_one_parameter_are_no_trap_but_come_last_when_they_crowd(traps):
    found = caught(traps, [f"/article.jsp?id={number}" for number in range(800)])
    assert found == [Trap.CROWDED] * 300
    assert traps.total == 0


def test_a_pattern_that_shows_the_same_content_again_and_again_is_closed(traps):
    for number in range(ALIKE):
        traps.answered(f"{HOME}/p/{number}.html", 7)
    assert traps.catches(f"{HOME}/p/9999.html") is Trap.SAME_CONTENT
    assert traps.catches(f"{HOME}/q/1.html") is None
    assert traps.total == 1


def test_other_content_in_between_keeps_it_open(traps):
    for number in range(3 * ALIKE):
        traps.answered(f"{HOME}/p/{number}.html", number % (ALIKE - 1) == 0)
    assert traps.catches(f"{HOME}/p/9999.html") is None


def test_memory_is_bounded_and_pages_still_pass(traps):
    for number in range(30_000):
        traps.catches(f"{HOME}/{chr(97 + number % 26) * (number // 26 % 900 + 1)}{number}x?a=1")
    assert len(traps._counts) <= 20_001
    assert traps.catches(f"{HOME}/other/page.html") is None
