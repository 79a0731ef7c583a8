"""Service guides in the shapes of real systems: tables, headings, lists, lines; what they lack and promise."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Reason, Site, SiteKind
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.services.elements import catch_all_phrases, elements_in, online_claim, without_footer

HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
PORTAL = replace(SITE, kind=SiteKind.PORTAL)
FULL = {
    "设定依据": "《公共场所卫生管理条例》第四条",
    "申请条件": "具有固定经营场所",
    "办理流程": "窗口递交→审查→决定",
    "法定办结时限": "20个工作日",
    "申请材料": "1. 承诺书；2. 营业执照复印件",
    "表格下载": "空白样式",
    "收费标准": "不收费",
    "实施主体": "示例区卫生健康局",
    "办理地点": "政务服务中心二楼5号窗口",
    "咨询电话": "0000-88001234",
    "办理时间": "9:00—17:00",
    "监督投诉渠道": "书面来信",
}


def table(elements):
    rows = "".join(f"<tr><td class='bt'>{name}</td><td>{value}</td></tr>" for name, value in elements.items())
    return f"<table>{rows}</table>"


def wide_table(elements):
    cells = [f"<td>{name}</td><td>{value}</td>" for name, value in elements.items()]
    return "<table>" + "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True)) + "</table>"


def headings(elements):
    numbers = "一二三四五六七八九十"
    return "".join(
        f"<p><strong>{numbers[at % 10]}、{name}</strong></p><p>{value}</p>"
        for at, (name, value) in enumerate(elements.items())
    )


def lines(elements):
    return "<br>".join(f"【{name}】：{value}" for name, value in elements.items())


def listed(elements):
    return (
        "<ul>"
        + "".join(f"<li>（{at}）{name}：{value}</li>" for at, (name, value) in enumerate(elements.items()))
        + "</ul>"
    )


def definitions(elements):
    return "<dl>" + "".join(f"<dt>{name}：</dt><dd>{value}</dd>" for name, value in elements.items()) + "</dl>"


SHAPES = [table, wide_table, headings, lines, listed, definitions]


@pytest.fixture
def guided(inspected, home, page):
    """A site with one guide."""

    def run(markup, answers=None, *, title="公共场所卫生许可办事指南", site=SITE, top="", **values):
        guide = page(f"<h1>{title}</h1>{markup}", "bsfw/1.html", title=title)
        return inspected([home(top), guide], answers, site=site, **values)

    return run


def without(*names):
    return {name: value for name, value in FULL.items() if name not in names}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_complete_guide_passes_in_every_shape(guided, shape):
    assert guided(shape(FULL)).said("guides-complete") == ("pass", None)


@pytest.mark.parametrize("shape", [table, headings, lines, listed, definitions])
def test_a_guide_that_lacks_four_elements_fails_on_an_unverified_rule(guided, shape):
    outcome = guided(shape(without("设定依据", "法定办结时限", "收费标准", "办理时间"))).outcome("guides-complete")
    assert (outcome.status.value, outcome.unverified) == ("fail", True)
    assert outcome.findings[0].params["elements"].value == "依据、时限、收费、办理时间"


def test_a_guide_that_lacks_one_element_is_hinted_at(guided):
    assert guided(table(without("设定依据"))).said("guides-complete") == ("warn", ["some-missing"])


def test_address_and_telephone_of_the_footer_are_not_the_matters(guided):
    site = guided(table(without("办理地点", "咨询电话", "监督投诉渠道")))
    assert site.outcome("guides-complete").findings[0].params["elements"].value == "办公地址、办公电话、咨询投诉渠道"


TOLD = """
<h2>公有住房置换办事指南</h2><p>一、办事依据</p><p>《关于公有住房置换工作的通知》</p><p>二、办事须知</p>
<p>凡承租公有住房的居民可申请置换，须到区房屋置换中心（中山路12号，周一至周五）办理，提供下列要件：身份证、户口簿。</p>
<p>三、办事程序</p><p>1.领取《置换登记表》并提出申请；2.中心受理后5个工作日内审核。咨询和投诉电话：0000-88001234。</p>
<p>四、办理费用</p><p>工本费5元</p><p>五、承办单位</p><p>区房屋置换中心</p>
"""


def test_what_the_text_says_without_a_name_of_its_own_is_not_lacking(guided):
    assert guided(TOLD, title="公有住房置换办事指南").said("guides-complete") == ("pass", None)


@pytest.mark.parametrize(
    ("usual", "name"),
    [("办理流程", "办证程序"), ("实施主体", "主管科室"), ("申请材料", "当事人应提交"), ("表格下载", "声明书")],
)
def test_offices_have_their_own_names_for_elements(guided, usual, name):
    elements = {name if each == usual else each: "按规定" if each == usual else value for each, value in FULL.items()}
    assert guided(table(elements)).said("guides-complete") == ("pass", None)


CELLS = {"cell": "", "space": "&nbsp;", "wrapped": '<p class="x">&nbsp;</p><br>'}


@pytest.mark.parametrize("shape", [table, wide_table, definitions])
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_cells_left_empty_are_named(guided, shape, cell):
    outcome = guided(shape(FULL | {"办理地点": cell, "申请条件": cell})).outcome("guides-complete")
    assert (outcome.status.value, [one.key for one in outcome.findings]) == ("warn", ["empty"])
    assert outcome.findings[0].params["elements"].value == "条件、办公地址"


@pytest.mark.parametrize("cell", ['<img src="/1.jpg">', '<span id="a"></span>', '<div data-x="1"></div>', "<i></i>"])
def test_cells_that_hold_something_else_than_words_are_not_called_empty(guided, cell):
    assert guided(table(FULL | {"办理流程": cell})).said("guides-complete") == ("pass", None)


def test_names_of_tabs_are_no_empty_cells(guided):
    tabs = "".join(f"<li>{name}</li>" for name in ("申请条件", "申请材料", "办理流程"))
    assert guided(f"<ul>{tabs}</ul>{table(FULL)}").said("guides-complete") == ("pass", None)


SOME = ("申请材料", "办理流程", "收费标准")
FETCHED = '<div id="con2"></div><script>function t(i){$("#con"+i).load("/tab?t="+i)}</script>'


FRAME = '<iframe src="/guide/materials?id=9"></iframe>'
TEMPLATE = '<ul id="cl"><li v-for="m in materials">{{m.name}}</li></ul><script src="/js/guide.js"></script>'


@pytest.mark.parametrize("more", [FETCHED, FRAME, TEMPLATE], ids=["tabs", "frame", "template"])
def test_elements_that_script_or_a_frame_may_hold_are_not_called_lacking(guided, more):
    outcome = guided(table(without(*SOME)) + more).outcome("guides-complete")
    assert (outcome.status.value, outcome.reason.code) == ("inconclusive", Reason.NEEDS_BROWSER)


ONWARD = {
    "words": "<p>详见下图</p>",
    "file": '<a href="/f/1.pdf">公共场所卫生许可</a>',
    "link": '<a href="/bsfw/2.html">查看材料清单</a>',
    "picture": '<p><img src="/upload/202610/a1.jpg"></p>',
    "shown": '<embed src="/f/1.pdf">',
}


@pytest.mark.parametrize("more", ONWARD.values(), ids=ONWARD)
def test_elements_that_a_file_or_picture_may_hold_are_asked_about(guided, more):
    assert guided(table(without(*SOME)) + more).said("guides-complete") == ("manual", ["onward"])


@pytest.mark.parametrize(
    "more", ['<img src="/images/banner1.jpg">', '<a href="/f/1.doc">申请表</a>', '<img src="/a.png">']
)
def test_what_adorns_a_page_and_forms_hold_no_elements(guided, more):
    assert guided(table(without(*SOME)) + more).said("guides-complete") == ("warn", ["some-missing"])


def test_a_page_called_a_guide_with_three_elements_is_asked_about(guided):
    few = lines({name: FULL[name] for name in ("设定依据", "办理流程", "申请材料")})
    assert guided(few).said("guides-complete") == ("manual", ["thin"])


@pytest.mark.parametrize("name", ["申办要求", "办理要求", "申报要求", "受理要求", "申请须知", "审查标准"])
def test_requirements_are_conditions(guided, name):
    assert guided(lines(without("申请条件") | {name: "见说明"})).said("guides-complete") == ("pass", None)


def test_ways_to_get_in_touch_are_a_telephone(guided):
    assert guided(lines(without("咨询电话") | {"联系方法": "86543210"})).said("guides-complete") == ("pass", None)


@pytest.mark.parametrize(
    ("value", "said"), [("王某 86543210", "pass"), ("王某 20260102", "warn"), ("编号 986543210", "warn")]
)
def test_a_number_of_eight_digits_is_a_telephone(guided, value, said):
    site = guided(table(without("咨询电话") | {"办理时间": value}))
    assert site.said("guides-complete")[0] == said


def test_how_far_it_is_handled_online_belongs_to_no_other_element(guided):
    site = guided(lines(without("办理时间") | {"办理时间": "暂无", "网上办理深度": "互联网咨询"}))
    assert site.said("guides-complete") == ("warn", ["blank"])


def test_names_that_are_joined_count_for_each(guided):
    joined = without("办理时间", "办理地点") | {"办理时间、地点": "工作日，二楼"}
    assert guided(table(joined)).said("guides-complete") == ("pass", None)


def test_attachments_stand_for_forms(guided):
    markup = table(without("表格下载")) + '<a href="/files/sq.doc">申请表</a>'
    assert guided(markup).said("guides-complete") == ("pass", None)


def test_names_with_blanks_between_characters_are_read(guided):
    spaced = without("收费标准") | {"收　费　标　准": "不收费"}
    assert guided(headings(spaced)).said("guides-complete") == ("pass", None)


@pytest.mark.parametrize("value", ["无", "不收费", "免费"])
def test_that_nothing_is_charged_is_an_answer(guided, value):
    assert guided(table(FULL | {"收费标准": value})).said("guides-complete") == ("pass", None)


@pytest.mark.parametrize("value", ["暂无", "——", "待补充", "/"])
def test_a_placeholder_is_no_answer(guided, value):
    assert guided(table(FULL | {"法定办结时限": value})).said("guides-complete") == ("warn", ["blank"])


def test_values_that_script_fills_in_need_a_browser(guided):
    empty = dict.fromkeys(FULL, '<span class="v"></span>')
    assert guided(table(empty) + "<script>fill()</script>").said("guides-complete") == ("inconclusive", "needs-browser")


@pytest.mark.parametrize(
    "title",
    [
        "示例局2026年公开招聘工作人员公告",
        "关于印发《行政许可办理办法》的通知",
        "设备采购招标公告",
        "来信：咨询办理时限",
    ],
)
def test_other_documents_with_such_names_are_no_guides(guided, title):
    assert guided(table(without("设定依据")), title=title).said("guides-complete")[0] == "not_applicable"


SIGNED = "<p>发布时间：2026-10-08　来源：示例局</p>"
FEW = {name: FULL[name] for name in ("设定依据", "办理流程", "申请材料", "法定办结时限", "收费标准")}


def place(*columns):
    return f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; {" &gt; ".join(columns)}</div>'


@pytest.mark.parametrize(
    "trail", ["", place('<a href="/xw/">新闻动态</a>', "正文"), place('<a href="/bs/">政务服务</a>', "通知公告")]
)
def test_news_of_better_procedures_is_no_guide(guided, trail):
    site = guided(trail + SIGNED + table(FEW), title="我局优化道路运输许可办事流程")
    assert site.said("guides-complete") == ("not_applicable", "not-offered")


def test_in_a_column_of_news_nothing_is_a_guide(guided):
    site = guided(place('<a href="/xw/">新闻动态</a>') + table(without("设定依据")))
    assert site.said("guides-complete") == ("not_applicable", "not-offered")


def test_a_title_may_end_with_the_procedure(guided):
    assert guided(table(FEW), title="道路运输许可办事流程_示例局").said("guides-complete")[0] == "fail"


def test_of_a_dated_article_with_a_source_it_is_only_asked(guided):
    site = guided(SIGNED + table(FEW | {"申请材料": "法律法规规定的其他材料"}))
    assert site.said("guides-complete") == ("manual", ["incomplete"])
    assert site.said("guides-catch-all") == ("manual", ["catch-all"])


def test_in_a_column_of_guides_a_source_does_not_matter(guided):
    site = guided(place('<a href="/bs/">办事指南</a>', "正文") + SIGNED + table(FEW))
    assert site.said("guides-complete") == ("fail", ["incomplete"])


def test_a_letter_with_its_handling_is_no_guide(guided):
    letter = {
        "来信人": "王某",
        "办理单位": "示例局",
        "办理时间": "2026-10-08",
        "联系电话": "略",
        "办理结果": "已申请办理，材料齐全",
    }
    assert guided(table(letter), title="来信选登").said("guides-complete") == ("not_applicable", "not-offered")


def test_a_guide_that_does_not_call_itself_one_is_known_by_its_elements(guided):
    site = guided(table(without("收费标准", "表格下载")), title="公共场所卫生许可")
    assert site.said("guides-complete") == ("warn", ["some-missing"])


def test_guides_on_the_unified_platform_are_looked_at_there(inspected, home):
    site = inspected([home('<a href="http://zwfw.sheng.gov.cn/">办事指南</a>')], site=PORTAL)
    assert site.said("guides-complete") == ("not_applicable", "linked-platform")


def test_a_portal_without_guides_is_asked(inspected, home):
    assert inspected([home("")], site=PORTAL).said("guides-complete") == ("manual", ["none"])


def test_on_an_incomplete_crawl_no_guide_is_missed(inspected, home):
    assert inspected([home("")], site=PORTAL, complete=False).said("guides-complete") == (
        "inconclusive",
        "low-coverage",
    )


def test_a_site_that_serves_nobody_needs_no_guides(inspected, home):
    inner = replace(PORTAL, serves_public=False)
    assert inspected([home("")], site=inner).said("guides-complete") == ("not_applicable", "kind-of-site")


def test_a_notice_in_place_of_a_site_tells_nothing(inspected, page):
    site = inspected([page("<h1>网站升级维护</h1>", "", 0, footer="")], site=PORTAL)
    assert site.said("guides-complete") == ("inconclusive", "too-few-pages")
    for check in ("guides-catch-all", "guides-online", "forms"):
        assert site.said(check) == ("inconclusive", "too-few-pages")


# ---------------------------------------------------------------- catch-all clauses


@pytest.mark.parametrize(
    "phrase",
    [
        "法律法规规定的其他材料",
        "法律、行政法规规定的其他有关材料",
        "需要提交的其他资料",
        "其他相关证明材料",
        "其它材料",
        "根据相关法律法规需要提交的其他材料",
        "审批机关认为需要提交的其他文件",
        "登记机关要求提交的其他有关文件",
    ],
)
def test_catch_all_clauses_are_quoted(guided, phrase):
    outcome = guided(table(FULL | {"申请材料": f"1. 申请表；2. {phrase}。"})).outcome("guides-catch-all")
    assert outcome.status.value == "warn"
    (found,) = outcome.findings
    assert (found.params["count"].value, found.params["phrases"].value.strip("“”") in phrase) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        "申请表；身份证明；其他材料：授权委托书1份",
        "其他材料（法人授权书、承诺书）",
        "申请表1份，无需提交其他材料",
        "不得要求申请人提供其他材料",
        "营业执照复印件；场地证明材料",
        "符合国家有关标准的产品资料",
        "申请人认为有必要提供的其他材料",
        "居住证或其他证明文件",
        "身份证复印件、其他证件照片2张",
    ],
)
def test_named_materials_are_no_catch_all(text):
    assert catch_all_phrases(text) == ()


def test_such_words_outside_the_materials_do_not_count(guided):
    site = guided(table(FULL | {"办理流程": "窗口收取其他材料"}))
    assert site.said("guides-catch-all") == ("pass", None)


# ---------------------------------------------------------------- online handling

ONLINE = FULL | {"办理形式": "全程网办"}
ENTRY = '<a href="/apply?item=1">在线办理</a>'


def test_a_promise_with_an_entry_that_opens_is_kept(guided):
    assert guided(table(ONLINE) + ENTRY, {f"{HOME}apply*": reply("ok")}).said("guides-online") == ("pass", None)


def test_a_promise_whose_entry_is_gone_is_broken(guided):
    assert guided(table(ONLINE) + ENTRY, {f"{HOME}apply*": status(404)}).said("guides-online") == (
        "fail",
        ["dead-entry"],
    )


def test_a_promise_without_entry_is_broken(guided):
    assert guided(table(ONLINE)).said("guides-online") == ("fail", ["no-entry"])


def test_general_links_make_it_a_question(guided):
    markup = table(ONLINE) + '<a href="/bsfw/">网上办事</a>'
    assert guided(markup.replace("网上办事", "政务服务")).said("guides-online") == ("manual", ["entry-unclear"])


@pytest.mark.parametrize("answer", [status(403), status(503), Reason.TIMEOUT])
def test_an_entry_that_may_live_is_left_alone(guided, answer):
    markup = table(ONLINE) + '<a href="https://zwfw.sheng.gov.cn/item/1">网上办理</a>'
    assert guided(markup, {"https://zwfw.sheng.gov.cn/*": answer}).said("guides-online") == ("pass", None)


@pytest.mark.parametrize(
    "button",
    ['<button onclick="go(1)">立即办理</button>', '<a href="javascript:apply(3)">在线申报</a>'],
)
def test_an_entry_that_script_opens_is_believed(guided, button):
    assert guided(table(ONLINE) + button).said("guides-online") == ("pass", None)


@pytest.mark.parametrize(
    "text",
    [
        "暂不支持全程网办",
        "是否全程网办：否",
        "全程网上办理：不支持",
        "非全程网办",
        "尚未实现网上全流程办理",
        "将于2027年实现全程网办",
        "逐步实现全程网办",
        "推行全程网办改革",
        "除核验原件外全程网办",
    ],
)
def test_what_is_denied_is_no_promise(text):
    assert online_claim(text) == ""


@pytest.mark.parametrize("text", ["可全程网办", "办理深度：全程网办（四级）", "材料齐全的可全程网办", "已实现全程网办"])
def test_a_promise_is_one_with_conditions_too(text):
    assert online_claim(text)


# ---------------------------------------------------------------- hostile and odd texts


@given(st.text(alphabet=st.sampled_from("设定依据：:、\n（）()一二.1办理时间地点材料 其他的"), max_size=400))
def test_any_text_is_read(text):
    assert {element for one in elements_in(text).named for element in one.elements} == elements_in(text).present


def test_a_footer_begins_where_the_sponsor_is_named():
    text = "办理地点：二楼\n主办：示例局\n地址：示例路\n鲁ICP备12345678号"
    assert without_footer(text) == "办理地点：二楼"


def test_a_menu_that_speaks_of_online_handling_promises_nothing(guided):
    markup = table(FULL) + '<ul><li><a href="/zt/">全程网办专区</a></li></ul>'
    assert guided(markup).said("guides-online") == ("pass", None)


def test_an_entry_that_is_named_goes_before_the_platforms_home(guided):
    markup = table(ONLINE) + ENTRY + '<a href="http://zwfw.sheng.gov.cn/">省政务服务网</a>'
    answers = {f"{HOME}apply*": status(404), "http://zwfw.sheng.gov.cn/": reply("ok")}
    assert guided(markup, answers).said("guides-online") == ("fail", ["dead-entry"])


def test_an_entry_whose_name_only_our_network_denies_is_not_called_dead(guided):
    url = "http://sb.b.gov.cn/apply"
    markup, answers = table(ONLINE) + f'<a href="{url}">在线办理</a>', {url: Reason.NO_SUCH_NAME}
    assert guided(markup, answers).said("guides-online") == ("fail", ["dead-entry"])
    assert guided(markup, answers, names={"www.gov.cn": None}).said("guides-online") == (
        "inconclusive",
        "vantage-unfit",
    )


def test_lists_of_powers_are_no_guides(inspected, home, page):
    crumbs = '<div class="position">当前位置：<a href="/">首页</a> > <a href="/qz/">权责清单</a></div>'
    powers = page(f"{crumbs}{table(without('表格下载', '收费标准'))}", "qz/1.html", title="公共场所卫生许可")
    assert inspected([home(""), powers]).said("guides-complete") == ("not_applicable", "not-offered")


# ---------------------------------------------------------------- each element by its own words, in the guide's body

USUAL = FULL | {
    "设定依据": "《城市市容和环境卫生管理条例》（2017年3月1日修订）第十一条",
    "申请材料": "1.申请表（原件1份）；2.营业执照（复印件1份）",
    "表格下载": '<a href="/files/sqb.docx">申请表.docx</a>',
    "咨询电话": "0771-5512345",
    "办理时间": "周一至周五 9:00-12:00（法定节假日除外）",
    "监督投诉渠道": "电话0771-12345；投诉窗口：政务中心一楼",
}
NAMES = {
    "设定依据": "依据",
    "申请条件": "条件",
    "办理流程": "程序",
    "法定办结时限": "时限",
    "申请材料": "材料",
    "表格下载": "表格",
    "收费标准": "收费",
    "实施主体": "办事机构名称",
    "办理地点": "办公地址",
    "咨询电话": "办公电话",
    "办理时间": "办理时间",
    "监督投诉渠道": "咨询投诉渠道",
}
MENU = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/gzdt/">工作动态</a></li>'
    '<li><a href="/bszn/">办事指南</a></li><li><a href="/bgxz/">表格下载</a></li>'
    '<li><a href="/gbook/">咨询投诉</a></li></ul></div>'
    '<div class="crumbs">您所在的位置：<a href="/">首页</a> &gt; <a href="/bszn/">办事指南</a> &gt; 正文</div>'
)
SIDE = (
    '<div class="left"><ul><li><a href="/bszn/index.html">办理流程</a></li>'
    '<li><a href="/col/col12/index.html">表格下载</a></li>'
    '<li><a href="/jdts/">监督投诉</a></li><li><a href="/lxwm/">联系方式</a></li></ul></div>'
)


@pytest.fixture
def on_a_site(inspected, home, page):
    """A guide between the menus of a whole site, as TRS and jcms put it."""

    def run(markup, answers=None, **values):
        guide = page(f"{MENU}{SIDE}<h1>公共场所卫生许可</h1>{markup}", "bszn/1.html", title="公共场所卫生许可_示例局")
        return inspected([home(MENU), guide], answers, **values)

    return run


@pytest.mark.parametrize("shape", [table, headings, definitions])
def test_a_whole_guide_between_menus_passes(on_a_site, shape):
    assert on_a_site(shape(USUAL)).said("guides-complete") == ("pass", None)


@pytest.mark.parametrize("lacking", FULL)
@pytest.mark.parametrize("shape", [table, wide_table, lines, definitions])
def test_whatever_element_lacks_is_named(on_a_site, shape, lacking):
    rest = {name: value for name, value in USUAL.items() if name != lacking}
    if shape is wide_table:
        rest["备注"] = "—"
    outcome = on_a_site(shape(rest)).outcome("guides-complete")
    assert [one.params["elements"].value for one in outcome.findings] == [NAMES[lacking]]


@pytest.mark.parametrize("label", ["咨询电话", "咨询热线", "咨询方式", "业务咨询电话", "咨询渠道"])
def test_whom_to_ask_is_no_way_to_complain(on_a_site, label):
    rest = {name: value for name, value in USUAL.items() if name not in ("咨询电话", "监督投诉渠道")}
    outcome = on_a_site(table(rest | {label: "0771-5512345"})).outcome("guides-complete")
    assert [one.params["elements"].value for one in outcome.findings] == ["咨询投诉渠道"]


@pytest.mark.parametrize("label", ["咨询投诉电话", "咨询及投诉电话", "咨询监督电话", "咨询投诉渠道", "投诉咨询"])
def test_one_number_may_be_for_questions_and_complaints(on_a_site, label):
    rest = {name: value for name, value in USUAL.items() if name not in ("咨询电话", "监督投诉渠道")}
    assert on_a_site(table(rest | {label: "0771-5512345"})).said("guides-complete") == ("pass", None)


@pytest.mark.parametrize(
    "told", ["拨打12345投诉", '<a href="/ts/apply.html">我要投诉</a>', "监督电话 0771-5512300", "可向区纪委举报"]
)
def test_a_complaint_may_be_told_of_in_the_guides_own_words(on_a_site, told):
    rest = {name: value for name, value in USUAL.items() if name != "监督投诉渠道"}
    site = on_a_site(table(rest | {"办理流程": f"申请—受理—审查—决定；{told}"}))
    assert site.said("guides-complete") == ("pass", None)


@pytest.mark.parametrize("link", ['<a href="/bgxz/202610/t1.html">申请表样式</a>', '<a href="/f/1.doc">下载</a>'])
def test_a_link_to_a_form_offers_it(on_a_site, link):
    rest = {name: value for name, value in USUAL.items() if name != "表格下载"}
    assert on_a_site(table(rest) + link).said("guides-complete") == ("pass", None)


def test_a_guide_beside_a_frame_that_may_hold_the_rest_is_not_judged(on_a_site):
    rest = {name: value for name, value in USUAL.items() if name != "监督投诉渠道"}
    assert on_a_site(table(rest) + FRAME).said("guides-complete") == ("inconclusive", "needs-browser")


def test_every_catch_all_clause_of_a_guide_is_quoted(guided):
    materials = "1.申请表；2.其他材料；3.法律法规规定的其他材料；4.有关部门要求提供的材料等"
    (found,) = guided(table(FULL | {"申请材料": materials})).outcome("guides-catch-all").findings
    assert found.params["count"].value == 3
    assert found.params["phrases"].value == "“其他材料”、“法律法规规定的其他材料”、“有关部门要求提供的材料”"


@pytest.mark.parametrize(
    "value", ["登记机关要求提供的材料清单见附件", "无需提交有关部门要求提供的材料", "主管部门出具的批准文件"]
)
def test_materials_that_are_named_are_no_catch_all(guided, value):
    assert guided(table(FULL | {"申请材料": value})).said("guides-catch-all") == ("pass", None)


@pytest.mark.parametrize("blank", ["　", "&nbsp;", "&emsp;&emsp;", " "])
@pytest.mark.parametrize("colon", ["：", ":", "∶"])
def test_names_set_wide_are_read_before_every_colon(guided, blank, colon):
    wide = {"收费标准", "实施主体", "办理地点", "咨询电话", "办理时间", "监督投诉渠道"}
    names = {name: blank.join(name) if name in wide else name for name in FULL}
    shown = "<br>".join(f"{names[name]}{colon}{value}" for name, value in FULL.items())
    assert guided(f"<p>{shown}</p>").said("guides-complete") == ("pass", None)


def test_a_footer_set_wide_is_no_part_of_the_matter():
    assert without_footer("办理材料\n身份证\n主　办：示例局\n地址：示例路1号\n版 权 所 有 示例局") == "办理材料\n身份证"
