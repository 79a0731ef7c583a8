"""Frames, fragments and pages that send the citizen on."""

import pytest

from xuncha.testing.net import page

HOME = "http://www.example.gov.cn"


def links(*paths):
    return "".join(f"<a href='{path}'>链接</a>" for path in paths)


def test_an_iframe_comes_directly_after_its_page_and_belongs_to_it(visit):
    done = visit(
        {"/": links("/a") + "<iframe src=/foot.html></iframe>", "/foot.html": links("/b"), "/a": "a", "/b": "b"}
    )
    assert done.visited == ["/", "/foot.html", "/a", "/b"]
    assert done.record("/foot.html").part_of == f"{HOME}/"
    assert done.record("/foot.html").depth == 0


@pytest.mark.parametrize("markup", ["<object data=/foot.html></object>", "<embed src=/foot.html>"])
def test_a_page_within_an_object_is_a_part(visit, markup):
    done = visit({"/": links("/a") + markup, "/foot.html": "页脚", "/a": "a"})
    assert done.visited == ["/", "/foot.html", "/a"]
    assert done.record("/foot.html").part_of == f"{HOME}/"


def test_a_film_within_an_object_is_none(visit):
    assert visit({"/": "<object data=/a.swf></object>"}).visited == ["/"]


def test_links_of_a_part_of_the_home_page_stand_on_the_home_page(visit):
    done = visit({"/": "<iframe src=/nav.html></iframe>", "/nav.html": links("/a"), "/a": "a"})
    assert done.target("/a").on_home
    assert done.record("/a").depth == 1


def test_a_fragment_that_script_loads_is_a_part(visit):
    done = visit(
        {"/": "<div id=f></div><script>$('#f').load('/footer.html')</script>", "/footer.html": "<p>京ICP备1号</p>"}
    )
    assert [shown.url for shown in done.shown] == [f"{HOME}/", f"{HOME}/footer.html"]
    assert done.shown[1].parent == f"{HOME}/"


def test_a_part_that_many_pages_share_is_fetched_once(visit):
    frame = "<iframe src=/foot.html></iframe>"
    done = visit({"/": links("/a") + frame, "/a": frame, "/foot.html": "页脚"})
    assert done.visited == ["/", "/foot.html", "/a"]


def test_iframes_within_iframes_are_not_followed(visit):
    done = visit({"/": "<iframe src=/1></iframe>", "/1": "<iframe src=/2></iframe>"})
    assert done.visited == ["/", "/1"]


def test_a_frameset_within_a_frame_is(visit):
    done = visit(
        {
            "/": "<frameset><frame src=/1></frameset>",
            "/1": "<frameset><frame src=/2></frameset>",
            "/2": links("/a"),
            "/a": "a",
        }
    )
    assert done.visited == ["/", "/1", "/2", "/a"]
    assert done.record("/2").part_of == f"{HOME}/"


def test_parts_are_counted_beside_the_pages(visit):
    done = visit({"/": links("/a") + "<iframe src=/f></iframe>", "/f": "f", "/a": "a"}, pages=2)
    assert done.visited == ["/", "/f", "/a"]


def test_parts_have_a_budget_of_their_own(visit):
    frames = "".join(f"<iframe src=/{number}></iframe>" for number in range(20))
    assert len(visit({"/": frames, "/*": "teil"}).visited) == 1 + 8
    assert len(visit({"/": frames, "/*": "teil"}, parts=3).visited) == 1 + 3


def test_frames_of_other_sites_are_not_fetched(visit):
    done = visit({"/": "<iframe src=http://www.other.example/></iframe>"})
    assert done.visited == ["/"]


@pytest.mark.parametrize(
    "body",
    [
        "<meta http-equiv=refresh content='0;url=/index/'>",
        "<meta http-equiv=Refresh content='3; URL=index/'>请稍候",
        "<script>window.location.href='/index/';</script>",
        '<script>location.replace("index/")</script>',
    ],
)
def test_a_home_page_that_sends_on_gives_its_level_to_the_next(visit, body):
    done = visit({"/": body, "/index/": links("/a"), "/a": "a"})
    assert [(record.url.removeprefix(HOME), record.depth) for record in done.crawl.pages] == [
        ("/", 0),
        ("/index/", 0),
        ("/a", 1),
    ]
    assert done.target("/a").on_home


def test_a_slow_refresh_is_a_link(visit):
    done = visit({"/": "<meta http-equiv=refresh content='300;url=/news'>" + links("/a"), "/a": "a", "/news": "n"})
    assert done.record("/news").depth == 1


def test_script_on_a_page_with_links_is_not_believed(visit):
    done = visit({"/": links("/a") + "<script>function go(){location.href='/b';}</script>", "/a": "a", "/b": "b"})
    assert "/b" not in done.visited


def test_a_chain_of_pages_that_send_on_has_an_end(visit):
    def onward(url, _method):
        number = int(url.rpartition("n")[2])
        return page(f"<meta http-equiv=refresh content='0;url=/n{number + 1}'>")

    done = visit({"/": links("/n0", "/a"), "/n*": onward, "/a": "a"}, pages=20, depth=2)
    assert "/a" in done.visited
    assert done.visited.index("/a") < 10
