"""Where a finding is, in words for people."""

import pytest

from xuncha.model.locator import ElementLocator, HeaderLocator
from xuncha_reports.places import place


@pytest.mark.parametrize(("lang", "said"), [("zh", "ICP 备案号"), ("en", "ICP filing number")])
def test_an_element_goes_by_what_people_call_it(lang, said):
    assert place(ElementLocator("http://a.example/", "icp-filing"), lang).what == said


def test_an_element_that_has_no_other_name_keeps_its_own():
    assert place(ElementLocator("http://a.example/", "meta[SiteName]"), "zh").what == "meta[SiteName]"


def test_a_header_is_called_one():
    assert place(HeaderLocator("http://a.example/", "server"), "zh").what == "响应头 server"
