import pytest

SCRIPT = "<script src=/app.js></script>"
WORDS = "<p>" + "本网站公开下列信息。" * 40 + "</p>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<div id=app></div>{SCRIPT}",
        f"<div id=root><p>正在加载，请稍候</p></div>{SCRIPT}",
        f"<noscript>Please enable JavaScript to continue.</noscript><p>{'站' * 100}</p>{SCRIPT}",
        f"<noscript>请启用 JavaScript</noscript>{SCRIPT}",
        f"<body>{SCRIPT}",
        "<body><script>render()</script>",
    ],
)
def test_a_page_that_shows_nothing_without_script_is_script_built(page, markup):
    assert page(markup).scripted


@pytest.mark.parametrize(
    "markup",
    [
        WORDS + SCRIPT,
        f"<div id=app>{WORDS}</div>{SCRIPT}",
        "<p>网站维护中</p>",
        "<p>维护中</p><script type=application/ld+json>{}</script>",
        f"<iframe src=/main.html></iframe>{SCRIPT}",
        f"<frameset><frame src=/main.html></frameset>{SCRIPT}",
        "<script>location.href='/portal/'</script>",
        f"<p>{'站' * 100}</p>{SCRIPT}",
        "",
    ],
)
def test_a_page_that_can_be_read_or_leads_on_is_not(page, markup):
    assert not page(markup).scripted


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<ul id=news></ul>", "ul#news"),
        ("<ul class='news-list big red'>\n<!-- 动态加载 -->\n</ul>", "ul.news-list.big"),
        ("<div id=footer> </div>", "div#footer"),
        ("<footer></footer>", "footer"),
        ("<div class=list><ul></ul></div>", "div.list > ul"),
        ("<table id=data><tbody></tbody></table>", "table#data > tbody"),
        ("<span id=icp></span>", "span#icp"),
        ("<div id=x>{{ item.title }}</div>", "div#x"),
        ("<ul id=x><li>{{ item.title }}</ul>", "ul#x > li"),
    ],
)
def test_an_empty_list_or_footer_is_named(page, markup, name):
    assert page(WORDS + markup + SCRIPT).scripted_regions == (name,)


@pytest.mark.parametrize(
    "markup",
    [
        "<ul id=news><li>x</ul>",
        "<div id=footer>版权所有</div>",
        "<div class=clear></div>",
        "<div></div>",
        "<ul></ul>",
        "<a class=link></a>",
    ],
)
def test_full_or_nameless_boxes_are_not(page, markup):
    assert page(WORDS + markup + SCRIPT).scripted_regions == ()


def test_without_script_nothing_will_be_filled(page):
    assert page("<ul id=news></ul>").scripted_regions == ()


def test_regions_are_capped(page):
    markup = "".join(f"<ul id=list{number}></ul>" for number in range(100))
    assert len(page(markup + SCRIPT).scripted_regions) == 20


@pytest.mark.parametrize(
    "script",
    ['$("#a1").html(d)', "document.getElementById('a1').innerHTML = d", '$.get("/x", d => $("#a1").append(d))'],
)
def test_an_empty_box_that_a_script_of_the_page_fills_is_named(page, script):
    assert page(f"<div id=a1></div><div id=b2></div><script>{script}</script>").filled_boxes == ("div#a1",)


@pytest.mark.parametrize(
    "markup",
    [
        '<div id=a1>已有内容</div><script>$("#a1").html(d)</script>',
        '<div id=a1></div><script>$("#a1").hide()</script>',
        '<span id=a1></span><script>$("#a1").html(n)</script>',
        "<div id=a1></div>",
    ],
)
def test_other_boxes_are_not_filled(page, markup):
    assert page(markup).filled_boxes == ()
