"""What lies over a page or hides it, as its own styles and scripts tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.model.prints import EffectKind
from xuncha.page import parse_page
from xuncha.tamper.effects import effects, heads, hidden
from xuncha.tamper.styles import Styled

WHOLE = "top:0;left:0;width:100%;height:100%"


def page_of(html):
    return parse_page(html.encode("utf-8", "surrogatepass"), url="http://www.a.gov.example/")


def kinds(html):
    page = page_of(html)
    return [effect.kind for effect in effects(page, Styled(page.markup))]


@pytest.mark.parametrize(
    "html",
    [
        f'<div style="position:fixed;{WHOLE}">x</div>',
        '<div style="POSITION: Fixed; inset: 0 !important">x</div>',
        '<div style="position:fixed;left:0;right:0;top:0;bottom:0">x</div>',
        '<img src="/a.jpg" style="position:absolute;top:0;width:100vw;height:100vh;z-index:9999">',
        '<p style="position:/* */fixed;top:0;left:0;min-width:1920px;min-height:1000px">x</p>',
    ],
)
def test_what_fills_the_window_lies_over_the_page(html):
    assert kinds(html) == [EffectKind.COVER]


@pytest.mark.parametrize(
    "style",
    [
        f"display:none;position:fixed;{WHOLE}",
        f"position:fixed;{WHOLE};pointer-events:none",
        f"position:fixed;{WHOLE};z-index:-1",
        f"position:fixed;{WHOLE};opacity:0",
        f"position:absolute;{WHOLE}",
        f"position:relative;{WHOLE}",
        "position:fixed;top:0;left:0;width:100%;height:60px",
        "position:fixed;right:0;bottom:80px;width:120px;height:300px",
        "position:fixed;left:-9999px;top:0;width:100%;height:100%",
    ],
)
def test_what_is_small_hidden_or_behind_covers_nothing(style):
    assert kinds(f'<div style="{style}">x</div>') == []


def test_a_rule_covers_through_the_element_that_it_is_for():
    rule = f"<style>#ov{{position:fixed;{WHOLE}}}</style>"
    assert kinds(f'{rule}<div id="ov">x</div>') == [EffectKind.RULED]


@pytest.mark.parametrize(
    "html",
    [
        f"<style>#ov{{position:fixed;{WHOLE}}}</style>",
        f'<style>#ov{{position:fixed;{WHOLE}}}</style><div id="ov" style="display:none">x</div>',
        f'<style>.loading{{position:fixed;{WHOLE}}}</style><div class="loading">x</div>',
        f'<style>#ov.on{{position:fixed;{WHOLE}}}</style><div id="ov">x</div>',
    ],
)
def test_a_rule_for_what_is_not_there_or_waits_covers_nothing(html):
    assert kinds(html) == []


@pytest.mark.parametrize("rule", ["body{display:none}", "body > * {visibility:hidden!important}", "p,html{opacity:0}"])
def test_a_rule_for_everything_hides_the_page(rule):
    assert kinds(f"<style>{rule}</style><p>x") == [EffectKind.HIDDEN]


def test_a_body_that_is_not_shown_is_hidden():
    assert kinds('<body class="a" style="display:none">x') == [EffectKind.HIDDEN]


@pytest.mark.parametrize(
    "sheet",
    [
        "<style>@media print{body *{visibility:hidden}#a{visibility:visible}}</style>",
        '<style media="print">body{display:none}</style>',
        "<style>body.loading{opacity:0}/* body{display:none} */</style>",
    ],
)
def test_what_is_for_printing_or_for_a_state_hides_nothing(sheet):
    assert kinds(f"{sheet}<p>x") == []


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("document.body.innerHTML='<b>x</b>'", EffectKind.WIPED),
        ("document.documentElement.textContent = 'x'", EffectKind.WIPED),
        ("document.title='x'", EffectKind.RETITLED),
    ],
)
def test_a_script_may_write_over_the_page(script, kind):
    assert kinds(f"<script>{script}</script>") == [kind]


@pytest.mark.parametrize(
    "script",
    [
        "var b=document.body.innerHTML;document.body.innerHTML=part;window.print();document.body.innerHTML=b",
        "var t = document.title; if (document.title == 'x') f(t)",
        "document.body.innerHTML == ''",
    ],
)
def test_reading_and_printing_write_over_nothing(script):
    assert kinds(f"<script>{script}</script>") == []


def test_a_template_in_an_elements_place_is_noted():
    assert kinds('<div><template shadowrootmode="open">x</template></div>') == [EffectKind.SHADOW]


def test_the_characters_of_the_largest_hidden_element_are_counted():
    html = '<p>在</p><div style="display:none"><div>看 不</div><div>到的</div></div><div>在</div>'
    assert hidden(Styled(page_of(html).markup))[0] == 4


def test_a_small_hidden_element_hides_no_page():
    assert hidden(Styled(page_of('<p style="display:none">x</p>' + "<p>在</p>" * 90).markup))[0] == 0


def test_words_of_hidden_links_are_those_that_stand_nowhere_else():
    links = "<a href=/a>政务公开</a><a href=/b><b>办事服务</b></a>"
    inner = '<ul style="display:none"><a href=/c>互动</a></ul>'
    html = f'<div style="display:none">{links}{inner}</div><a href=/a>政务公开</a>'
    assert hidden(Styled(page_of(html).markup))[1] == {"办事服务", "互动"}


def large(html):
    page = page_of(html)
    return list(heads(page, page.markup))


def test_large_words_are_kept_with_their_tag():
    html = "<h1>还我血汗<b>钱</b></h1><font size=+6>还我血汗钱</font><marquee>还我血汗钱</marquee>"
    assert large(html) == ["h1 还我血汗钱", "font 还我血汗钱", "marquee 还我血汗钱"]


@pytest.mark.parametrize(
    "html",
    [
        "<h1><a href=/a>工作会议召开</a></h1>",
        "<a href=/a><h1>工作会议召开</h1></a>",
        "<font size=2>工作会议召开</font>",
    ],
)
def test_headlines_and_small_words_are_not(html):
    assert large(html) == []


@given(some.text(alphabet="<>/{}\"'=;:.#* abdfhiklnopstxy01%-@m媒", max_size=400))
def test_nothing_that_a_page_holds_is_an_error(text):
    page = page_of(f'<style>{text}</style><div style="position:fixed;{text}">{text}')
    assert (
        len(effects(page, Styled(page.markup))) + hidden(Styled(page.markup))[0] + len(list(heads(page, page.markup)))
        >= 0
    )
