import pytest

HOST = "http://www.example.gov.cn"
NAMES = ("首页", "政务公开", "政务服务", "互动交流", "走进本区")
MENU = "".join(
    f'<li><a href="/{n}/">{name}</a></li>' if n else '<li><a href="/">首页</a></li>' for n, name in enumerate(NAMES)
)
STEPS = '<a href="/">首页</a>{0}<a href="/zwgk/">政务公开</a>{0}通知公告'
LIST = (
    "<ul>"
    + "".join(f"<li><a href=/a/{n}.html>关于印发区级储备粮管理办法的通知{n}</a></li>" for n in range(8))
    + "</ul>"
)


@pytest.mark.parametrize(
    "markup",
    ["<div>当前位置：{}</div>", "<div>您的位置：{}</div>", "<p>您现在的位置: {}</p>",
     "<div><b>所在位置</b><span>{}</span></div>",
     "<p>您当前的位置是：{}</p>",
     "<div><span>当前栏目：</span>{}</div>", '<div class="BreadcrumbNav">{}</div>', "<div id=dqwz>{}</div>"],
)  # fmt: skip
@pytest.mark.parametrize("mark", [" &gt; ", "&gt;&gt;", " » ", " / ", "<i>›</i>", " → ", "-"])
def test_the_trail_leads_from_home_to_the_page(page, markup, mark):
    trail = page(f"<body>{markup.format(STEPS.format(mark))}{LIST}</body>", url=f"{HOST}/zwgk/tz/").trail
    assert [(crumb.text, crumb.target) for crumb in trail] == [
        ("首页", f"{HOST}/"),
        ("政务公开", f"{HOST}/zwgk/"),
        ("通知公告", ""),
    ]


@pytest.mark.parametrize("markup", ["<p>地理位置：位于市区北部。</p>", "<p>当前位置：</p>", "<p>职位置顶</p>"])
def test_a_page_without_a_trail_has_none(page, markup):
    assert page(f"<body>{markup}{LIST}</body>").trail == ()


@pytest.mark.parametrize(
    "markup",
    ["<div class=nav><ul>{}</ul></div>", "<table><tr><td><ul>{}</ul></td></tr></table>", "<ul id=menu>{}</ul>"]
)  # fmt: skip
def test_the_navigation_is_the_row_of_entries_with_home(page, markup):
    found = page(f"<body>{markup.format(MENU)}{LIST}</body>").navigation
    assert tuple(link.text for link in found) == NAMES


def test_entries_that_fold_out_belong_to_the_navigation(page):
    menu = MENU.replace("政务公开</a>", "政务公开</a><ul><li><a href=/zwgk/tz/>通知公告</a></li></ul>")
    assert f"{HOST}/zwgk/tz/" in {link.target for link in page(f"<nav><ul>{menu}</ul></nav>").navigation}


def test_a_trail_is_no_navigation(page):
    assert page(f"<div>当前位置：{STEPS.format('>')}</div>{LIST}").navigation == ()


def test_a_menu_without_home_is_known_by_its_name(page):
    menu = MENU.partition("</li>")[2]
    assert len(page(f"<p>欢迎访问首页</p><div class=mainNav><ul>{menu}</ul></div>{LIST}").navigation) == 4


def test_marks_inside_the_links_are_no_words(page):
    trail = page("<p><a>当前位置&nbsp;>></a> <a href=/>首页&nbsp;>></a> <a href=/zwgk/>政务公开&nbsp;>></a></p>").trail
    assert [crumb.text for crumb in trail] == ["首页", "政务公开"]


def test_a_trail_may_be_without_links(page):
    trail = page("<p><font>您现在的位置：</font>首页<font>&gt;&gt;交易信息&gt;&gt;工程建设</font></p>" + LIST).trail
    assert [(crumb.text, crumb.target) for crumb in trail] == [("首页", ""), ("交易信息", ""), ("工程建设", "")]


SUB = '<a href="/zwgk/a/">规范性文件</a>', '<a href="/zwgk/b/">人事任免</a>'
FOLDED = {
    "list items": "<ul>{}<li>{}<ul><li>{}</li><li>{}</li></ul></li></ul>|<li>{}</li>",
    "boxes": '<div class="nav">{}<div>{}<div class="sub">{}{}</div></div></div>|<div>{}</div>',
    "definitions": '<div class="nav">{}<dl><dt>{}</dt><dd>{}</dd><dd>{}</dd></dl></div>|<dl><dt>{}</dt></dl>',
}


@pytest.mark.parametrize("form", FOLDED.values(), ids=FOLDED)
def test_what_folds_out_of_another_entry_is_of_the_second_level(page, form):
    whole, one = form.split("|")
    names = ('<a href="/">首页</a>', '<a href="/xw/">新闻</a>', '<a href="/hd/">互动</a>')
    found = page(whole.format("".join(map(one.format, names)), '<a href="/zwgk/">政务公开</a>', *SUB))
    assert found.navigation_levels == (1, 1, 1, 1, 2, 2)


@pytest.mark.parametrize(
    "form", ["<div>{}</div>", "<div><p>{}</p><p><a href=/x/>统计</a><a href=/y/>党建</a></p></div>"]
)
def test_entries_side_by_side_are_all_of_the_first_level(page, form):
    names = '<a href="/">首页</a><a href="/xw/">新闻</a><a href="/hd/">互动</a><a href="/zwgk/">政务公开</a>'
    assert set(page(form.format(names)).navigation_levels) == {1}
