"""Every fault of the lab is found by the check that it names, and by no other, whatever system shapes the site."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from xuncha.lab import district, lists, records
from xuncha.lab.faults import FAULTS
from xuncha.testing.net import page as reply

FRESHNESS = [name for name in FAULTS if name.startswith("freshness-")]
PROXY = "module/web/jpage/dataproxy.jsp*"


@pytest.fixture(scope="module")
def answered(gathered, now, checks, lab_setting, lab_pages):
    """The (check, status) pairs of a lab site, those that pass left out."""

    def run(spec):
        setting, home = lab_setting(spec, now), f"https://{spec.host}/"
        proxy = lambda url, _: reply(lists.data_proxy(setting, urlsplit(url).query).body, media="text/xml")  # noqa: E731
        found = gathered(lab_pages(setting), records.as_site(spec, spec, (home,), now), answers={home + PROXY: proxy})
        outcomes = {(check, found.outcome(check).status) for check in checks}
        return {pair for pair in outcomes if pair[1].value != "pass"}

    return run


@pytest.mark.parametrize("flavour", ["trs", "jcms", "gkmlpt", "ucap", "table2008"])
def test_on_a_clean_site_nothing_is_found(answered, flavour):
    assert answered(replace(district.CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("fault", FRESHNESS)
@pytest.mark.parametrize("flavour", ["trs", "table2008"])
def test_a_fault_is_found_and_nothing_else(answered, expected, flavour, fault):
    assert answered(replace(district.CLEAN, flavour=flavour).having(fault)) == expected("freshness", fault)


def test_where_script_builds_the_lists_nobody_is_accused(answered):
    found = answered(district.CLEAN.having("scripted"))
    assert {status.value for _, status in found} == {"inconclusive"}
