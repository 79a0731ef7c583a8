"""How far a run is: every site counted, and no time promised that nobody can know."""

from dataclasses import replace

import pytest

from xuncha.cli import progress as showing
from xuncha.cli.progress import Left
from xuncha.worker.supervisor import Progress


def lefts(*moments):
    """What is said at (seconds, pages done, pages ahead), one site under way."""
    left = Left()
    return [left(Progress(1, pages=pages, ahead=ahead), seconds) for seconds, pages, ahead in moments]


def test_nothing_is_promised_while_new_pages_come_up():
    assert lefts((10, 50, 100), (15, 75, 300), (20, 100, 900)) == [None, None, None]


def test_known_pages_and_the_pace_tell_what_is_left():
    assert lefts((10, 100, 100), (20, 150, 50))[1] == pytest.approx(20 * 50 / 150)


def test_the_time_left_never_counts_up_with_what_was_known():
    told = [left for left in lefts(*((second, 2 * second, 400 - 2 * second) for second in range(10, 100))) if left]
    assert told == sorted(told, reverse=True)
    assert len(told) == 80


def test_a_burst_in_the_beginning_makes_no_pace_for_ever():
    told = lefts(*((second, 200 + second, 400 - second) for second in range(5, 150)))
    assert told[-1] == pytest.approx(251, rel=0.1)


def test_a_few_pages_make_no_pace():
    assert lefts((1, 5, 5), (30, 15, 5)) == [None, None]


def test_after_the_last_page_nobody_knows_how_long_the_probes_take():
    assert lefts((10, 100, 100), (90, 200, 0))[1] is None


@pytest.mark.parametrize(("settled", "left"), [((), None), ((0, 1), 10 * (50 + 2 * 50) / 150)])
def test_sites_that_wait_are_taken_to_be_like_those_that_are_settled(settled, left):
    tell, run = Left(), Progress(5, list(settled), waiting=2, pages=150, settled_pages=100, ahead=50)
    tell(replace(run, pages=0, ahead=200), 0)
    assert tell(run, 10) == (left and pytest.approx(left))


def test_off_a_terminal_every_site_is_counted_also_those_settled_beforehand(xuncha, workspace):
    (workspace / "sites.csv").write_text(
        "网站名称,网址,网站状态\n甲局,http://a.example/,临时关停\n乙局,http://b.example/,临时关停\n", "utf-8"
    )
    assert "[2/2] 甲局、乙局：无需访问" in xuncha("scan").err


def test_a_site_is_told_once_and_by_name(workspace, capsys):
    class Of:
        def __init__(self, number):
            self.number, self.site = number, type("Site", (), {"name": f"网站{number}", "id": ""})

    tell = showing._Plain(type("Plan", (), {"sites": [Of(number) for number in range(3)]}))
    tell(Progress(3, [2], 1))
    tell(Progress(3, [2, 0, 1], 1))
    tell(Progress(3, [2, 0, 1], 1))
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()] == ["[1/3]", "[2/3]", "[3/3]"]
