import pytest

from xuncha.model.crawl import Crawl, LinkTarget, LinkUse, PageRecord
from xuncha.model.outcome import Severity
from xuncha.rules.model import At
from xuncha.rules.questions import Ground, Shape, ground, has_siblings, made_up, questions, shape, sibling

HOME = "https://www.shili.gov.cn/"
HERE = Ground("https://www.shili.gov.cn", ("/", "/zwgk/"), ("/zwgk/a.html",), ("/js/app.js", "/css/a.css"))


@pytest.fixture
def crawl():
    paths = ["", "zwgk/1.html", "zwgk/2.html", "tzgg/3.html", "list/"]
    pages = tuple(PageRecord(HOME + path, HOME + path, 0, 200) for path in paths)
    targets = tuple(
        LinkTarget(url, use, internal=True, sources=(), sources_total=1)
        for url, use in [
            (f"{HOME}js/app.js", LinkUse.SCRIPT),
            (f"{HOME}uploads/2026/a.png", LinkUse.IMAGE),
            ("http://b/x.js", LinkUse.SCRIPT),
        ]
    )
    return Crawl(HOME, pages, targets, len(pages), complete=True)


def urls(*rules, here=HERE):
    return [question.url.removeprefix(here.origin) for question in questions(rules, here)]


def test_the_largest_folders_of_files_and_of_pages_come_in_turn(crawl):
    assert ground(crawl, HOME, folders=3, files=9).folders == ("/", "/uploads/", "/zwgk/", "/list/")


def test_a_folder_counts_what_lies_deeper_and_comes_after_those_that_stand_apart(crawl):
    assert ground(crawl, HOME, folders=9, files=9).folders[1:] == (
        "/uploads/", "/zwgk/", "/list/", "/tzgg/", "/uploads/2026/",
    )  # fmt: skip


@pytest.fixture
def nested():
    """A site whose articles lie deep, and whose pictures and attachments lie in folders of their own."""
    articles = [f"{HOME}art/2026/09/0{day}/art_{day}.html" for day in range(1, 9)]
    pages = tuple(PageRecord(url, url, 0, 200) for url in (HOME, *articles))
    files = ["picture/1/a.jpg", "picture/1/b.jpg", "attach/0/a.pdf", "images/logo.png", "res/a.doc"]
    uses = {"pdf": LinkUse.ATTACHMENT, "doc": LinkUse.ATTACHMENT}
    targets = tuple(LinkTarget(HOME + one, uses.get(one[-3:], LinkUse.IMAGE), True, (), 1) for one in files)
    return Crawl(HOME, pages, targets, len(pages), complete=True)


def test_one_chain_of_folders_does_not_take_every_place(nested):
    assert ground(nested, HOME, folders=3, files=0).folders == ("/", "/picture/", "/art/", "/res/")


def test_whether_they_are_listed_is_asked_of_more_folders_and_the_rest_is_counted(nested, rule):
    here = ground(nested, HOME, folders=1, files=0, listed=2)
    assert (here.folders, here.listed, here.unlisted) == (("/", "/picture/"), ("/res/", "/attach/"), 1)
    assert "/attach/" in urls(rule("/", at=At.FOLDERS), here=here)
    assert "/attach/.env" not in urls(rule("/.env", at=At.FOLDERS), here=here)


def test_files_are_pages_and_scripts_of_this_origin(crawl):
    here = ground(crawl, HOME, folders=0, files=2)
    assert (here.origin, here.pages, here.assets) == (HOME[:-1], ("/zwgk/1.html", "/zwgk/2.html"), ("/js/app.js",))


def test_a_site_whose_home_page_redirected_is_asked_where_it_is():
    crawl = Crawl("http://a/", (PageRecord("http://a/", "https://b/x?y=1", 0, 200),), (), 1, complete=True)
    here = ground(crawl, "http://a/", 1, 1)
    assert (here.origin, here.home) == ("https://b", "/x?y=1")


def test_a_rule_looks_below_root_or_folders(rule):
    assert urls(rule("/.env")) == ["/.env"]
    assert urls(rule("/.env", at=At.FOLDERS)) == ["/.env", "/zwgk/.env"]


def test_a_rule_looks_beside_pages_or_assets(rule):
    assert urls(rule("{path}~", at=At.PAGES)) == ["/zwgk/a.html~"]
    assert urls(rule("{path}.map", at=At.ASSETS, suffixes=("js",))) == ["/js/app.js.map"]


def test_rules_share_a_request(rule):
    (question,) = questions([rule("/x.txt", name="demo.a"), rule("/x.txt", name="demo.b")], HERE)
    assert [one.id for one in question.rules] == ["demo.a", "demo.b"]


def test_other_headers_are_another_request(rule):
    assert len(questions([rule("/x.txt"), rule("/x.txt", name="demo.b", headers=(("accept", "a/b"),))], HERE)) == 2


def test_the_worst_is_asked_first_and_the_root_before_folders(rule):
    low = rule("/low.txt", name="demo.low", severity=Severity.LOW)
    high = rule("/high.txt", name="demo.high", severity=Severity.HIGH, at=At.FOLDERS)
    assert urls(low, high) == ["/high.txt", "/zwgk/high.txt", "/low.txt"]


def test_names_of_the_site_fill_templates(rule):
    assert urls(rule("/{host}.zip", "/{label}.tar.gz")) == ["/www.shili.gov.cn.zip", "/shili.tar.gz"]


def test_a_made_up_address_is_marked(rule):
    (question,) = questions([rule("/{random}")], HERE)
    assert question.made_up
    assert "/xuncha-" in question.url


@pytest.mark.parametrize(
    ("url", "head", "tail"),
    [
        ("http://a/.env", "http://a/.xuncha-", "-env"),
        ("http://a/x/backup.tar.gz", "http://a/x/xuncha-", "-backup.tar.gz"),
        ("http://a/druid/", "http://a/xuncha-", "-druid/"),
        ("http://a/.git/HEAD", "http://a/.git/xuncha-", "-HEAD"),
        ("http://a/c.php?action=config", "http://a/xuncha-", "-c.php?action=config"),
    ],
)
def test_a_sibling_has_the_same_shape(url, head, tail):
    assert sibling(url) == f"{head}{made_up(url).removeprefix('xuncha-')}{tail}"


@pytest.mark.parametrize(("url", "is_so"), [("http://a/", False), ("http://a", False), ("http://a/x", True)])
def test_the_home_page_has_no_sibling(url, is_so):
    assert has_siblings(url) is is_so


@pytest.mark.parametrize(
    ("url", "kind"),
    [("http://a/.git/HEAD", Shape.HIDDEN), ("http://a/b.zip", Shape.FILE), ("http://a/druid/", Shape.PLAIN)],
)
def test_names_are_of_three_kinds(url, kind):
    assert shape(url) is kind
    assert shape(kind.example("http://a", "/x/")) is kind


def test_beside_what_acts_nothing_is_asked():
    paths = ["", *["user/delete/1.php"] * 3, "user/list.php"]
    pages = tuple(PageRecord(HOME + path, HOME + path, 0, 200) for path in paths)
    here = ground(Crawl(HOME, pages, (), len(pages), complete=True), HOME, folders=9, files=9)
    assert (here.folders, here.pages) == (("/", "/user/"), ("/user/list.php",))


def test_no_address_is_put_together_that_a_rule_must_not_ask_for(rule):
    here = Ground(HOME[:-1], ("/", "/user/delete/"), ("/user/logout.php", "/a;b.php", "/a.php"))
    assert urls(rule("/.env", at=At.FOLDERS), here=here) == ["/.env"]
    assert urls(rule("{path}~", at=At.PAGES), here=here) == ["/a.php~"]


def test_applications_are_the_folders_of_what_java_answers():
    paths = ["", "zwgk/1.html", "zwfw/index.do", "zwfw/list.jsp", "oa/login", "user/delete/1.do", "about/"]
    pages = tuple(PageRecord(HOME + path, HOME + path, 0, 200) for path in paths)
    crawl = Crawl(HOME, pages, (), len(pages), complete=True)
    assert ground(crawl, HOME, 0, 0, contexts=9).contexts == ("", "/prod-api", "/zwfw", "/oa", "/user")
    assert ground(crawl, HOME, 0, 0, contexts=1).contexts == ("", "/prod-api", "/zwfw")


def test_a_rule_may_look_into_each_application(rule):
    here = Ground(HOME[:-1], contexts=("", "/zwfw"))
    asked = questions([rule("{context}/actuator", "/env")], here)
    assert {(one.folder, one.url.removeprefix(here.origin)) for one in asked} == {
        ("/", "/actuator"), ("/zwfw/", "/zwfw/actuator"), ("/", "/env"),
    }  # fmt: skip
