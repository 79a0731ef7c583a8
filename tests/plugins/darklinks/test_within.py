"""Words hidden within a link are found by themselves; what honest links hide within theirs is not held against them."""

import pytest

from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.darklinks.boxes import SHOWN
from xuncha_plugins.darklinks.facts import Laid, LaidOut, LaidPage, Sheet, Sheets
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.styles import read_sheet

HOST = "http://www.jsd-trade.example.com/"
SELLS = "澳门百家乐开户"


def link(inner, to=HOST):
    return f'<a href="{to}">{inner}</a>'


def told(plants, sheets, *pages):
    outcome = judge(hidden, plants(*pages), sheets)
    return outcome.status, [found.key for found in outcome.findings]


@pytest.mark.parametrize(
    ("inner", "trick"),
    [
        (f'<span style="display:none">{SELLS}</span>普通文字', "display"),
        (f'示例区教育局<b style="font-size:0">{SELLS}</b>', "tiny"),
        (f'<i style="position:absolute;left:-9999px">{SELLS}</i>政务公开', "offscreen"),
        (f"<em><span hidden>{SELLS}</span></em>关于做好2024年春季学校食品安全工作的通知", "display"),
        (f'<font color="#ffffff">{SELLS}</font>', "colour"),
        (f'<span style="display:inline-block;width:0;overflow:hidden">{SELLS}</span>更多', "tiny"),
        (f'<span class="k">{SELLS}</span>更多', "transparent"),
        (f'<img src="/a.png"><span style="text-indent:-9999px">{SELLS}</span>', "offscreen"),
    ],
)
def test_words_hidden_within_a_link_fail(page, plants, no_sheets, inner, trick):
    markup = f'<style>.k{{opacity:0}}</style><div style="background:#fff">{link(inner)}</div>'
    assert told(plants, no_sheets, page(markup)) == (Status.FAIL, [trick])


def test_a_linked_sheet_hides_them_too(page, plants):
    seen = page(link(f"<i class=k>{SELLS}</i>示例区人民政府"), head='<link rel="stylesheet" href="/s.css">')
    sheet = Sheet("http://www.a.gov.example/s.css", read_sheet("a .k{display:none}").rules)
    assert told(plants, Sheets((sheet,)), seen) == (Status.FAIL, ["display"])


def test_several_links_of_the_site_itself_with_such_words_fail(page, plants, no_sheets):
    hide = '<b style="font-size:0">{}</b>'
    markup = link(f"首页{hide.format(SELLS)}", "/index.html") + link(f"要闻{hide.format('皇冠体育投注')}", "/news/")
    assert told(plants, no_sheets, page(markup)) == (Status.FAIL, ["familiar"])


def test_a_script_that_hides_them_is_a_hint(page, plants):
    hides = '<script>document.getElementById("k").style.display="none"</script>'
    seen = plants(page(link(f'<i id="k">{SELLS}</i>政务公开') + hides))
    assert [found.key for found in judge(scripted, seen).findings] == ["hides"]


def test_a_browser_that_shows_the_link_does_not_show_what_is_hidden_within(page, plants, no_sheets):
    seen = plants(page(link(f'<span style="display:none">{SELLS}</span>普通文字')))
    looks = tuple(Laid(one.target, one.text, one.line, SHOWN) for one in seen.groups[0].links if not one.within)
    laid = LaidOut((LaidPage("http://www.a.gov.example/", links=looks),))
    assert judge(hidden, seen, no_sheets, laid).status is Status.FAIL


def test_a_link_that_is_hidden_as_a_whole_is_counted_once(page, plants, no_sheets):
    outcome = judge(hidden, plants(page(f"<div hidden>{link(f'<b>{SELLS}</b>')}</div>")), no_sheets)
    assert [found.params["links"].value for found in outcome.findings] == [1]


ORDINARY = {
    "highlighted in a search": "揭秘<em>百家乐</em>骗局",
    "highlighted, in colour": '公安机关捣毁“<b style="color:red">六合彩</b>”赌博团伙',
    "for readers of screens": '<span class="sr-only">（在新窗口打开）</span>示例日报',
    "long and short titles": '<span class="hidden">示例区体育局关于举办足球联赛的通知</span><span>足球联赛通知</span>',
    "a tooltip": '<span style="display:none">民警提醒：远离“时时彩”，谨防网络赌博诈骗</span>反诈课堂',
    "a date set aside": '<i style="display:none">2024-03-01</i>彩票公益金使用情况公告',
    "a logo in place of words": '<span style="text-indent:-9999px;background:url(/l.png)">示例科技</span>',
    "a picture's words": '<img src="/p.png" alt="体彩"><span style="display:none">中国体育彩票</span>',
    "an icon font": '<i class="icon" style="font-size:0">下载</i>客户端',
    "the second line of a menu": '<span style="opacity:0">澳门威尼斯人</span>旅游线路',
    "a hotel": '<span style="display:none">葡京</span>酒店预订',
    "a hospital": '<span style="display:none">男科医院</span>医疗机构',
    "a case": '<span style="display:none">男子开设“百家乐”赌局获刑</span>以案说法',
    "an announcement": '<span style="display:none">关于停售11选5游戏的公告</span>公告',
    "a warning of drugs": '<span style="display:none">警惕“听话水”“乖乖水”</span>禁毒宣传',
    "a health text": '<span style="display:none">打击非法代孕专项行动</span>卫生健康',
    "of invoices": '<span style="display:none">严厉打击代开发票违法行为</span>税务',
    "of papers": '<span style="display:none">教育部：抵制代写论文</span>教育',
    "of vpn": '<span style="display:none">公安机关查处“翻墙软件”案件</span>网络安全',
    "a kindergarten": '<span style="display:none">牛牛幼儿园</span>学校',
    "a garden": '<span style="display:none">百家乐园社区</span>社区',
    "hover text": '<span style="visibility:hidden">点击查看详情</span>专题专栏',
    "a counter": '<span style="display:none">浏览次数：365</span>阅读',
}


@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("markup", ["<ul><li>{}</li></ul>", '<div class="tab" style="display:none">{}</div>'])
def test_what_honest_links_hold_is_no_alarm(page, plants, no_sheets, name, markup):
    seen = page("<style>.hidden{display:none}</style>" + markup.format(link(ORDINARY[name])))
    assert told(plants, no_sheets, seen) == (Status.PASS, [])


def test_all_of_them_on_one_page_are_no_alarm(page, plants, no_sheets):
    assert told(plants, no_sheets, page("".join(map(link, ORDINARY.values())))) == (Status.PASS, [])
