import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from xuncha.lab import CLEAN, DISTRICT, LabSite
from xuncha.lab.columns import COLUMNS, EVERY_COLUMN, articles
from xuncha.lab.content import missing_page, resources, search_page
from xuncha.lab.flavours import FLAVOURS
from xuncha.lab.identity import shown_identity, true_identity
from xuncha.lab.layout import Setting
from xuncha.lab.resource import Resources
from xuncha.model.clock import SHANGHAI

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=SHANGHAI)
ORIGIN = "https://www.shili.gov.example"


def setting(site: LabSite = CLEAN) -> Setting:
    identity = shown_identity(true_identity(site, site, f"{ORIGIN}/", "https://{}".format), site.faults)
    return Setting(site, identity, ORIGIN, NOW, "https://{}".format)


@lru_cache(maxsize=8)
def built(site: LabSite = CLEAN) -> Resources:
    return resources(setting(site))


def html(site: LabSite = CLEAN) -> dict[str, str]:
    kept = {path: page for path, page in built(site).items() if page.media_type.startswith("text/html")}
    return {path: page.body.decode(site.encoding) for path, page in kept.items()}


def references(markup: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'(?:href|src|data-source|data-footer)="([^"]*)"', markup)]


def test_the_same_setting_gives_the_same_site():
    assert resources(setting()) == resources(setting())


@pytest.mark.parametrize("site", DISTRICT, ids=lambda site: site.id)
def test_a_site_has_sixty_to_a_hundred_and_twenty_pages(site):
    places = [path for path in html(site) if not path.startswith(("/include", "/index."))]
    assert 60 <= len(places) <= 120


def nowhere(site: LabSite) -> set[str]:
    """The internal references that do not lead to a page or file of the site."""
    known = {path for path, one in built(site).items() if one.status == 200}
    found = {urljoin(ORIGIN + path, ref) for path, markup in html(site).items() for ref in references(markup)}
    inside = {target.removeprefix(ORIGIN) for target in found if target.startswith(f"{ORIGIN}/")}
    return {target for target in inside if target not in known and target.partition("?")[0] not in known}


@pytest.mark.parametrize("footer", ["inline", "fragment", "iframe"])
def test_on_a_clean_site_every_internal_reference_leads_somewhere(footer):
    assert nowhere(replace(CLEAN, footer=footer)) == set()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_whatever_system_publishes_it_every_internal_reference_leads_somewhere(flavour):
    assert nowhere(replace(CLEAN, flavour=flavour)) == set()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_publishing_systems_differ_in_addresses_but_not_in_what_they_publish(flavour):
    site = replace(CLEAN, flavour=flavour)
    assert {one.title for one in articles(site, COLUMNS[0], NOW)} == {
        one.title for one in articles(CLEAN, COLUMNS[0], NOW)
    }
    assert len(html(site)) == len(html(CLEAN))


def test_on_a_clean_site_no_link_is_empty():
    assert not [ref for markup in html().values() for ref in references(markup) if ref in {"", "#"}]


def test_pages_carry_the_national_tags():
    article = next(markup for path, markup in html().items() if "/gzdt/2026" in path)
    tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', article))
    assert tags["SiteIDCode"] == "3702990012"
    assert tags["ColumnType"] == "政务动态"
    assert re.fullmatch(r"2026-08-\d\d \d\d:\d\d", tags["PubDate"])
    assert tags["Url"].startswith(f"{ORIGIN}/xwdt/gzdt/202608/t202608")


DEADLINES = {"news": 14, "notice": 180, "policy": 180, "plan": 365, "personnel": 365, "finance": 365}


@pytest.mark.parametrize("column", EVERY_COLUMN, ids=lambda column: column.folder)
def test_a_column_is_up_to_date_and_nothing_is_of_tomorrow(column):
    newest = articles(CLEAN, column, NOW)[0].published
    assert timedelta() < NOW - newest < timedelta(days=DEADLINES.get(column.kind, 365))


def test_a_gbk_site_says_gb2312_in_the_page_and_nothing_in_the_header():
    home = built(replace(CLEAN, encoding="gbk"))["/"]
    assert home.media_type == "text/html"
    assert '<meta charset="gb2312">' in home.body.decode("gbk")


def test_a_scripted_site_shows_no_list_and_no_footer():
    home = html(CLEAN.having("scripted"))["/"]
    assert "ICP备" not in home
    assert "<li>" not in home


def test_a_scripted_site_keeps_its_articles_in_the_site_map():
    paths = [path for path in html(CLEAN.having("scripted")) if "/gzdt/2026" in path]
    site_map = built(CLEAN.having("scripted"))["/sitemap.xml"].body.decode()
    assert paths
    assert all(path in site_map for path in paths)


@pytest.mark.parametrize(
    ("fault_id", "sign"),
    [
        ("link-broken", "t20190312_118.html"),
        ("link-broken-home", "/ztzl/2019zt/index.html"),
        ("image-missing", "/images/2019/hdxc.jpg"),
        ("style-missing", "/style/print.css"),
        ("link-localhost", "http://localhost:8080/"),
    ],
)
def test_a_faulty_link_stands_on_one_page_only(fault_id, sign):
    site = CLEAN.having(fault_id)
    carriers = [path for path, markup in html(site).items() if sign in markup and path != "/index.html"]
    assert len(carriers) == 1
    assert sign not in built(site)


def test_the_site_map_names_every_page_with_its_date():
    tree = ET.fromstring(built()["/sitemap.xml"].body)
    places = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{ORIGIN}/" in places
    assert all(place.startswith(ORIGIN) for place in places)


def test_robots_shuts_nothing_that_citizens_use():
    assert built()["/robots.txt"].body.startswith(b"User-agent: *\nDisallow: /admin/\n")


def test_search_finds_titles_and_escapes_words():
    assert "条" in (found := search_page(setting(), "通知").body.decode())
    assert "t2026" in found
    assert "<script>alert" not in search_page(setting(), "<script>alert(1)").body.decode()


def test_a_missing_page_says_so():
    page = missing_page(setting())
    assert (page.status, "页面不存在" in page.body.decode()) == (404, True)
