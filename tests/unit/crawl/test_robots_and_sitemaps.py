import gzip

import pytest

from xuncha.model.crawl import Robots
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Site
from xuncha.testing.net import page, redirect, status

HOME = "http://www.example.gov.cn"
PAGES = {
    "/": "<a href=/a>甲</a><a href=/closed/b>乙</a><iframe src=/f></iframe>",
    "/a": "a",
    "/closed/b": "b",
    "/f": "f",
}
SHUT = page("User-agent: *\nDisallow: /", media="text/plain")
PARTLY = page("User-agent: *\nDisallow: /closed/\nSitemap: http://www.example.gov.cn/map.xml", media="text/plain")


def sitemap(*paths, kind="url"):
    return page("<urlset>" + "".join(f"<{kind}><loc>{HOME}{path}</loc></{kind}>" for path in paths), media="text/xml")


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_without_a_robots_txt_we_are_free(visit, code):
    done = visit({**PAGES, "/robots.txt": status(code)})
    assert (done.crawl.robots, done.crawl.complete) == (Robots.FREE, True)


@pytest.mark.parametrize(
    "answer", [status(500), status(503), status(429), Reason.TIMEOUT, page("<script>a='EO_Bot_Ssid'</script>")]
)
def test_where_it_cannot_be_known_only_the_home_page_is_visited(visit, answer):
    done = visit({**PAGES, "/robots.txt": answer})
    assert done.visited == ["/"]
    assert (done.crawl.robots, done.crawl.stopped, done.crawl.complete) == (
        Robots.UNKNOWN,
        Reason.ROBOTS_UNKNOWN,
        False,
    )


def test_a_site_that_shuts_all_robots_out_is_told_so(visit):
    done = visit({**PAGES, "/robots.txt": SHUT})
    assert done.visited == ["/"]
    assert (done.crawl.robots, done.crawl.stopped) == (Robots.SHUT, Reason.ROBOTS_FORBIDDEN)
    assert done.target("/a").sources_total == 1


def test_closed_pages_are_known_and_not_visited(visit):
    done = visit({**PAGES, "/robots.txt": PARTLY})
    assert "/closed/b" not in done.asked
    assert (done.crawl.robots, done.crawl.forbidden, done.crawl.known) == (Robots.PARTLY, 1, 4)


def test_an_authorisation_can_set_it_aside(visit):
    paper = Authorisation("a1", "某发〔2026〕1号", "某办公室", ignore_robots=True)
    done = visit({**PAGES, "/robots.txt": SHUT}, site=Site("s1", "示例", (f"{HOME}/",), authorisation=paper))
    assert done.crawl.robots is Robots.IGNORED
    assert "/closed/b" in done.visited


def test_a_redirect_that_leads_away_means_that_there_is_none(visit):
    done = visit({**PAGES, "/robots.txt": Reason.OUT_OF_SCOPE})
    assert done.crawl.robots is Robots.FREE


def test_a_redirect_to_the_home_page_has_no_rules(visit):
    assert visit({**PAGES, "/robots.txt": redirect("/")}).crawl.robots is Robots.FREE


def test_every_origin_has_its_own(visit):
    done = visit(
        {
            "/": "<a href='http://example.gov.cn/a'>a</a><a href='http://example.gov.cn/b'>b</a>",
            "http://example.gov.cn/robots.txt": page("User-agent: xuncha\nDisallow: /b", media="text/plain"),
            "http://example.gov.cn/a": "a",
        }
    )
    assert "http://example.gov.cn/a" in done.visited
    assert (done.crawl.forbidden, done.crawl.robots) == (1, Robots.FREE)
    assert done.net.urls.count("http://example.gov.cn/robots.txt") == 1


def test_what_counts_is_the_robots_txt_where_the_home_page_really_is(visit):
    secure = "https://www.example.gov.cn"
    done = visit({"/": redirect(f"{secure}/"), f"{secure}/": "<a href=/a>a</a>", f"{secure}/robots.txt": SHUT})
    assert (done.crawl.robots, done.visited) == (Robots.SHUT, ["/"])


def test_a_page_with_links_to_a_thousand_ports_gets_no_request_for_each(visit):
    ports = "".join(f"<a href='{HOME}:{port}/'>p</a>" for port in range(8000, 9000))
    assert len(visit({"/": ports}).net.urls) < 20


def test_pages_that_only_the_sitemap_knows_come_last(visit):
    done = visit({**PAGES, "/sitemap.xml": sitemap("/orphan", "/a"), "/orphan": "<a href=/below>u</a>", "/below": "b"})
    assert done.visited == ["/", "/f", "/a", "/closed/b", "/orphan", "/below"]
    assert done.crawl.sitemap_urls == 2
    assert [done.record(path).depth for path in ("/a", "/orphan", "/below")] == [1, 2, 3]


def test_robots_txt_names_the_sitemaps(visit):
    done = visit({**PAGES, "/robots.txt": PARTLY, "/map.xml": sitemap("/orphan", "/closed/x"), "/orphan": "o"})
    assert "/orphan" in done.visited
    assert "/sitemap.xml" not in done.asked
    assert "/closed/x" not in done.asked


def test_an_index_leads_to_packed_sitemaps(visit):
    packed = page(gzip.compress(sitemap("/orphan").body), media="application/gzip")
    index = page(f"<sitemapindex><sitemap><loc>{HOME}/1.xml.gz</loc></sitemap></sitemapindex>", media="text/xml")
    done = visit({"/": "首页", "/sitemap.xml": index, "/1.xml.gz": packed, "/orphan": "o"})
    assert done.visited == ["/", "/orphan"]


def test_an_index_that_names_itself_is_read_once(visit):
    index = page(f"<sitemapindex><sitemap><loc>{HOME}/sitemap.xml</loc></sitemap></sitemapindex>", media="text/xml")
    assert visit({"/": "首页", "/sitemap.xml": index}).asked.count("/sitemap.xml") == 1


def test_sitemaps_have_a_budget(visit):
    index = page(
        "<sitemapindex>" + "".join(f"<loc>{HOME}/{number}.xml</loc>" for number in range(50)), media="text/xml"
    )
    assert len(visit({"/": "首页", "/sitemap.xml": index, "/*": sitemap()}, sitemaps=5).asked) == 2 + 5


def test_what_a_sitemap_lists_elsewhere_or_as_documents_is_left_out(visit):
    listed = page(f"<urlset><loc>http://www.other.example/</loc><loc>{HOME}/a.pdf</loc></urlset>", media="text/xml")
    done = visit({"/": "首页", "/sitemap.xml": listed})
    assert (done.visited, done.crawl.sitemap_urls, done.crawl.known) == (["/"], 2, 1)


def test_a_page_in_place_of_a_sitemap_is_none(visit):
    assert visit({"/": "首页", "/sitemap.xml": "<html><a href=/x>x</a></html>"}).visited == ["/"]
