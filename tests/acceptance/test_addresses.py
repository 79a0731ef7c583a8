"""Which addresses a whole run connects: counted at servers that nobody may reach, with the real resolver."""

import itertools

import pytest

pytestmark = pytest.mark.acceptance

FORBIDDEN = "127.0.0.2"
ONLY = ("127.0.0.1/32",)
HOST = "www.example.gov.cn"
METADATA = ("169.254.169.254", "100.100.100.200", "[fd00:ec2::254]")


@pytest.fixture
def canary(web):
    """Listens where nobody may connect."""
    return web({"/": "<p>secret</p>"}, FORBIDDEN)


def spellings(port):
    """The forbidden address as attackers write it."""
    hosts = (
        "127.0.0.2",
        "2130706434",
        "0x7f000002",
        "0177.0.0.2",
        "127.2",
        "[::ffff:127.0.0.2]",
        "[::ffff:7f00:2]",
        "[64:ff9b::7f00:2]",
        "[2002:7f00:2::]",
        "１２７.０.０.２",
        "127。0。0。2",
        "inside.example.gov.cn",
    )
    return [*(f"http://{host}:{port}/" for host in hosts), f"http://127.0.0.2:{port}\\@{HOST}/"]


def targets_of(canary):
    return [*spellings(canary.port), *(f"http://{host}/latest/meta-data/" for host in METADATA)]


def test_no_spelling_of_a_forbidden_address_is_connected(web, canary, names, inspect, department):
    names.table |= {HOST: ("127.0.0.1",), "inside.example.gov.cn": (FORBIDDEN,)}
    targets = targets_of(canary)
    tags = ('<a href="{}">链接</a>', '<img src="{}">', '<script src="{}"></script>', '<iframe src="{}"></iframe>')
    pages = {f"/to/{number}": target for number, target in enumerate(targets)}
    own = "".join(f'<a href="{path}">第 {path} 页</a><img src="{path}">' for path in pages)
    beyond = "".join(tag.format(target) for tag in tags for target in targets)
    refreshing = f'<meta http-equiv="refresh" content="0;url={targets[0]}">'
    site = web(pages | {"/": own + beyond + '<a href="/refresh">刷新</a>', "/refresh": refreshing})
    site.pages["/sitemap.xml"] = targets[1]
    entry = department("a", f"http://{HOST}:{site.port}/")
    told = inspect(entry, open_addresses=ONLY, nameservers=(names.address,), external_links=200)
    assert {path for _host, path in site.asked} >= {"/", "/refresh", "/sitemap.xml", *pages}
    assert "inside.example.gov.cn" in names.asked
    assert canary.connections == 0
    assert told.status("a", "links.private-target") == "fail"


def test_a_robots_txt_that_leads_inside_is_not_followed(web, canary, names, inspect, department):
    names.table[HOST] = ("127.0.0.1",)
    site = web({"/": '<a href="/a">甲</a>', "/a": "<p>正文</p>", "/robots.txt": targets_of(canary)[0]})
    told = inspect(department("a", f"http://{HOST}:{site.port}/"), open_addresses=ONLY, nameservers=(names.address,))
    assert canary.connections == 0
    assert "/a" not in {path for _host, path in site.asked}
    assert told.status("a", "links.broken-internal") == "inconclusive"


def test_a_name_that_changes_its_answer_changes_nothing(web, canary, names, inspect, department):
    answers = itertools.cycle([("127.0.0.1",), (FORBIDDEN,), (FORBIDDEN, "127.0.0.1")])
    names.table[HOST] = lambda: next(answers)
    links = "".join(f'<a href="/{number}">第 {number} 页</a>' for number in range(20))
    site = web({"/": links} | {f"/{number}": "<p>正文</p>" for number in range(20)})
    told = inspect(department("a", f"http://{HOST}:{site.port}/"), open_addresses=ONLY, nameservers=(names.address,))
    assert told.result.sites[0].stats.pages == 21
    assert canary.connections == 0


def test_a_name_that_is_rebound_before_the_first_request_is_refused(canary, names, inspect, department):
    names.table[HOST] = (FORBIDDEN,)
    told = inspect(department("a", f"http://{HOST}:{canary.port}/"), open_addresses=ONLY, nameservers=(names.address,))
    assert (told.status("a", "availability.home-opens"), canary.connections) == ("inconclusive", 0)
    assert told.reason("a", "availability.home-opens") == "address-forbidden"


def test_a_private_network_opens_its_own_range_for_its_own_site_only(web, private_address, names, inspect, department):
    inner = web({"/": '<a href="/a">甲</a>', "/a": "<p>正文</p>"}, private_address)
    hosts = {"intranet": "oa.example.gov.cn", "public": "www.example.gov.cn", "elsewhere": "bg.example.gov.cn"}
    names.table |= dict.fromkeys(hosts.values(), (private_address,))
    networks = {"intranet": (private_address,), "elsewhere": ("172.31.255.0/24",)}
    sites = [
        department(name, f"http://{host}:{inner.port}/", network=networks.get(name, ())) for name, host in hosts.items()
    ]
    told = inspect(*sites, open_addresses=(), nameservers=(names.address,))
    assert told.status("intranet", "availability.home-opens") == "pass"
    assert {told.reason(name, "availability.home-opens") for name in ("public", "elsewhere")} == {"address-forbidden"}
    assert {host for host, _path in inner.asked} == {hosts["intranet"]}


def test_a_private_network_never_opens_loopback_nor_what_hands_out_keys(canary, names, inspect, department):
    addresses = (FORBIDDEN, "169.254.169.254", "169.254.7.7", "100.100.100.200", "fd00:ec2::254")
    everything = ("127.0.0.0/8", "0.0.0.0/0", "169.254.0.0/16", "100.64.0.0/10", "::/0", "fc00::/7")
    hosts = {f"n{number}.example.gov.cn": address for number, address in enumerate(addresses)}
    names.table |= {host: (address,) for host, address in hosts.items()}
    sites = [department(host, f"http://{host}:{canary.port}/", network=everything) for host in hosts]
    told = inspect(*sites, open_addresses=(), nameservers=(names.address,))
    assert {told.reason(host, "availability.home-opens") for host in hosts} == {"address-forbidden"}
    assert canary.connections == 0
