"""What reports say of pages that need a browser."""

from dataclasses import replace

import pytest

from xuncha.store.codec import decode
from xuncha_reports import console, html, json, summary


@pytest.fixture
def with_stats(result):
    """The result with this said of its only site."""

    def make(**stats):
        site = replace(result.sites[0], stats=replace(result.sites[0].stats, **stats))
        return replace(result, sites=(site,))

    return make


def test_pages_that_were_seen_in_a_browser_are_counted(with_stats):
    told = with_stats(rendered=12)
    assert summary.in_browser(told.sites, told.texts, "zh") == "12 页"


def test_those_that_were_not_are_told_with_the_reason(with_stats):
    told = with_stats(rendered=12, unrendered={"no-browser": 5})
    assert summary.in_browser(told.sites, told.texts, "zh") == "12 页，另有 5 页未渲染（本机没有安装 Chromium 浏览器）"
    assert summary.in_browser(told.sites, told.texts, "en").startswith("12 pages; 5 not rendered (There is no Chromium")


def test_nothing_is_said_where_no_page_needs_one(with_stats):
    told = with_stats()
    assert "浏览器渲染" not in console.render(told, "zh").decode()
    assert "浏览器渲染" not in html.render(told, "zh").decode()


def test_summary_and_report_say_it(with_stats):
    told = with_stats(unrendered={"no-browser": 1})
    assert "浏览器渲染：1 页未渲染（本机没有安装 Chromium 浏览器）" in console.render(told, "zh").decode()
    assert "1 页未渲染（本机没有安装 Chromium 浏览器）" in html.render(told, "zh").decode()


@pytest.mark.parametrize("report", [console, html])
def test_a_browser_without_its_sandbox_is_told_loudly(result, report):
    told = replace(result, run=replace(result.run, vantage={"unsandboxed": True}))
    assert ("unsandboxed: true" in report.render(result, "zh").decode()) is False
    assert "警告：浏览器沙箱已按 xuncha.yaml 关闭" in report.render(told, "zh").decode().replace("\n", "")


def test_programs_read_it_too(result):
    told = replace(result, run=replace(result.run, vantage={"unsandboxed": True}))
    assert decode(json.render(told, "en"))["run"]["vantage"] == {"unsandboxed": True}
