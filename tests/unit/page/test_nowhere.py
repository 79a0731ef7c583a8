import pytest


@pytest.mark.parametrize(
    "href",
    [
        *(
            "",
            "#",
            "##",
            " # ",
            "javascript:",
            "javascript:;",
            "javascript:#",
            "javascript:void(0)",
            "JavaScript:void(0);",
        ),
        *("javascript: void 0", "javascript:void(null)", "javascript:return false;"),
    ],
)
def test_a_dead_href_goes_nowhere(only_link, href):
    assert only_link(f'<a href="{href}">最新公告</a>').goes_nowhere


@pytest.mark.parametrize("href", ["a.html", "#top", "javascript:history.back()", "mailto:a@b.cn", "?", "/"])
def test_a_live_href_goes_somewhere(only_link, href):
    assert not only_link(f'<a href="{href}">最新公告</a>').goes_nowhere


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="#" onclick="show()">x</a>',
        '<a href="#" @click="show">x</a>',
        '<a href="#" v-on:click="show">x</a>',
        '<a href="#" id="search">x</a>',
        '<a href="#" role="button">x</a>',
        '<a href="#" data-toggle="menu">x</a>',
        '<a href="#" class="next">x</a>',
        '<a href="#" class="big BTN">x</a>',
        '<a href="#" aria-expanded="false">x</a>',
        '<li onclick="go()"><a href="#">x</a></li>',
        '<div onmouseover="show()"><p><a href="#">x</a></p></div>',
        '<li><a href="#">政务公开</a> <ul><li>x</ul></li>',
    ],
)
def test_what_script_may_bind_to_is_not_accused(links, markup):
    assert not any(link.goes_nowhere for link in links(markup))


@pytest.mark.parametrize("words", ["返回顶部", "回顶部", "TOP", "置顶", "Back to top"])
def test_a_link_to_the_top_of_the_page_works(only_link, words):
    assert not only_link(f'<a href="#">{words}</a>').goes_nowhere


def test_an_invisible_link_is_not_accused(only_link):
    assert not only_link('<a href="#"></a>').goes_nowhere


def test_an_area_can_go_nowhere(only_link):
    assert only_link('<area href="#" alt="信访局">').goes_nowhere


def test_a_plain_class_does_not_acquit(only_link):
    assert only_link('<a href="#" class="title red">通知</a>').goes_nowhere


@pytest.mark.parametrize("shown", ['class="disabled"', 'aria-disabled="true"', 'class="tj-gray"', "disabled"])
def test_what_is_switched_off_leads_nowhere_on_purpose(only_link, shown):
    assert not only_link(f'<a href="javascript:void(0)" {shown}>我要提意见</a>').goes_nowhere
