"""Names of columns and their kinds; addresses of columns and their pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.freshness.kinds import KINDS
from xuncha_plugins.freshness.urls import column_key, folder, hosts, mark


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("工作动态", "news"), ("区县动态", "news"), ("【图片新闻】", "news"), (" 通知 公告 ", "notice"),
        ("公示公告", "notice"),
        ("政策文件", "policy"), ("行政规范性文件", "policy"), ("政策解读", "interpretation"), ("人事任免", "personnel"),
        ("规划计划", "plan"), ("领导之窗", "leaders"), ("机构职能", "organs"), ("财政预决算", "finance"),
        ("统计数据", "statistics"), ("政府信息公开指南", "catalogue"), ("政府信息公开年度报告", "report"),
        ("局长信箱", "interaction"), ("专题专栏", "topic"),
        ("新闻发布会", ""), ("招标公告", ""), ("行业动态", ""), ("国务院政策文件", ""), ("十四五规划计划专题", "topic"),
        ("示例", ""), ("", ""), ("关于做好某项工作的通知公告及有关政策文件的说明和其他很长很长的名称", ""),
    ],
)  # fmt: skip
def test_a_name_tells_the_kind(name, kind):
    assert KINDS.of_name(name) == kind


@pytest.mark.parametrize(
    "name",
    [
        "党史学习教育工作动态", "疫情防控工作动态", "主题教育工作动态", "脱贫攻坚工作动态", "创城工作动态",
        "扫黑除恶工作动态", "行业要闻", "国内要闻", "省级要闻", "上级要闻", "上级通知公告", "疫情防控通知公告",
    ],
)  # fmt: skip
def test_closed_topics_and_the_news_of_others_have_no_deadline(name):
    assert KINDS.of_name(name) == ""


@pytest.mark.parametrize(("declared", "kind"), [("news", "news"), ("6", "notice"), ("动态要闻", "news"), ("随便", "")])
def test_the_inventory_may_give_an_id_a_code_or_a_name(declared, kind):
    assert KINDS.of_inventory(declared) == kind


@pytest.mark.parametrize(
    "name",
    [
        "历史归档", "2021年", "2019年度", "往期回顾", "工作动态（2019）", "通知公告（旧）", "2020年通知公告",
        "历年政府文件", "工作动态 [原]", "2026年工作动态",
    ],
)  # fmt: skip
def test_archives_are_past(name):
    assert KINDS.is_past(name)


@pytest.mark.parametrize("name", ["工作动态", "历下区动态", "旧县街道动态", "电话12345动态"])
def test_other_names_are_not_past(name):
    assert not KINDS.is_past(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.gov.cn/xw/index.html", "https://a.gov.cn/xw/"),
        ("http://a.gov.cn/xw/index_3.html", "http://a.gov.cn/xw"),
        ("http://a.gov.cn/col/col12/index.html?uid=8&pageNum=3", "http://a.gov.cn/col/col12/index.html"),
        ("http://a.gov.cn/list.asp?classid=5&page=2", "http://a.gov.cn/list.asp?classid=5"),
        ("http://a.gov.cn/c1/list_2.shtml", "http://a.gov.cn/c1/list.shtml"),
        ("http://a.gov.cn/zwgk/tzgg_2.html", "http://a.gov.cn/zwgk/tzgg.html"),
        ("http://a.gov.cn/xw/;jsessionid=AB12", "http://a.gov.cn/xw/"),
    ],
)
def test_pages_of_one_column_have_one_key(one, other):
    assert column_key(one) == column_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/list.asp?classid=5", "http://a.gov.cn/list.asp?classid=6"),
        ("http://a.gov.cn/list.asp?classid=5", "http://a.gov.cn/show.asp?classid=5"),
        ("http://a.gov.cn/gkmlpt/index#475", "http://a.gov.cn/gkmlpt/index#476"),
        ("http://a.gov.cn/content_12.html", "http://a.gov.cn/content_13.html"),
        ("http://a.gov.cn/xw/", "http://b.gov.cn/xw/"),
    ],
)
def test_different_columns_have_different_keys(one, other):
    assert column_key(one) != column_key(other)


@given(st.text(max_size=80))
def test_any_text_has_a_key_and_a_mark(text):
    assert isinstance(column_key(text) + folder(column_key(text)), str)
    assert len(hosts([text])) == bool(text)
    assert mark(text) >= 0


OF_A_BUREAU = pytest.mark.parametrize(
    ("name", "doubtful"),
    [
        ("工作动态", False), ("通知公告栏", False), ("本局要闻", False), ("示例税务工作动态", False),
        ("街道动态信息", False), ("行政规范性文件", False), ("青岛要闻", True), ("山东要闻", True),
        ("市政府文件", True), ("规划公告公示", True), ("水利普法工作动态", True), ("招聘快讯", True),
    ],
)  # fmt: skip


@OF_A_BUREAU
def test_another_word_beside_that_of_the_kind_makes_a_name_doubtful(name, doubtful):
    assert KINDS.is_doubtful(name, "青岛市示例税务局", portal=False) == doubtful


@pytest.mark.parametrize("name", ["青岛要闻", "市政府文件"])
def test_the_portal_of_a_place_publishes_its_news(name):
    assert not KINDS.is_doubtful(name, "青岛市人民政府", portal=True)


@pytest.mark.parametrize(
    "name",
    [
        "市局要闻", "市级要闻", "媒体要闻", "部门信息", "两会要闻", "抗震救灾要闻", "机构改革工作动态",
        "亚运会新闻动态", "政策文件汇编", "省政府文件", "省市政策文件", "防疫政策文件", "招投标公告公示",
        "环评公示公告", "党内法规政策文件",
    ],
)  # fmt: skip
def test_reposts_and_topics_have_no_deadline(name):
    assert KINDS.of_name(name) == ""


@pytest.mark.parametrize("name", ["工作快讯", "示例快讯", "政务要情"])
def test_news_in_brief_are_news(name):
    assert KINDS.of_name(name) == "news"
