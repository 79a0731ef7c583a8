"""Hidden links are accused by what they say or where they lead, never for being hidden."""

import pytest

from xuncha.model.fact import Gap
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.darklinks.facts import Sheet, Sheets
from xuncha_plugins.darklinks.link_checks import hidden
from xuncha_plugins.darklinks.styles import MAX_RULES, MAX_SHEET, read_sheet

SHEET = "http://www.a.gov.example/style/site.css"
LINKED = '<link rel="stylesheet" href="/style/site.css">'


def fetched(css="", **values):
    read = read_sheet(css)
    return Sheets((Sheet(SHEET, read.rules, **{"whole": read.whole, **values}),))


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="display:none">{}</div>',
        '<div style="position:absolute;left:-9999px">{}</div>',
        "<marquee height=0>{}</marquee>",
        '<div class="k">{}</div><style>.k{{text-indent:-999em}}</style>',
        '<font style="font-size:0px">{}</font>',
    ],
)
def test_hidden_links_with_words_of_spam_fail(page, plants, spam, no_sheets, markup):
    outcome = judge(hidden, plants(page(markup.format(spam))), no_sheets)
    assert outcome.status is Status.FAIL


def test_one_hidden_link_is_enough(page, plants, no_sheets):
    link = '<div style="font-size:0"><a href="http://q.example.com/">六\u200b合 彩</a></div>'
    assert judge(hidden, plants(page(link)), no_sheets).status is Status.FAIL


def test_entities_hide_no_words(page, plants, no_sheets):
    link = '<p style="display:none"><a href="http://q.example.com/">&#30334;&#x5BB6;&#20048;&#25237;&#27880;</a></p>'
    assert judge(hidden, plants(page(link)), no_sheets).status is Status.FAIL


def test_a_linked_sheet_hides(page, plants, spam):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(".k{height:0;overflow:hidden}")).status is Status.FAIL
    assert judge(hidden, seen, fetched(".j{height:0;overflow:hidden}")).status is Status.PASS


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"{LINKED}<style>.k{{display:block}}</style>", Status.PASS),
        (f"<style>.k{{display:block}}</style>{LINKED}", Status.FAIL),
        (f"<style>div.k{{display:block}}</style>{LINKED}", Status.PASS),
    ],
)
def test_sheets_and_style_elements_hold_in_their_order(page, plants, spam, head, status):
    seen = plants(page(f'<div class="k">{spam}</div>', head=head))
    assert judge(hidden, seen, fetched(".k{display:none}")).status is status


@pytest.mark.parametrize("media", ["print", "(max-width:600px)", "screen and (min-width:1400px)"])
def test_a_sheet_that_does_not_hold_on_a_desktop_hides_nothing(page, plants, spam, media):
    head = f'<link rel="stylesheet" href="/style/site.css" media="{media}"><style media="print">.k{{top:0}}</style>'
    seen = plants(page(f'<div class="k">{spam}</div>', head=head))
    assert judge(hidden, seen, fetched(".k{display:none}")).status is Status.PASS


def test_a_sheet_that_did_not_come_leaves_it_open(page, plants, spam):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(problem=Reason.TIMEOUT)).status is Status.INCONCLUSIVE
    assert judge(hidden, seen, Gap(Reason.BUDGET_REACHED)).status is Status.INCONCLUSIVE
    assert judge(hidden, seen, fetched(whole=False)).reason.code is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "css",
    [
        "@media (min-width:320px) and (max-width:1920px){.k{display:none}}",
        "@supports (display:grid) and (gap:1px){.k{display:none}}",
        "@layer a{.k{display:none}}",
        "@layer b,a;@layer a{.k{display:none}}@layer b{.k{display:block}}",
        ".k{display:none}@layer a{#i.k{display:block}}",
        "@media (max-width:600px){.k{display:block}}.k{display:none}",
    ],
)
def test_rules_under_a_condition_count_as_a_desktop_sees_them(page, plants, spam, css):
    seen = plants(page(f'<div class="k" id="i">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(css)).status is Status.FAIL


@pytest.mark.parametrize(
    "css",
    [
        "@media (min-aspect-ratio:1/9){.k{display:none}}",
        "@supports (-ms-ime-align:auto){.k{display:none}}",
        "@container (min-width:1px){.k{opacity:0}}",
        ":root{--h:none}.k{display:var(--h)}@media (min-aspect-ratio:1/9){.k{--h:block}}",
        "body:has(div) .k{visibility:hidden}",
        ".k:nth-child(n){font-size:0}",
        ".k{display:none}.k:nth-child(2){display:block}",
        ".k{display:none}.m:hover .k, .k:hover{display:block}",
        "body{.k{display:none}}",
    ],
)
def test_where_nobody_knows_whether_a_rule_hides_them_links_with_words_of_spam_are_not_cleared(page, plants, spam, css):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(css)).status is Status.INCONCLUSIVE
    assert judge(hidden, plants(page(CROWD, head=LINKED)), fetched(css)).status is Status.PASS


@pytest.mark.parametrize(
    "css",
    [
        "h1 ~ .k{position:absolute;left:-9999px}",
        "h1 + .k{display:none}",
        "h1 + .k > a:first-child, h1 + .k > a + a{opacity:0}",
        ":root{--h:none}.k{display:var(--h)}",
        "body{--Far:-9999px}.k{position:absolute;left:var(--Far)}",
        ":root{--a:var(--b)}html{--b:0}.k{font-size:var(--a)}",
        ".k{display:var(--nowhere, var(--nor-here, none))}",
        "body{--ground:#fff;background:var(--ground)}.k a{color:var(--ink,#ffffff)}",
    ],
)
def test_siblings_and_custom_properties_are_followed(page, plants, spam, css):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(css)).status is Status.FAIL


@pytest.mark.parametrize(
    "css",
    [
        "h2 + .k, .k + h1, h1 > .k{display:none}",
        ".k:first-child{display:none}",
        ".k{display:var(--nowhere)}",
        ":root{--h:none}.k{--h:block;display:var(--h)}",
        ".k{background:var(--picture);color:#fff}:root{--picture:url(a.png)}body{background:#fff}",
    ],
)
def test_what_they_do_not_hide_is_seen(page, plants, spam, css):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(css)).status is Status.PASS


@pytest.mark.parametrize(
    "css", ["a:hover,.k:focus{opacity:0}", "p + .j{display:none}", ".k{display:block!important}.k:has(a){display:none}"]
)
def test_rules_that_cannot_hide_the_links_leave_nothing_open(page, plants, spam, css):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(css)).status is Status.PASS


def test_rules_for_which_there_is_no_room_leave_it_open(page, plants, spam):
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    many = "".join(f".c{at}{{top:0}}" for at in range(MAX_RULES))
    for css in (f"{many}.k{{top:1px}}", ",".join(f".c{at}" for at in range(300)) + "{top:0}", " " * (MAX_SHEET + 1)):
        assert judge(hidden, seen, fetched(css)).reason.code is Reason.TOO_LARGE


def test_a_theme_of_usual_size_is_read_whole(page, plants, spam):
    many = "".join(f".theme-component-{at}{{color:#123;width:10px}}" for at in range(4_500))
    seen = plants(page(f'<div class="k">{spam}</div>', head=LINKED))
    assert judge(hidden, seen, fetched(f"{many}.k{{display:none}}")).status is Status.FAIL


def test_a_site_that_was_hardly_seen_is_not_cleared(page, plants, no_sheets, half_seen):
    assert judge(hidden, plants(page()), no_sheets, crawl=half_seen).status is Status.INCONCLUSIVE


def test_many_links_with_words_of_spam_fail_however_they_are_hidden(page, plants, no_sheets):
    words = ("皇冠体育", "百家乐开户", "时时彩平台")
    links = "".join(f'<a href="http://w{at}.example.com/">{word}</a>' for at, word in enumerate(words))
    outcome = judge(hidden, plants(page(links)), no_sheets)
    assert [found.key for found in outcome.findings] == ["cluster"]


def test_names_that_others_bear_too_are_spam_where_links_are_called_by_nothing_else(page, plants, no_sheets):
    links = '<div hidden><a href="http://www.yb-1.example/">亚博</a>{}</div>'
    more = '<a href="http://www.ms-2.example/">明升</a>'
    assert judge(hidden, plants(page(links.format(more))), no_sheets).status is Status.FAIL
    assert judge(hidden, plants(page(links.format(""))), no_sheets).status is Status.PASS


def test_agencies_of_surrogacy_are_spam_the_word_alone_is_not(page, plants, no_sheets):
    link = '<div hidden><a href="http://www.dy-1.example/">{}</a></div>'
    for words, status in (("代孕公司", Status.FAIL), ("代孕_供卵", Status.FAIL), ("代孕", Status.PASS)):
        assert judge(hidden, plants(page(link.format(words))), no_sheets).status is status


def test_an_office_that_runs_the_lottery_links_to_its_draws(page, plants, no_sheets):
    links = '<div hidden><a href="http://a.example/">快三开奖结果</a><a href="http://b.example/">11选5走势图</a></div>'
    of_lottery = plants(page(links, "示例省福利彩票发行中心"))
    assert judge(hidden, of_lottery, no_sheets).status is Status.PASS
    assert judge(hidden, plants(page(links)), no_sheets).status is Status.FAIL


def test_an_office_that_runs_the_lottery_is_not_excused_for_betting(page, plants, spam, no_sheets):
    broken_into = plants(page(f"<div hidden>{spam}</div>", "示例省体育彩票管理中心"))
    assert judge(hidden, broken_into, no_sheets).status is Status.FAIL


def test_hosts_that_say_spam_are_enough_where_they_are_hidden(page, plants, no_sheets):
    links = '<a href="http://bet365-1.example/">友</a><a href="http://www.casino88.example/">情</a>'
    assert judge(hidden, plants(page(f"<div hidden>{links}</div>")), no_sheets).status is Status.FAIL
    assert judge(hidden, plants(page(links)), no_sheets).status is Status.PASS


def test_many_odd_hosts_behind_an_unusual_trick_are_asked_about(page, plants, no_sheets):
    links = "".join(f'<a href="http://www.a{at}b.top/">链接{at}</a>' for at in range(6))
    asked = judge(hidden, plants(page(f'<div style="position:absolute;left:-9999px">{links}</div>')), no_sheets)
    assert asked.status is Status.MANUAL
    assert judge(hidden, plants(page(f'<div style="display:none">{links}</div>')), no_sheets).status is Status.PASS


CROWD = "".join(f'<a class="lg" href="http://www.{one}-company.com/">{{}}</a>' for one in "abcdefgh")
NAMES = CROWD.format(*("翻译公司", "女装", "钢管厂", "搬家", "月嫂", "记账", "租赁", "墙板"))
MENU = "<style>.sf{position:absolute;left:-999em}li:hover .sf{left:auto}</style>"
SPRITES = "<style>.lg{text-indent:-9999px;background:url(/logo.png)}</style>"


@pytest.mark.parametrize(
    "markup", ['<div style="position:absolute;left:-9999px">{}</div>', "<marquee height=0>{}</marquee>"]
)
def test_a_crowd_of_any_links_that_nobody_can_ever_see_is_asked_about(page, plants, no_sheets, markup):
    assert judge(hidden, plants(page(markup.format(NAMES))), no_sheets).status is Status.MANUAL


@pytest.mark.parametrize(
    "markup",
    [
        f"{SPRITES}{NAMES}",
        f"{MENU}<li><div class=sf>{NAMES}</div></li>",
        '<ul style="position:relative;left:-1200px">' + CROWD.format(*["<img src=/l.png alt=合作单位>"] * 8) + "</ul>",
        f'<div style="height:0;overflow:hidden">{NAMES}</div>',
        f'<div style="opacity:0">{NAMES}</div>',
    ],
)
def test_partners_in_pictures_menus_and_carousels_are_no_crowd(page, plants, no_sheets, markup):
    assert judge(hidden, plants(page(markup)), no_sheets).status is Status.PASS


def test_the_same_links_on_many_pages_are_one_finding(page, plants, spam, no_sheets):
    markup = f'<div style="display:none">{spam}</div>'
    pages = [page(markup, url=f"http://www.a.gov.example/{at}.html") for at in range(3)]
    outcome = judge(hidden, plants(*pages), no_sheets)
    assert (outcome.findings_total, outcome.findings[0].params["pages"].value) == (1, 3)


def test_nothing_harmful_can_be_clicked_or_pasted(page, plants, spam, no_sheets):
    found = judge(hidden, plants(page(f"<div hidden>{spam}</div>")), no_sheets).findings[0]
    shown = repr(found)
    assert "bet1[.]example[.]com" in shown
    assert "bet1.example.com" not in shown
    assert "皇冠体育" not in str(found.params)


def test_a_hostile_page_does_not_grow_what_is_kept(page, plants):
    links = "".join(f'<a href="http://h{at}.top/">百家乐{at}</a>' for at in range(3_000))
    seen = plants(
        *(page(f"<div hidden>{links}</div><p>{at}</p>", url=f"http://www.a.gov.example/{at}") for at in range(3))
    )
    assert len(seen.groups) == 1
    assert len(seen.groups[0].links) == 60


def test_links_that_only_stand_where_no_script_runs_are_hidden(page, plants, spam, no_sheets):
    outcome = judge(hidden, plants(page(f"<p>a</p>\n<noscript>\n{spam}</noscript>")), no_sheets)
    assert [(found.key, found.locator.line) for found in outcome.findings] == [("noscript", 3)]


@pytest.mark.parametrize(
    "inner",
    ['<a href="http://www.llq-sj.com/">请启用脚本</a>', '<iframe src="//www.googletagmanager.com/ns.html"></iframe>'],
)
def test_what_else_stands_there_is_nothing(page, plants, no_sheets, inner):
    assert judge(hidden, plants(page(f"<noscript>{inner}</noscript>" * 9)), no_sheets).status is Status.PASS


def test_links_that_are_nested_deeper_than_any_parser_keeps_leave_it_open(page, plants, spam, no_sheets):
    outcome = judge(hidden, plants(page(f'{"<div>" * 600}<div style="display:none">{spam}')), no_sheets)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_LARGE)


def test_a_link_that_can_be_seen_is_asked_about_where_its_words_are_cut(page, plants, no_sheets):
    link = '<a href="http://q.example.com/">百\u200b家\u200c乐开户</a>'
    assert [one.key for one in judge(hidden, plants(page(link)), no_sheets).findings] == ["cut"]


@pytest.mark.parametrize("text", ["\u200b百家乐开户", "百家乐开户", "示\u200b例县", "揭秘百\u200b家乐骗局"])
def test_a_single_link_that_can_be_seen_is_nothing_otherwise(page, plants, no_sheets, text):
    link = f'<a href="http://q.example.com/">{text}</a>'
    assert judge(hidden, plants(page(link)), no_sheets).status is Status.PASS


@pytest.mark.parametrize(("coords", "status"), [("0,0,0,0", Status.FAIL), ("10,10,200,60", Status.PASS)])
def test_a_part_of_a_picture_that_nobody_can_point_at_is_hidden(page, plants, no_sheets, coords, status):
    link = f'<map><area shape=rect coords="{coords}" href="http://q.example.com/" alt="百家乐开户"></map>'
    assert judge(hidden, plants(page(link)), no_sheets).status is status


WHITE = "<style>body{background:#fff}a{color:inherit}</style>"


@pytest.mark.parametrize(
    ("head", "style"),
    [
        (WHITE, "color:#fff"),
        (WHITE, "color:transparent"),
        ("<style>a{color:unset}</style>", "color:transparent"),
        ("", "-webkit-text-fill-color:transparent"),
    ],
)
def test_links_that_take_over_a_colour_nobody_sees_fail(page, plants, spam, no_sheets, head, style):
    seen = plants(page(f'<div style="{style}">{spam}</div>', head=head))
    assert judge(hidden, seen, no_sheets).status is Status.FAIL


def test_white_words_where_nothing_says_a_ground_are_undecided(page, plants, spam, no_sheets):
    seen = plants(page(f'<div style="color:#fff">{spam}</div>', head="<style>a{color:inherit}</style>"))
    outcome = judge(hidden, seen, no_sheets)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.STYLE_UNDECIDED)


@pytest.mark.parametrize(
    ("head", "style"),
    [
        (WHITE, "color:#333"),
        (WHITE, "color:#fff;background:#c00"),
        ("", "color:#fff;background-color:navy"),
        ("", "background-image:linear-gradient(red,blue);-webkit-text-fill-color:transparent"),
        ("", "-webkit-text-fill-color:#c00"),
    ],
)
def test_words_in_a_colour_that_is_seen_are_not_hidden(page, plants, spam, no_sheets, head, style):
    seen = plants(page(f'<div style="{style}">{spam}</div>', head=head))
    assert judge(hidden, seen, no_sheets).status is Status.PASS


DOT = '版权所有<a href="http://{}/">{}</a>'


def test_dots_that_lead_to_hosts_which_say_spam_are_told(page, plants, no_sheets):
    one, two = DOT.format("www.xpj886.com", "."), DOT.format("www.bet365-99.com", "，")
    outcomes = [judge(hidden, plants(page(markup)), no_sheets) for markup in (one, one + two)]
    assert [(each.status, [found.key for found in each.findings]) for each in outcomes] == [
        (Status.MANUAL, ["dots"]),
        (Status.FAIL, ["dots"]),
    ]


@pytest.mark.parametrize("host", ["www.slrb-news.com", "www.12306.cn", "www.qy1688-sl.com", "zwfw.x-county.com"])
@pytest.mark.parametrize("text", [".", "，", "|", "＞", "...", "·"])
def test_marks_that_lead_to_other_hosts_are_left_alone(page, plants, no_sheets, host, text):
    assert judge(hidden, plants(page(DOT.format(host, text))), no_sheets).status is Status.PASS
