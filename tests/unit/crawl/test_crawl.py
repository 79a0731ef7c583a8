"""Which pages a crawl visits, in which order, and what it says of those it does not."""

import asyncio

import pytest

from xuncha.crawl import Budget, Watcher, crawl
from xuncha.model.crawl import LinkUse
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Column, Site
from xuncha.testing.net import FakeNet, page, redirect, status

HOME = "http://www.example.gov.cn"


def links(*paths):
    return "".join(f"<a href='{path}'>链接 {path}</a>" for path in paths)


def test_every_page_in_reach_is_visited_once_level_by_level(visit):
    done = visit({"/": links("/a", "/b", "/"), "/a": links("/c", "/b"), "/b": links("/c", "/d"), "/c": "c", "/d": "d"})
    assert done.visited == ["/", "/a", "/b", "/c", "/d"]
    assert [record.depth for record in done.crawl.pages] == [0, 1, 1, 2, 2]
    assert (done.crawl.complete, done.crawl.known, done.crawl.stopped) == (True, 5, None)


def test_every_page_is_shown_in_the_order_of_the_records(visit):
    done = visit({"/": links("/a", "/b"), "/a": "甲", "/b": "乙"})
    assert [shown.url for shown in done.shown] == [record.url for record in done.crawl.pages]
    assert done.shown[1].parent == f"{HOME}/"
    assert done.shown[1].link_text == "链接 /a"


def test_a_record_keeps_what_came(visit):
    record = visit({"/": "<title>某区</title><p>你好 世界</p>"}).record("/")
    assert (record.status, record.title, record.words, record.encoding) == (200, "某区", 4, "UTF-8")
    assert record.media_type == "text/html"
    assert len(record.sha256) == 64
    assert record.opened


def test_a_budget_of_pages_ends_the_crawl_and_says_so(visit):
    done = visit({"/": links("/a", "/b", "/c"), "/a": "a", "/b": "b", "/c": "c"}, pages=2)
    assert done.visited == ["/", "/a"]
    assert (done.crawl.stopped, done.crawl.complete, done.crawl.known) == (Reason.BUDGET_REACHED, False, 4)


def test_a_budget_that_is_just_enough_completes(visit):
    done = visit({"/": links("/a"), "/a": "a"}, pages=2)
    assert done.crawl.complete


def test_nothing_is_fetched_ahead_that_the_budget_will_not_take(visit):
    done = visit({"/": links("/a", "/b", "/c"), "/a": "a", "/b": "b", "/c": "c"}, pages=2, ahead=8)
    assert "/b" not in done.asked


def test_a_budget_of_depth_leaves_deeper_pages_known(visit):
    done = visit({"/": links("/a"), "/a": links("/b"), "/b": "b"}, depth=1)
    assert done.visited == ["/", "/a"]
    assert (done.crawl.stopped, done.crawl.known, done.crawl.complete) == (Reason.BUDGET_REACHED, 3, False)


def test_a_budget_of_bytes_ends_the_crawl(visit):
    done = visit({"/": links("/a", "/b") + "x" * 1000, "/a": "a", "/b": "b"}, bytes=1000)
    assert done.visited == ["/"]
    assert done.crawl.stopped is Reason.BUDGET_REACHED


def test_the_worker_can_stop_it_before_any_page(visit):
    answers = iter([None, None, Reason.INTERRUPTED])
    done = visit({"/": links("/a", "/b"), "/a": "a", "/b": "b"}, watch={"stop": lambda: next(answers)})
    assert done.visited == ["/", "/a"]
    assert (done.crawl.stopped, done.crawl.complete) == (Reason.INTERRUPTED, False)


def test_progress_is_told_after_each_page(visit):
    told = []
    visit({"/": links("/a", "/b"), "/a": "a", "/b": "b"}, watch={"on_progress": lambda *how_far: told.append(how_far)})
    assert told == [(1, 2), (2, 1), (3, 0)]


def test_with_a_small_budget_every_column_is_seen(visit):
    columns = {f"/{name}": links(*(f"/{name}/{number}" for number in range(5))) for name in "abc"}
    done = visit({"/": links("/a", "/b", "/c"), **columns}, pages=7)
    assert done.visited[4:] == ["/a/0", "/b/0", "/c/0"]


def test_other_hosts_are_no_pages_of_the_site(visit):
    there = links("http://www.other.example/", "//m.example.gov.cn/", "http://example.gov.cn/a")
    done = visit({"/": there, "http://example.gov.cn/robots.txt": status(404)})
    assert "http://example.gov.cn/a" in done.visited
    assert not done.target("http://www.other.example/").internal
    assert "http://m.example.gov.cn/" not in done.net.urls


def test_a_page_that_leads_out_of_the_site_is_not_read(visit):
    pages = {"/": links("/a"), "/a": redirect("http://www.other.example/"), "http://www.other.example/": links("/b")}
    done = visit(pages)
    assert done.record("/a").problem is Reason.OUT_OF_SCOPE
    assert len(done.shown) == 1


def test_a_page_that_leads_to_another_is_shown_once(visit):
    done = visit({"/": links("/a", "/b"), "/a": redirect("/b"), "/b": "乙"})
    assert [shown.url for shown in done.shown] == [f"{HOME}/", f"{HOME}/b"]
    assert done.record("/a").final_url == f"{HOME}/b"
    assert done.record("/a").hops[0].status == 302


def test_a_redirect_of_the_home_page_is_the_home_page(visit):
    done = visit({"/": redirect("/index/"), "/index/": links("/index/", "/a"), "/a": "a"})
    assert done.visited == ["/", "/a"]
    assert done.target("/a").on_home


def test_the_same_page_by_https_and_with_www_is_shown_once(visit):
    same = [f"{scheme}://{host}/a" for scheme in ("http", "https") for host in ("example.gov.cn", "www.example.gov.cn")]
    secure = {f"https://{host}/robots.txt": status(404) for host in ("example.gov.cn", "www.example.gov.cn")}
    bare = {"http://example.gov.cn/robots.txt": status(404)}
    done = visit({"/": links(*same), **dict.fromkeys(same, "同一页"), **secure, **bare})
    assert len(done.crawl.pages) == 5
    assert len(done.shown) == 2


def test_siblings_with_other_content_are_two_pages(visit):
    done = visit({"/": links("http://example.gov.cn/a", "/a"), "http://example.gov.cn/*": "甲", "/a": "乙"})
    assert len(done.shown) == 3


def test_links_by_http_to_pages_that_are_there_by_https_come_last(visit):
    moved = {"/": redirect("https://www.example.gov.cn/"), "https://www.example.gov.cn/robots.txt": status(404)}
    pages = {"https://www.example.gov.cn/": links("/a", f"{HOME}/a", f"{HOME}/b", "/c")}
    rest = {f"https://www.example.gov.cn/{name}": name for name in "ac"}
    done = visit({**moved, **pages, **rest, "/a": redirect("https://www.example.gov.cn/a"), "/b": "b"})
    assert done.visited == ["/", "https://www.example.gov.cn/a", "/b", "https://www.example.gov.cn/c", "/a"]


def test_session_ids_make_no_new_pages(visit):
    done = visit({"/": links("/a;jsessionid=1", "/a;jsessionid=2", "/a"), "/a*": "a"})
    assert done.visited == ["/", "/a;jsessionid=1"]


def test_traps_are_counted_and_no_part_of_what_is_known(visit):
    done = visit({"/": links("/a", "/a/a/a/a/"), "/a": "a"})
    assert (done.crawl.trapped, done.crawl.known, done.crawl.complete) == (1, 2, True)


def test_a_status_says_what_is_wrong_with_a_page(visit):
    done = visit({"/": links("/gone", "/broken"), "/broken": status(500)})
    assert [(record.status, record.problem) for record in done.crawl.pages[1:]] == [(404, None), (500, None)]
    assert len(done.shown) == 1


def test_a_page_without_an_answer_keeps_the_reason(visit):
    record = visit({"/": links("/a"), "/a": Reason.TIMEOUT}).record("/a")
    assert (record.status, record.problem, record.parent) == (0, Reason.TIMEOUT, f"{HOME}/")


def test_a_home_page_that_does_not_answer_is_all_there_is(visit):
    done = visit({"/": Reason.REFUSED})
    assert done.asked == ["/robots.txt", "/"]
    assert (done.crawl.complete, done.crawl.known, len(done.crawl.pages)) == (False, 1, 1)


def test_a_challenge_is_neither_read_nor_shown(visit):
    challenge = page("<script>$_ts=window['$_ts'];</script><a href=/b></a>", status=412)
    done = visit({"/": links("/a"), "/a": challenge})
    assert (done.record("/a").problem, done.record("/a").challenge) == (Reason.CHALLENGED, "ruishu")
    assert len(done.shown) == 1


def test_marks_of_a_reply_are_kept(visit):
    record = visit({"/": links("/a"), "/a": "<title>您访问的页面不存在</title>"}).record("/a")
    assert record.marks == ("soft-404:missing-zh",)
    assert record.opened


def test_a_filing_block_is_told_as_one(visit):
    record = visit({"/": page("<title>Non-compliance ICP Filing</title>", status=403, server="Beaver")}).record("/")
    assert (record.problem, record.marks) == (Reason.FILING_BLOCK, ("filing-block:aliyun",))


def test_a_page_that_must_not_be_looked_at_leaves_its_hash_only(visit):
    secret = links("/below") + "<title>机密★1年</title>"
    done = visit(
        {"/": links("/secret"), "/secret": secret, "/below": "b"},
        watch={"leave": lambda seen: Reason.STATE_SECRET_MARK if "★" in seen.title else None},
    )
    record = done.record("/secret")
    assert (record.problem, record.title, len(record.sha256)) == (Reason.STATE_SECRET_MARK, "", 64)
    assert done.visited == ["/", "/secret"]
    assert len(done.shown) == 1


def test_columns_and_further_entries_of_the_inventory_are_visited(visit):
    columns = (Column("公开", "/gk/"), Column("外部", "http://www.other.example/"))
    site = Site("s1", "示例", (f"{HOME}/", f"{HOME}/en/"), columns=columns)
    done = visit({"/": links("/a"), "/a": "a", "/gk/": "公开", "/en/": "en"}, site=site)
    assert sorted(done.visited) == ["/", "/a", "/en/", "/gk/"]
    assert done.record("/gk/").link_text == "公开"


def test_a_site_without_an_entry_is_a_gap():
    with pytest.raises(NetError) as caught:
        asyncio.run(
            crawl(Site("s", "示例", ()), fetch=FakeNet().fetch, recogniser=None, budget=Budget(), watcher=Watcher())  # type: ignore[arg-type]
        )
    assert caught.value.reason is Reason.NO_ENTRY_URL


def test_targets_are_listed_once_with_their_sources(visit):
    done = visit(
        {"/": links("/a", "/a.pdf"), "/a": links("/a.pdf", "/") + "<img src=/logo.png alt=标志>", "/a.pdf": status(200)}
    )
    target = done.target("/a.pdf")
    assert (target.use, target.sources_total, target.on_home) == (LinkUse.ATTACHMENT, 2, True)
    assert [source.page for source in target.sources] == [f"{HOME}/", f"{HOME}/a"]
    assert done.target("/logo.png").use is LinkUse.IMAGE
    assert not done.target("/logo.png").on_home


def test_attachments_are_not_fetched_by_the_crawl(visit):
    done = visit({"/": links("/a.pdf", "/b.docx", "/c.zip")})
    assert done.asked == ["/robots.txt", "/", "/sitemap.xml"]
    assert done.crawl.known == 1


def test_a_page_with_a_million_links_is_not_followed_for_ever(visit):
    done = visit({"/": links(*range(12_000))}, pages=3)
    assert done.crawl.targets_dropped == 2_000
    assert done.crawl.known == 10_001


def test_a_link_that_was_first_a_picture_is_followed_when_it_is_a_page(visit):
    done = visit({"/": "<img src=/chart>" + links("/chart"), "/chart": "图"})
    assert done.visited == ["/", "/chart"]
