"""Online systems that are linked answer, and forms lead somewhere; nothing is ever submitted."""

from dataclasses import replace

import pytest

from xuncha.api import PageRecord, Reason, Site, SiteKind
from xuncha.testing.net import page as reply
from xuncha.testing.net import status

HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
OUTSIDE = "http://yy.b.gov.cn/"


@pytest.fixture
def linked(inspected, home):
    """A home page with one link to an online system."""

    def run(url, answer=None, text="网上预约系统", **values):
        answers = {url: answer} if answer is not None else {}
        return inspected([home(f'<a href="{url}">{text}</a>')], answers, **values)

    return run


@pytest.mark.parametrize(
    "text", ["网上预约系统", "不动产登记查询平台", "省政务服务网", "在线办理", "网上办事大厅", "一网通办"]
)
def test_links_that_promise_a_system_are_asked(linked, text):
    assert linked(OUTSIDE, reply("ok"), text).said("systems") == ("pass", None)


@pytest.mark.parametrize("text", ["关于启用网上申报系统的通知", "在线访谈", "网上调查", "工作动态", "办事指南"])
def test_other_links_are_no_systems(linked, text):
    assert linked(OUTSIDE, reply("ok"), text).said("systems") == ("not_applicable", "not-offered")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (status(404), ("fail", ["gone"])),
        (status(410), ("fail", ["gone"])),
        (status(503), ("warn", ["server-error"])),
        (status(403), ("inconclusive", "low-coverage")),
        (status(412), ("inconclusive", "low-coverage")),
        (Reason.TIMEOUT, ("manual", ["no-answer"])),
        (Reason.ADDRESS_FORBIDDEN, ("manual", ["inside"])),
        (Reason.ROBOTS_FORBIDDEN, ("inconclusive", "low-coverage")),
        (replace(reply("x"), challenge="ruishu", status=503), ("inconclusive", "low-coverage")),
        ([status(404), reply("ok")], ("pass", None)),
    ],
)
def test_an_external_system_is_blamed_only_for_what_is_certain(linked, answer, expected):
    assert linked(OUTSIDE, answer).said("systems") == expected


def test_a_name_that_two_lookups_deny_is_certain(linked):
    site = linked(OUTSIDE, Reason.NO_SUCH_NAME)
    assert site.said("systems") == ("fail", ["no-such-name"])
    assert [asked.what for asked in site.net.asked if asked.call == "resolve"] == ["yy.b.gov.cn"] * 2 + ["www.gov.cn"]


CLOSED_NETWORK = {"www.gov.cn": None}


def test_a_name_denied_where_all_names_are_proves_nothing(linked):
    site = linked(OUTSIDE, Reason.NO_SUCH_NAME, names=CLOSED_NETWORK)
    assert site.said("systems") == ("inconclusive", "vantage-unfit")


def test_a_denied_name_is_certain_where_another_host_outside_answers(inspected, home):
    markup = f'<a href="{OUTSIDE}">网上预约系统</a><a href="http://cx.c.gov.cn/">不动产查询系统</a>'
    answers = {OUTSIDE: Reason.NO_SUCH_NAME, "http://cx.c.gov.cn/": reply("ok")}
    assert inspected([home(markup)], answers, names=CLOSED_NETWORK).said("systems") == ("fail", ["no-such-name"])


def test_where_none_of_several_hosts_outside_answers_nothing_is_told(inspected, home):
    hosts = [f"http://{name}.gov.cn/" for name in ("yy", "cx", "sb")]
    markup = "".join(f'<a href="{host}">网上预约系统</a>' for host in hosts)
    site = inspected([home(markup)], dict.fromkeys(hosts, Reason.NO_SUCH_NAME))
    assert site.said("systems") == ("inconclusive", "vantage-unfit")


def test_what_the_net_itself_calls_out_of_sight_is_not_judged(linked):
    assert linked(OUTSIDE, Reason.VANTAGE_UNFIT).said("systems") == ("inconclusive", "vantage-unfit")


def test_a_name_that_resolves_after_all_is_not(linked):
    site = linked(OUTSIDE, Reason.NO_SUCH_NAME, names={"yy.b.gov.cn": ("192.0.2.7",)})
    assert site.said("systems") == ("manual", ["no-answer"])


def test_a_system_of_the_site_that_fails_twice_is_found(linked):
    record = PageRecord(f"{HOME}yuyue/", f"{HOME}yuyue/", 1, 503)
    site = linked(f"{HOME}yuyue/", status(503), records=(record,))
    assert site.said("systems") == ("fail", ["server-error"])


def test_a_system_of_the_site_that_the_crawl_opened_is_not_asked_again(linked):
    record = PageRecord(f"{HOME}yuyue/", f"{HOME}yuyue/", 1, 200)
    site = linked(f"{HOME}yuyue/", records=(record,))
    assert (site.said("systems"), site.asked) == (("pass", None), [])


def test_a_system_of_an_inner_network_is_verified_there(linked):
    assert linked("http://oa.zwnet.local/", Reason.DNS_FAILED).said("systems") == ("manual", ["inside"])


def test_a_private_address_is_the_links_word(linked):
    assert linked("http://192.168.1.9/oa/").said("systems") == ("not_applicable", "not-offered")


# ---------------------------------------------------------------- forms


@pytest.fixture
def formed(inspected, home, page):
    """A page with one form."""

    def run(form, answers=None, **values):
        return inspected([home(""), page(form, "hdjl/", title="领导信箱")], answers, **values)

    return run


POST = '<form action="{}" method="post"><input name="name"><input type="submit" value="提交"></form>'


@pytest.mark.parametrize("answer", [reply("ok"), status(405), status(403), status(500), status(302), Reason.TIMEOUT])
def test_a_post_action_that_may_live_is_left_alone(formed, answer):
    site = formed(POST.format("/guestbook/save.jsp"), {f"{HOME}guestbook/*": answer})
    assert site.said("forms") == ("pass", None)


@pytest.mark.parametrize("code", [404, 410])
def test_a_post_action_that_is_gone_is_found(formed, code):
    site = formed(POST.format("/guestbook/save.jsp"), {f"{HOME}guestbook/*": status(code)})
    assert site.said("forms") == ("fail", ["gone"])


def test_nothing_is_ever_posted_or_sent_along(formed):
    site = formed(POST.format("/guestbook/save.jsp?id=3"), {f"{HOME}guestbook/*": status(404)})
    assert {(one.method, one.what) for one in site.net.asked if one.call == "fetch"} == {
        ("HEAD", f"{HOME}guestbook/save.jsp"),
        ("OPTIONS", f"{HOME}guestbook/save.jsp"),
    }


def test_an_address_without_a_file_name_may_take_post_alone(formed):
    def post_only(url, method):
        return status(404) if method == "HEAD" else status(204, allow="POST")

    assert formed(POST.format("/api/letters"), {f"{HOME}api/*": post_only}).said("forms") == ("pass", None)
    assert formed(POST.format("/api/letters"), {f"{HOME}api/*": status(404)}).said("forms") == ("warn", ["gone"])


def test_a_get_form_whose_action_is_gone_is_found(formed):
    form = '<form action="/xjcx/query"><input name="sn">查询码</form>'
    assert formed(form, {f"{HOME}xjcx/*": status(404)}).said("forms") == ("fail", ["gone"])


@pytest.mark.parametrize(
    "action", ["http://192.168.3.4/save.do", "http://localhost:8080/save", "http://oa-server/save"]
)
def test_a_form_to_where_no_citizen_gets_is_found(formed, action):
    assert formed(POST.format(action)).said("forms") == ("fail", ["private"])


def test_on_an_inner_network_private_actions_are_fine(formed):
    inner = replace(SITE, network=("192.168.0.0/16",))
    site = formed(POST.format("http://192.168.3.4/save.do"), {"http://192.168.3.4/*": status(405)}, site=inner)
    assert site.said("forms") == ("pass", None)


def test_an_action_whose_name_only_our_network_denies_is_not_judged(formed):
    form, answers = POST.format("http://xj.b.gov.cn/save.do"), {"http://xj.b.gov.cn/*": Reason.NO_SUCH_NAME}
    assert formed(form, answers).said("forms") == ("fail", ["no-such-name"])
    assert formed(form, answers, names=CLOSED_NETWORK).said("forms") == ("inconclusive", "vantage-unfit")


def test_an_action_of_empty_script_needs_some_script(formed):
    assert formed(POST.format("javascript:;")).said("forms") == ("fail", ["nowhere"])
    assert formed(POST.format("javascript:;") + "<script>bind()</script>").said("forms") == ("pass", None)


def test_a_form_without_action_is_sent_to_its_own_page(formed):
    assert formed('<form method="post"><input name="a"></form>').said("forms") == ("pass", None)


def test_without_forms_there_is_nothing_to_judge(inspected, home):
    assert inspected([home("")]).said("forms") == ("not_applicable", "not-offered")
