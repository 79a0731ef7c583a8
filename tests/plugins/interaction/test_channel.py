"""A channel for questions is found by links, titles and what opens; nobody is accused of what was not seen."""

from dataclasses import replace

import pytest

from xuncha.api import Site, SiteKind

HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
FORM = '<form method="post" action="/save"><input name="t"><textarea name="c"></textarea></form>'
CHECK = "interaction.channel"


@pytest.fixture
def channel(site_with):
    def run(home="", pages=None, **more):
        return site_with(pages, home=home, **more).said(CHECK)

    return run


@pytest.mark.parametrize("name", ["局长信箱", "在线咨询", "我要写信", "公众留言", "网络问政", "咨询投诉", "12345"])
def test_a_channel_that_opens_is_one(channel, html, name):
    assert channel(f'<a href="/hd/x/">{name}</a>', {"hd/x/": html(FORM, title="页面")}) == ("pass", [])


def test_a_channel_behind_a_picture_is_told_by_its_title(channel, html):
    page = html(FORM, title="局长信箱_示例局")
    assert channel('<a href="/hd/x/"><img src="/i.png"></a>', {"hd/x/": page}) == ("pass", [])


def test_a_channel_one_level_down_is_found(channel, html):
    pages = {"hd/": html('<a href="/hd/jz/">局长信箱</a>'), "hd/jz/": html(FORM)}
    assert channel("", pages) == ("pass", [])


@pytest.mark.parametrize(
    "url", ["https://www.12345.gov.cn/", "http://www.city.gov.cn/hd/szxx/", "https://liuyan.people.com.cn/"]
)
def test_a_channel_of_another_website_is_judged_there(site_with, url):
    outcome = site_with(home=f'<a href="{url}">政务服务便民热线12345</a>').outcome(CHECK)
    assert (outcome.status.value, outcome.reason.code) == ("not_applicable", "linked-platform")


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://beian.miit.gov.cn/">鲁ICP备05012345号</a>',
        '<a href="https://beian.miit.gov.cn/">鲁ICP备12345号-1</a>',
        '<a href="http://www.beian.gov.cn/portal/info?recordcode=12345"><img src="/i.png"></a>',
        '<a href="http://paper.example.com/1.html">第12345期</a>',
        '<a href="http://paper.example.com/1123456.html"><img src="/i.png"></a>',
    ],
)
def test_a_number_that_holds_12345_is_no_hotline(site_with, link):
    site = site_with(home=link)
    assert site.said(CHECK) == ("fail", ["missing"])
    assert site.outcome("interaction.unanswered").reason.code == "not-offered"


def test_no_channel_at_all_is_found(channel):
    assert channel('<a href="/gk/">政务公开</a>') == ("fail", ["missing"])


@pytest.mark.parametrize("name", ["网上信访", "纪检监察举报", "举报信箱", "我为政府网站找错"])
def test_special_channels_do_not_count(channel, html, name):
    assert channel(f'<a href="/xf/">{name}</a>', {"xf/": html(FORM, title="页面")}) == ("fail", ["only-special"])


@pytest.mark.parametrize(
    "name",
    [
        *("咨询指南", "意见征集", "电子信箱", "省长信箱收到群众感谢来信并作出批示", "联系我们", "公共资源征求意见公告"),
        *("建议提案办理", "人大代表建议", "访问统计", "常见问题"),
    ],
)
def test_what_only_sounds_alike_is_no_channel(channel, html, name):
    assert channel(f'<a href="/x/">{name}</a>', {"x/": html("<p>内容</p>", title="页面")})[0] == "fail"


def test_a_telephone_is_no_online_channel(channel):
    assert channel('<a href="tel:12345">12345热线</a><p>咨询电话：0532-12345</p>') == ("fail", ["missing"])


def test_an_address_for_mail_is_hinted_at(channel):
    assert channel("<p>局长信箱：jz@a.gov.cn</p>") == ("warn", ["only-mail"])


def test_a_mailbox_that_only_tells_an_address_is_hinted_at(channel, html):
    page = html("<p>来信请寄：局长信箱 jz@a.gov.cn</p>", title="局长信箱")
    assert channel('<a href="/hd/x/">局长信箱</a>', {"hd/x/": page}) == ("warn", ["only-mail"])


def test_an_address_beside_a_form_does_not_matter(channel, html):
    page = html(f"<p>局长信箱 jz@a.gov.cn</p>{FORM}", title="局长信箱")
    assert channel('<a href="/hd/x/">局长信箱</a>', {"hd/x/": page}) == ("pass", [])


def test_an_address_of_the_office_is_no_hint(channel):
    assert channel("<p>联系电话：0532-1　电子邮箱：bgs@a.gov.cn</p>") == ("fail", ["missing"])


def test_an_entry_whose_page_is_gone_is_named(channel):
    assert channel('<a href="/hd/x/">局长信箱</a>') == ("fail", ["not-open"])


def test_one_that_opens_is_enough(channel, html):
    home = '<a href="/hd/x/">局长信箱</a><a href="/hd/y/">在线咨询</a>'
    assert channel(home, {"hd/y/": html(FORM)}) == ("pass", [])


def test_an_unfinished_crawl_tells_nothing(channel):
    assert channel("", complete=False) == ("inconclusive", [])


def test_a_home_page_that_script_builds_tells_nothing(gathered):
    app = '<!DOCTYPE html><html><body><div id="app"></div><script src="/static/js/app.1234.js"></script></body></html>'
    assert gathered({HOME: app}).said(CHECK) == ("inconclusive", [])


def test_a_menu_that_script_builds_tells_nothing(channel):
    menu = '<ul id="main-nav"></ul><ul class="news-list"></ul><script src="/js/menu.js"></script>'
    assert channel(menu) == ("inconclusive", [])


@pytest.mark.parametrize(
    "changed", [{"serves_public": False}, {"kind": SiteKind.SCHOOL_OR_HOSPITAL}, {"kind": SiteKind.TOPIC}]
)
def test_websites_of_which_none_is_asked(channel, changed):
    assert channel("", site=replace(SITE, **changed)) == ("not_applicable", [])


def test_of_a_website_of_unknown_kind_it_is_a_hint(channel):
    assert channel("", site=replace(SITE, kind=None)) == ("warn", ["missing"])


def test_a_website_within_another_may_leave_it_to_that(channel):
    site = replace(SITE, parent_site="portal")
    assert channel('<a href="http://gov.cn/">区政府</a>', site=site)[0] == "not_applicable"
    assert channel("", site=site) == ("manual", ["to-confirm"])


def test_an_entry_for_complaints_alone_is_asked_about(channel, html):
    assert channel('<a href="/ts/">投诉举报</a>', {"ts/": html(FORM, title="页面")}) == ("manual", ["only-complaints"])


def test_an_entry_that_fails_on_the_server_is_not_called_gone(site_with):
    found = site_with(home='<a href="/hd/x/">局长信箱</a>')
    records = tuple(replace(one, status=503) if one.url.endswith("/hd/x/") else one for one in found.crawl.pages)
    found.crawl = replace(found.crawl, pages=records)
    assert found.said(CHECK) == ("inconclusive", [])


@pytest.mark.parametrize(
    "link", ['<a href="javascript:openMail()">局长信箱</a>', '<div onclick="go(3)">在线咨询</div>']
)
def test_an_entry_that_script_opens_tells_nothing(channel, link):
    assert channel(link) == ("inconclusive", [])


@pytest.mark.parametrize(
    "link",
    [
        '<a href="http://www.gov.cn/hd/">政民互动</a>',
        '<a href="https://www.12345.gov.cn/"><img src="/i.png"></a>',
        '<a href="http://www.gov.cn/jact/front/main.do"><img src="/i.png"></a>',
    ],
)
def test_entries_elsewhere_are_known_by_hub_or_address(channel, link):
    assert channel(link) == ("not_applicable", [])


def test_a_hub_that_script_builds_tells_nothing(channel):
    app = '<!DOCTYPE html><html><body><div id="app"></div><script src="/static/js/app.1234.js"></script></body></html>'
    assert channel("", {"hd/": app}) == ("inconclusive", [])


def test_an_entry_may_say_what_can_be_done_there(channel, html):
    page = html(FORM, title="页面")
    assert channel('<a href="/x/">点击进入局长信箱（我要写信、信件查询）</a>', {"x/": page}) == ("pass", [])


HUB = '<a href="/hd/x/">{}</a>'
FIELDS = '姓名<input name="n">电话<input name="t">诉求内容<textarea name="c"></textarea>'
ASKING = f'<form method="post" action="/s">{FIELDS}</form>'


@pytest.mark.parametrize(
    "name",
    [
        "问政青岛",
        "市政府“问政青岛”平台",
        "网上民声",
        "民呼必应",
        "区长在线",
        "意见与建议",
        "“办不成事”反映窗口",
        "写给区长",
        "我有话说",
        "政风行风热线",
        "在线提问",
        "民声通道",
    ],
)
def test_channels_go_by_many_names(site_with, name):
    outcome = site_with(home=f'<a href="http://www.city.gov.cn/x/">{name}</a>').outcome(CHECK)
    assert (outcome.status.value, outcome.reason.code) == ("not_applicable", "linked-platform")


def test_the_hotlines_website_is_known_by_its_address(site_with):
    outcome = site_with(home='<a href="https://www.12345.example.gov.cn/">一线应答</a>').outcome(CHECK)
    assert outcome.status.value == "not_applicable"


@pytest.mark.parametrize("name", ["政务问答", "民生连线", "心桥", "群众建议征集", "区长公开电话"])
def test_a_name_that_sounds_like_a_channel_is_asked_about(channel, name):
    assert channel(f'<a href="http://www.city.gov.cn/x/">{name}</a>') == ("manual", ["unclear"])


def test_an_unknown_entry_of_the_page_of_interaction_is_asked_about(channel, html):
    pages = {"hd/": html(HUB.format("留声机")), "hd/x/": html("<p>内容</p>", title="页面")}
    assert channel("", pages) == ("manual", ["unclear"])


def test_what_the_page_of_interaction_offers_beside_is_no_channel(channel, html):
    names = ("意见征集", "在线访谈", "网上调查", "网上信访", "新闻发布会")
    links = "".join(f'<a href="/hd/{at}/">{name}</a>' for at, name in enumerate(names))
    assert channel("", {"hd/": html(links), **{f"hd/{at}/": html("<p>内容</p>") for at in range(5)}})[0] == "fail"


def test_a_form_on_the_page_of_interaction_is_a_channel(channel, html):
    assert channel("", {"hd/": html(ASKING, title="互动交流_示例局")}) == ("pass", [])


def test_a_form_one_level_below_is_a_channel_whatever_it_is_called(channel, html):
    pages = {"hd/": html(HUB.format("互动留声机")), "hd/x/": html(ASKING, title="在线提交")}
    assert channel("", pages) == ("pass", [])


def test_a_form_elsewhere_is_asked_about(channel, html):
    assert channel('<a href="/x/">服务</a>', {"x/": html(ASKING, title="页面")}) == ("manual", ["unclear"])


@pytest.mark.parametrize("title", ["依申请公开", "意见征集", "网上预约", "满意度调查", "纠错"])
def test_a_form_for_something_else_is_no_channel(channel, html, title):
    assert channel('<a href="/x/">服务</a>', {"x/": html(ASKING, title=title)})[0] == "fail"


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("http://hd.city.gov.cn/hudong/index?dept=9", ("not_applicable", [])),
        ("http://www.city.gov.cn/a.html", ("manual", ["unclear"])),
    ],
)
def test_a_frame_of_another_website_on_the_page_of_interaction_may_hold_it(channel, html, frame, said):
    assert channel("", {"hd/": html(f'<iframe src="{frame}"></iframe>')}) == said


@pytest.mark.parametrize("words", ["扫描二维码向我们留言", "请在“爱山东”APP“我要咨询”提交"])
def test_a_way_by_telephone_that_the_page_of_interaction_tells_is_asked_about(channel, html, words):
    assert channel("", {"hd/": html(f"<p>{words}</p>")}) == ("manual", ["unclear"])


def test_an_entry_that_is_gone_is_no_proof_beside_another_that_may_be_one(channel):
    home = '<a href="/hd/x/">局长信箱</a><a href="http://www.city.gov.cn/">政务问答</a>'
    assert channel(home) == ("manual", ["unclear"])


def test_a_page_by_itself_proves_nothing(site_with):
    found = site_with(home="")
    found.crawl = replace(found.crawl, targets=())
    outcome = found.outcome(CHECK)
    assert (outcome.status.value, outcome.reason.code) == ("inconclusive", "too-few-pages")


def test_it_is_told_how_much_was_looked_at(site_with):
    (found,) = site_with(home="").outcome(CHECK).findings
    assert (found.params["pages"].value, found.params["links"].value) == (3, 3)


def test_a_page_with_two_names_goes_by_the_better(channel, html):
    page = html(FORM, title="局长信箱")
    assert channel('<a href="/x/">监督举报</a>', {"x/": page}) == ("pass", [])
