import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import parse_page


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一<b>二</b>三</p><p>四", "一二三\n四"),
        ("<div>一</div>二<div>三</div>", "一\n二\n三"),
        ("  一 \n\t 二\u3000\u3000三\xa0四 ", "一 二 三 四"),
        ("一<br>二<hr>三", "一\n二\n三"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<table><caption>表</caption><tr><th>一<th>二<tr><td>三<td>四</table>", "表\n一\n二\n三\n四"),
        ("<select><option>一<option>二</select>", "一\n二"),
        ("<center>一</center>二", "一\n二"),
        ("<pre>一\n  二</pre>", "一\n二"),
        ("<h1>一</h1><!-- 不 -->二", "一\n二"),
        ("京ICP备<span>2024</span><em>001</em>号", "京ICP备2024001号"),
        ("&lt;b&gt; &amp; &#xD800;", "<b> & \ufffd"),
        ("<textarea>一</textarea>", "一"),
        ("", ""),
    ],
)
def test_text_reads_as_a_citizen_sees_it(page, markup, text):
    assert page(markup).text == text


@pytest.mark.parametrize(
    "markup",
    [
        "<title>x</title>",
        "<script>x</script>",
        "<style>x</style>",
        "<noscript>x <b>y</b></noscript>",
        "<template><p>x</p></template>",
        "<iframe>x</iframe>",
        "<noembed>x</noembed>",
        "<!-- x -->",
        "<img alt=x src=y>",
        "<input value=x>",
    ],
)
def test_what_is_not_shown_is_left_out(page, markup):
    assert page(f"<p>一</p>{markup}").text == "一"


def test_reading_the_text_leaves_the_page_as_it_was(page):
    one = page("<table><tr><td>一</table><noscript>二</noscript><iframe>三</iframe>")
    assert one.text
    assert [element.tag for element in one.select("table, tr, td, noscript")] == ["table", "tr", "td", "noscript"]
    assert one.select("noscript")[0].text == "二"


def test_reading_it_twice_adds_nothing(page):
    one = page("<table><tr><td>一<td>二</table>")
    assert [one.select("table")[0].text for _ in range(3)] == ["一\n二"] * 3


def test_a_lopsided_table_does_not_blow_up(page):
    one = page("<table><tr>" + "<td>一" * 3000 + "<tr><td>二" * 3000)
    assert len(one.text) < 20_000


NAMES = [
    "p",
    "b",
    "div",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "a",
    "form",
    "select",
    "option",
    "svg",
    "math",
    "pre",
    "center",
]
PIECES = [*(f"<{name}>" for name in NAMES), *(f"</{name}>" for name in NAMES), "<!-- x -->", "字", " ", "\n", "\u3000"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_tags_never_show_in_the_text(markup):
    text = parse_page(markup.encode(), url="http://www.example.gov.cn/").text
    assert "<" not in text
    assert "  " not in text
    assert text == text.strip()
