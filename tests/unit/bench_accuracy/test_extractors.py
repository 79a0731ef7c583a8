"""What is read out of a page is written as its label is."""

import pytest
from bench.extractors import EXTRACTORS

FOOTER = """<div class="foot"><p>主办单位:示例县人民政府 网站标识码:3702000001</p>
<p><a href="https://beian.miit.gov.cn/">鲁ICP备 05000001号-2</a>
<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=37020202000001">鲁公网安备37020202000001号</a></p></div>"""


@pytest.fixture
def extractor():
    def named(name):
        return next(one for one in EXTRACTORS if one.name == name)

    return named


@pytest.mark.parametrize(
    ("name", "label"),
    [("icp", "鲁ICP备05000001号-2"), ("police", "鲁公网安备 37020202000001号"), ("site_code", "3702000001")],
)
def test_numbers_of_the_footer_are_compared_without_blanks(extractor, page, observed, name, label):
    one = extractor(name)
    assert one.read(page(f"<p>正文</p>{FOOTER}"), observed) == one.label(label)


@pytest.mark.parametrize("name", ["icp", "police", "site_code", "published", "newest", "column"])
def test_where_there_is_nothing_nothing_is_read(extractor, page, observed, name):
    assert extractor(name).read(page("<p>正文</p>"), observed) == frozenset()


def test_several_numbers_in_one_label(extractor):
    assert len(extractor("icp").label("鲁ICP备05000001号;京ICP备05000002号-1")) == 2


ROWS = "".join(
    f'<li><a href="/zwgk/tzgg/{n}.html">关于做好第{n}批示范单位申报工作的通知</a><span>{day}</span></li>'
    for n, day in enumerate(("06-28", "06-24", "12-30", "12-11"))
)


def test_days_without_a_year_are_the_last_that_have_been(extractor, page, observed):
    assert extractor("newest").read(page(f"<ul>{ROWS}</ul>"), observed) == {"2021-06-28"}


def test_a_kind_that_nobody_knows_is_no_label(extractor):
    with pytest.raises(ValueError, match="home"):
        extractor("kind").label("frontpage")


def test_a_home_page_is_known_by_its_depth(extractor, page, observed):
    assert extractor("kind").read(page("<p>x</p>", depth=0), observed) == {"home"}
