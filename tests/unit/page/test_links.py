import pytest

from xuncha.model.crawl import LinkUse

HERE = "http://www.example.gov.cn/zwgk/"


@pytest.mark.parametrize(
    ("markup", "kind", "target", "use"),
    [
        ("<a href=a.html>x</a>", "a", "a.html", LinkUse.PAGE),
        ("<a href=a.pdf>x</a>", "a", "a.pdf", LinkUse.ATTACHMENT),
        ("<svg><a xlink:href=a.html>x</a></svg>", "a", "a.html", LinkUse.PAGE),
        ("<map><area href=a.html alt=x></map>", "area", "a.html", LinkUse.PAGE),
        ("<link rel='shortcut icon' href=a.ico>", "link", "a.ico", LinkUse.IMAGE),
        ("<link rel=preload as=script href=a.js>", "link", "a.js", LinkUse.SCRIPT),
        ("<link rel=alternate href=a.xml>", "link", "a.xml", LinkUse.OTHER),
        ("<link rel='alternate stylesheet' href=a.css>", "style", "a.css", LinkUse.STYLE),
        ("<img src=a.png>", "img", "a.png", LinkUse.IMAGE),
        ("<input type=IMAGE src=a.png>", "img", "a.png", LinkUse.IMAGE),
        ("<video poster=a.png></video>", "img", "a.png", LinkUse.IMAGE),
        ("<body background=a.png>", "img", "a.png", LinkUse.IMAGE),
        ("<picture><source srcset='a.png 2x'></picture>", "srcset", "a.png", LinkUse.IMAGE),
        ("<script src=a.js></script>", "script", "a.js", LinkUse.SCRIPT),
        ("<style>p{background:url(a.png)}</style>", "css-url", "a.png", LinkUse.IMAGE),
        ("<style>@import 'a.css';</style>", "css-url", "a.css", LinkUse.STYLE),
        ("<style>@font-face{src:url(a.woff)}</style>", "css-url", "a.woff", LinkUse.OTHER),
        ("<p style=\"background:URL('a.png')\">x", "css-url", "a.png", LinkUse.IMAGE),
        ("<iframe src=a.html></iframe>", "iframe", "a.html", LinkUse.FRAME),
        ("<frameset><frame src=a.html></frameset>", "frame", "a.html", LinkUse.FRAME),
        ("<form action=a.do></form>", "form", "a.do", LinkUse.FORM),
        ("<meta http-equiv=Refresh content='0;url=a.html'>", "meta-refresh", "a.html", LinkUse.PAGE),
        ("<p onClick=\"location.href='a.html'\">x", "onclick", "a.html", LinkUse.PAGE),
        ("<object data=a.swf></object>", "object", "a.swf", LinkUse.OTHER),
        ("<embed src=a.swf>", "object", "a.swf", LinkUse.OTHER),
        ("<object data=a.html></object>", "object", "a.html", LinkUse.FRAME),
        ("<object type=text/x-scriptlet data=a.jsp></object>", "object", "a.jsp", LinkUse.FRAME),
        ("<object classid=x data=a.html></object>", "object", "a.html", LinkUse.OTHER),
        ("<embed src=a.html>", "object", "a.html", LinkUse.FRAME),
        ("<embed type=application/x-shockwave-flash src=a.php>", "object", "a.php", LinkUse.OTHER),
        ("<audio><source src=a.mp3></audio>", "media", "a.mp3", LinkUse.OTHER),
        ("<video src=a.mp4></video>", "media", "a.mp4", LinkUse.OTHER),
        ("<script>$('#foot').load('a.html')</script>", "script-fragment", "a.html", LinkUse.FRAME),
    ],
)
def test_every_form_of_link_is_found(links, markup, kind, target, use):
    found = [(link.kind, link.target, link.use) for link in links(markup)]
    assert found == [(kind, HERE + target, use)]


def test_the_base_element_moves_relative_links(page):
    one = page("<base target=_blank><base href='/other/'><base href='/no/'><a href=a.html>x</a>")
    assert one.base == "http://www.example.gov.cn/other/"
    assert one.links[-1].target == "http://www.example.gov.cn/other/a.html"


@pytest.mark.parametrize("href", ["javascript:0", "data:,x", "http://", ""])
def test_an_unusable_base_is_ignored(page, href):
    assert page(f"<base href='{href}'>").base == page("").base or href == ""


def test_a_base_is_nothing_to_fetch_but_may_be_wrong(only_link):
    link = only_link("<base href='http://localhost/'>")
    assert (link.kind, link.target, link.problem) == ("base", "", "local-host")


def test_links_come_in_the_order_of_the_document(links):
    found = links("<img src=1><a href=2>x</a><script src=3></script><a href=4>x</a>")
    assert [link.raw for link in found] == ["1", "2", "3", "4"]


def test_a_link_knows_its_line_and_words(only_link):
    link = only_link("<p>\n\n<a href=x>通知 \n <b>公告</b></a>")
    assert (link.line, link.text) == (3, "通知 公告")


@pytest.mark.parametrize(
    "markup",
    [
        "<a href=x><img alt=' 首页 ' src=data:></a>",
        "<a href=x title=首页></a>",
        "<a href=x aria-label=首页><i></i></a>",
        "<a href=x><img title=首页></a>",
    ],
)
def test_a_link_without_words_takes_them_from_its_picture_or_title(only_link, markup):
    assert only_link(markup).text == "首页"


def test_the_words_of_a_link_are_cut(only_link):
    assert len(only_link(f"<a href=x>{'字' * 5000}</a>").text) == 200


def test_the_words_of_links_inside_each_other_are_read_within_a_budget(links):
    found = links("<a href=x><object>" * 100 + "字" * 5000, "a")
    assert {link.text for link in found} == {"字" * 200}


def test_the_fragment_is_kept_apart(only_link):
    link = only_link("<a href='a.html#第一章'>x</a>")
    assert (link.target, link.fragment) == (HERE + "a.html", "第一章")


def test_rel_is_split_into_words(only_link):
    assert only_link("<a href=x rel='NoFollow  noopener'>x</a>").rel == ("nofollow", "noopener")


def test_the_locator_says_where_the_link_stands(only_link):
    locator = only_link("<a href=x>通知</a>").locator
    assert (locator.target, locator.text, locator.line, locator.depth) == (HERE + "x", "通知", 1, 0)


def test_the_locator_of_a_link_without_target_shows_what_was_written(only_link):
    assert only_link("<a href='C:\\a.doc'>x</a>").locator.target == "C:\\a.doc"


@pytest.mark.parametrize(
    "markup",
    [
        "<a name=top>x</a>",
        "<img src='data:image/png;base64,AA'>",
        "<img src='' data-src=a.png>",
        "<img srcset='data:,x 2x'>",
        "<link rel=preconnect href=//cdn.example.cn>",
        "<link rel=dns-prefetch href=//cdn.example.cn>",
        "<link rel=canonical href=https://elsewhere.example/a.html>",
        "<link rel=next href=b.html>",
        "<iframe src=about:blank></iframe>",
        "<form action=''></form>",
        "<!-- <a href=x>x</a> -->",
        "<template><a href=x>x</a></template>",
        "<TEMPLATE><template><a href=x>x</a></template></TEMPLATE>",
        "<noscript><a href=x>x</a></noscript>",
        "<script>document.write('<a href=x>x</a>')</script>",
        "<textarea><a href=x>x</a></textarea>",
        "<input type=text src=a.png>",
        "<base target=_blank>",
        "<meta http-equiv=refresh content=300>",
    ],
)
def test_what_no_citizen_follows_and_no_browser_loads_is_no_link(links, markup):
    assert links(markup) == []


def test_a_template_of_a_drawing_is_not_inert(links):
    assert len(links("<svg><template><a href=x>x</a></template></svg>")) == 1


def test_navigation_written_into_href_is_followed(links):
    script, navigation = links("<a href=\"javascript:window.open('/a.html')\">办事</a>")
    assert (script.problem, script.goes_nowhere) == ("javascript", False)
    assert (navigation.kind, navigation.target, navigation.text) == (
        "onclick",
        "http://www.example.gov.cn/a.html",
        "办事",
    )


def test_a_list_of_friendly_links_is_followed(links):
    options = "<option>请选择<option value='http://www.example.cn/'>省政府<option value=2>"
    found = links(f"<select onchange='window.open(this.value)'>{options}</select>")
    assert [(link.kind, link.target, link.text) for link in found] == [("onclick", "http://www.example.cn/", "省政府")]


def test_an_ordinary_list_box_is_not_followed(links):
    assert links("<select onchange='count()'><option value='/a'>x</select>") == []


def test_a_page_that_is_only_a_redirect_by_script_leads_on(links):
    found = links("<script>window.location.href='/portal/index.html';</script>", "meta-refresh")
    assert [link.target for link in found] == ["http://www.example.gov.cn/portal/index.html"]


def test_the_same_script_on_a_page_with_links_is_left_alone(links):
    assert links("<script>if(phone)location.href='/m/';</script><a href=x>x</a>", "meta-refresh") == []


def test_links_beyond_the_cap_are_counted(page, monkeypatch):
    monkeypatch.setattr("xuncha.page.page.MAX_LINKS", 3)
    one = page("<a href=x>x</a>" * 5)
    assert (len(one.links), one.links_dropped) == (3, 2)
