"""Text and dates as offices write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import UnreadableError
from xuncha.config.written import day_in, decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_the_encodings_that_office_programs_write(encoding):
    assert decode("域名,备案号".encode(encoding), "a.csv")[0] == "域名,备案号"


def test_what_is_no_text_is_refused_with_its_name():
    with pytest.raises(UnreadableError, match=r"a\.csv.*CSV UTF-8"):
        decode(b"PK\x03\x04\0\0\xff", "a.csv")


@pytest.mark.parametrize("written", ["2026-08-05", "2026/8/5", "2026年8月5日", "2026.8.5", "2026-08-05 10:30"])
def test_a_day_is_read_in_its_usual_forms(written):
    assert day_in(written) == date(2026, 8, 5)


@pytest.mark.parametrize("written", ["", "2026-13-05", "2026-02-30", "8月5日", "昨天"])
def test_what_is_no_day_is_none(written):
    assert day_in(written) is None


@given(st.text() | st.text("0123456789-/.年月日 :"))
def test_no_date_is_too_strange(written):
    assert day_in(written) is None or isinstance(day_in(written), date)
