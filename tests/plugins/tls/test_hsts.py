import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha_plugins.tls.hsts import Hsts, parse


@pytest.mark.parametrize(
    ("header", "policy"),
    [
        ("max-age=31536000", Hsts(31_536_000)),
        ('max-age="31536000"; includeSubDomains', Hsts(31_536_000, include_subdomains=True)),
        ("Max-Age = 1 ; Preload;", Hsts(1, preload=True)),
        (";; max-age=5 ; unknown=x; other", Hsts(5)),
        ("max-age=0", Hsts(0)),
    ],
)
def test_what_browsers_accept(header, policy):
    assert parse([header]) == policy


@pytest.mark.parametrize(
    "header",
    [
        "",
        "includeSubDomains",
        "max-age",
        "max-age=",
        "max-age=-1",
        "max-age=1; max-age=2",
        "max-age=1 junk",
        "max-age=一",
    ],
)
def test_what_browsers_ignore(header):
    assert parse([header]) is None


def test_only_the_first_header_counts():
    assert parse(["max-age=1", "max-age=2"]) == Hsts(1)


@settings(deadline=None)
@given(st.text(max_size=1200))
def test_any_header_is_read_or_ignored(header):
    policy = parse([header])
    assert policy is None or policy.max_age >= 0
