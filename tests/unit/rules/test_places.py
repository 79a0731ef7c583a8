import pytest

from xuncha.rules.places import Names, below, beside, calm, fields

NAMES = Names("www.shili.gov.cn", "shili.gov.cn", "shili", "xuncha-0")


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("/.git/HEAD", frozenset()),
        ("/{label}.zip", {"label"}),
        ("/{0}", {"0"}),
        ("/{", None),
        ("/{host!r}", None),
        ("/{host:>9}", None),
        ("/中文", None),
        ("/a b", None),
        ("", None),
    ],
)
def test_placeholders_are_plain_names(template, found):
    assert fields(template) == found


@pytest.mark.parametrize(
    ("folder", "template", "path"),
    [
        ("/", "/.git/HEAD", "/.git/HEAD"),
        ("/zwgk/", "/.git/HEAD", "/zwgk/.git/HEAD"),
        ("/zwgk/", "/", "/zwgk/"),
        ("/", "/", "/"),
        ("/", "/{host}.{domain}.{label}.zip", "/www.shili.gov.cn.shili.gov.cn.shili.zip"),
        ("/", "/{random}", "/xuncha-0"),
    ],
)
def test_a_path_is_taken_below_a_folder(folder, template, path):
    assert below(folder, template, NAMES) == path


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{path}.map", "/js/app.min.js.map"),
        ("{dir}.{name}.swp", "/js/.app.min.js.swp"),
        ("{dir}{stem}.bak.{suffix}", "/js/app.min.bak.js"),
    ],
)
def test_a_path_is_made_beside_a_file(template, path):
    assert beside("/js/app.min.js", template, NAMES) == path


def test_a_file_without_suffix_has_an_empty_one():
    assert beside("/README", "{dir}{stem}-{suffix}", NAMES) == "/README-"


def test_what_a_request_line_cannot_hold_is_escaped():
    assert calm("/a b\n中?x=1&y=%20") == "/a%20b%0A%E4%B8%AD?x=1&y=%20"
