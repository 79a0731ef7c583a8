"""Scripts that hide by class, by selector, by taking away or by rules that they write: a hint where links sell."""

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.darklinks.facts import Sheet, Sheets, Tag
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.restyling import hidden_places
from xuncha_plugins.darklinks.styles import read_sheet

GONE = "<style>.gone{display:none}.tab .gone{display:block}</style>"
BOX = '<div id="k" class="k links">{}</div>'


def told(plants, *pages):
    outcome = judge(scripted, plants(*pages))
    return outcome.status, [found.key for found in outcome.findings]


@pytest.mark.parametrize(
    "script",
    [
        'document.getElementById("k").className="gone"',
        'document.getElementById("k").classList.add("gone")',
        'document.querySelector(".k").classList.add("is-hidden")',
        'document.querySelector(".k").setAttribute("class","k gone")',
        '$(".k").addClass("gone")',
        '$(".k").hide()',
        'jQuery("div.links").css({"display":"none"})',
        'document.getElementsByClassName("k")[0].style.display="none"',
        'document.querySelectorAll(".links a").forEach(function(e){e.style.display="none"})',
        "document.querySelectorAll('.links a').forEach(e=>e.style.display='none')",
        'var a=document.getElementsByClassName("k");for(var i=0;i<a.length;i++){a[i].style.display="none"}',
        'document.getElementById("k").remove()',
        'var e=document.getElementById("k");e.parentNode.removeChild(e)',
        'document.getElementById("k").innerHTML="";',
        'document.write("<style>.k{position:absolute;left:-9999px}</style>")',
        'document.write("<style>"+".links{display"+":none}"+"</style>")',
        'var s=document.createElement("style");s.innerHTML=".k{display:none}";document.head.appendChild(s)',
        'document.styleSheets[0].insertRule(".k{height:0;overflow:hidden}",0)',
        'document["getElementById"]("k")["classList"]["add"]("gone")',
    ],
)
def test_what_a_script_hides_is_a_hint(page, plants, spam, script):
    markup = f"{GONE}{BOX.format(spam)}<script>{script}</script>"
    assert told(plants, page(markup)) == (Status.WARN, ["hides"])


def test_a_sheet_that_a_script_brings_may_hide(page, plants, spam):
    script = '<script>document.write("<link rel=stylesheet href=/css/skin.css>")</script>'
    seen = plants(page(BOX.format(spam) + script))

    def reason(css):
        sheets = Sheets((Sheet("http://www.a.gov.example/css/skin.css", read_sheet(css).rules),))
        return judge(hidden, seen, sheets).reason

    assert reason(".k{display:none}").code is Reason.STYLE_UNDECIDED
    assert reason(".k{color:#333}") is None


ORDINARY = {
    "tabs": '$(".tab_c").hide();$(".tab_c").eq(0).show()',
    "tabs by class": 'document.querySelector(".tab_c").className="tab_c hidden"',
    "a menu": '$(".nav li").hover(function(){$(this).find(".sub").show()},function(){$(".sub").hide()})',
    "a window that closes": 'function shut(){document.getElementById("win").remove()}',
    "a floating advertisement": 'document.getElementById("float").style.display="none"',
    "a carousel": '$(".slide").removeClass("on").addClass("off");$(".slide").fadeOut(300)',
    "a list that is filled": 'document.getElementById("list").innerHTML="";load()',
    "colours for the blind": 'document.write("<style>body.dark{background:#000}.dark a{color:#ff0}</style>")',
    "a skin": 'document.write("<link rel=stylesheet href=/css/red.css>")',
    "mourning": 'document.write("<style>html{filter:grayscale(100%)}</style>")',
    "print": 'document.write("<style media=print>.tab_c{display:none}</style>")',
    "loading": 'document.querySelector(".loading").classList.add("hide")',
    "a search box": '$("#search").addClass("none");$("#hot").empty()',
    "friend links folded": '$(".friend dd").hide();$(".friend dt").click(function(){$(this).next().toggle()})',
    "more": 'document.querySelectorAll(".more").forEach(function(e){e.style.display="none"})',
    "telephones": 'if(screen.width<768){$(".pc").hide()}',
    "old browsers": 'document.getElementById("ie").style.display="none"',
    "an accordion": 'document.styleSheets[0].insertRule(".tab_c{max-height:0;overflow:hidden}",0)',
    "a notice read": 'localStorage.read&&document.querySelector("#win").classList.add("hidden")',
    "a map": 'var m=document.getElementById("map");m.innerHTML="";new Map(m)',
    "a counter": '$("#count").remove()',
}
LINKS = (
    '<a href="http://www.slrb-news.example.com/">示例日报</a><a href="http://www.fz-a.example.com/">警方捣毁百家乐赌场</a>'
    '<a href="http://www.hotel-b.example.com/">澳门威尼斯人</a><a href="http://www.sl-c.example.com/">男科医院</a>'
)


@pytest.mark.parametrize("name", ORDINARY)
def test_what_ordinary_scripts_hide_is_no_hint(page, plants, name):
    names = "tab_c sub slide more pc loading links friend k"
    body = f'<div id="win" class="{names}"><div id="float"><div id="list">{LINKS}</div></div></div>'
    assert told(plants, page(f"{body}<script>{ORDINARY[name]}</script>")) == (Status.PASS, [])


def test_all_ordinary_scripts_beside_links_that_sell_elsewhere_hide_nothing_of_them(page, plants, spam):
    body = "".join(f"<script>{one}</script>" for one in ORDINARY.values())
    assert told(plants, page(f"<div class='box'>{spam}</div>{body}")) == (Status.PASS, [])


@pytest.mark.parametrize(
    ("name", "places"), [("hidden", {"#k"}), ("d-none", {"#k"}), ("red", set()), ("nonesuch", set())]
)
def test_a_class_that_no_rule_of_the_page_has_counts_by_its_name(name, places):
    chain = (Tag("a"), Tag("div", (("id", "k"),)))
    assert hidden_places(f'$("#k").addClass("{name}")', (), {chain}) == places
