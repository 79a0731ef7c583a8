"""Every fault of the lab is found by the check that it names, and by no other, whatever system shapes the site."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from xuncha.lab import content, district, identity, lists, records
from xuncha.lab.faults import FAULTS, expectations
from xuncha.lab.layout import Setting
from xuncha.testing.net import page as reply

FRESHNESS = [name for name in FAULTS if name.startswith("freshness-")]
PROXY = "module/web/jpage/dataproxy.jsp*"


@pytest.fixture(scope="module")
def answered(gathered, now, checks):
    """The (check, status) pairs of a lab site, those that pass left out."""

    def run(spec):
        home = f"https://{spec.host}/"
        outside = lambda host: f"https://{host}"  # noqa: E731
        true = identity.true_identity(spec, spec, home, outside)
        setting = Setting(spec, identity.shown_identity(true, spec.faults), home[:-1], now, outside)
        every = content.resources(setting).items()
        bodies = {home[:-1] + path: one.body for path, one in every if "html" in one.media_type}
        proxy = lambda url, _: reply(lists.data_proxy(setting, urlsplit(url).query).body, media="text/xml")  # noqa: E731
        found = gathered(bodies, records.as_site(spec, spec, (home,), now), answers={home + PROXY: proxy})
        outcomes = {(check, found.outcome(check).status) for check in checks}
        return {pair for pair in outcomes if pair[1].value != "pass"}

    return run


def expected(fault):
    return {pair for pair in expectations([fault]) if pair[0].startswith("freshness.") and pair[1].value != "pass"}


@pytest.mark.parametrize("flavour", ["trs", "jcms", "gkmlpt", "ucap", "table2008"])
def test_on_a_clean_site_nothing_is_found(answered, flavour):
    assert answered(replace(district.CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("fault", FRESHNESS)
@pytest.mark.parametrize("flavour", ["trs", "table2008"])
def test_a_fault_is_found_and_nothing_else(answered, flavour, fault):
    assert answered(replace(district.CLEAN, flavour=flavour).having(fault)) == expected(fault)


def test_where_script_builds_the_lists_nobody_is_accused(answered):
    found = answered(district.CLEAN.having("scripted"))
    assert {status.value for _, status in found} == {"inconclusive"}
