"""Records of a crawl are stored as every other value is, only at less cost."""

from datetime import UTC, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.crawl import LinkSource, LinkTarget, PageRecord
from xuncha.model.prints import Algorithms, DefacementSign, Effect, Habit, PagePrint, Prints, Region, ScriptPrint
from xuncha.model.reasons import Reason
from xuncha.store.codec import dump, encode, masked
from xuncha.store.rows import Row, pieces, row

_TEXTS = st.text() | st.sampled_from((
    "http://www.example.gov.cn/?id=11010119900307851X", "联系人 13812345678", "password=abc12345", 'a "quote" \\', "\n",
))  # fmt: skip
_TIMES = st.datetimes(timezones=st.sampled_from((None, UTC, timezone(timedelta(hours=8)))))
_SOURCES = st.lists(st.builds(LinkSource, text=_TEXTS, raw=_TEXTS)).map(tuple)


def _as_others(record: Row) -> str:
    return encode(masked(dump(record))).decode()


@given(
    st.builds(
        PageRecord,
        url=_TEXTS,
        title=_TEXTS,
        fetched_at=_TIMES,
        marks=st.lists(_TEXTS).map(tuple),
        rendered=st.booleans(),
    )
)
def test_a_page_is_stored_as_every_value_is(record):
    assert row(record) == _as_others(record)


@given(st.builds(LinkTarget, url=_TEXTS, sources=_SOURCES))
def test_a_target_is_stored_as_every_value_is(record):
    assert row(record) == _as_others(record)


def test_a_page_without_an_answer_is_stored_with_its_reason():
    record = PageRecord("http://a.gov.cn/", "http://a.gov.cn/", 1, 0, problem=Reason.TIMEOUT)
    assert row(record) == _as_others(record)


_SCRIPTS = st.builds(ScriptPrint, src=_TEXTS, loads=st.lists(_TEXTS, max_size=2).map(tuple))
_PRINTS = st.builds(
    PagePrint,
    url=_TEXTS,
    title=_TEXTS,
    taken=_TIMES,
    echo=st.floats(),
    metas=st.lists(st.tuples(_TEXTS, _TEXTS), max_size=2).map(tuple),
    scripts=st.lists(_SCRIPTS, max_size=2).map(tuple),
    regions=st.lists(st.builds(Region), max_size=2).map(tuple),
    signs=st.lists(st.builds(DefacementSign), max_size=2).map(tuple),
    effects=st.none() | st.lists(st.builds(Effect), max_size=2).map(tuple),
)
_HABITS = st.builds(Habit, url=_TEXTS, since=_TIMES)


@given(
    st.lists(_PRINTS, max_size=2), st.lists(_HABITS, max_size=2), st.builds(Algorithms), st.booleans(), st.integers()
)
def test_prints_are_stored_as_every_value_is(pages, habits, how, complete, left):
    prints = Prints(tuple(pages), how, complete, tuple(habits), left)
    assert row(prints) == "".join(pieces(prints)) == _as_others(prints)
