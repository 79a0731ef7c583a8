"""Pages beside what was approved: tampering is found, ordinary updates are not."""

from datetime import date

import pytest

from xuncha.model.crawl import Hop, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.outcome import Status
from xuncha.model.prints import Baseline, Redesign
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.integrity.checks import injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title

COMPARING = [title, injected, redirected, replaced]
SPAM = "欧亿注册-欧亿代理最高返点-天辰测速登录"


def keys(outcome):
    return [found.key for found in outcome.findings]


def ordinary(page):
    """What happens to pages in a year."""
    grey = "<style>html{filter:grayscale(1)}</style>"
    floating = '<div id="piao"><a href="/zt/"><img src="/up/piao.jpg"></a></div><script>setInterval("f()",30)</script>'
    counting = "<script>document.write(unescape(\"%3Cscript src='//hm.baidu.com/h.js'%3E%3C/script%3E\"))</script>"
    return {
        "lists move on": page(100),
        "a grey day": page(9, head=grey),
        "a floating notice": page(9, body=floating),
        "statistics": page(9, head=counting),
        "a token": page(9, body='<form action="/s"><input type="hidden" name="t" value="9f8e"></form>'),
        "a state body's script": page(9, head='<script src="https://dcs.conac.cn/js/1.js"></script>'),
        "a new column": page(9, menu=["首页", "机构职能", "工作动态", "通知公告", "数据开放", "无障碍"]),
        "a longer title": page(9, title="示例县教育局门户网站"),
        "a new number in the footer": page(9, foot="主办：示例县教育局 京ICP备12345678号-1 京公网安备11010102000001号"),
        "an encoded address": page(9, body='<a href="/x?u=%e4%b8%ad%e5%9b%bd%e6%94%bf%e5%ba%9c">中国政府</a>'),
    }


@pytest.mark.parametrize("check", COMPARING)
@pytest.mark.parametrize("what", ordinary(lambda *_, **__: ""))
def test_ordinary_updates_are_no_tampering(compared, made, check, what):
    assert compared(check, ordinary(made.page)[what]).status is Status.PASS


@pytest.mark.parametrize("check", COMPARING)
def test_a_redesign_that_keeps_its_owner_is_no_tampering(compared, made, check):
    new = '<div class="wrap"><h2>政务公开</h2><p>全新改版，欢迎提出宝贵意见。</p></div>' * 9
    assert compared(check, made.page(9, menu=["首 页", "公开", *"一二三四五六七八"], body=new)).status is Status.PASS


@pytest.mark.parametrize("check", COMPARING)
def test_without_a_baseline_nothing_is_compared(made, check):
    page = made.parsed(made.page())
    facts = (made.visit(page), (Baseline, Gap(Reason.NO_BASELINE)), made.crawl(page))
    outcome = judge(check, *facts)
    assert (outcome.status, outcome.reason.code) == (Status.NOT_RUN, Reason.NO_BASELINE)


@pytest.mark.parametrize("check", COMPARING)
def test_a_challenge_in_place_of_the_page_tells_nothing(compared, made, check):
    assert compared(check, "<title>x</title>", challenge="waf").status is Status.INCONCLUSIVE


# titles


def test_a_title_that_has_nothing_to_do_with_the_page_is_asked_about(compared, made):
    assert keys(compared(title, made.page(9, title=SPAM))) == ["hijacked"]


def test_a_title_that_has_grown_by_strange_words_is_asked_about(compared, made):
    assert keys(compared(title, made.page(9, title=f"{SPAM}_示例县教育局"))) == ["grown"]


def test_a_title_that_says_what_the_page_says_is_left_alone(compared, made):
    assert compared(title, made.page(9, title="督促检查工作机制")).status is Status.PASS


def test_a_title_that_said_nothing_may_become_the_sites_name(compared, made):
    assert compared(title, made.page(9), before=made.page(title="首页")).status is Status.PASS


def test_a_strange_description_is_asked_about(compared, made):
    head = '<meta name="description" content="{}">'.format
    outcome = compared(title, made.page(9, head=head(SPAM)), made.page(head=head("示例县教育局的官方网站")))
    assert keys(outcome) == ["described"]


# scripts, frames, forms, links


@pytest.mark.parametrize(
    ("head", "key", "status"),
    [
        ('<script src="https://js.x1.xyz/a.js"></script>', "script", Status.MANUAL),
        ('<script src="https://js.bet365x.com/a.js"></script>', "script", Status.FAIL),
        ('<script src="http://cdn-webstat.com/a.js"></script>', "script", Status.MANUAL),
        ('<script src="http://103.45.7.9:8080/a.js"></script>', "script", Status.MANUAL),
        ('<iframe src="http://www.trackpop.com/x" width=0></iframe>', "frame", Status.MANUAL),
        ('<form action="http://grab.formgrab.net/p"></form>', "form", Status.MANUAL),
        (
            "<script>s=document.createElement('script');s.src='//api.uweb-log.com/s.js'</script>",
            "loader",
            Status.MANUAL,
        ),
        ("<script>eval(function(p,a,c,k,e,d){return p}('0',9))</script>", "packed", Status.MANUAL),
    ],
)
def test_what_loads_from_strangers_is_found(compared, made, head, key, status):
    outcome = compared(injected, made.page(9, body=head))
    assert (keys(outcome), outcome.status) == ([key], status)


@pytest.mark.parametrize(
    "place",
    ["cdn.jsdelivr.net/gh/evil", "evil.github.io", "evil.oss-cn-hangzhou.aliyuncs.com", "www.evil.org.cn", "a.gov.top"],
)
def test_a_script_from_where_anybody_places_files_is_asked_about(compared, made, place):
    head = '<script src="https://{}/x/a.js"></script>'.format
    before = made.page(head=head("cdn.jsdelivr.net/npm") + head("own.oss-cn-hangzhou.aliyuncs.com"))
    assert keys(compared(injected, made.page(9, head=head(place)), before)) == ["script"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("<script>top['location']='http://www.badsite.com/'</script>", "loader"),
        ('<script type="module">import "https://badsite.com/x.mjs"</script>', "loader"),
        ("<script>new WebSocket('wss://badsite.com/s')</script>", "loader"),
        ("""<img src=x onerror="location='http://badsite.com/'">""", "loader"),
        ('<iframe srcdoc="&lt;h1&gt;x&lt;/h1&gt;"></iframe>', "frame"),
    ],
)
def test_other_ways_of_loading_are_found_too(compared, made, body, key):
    assert keys(compared(injected, made.page(9, body=body))) == [key]


PICTURES = "".join(f'<img src="{{0}}/up/{at}.jpg">' for at in range(4))


@pytest.mark.parametrize(
    ("now", "key"),
    [
        ('<link rel="stylesheet" href="http://badsite.com/m.css">', "asset"),
        ('<link rel="icon" href="http://badsite.com/f.ico">', "asset"),
        ('<object data="http://badsite.com/a.swf"></object>', "asset"),
        ('<embed src="http://badsite.com/b.swf">', "asset"),
        ('<audio autoplay src="http://badsite.com/a.mp3"></audio>', "asset"),
        (PICTURES.format("http://img.badsite.com"), "banner"),
    ],
)
def test_what_else_strangers_place_on_a_page_is_asked_about(compared, made, now, key):
    outcome = compared(injected, made.page(9, body=now), made.page(body=PICTURES.format("")))
    assert (keys(outcome), outcome.status) == ([key], Status.MANUAL)


def test_new_pictures_of_the_sites_own_are_left_alone(compared, made):
    now = made.page(9, body=PICTURES.replace("/up/", "/new/").format(""))
    assert compared(injected, now, made.page(body=PICTURES.format(""))).status is Status.PASS


def test_a_stranger_s_picture_among_many_is_left_alone(compared, made):
    now = made.page(9, body=PICTURES.format("") + '<img src="http://www.partner.com/a.jpg">')
    assert compared(injected, now, made.page(body=PICTURES.format(""))).status is Status.PASS


def test_a_base_elsewhere_is_found(compared, made):
    assert "base" in keys(compared(injected, made.page(9, head='<base href="http://cdn.mirrored.net/">')))


def test_what_was_approved_is_no_stranger(compared, made):
    script = '<script src="http://cdn-webstat.com/a.js"></script>'
    outcome = compared(injected, made.page(9, head=script.replace("a.js", "b.js")), made.page(head=script))
    assert outcome.status is Status.PASS


def test_addresses_in_long_data_are_not_loaded(compared, made):
    data = ",".join(f'{{"title":"{at}","url":"https://news{at}.stranger{at}.com/a.jpg"}}' for at in range(60))
    script = f"<script>var list=[{data}];var s=document.createElement('div');</script>"
    assert compared(injected, made.page(9, body=script)).status is Status.PASS


def test_several_links_to_odd_names_at_once_are_asked_about(compared, made):
    links = "".join(f'<a href="http://www.{name}/">x</a>' for name in ("668bet.vip", "hg0088.cc", "ky-yule.top"))
    assert keys(compared(injected, made.page(9, body=links))) == ["links"]


def test_a_script_on_many_pages_is_one_finding(made):
    def pages(head):
        return [made.parsed(made.page(head=head), f"http://www.a.gov.example/{at}.html") for at in range(3)]

    now = pages('<script src="https://js.x1.xyz/a.js"></script>')
    outcome = judge(injected, made.visit(*now), made.approved(made.visit(*pages(""))), made.crawl(*now))
    assert [found.params["pages"].value for found in outcome.findings] == [3]


# redirects


def test_a_page_that_sends_visitors_on_to_a_stranger_is_found(compared, made):
    refresh = '<meta http-equiv="refresh" content="0;url=http://www.hg-casino.net/">'
    assert keys(compared(redirected, made.page(9, head=refresh))) == ["refresh"]


def test_a_redirect_to_a_stranger_is_asked_about(made):
    first = made.parsed(made.page())
    led = made.parsed(made.page(), "http://www.somecompany.com/", requested="http://www.a.gov.example/")
    outcome = judge(redirected, made.visit(led), made.approved(made.visit(first)), made.crawl(led))
    assert (keys(outcome), outcome.status) == (["landed"], Status.MANUAL)


def test_a_redirect_to_a_state_body_is_left_alone(made):
    first = made.parsed(made.page())
    led = made.parsed(made.page(), "https://www.edu.gov.cn/", requested="http://www.a.gov.example/")
    assert judge(redirected, made.visit(led), made.approved(made.visit(first)), made.crawl(led)).status is Status.PASS


def test_a_page_that_led_out_of_the_site_is_found_in_the_crawl(made):
    first = made.parsed(made.page())
    hop = Hop(first.url, 302, "http://www.hg-casino.net/")
    crawl = made.crawl(first)
    crawl = type(crawl)(crawl.home, (PageRecord(first.url, hop.to, 0, 302, hops=(hop,)),), (), 1, complete=True)
    assert keys(judge(redirected, made.visit(), made.approved(made.visit(first)), crawl)) == ["landed"]


# contents


@pytest.mark.parametrize(
    ("now", "key"),
    [
        ("<title>Notice</title>" + "<p>We stand for freedom and justice</p><p>people</p>" * 9, "replaced"),
        ("<title>示例县教育局</title><body></body>", "replaced"),
        (
            "<title>杭州某网络公司</title>" + "<p>设备研发</p><p>欢迎选购</p>" * 9 + "浙ICP备11223344号",
            "replaced",
        ),
    ],
)
def test_a_page_that_cant_be_recognised_is_found(compared, now, key):
    assert keys(compared(replaced, now)) == [key]


def test_a_page_for_a_day_in_place_of_the_home_page_is_only_asked_about(compared):
    splash = "<title>中考成绩查询</title><h1>中考成绩查询</h1><p>成绩查询入口</p><p>进入首页</p>"
    assert compared(replaced, splash).status is Status.MANUAL


def test_a_defacers_page_in_place_of_the_home_page_fails(compared):
    assert compared(replaced, "<title>Hacked by X</title><h1>Hacked by X</h1>").status is Status.FAIL


def test_text_in_place_of_all_text_is_found_though_the_title_stays(compared, made):
    page = made.page(9, menu=["同胞们觉醒"] * 8, news=["自由万岁"] * 6, foot="我们要真相")
    assert compared(replaced, page.replace("认真贯彻落实上级部署", "起来吧同胞")).status is Status.MANUAL


def test_a_page_whose_middle_is_gone_is_asked_about(compared, made):
    page = made.page(9, news=[])
    start, end = page.index('<div id="news">'), page.index('<div id="foot">')
    assert keys(compared(replaced, page[:start] + "<img src=/up/1.jpg>" + page[end:])) == ["hollow"]


@pytest.mark.parametrize(
    "decoy",
    ['<meta http-equiv="refresh" content="3600;url=/">', '<iframe src="/x.html"></iframe>'],
)
def test_no_decoy_ends_the_comparison_of_a_page_that_was_replaced(compared, decoy):
    outcome = compared(replaced, f"<title>x</title>{decoy}<h1>同胞们觉醒</h1>")
    assert (keys(outcome), outcome.status) == (["stub"], Status.MANUAL)


def article(text):
    return f"""<html><head><title>会议召开_示例县教育局</title><meta name="ArticleTitle" content="会议召开">
<meta name="PubDate" content="2026-01-03 10:00"></head><body><ul><li><a href="/">首页</a></li></ul><h1>会议召开</h1>
<p>发布时间：2026-01-03 10:00</p>{text}<p>主办：示例县教育局　京ICP备12345678号</p></body></html>"""


def beside(made, before, now):
    first, then = (made.parsed(html, "http://www.a.gov.example/art/1.html", depth=2) for html in (before, now))
    return judge(replaced, made.visit(then), made.approved(made.visit(first)), made.crawl(then))


TEXT = [f"<p>会议强调要认真做好第{at}项工作并落到实处。</p>" for at in "一二三四五六"]


def test_an_article_whose_text_is_another_is_asked_about(made):
    other = [f"<p>同胞们觉醒吧这是第{at}个真相我们要自由。</p>" for at in "一二三四五六"]
    assert keys(beside(made, article("".join(TEXT)), article("".join(other)))) == ["rewritten"]


def test_an_article_that_was_corrected_is_left_alone(made):
    corrected = [TEXT[0].replace("认真", "切实"), *TEXT[1:]]
    assert beside(made, article("".join(TEXT)), article("".join(corrected))).status is Status.PASS


def test_a_slogan_before_all_headlines_is_asked_about(compared, made):
    news = [
        f"起来吧同胞们我们要真相{name}" for name in ("甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑", "寅卯", "辰巳")
    ]
    assert keys(compared(replaced, made.page(9, news=news))) == ["refrain"]


def test_a_page_without_most_of_its_links_is_asked_about(compared, made):
    body = "".join(f"<p>同胞们觉醒{at}</p>" for at in "甲乙丙丁戊己庚辛壬癸")
    now = made.page(9, menu=["首页", "工作动态"], news=[], body=body)
    assert keys(compared(replaced, now)) == ["links"]


def test_a_page_that_jumps_for_mobiles_and_was_emptied_is_asked_about(compared, made):
    jump = '<script>if(/mobile/.test(navigator.userAgent))location.href="/m/index.html"</script>'
    empty = f"<title>示例县教育局</title>{jump}<body></body>"
    assert compared(replaced, empty, before=made.page(head=jump)).status is Status.MANUAL


def test_what_was_compared_is_noted(compared, made):
    notes = compared(replaced, made.page(9)).notes
    assert [(note.key, note.params["pages"].value) for note in notes] == [("compared", 1)]


@pytest.mark.parametrize("check", [title, replaced])
def test_in_an_announced_redesign_no_change_is_held_against_a_page(compared, check):
    redesign = Redesign(date(2026, 2, 1), date(2026, 2, 28))
    outcome = compared(check, f"<title>{SPAM}</title>" + "<p>换了一批内容</p><p>改了版式</p>" * 9, redesigns=[redesign])
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.ANNOUNCED)


def test_a_strange_script_is_asked_about_in_a_redesign_too(compared, made):
    redesign = Redesign(date(2026, 2, 1), date(2026, 2, 28))
    page = made.page(9, head='<script src="https://js.x1.xyz/a.js"></script>')
    assert compared(injected, page, redesigns=[redesign]).status is Status.MANUAL


def test_articles_that_a_crawl_cut_short_did_not_come_to_are_missed(made):
    home = made.parsed(made.page())
    articles = [made.parsed(made.page(), f"http://www.a.gov.example/art/{at}.html", depth=2) for at in range(30)]
    baseline = made.approved(made.visit(home, *articles))
    outcome = judge(replaced, made.visit(home, *articles[:8]), baseline, made.crawl(home, complete=False))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.LOW_COVERAGE)
    assert (outcome.coverage.seen, outcome.coverage.known) == (9, 31)


def test_articles_that_left_the_lists_are_not_missed(made):
    home, article = made.parsed(made.page()), made.parsed(made.page(), "http://www.a.gov.example/art/1.html", depth=2)
    baseline = made.approved(made.visit(home, article))
    assert judge(replaced, made.visit(home), baseline, made.crawl(home)).status is Status.PASS


def test_a_page_that_moved_to_https_is_compared_with_its_approved_state(made):
    first, now = made.parsed(made.page()), made.parsed(made.page(9), "https://www.a.gov.example/")
    outcome = judge(replaced, made.visit(now), made.approved(made.visit(first)), made.crawl(now))
    assert (outcome.status, outcome.coverage.seen, outcome.coverage.known) == (Status.PASS, 1, 1)
    assert "moved" in [note.key for note in outcome.notes]


def test_most_approved_pages_must_be_seen(made):
    pages = [made.parsed(made.page(), f"http://www.a.gov.example/{at}.html", depth=1) for at in range(9)]
    home = made.parsed(made.page())
    baseline = made.approved(made.visit(home, *pages))
    outcome = judge(replaced, made.visit(home), baseline, made.crawl(home, complete=False))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.LOW_COVERAGE)


def test_an_approved_article_that_failed_is_missed(made):
    home, article = made.parsed(made.page()), made.parsed(made.page(), "http://www.a.gov.example/art/1.html", depth=2)
    baseline = made.approved(made.visit(home, article))
    crawl = made.crawl(home)
    failed = PageRecord(article.url, article.url, 2, 500)
    crawl = type(crawl)(crawl.home, (*crawl.pages, failed), (), 2, complete=True)
    coverage = judge(replaced, made.visit(home), baseline, crawl).coverage
    assert (coverage.seen, coverage.known) == (1, 2)


RULES = (
    "坚持以人民为中心的发展思想，突出精准治污，科学治污，依法治污，全面加强扬尘污染防治。",
    "建筑工地落实六个百分之百，道路机械化清扫率达到百分之九十五以上，堆场全部落实覆盖抑尘措施。",
    "各级各部门要加强组织领导，压实工作责任，强化督导考核，确保各项任务落地见效。",
)


def test_an_article_that_lost_half_sentences_is_left_alone(made):
    corrected = [one.rpartition("，")[0] + "。" for one in RULES]
    before, now = (article("".join(f"<p>{one}</p>" for one in text)) for text in (RULES, corrected))
    assert beside(made, before, now).status is Status.PASS
