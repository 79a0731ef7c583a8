"""What a probe is handed, from end to end."""

import asyncio
import sys
from contextlib import asynccontextmanager, suppress
from contextvars import Context

import httpx
import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.net.addresses import LOOPBACK
from xuncha.net.client import open_site
from xuncha.net.engine import Engine
from xuncha.net.ledger import Claim, Ledger, Limit
from xuncha.net.resolver import Resolver
from xuncha.net.settings import Caller, Settings

HOME = "http://www.example.gov.cn/"
HOST = "www.example.gov.cn"
NAMES = {HOST: ["127.0.0.1"], "whois.example": ["127.0.0.1"]}


@asynccontextmanager
async def echo():
    """A server that answers whatever it gets, and the heads it got."""
    heads, tasks = [], set()

    async def answer(reader, writer):
        tasks.add(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError, OSError):
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            status = b"404 Not Found" if "robots.txt" in heads[-1] else b"200 OK"
            writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heads
        await asyncio.gather(*tasks)


def test_a_page_is_fetched_over_the_wire_under_our_name(tmp_path):
    Ledger.create(tmp_path / "ledger", workers=1)

    async def run():
        async with echo() as (port, heads):
            ledger, url = Ledger(tmp_path / "ledger", 0), f"http://{HOST}:{port}/x?y"
            settings = Settings(caller=Caller(telephone="010-1"))
            resolver = Resolver(["127.0.0.1:9"], hosts=NAMES)
            site = Site("s1", "示例", (f"http://{HOST}:{port}/",))
            async with open_site(
                site, engine=Engine(), ledger=ledger, resolver=resolver, settings=settings, exempt=LOOPBACK
            ) as net:
                reply = await net.fetch(url)
            ledger.close()
            return port, heads, reply, net.spent

    port, heads, reply, spent = asyncio.run(run())
    assert (reply.body, reply.address, reply.fetched_at is not None) == (b"ok", "127.0.0.1", True)
    assert [head.split()[1] for head in heads] == ["/robots.txt", "/x?y"]
    assert all("tel 010-1" in head and f"host: {HOST}:{port}" in head.lower() for head in heads)
    assert (spent.requests, spent.bytes) == (2, 4)


def test_httpx_goes_the_same_way_and_raises_its_own_exceptions(world, raw):
    net = world({HOME: raw(200, b"<p>", content_encoding="gzip"), HOME + "no": Reason.REFUSED})

    async def run():
        async with net, net.http as client:
            page = await client.get(HOME)
            with pytest.raises(httpx.ConnectError) as refused:
                await client.get(HOME + "no")
            with pytest.raises(NetError, match="out-of-scope"):
                await client.get("http://other.example/")
            with pytest.raises(NetError, match="method-forbidden"):
                await client.post(HOME, content=b"x")
            return page.text, refused.value.reason

    assert asyncio.run(run()) == ("<p>", Reason.REFUSED)
    assert net.engine.sent[1][3]["User-Agent"].startswith("Xuncha/")


def test_a_stream_takes_a_place_until_it_is_closed(world, paced):
    one = Limit(rate=1e6, concurrent=1)
    net = world(names=NAMES, exempt=LOOPBACK, settings=paced(host=one, patience=0.01))

    async def run():
        async with echo() as (port, _), net:
            stream = await net.connect(HOST, port)
            with pytest.raises(NetError, match="rate-limited"):
                await net.fetch(HOME)
            await stream.send(b"GET / HTTP/1.1\r\n\r\n")
            received = await stream.receive()
            await stream.close()
            await stream.close()
            return received, (await net.fetch(HOME)).status

    received, status = asyncio.run(run())
    assert (received[:12], status) == (b"HTTP/1.1 200", 200)


def test_streams_that_a_probe_forgot_are_closed_with_the_site(world):
    net = world(names=NAMES, exempt=LOOPBACK)

    async def run():
        async with echo() as (port, _), net:
            return await net.bound().connect(HOST, port)

    asyncio.run(run())
    claim = Claim.on(f"host:{HOST}", Limit(rate=1e6, concurrent=1))
    assert net.ledger.pass_through([claim]).try_enter() == 0


@pytest.mark.parametrize("host", ["other.example", "whois.example", "127.0.0.9", "", "no such host"])
def test_strangers_are_not_spoken_to(world, host):
    net = world(names=NAMES, exempt=LOOPBACK)

    async def run():
        async with net:
            with pytest.raises(NetError, match="out-of-scope"):
                await net.connect(host, 43)
            async with net.lease(host, 443, connections=1):
                pass

    with pytest.raises(NetError, match="out-of-scope"):
        asyncio.run(run())


def test_configured_services_and_the_sites_own_addresses_are(world, paced):
    net = world(names=NAMES, exempt=LOOPBACK, settings=paced(relays=("whois.example",)))

    async def run():
        async with echo() as (port, _), net:
            await (await net.bound(services=["registry.example"]).connect("whois.example", port)).close()
            await (await net.connect(HOST, port)).close()
            await (await net.connect("127.0.0.1", port)).close()

    asyncio.run(run())
    assert net.spent.connections == 3


def test_an_address_of_the_site_is_known_before_anything_was_asked_of_its_host(world):
    net = world(names=NAMES, exempt=LOOPBACK)

    async def run():
        async with echo() as (port, _), net:
            await (await net.connect("127.0.0.1", port)).close()

    asyncio.run(run())
    assert net.spent.connections == 1


def test_services_that_a_probe_declares_are_spoken_to_by_that_probe_only(world):
    net = world(names=NAMES, exempt=LOOPBACK)

    async def run():
        async with echo() as (port, _), net:
            with pytest.raises(NetError, match="out-of-scope"):
                await net.bound().connect("whois.example", port)
            await (await net.bound(services=["whois.example"]).connect("whois.example", port)).close()
            await (await net.connect(HOST, port)).close()

    asyncio.run(run())
    assert net.spent.connections == 2


@pytest.mark.parametrize("relay", ["127.0.0.1", "whois.example"])
def test_the_operators_relay_may_be_in_his_own_network(world, paced, relay):
    net = world(names=NAMES, settings=paced(relays=(relay,)))

    async def run():
        async with echo() as (port, _), net:
            await (await asking(net).connect(relay, port)).close()

    asyncio.run(run())
    assert net.spent.connections == 1


@pytest.mark.parametrize("host", [HOST, "127.0.0.1", "other.example"])
def test_a_site_that_claims_the_address_of_the_relay_is_not_led_there(world, paced, host):
    net = world(names=NAMES | {"other.example": ["127.0.0.1"]}, settings=paced(relays=("127.0.0.1",)))

    async def run():
        async with echo() as (port, heard), net:
            with pytest.raises(NetError, match=r"address-forbidden|out-of-scope"):
                await net.bound().connect(host, port)
            with pytest.raises(NetError, match=r"address-forbidden|out-of-scope"):
                await net.bound().fetch(f"http://{host}:{port}/")
            assert not heard

    asyncio.run(run())


def test_no_relay_is_where_a_cloud_hands_out_keys(world, paced):
    net = world(names=NAMES, settings=paced(relays=("169.254.169.254",)))

    async def run():
        async with net:
            await asking(net).connect("169.254.169.254", 80)

    with pytest.raises(NetError, match="address-forbidden"):
        asyncio.run(run())


def asking(net):
    """The view of a probe that asks registries."""
    return net.bound(services=["registry.example"])


def test_a_service_is_spoken_to_at_its_own_pace_whichever_site_asks(world, paced):
    slow = paced(relays=("whois.example",), service=Limit(rate=1e-3, concurrent=1), patience=0.01)
    first = world(names=NAMES, exempt=LOOPBACK, settings=slow)
    second = world(names=NAMES, exempt=LOOPBACK, settings=slow, ledger=first.ledger)

    async def run():
        async with echo() as (port, _), first, second:
            await (await asking(first).connect("whois.example", port)).close()
            await (await first.connect(HOST, port)).close()
            with pytest.raises(NetError, match="rate-limited"):
                await asking(second).connect("whois.example", port)

    asyncio.run(run())


def test_a_connection_that_fails_gives_its_place_back(world, paced):
    net = world(names=NAMES, exempt=LOOPBACK, settings=paced(host=Limit(rate=1e6, concurrent=1), patience=0.01))

    async def run():
        async with echo() as (port, _), net:
            pass
        for _ in range(2):
            with pytest.raises(NetError, match="refused"):
                await net.connect(HOST, port)

    asyncio.run(run())


def test_only_declared_programs_are_run(world):
    net = world()
    this = [sys.executable, "-m", "this"]
    with pytest.raises(NetError, match="broke-contract"):
        asyncio.run(net.run(this, deadline=5))
    with pytest.raises(NetError, match="broke-contract"):
        asyncio.run(net.bound(programs=("sslyze",)).run(["/usr/bin/nmap", "sslyze"], deadline=5))
    assert b"Zen" in asyncio.run(net.bound(programs=("this",)).run(this, deadline=20)).stdout


def test_http_to_a_leased_host_rests_until_the_lease_ends(world, raw):
    net = world({HOME: raw(200)})

    async def run():
        async with net:
            async with net.lease(HOST, 443, connections=3) as lease:
                waiting = asyncio.create_task(net.fetch(HOME + "x"), context=Context())
                for _ in range(20):
                    await asyncio.sleep(0)
                during = list(net.engine.sent)
            return lease, during, (await waiting).status

    lease, during, status = asyncio.run(run())
    assert (lease.host, lease.port, lease.address, lease.connections) == (HOST, 443, "223.5.5.5", 3)
    assert (during, status) == ([], 404)


def test_a_fetch_within_its_own_lease_is_a_clear_error_not_a_hang(world):
    net = world()

    async def run():
        async with net, net.lease(HOST, 443, connections=1):
            await net.fetch(HOME)

    with pytest.raises(RuntimeError, match="within a lease"):
        asyncio.run(run())


def test_streams_within_a_lease_are_its_own_connections(world, paced):
    net = world(names=NAMES, exempt=LOOPBACK, settings=paced(host=Limit(rate=1e6, concurrent=1), patience=0.01))

    async def run():
        async with echo() as (port, _), net, net.lease(HOST, port, connections=2):
            streams = [await net.connect(HOST, port) for _ in range(2)]
            third = asyncio.create_task(net.connect(HOST, port))
            await asyncio.wait({third}, timeout=0.02)
            waited = not third.done()
            for stream in streams:
                await stream.close()
            await (await third).close()
            return waited

    assert asyncio.run(run())
    assert net.spent.connections == 3


def test_after_a_lease_that_failed_everything_is_as_before(world, raw):
    net = world({HOME: raw(200)})

    async def run():
        async with net:
            with pytest.raises(ZeroDivisionError):
                async with net.lease(HOST, 443, connections=99):
                    raise ZeroDivisionError
            async with net.lease(HOST, 443, connections=99):
                pass
            return (await net.fetch(HOME)).status

    assert asyncio.run(run()) == 200


def test_a_lease_can_leave_http_alone(world, raw):
    net = world({HOME: raw(200)})

    async def run():
        async with net, net.lease(HOST, 443, connections=1, pause_http=False):
            return (await net.fetch(HOME)).status

    assert asyncio.run(run()) == 200


def test_a_lease_never_gets_more_connections_than_the_address_allows(world, paced):
    net = world(settings=paced(address=Limit(rate=1e6, concurrent=4)))

    async def run():
        async with net, net.lease(HOST, 443, connections=50) as lease:
            return lease.connections

    assert asyncio.run(run()) == 4


def test_leases_of_one_address_follow_each_other(world, paced):
    settings = paced(patience=0.01)
    first = world(names={HOST: ["223.5.5.5"]}, settings=settings)
    second = world(names={HOST: ["223.5.5.5"]}, settings=settings, ledger=first.ledger)

    async def run():
        async with first, second, first.lease(HOST, 443, connections=1):
            with pytest.raises(NetError, match="rate-limited"):
                async with second.lease(HOST, 8443, connections=1):
                    pass

    asyncio.run(run())


def test_twenty_sites_on_one_address_over_two_workers_share_its_connections(world, raw, paced, tmp_path):
    settings, urls = (
        paced(address=Limit(rate=1e6, concurrent=3, burst=99)),
        [f"http://s{n}.example/" for n in range(20)],
    )
    first = world()
    second = Ledger(tmp_path / "ledger", 1)
    nets = [
        world(
            names={f"s{n}.example": ["223.5.5.5"]}, urls=(url,), settings=settings, ledger=(first.ledger, second)[n % 2]
        )
        for n, url in enumerate(urls)
    ]
    most = _count_at_once([net.engine for net in nets])

    async def run():
        await asyncio.gather(*(net.fetch(url) for net, url in zip(nets, urls, strict=True)))

    asyncio.run(run())
    second.close()
    assert sum(len(net.engine.sent) for net in nets) == 40
    assert max(most) == 3


def _count_at_once(engines):
    """Makes the engines take turns in the loop; gives how many were busy whenever one began."""
    busy, seen = [], []
    for engine in engines:

        async def send(*call, plain=engine.send):
            busy.append(call)
            seen.append(len(busy))
            await asyncio.sleep(0)
            busy.remove(call)
            return await plain(*call)

        engine.send = send
    return seen


def test_resolving_is_counted(world):
    net = world(names={"a.example": ["192.0.2.1"]})
    assert asyncio.run(net.resolve("a.example")).values == ("192.0.2.1",)
    assert net.spent.lookups == 1


def test_robots_are_told_for_the_site_only(world, raw):
    net = world({HOME + "robots.txt": raw(200, b"Sitemap: http://a/s.xml")})
    assert asyncio.run(net.robots(HOME)).sitemaps == ("http://a/s.xml",)
    with pytest.raises(NetError, match="out-of-scope"):
        asyncio.run(net.robots("http://other.example/"))


def test_leaving_the_site_closes_its_engine(world, fetched):
    net = world()
    fetched(net)
    assert net.engine.closed


@pytest.mark.parametrize("option", [{"network": ("10.0.0.0/99",)}, {"exempt": ("nonsense",)}])
def test_a_range_that_is_none_is_refused_when_the_site_is_opened(world, option):
    with pytest.raises(ValueError, match="does not appear to be"):
        world(**option)
