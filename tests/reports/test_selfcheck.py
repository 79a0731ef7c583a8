"""自查与检查对照 in the report: from the read model alone, and whatever was declared."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from xuncha.config.library import roots
from xuncha.model.clock import SHANGHAI
from xuncha.model.selfcheck import Answer, Declaration, Declared
from xuncha.selfcheck.compare import compare
from xuncha.selfcheck.forms import FORM, load_form
from xuncha_reports import html

AT = datetime(2026, 8, 4, 10, 0, tzinfo=SHANGHAI)
HOSTILE = "<script>alert(1)</script>{{7*7}}\u202e"


def with_declared(result, answers):
    form = load_form(FORM, roots())
    said = Declaration("a", answers, HOSTILE, date(2026, 8, 3), AT, "0" * 64, HOSTILE, HOSTILE, HOSTILE)
    titles = {check: words.meta.text.title for check, words in result.texts.checks.items()}
    site = result.sites[0]
    compared = compare(Declared(form, {"a": said} if answers else {}), "a", site.outcomes, titles, {})
    return replace(result, sites=(replace(site, selfcheck=compared),))


@pytest.fixture
def page(result):
    return lambda answers, lang="zh": html.render(with_declared(result, answers), lang).decode()


def test_a_disagreement_is_shown_with_both_sides_and_why(page):
    text = page({"levels-open": Answer("yes")})
    row = text[text.index("2.1 各级页面能否正常访问") :]
    assert row.index("不一致") < row.index("</tr>")
    assert "标题 availability.levels-open：不符合" in row


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_that_was_declared_becomes_markup(page, lang):
    text = page({"measures": Answer(HOSTILE), "problems": Answer(HOSTILE)}, lang)
    assert "<script" not in text
    assert "{{7*7}}" in text
    assert "\u202e" not in text


def test_a_site_without_a_form_says_so(page):
    assert "检查开始时没有收到本网站的自查表" in page({})


def test_a_run_without_any_self_check_says_nothing_of_it(result):
    assert "自查" not in html.render(result, "zh").decode()
