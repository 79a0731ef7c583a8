"""Every trick is known by its name, wherever the rule stands; what a rule may show is not called hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import parse_page
from xuncha_plugins.darklinks.cascade import Cascade
from xuncha_plugins.darklinks.hiding import pixels, trick
from xuncha_plugins.darklinks.links import tags_of
from xuncha_plugins.darklinks.styles import rules_of, style_attribute

LINK = "http://x.example.com/"
A = f'<a href="{LINK}">皇冠</a>'


def hidden_by(markup, css=""):
    page = parse_page(f"<meta charset=utf-8>{markup}".encode(), url="http://a.gov.example/")
    tags = tags_of(page.lineages({LINK})[0])
    return trick(tags, Cascade(rules_of(css)).styles(tags))


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("display:none", "display"),
        ("DISPLAY : NONE !important", "display"),
        ("content:'x';display:none", "display"),
        ("visibility:hidden", "transparent"),
        ("visibility:collapse", "transparent"),
        ("opacity:0", "transparent"),
        ("filter:alpha(opacity=0)", "transparent"),
        ("position:absolute;left:-9999px", "offscreen"),
        ("position:fixed;top:-999px", "offscreen"),
        ("position:absolute;left:-600em", "offscreen"),
        ("position:absolute;z-index:-9999", "offscreen"),
        ("text-indent:-9999px", "offscreen"),
        ("margin-left:-5000px", "offscreen"),
        ("transform:translateX(-9999px)", "offscreen"),
        ("transform:translate(0, -2000px)", "offscreen"),
        ("font-size:0", "tiny"),
        ("font-size:0.1px", "tiny"),
        ("font:0px/1 Arial", "tiny"),
        ("height:0;overflow:hidden", "tiny"),
        ("width:1px;overflow:hidden", "tiny"),
        ("max-height:0;overflow-y:hidden", "tiny"),
        ("position:absolute;clip:rect(0,0,0,0)", "clipped"),
        ("clip:rect(1px 1px 1px 1px)", "clipped"),
        ("clip-path:inset(100%)", "clipped"),
        ("clip-path:circle(0)", "clipped"),
        ("transform:scale(0)", "clipped"),
        ("transform:matrix(0,0,0,0,0,0)", "clipped"),
        ("transform:rotateY(90deg)", "clipped"),
        ("scale:0", "clipped"),
        ("content-visibility:hidden", "display"),
        ("opacity:0%", "transparent"),
        ("position:absolute;inset:0 auto auto -9999px", "offscreen"),
        ("position:fixed;inset:-9999px auto auto", "offscreen"),
        ("position:absolute;left:calc(-9999px + 1px)", "offscreen"),
        ("translate:-9999px 0", "offscreen"),
        ("text-indent:110%;white-space:nowrap;overflow:hidden", "offscreen"),
        ("width:0;height:0;overflow:auto", "tiny"),
        ("position:absolute;top:calc(0px - (1000px + 900px))", "offscreen"),
        ("position:absolute;left:calc(-1 * 2000px)", "offscreen"),
        ("margin:-5000px 0 0", "offscreen"),
        ("margin:0 0 0 -5000px", "offscreen"),
        ("position:absolute;left:9999px", "offscreen"),
        ("font:0/0 a", "tiny"),
        ("transform:scale(.001)", "clipped"),
        ("scale:1 0.001", "clipped"),
        ("zoom:0.01", "clipped"),
        ("clip-path:inset(0 100% 0 0)", "clipped"),
        ("clip-path:inset(50% round 2px)", "clipped"),
    ],
)
def test_a_trick_is_known(style, name):
    assert hidden_by(f'<div style="{style}">{A}</div>') == name
    assert hidden_by(f'<div class="q">{A}</div>', f".q {{ {style} }}") == name


@pytest.mark.parametrize(
    "markup",
    [
        f"<marquee height=0>{A}</marquee>",
        f'<marquee width="1" height="1" scrollamount="3000">{A}</marquee>',
        f'<marquee style="height:0px">{A}</marquee>',
    ],
)
def test_a_marquee_without_height_hides(markup):
    assert hidden_by(markup) == "marquee"


@pytest.mark.parametrize(
    "style",
    [
        "color:#fff;background:white",
        "color:rgb(255,255,255);background-color:#FFFFFF",
        "color:transparent",
        "color:rgba(0,0,0,0)",
    ],
)
def test_the_colour_of_the_ground_hides_a_link_that_has_it(style):
    assert hidden_by(A.replace("<a ", f'<a style="{style}" ', 1)) == "colour"
    assert hidden_by(f'<div style="{style}">{A}</div>', "a { color: inherit }") == "colour"


def test_old_colours_hide():
    link = A.replace("<a ", '<a style="color:inherit" ', 1)
    assert hidden_by(f'<body bgcolor="#ffffff"><font color="white">{link}</font>') == "colour"


def test_a_link_without_a_colour_of_its_own_is_blue():
    assert hidden_by(f'<body bgcolor="#ffffff"><font color="white">{A}</font>') == ""


@pytest.mark.parametrize("markup", ["<dialog>{}</dialog>", "<details><summary>说明</summary><p>{}</p></details>"])
def test_what_nobody_opened_hides(markup):
    assert hidden_by(markup.format(A)) == "display"
    assert hidden_by(markup.format(A).replace(">", " open>", 1)) == ""


def test_the_summary_of_closed_details_is_seen():
    assert hidden_by(f"<details><summary>{A}</summary></details>") == ""


def test_a_picture_of_no_size_hides_its_links():
    assert hidden_by(f'<svg width="0" height="0">{A.replace("皇冠", "<text>皇冠</text>")}</svg>') == "tiny"


def test_the_attribute_hides():
    assert hidden_by(f"<div hidden>{A}</div>") == "display"


@pytest.mark.parametrize(
    "markup",
    [
        A,
        f'<div style="left:-9999px">{A}</div>',  # not positioned, so not moved
        f'<div style="visibility:hidden"><p style="visibility:visible">{A}</p></div>',
        f'<div style="font-size:0"><span style="font-size:14px">{A}</span></div>',
        f'<div style="height:0">{A}</div>',  # what overflows is seen
        f'<div style="position:relative;left:-20px">{A}</div>',
        f'<div style="color:#fff;background:url(/images/band.png)">{A}</div>',
        f'<div style="background:#c00"><font color="#fff">{A}</font></div>',
        f'<div style="text-indent:2em;opacity:.9">{A}</div>',
        f'<marquee width="300" height="26" scrollamount="2">{A}</marquee>',
        f'<div style="overflow:hidden;height:240px">{A}</div>',
        f'<div style="position:absolute;inset:0">{A}</div>',
        f'<div style="position:absolute;left:calc(50% - 480px)">{A}</div>',
        f'<div style="transform:rotate(90deg);scale:1;translate:10px">{A}</div>',
    ],
)
def test_what_can_be_seen_is_not_hidden(markup):
    assert hidden_by(markup) == ""


@pytest.mark.parametrize(
    ("css", "name"),
    [
        (".q{display:none} #b{display:block}", ""),
        ("#b{display:block} .q{display:none!important}", "display"),
        (".q{display:none} .q{display:block}", ""),
        ("div{display:block} div.q{display:none}", "display"),
        ("#b>.none{display:none}", ""),
        ("body #b.q > a{display:none}", "display"),
        ("div:not(.shown){display:none}", "display"),
        ("div:is(.q,.p){display:none}", "display"),
        ("a::before{display:none}", ""),
        ('[id="b"]{display:none}', "display"),
        ('[class~="q"]{display:none}', "display"),
        ("@media screen{.q{display:none}}", "display"),
        ("@media print{.q{display:none}}", ""),
        ("@media (min-width:1px){@media screen{.q{display:none}}}", "display"),
        ("@media (min-width:1px){@media (max-width:600px){.q{display:none}}}", ""),
    ],
)
def test_importance_specificity_and_order_decide(css, name):
    assert hidden_by(f'<div class="q" id="b">{A}</div>', css) == name


@pytest.mark.parametrize(
    "shows",
    [
        ".menu:hover .q{display:block}",
        ".menu .q.q:nth-child(2){display:block}",
        ".tab + .q, .menu > .q:target{display:block}",
        "@media(min-width:768px){.q{display:block}}",
        "@supports(display:grid){.q{display:grid}}",
    ],
)
def test_what_a_rule_may_show_is_not_hidden(shows):
    markup = f'<div class="menu"><div class="q">{A}</div></div>'
    assert hidden_by(markup, ".q{display:none}") == "display"
    assert hidden_by(markup, f".q{{display:none}} {shows}") == ""


@pytest.mark.parametrize(
    "css", ["@media(max-width:600px){.q{display:none}}", "p + .q{display:none}", ".q:has(b){display:none}"]
)
def test_what_a_rule_may_hide_is_not_hidden(css):
    assert hidden_by(f'<div class="q">{A}</div>', css) == ""


@pytest.mark.parametrize(
    ("text", "length"), [("-9999px", -9999), ("2em", 32), ("0", 0), ("auto", None), ("1e9px", None)]
)
def test_lengths_are_read(text, length):
    assert pixels(text) == length


@given(st.text(max_size=300))
def test_no_sheet_breaks_the_reading(css):
    assert all(rule.selector for rule in rules_of(css))
    assert style_attribute(css) is not None


@given(st.text(alphabet="ab.#:>+~[]()*= ,not{}\\", max_size=80))
def test_no_selector_breaks_the_matching(selector):
    assert isinstance(hidden_by(f'<div class="a" id="b">{A}</div>', f"{selector}{{display:none}}"), str)


@pytest.mark.parametrize(
    "css",
    [
        "(" * 50_000,
        ":not(" * 20_000 + "{display:none}",
        "a{" * 40_000,
        "@media x{" * 30_000,
        "a " * 40_000 + "{display:none}",
    ],
)
def test_a_hostile_sheet_is_read_to_an_end(css):
    assert hidden_by(f"<div>{A}</div>", css) == ""


def test_deep_pages_cost_no_more_than_they_may():
    assert hidden_by("<div class=q>" * 3_000 + A, ".q .q .q .q .q .q .p{display:none}") == ""
