from dataclasses import astuple


def test_the_national_tags_are_read_in_whatever_case(page):
    tags = page('<meta name="sitename" content=" 某某区政府 "><meta name="PUBDATE" content="2021-09-30">').tags
    assert (tags.SiteName, tags.PubDate) == ("某某区政府", "2021-09-30")


def test_an_empty_tag_differs_from_an_absent_one(page):
    tags = page('<meta name="Author" content="">').tags
    assert (tags.Author, tags.ColumnName) == ("", None)


def test_of_a_tag_that_stands_twice_the_first_counts(page):
    assert page('<meta name="Url" content="/a"><meta name="url" content="/b">').tags.Url == "/a"


def test_a_page_without_tags_has_none_of_them(page):
    assert set(astuple(page("<p>x").tags)) == {None}
