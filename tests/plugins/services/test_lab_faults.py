"""Every fault of the lab is found by the check that it names, and by no other, whatever system shapes the site."""

from dataclasses import replace

import pytest

from xuncha.api import PageRecord
from xuncha.lab import content, district, hosting, identity
from xuncha.lab.faults import FAULTS, expectations
from xuncha.lab.layout import Setting
from xuncha.lab.messages import Request
from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page
from xuncha.testing import NOW
from xuncha.testing.net import page as reply

NAMES = [name for name in FAULTS if name.startswith(("service-", "guide-"))]
HOME = "http://www.a.gov.cn/"


@pytest.fixture
def answered(inspected):
    """The (check, status) pairs of a lab site, those that pass left out."""

    def run(spec):
        outside = lambda host: f"http://{host}"  # noqa: E731
        true = identity.true_identity(spec, spec, HOME, outside)
        shown = identity.shown_identity(true, spec.faults)
        setting = Setting(spec, shown, HOME[:-1], NOW.astimezone(SHANGHAI), outside)
        hosted = hosting.Hosted(setting)

        def answer(url, method="GET"):
            got = hosted.answer(Request("http", "www.a.gov.cn", method, url[len(HOME) - 1 :], (), keeps_alive=False))
            return reply(got.body, status=got.status, media=got.media_type)

        paths = sorted(path for path, one in content.resources(setting).items() if "html" in one.media_type)
        asked = [(path, answer(HOME[:-1] + path)) for path in paths]
        pages = [_page(path, got) for path, got in asked if got.status == 200]
        pages.sort(key=lambda page: page.depth)
        urls = [(HOME[:-1] + path, got.status) for path, got in asked if got.status != 200]
        records = tuple(PageRecord(url, url, 1, status) for url, status in urls)
        answers = {f"{HOME}*": answer, "http://zwfw.sheng.gov.example/*": reply("ok")}
        site = inspected(pages, answers, records=records)
        checks = ("search", "downloads", "forms", "systems", "guides-complete", "guides-catch-all", "guides-online")
        outcomes = {(f"services.{check}", site.outcome(check).status) for check in checks}
        return {pair for pair in outcomes if pair[1].value != "pass"}

    return run


def _page(path, got):
    return parse_page(got.body, url=HOME[:-1] + path, depth=0 if path == "/" else 2, headers=got.headers)


def expected(fault):
    return {pair for pair in expectations([fault]) if pair[0].startswith("services.") and pair[1].value != "pass"}


@pytest.mark.parametrize("flavour", ["trs", "jcms", "gkmlpt", "ucap", "table2008"])
def test_on_a_clean_site_nothing_is_found(answered, flavour):
    assert answered(replace(district.CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("fault", NAMES)
@pytest.mark.parametrize("flavour", ["trs", "table2008"])
def test_a_fault_is_found_and_nothing_else(answered, flavour, fault):
    assert answered(replace(district.CLEAN, flavour=flavour).having(fault)) == expected(fault)
