"""Every fault of the lab is found by the check that it names, and by no other, whatever system shapes the site."""

from dataclasses import replace

import pytest

from xuncha.api import PageRecord
from xuncha.lab import district, hosting
from xuncha.lab.faults import FAULTS
from xuncha.lab.messages import Request
from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page
from xuncha.testing import NOW
from xuncha.testing.net import page as reply

NAMES = [name for name in FAULTS if name.startswith(("service-", "guide-"))]
HOME = "http://www.a.gov.cn/"


@pytest.fixture
def answered(inspected, lab_setting, lab_pages):
    """The (check, status) pairs of a lab site, those that pass left out."""

    def run(spec):
        setting = lab_setting(spec, NOW.astimezone(SHANGHAI), HOME[:-1])
        hosted = hosting.Hosted(setting)

        def answer(url, method="GET"):
            got = hosted.answer(Request("http", "www.a.gov.cn", method, url[len(HOME) - 1 :], (), keeps_alive=False))
            return reply(got.body, status=got.status, media=got.media_type)

        asked = [(url, answer(url)) for url in sorted(lab_pages(setting))]
        pages = [_page(url, got) for url, got in asked if got.status == 200]
        records = tuple(PageRecord(url, url, 1, got.status) for url, got in asked if got.status != 200)
        answers = {f"{HOME}*": answer, "http://zwfw.sheng.gov.example/*": reply("ok")}
        site = inspected(pages, answers, records=records)
        checks = ("search", "downloads", "forms", "systems", "guides-complete", "guides-catch-all", "guides-online")
        outcomes = {(f"services.{check}", site.outcome(check).status) for check in checks}
        return {pair for pair in outcomes if pair[1].value != "pass"}

    return run


def _page(url, got):
    return parse_page(got.body, url=url, depth=0 if url == HOME else 2, headers=got.headers)


@pytest.mark.parametrize("flavour", ["trs", "jcms", "gkmlpt", "ucap", "table2008"])
def test_on_a_clean_site_nothing_is_found(answered, flavour):
    assert answered(replace(district.CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("fault", NAMES)
@pytest.mark.parametrize("flavour", ["trs", "table2008"])
def test_a_fault_is_found_and_nothing_else(answered, expected, flavour, fault):
    assert answered(replace(district.CLEAN, flavour=flavour).having(fault)) == expected("services", fault)
