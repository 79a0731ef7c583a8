"""Reports that are written while a run is read."""

import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from xuncha.cli.written import Folder, stream
from xuncha.model.outcome import Review
from xuncha.model.review import ReviewCount
from xuncha.store.result import to_json
from xuncha_reports import html
from xuncha_reports import json as json_report
from xuncha_reports.writing import in_memory


@pytest.fixture
def several(result):
    """The result with its site three times, under names that make no file names."""
    (site,) = result.sites
    return replace(result, sites=tuple(replace(site, number=at, id=str(at), name="局/科:室") for at in range(3)))


class FakeStored:
    def __init__(self, result, fails=False):
        self._result, self._fails = result, fails

    def opening(self):
        return replace(self._result, sites=())

    closing = opening

    def sites(self):
        yield from self._result.sites
        if self._fails:
            raise OSError("damaged")


def test_of_one_site_there_is_one_page(result):
    assert set(in_memory(html.writer, result, "zh")) == {".html"}


def test_of_several_each_has_a_page_that_the_overview_leads_to(several):
    pages = in_memory(html.writer, several, "zh")
    links = {unquote(one) for one in re.findall(r'href="(report-sites/[^"]+)"', pages[".html"].decode())}
    assert links == {f"report{name}" for name in pages if name != ".html"}
    assert len(links) == 3


def test_a_page_says_how_far_the_review_of_its_own_site_has_come(several):
    reviewed = ReviewCount(9, {Review.CONFIRMED: 7})
    first, *others = several.sites
    pages = in_memory(html.writer, replace(several, sites=(replace(first, review=reviewed), *others)), "zh")
    of_sites = [page.decode() for name, page in pages.items() if name != ".html"]
    assert ["9 处问题已复核 7 处" in page for page in of_sites] == [True, False, False]
    assert ["尚未经人工复核" in page for page in of_sites] == [False, True, True]


def test_the_overview_names_no_finding(several):
    pages = in_memory(html.writer, several, "zh")
    assert b'class="findings"' not in pages[".html"]
    assert all(b'class="findings"' in page for name, page in pages.items() if name != ".html")


def test_json_that_was_written_site_by_site_is_the_result(several):
    assert json.loads(json_report.render(several, "zh")) == to_json(several)


def test_files_have_their_names_once_all_are_whole(several, tmp_path):
    place = Folder(tmp_path, "report")
    stream(FakeStored(several), [html], "zh", [place])
    assert place.main == tmp_path / "report.html"
    assert len(list((tmp_path / "report-sites").iterdir())) == 3


def test_of_a_run_that_can_not_be_read_to_its_end_no_file_is_left(several, tmp_path):
    places = [Folder(tmp_path, "a"), Folder(tmp_path, "b")]
    with pytest.raises(OSError, match="damaged"):
        stream(FakeStored(several, fails=True), [html, json_report], "zh", places)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
