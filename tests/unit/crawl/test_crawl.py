from xuncha.model.crawl import Robots


def links(*paths):
    return "".join(f"<a href='{path}'>链接 {path}</a>" for path in paths)


def test_every_page_in_reach_is_visited_once_level_by_level(visit):
    done = visit({"/": links("/a", "/b", "/"), "/a": links("/c", "/b"), "/b": links("/c", "/d"), "/c": "c", "/d": "d"})
    assert done.visited == ["/", "/a", "/b", "/c", "/d"]
    assert [record.depth for record in done.crawl.pages] == [0, 1, 1, 2, 2]
    assert done.crawl.complete
    assert done.crawl.known == 5
    assert done.crawl.robots is Robots.FREE
