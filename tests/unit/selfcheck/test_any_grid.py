"""Whatever a workbook holds, it is taken as a whole or refused with reasons."""

from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.library import roots
from xuncha.model.clock import system_clock
from xuncha.model.site import Site
from xuncha.selfcheck.answers import fits
from xuncha.selfcheck.forms import FORM, load_form
from xuncha.selfcheck.grid import Cell, Grid, Span
from xuncha.selfcheck.known import Known
from xuncha.selfcheck.taking import SelfCheckError, declared_in

OWN = load_form(FORM, roots())
QUESTIONS = {question.id: question for question in OWN.questions}
SITES = Known([Site("a", "甲网站", ("http://a.example/",)), Site("b", "乙网站", ())])
HEADINGS = [
    *(question.title.zh for question in OWN.questions),
    "网站名称",
    "网址",
    "网站编号",
    "填表人",
    "填表日期：2026-08-03",
]
LIKELY = [
    "是",
    "否",
    "有",
    "3",
    "2026-03-01",
    "2026年3月",
    "甲网站",
    "a",
    "http://a.example/",
    "乙网站",
    "张某",
    "合计",
]

texts = st.one_of(st.sampled_from(HEADINGS), st.sampled_from(LIKELY), st.text(max_size=12))
kinds = st.sampled_from(["text", "number", "date", "bool", "error"])
cells = st.builds(Cell, st.integers(1, 6), st.integers(1, 6), texts, kinds, st.booleans())
spans = st.builds(Span, st.integers(1, 6), st.integers(1, 6), st.integers(1, 9), st.integers(1, 9))
grids = st.builds(Grid, st.text(max_size=8), st.lists(cells, max_size=30).map(tuple), st.lists(spans).map(tuple))


@given(st.lists(grids, max_size=3))
def test_any_grid_is_taken_or_refused(given_grids):
    try:
        taken = declared_in(given_grids, "0" * 64, "x.xlsx", OWN, SITES, system_clock())
    except SelfCheckError:
        return
    for said in taken.declarations:
        assert said.filled_by
        assert all(fits(QUESTIONS[name], answer.value) for name, answer in said.answers.items())


@given(st.data())
def test_a_table_says_the_same_in_any_order_of_rows_and_columns(data):
    headings = ["网站名称", "网站是否正常发布", "错链、断链数", "应急预案"]
    rows = [["甲网站", "是", "3", "有"], ["乙网站", "否", "0", "无"]]
    columns = data.draw(st.permutations(range(4)))
    table = [headings, *data.draw(st.permutations(rows))]
    found = [Cell(1, 1, "填表人：张某"), Cell(1, 2, "填表日期：2026-08-03")]
    found += [
        Cell(row, place, line[column]) for row, line in enumerate(table, 2) for place, column in enumerate(columns, 1)
    ]
    taken = declared_in([Grid("x", tuple(found))], "0" * 64, "x.xlsx", OWN, SITES, system_clock())
    said = {one.site: {name: answer.value for name, answer in one.answers.items()} for one in taken.declarations}
    assert said["a"] == {"published": "yes", "broken-links": "3", "plan": "yes"}
    assert said["b"] == {"published": "no", "broken-links": "0", "plan": "no"}
