from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.locator import DocumentLocator
from xuncha.model.message import Kind, Param, Share, Size, Url, param, params
from xuncha.store.format import plain, render, show, spot


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("市北", "市北", "市北"),
        (Url("https://a.example/{x}"), "https://a.example/{x}", "https://a.example/{x}"),
        (12345, "12345", "12345"),
        (2.50, "2.5", "2.5"),
        (0.012345, "0.0123", "0.0123"),
        (100.0, "100", "100"),
        (Share(0.05), "5%", "5%"),
        (Share(0.125), "12.5%", "12.5%"),
        (Size(512), "512 字节", "512 B"),
        (Size(1536), "1.5 KiB", "1.5 KiB"),
        (Size(3 * 1024**2), "3 MiB", "3 MiB"),
        (Size(5 * 1024**4), "5 TiB", "5 TiB"),
        (timedelta(seconds=3.2), "3.2 秒", "3.2 s"),
        (timedelta(seconds=320), "5 分 20 秒", "5 min 20 s"),
        (timedelta(hours=3), "3 小时", "3 h"),
        (timedelta(days=3, hours=4), "3 天 4 小时", "3 d 4 h"),
        (date(2024, 11, 2), "2024年11月2日", "2024-11-02"),
        (datetime(2024, 11, 22, 2, 11, 12, tzinfo=UTC), "2024-11-22 10:11:12 +08:00", "2024-11-22 10:11:12 +08:00"),
    ],
)
def test_each_kind_is_shown_in_both_languages(value, zh, en):
    assert (show(param(value), "zh"), show(param(value), "en")) == (zh, en)


def test_placeholders_are_filled_and_doubled_braces_are_braces():
    assert render("{{{url}}} {n} 次", params(url=Url("u"), n=3), "zh") == "{u} 3 次"


@pytest.mark.parametrize(
    "template", ["{missing}", "{n.__class__}", "{n[0]}", "{n!r}", "{n:>9999}", "{0}", "{}", "{", "}"]
)
def test_anything_but_a_known_name_stays_visible(template):
    assert render(template, params(n=3), "zh") == template


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again():
    assert render("{a}", params(a="{b}", b="secret"), "en") == "{b}"


@given(st.sampled_from(Kind), st.text() | st.integers() | st.floats())
def test_no_value_stops_a_report(kind, value):
    assert isinstance(show(Param(kind, value), "zh"), str)


@given(st.text())
def test_no_template_stops_a_report(template):
    assert isinstance(render(template, params(a=1), "en"), str)


@pytest.mark.parametrize(
    ("value", "zh", "en"), [(15, "15", "15"), (["TLS 1.0", "TLS 1.1"], "TLS 1.0、TLS 1.1", "TLS 1.0, TLS 1.1")]
)
def test_values_of_settings_are_shown_plainly(value: object, zh: str, en: str) -> None:
    assert (plain(value, "zh"), plain(value, "en")) == (zh, en)


def test_a_place_that_ocr_read_says_so_and_how_sure_it_is():
    place = DocumentLocator("plan.pdf", page_number=2, paragraph=3, ocr=97)
    assert spot(place, "zh") == "第 2 页，第 3 段，OCR 识读，置信度 97%"
    assert spot(place, "en") == "page 2, paragraph 3, read by OCR, confidence 97 %"
    assert spot(DocumentLocator("plan.pdf", ocr=97), "zh") == "OCR 识读，最低置信度 97%"
