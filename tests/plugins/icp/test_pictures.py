"""Pictures at the end of the markup, in any markup."""

from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.icp.pictures import MAX_PICTURES, at_the_end


def test_scripts_styles_and_comments_behind_a_picture_are_no_text():
    behind = f"<script>{'x();' * 500}</script><style>{'a{}' * 500}</style><!--{'注释' * 500}-->"
    assert [one.words for one in at_the_end(f'<img alt="主办：示例局" src="a.png">{behind}', 0)] == ["主办：示例局"]


def test_a_picture_with_much_text_behind_it_is_not_at_the_end():
    assert at_the_end(f'<img alt="主办：示例局">{"<p>正文</p>" * 300}', 2_000) == ()


def test_the_banner_of_a_short_page_is_not_at_its_end():
    text = "<p>镇内新闻</p><p>通知公告</p><p>石桥镇党政办制作</p>"
    assert at_the_end(f'<img src="banner.jpg" width="1000" height="150">{text}', 16) == ()


def test_a_map_of_links_makes_a_footer():
    assert at_the_end('<img src="a.png" width="60" usemap="#m">', 0)[0].may_be_footer


def test_hostile_markup_is_read_in_bounded_time_and_number():
    for piece in ("<!--", "<script", "<img ", "<img alt='", "<a ", '<img src="a.png">'):
        assert len(at_the_end(piece * 20_000, 0)) <= MAX_PICTURES


@given(st.text(alphabet="<>imgaltscriptusemp=\"'# -!/0123456789%主办\n", max_size=400))
def test_any_markup_is_looked_through(markup):
    at_the_end(markup, len(markup))
