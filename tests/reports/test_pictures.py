"""Pictures in the report: beside what they prove, each once, and words where there is none."""

import base64
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xuncha.model.reasons import Reason
from xuncha.store.gallery import Gallery, PictureView, UntakenView
from xuncha.store.pictures import Mark, keep
from xuncha_reports import html, pictures
from xuncha_reports import json as json_report

SMALL = b"\xff\xd8\xff" + bytes(300)
FAILED = "availability.levels-open"


def view(number, **how):
    told = {
        "whole": True,
        "blurred": False,
        "covered": 0,
        "outlined": 0,
        "unseen": 0,
        "lost": 0,
        "asked_by_probe": False,
    }
    url, file = f"http://www.a.example/{number}", f"sites/00000-a/pictures/{number}"
    taken = datetime(2026, 11, 23, tzinfo=UTC)
    digests = ("ab" * 32, "cd" * 32)
    return PictureView(
        f"picture:0:{number}", url, url, taken, f"{file}.png", f"{file}.jpg", *digests, 1366, 900, 100, **(told | how)
    )


@pytest.fixture
def pictured(result, tmp_path):
    """The result with this gallery; its failed and warned checks' findings are shown in picture 1."""

    def make(gallery, picture="picture:0:1", shown=Mark.OUTLINED):
        folder = tmp_path / "sites/00000-a"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(3):
            keep(folder, number, b"png", SMALL)
        site = result.sites[0]
        outcomes = tuple(
            replace(one, findings=tuple(replace(found, picture=picture, shown=shown) for found in one.findings))
            for one in site.outcomes
        )
        return replace(result, sites=(replace(site, outcomes=outcomes, gallery=gallery),), folder=str(tmp_path))

    return make


def report(result, lang="zh"):
    return html.render(result, lang).decode()


def test_the_home_page_stands_above_and_another_beside_the_gravest_check_once(pictured):
    told = pictured(Gallery((view(0), view(1)), home="picture:0:0"))
    hung = pictures.hung(told.sites[0])
    assert [one.evidence for one in hung.above] == ["picture:0:0"]
    assert {check: [one.evidence for one in views] for check, views in hung.beside.items()} == {FAILED: ["picture:0:1"]}
    assert report(told).count("<img ") == 2


def test_the_policy_lets_nothing_in_but_the_pictures_in_the_file(pictured):
    page = report(pictured(Gallery((view(1),))))
    assert "default-src 'none'" in page
    assert "img-src data:;" in page
    assert re.findall(r'<img src="([^"]{23})', page) == ["data:image/jpeg;base64,"]


def test_caption_number_time_file_and_hash_stand_with_the_picture(pictured):
    page = report(pictured(Gallery((view(1, outlined=2, unseen=1, blurred=True, covered=3, whole=False),))))
    figure = re.sub("<[^>]+>", "", re.search(r"<figure.*?</figure>", page, re.DOTALL)[0])
    told = (
        "截图编号 图1-2；2026-11-23 08:00:00 +08:00；红框标出 2 处；1 处在页面上看不见；"
        "已作模糊处理；遮盖个人信息 3 处；页面下部未截取；sites/00000-a/pictures/1.png"
    )
    for words in (*told.split("；"), "ab" * 32):
        assert words in figure


def test_the_finding_names_its_picture_and_what_of_it_can_not_be_seen(pictured):
    page = report(pictured(Gallery((view(1),)), shown=Mark.UNSEEN))
    assert '<a href="#picture-0-1">见图1-2</a>' in page
    assert "（在页面上看不见，未框出）" in page


def test_pictures_have_words_for_those_who_do_not_see_them(pictured):
    assert 'alt="页面截图：http://www.a.example/1"' in report(pictured(Gallery((view(1),))))
    assert 'alt="Picture of a page: http://www.a.example/1"' in report(pictured(Gallery((view(1),))), "en")


def test_without_a_picture_the_reason_and_the_page_in_words_stand_there(pictured):
    told = pictured(Gallery(), picture="")
    failed = next(one for one in told.sites[0].outcomes if one.check == FAILED)
    fingerprint = failed.findings[0].fingerprint
    words = UntakenView(
        "http://www.a.example/x", Reason.NO_BROWSER, "没有浏览器", "none", "<b>页面</b>的文字", (fingerprint,)
    )
    page = report(replace(told, sites=(replace(told.sites[0], gallery=Gallery(untaken=(words,), beyond=4)),)))
    assert "未截图（没有浏览器），页面文字如下" in page
    assert "&lt;b&gt;页面&lt;/b&gt;的文字" in page
    assert "1 个页面未能截图（没有浏览器），改附页面文字；另有 4 个有问题的页面超出截图张数" in page


def test_hostile_addresses_stay_words(pictured):
    evil = replace(view(1), url='http://a.example/"><script>alert(1)</script>')
    assert "<script" not in report(pictured(Gallery((evil,))))


def test_beyond_the_size_of_a_report_files_are_named_instead(pictured):
    told = pictured(Gallery((view(0), view(1), view(2))))
    room = pictures.Thumbnails(told, most=len(base64.b64encode(SMALL)) + 1)
    assert [bool(room.uri(view(number))) for number in range(3)] == [True, False, False]


def test_a_picture_that_is_gone_leaves_the_report_readable(pictured):
    told = pictured(Gallery((view(1),)))
    Path(told.folder, view(1).thumbnail).unlink()
    assert "缩略图从略" in report(told)


def test_the_json_names_pictures_and_not_where_the_run_is_stored(pictured):
    told = json.loads(json_report.render(pictured(Gallery((view(1),))), "zh"))
    assert told["sites"][0]["gallery"]["pictures"][0]["evidence"] == "picture:0:1"
    assert "folder" not in told
