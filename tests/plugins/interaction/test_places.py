"""A reply counts wherever it stands; where it can't be seen, nobody is said to have sent none."""

import pytest

from xuncha_plugins.interaction.facts import Letters, State

BOX = (("互动交流", "/hd/"), ("局长信箱", "/hd/jzxx/"))
HEAD = "<tr><th>标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>"
LINK = '<a href="/l/{}.html">咨询路灯维修第{}件</a>'


def row(number, *cells):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in (LINK.format(number, number), *cells)) + "</tr>"


ANSWERED = row(9, "2026-10-12", "2026-10-15", "已回复")


@pytest.fixture
def letter(site_with, html):
    """What becomes of a letter of June, by its row and its own page."""

    def run(listed="", own=""):
        body = (
            listed if listed.startswith(("<ul", "<div")) else f"<table>{HEAD}{listed or row(1, '2026-06-02')}</table>"
        )
        pages = {"hd/jzxx/": html(body, title="局长信箱_示例局", trail=(BOX[0], ("局长信箱", "")))}
        if own:
            pages["l/1.html"] = html(own, title="信件详情", trail=(*BOX, ("正文", "")))
        found = site_with(pages).fact(Letters).letters
        return next(one for one in found if one.url.endswith("l/1.html") or one.shared)

    return run


def own_page(state, rest):
    return f"<p>来信时间：2026-06-02</p><p>信件状态：{state}</p><p>来信内容：路灯不亮。</p>{rest}"


@pytest.mark.parametrize("state", ["已受理", "已转办", "办理中", "待回复"])
def test_a_reply_on_the_page_counts_more_than_a_state_left_behind(letter, state):
    own = own_page(state, "<p>答复内容：您好，路灯已于次日修复。</p>")
    assert letter(row(1, "2026-06-02", "", state), own).state is State.ANSWERED


def test_a_mere_receipt_does_not_end_the_matter(letter):
    own = own_page("已转办", "<p>办理情况：已转交有关科室办理。</p>")
    assert letter(row(1, "2026-06-02", "", "已转办"), own).state is State.PENDING


@pytest.mark.parametrize(
    "rest",
    [
        '<p>回复内容：</p><div id="reply"></div><script>$.get("/r?id=1",function(d){$("#reply").html(d)})</script>',
        "<p>回复内容：</p><script>document.write(reply(1))</script>",
        '<p>回复内容：</p><iframe src="/reply/1.html"></iframe>',
        '<p>回复内容：</p><p><img src="/f/1.jpg"></p>',
        '<p>回复内容：</p><p><a href="/f/1.pdf"><i></i></a></p>',
        '<p>办理单位：区住建局</p><div class="answer-box"></div><script src="/js/letter.js"></script>',
        "<p>区住建局：您反映的问题收悉，经现场查看，路灯已修复。</p>",
    ],
    ids=["ajax", "written", "frame", "picture", "file", "region", "unlabelled"],
)
def test_a_reply_that_may_be_out_of_sight_is_not_called_missing(letter, rest):
    listed = row(1, "2026-06-02", "", "已受理")
    assert letter(listed, own_page("已受理", rest)).state is State.HIDDEN


@pytest.mark.parametrize("rest", ["<p>查看答复</p>", "<p>满意度：满意</p>", "<h3>区住建局反馈</h3><p>已修复。</p>"])
def test_a_page_without_a_place_for_the_reply_shows_nothing(letter, rest):
    assert letter("", own_page("办理中", rest)).state is State.WORKING


@pytest.mark.parametrize("label", ["官方回应", "处理反馈", "办结意见", "解答", "管理员回复"])
def test_a_reply_goes_by_many_labels(letter, label):
    assert letter("", own_page("办理中", f"<p>{label}：路灯已修复。</p>")).state is State.ANSWERED


def test_a_state_of_the_list_and_an_empty_place_on_the_page_make_it_plain(letter):
    own = "<p>来信时间：2026-06-02</p><p>来信内容：路灯不亮。</p><p>回复内容：</p>"
    listed = f"<ul><li>{LINK.format(1, 1)}<span>2026-06-02</span><em>已受理</em></li></ul>"
    assert letter(listed, own).state is State.PENDING


def test_an_empty_place_on_a_plain_page_shows_that_there_is_none(letter):
    tools = '<div class="tool"><a href="#">打印</a><img src="/p.png"></div><script src="/share.js"></script>'
    below = f'<!--<$[信息内容]>end-->{tools}<a href="/bs/">网上办理</a><img src="/12345.png">'
    rest = f"<p>回复内容：</p>{below}"
    assert letter("", own_page("办理中", rest)).state is State.PENDING


@pytest.mark.parametrize("state", ["已受理", "已转办", "已交办"])
def test_a_list_that_says_accepted_leaves_the_reply_open(letter, state):
    assert (
        letter(f"<ul><li>{LINK.format(1, 1)}<span>2026-06-02</span><em>{state}</em></li></ul>").state is State.ACCEPTED
    )


def test_a_row_that_names_a_day_of_reply_and_denies_it_is_unclear(letter):
    assert letter(row(1, "2026-06-02", "2026-06-12", "办理中")).state is State.UNKNOWN


@pytest.mark.parametrize("state", ["", "办理中", "已受理"])
def test_a_row_left_empty_where_others_are_filled_shows_no_reply(letter, state):
    assert letter(row(1, "2026-06-02", "", state) + ANSWERED).state is State.PENDING


@pytest.mark.parametrize("state", ["不公开", "已转信访", "已关闭"])
def test_an_unknown_state_beside_an_empty_day_of_reply_is_unclear(letter, state):
    assert letter(row(1, "2026-06-02", "", state) + ANSWERED).state is State.UNKNOWN


@pytest.mark.parametrize(
    "cell", ['<img src="/done.gif">', "<script>document.write(st(3))</script>", '<i class="done"></i>']
)
def test_cells_that_show_something_else_than_words_are_not_called_empty(letter, cell):
    assert letter(row(1, "2026-06-02", cell, "已受理") + ANSWERED).state is State.ACCEPTED


def test_a_state_in_brackets_before_the_title_is_read(letter):
    title = '<a href="/l/1.html">[未处理] 路灯不亮</a>'
    assert letter(f"<ul><li>{title}<span>2026-06-02</span></li></ul>").state is State.PENDING


def test_a_title_that_speaks_of_a_state_is_none(letter):
    title = '<a href="/l/1.html">投诉物业未处理漏水问题</a>'
    listed = f"<table>{HEAD}<tr><td>{title}</td><td>2026-06-02</td><td>2026-06-04</td><td></td></tr></table>"
    assert letter(f"<div>{listed}</div>").state is State.ANSWERED


def test_a_step_of_the_breadcrumb_is_no_letter(site_with, html):
    body = "<p>网友：路灯不亮。提问时间：2026-06-02</p><p>区住建局：已修复。</p><p>状态：办理中</p>"
    pages = {"l/1.html": html(body, title="路灯", trail=(*BOX, ("正文", "")))}
    found = site_with(pages, home='<a href="/l/1.html">路灯</a>').fact(Letters).letters
    assert [one.url for one in found] == ["http://www.a.gov.cn/l/1.html"]


def test_an_empty_reply_in_a_guestbook_tells_beside_filled_ones(site_with, html):
    replies = ("您好，请带身份证到窗口。", "", "请于工作日来电。")
    entry = "<div><p>网友：甲　留言时间：2026-06-0{}</p><p>留言内容：怎么办理{}？</p><p>管理员回复：{}</p></div>"
    body = "".join(entry.format(at, at, text) for at, text in enumerate(replies, 1))
    pages = {"hd/jzxx/": html(body, title="留言板", trail=(BOX[0], ("留言板", "")))}
    states = [one.state for one in site_with(pages).fact(Letters).letters]
    assert states == [State.ANSWERED, State.PENDING, State.ANSWERED]
