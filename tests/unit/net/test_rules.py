"""What may be asked, of whom and when."""

from datetime import date, datetime, time

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import Robots
from xuncha.model.netapi import NetError
from xuncha.model.site import Authorisation, Mode, Site
from xuncha.net.robots import RobotsTxt
from xuncha.net.rules import Paper, check_form, check_robots
from xuncha.net.scope import Scope
from xuncha.net.target import Target

HOST = "www.example.gov.cn"


def at(hour):
    return datetime(2026, 11, 23, hour, tzinfo=SHANGHAI)


def paper(moment=None, **authorised):
    site = Site("s1", "示例", (f"http://{HOST}/",), authorisation=Authorisation("A1", "文", "办", **authorised))
    return Paper(site, Scope.of(site), lambda: moment or at(12))


def refusal(check, *arguments, **options):
    """The reason why not, or None."""
    try:
        check(*arguments, **options)
    except NetError as error:
        return str(error.reason)
    return None


@pytest.mark.parametrize(
    ("url", "method", "inside", "reason"),
    [
        ("http://a.example/", "GET", False, None),
        ("http://a.example/", "HEAD", False, None),
        ("http://a.example/", "OPTIONS", True, None),
        ("http://a.example/", "OPTIONS", False, "method-forbidden"),
        ("http://a.example/", "POST", True, "method-forbidden"),
        ("http://a.example/", "get", True, "method-forbidden"),
        ("http://a.example:25/", "GET", True, "address-forbidden"),
        ("http://a.example:6379/", "GET", True, None),
    ],
)
def test_only_harmless_methods_on_ports_of_the_web(url, method, inside, reason):
    assert refusal(check_form, Target.parse(url), method, inside=inside) == reason


def test_a_target_of_another_scheme_is_refused_however_it_was_made():
    assert refusal(check_form, Target("ftp", "a.example", 21, "/"), "GET", inside=True) == "scheme-forbidden"


@pytest.mark.parametrize(
    ("body", "path", "entry", "reason"),
    [
        (b"", "/x", False, None),
        (b"User-agent: *\nDisallow: /x", "/x", True, "robots-forbidden"),
        (b"User-agent: *\nDisallow: /x", "/y", False, None),
        (None, "/x", False, "robots-unknown"),
        (None, "/", True, None),
    ],
)
def test_robots_shut_paths_and_unknown_ones_all_but_the_entry(body, path, entry, reason):
    robots = RobotsTxt(Robots.UNKNOWN) if body is None else RobotsTxt.parse(body)
    assert refusal(check_robots, robots, Target("http", HOST, 80, path), entry=entry) == reason


def test_robots_are_ignored_only_by_a_valid_paper_that_says_so():
    assert paper(ignore_robots=True).ignores_robots
    assert not paper().ignores_robots
    assert not paper(ignore_robots=True, valid_until=date(2026, 11, 22)).ignores_robots


NIGHT = (time(22), time(6))
MORNING = (time(8), time(12))


@pytest.mark.parametrize(
    ("hours", "inside", "outside"), [(MORNING, [8, 11], [7, 12]), (NIGHT, [22, 3], [6, 12]), (None, [1, 13], [])]
)
def test_agreed_hours_hold_also_over_midnight(hours, inside, outside):
    reasons = {hour: refusal(paper(at(hour), hours=hours).check_hours) for hour in inside + outside}
    assert reasons == dict.fromkeys(inside) | dict.fromkeys(outside, "outside-hours")


def test_hours_of_a_paper_that_is_over_do_not_bind():
    assert refusal(paper(hours=NIGHT, valid_until=date(2026, 11, 22)).check_hours) is None


def test_passive_needs_no_paper():
    site = Site("s1", "示例", (f"http://{HOST}/",))
    assert refusal(Paper(site, Scope.of(site), datetime.now).check_mode, Mode.PASSIVE, "any.example", []) is None


@pytest.mark.parametrize(
    ("authorised", "host", "addresses", "reason"),
    [
        ({"modes": (Mode.PROBE,)}, HOST, [], None),
        ({}, HOST, [], "not-authorised"),
        ({"modes": (Mode.DISGUISE,)}, HOST, [], "not-authorised"),
        ({"modes": (Mode.PROBE,)}, "other.example", ["192.0.2.1"], "not-authorised"),
        ({"modes": (Mode.PROBE,), "domains": ("*.example",)}, "other.example", ["192.0.2.1"], None),
        ({"modes": (Mode.PROBE,), "addresses": ("192.0.2.0/24",)}, "other.example", ["192.0.2.1"], None),
        (
            {"modes": (Mode.PROBE,), "addresses": ("192.0.2.0/24",)},
            "o.example",
            ["192.0.2.1", "1.1.1.1"],
            "not-authorised",
        ),
        ({"modes": (Mode.PROBE,), "valid_from": date(2026, 11, 24)}, HOST, [], "not-authorised"),
        ({"modes": (Mode.PROBE,), "valid_until": date(2026, 11, 23)}, HOST, [], None),
    ],
)
def test_other_modes_need_a_paper_that_covers_mode_host_and_day(authorised, host, addresses, reason):
    addresses = addresses or ["223.5.5.5"]
    assert refusal(paper(**authorised).check_mode, Mode.PROBE, host, addresses) == reason
