"""Letters are read from the shapes in which real systems publish them."""

from datetime import date

import pytest

from xuncha_plugins.interaction.facts import Hollow, Letters, State

BOX = (("互动交流", "/hd/"), ("局长信箱", "/hd/jzxx/"))
LIST = (("互动交流", "/hd/"), ("局长信箱", ""))

HANWEB = """<table class="tb_list" width="100%"><tr><td>信件编号</td><td>信件标题</td>
<td>来信日期</td><td>回复日期</td><td>办理状态</td></tr>
<tr><td>202610001</td><td><a href="/jact/front/mailpubdetail.do?transactId=1&sysid=3">咨询公积金提取</a></td>
<td>2026-10-12</td><td>2026-10-15</td><td>已办结</td></tr>
<tr><td>202610002</td><td><a href="/jact/front/mailpubdetail.do?transactId=2&sysid=3">反映路灯不亮</a></td>
<td>2026-06-02</td><td></td><td>办理中</td></tr></table>"""

HANWEB_OWN = """<div class="main"><table border="0"><tr><td>信件标题：</td><td>咨询公积金提取</td></tr>
<tr><td>写 信 人：</td><td>张**</td></tr><tr><td>写信时间：</td><td>2026-10-12 10:11:12</td></tr>
<tr><td>信件内容：</td><td>请问租房提取需要什么材料？</td></tr><tr><td>处理状态：</td><td>已办结</td></tr>
<tr><td>回复部门：</td><td>区住建局</td></tr><tr><td>回复时间：</td><td>2026-10-15 09:00:00</td></tr>
<tr><td>回复内容：</td><td>您好！租房提取请携带身份证和无房证明到政务大厅2号窗口办理。</td></tr></table></div>"""

REPLY = "您好！租房提取请携带身份证和无房证明到政务大厅2号窗口办理。"

TRS = """<ul class="xjlist"><li class="clearfix">
<span class="bt"><a href="./202610/t20261012_1.html">咨询公积金提取</a></span>
<span class="dw">区住建局</span><span class="sj">2026-10-12</span><span class="zt">已回复</span></li>
<li class="clearfix"><span class="bt"><a href="./202606/t20260602_2.html">反映路灯不亮</a></span>
<span class="dw">指挥处理中心</span><span class="sj">2026-06-02</span><span class="zt">办理中</span></li></ul>"""

TRS_OWN = """<div class="xx"><h3>咨询公积金提取</h3>
<div class="info"><span>来信人：张三</span><span>来信时间：2026-10-12 10:11</span></div>
<div class="con">请问租房提取需要什么材料？</div></div>
<div class="hf"><h3>回复</h3><div class="info"><span>回复单位：区住建局</span><span>回复时间：2026-10-15</span></div>
<div class="con">租房提取请携带身份证和无房证明到政务大厅2号窗口办理。</div></div>
<div class="tool"><a href="#">打印</a></div>"""

UCAP = """<div class="letter"><div class="item"><a class="t" href="/hd/detail?id=1">咨询公积金提取</a>
<div class="msg"><span>来信时间：2026-10-12</span> <span>回复时间：2026-10-15</span> <em>已回复</em></div></div>
<div class="item"><a class="t" href="/hd/detail?id=2">反映路灯不亮</a>
<div class="msg"><span>来信时间：2026-06-02</span> <em>待回复</em></div></div></div>"""

DL = """<dl><dt><a href="/hd/1.html">咨询公积金提取</a></dt>
<dd>留言时间：2026-10-12</dd><dd>答复时间：2026-10-15</dd></dl>
<dl><dt><a href="/hd/2.html">反映路灯不亮</a></dt><dd>留言时间：2026-06-02</dd><dd>状态：未答复</dd></dl>"""

GUESTBOOK = """<table width="95%" border="1"><tr><td>留言人：李先生</td><td>留言时间：2026-10-12 9:41:00</td></tr>
<tr><td colspan="2">留言内容：请问租房提取需要什么材料？</td></tr>
<tr><td colspan="2">管理员回复：请携带身份证和无房证明到政务大厅2号窗口办理。</td></tr></table>
<table width="95%" border="1"><tr><td>留言人：王女士</td><td>留言时间：2026-6-2 19:41:00</td></tr>
<tr><td colspan="2">留言内容：东门外的路灯不亮。</td></tr><tr><td>状态：处理中</td><td></td></tr></table>"""


@pytest.fixture
def letters(site_with, html):
    """The letters of a mailbox's list, and of pages by their paths."""

    def run(body, pages=None, *, trail=LIST, title="局长信箱_示例局"):
        every = {"hd/jzxx/": html(body, title=title, trail=trail)}
        every |= {path: html(one, title="信件详情", trail=(*BOX, ("正文", ""))) for path, one in (pages or {}).items()}
        return site_with(every).fact(Letters)

    return run


@pytest.mark.parametrize("shape", [HANWEB, UCAP, DL], ids=["hanweb", "ucap", "dl"])
def test_a_list_tells_when_letters_came_and_were_answered(letters, shape):
    answered, waiting = letters(shape).letters
    assert (answered.title, answered.state) == ("咨询公积金提取", State.ANSWERED)
    assert (answered.asked, answered.answered) == (date(2026, 10, 12), date(2026, 10, 15))
    assert (waiting.state, waiting.asked, waiting.answered) == (State.PENDING, date(2026, 6, 2), None)


def test_a_lone_date_of_an_answered_letter_is_not_taken_for_either(letters):
    answered, waiting = letters(TRS).letters
    assert (answered.asked, answered.answered, answered.listed) == (None, None, date(2026, 10, 12))
    assert (waiting.state, waiting.asked) == (State.WORKING, date(2026, 6, 2))


@pytest.mark.parametrize("own", [HANWEB_OWN, TRS_OWN], ids=["hanweb", "trs"])
def test_a_letters_own_page_tells_its_reply(letters, own):
    pages = {"jact/front/mailpubdetail.do?transactId=1&sysid=3": own}
    letter = letters(HANWEB, pages).letters[0]
    assert (letter.asked, letter.answered, letter.state) == (date(2026, 10, 12), date(2026, 10, 15), State.ANSWERED)
    assert letter.reply.hollow is None
    assert 25 <= letter.reply.length <= 45


def test_list_and_own_page_are_one_letter(letters):
    found = letters(HANWEB, {"jact/front/mailpubdetail.do?transactId=1&sysid=3": HANWEB_OWN}).letters
    assert [(one.title, one.column) for one in found] == [("咨询公积金提取", "局长信箱"), ("反映路灯不亮", "局长信箱")]


def test_a_guestbook_of_old_holds_many_letters_on_one_page(letters):
    first, second = letters(GUESTBOOK).letters
    assert (first.state, first.asked, first.answered) == (State.ANSWERED, date(2026, 10, 12), None)
    assert (second.state, second.asked) == (State.WORKING, date(2026, 6, 2))
    assert first.reply.hollow is None


DATED_REPLIES = "".join(
    f"<table border=1><tr><td>留言人：{name}　留言时间：2026-{asked}</td></tr><tr><td>内容：{text}</td></tr>"
    f"<tr><td>{label}（2026-{day}）：您好！经核实，路灯已于当日修复，欢迎继续监督。</td></tr></table>"
    for name, asked, text, label, day in (
        ("李先生", "9-24", "路灯不亮", "管理员回复", "9-29 10:20"),
        ("王女士", "8-25", "路面破损", "示例局答复", "8-27"),
    )
)


def test_a_reply_whose_label_holds_its_day_is_read(letters):
    found = letters(DATED_REPLIES).letters
    assert [(one.asked, one.answered) for one in found] == [
        (date(2026, 9, 24), date(2026, 9, 29)),
        (date(2026, 8, 25), date(2026, 8, 27)),
    ]


def test_a_reply_that_a_citizen_quotes_with_its_day_is_none_of_the_letter(letters):
    body = (
        "<p>来信时间：2026-10-01</p><p>来信内容：贵局上次的答复(2025-05-06)没有说清，请再答。</p><p>答复内容：</p>"
        "<p>办理状态：未回复</p>"
    )
    (letter,) = letters(body).letters
    assert (letter.state, letter.answered) == (State.PENDING, None)


def test_letters_that_script_opens_are_counted_once(site_with, html):
    rows = HANWEB.replace('href="/jact/front/mailpubdetail.do?transactId=', 'href="javascript:view(').replace(
        "&sysid=3", ")"
    )
    pages = {path: html(rows, title="局长信箱", trail=LIST) for path in ("hd/jzxx/", "hd/jzxx/all.html")}
    links = "".join(f'<a href="/{path}">局长信箱</a>' for path in pages)
    found = site_with(pages, home=links).fact(Letters).letters
    assert [(one.title, one.shared) for one in found] == [("咨询公积金提取", True), ("反映路灯不亮", True)]


def test_a_page_in_gbk_is_read_alike(gathered, html):
    body = html(HANWEB, title="局长信箱", trail=LIST).replace("charset=utf-8", "charset=gb2312").encode("gbk")
    home = html('<a href="/hd/jzxx/">局长信箱</a>')
    found = gathered({"http://www.a.gov.cn/": home, "http://www.a.gov.cn/hd/jzxx/": body}).fact(Letters)
    assert len(found.letters) == 2


@pytest.mark.parametrize("column", ["网上信访", "纪检举报", "意见征集", "在线访谈", "网上调查"])
def test_exempt_columns_hold_no_letters(letters, column):
    assert letters(HANWEB, trail=(("互动交流", "/hd/"), (column, "")), title=f"{column}_示例局").letters == ()


def test_a_letter_about_a_report_is_a_letter(letters):
    own = HANWEB_OWN.replace("咨询公积金提取", "举报噪音扰民")
    pages = {"jact/front/mailpubdetail.do?transactId=1&sysid=3": own}
    assert letters(HANWEB, pages).letters[0].reply is not None


@pytest.mark.parametrize("state", ["不予受理", "重复信件", "已撤回"])
def test_letters_that_are_not_valid_are_marked(letters, state):
    assert letters(HANWEB.replace("办理中", state)).letters[1].state is State.INVALID


def test_a_list_of_articles_is_no_list_of_letters(letters):
    rows = "".join(
        f'<li><a href="/x/{n}.html">关于受理投诉举报的公告第{n}号</a><span>2026-10-0{n}</span></li>' for n in (1, 2, 3)
    )
    assert letters(f"<ul>{rows}</ul><p>办理、答复</p>", trail=(("通知公告", ""),), title="通知公告").letters == ()


def test_a_form_for_writing_is_no_letter(letters):
    fields = "<p>留言标题：<input name=t></p><p>留言内容：<textarea name=c></textarea></p><p>回复方式：短信</p>"
    assert letters(f'<form method="post">{fields}</form>', title="我要写信").letters == ()


def test_a_list_that_script_fills_is_noted(letters):
    body = '<p>来信办理、答复情况</p><ul id="letter-list"></ul><script src="/js/list.js"></script>'
    found = letters(body)
    assert (found.letters, found.scripted) == ((), ("http://www.a.gov.cn/hd/jzxx/",))


def test_further_pages_that_nobody_saw_are_estimated(letters):
    assert letters(HANWEB + "<p>共 5 页</p>").unlisted == 8


def test_what_lies_ahead_is_no_date_of_a_letter(letters):
    assert letters(HANWEB.replace("2026-10-15", "2027-10-15")).letters[0].answered is None


def test_a_contradiction_between_list_and_page_is_not_decided(letters):
    own = HANWEB_OWN.replace("已办结", "办理中").replace("2026-10-15 09:00:00", "").replace(REPLY, "")
    listed = HANWEB.replace("2026-10-15", "")
    pages = {"jact/front/mailpubdetail.do?transactId=1&sysid=3": own}
    assert letters(listed, pages).letters[0].state is State.UNKNOWN


def test_titles_are_masked(letters):
    assert "13812345678" not in letters(HANWEB.replace("反映路灯不亮", "请回电13812345678谢谢")).letters[1].title


def test_an_answered_letter_without_words_has_an_empty_reply(letters):
    own = HANWEB_OWN.replace(REPLY, "")
    pages = {"jact/front/mailpubdetail.do?transactId=1&sysid=3": own}
    assert letters(HANWEB, pages).letters[0].reply.hollow is Hollow.EMPTY


def test_the_number_of_letters_is_bounded(site_with, html):
    rows = "".join(
        f'<tr><td><a href="/l/{n}.html">来信第{n:04}号</a></td><td>2026-10-12</td><td>2026-10-13</td><td>办结</td></tr>'
        for n in range(900)
    )
    head = "<tr><th>标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>"
    pages = {
        f"hd/jzxx/{n}": html(f"<table>{head}{rows.replace('/l/', f'/l/{n}/')}</table>", trail=LIST) for n in range(3)
    }
    links = "".join(f'<a href="/{path}">局长信箱</a>' for path in pages)
    found = site_with(pages, home=links).fact(Letters)
    assert (len(found.letters), found.dropped) == (2000, 700)


@pytest.mark.parametrize("words", ["未答复", "暂无答复", "尚未回复"])
def test_words_that_there_is_no_reply_are_none(letters, words):
    own = HANWEB_OWN.replace(REPLY, words)
    own = own.replace("<td>已办结</td>", "<td></td>").replace("2026-10-15 09:00:00", "")
    found = letters("<p>暂无</p>" + own, trail=BOX).letters
    assert [(one.state, one.reply) for one in found] == [(State.PENDING, None)]


def test_a_table_of_four_columns_is_read(letters):
    own = """<table><tr><td>编号:</td><td>20261</td><td>来信人：</td><td>李**</td></tr>
    <tr><td>来信时间：</td><td>2026-10-12</td><td>服务类型：</td><td>咨询</td></tr>
    <tr><td>受理单位：</td><td>后勤处</td><td>办理状态：</td><td>办理中</td></tr>
    <tr><td>来信主题：</td><td colspan="3">反映路灯不亮</td></tr>
    <tr><td>来信内容：</td><td colspan="3">东门路灯不亮</td></tr>
    <tr><td>回复内容：</td><td colspan="3"></td></tr></table>"""
    (found,) = letters(own, trail=(*BOX, ("正文", ""))).letters
    assert (found.title, found.state, found.asked) == ("反映路灯不亮", State.PENDING, date(2026, 10, 12))


def test_letters_on_a_platform_are_judged_there(site_with):
    outcome = site_with(home='<a href="https://www.12345.gov.cn/">12345</a>').outcome("interaction.reply-rate")
    assert (outcome.status.value, outcome.reason.code) == ("not_applicable", "linked-platform")


BLOCKS = """<div class="item"><p>网友留言　张某　2026-10-12 09:41</p><p>请问租房提取需要什么材料？</p>
<p>管理员回复　2026-10-13</p><p>请携带身份证到政务大厅办理。</p></div>"""
PLAIN_ROWS = "".join(
    f'<li><a href="/l/{n}.html">咨询办理路灯维修第{n}件</a><span>2026-10-1{n}</span></li>' for n in (1, 2)
)


@pytest.fixture
def told(site_with, html):
    """What is said of replies where a column of letters has such a page."""

    def run(body, column="留言选登"):
        trail = (("互动交流", "/hd/"), (column, ""))
        pages = {"hd/ly/": html(body, title=f"{column}_示例局", trail=trail)}
        return site_with(pages, home=f'<a href="/hd/ly/">{column}</a>').outcome("interaction.unanswered")

    return run


@pytest.mark.parametrize("body", [BLOCKS * 3, f"<ul>{PLAIN_ROWS}</ul>"], ids=["blocks", "rows"])
def test_letters_in_a_form_that_is_not_understood_are_not_called_absent(told, body):
    outcome = told(body)
    assert (outcome.status.value, outcome.reason.code) == ("inconclusive", "low-coverage")


@pytest.mark.parametrize(
    "body",
    [
        "<p>2026年10月1日起启用。来信办理后答复。</p>",
        f"<p>来信办理后答复。</p><div><h3>通知公告</h3><ul>{PLAIN_ROWS}</ul></div>",
    ],
    ids=["text", "news"],
)
def test_a_mailbox_that_shows_no_letters_offers_none(told, body):
    assert told(body, "局长信箱").reason.code == "not-offered"


def test_a_footer_that_script_fills_hides_no_letters(letters):
    body = '<p>写信须知：来信将在办理后答复。</p><ul class="footer-links"></ul><script src="/js/foot.js"></script>'
    assert letters(body).scripted == ()
