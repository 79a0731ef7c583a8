"""What is sold besides betting: wallets, ways around the wall, loans, exams, invoices, escorts. In pairs and hidden."""

import pytest

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.page_checks import injected, title_spam

TAB = '<div class="tab" style="display:none">{}</div>'
AWAY = '<div style="position:absolute;left:-9999px">{}</div>'
SOLD = {
    "wallets": ("imToken钱包", "TP钱包下载"),
    "a wallet and a messenger": ("imtoken", "telegram"),
    "messengers": ("telegram中文版下载", "纸飞机官网下载"),
    "exchanges": ("欧易", "币安"),
    "around the wall": ("科学上网", "翻墙软件"),
    "ladders": ("梯子", "翻墙"),
    "nodes": ("v2ray机场", "clash节点"),
    "loans": ("空放贷款", "私人借款"),
    "loans without questions": ("黑户下款", "网贷口子"),
    "exams": ("四六级答案", "考试作弊器材"),
    "stand-ins": ("代考", "替考"),
    "invoices": ("代开发票", "代开专票"),
    "escorts": ("北京外围模特", "上海高端伴游"),
    "escorts, in short": ("外围", "伴游"),
    "brands that nobody knows": ("兴盛体育app下载", "星辉娱乐安卓版"),
    "streams": ("NBA直播免费观看", "英超直播"),
    "betting and a wallet": ("皇冠体育", "imtoken"),
}


def links(texts, to="http://www.jsd-{}.example.com/"):
    return "".join(f'<a href="{to.format(chr(97 + at))}">{text}</a>' for at, text in enumerate(texts))


@pytest.mark.parametrize("sold", SOLD)
@pytest.mark.parametrize("markup", [TAB, AWAY])
def test_a_pair_that_is_hidden_fails(page, plants, no_sheets, sold, markup):
    assert judge(hidden, plants(page(markup.format(links(SOLD[sold])))), no_sheets).status is Status.FAIL


@pytest.mark.parametrize("sold", SOLD.keys() - {"messengers"})
def test_a_pair_that_can_be_seen_is_left_alone(page, plants, no_sheets, sold):
    assert judge(hidden, plants(page(f"<p>{links(SOLD[sold])}</p>")), no_sheets).status is Status.PASS


def test_a_pair_that_plainly_solicits_is_asked_about_where_it_can_be_seen(page, plants, no_sheets):
    seen = plants(page(f"<p>{links(SOLD['messengers'])}</p>"))
    assert [found.key for found in judge(hidden, seen, no_sheets).findings] == ["cluster"]


@pytest.mark.parametrize("name", ["治疗白癜风", "网站优化", "电影天堂", "减肥药", "搬家公司"])
def test_trades_of_which_there_are_honest_ones_are_asked_about_where_no_tab_keeps_them(page, plants, no_sheets, name):
    pair = links((name, "牛皮癣"))
    assert judge(hidden, plants(page(TAB.format(pair))), no_sheets).status is Status.PASS
    assert judge(hidden, plants(page(AWAY.format(pair))), no_sheets).status is Status.MANUAL


@pytest.mark.parametrize("word", ["telegram", "whatsapp", "梯子", "翻墙", "替考", "外围", "币安", "clash", "纸飞机"])
def test_one_such_word_alone_is_nothing(page, plants, no_sheets, word):
    assert judge(hidden, plants(page(TAB.format(links((word,))))), no_sheets).status is Status.PASS


ORDINARY = {
    "sharing": ("Facebook", "Twitter", "Telegram", "LINE"),
    "fraud": ("警惕虚拟货币钱包骗局", "谨防“imToken”假钱包诈骗", "反诈：别在Telegram上刷单"),
    "fraud, told": ("男子下载“欧易”App被骗30万", "“USDT跑分”团伙落网", "“币安”搬砖被骗案开庭"),
    "money": ("人民币安全知识", "货币安全与反假", "数字人民币钱包开通指南", "硬币安全线识别"),
    "young people": ("引导青少年科学上网", "文明上网 健康上网", "网络安全宣传周"),
    "the wall": ("使用“翻墙软件”违法", "公安机关查处翻墙软件案件", "翻墙入室盗窃案告破"),
    "work from afar": ("VPN客户端下载", "政务外网VPN使用手册", "远程办公接入指南"),
    "loans of banks": ("创业担保贷款", "小额信用贷款", "助学贷款", "公积金贷款"),
    "loans, warned of": ("警惕“征信修复”骗局", "远离网贷口子", "关于防范“无视征信贷款”的风险提示"),
    "exams": ("四六级考试报名", "高考答案网上阅卷公告", "考研成绩查询", "普通话考试"),
    "exams, policed": ("严打考试作弊器材", "替考入刑：法院宣判替考案", "出售考试答案获刑"),
    "invoices of the tax office": ("代开发票", "发票代开流程", "代开增值税发票须知"),
    "invoices, fought": ("打击虚开代开专票", "曝光三起代开普票违法案件"),
    "surroundings": ("外围墙改造工程", "校外围栏维修", "场馆外围环境整治", "外围防护网招标"),
    "models": ("国际车展模特大赛", "商务服务", "伴游服务规范", "导游伴游证办理"),
    "tea": ("品茶论坛", "新茶上市", "茶博会喝茶资讯"),
    "ladders": ("电梯子系统验收", "云梯子弟小学", "消防云梯", "梯子"),
    "kites": ("纸飞机比赛", "青少年航模赛", "纸飞机"),
    "papers": ("作弊器", "普法：非法生产作弊器材罪"),
    "software": ("Clash Royale青少年赛", "蓝灯照明", "快连宽带报装"),
    "students": ("女学生妹妹获奖", "大学生兼职招聘会"),
    "shops": ("火币展览", "币安全", "欧易生物"),
    "helpers": ("高考助考志愿服务", "爱心助考公交", "助考"),
    "makers of sportswear": ("安踏体育官网", "特步体育官方网站", "李宁体育app"),
    "a city's sports": ("示例市全民健身app", "智慧体育app下载", "示例体育中心app"),
    "matches": ("足球直播间启用", "校园足球直播", "NBA中国赛新闻"),
    "shoes": ("莆田鞋产业园", "莆田鞋博会"),
    "runs": ("跑分体测", "健康跑", "马拉松"),
}


@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("markup", [TAB, "<ul>{}</ul>"])
def test_what_ordinary_pages_link_to_is_no_alarm(page, plants, no_sheets, name, markup):
    assert judge(hidden, plants(page(markup.format(links(ORDINARY[name])))), no_sheets).status is Status.PASS


@pytest.mark.parametrize("title", [title for titles in ORDINARY.values() for title in titles])
def test_as_a_title_it_is_no_alarm(page, plants, title):
    url = "http://www.a.gov.example/art/2024/3/1/1.html"
    seen = plants(page(f"<h2>{title}</h2><p>{title}</p>", title=f"{title}-示例区教育局", url=url))
    assert {judge(check, seen).status for check in (title_spam, scripted, injected)} == {Status.PASS}
