"""Links built on a stem: nobody lists all casinos, and nobody honest hides one. Ordinary pages hide other things."""

import pytest

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.darklinks.link_checks import hidden
from xuncha_plugins.darklinks.stems import stem

STRANGERS = ("www.wwmmaa.com", "www.hhllyy.com", "www.jxbcc.com", "www.lmtyy.net", "www.sdkkx.com")
AWAY = '<div style="position:absolute;left:-9999px">{}</div>'
SIZELESS = '<div style="height:0;width:0;overflow:hidden">{}</div>'
UNREADABLE = '<div style="font-size:0">{}</div>'
ALIKE = '<div style="background:#fff;color:#fff">{}</div>'
TAB = '<div class="tab" style="display:none">{}</div>'
MENU = '<li class="nav"><ul style="visibility:hidden">{}</ul></li>'
DRAWER = '<div style="height:0;overflow:hidden">{}</div>'


def links(*texts):
    return "".join(f'<a href="http://{host}/">{text}</a>' for host, text in zip(STRANGERS, texts, strict=False))


def status(seen, no_sheets):
    return judge(hidden, seen, no_sheets).status


VICES = [
    ("澳门威尼斯人赌场", "真钱麻将", "网上赌博"),
    ("dnf私服", "热血江湖私服"),
    ("色情网", "一夜情"),
    ("黑客接单", "盗号"),
    ("世界杯投注网站", "足彩外围"),
]


@pytest.mark.parametrize("sold", VICES)
@pytest.mark.parametrize("trick", [AWAY, SIZELESS, UNREADABLE])
def test_several_of_vice_fail_where_no_tab_keeps_them(page, plants, no_sheets, sold, trick):
    assert status(plants(page(trick.format(links(*sold)))), no_sheets) is Status.FAIL


@pytest.mark.parametrize("sold", VICES)
@pytest.mark.parametrize("trick", [TAB, MENU, DRAWER])
def test_they_are_a_question_where_tabs_are_kept(page, plants, no_sheets, sold, trick):
    assert status(plants(page(trick.format(links(*sold)))), no_sheets) is Status.MANUAL


@pytest.mark.parametrize("text", ["澳门威尼斯人赌场", "dnf私服", "热血江湖私服", "真钱麻将", "上门服务 全国空降"])
@pytest.mark.parametrize("trick", [AWAY, SIZELESS, TAB])
def test_one_of_vice_is_a_question(page, plants, no_sheets, text, trick):
    assert status(plants(page(trick.format(links(text)))), no_sheets) is Status.MANUAL


@pytest.mark.parametrize(
    "text", ["办证", "刻章", "开发票", "刷单", "代考", "高利贷", "套现", "伟哥", "仿真枪", "论文代写", "武汉搬家公司"]
)
def test_a_trade_is_a_question_off_the_screen_and_nothing_in_a_tab(page, plants, no_sheets, text):
    assert status(plants(page(AWAY.format(links(text)))), no_sheets) is Status.MANUAL
    assert status(plants(page(TAB.format(links(text)))), no_sheets) is Status.PASS


@pytest.mark.parametrize("sold", VICES)
def test_what_can_be_seen_is_left_alone(page, plants, no_sheets, sold):
    assert status(plants(page(f"<p>{links(*sold)}</p>")), no_sheets) is Status.PASS


def test_five_strangers_off_the_screen_are_a_question_whatever_they_say(page, plants, no_sheets):
    names = "翻译公司", "女装", "钢管厂", "记账", "墙板"
    assert status(plants(page(AWAY.format(links(*names)))), no_sheets) is Status.MANUAL
    assert status(plants(page(AWAY.format(links(*names[:4])))), no_sheets) is Status.PASS
    assert status(plants(page(TAB.format(links(*names)))), no_sheets) is Status.PASS


def test_five_strangers_are_counted_beside_a_link_that_says_more_and_can_be_seen(page, plants, no_sheets):
    away = AWAY.format(links("翻译公司", "女装", "钢管厂", "记账", "墙板"))
    seen = plants(page(f'<a href="http://www.sjz.example.com/">XX搬家</a>{away}'))
    assert status(seen, no_sheets) is Status.MANUAL


SITES_OF_THE_STATE = ("http://www.yueyang.gov.cn/", "http://www.pku.edu.cn/", "http://www.people.com.cn/")


@pytest.mark.parametrize("url", SITES_OF_THE_STATE)
def test_what_leads_to_offices_and_known_portals_is_left_alone(page, plants, no_sheets, url):
    markup = AWAY.format(f'<a href="{url}">网上赌博</a><a href="{url}1">私服</a>')
    assert status(plants(page(markup)), no_sheets) is Status.PASS


ORDINARY = {
    "police, gambling": ("反赌宣传", "严禁网络赌博", "打击跨境赌博", "赌博的危害"),
    "police, reports": ("举报网络赌博", "网上赌博案例", "赌场覆灭记：十二人获刑", "开设赌场罪"),
    "police, fraud": ("刷单诈骗", "谨防刷单", "什么是刷单返利", "网贷陷阱"),
    "police, guns": ("严禁非法持有枪支", "枪支管理办法", "仿真枪认定标准", "上交枪支弹药"),
    "police, seals": ("公章刻制业备案", "刻章备案流程", "公章刻制许可", "印章管理"),
    "police, permits": ("出入境办证大厅", "办证须知", "居住证办证流程", "办证指南"),
    "police, theft of accounts": ("防盗号知识", "谨防盗号", "识别盗号木马"),
    "cyber police": ("打击黑客犯罪", "净网行动", "网络安全课堂"),
    "lottery": ("中国体彩网", "福彩双色球", "体育彩票投注站", "竞彩足球"),
    "lottery shops": ("彩票站查询", "投注站招募", "体彩网点"),
    "drugs": ("查处假药", "假伟哥曝光", "壮阳药非法添加通告", "减肥药抽检不合格"),
    "drugs, fought": ("警惕迷药犯罪", "认识听话水的危害", "禁毒宣传"),
    "health": ("戒除网瘾", "赌博成瘾门诊", "病理性赌博防治", "心理援助"),
    "health, pregnancy": ("打击代孕", "科学助孕", "孕前检查"),
    "invoices": ("打击虚开发票", "代开发票流程", "开票须知", "电子发票开具指南"),
    "invoices, fought": ("虚假发票案件曝光", "查处假发票", "发票真伪识别"),
    "banks": ("信用卡套现的危害", "远离高利贷", "人民币防假知识", "假币收缴鉴定"),
    "exams": ("替考入刑", "四六级答案泄露辟谣通报", "严禁代考", "考试作弊处罚"),
    "papers": ("论文代写治理", "学术不端通报", "毕业证书查询"),
    "copyright": ("打击私服外挂", "外挂入刑", "私服侵权案"),
    "minors": ("防沉迷", "拒绝色情", "扫黄打非", "护苗行动"),
    "journalism": ("赌徒的忏悔", "他因赌博入狱", "一场赌局毁了一家"),
    "friends": ("衡阳新闻网", "云溪农商行", "智慧县城", "县人民医院"),
    "enterprises": ("示例集团", "远大机械", "宏达建材", "绿源农业"),
    "culture": ("牛牛幼儿园", "飞艇展览馆", "传奇人物", "麻将文化博物馆"),
    "sports": ("气枪射击锦标赛", "弓弩运动协会", "龙舟赛", "赛车运动会"),
    "games of words": ("赌气", "打赌", "弓弩遗址"),
    "purchases": ("气枪采购公告", "搬家服务招标", "租车采购"),
    "convenience": ("搬家公司", "开锁公司", "管道疏通", "机票查询"),
    "doctors": ("男科门诊", "白癜风义诊", "癫痫协会", "人流服务"),
    "skip links": ("跳到正文", "返回首页", "无障碍"),
    "seo": ("网站地图", "站群管理平台", "集约化平台", "网站优化改版"),
}


@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("trick", [TAB, MENU, DRAWER, "<ul>{}</ul>"])
def test_what_ordinary_pages_keep_in_tabs_and_menus_is_no_alarm(page, plants, no_sheets, name, trick):
    assert status(plants(page(trick.format(links(*ORDINARY[name])))), no_sheets) is Status.PASS


FOUGHT = [name for name in ORDINARY if name.startswith(("police", "drugs", "banks", "exams", "copyright", "minors"))]


@pytest.mark.parametrize("name", FOUGHT)
def test_what_those_say_who_fight_it_is_no_alarm_off_the_screen_neither(page, plants, no_sheets, name):
    assert status(plants(page(AWAY.format(links(*ORDINARY[name])))), no_sheets) is Status.PASS


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="overflow:hidden"><div style="position:relative;left:-1280px">{}</div></div>',
        '<ul style="position:absolute;left:-2000px;width:6000px">{}</ul>',
        '<div class="m" style="position:fixed;left:-280px;width:280px">{}</div>',
        '<select style="display:none">{}</select>',
        "<style>.s{{display:none}}li:hover .s{{display:block}}</style><li><ul class=s>{}</ul></li>",
        '<div aria-hidden="true" hidden>{}</div>',
        "<details><summary>友情链接</summary>{}</details>",
        '<div style="max-height:0;overflow:hidden">{}</div>',
        '<div style="width:0;overflow:hidden">{}</div>',
        "<style>.g a{{text-indent:-9999px;background:url(/l.png)}}</style><div class=g>{}</div>",
    ],
)
def test_five_friends_in_carousels_drawers_menus_and_logos_are_no_alarm(page, plants, no_sheets, markup):
    friends = links("云溪农商行", "智慧县城", "县融媒体中心", "人才网", "旅游网")
    assert status(plants(page(markup.format(friends))), no_sheets) is Status.PASS


def test_offices_of_lotteries_may_hide_their_games(page, plants, no_sheets):
    games = AWAY.format(links("彩票平台", "开奖"))
    assert status(plants(page(games, title="示例省体育彩票管理中心")), no_sheets) is Status.PASS


@pytest.mark.parametrize("text", ["揭秘“赌场”", "老虎机场高速", "一个非常长的标题里面提到了赌场这个词", "Casinos"])
def test_what_is_quoted_told_or_meant_otherwise_is_no_stem(text):
    assert stem(text) is None
