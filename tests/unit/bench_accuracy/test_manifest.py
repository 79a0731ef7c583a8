"""The manifest of saved pages, as people write one."""

from datetime import datetime

import pytest
from bench.extractors import EXTRACTORS
from bench.manifest import ManifestError, read_manifest

from xuncha.model.clock import SHANGHAI

HEAD = "file,url,observed_at"
ROW = "a.html,http://www.a.gov.example/x/1.html,2021-07-01 10:00"


@pytest.fixture
def read(saved):
    def read(manifest, **pages):
        return read_manifest(saved(manifest, **(pages or {"a": "<p>"})), {one.name: one.label for one in EXTRACTORS})

    return read


@pytest.fixture
def only(read):
    def only(manifest, **pages):
        (page,) = read(manifest, **pages).pages
        return page

    return only


def test_a_row_names_page_address_and_moment(only):
    page = only(f"{HEAD}\n{ROW}\n")
    assert (page.file, page.url) == ("a.html", "http://www.a.gov.example/x/1.html")
    assert page.observed == datetime(2021, 7, 1, 10, tzinfo=SHANGHAI)


def test_an_empty_cell_is_no_label(only):
    assert only(f"{HEAD},published,icp\n{ROW},,\n").values == {}


def test_none_is_a_label(only):
    assert only(f"{HEAD},published,icp\n{ROW},none,无\n").values == {"published": frozenset(), "icp": frozenset()}


@pytest.mark.parametrize("cell", ["2021-06-24", "2021年6月24日", "2021/6/24", "20210624", "2021-06-24 16:02"])
def test_dates_in_many_forms(only, cell):
    assert only(f"{HEAD},published\n{ROW},{cell}\n").values["published"] == {"2021-06-24"}


@pytest.mark.parametrize(
    "header", ["File,URL,Observed_At,Published", "文件,网址,观察时间,发布日期", "\ufefffile ,url, observed at,PubDate"]
)
def test_headers_in_both_languages_and_any_case(only, header):
    assert only(f"{header}\n{ROW},2021-06-24\n").values == {"published": {"2021-06-24"}}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_spreadsheets_write(only, encoding):
    assert only(f"文件,网址,观察时间,栏目\n{ROW},通知公告\n".encode(encoding)).values == {"column": {"通知公告"}}


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_other_delimiters(only, sign):
    text = f"{HEAD},icp\n{ROW},京ICP备05000001号\n".replace(",", sign)
    assert only(text).values == {"icp": {"京ICP备05000001"}}


def test_a_title_may_stand_above_the_header(only):
    assert only(f"保存的网页,,\n{HEAD}\n{ROW}\n").row == 3


def test_unknown_columns_are_named_and_ignored(read):
    found = read(f"{HEAD},remark,来源\n{ROW},x,y\n")
    assert found.unknown == ("remark", "来源")
    assert len(found.pages) == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("b.html,http://www.a.gov.example/,2021-07-01", "file is not there"),
        ("../a.html,http://www.a.gov.example/,2021-07-01", "below the folder"),
        ("a.html,www.a.gov.example,2021-07-01", "http"),
        ("a.html,http://www.a.gov.example/,yesterday", "observed_at"),
        ("a.html,,2021-07-01", "no url"),
    ],
)
def test_a_row_that_cannot_be_used_is_reported_and_the_rest_still_runs(read, row, why):
    found = read(f"{HEAD}\n{row}\n{ROW}\n")
    assert [problem for problem in found.problems if "row 2" in problem and why in problem]
    assert len(found.pages) == 1


def test_a_quote_that_is_never_closed_costs_one_row(read):
    found = read(f'{HEAD},column\n"{ROW},x\n{ROW},y\n')
    assert "row 2" in found.problems[0]
    assert [page.values["column"] for page in found.pages] == [{"y"}]


def test_a_cell_that_makes_no_sense_costs_its_label_only(read):
    found = read(f"{HEAD},published,kind\n{ROW},soon,article\n")
    assert "published" in found.problems[0]
    assert found.pages[0].values == {"kind": {"article"}}


@pytest.mark.parametrize(
    ("cell", "checks"),
    [
        ("content.placeholder=fail;icp.site-code=pass", {"content.placeholder": "fail", "icp.site-code": "pass"}),
        ("links.empty icp.site-code = not-applicable", {"links.empty": "", "icp.site-code": "not_applicable"}),
        ("links.empty", {"links.empty": ""}),
    ],
)
def test_expected_checks_as_text(only, cell, checks):
    assert only(f'{HEAD},expected\n{ROW},"{cell}"\n').checks == checks


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("links.empty", "yes"),
        ("check,expected", "links.empty,true"),
        ("检查点,预期结果", "links.empty,有"),
        ("checks", "links.empty"),
    ],
)
def test_a_check_that_has_to_find_something_in_many_forms(only, header, cells):
    assert only(f"{HEAD},{header}\n{ROW},{cells}\n").checks == {"links.empty": ""}


@pytest.mark.parametrize("cell", ["no", "false", "0", "clean", "无问题"])
def test_a_check_that_has_nothing_to_say(only, cell):
    assert only(f"{HEAD},links.empty\n{ROW},{cell}\n").checks == {"links.empty": "clean"}


def test_a_label_may_stand_in_a_row_of_its_own(only):
    assert only(f"{HEAD},check,expected\n{ROW},article_date,2021-06-24\n").values == {"published": {"2021-06-24"}}


@pytest.mark.parametrize(("kind", "label"), [("article", "published"), ("list", "newest"), ("", "published")])
def test_a_bare_date_means_what_the_kind_of_page_has(only, kind, label):
    assert only(f"{HEAD},kind,expected\n{ROW},{kind},2021-06-24\n").values[label] == {"2021-06-24"}


def test_expected_may_be_json(only):
    told = '{""published"": ""2021-06-24"", ""newest"": null, ""checks"": {""links.empty"": ""fail""}}'
    page = only(f'{HEAD},expected\n{ROW},"{told}"\n')
    assert page.values == {"published": {"2021-06-24"}, "newest": frozenset()}
    assert page.checks == {"links.empty": "fail"}


def test_json_that_is_none_is_reported(read):
    assert "row 2: expected" in read(f'{HEAD},expected\n{ROW},"{{published"\n').problems[0]


@pytest.mark.parametrize(
    ("url", "depth"),
    [
        ("http://www.a.gov.example", 0),
        ("http://www.a.gov.example/index.html", 0),
        ("http://www.a.gov.example/?id=1", 1),
        ("http://www.a.gov.example/zwgk/", 1),
    ],
)
def test_a_page_without_a_path_is_the_home_page(only, url, depth):
    assert only(f"{HEAD}\na.html,{url},2021-07-01\n").depth == depth


def test_the_depth_may_be_given(only):
    assert only(f"{HEAD},depth\n{ROW},3\n").depth == 3


@pytest.mark.parametrize("manifest", ["", "a,b,c\n1,2,3\n", "file,url\na.html,http://x.example/\n"])
def test_without_the_mandatory_columns_nothing_is_read(read, manifest):
    with pytest.raises(ManifestError, match="observed_at"):
        read(manifest)


def test_without_a_manifest_it_says_what_one_holds(tmp_path):
    with pytest.raises(ManifestError, match="file, url, observed_at"):
        read_manifest(tmp_path, {})
