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


NAMES = {
    "news": """
        新闻中心 新闻资讯 新闻频道 新闻速递 新闻报道 新闻之窗 新闻动态中心 本地新闻 政务新闻 镇内新闻
        区内新闻 县内要闻 街道新闻 单位新闻 学校新闻 校园新闻 公司新闻 综合新闻 最新新闻 教育新闻
        卫生新闻 水利新闻 气象新闻 林业新闻 安和新闻 临河新闻 白溪新闻 残联动态 教育动态 医保动态
        人社动态 住建动态 交通动态 卫健动态 民政动态 司法动态 审计动态 应急动态 农业动态 林业动态
        工信动态 统战动态 妇联动态 团委动态 工会动态 文旅动态 警务动态 城管动态 市场监管动态
        退役军人动态 党建动态 经济动态 政府动态 局属动态 科室动态 校园动态 园区动态 社区动态 村居动态
        乡镇动态 县局动态 最新动态 信息动态 动态信息 本县动态 全市动态 安和动态 工作动态 安和要闻
        区内要闻 住建要闻 水利要闻 卫生要闻 安和快讯 部门快讯 工作快讯 教育资讯 政务资讯 最新资讯
        工作简讯 教育简讯 综合短讯
    """,
    "notice": """
        最新公告 重要公告 公告信息 公告栏 公告通知 公告公示 政务公告 政府公告 教育公告 部门公告
        街道公告 本局公告 通告公告 安和公告 最新通知 重要通知 部门通知 紧急通知 办公室通知 通知公示
        公示栏 公示信息 公示通告 公示公告信息 教育公示 村务公示 政府通告 交通通告 通知信息 通知通告栏
    """,
    "": """
        新闻发布 新闻发布会 动态监测系统 视频新闻 影像新闻 电视新闻 国内新闻 国际新闻 中央要闻
        省内新闻 部委动态 上级动态 行业动态 媒体新闻 舆情动态 价格动态 市场动态 行情动态 水情动态
        疫情动态 政策动态 法规动态 学术动态 理论动态 旅游资讯 就业资讯 招聘资讯 健康资讯 两会新闻
        主题教育动态 历史公告 公告栏归档 招标公告 中标公示 采购公告 拍卖公告 征地公告 土地出让公告
        行政许可公示 行政处罚公示 双公示 信用信息公示 环评公示 招聘公告 招考公告 录用公示 任前公示
        干部公示 停水通知 送达公告 开庭公告 遗失公告 低保公示 房源公示 项目公示 执法公示 抽检公告
        考试通知 培训通知 会议通知 关于放假的通知 财政公告 今日安和 走进安和 街镇信息 政务公开
        便民地图 审批动态 办件动态 水质动态
    """,
}


@pytest.mark.parametrize(("name", "kind"), [("新闻中心 NEWS", "news"), ("通知公告Notice", "notice"), ("NEWS", "")])
def test_what_stands_behind_a_name_in_english_says_nothing(name, kind):
    assert KINDS.of_name(name) == kind


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for kind, names in NAMES.items() for name in names.split()])
def test_the_names_of_columns_of_counties_and_departments(name, kind):
    assert KINDS.of_name(name) == kind


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("医保动态", "安和县医疗保障局"), ("人社动态", "安和县人力资源和社会保障局"),
        ("残联动态", "安和县残疾人联合会"), ("住建要闻", "安和县住房和城乡建设局"),
        ("卫健新闻", "安和县卫生健康委员会"), ("文旅快讯", "安和县文化和旅游局"),
        ("教育公告", "安和县教育局"), ("新闻中心", "安和县教育局"), ("最新公告", "安和县教育局"),
        ("白溪新闻", "白溪镇人民政府"), ("清河动态", "安和县清河街道办事处"), ("县局动态", "安和县局"),
    ],
)  # fmt: skip
def test_what_an_office_is_called_for_short_is_its_own(name, site):
    assert not KINDS.is_doubtful(name, site, portal=False)


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("安和新闻", "安和县教育局"), ("医保动态", "安和县教育局"), ("经济动态", "安和县财政局"),
        ("村务公示", "安和县民政局"), ("市县要闻", "青岛市黄岛县财政局"), ("残联动态", "安和县农业农村局"),
    ],
)  # fmt: skip
def test_the_name_of_a_place_or_of_another_office_is_doubtful(name, site):
    assert KINDS.is_doubtful(name, site, portal=False)


@pytest.mark.parametrize("name", ["安和故事", "今日安和", "街镇信息", "县区传真", "安和之声"])
def test_a_name_that_tells_nothing_may_be_that_of_news(name):
    assert KINDS.is_open(name)


@pytest.mark.parametrize(
    "name", ["政务公开", "走进安和", "机构职能", "办事服务", "局长信箱", "新闻中心", "领导介绍", "联系电话"]
)
def test_a_name_that_says_what_else_it_is_needs_no_question(name):
    assert not KINDS.is_open(name)


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
