"""Earlier inspections beside this one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.model.history import Concluded, EarlierResult
from xuncha.model.outcome import Verdict
from xuncha_reports import html, trend


@pytest.fixture
def told(result):
    """The result with what two earlier runs had said of its site."""

    def of(*verdicts):
        runs = (
            EarlierResult(f"r{at}", result.run.started - timedelta(days=90 - at), {"a": Concluded(one, {"2.3": one})})
            for at, one in enumerate(verdicts)
        )
        return replace(result, history=tuple(runs))

    return of


def test_of_the_first_run_nothing_earlier_is_said(result):
    page = html.render(result, "zh").decode()
    assert "历次检查" not in page


def test_each_run_has_a_bar_and_this_one_is_the_last(told):
    result = told(Verdict.UNQUALIFIED, Verdict.BASICALLY_QUALIFIED)
    bars = trend.bars(result, result.sites)
    assert [bar.day for bar in bars] == ["2026-05-12", "2026-05-13", "2026-08-10"]
    assert [part.verdict for bar in bars for part in bar.parts][:2] == ["unqualified", "basically-qualified"]


def test_a_bar_is_as_wide_as_all_others(told):
    result = told(Verdict.UNQUALIFIED)
    sites = [replace(result.sites[0], verdict=one) for one in (Verdict.QUALIFIED, Verdict.PENDING, Verdict.PENDING)]
    assert sum(part.width for part in trend.bars(result, sites)[-1].parts) == pytest.approx(trend.WIDTH)


def test_what_has_no_verdict_has_no_part(told):
    result = told(Verdict.NOT_APPLICABLE)
    assert trend.bars(result, result.sites)[0].parts == ()


def test_a_site_shows_what_it_came_to_before(told):
    page = html.render(told(Verdict.UNQUALIFIED), "zh").decode()
    assert page.index("历次检查的结论") < page.index("要做的事")
    assert '<td class="verdict unqualified">不合格</td>' in page
