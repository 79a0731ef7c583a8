"""What a check has made harmless stays so in every report."""

import re
from dataclasses import replace

import pytest

from xuncha.model.defang import defanged, defanged_text
from xuncha.model.locator import ElementLocator
from xuncha.model.message import params
from xuncha.model.outcome import Finding, Status
from xuncha.model.text import Text
from xuncha.store.format import render_text
from xuncha.store.result import FindingView, MessageView
from xuncha_reports import console, html
from xuncha_reports import json as as_json

BAD = "http://www.bad.example/login?x=1"
FORMATS = {"console": console.render, "html": html.render, "json": as_json.render}


@pytest.fixture
def harmful(result):
    """A result whose every finding tells of a harmful link."""
    found = Finding(
        ElementLocator("http://www.a.example/x", "a", 3, 0),
        "k",
        params(url=defanged(BAD), what="—"),
        excerpt=defanged_text(f"皇冠 {BAD} www.bad.example"),
    )
    words = render_text(Text("{url} 有问题", "{url} is wrong"), found.params)
    view = FindingView(
        "v1:1", Status.FAIL, found.locator, MessageView("k", found.params, words.zh, words.en), found.excerpt
    )
    sites = tuple(
        replace(
            site,
            outcomes=tuple(replace(one, findings=(view,) if one.findings else ()) for one in site.outcomes),
        )
        for site in result.sites
    )
    return replace(result, sites=sites)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_no_report_shows_an_address_that_can_be_opened(harmful, name, lang):
    shown = FORMATS[name](harmful, lang).decode()
    plain = re.sub(r"<wbr>|\s", "", shown)
    assert "www[.]bad[.]example" in plain
    assert "bad.example" not in plain


def test_no_link_of_the_html_report_leads_there(harmful):
    targets = re.findall(r'href="([^"]*)"', html.render(harmful, "zh").decode())
    assert targets
    assert not any("bad" in target for target in targets)
