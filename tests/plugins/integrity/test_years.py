"""Three years of an ordinary website that is changed several times a year and never approved anew."""

from datetime import timedelta

import pytest

from xuncha.testing import judge
from xuncha.testing.judging import earlier
from xuncha_plugins.integrity.checks import injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title

WEEKS = 156
CHANGES = {
    8: {"title": "示例县教育局（适老版）"},
    17: {"slogan": "<h1>全民国家安全教育日</h1>"},
    25: {"icp": "京ICP备20260001号"},
    34: {"slogan": "<marquee>坚决打赢蓝天保卫战</marquee>"},
    46: {"banner": '<img src="https://www.12371.cn/zt.jpg">'},
    60: {"friends": '<a href="http://www.friend.com/">友情单位</a>'},
    71: {"script": '<script src="//hm.baidu.com/h.js"></script>'},
    85: {"sponsor": "主办单位：示例县教育局　承办：示例县信息中心"},
    97: {"slogan": "<h1>咕咚咕咚咕咚</h1>"},
    110: {"banner": '<img src="/pic/new.jpg">'},
    121: {"icp": "蜀ICP备20270001号"},
    133: {"title": "北京市示例县教育局 - 魅力示例"},
    146: {"slogan": "<h1>根治欠薪 举报电话12333</h1>"},
}
ASKED = {97, 121}
"""Words without any sense, and a number of another province."""


@pytest.fixture(scope="module")
def years(made):
    """The weeks in which people were asked."""
    state = {"title": "示例县教育局", "icp": "京ICP备12345678号", "sponsor": "主办：示例县教育局"}
    baseline, past, asked = None, None, set()
    for week in range(WEEKS):
        state |= CHANGES.get(week, {})
        page = made.parsed(drawn(made, week, **state))
        now = made.visit(page, day=7 * week, past=past)
        baseline = baseline or made.approved(now)
        outcomes = [judge(check, now, baseline, made.crawl(page), crawl=made.crawl(page)) for check in CHECKS]
        if any(one.findings for one in outcomes):
            asked.add(week)
        past = earlier((now.pages[0].taken + timedelta(hours=1), now))
    return asked


CHECKS = (injected, redirected, title, replaced)


def drawn(made, week, *, title, icp, sponsor, banner='<img src="/pic/old.jpg">', slogan="", friends="", script=""):
    foot = f"{sponsor}　{icp}　网站标识码：1101000001"
    return made.page(week, title=title, head=script, body=banner + slogan + friends, foot=foot)


def test_people_are_asked_once_about_each_change_that_means_something(years):
    assert years == ASKED
