"""Nothing is sent but to vetted addresses, within scope, paper, robots.txt and budget."""

import asyncio
from dataclasses import replace
from datetime import time

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Mode
from xuncha.net.addresses import LOOPBACK
from xuncha.net.guard import Spent

HOME = "http://www.example.gov.cn/"
ROBOTS = HOME + "robots.txt"


def paper(**authorised):
    return Authorisation("A1", "文", "办", **authorised)


def shut(raw):
    return raw(200, b"User-agent: *\nDisallow: /")


def test_the_vetted_address_is_the_one_that_is_asked(world, fetched):
    net = world()
    assert fetched(net).status == 200
    assert set(net.engine.addresses) == {"223.5.5.5"}


HIDDEN_LOOPBACK = [
    *("http://127.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://127.1/"),
    *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://１２７.０.０.１/"),
    *("http://127.0.0.1\\@a.example/", "http://localhost/", "http://a.localhost/", "http://0/", "http://[::]/"),
]


@pytest.mark.parametrize("url", [*HIDDEN_LOOPBACK, "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/"])
def test_no_spelling_of_a_forbidden_address_is_asked(world, fetched, url):
    net = world()
    assert fetched(net, url, external=True) is Reason.ADDRESS_FORBIDDEN
    assert net.engine.sent == []


@pytest.mark.parametrize("url", [HIDDEN_LOOPBACK[0], HIDDEN_LOOPBACK[6]])
def test_not_even_when_it_is_the_entry(world, fetched, url):
    assert fetched(world(urls=(url,)), url) is Reason.ADDRESS_FORBIDDEN


def test_a_name_that_resolves_to_private_is_not_asked(world, fetched):
    net = world(names={"www.example.gov.cn": ["192.168.1.1"]})
    assert fetched(net) is Reason.ADDRESS_FORBIDDEN
    assert net.engine.sent == []


def test_of_several_addresses_only_the_public_ones_are_asked(world, fetched):
    net = world({HOME: Reason.REFUSED}, {"www.example.gov.cn": ["127.0.0.1", "223.5.5.5", "fe80::1"]})
    assert fetched(net) is Reason.REFUSED
    assert set(net.engine.addresses) == {"223.5.5.5"}


def test_a_name_that_changes_its_answer_is_vetted_anew(world, raw):
    net = world(names={})
    answers = iter([("223.5.5.5",), ("223.5.5.5",), ("127.0.0.1",)])

    async def rebinding(_):
        return next(answers)

    net._session.guard._vetting._resolver.addresses = rebinding

    async def run():
        async with net:
            first = await net.fetch(HOME)
            with pytest.raises(NetError, match="address-forbidden"):
                await net.fetch(HOME)
            return first.status

    assert asyncio.run(run()) == 200
    assert set(net.engine.addresses) == {"223.5.5.5"}


def test_a_private_network_opens_its_ranges_for_its_own_hosts_only(world, fetched, raw):
    names = {"www.example.gov.cn": ["10.1.2.3"], "other.example": ["10.1.2.4"]}
    options = {"names": names, "network": ("10.1.0.0/16",)}
    assert fetched(world(**options)).status == 200
    assert fetched(world(**options), "http://other.example/", external=True) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize("address", ["10.2.0.1", "169.254.169.254", "169.254.1.1", "100.100.100.200", "127.0.0.1"])
def test_a_private_network_opens_nothing_else(world, fetched, address):
    net = world(names={"www.example.gov.cn": [address]}, network=("10.1.0.0/16", "100.64.0.0/10", "169.254.0.0/16"))
    assert fetched(net) is Reason.ADDRESS_FORBIDDEN


def test_the_lab_exempts_its_loopback_also_beyond_the_site(world, fetched, raw):
    net = world({"http://other.example/": raw()}, {"other.example": ["127.0.0.1"]}, exempt=LOOPBACK)
    assert fetched(net, "http://other.example/", external=True).status == 200


def test_the_hosts_file_counts_only_where_more_than_the_public_is_open(world, fetched):
    hosts = {"www.example.gov.cn": ["10.1.1.1"]}
    public, private = world(hosts=hosts), world(hosts=hosts, network=("10.0.0.0/8",))
    fetched(public)
    fetched(private)
    assert (set(public.engine.addresses), set(private.engine.addresses)) == ({"223.5.5.5"}, {"10.1.1.1"})


def test_connect_to_stands_in_for_the_lookup_of_the_sites_hosts(world, fetched):
    net = world(connect_to="203.107.1.1", names={"example.gov.cn": ["223.5.5.5"]})
    fetched(net)
    assert set(net.engine.addresses) == {"203.107.1.1"}


def test_what_connect_to_says_is_vetted_too(world, fetched):
    assert fetched(world(connect_to="127.0.0.1")) is Reason.ADDRESS_FORBIDDEN


@pytest.mark.parametrize(
    ("url", "options", "reason"),
    [
        ("ftp://www.example.gov.cn/", {}, Reason.SCHEME_FORBIDDEN),
        ("file:///etc/passwd", {}, Reason.SCHEME_FORBIDDEN),
        ("nonsense", {}, Reason.SCHEME_FORBIDDEN),
        (HOME, {"method": "POST"}, Reason.METHOD_FORBIDDEN),
        (HOME, {"headers": {"Host": "x"}}, Reason.METHOD_FORBIDDEN),
        (HOME, {"headers": {"User-Agent": "x"}}, Reason.NOT_AUTHORISED),
        ("http://other.example/", {}, Reason.OUT_OF_SCOPE),
        ("http://other.example/", {"external": True, "method": "OPTIONS"}, Reason.METHOD_FORBIDDEN),
        ("http://other.example:22/", {"external": True}, Reason.ADDRESS_FORBIDDEN),
        ("http://nowhere.example/", {"external": True}, Reason.DNS_FAILED),
    ],
)
def test_what_may_not_be_asked_is_not_sent(world, fetched, url, options, reason):
    net = world(names={"other.example": ["1.1.1.1"]})
    assert fetched(net, url, **options) is reason
    assert net.engine.urls == []


def test_the_agreed_hours_hold_for_every_request(world, fetched):
    net = world(authorisation=paper(hours=(time(22), time(6))))
    assert fetched(net) is Reason.OUTSIDE_HOURS
    assert net.engine.sent == []


def test_a_disguise_is_sent_only_with_the_authorised_mode(world, fetched):
    disguised = {"headers": {"User-Agent": "Baiduspider"}}
    refused, allowed = world(), world(authorisation=paper(modes=(Mode.DISGUISE,)))
    assert fetched(refused.bound(mode=Mode.DISGUISE), **disguised) is Reason.NOT_AUTHORISED
    assert fetched(allowed.bound(mode=Mode.DISGUISE), **disguised).status == 200
    assert allowed.engine.sent[-1][3]["User-Agent"] == "Baiduspider"


def test_robots_txt_is_read_once_under_our_name_and_kept_to(world, raw):
    net = world({HOME: raw(), ROBOTS: raw(200, b"User-agent: xuncha\nDisallow: /x")})

    async def run():
        async with net:
            await asyncio.gather(*(net.fetch(HOME) for _ in range(5)))
            with pytest.raises(NetError, match="robots-forbidden"):
                await net.fetch(HOME + "x/1")

    asyncio.run(run())
    assert [url for _, url, *_ in net.engine.sent].count(ROBOTS) == 1
    assert net.engine.sent[0][3]["User-Agent"].startswith("Xuncha/")


def test_whoever_fetches_robots_txt_gets_the_answer_that_came_for_it(world, raw):
    net = world({ROBOTS: raw(200, b"User-agent: *")})

    async def run():
        async with net:
            return [(await net.fetch(ROBOTS)).body, (await net.robots(HOME)).state, (await net.fetch(HOME)).status]

    assert asyncio.run(run()) == [b"User-agent: *", "free", 404]
    assert [url for _, url, *_ in net.engine.sent] == [ROBOTS, HOME]


def test_whoever_fetches_robots_txt_gets_the_failure_too(world, fetched):
    assert fetched(world({ROBOTS: Reason.RESET}), ROBOTS) is Reason.RESET


def test_a_site_that_shuts_all_robots_out_is_left_alone(world, fetched, raw):
    net = world({HOME: raw(), ROBOTS: shut(raw)})
    assert fetched(net) is Reason.ROBOTS_FORBIDDEN
    assert net.engine.urls == []


def test_a_page_of_a_host_that_cannot_be_reached_is_not_blamed_on_robots(world, fetched):
    assert fetched(world({ROBOTS: Reason.REFUSED}), HOME + "x") is Reason.REFUSED


@pytest.mark.parametrize("failure", [503, 429, Reason.TIMEOUT, Reason.RESET])
def test_unknown_robots_open_the_entry_and_where_it_redirects_to_only(world, raw, failure):
    answers = {HOME: raw(302, location="/index.html"), HOME + "index.html": raw()}
    net = world({**answers, ROBOTS: failure if isinstance(failure, Reason) else raw(failure)})

    async def run():
        async with net:
            with pytest.raises(NetError, match="robots-unknown"):
                await net.fetch(HOME + "index.html")
            return (await net.fetch(HOME)).final_url

    assert asyncio.run(run()) == HOME + "index.html"


def test_one_bad_moment_of_robots_txt_does_not_cost_the_site(world, fetched, raw):
    net = world({HOME + "x": raw(), ROBOTS: [Reason.RESET, raw(404)]})
    assert fetched(net, HOME + "x").status == 200


def test_a_challenge_in_the_place_of_robots_txt_leaves_it_unknown(world, fetched, raw):
    net = world({HOME + "x": raw(), ROBOTS: raw(200)}, recognise=lambda reply: replace(reply, challenge="jiasule"))
    assert fetched(net, HOME + "x") is Reason.ROBOTS_UNKNOWN


@pytest.mark.parametrize("location", ["/robots.txt", "ftp://a/", "http://"])
def test_a_robots_txt_that_redirects_nowhere_is_not_there(world, fetched, raw, location):
    net = world({HOME + "x": raw(), ROBOTS: raw(302, location=location)})
    assert fetched(net, HOME + "x").status == 200


def test_a_recorded_decision_ignores_robots(world, fetched, raw):
    net = world({HOME: raw(), ROBOTS: shut(raw)}, authorisation=paper(ignore_robots=True))
    assert fetched(net).status == 200


def test_robots_of_other_sites_are_not_asked_for_a_single_link(world, fetched, raw):
    net = world({"http://other.example/": raw()}, {"other.example": ["1.1.1.1"]})
    assert fetched(net, "http://other.example/", external=True).status == 200
    assert len(net.engine.sent) == 1


def test_a_link_into_the_site_is_under_its_robots_also_when_called_external(world, fetched, raw):
    assert fetched(world({HOME: raw(), ROBOTS: shut(raw)}), external=True) is Reason.ROBOTS_FORBIDDEN


def test_a_crawl_delay_slows_the_host_up_to_the_cap(world, raw, paced):
    net = world({ROBOTS: raw(200, b"User-agent: *\nCrawl-delay: 100")}, settings=paced(crawl_delay=0.001))
    asyncio.run(net.robots(HOME))
    (host, _) = net._session.guard._claims_on("www.example.gov.cn", "223.5.5.5")
    assert (host.limit.rate, host.limit.concurrent) == (1000.0, 1)


def test_a_page_of_links_to_its_own_ports_is_no_port_scan(world, fetched):
    net = world()
    reasons = [fetched(net, f"http://www.example.gov.cn:{port}/") for port in range(8000, 8025)]
    assert reasons.count(Reason.BUDGET_REACHED) == 5


def test_the_budgets_of_requests_and_bytes_end_it(world, raw, paced):
    net = world({HOME: raw(200, b"x" * 60)}, settings=paced(requests=9, site_bytes=100))

    async def run():
        async with net:
            await net.fetch(HOME)
            await net.fetch(HOME)
            with pytest.raises(NetError, match="100 bytes"):
                await net.fetch(HOME)

    asyncio.run(run())
    assert net.spent.bytes == 120


def test_what_was_spent_before_counts(world, fetched, paced):
    net = world(settings=paced(requests=9), spent=Spent(requests=9))
    assert (fetched(net), net.engine.sent) == (Reason.BUDGET_REACHED, [])


def test_bytes_that_came_before_count(world, fetched, paced):
    net = world(settings=paced(site_bytes=100), spent=Spent(bytes=100))
    assert (fetched(net), net.engine.sent) == (Reason.BUDGET_REACHED, [])


def test_a_request_is_noted_before_it_is_sent(world, fetched):
    noted = []
    net = world({HOME: lambda _headers: noted.append("sent")}, noted=lambda: noted.append(net.spent.requests))
    with pytest.raises(AttributeError):  # the engine answers nothing
        fetched(net)
    assert noted[-2:] == [2, "sent"]


def test_the_site_and_what_lies_beyond_have_budgets_of_their_own(world, fetched, paced):
    net = world(names={"o.example": ["1.1.1.1"]}, settings=paced(requests=2, external_requests=1))
    assert fetched(net).status == 200
    assert fetched(net) is Reason.BUDGET_REACHED
    assert fetched(net, "http://o.example/", external=True).status == 404
    assert fetched(net, "http://o.example/", external=True) is Reason.BUDGET_REACHED
    assert (net.spent.requests, net.spent.external) == (2, 1)


def test_requests_are_told_apart_by_who_asked(world, fetched):
    net = world()
    fetched(net)
    fetched(net.bound(asker="links.targets"))
    assert dict(net.spent.by_asker) == {"robots.txt": 1, "crawl": 1, "links.targets": 1}


def test_a_probe_has_a_budget_of_its_own(world, fetched):
    net = world()
    probe = net.bound(requests=1)
    assert fetched(probe).status == 200
    assert fetched(probe) is Reason.BUDGET_REACHED
    assert fetched(net.bound(requests=1)).status == 200
