import asyncio
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from xuncha.api import Gap, Reason
from xuncha.testing import FakeNet, earlier
from xuncha.testing.net import page as reply
from xuncha.testing.net import redirect, status
from xuncha_plugins.availability import probes
from xuncha_plugins.availability.facts import HomeVisits
from xuncha_plugins.availability.probes import HomeParams, Ipv6Params, MissingParams, SecondParams

HOME = "http://www.a.gov.example/"
SECURE = "https://www.a.gov.example/"
HOST = "www.a.gov.example"
AT_ONCE = HomeParams(pause=0)
NO_PAST = earlier()


def marked(answer, *marks):
    return replace(answer, marks=marks)


@pytest.fixture
def visit_home(site, clock):
    def run(pages, *, urls=(HOME,), past=NO_PAST, network=(), vantage="", **net) -> HomeVisits:
        made = FakeNet(pages, **net)
        run.net = made
        params = AT_ONCE.model_copy(update={"vantage": vantage})
        return asyncio.run(probes.home_visits(replace(site, urls=urls, network=network), params, made, clock, past))

    return run


def test_the_home_page_is_tried_as_often_as_told(visit_home):
    found = visit_home({HOME: reply("<h1>你好</h1>")})
    assert [visit.opened for visit in found.visits] == [True] * 3
    assert found.asides == ()


def test_redirects_are_followed_and_kept(visit_home):
    found = visit_home({HOME: redirect("/index.html"), f"{HOME}index.html": reply("x")})
    assert (found.visits[0].final_url, len(found.visits[0].hops)) == (f"{HOME}index.html", 1)


def test_a_challenge_is_noted(visit_home):
    found = visit_home({HOME: replace(status(521), challenge="jiasule")})
    assert found.visits[0].challenge == "jiasule"
    assert not found.visits[0].opened


def test_a_timeout_took_all_our_patience(visit_home):
    found = visit_home({HOME: Reason.TIMEOUT, SECURE: Reason.TIMEOUT})
    assert {(visit.reason, visit.seconds) for visit in found.visits} == {(Reason.TIMEOUT, 15.0)}


def test_where_https_is_cut_plain_http_shows_the_block(visit_home):
    block = marked(status(403), "filing-block:aliyun")
    found = visit_home({SECURE: Reason.RESET, HOME: block}, urls=(SECURE,))
    assert [aside.filing_block for aside in found.asides] == ["", "aliyun"]


def test_the_declared_entry_of_the_other_scheme_is_looked_at(visit_home):
    other = "http://www.a.gov.example:8080/"
    visit_home({SECURE: Reason.RESET, other: status(200)}, urls=(SECURE, other))
    assert visit_home.net.urls[-1] == other


def test_a_redirect_to_a_block_page_that_leads_nowhere_is_seen(visit_home):
    gone = "https://dnspod.qcloud.com/static/webblock.html?d=a"
    found = visit_home({HOME: marked(redirect(gone), "filing-block:tencent"), gone: Reason.NO_SUCH_NAME})
    assert [aside.filing_block for aside in found.asides] == ["tencent"]


def test_nothing_more_is_asked_where_the_site_answered(visit_home):
    visit_home({HOME: status(503)})
    assert visit_home.net.urls == [HOME] * 3


@pytest.mark.parametrize(
    ("reference", "resolves"), [(["192.0.2.9"], True), (Reason.DNS_FAILED, False), (None, False), ([], False)]
)
def test_where_nothing_answers_our_own_name_service_is_tried(visit_home, reference, resolves):
    pages = {HOME: Reason.NO_SUCH_NAME, SECURE: Reason.NO_SUCH_NAME}
    assert visit_home(pages, names={"www.gov.cn": reference}).names_resolve is resolves


@pytest.mark.parametrize(("vantage", "network"), [("outside", ()), ("intranet", ()), ("inside", ("10.0.0.0/8",))])
def test_silence_says_nothing_where_the_office_looks_from_elsewhere(visit_home, vantage, network):
    found = visit_home({HOME: Reason.TIMEOUT}, vantage=vantage, network=network)
    assert {visit.reason for visit in found.visits} == {Reason.VANTAGE_UNFIT}


@pytest.mark.parametrize(("vantage", "network"), [("", ()), ("inside", ()), ("intranet", ("10.0.0.0/8",))])
def test_silence_counts_where_the_visitors_stand(visit_home, vantage, network):
    found = visit_home({HOME: Reason.RESET, SECURE: Reason.RESET}, vantage=vantage, network=network)
    assert {visit.reason for visit in found.visits} == {Reason.RESET}


def test_an_error_that_the_site_itself_answers_counts_from_everywhere(visit_home):
    assert visit_home({HOME: status(503)}, vantage="outside").visits[0].status == 503


def test_a_site_without_an_address_is_a_gap(site, clock):
    found = asyncio.run(probes.home_visits(replace(site, urls=()), AT_ONCE, FakeNet(), clock, NO_PAST))
    assert found == Gap(Reason.NO_ENTRY_URL)


def test_cut_short_the_visits_so_far_are_kept(site, clock):
    async def run() -> HomeVisits | Gap:
        net = FakeNet({HOME: reply("x")})
        task = asyncio.ensure_future(probes.home_visits(site, HomeParams(pause=30), net, clock, NO_PAST))
        await asyncio.sleep(0)  # planned answers take no time: the first visit is over, and the pause has begun
        task.cancel()
        return await task

    found = asyncio.run(run())
    assert (len(found.visits), found.complete) == (1, False)


def test_facts_can_be_stored(visit_home):
    found = visit_home({HOME: Reason.RESET, SECURE: redirect(HOME)})
    adapter = TypeAdapter(HomeVisits)
    assert adapter.validate_json(adapter.dump_json(found)) == found


@pytest.fixture
def ask_again(site, clock):
    def run(crawl, planned, past=NO_PAST, **params):
        run.net = FakeNet(planned)
        return asyncio.run(probes.second_visits(site, crawl, SecondParams(pause=0, **params), run.net, clock, past))

    return run


def test_only_pages_that_answered_with_an_error_are_asked_again(crawl, page, ask_again):
    lost = page("c", status=0, problem=Reason.TIMEOUT)
    found = ask_again(crawl(page("a"), page("b", status=500), lost, page("d", status=403)), {f"{HOME}b": status(500)})
    assert [(visit.url, visit.status) for visit in found.visits] == [(f"{HOME}b", 500)]


def test_shallow_pages_come_first_and_the_rest_is_left_out(crawl, page, ask_again):
    found = ask_again(crawl(page("a", 3, status=404), page("b", status=404)), {f"{HOME}*": status(404)}, pages=1)
    assert ([visit.url for visit in found.visits], found.complete) == ([f"{HOME}b"], False)


def test_a_sound_crawl_costs_no_request(crawl, page, ask_again):
    assert ask_again(crawl(page("a")), {}).complete


@pytest.fixture
def ask_missing(site):
    def run(crawl, pages, **params):
        run.net = FakeNet(pages)
        return asyncio.run(probes.missing_pages(site, crawl, MissingParams(**params), run.net))

    return run


def test_addresses_are_made_up_in_the_root_and_the_largest_folders(crawl, page, ask_missing):
    pages = [page(f"zwgk/{number}.shtml") for number in range(3)] + [page("bsfw/1.shtml"), page("x/y/1.htm")]
    found = ask_missing(crawl(*pages), {f"{HOME}*": status(404)})
    assert [answer.folder for answer in found.answers] == ["/", "/zwgk/", "/bsfw/"]
    assert all(answer.url.endswith(".shtml") for answer in found.answers)


def test_the_same_run_makes_up_the_same_addresses(crawl, ask_missing):
    urls = [ask_missing(crawl(), {f"{HOME}*": status(404)}).answers[0].url for _ in range(2)]
    other = ask_missing(crawl(), {f"{HOME}*": status(404)}, seed="2").answers[0].url
    assert urls[0] == urls[1] != other


def test_being_sent_home_is_told_from_an_answer_in_place(crawl, page, ask_missing):
    pages = {f"{HOME}xuncha*": redirect("/index.html"), f"{HOME}index.html": reply("x")}
    assert ask_missing(crawl(), pages).answers[0].to_home
    assert not ask_missing(crawl(), {f"{HOME}xuncha*": reply("x")}).answers[0].to_home


def test_two_copies_of_one_error_page_agree_in_their_words(crawl, page, ask_missing):
    def echo(url, _):
        return reply(f"<title>出错</title><style>a{{}}</style><p>找不到 {url.rpartition('/')[2]}，编号 {len(url)}")

    first, second = ask_missing(crawl(page("zwgk/1.html")), {f"{HOME}*": echo}).answers
    assert (first.words_sha256 == second.words_sha256, first.sha256 == second.sha256) == (True, False)
    assert first.title == "出错"


def test_a_failed_address_is_kept_with_its_reason(crawl, ask_missing):
    assert ask_missing(crawl(), {f"{HOME}*": Reason.RESET}).answers[0].reason is Reason.RESET


def test_where_the_home_page_did_not_open_nothing_is_asked(crawl, page, ask_missing):
    front = page("", 0, status=0, problem=Reason.CHALLENGED)
    assert ask_missing(crawl(front=front), {}) == Gap(Reason.CHALLENGED)


def ask_ipv6(home, url: str = HOME, **net):
    return asyncio.run(probes.ipv6(replace(home(), url=url), Ipv6Params(), FakeNet(**net)))


def test_an_ipv6_address_is_connected_at_the_entrys_port(home):
    found = ask_ipv6(home, SECURE, names={(HOST, "AAAA"): ["2001:db8::1"]}, streams={("2001:db8::1", 443): b""})
    assert (found.connected, found.addresses) == (True, ("2001:db8::1",))


def test_a_refusal_is_kept(home):
    found = ask_ipv6(home, names={(HOST, "AAAA"): ["2001:db8::1"]})
    assert (found.connected, found.reason) == (False, Reason.REFUSED)


def test_the_second_address_may_answer(home):
    names = {(HOST, "AAAA"): ["2001:db8::1", "2001:db8::2"]}
    assert ask_ipv6(home, names=names, streams={("2001:db8::2", 80): b""}).connected


def test_no_address_is_a_fact(home):
    assert ask_ipv6(home, names={(HOST, "AAAA"): []}).exists
    assert not ask_ipv6(home).exists


def test_an_address_for_an_entry_is_not_looked_up(home):
    assert ask_ipv6(home, "http://192.0.2.1/").connected is None


def test_under_a_notice_nothing_is_asked(crawl, page, ask_missing):
    notice = page("", 0, words=20, marks=("maintenance:construction",))
    assert ask_missing(crawl(front=notice), {}) == Gap(Reason.TOO_FEW_PAGES)
    assert not ask_missing.net.asked


def test_a_notice_in_place_of_the_page_is_noted(visit_home):
    found = visit_home({HOME: marked(reply("维护中"), "soft-404:number-404", "maintenance:construction")})
    assert (found.visits[0].notice, found.visits[0].opened) == ("soft-404:number-404", True)
