import re
from pathlib import Path

import pytest

from xuncha.crawl import Kind, Recogniser, hindrance, load_signatures
from xuncha.crawl.signatures import (
    HEAD,
    AllOf,
    AnyOf,
    HeaderMatches,
    PartMatches,
    Reach,
    Seen,
    ShorterThan,
    StatusIs,
    TextContains,
    UrlMatches,
)
from xuncha.model.crawl import Hop
from xuncha.model.reasons import Reason
from xuncha.testing.net import page, status

ALL = load_signatures()
SAMPLES = [(one, number) for one in ALL.all for number in range(len(one.samples))]
CORPUS = Path(__file__).parent / "innocent"
NAVIGATION = "".join(f"<li><a href='/{number}/'>栏目{number}</a></li>" for number in range(10))


@pytest.mark.parametrize(("signature", "number"), SAMPLES, ids=[f"{one.mark}-{number}" for one, number in SAMPLES])
def test_every_sample_is_matched_by_its_signature_first(signature, number):
    first = [found for found in ALL.of(signature.samples[number].reply()) if found.kind is signature.kind]
    assert first == [signature]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.html")), ids=lambda path: path.stem)
@pytest.mark.parametrize("code", [200, 404])
def test_no_page_of_a_site_is_taken_for_anything_else(path, code):
    found = [signature.mark for signature in ALL.of(page(path.read_bytes(), status=code, server="nginx"))]
    assert found == (["soft-404:number-404"] if path.stem == "missing" else [])


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.html")), ids=lambda path: path.stem)
def test_nor_when_it_is_written_in_gbk_or_cut_off(path):
    body = path.read_text().encode("gb18030")[: HEAD + 1]
    assert not [found for found in ALL.of(page(body, media="text/html")) if found.kind is not Kind.SOFT_404]


def test_the_corpus_is_there():
    assert len(list(CORPUS.glob("*.html"))) >= 10


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_words_are_found_in_either_encoding(encoding):
    body = "<html><head><title>该网站未备案</title></head></html>".encode(encoding)
    assert [found.mark for found in ALL.of(page(body, media="text/html"))] == ["filing-block:unknown-provider"]


def test_a_missing_page_in_the_frame_of_its_site_is_known_by_its_title():
    body = f"<html><head><title>您访问的页面不存在-某区政府</title></head><body>{NAVIGATION}</body></html>"
    assert [found.mark for found in ALL.of(page(body))] == ["soft-404:missing-zh"]


def test_an_article_about_missing_pages_is_none():
    assert not ALL.of(page("<title>关于网站部分页面不存在问题的整改报告</title><p>正文</p>"))


def test_an_ordinary_page_is_not_searched():
    words = "<p>errors.aliyun.com/ potential threats to the server</p>"
    body = f"<html><head><title>首页</title></head><body>{NAVIGATION}{words}"
    assert not ALL.of(page(body))


def test_the_same_words_without_a_site_around_them_are_found():
    assert ALL.of(page("<p>errors.aliyun.com/ potential threats to the server</p>"))[0].id == "aliyun-waf"


def test_pictures_are_judged_by_status_and_headers_only():
    assert not ALL.of(page("__jsl_clearance", status=521, media="image/png"))
    assert ALL.of(page(b"\x89PNG", status=403, media="image/png", cf_mitigated="challenge"))[0].id == "cloudflare"


def test_a_server_that_is_down_behind_a_cdn_is_no_challenge():
    assert not ALL.of(page("<title>521: Web server is down</title>", status=521, server="cloudflare"))


def test_an_ordinary_refusal_is_no_challenge():
    assert not ALL.of(page("<html><head><title>403 Forbidden</title></head><body>nginx</body></html>", status=403))


def test_the_recogniser_marks_a_reply(recogniser: Recogniser):
    marked = recogniser.recognise(page("<script>var a='EO_Bot_Ssid'</script>"))
    assert marked.challenge == "tencent-edgeone"
    assert marked.marks == ("challenge:tencent-edgeone",)
    assert hindrance(marked) is Reason.CHALLENGED


def test_recognising_twice_changes_nothing(recogniser: Recogniser):
    once = recogniser.recognise(page("<script>var a='EO_Bot_Ssid'</script>"))
    assert recogniser.recognise(once) == once


def test_a_filing_block_is_the_stronger_hindrance(recogniser: Recogniser):
    block = page("<title>Non-compliance ICP Filing</title>您的访问已被拦截", status=403, server="Beaver")
    assert hindrance(recogniser.recognise(block)) is Reason.FILING_BLOCK


def test_a_plain_reply_is_handed_back_as_it_is(recogniser: Recogniser):
    plain = page("<p>你好</p>")
    assert recogniser.recognise(plain) is plain
    assert hindrance(plain) is None


def seen(body="", **how):
    return Seen(page(body, **how))


def test_several_lines_of_a_header_are_all_looked_at():
    reply = page("")
    two = Seen(type(reply)("", "", 200, (("set-cookie", "a=1"), ("set-cookie", "jsl=2")), b""))
    assert HeaderMatches("set-cookie", re.compile(r"(?m)^jsl=")).holds(two)


def test_a_redirect_is_known_by_where_it_leads():
    condition = UrlMatches(re.compile("webblock"))
    assert condition.holds(Seen(status(302, location="https://x.example/webblock.html")))
    hop = Hop("http://a.example/", 302, "https://x.example/webblock.html")
    assert condition.holds(Seen(type(status(200))("", "http://a.example/", 200, (), b"", hops=(hop,))))
    assert not condition.holds(Seen(status(302, location="/webblok")))


@pytest.mark.parametrize("part", ["title", "heading"])
def test_words_of_elements_lose_their_markup(part):
    body = "<TITLE\nlang=zh>找不到&nbsp;<b>页面</b>\n了</TITLE><h2 class=x>找不到&nbsp;<b>页面</b>\n了</h2>"
    assert getattr(seen(body), part) == "找不到 页面 了"


def test_a_cut_character_at_the_end_is_left_out():
    assert Seen(page("政" * 10_000)).body == "政" * (HEAD // 3)


def test_conditions_shrink_to_what_a_status_allows():
    both = AllOf((StatusIs(frozenset({403})), TextContains("x")))
    assert both.within(200, Reach.BODY) is None
    assert both.within(403, Reach.BODY) == both
    assert AnyOf((both, ShorterThan(5))).within(200, Reach.BODY) == AnyOf((ShorterThan(5),))


def test_conditions_shrink_to_what_may_be_looked_at():
    title, body = PartMatches("title", re.compile("a")), TextContains("a")
    assert AnyOf((title, body)).within(200, Reach.TITLE) == AnyOf((title,))
    assert AllOf((title, body)).within(200, Reach.TITLE) is None
    assert body.within(200, Reach.HEADERS) is None


def test_a_short_notice_is_all_that_its_page_says():
    assert seen("<title>某局</title><style>b{}</style><h1>维护中</h1>").notice == "某局 维护中"


@pytest.mark.parametrize(
    "more",
    [
        "<p>" + "字" * 300,
        "<a href=/>一</a>" * 4,
        "<form action=/s><input></form>",
        "<iframe src=/m.html></iframe>",
        "<area href=/a>",
        "<script src=/app.js></script>",
        "<script>window.location='/new'</script>",
        '<meta http-equiv="refresh" content="0;url=/new">',
        "<p style='display: none'>隐藏",
        " " * HEAD,
    ],
)
def test_a_page_that_may_be_more_than_a_notice_is_none(more):
    assert not ALL.of(page(f"<h1>网站正在升级维护</h1>{more}"))


def test_a_notice_that_loads_itself_again_is_one():
    assert seen('<meta http-equiv="refresh" content="30"><h1>网站正在升级维护</h1>').notice


@pytest.mark.parametrize(
    "words",
    [
        "某某市电子政务网站建设中心",
        "网站维护：镇信息中心",
        "系统维护中心 平台维护人员名单",
        "我市正在建设数字政府",
        "某某区政务服务中心 欢迎您",
        "网站正在加载，请稍候",
        "公司承接网站建设、系统维护、平台升级",
    ],
)
def test_few_words_that_are_no_notice(words):
    assert not ALL.of(page(f"<title>某某区</title><p>{words}</p>"))


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("尊敬的用户：系统正在升级，请稍后再试", "maintenance-zh"),
        ("因服务器迁移，网站暂停访问", "maintenance-zh"),
        ("网站升级改版期间暂停服务", "maintenance-zh"),
        ("本网站暂时关闭", "maintenance-zh"),
        ("本站正在建设中……", "construction"),
        ("该网站已关停", "closed"),
        ("您访问的网站已经被暂停", "closed"),
        ("Our website is currently undergoing scheduled maintenance.", "maintenance-en"),
        ("Coming Soon", "construction"),
    ],
)
def test_what_notices_say(words, id_):
    assert [found.mark for found in ALL.of(page(f"<h1>{words}</h1>"))] == [f"maintenance:{id_}"]
