"""Systems are recognised by their pages, and what their interfaces answer is read, whatever it is."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import parse_page
from xuncha_plugins.freshness import adapters
from xuncha_plugins.freshness.facts import ListSource

HOME = "http://www.a.gov.cn/"
JPAGE = """<div id="212860"><script type="text/xml"><datastore><nextgroup><![CDATA[<a
href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=1&path=/&columnid=33718&unitid=212860&webname=示例局"></a>]]></nextgroup>
<recordset></recordset></datastore></script></div>"""
JPAGE_2014 = """<div id="49468"></div><script>$(function(){$('#49468').jpage({totalRecord:1418,dataStore:null,
proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp',perPage:25,ajaxParam:{col:1,appid:'1',webid:60,path:'/',columnid:30067,
unitid:'49468',webname:'示例采购网',permissiontype:0}});});</script>"""
GKMLPT = "<script>window._CONFIG = {SITE: 'x', SID: '755031', VERSION: '3'}</script><div id='app'></div>"
UCAP = '<ul id="list"></ul><script>$.get("/common/search/28de6b87eda140cb93de4dd10d11867d", {page: 1}, show)</script>'
UCAP_CHANNEL = (
    "<script>var channelId = '28de6b87eda140cb93de4dd10d11867d'; load('/common/search/' + channelId)</script>"
)
JPAAS = """<script url="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{'parseType':'bulidstatic',
'webId':'3096','tplSetId':'t','pageType':'column','tagId':'页头','pageId':'1554467'}"></script><script
url="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{'parseType':'bulidstatic','webId':'3096',
'tplSetId':'t','pageType':'column','tagId':'当前栏目list','editType':'null','pageId':'1554467'}"></script>"""
RECORDS = """<datastore><totalrecord>2</totalrecord><recordset>
<record><![CDATA[<li><a href='/art/2026/9/11/art_33718_118.html' title='班列'>班列运输提速</a>
<span>2026-09-11</span></li>]]></record>
<record><![CDATA[<li>置顶<a href='/art/2025/12/15/art_33718_115.html'>以集群培育赋能</a>
<span>2025-12-15</span></li>]]></record>
</recordset></datastore>"""


def source_of(html, url):
    return adapters.recognise(parse_page(html.encode(), url=url.partition("#")[0]), url)


@pytest.mark.parametrize(
    ("html", "url", "adapter", "parts"),
    [
        (JPAGE, f"{HOME}col/col33718/index.html", "jpage-link", ["startrecord=1", "columnid=33718", "unitid=212860"]),
        (JPAGE_2014, f"{HOME}col/col30067/index.html", "jpage-call", ["webid=60", "columnid=30067", "unitid=49468"]),
        (
            JPAAS,
            f"{HOME}col/col1/index.html",
            "jpaas-unit",
            ["/build/unit?parse", "tagId=%E5%BD%93", "pageId=15"],
        ),
        (GKMLPT, f"{HOME}zjj/gkmlpt/index#475", "gkmlpt", ["/zjj/gkmlpt/api/all/475?page=1&sid=755031"]),
        (UCAP, f"{HOME}c1/list.shtml", "ucap-search", ["/common/search/28de6b87eda140cb93de4dd10d11867d?_isAgg=true"]),
        (UCAP_CHANNEL, f"{HOME}c1/list.shtml", "ucap-channel", ["/common/search/28de6b87eda140cb93de4dd10d11867d?"]),
    ],
)
def test_a_system_is_recognised_and_its_source_is_known(html, url, adapter, parts):
    source = source_of(html, url)
    assert source.adapter == adapter
    assert all(part in source.url for part in parts), source.url


@pytest.mark.parametrize(
    "html",
    [
        "<p>search</p>",
        "<a href='/common/search/'>搜索</a>",
        "<script>var a = 'dataproxy.jsp'</script>",
        JPAGE_2014.replace("webid:60,", ""),
        JPAAS.replace("当前栏目list", "页脚"),
    ],
)
def test_other_pages_are_not_recognised(html):
    assert source_of(html, f"{HOME}xw/") is None


def test_the_second_page_of_a_trs_list_is_known():
    page = parse_page(b'<script>createPageHTML(18, 0, "index", "html");</script>', url=f"{HOME}xw/index.html")
    assert adapters.next_page(page, page.url).url == f"{HOME}xw/index_1.html"


def test_records_are_read_as_rows():
    rows = adapters.read(ListSource("jpage-link", f"{HOME}module/web/jpage/dataproxy.jsp?x"), RECORDS)
    assert [(row.date, row.pinned) for row in rows] == [(date(2026, 9, 11), False), (date(2025, 12, 15), True)]
    assert rows[0].target == f"{HOME}art/2026/9/11/art_33718_118.html"


def test_records_that_stand_in_the_page_need_no_request():
    page = parse_page(JPAGE.replace("<recordset></recordset>", RECORDS).encode(), url=f"{HOME}col/col33718/index.html")
    assert [row.date for row in adapters.embedded(page)] == [date(2026, 9, 11), date(2025, 12, 15)]


@pytest.mark.parametrize(
    ("adapter", "answer"),
    [
        (
            "gkmlpt",
            {"articles": [{"title": "a", "url": f"{HOME}1.html", "display_publish_time": 1624521600}], "total": 1},
        ),
        ("gkmlpt", {"articles": [{"title": "a", "url": f"{HOME}1.html", "created_at": "2021-06-24 16:00:00"}]}),
        (
            "ucap-search",
            {
                "data": {
                    "results": [
                        {"title": "a", "url": "//www.a.gov.cn/1.html", "publishedTimeStr": "2021-06-24 16:38:00"}
                    ]
                }
            },
        ),
        ("ucap-search", {"data": {"results": [{"title": "a", "url": "/1.html", "publishedTime": 1624521600000}]}}),
    ],
)
def test_json_is_read_as_rows(adapter, answer):
    rows = adapters.read(ListSource(adapter, f"{HOME}api"), json.dumps(answer))
    assert [(row.target, row.date) for row in rows] == [(f"{HOME}1.html", date(2021, 6, 24))]


@pytest.mark.parametrize(
    "text", ["", "<html>404</html>", "[]", "{}", '{"data": null}', '{"articles": {"a": 1}}', "[" * 5000]
)
def test_an_answer_of_another_form_is_no_list(text):
    assert adapters.read(ListSource("gkmlpt", HOME), text) is None
    assert not adapters.read(ListSource("jpage-link", HOME), text)


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_FIELDS = st.sampled_from(["title", "url", "date", "display_publish_time", "created_at"])
_VALUES = _LEAVES | st.lists(st.integers(), max_size=2)


@given(st.lists(_VALUES | st.dictionaries(_FIELDS, _VALUES, max_size=4), max_size=5))
def test_whatever_json_holds_is_read_without_harm(articles):
    rows = adapters.read(ListSource("gkmlpt", HOME), json.dumps({"articles": articles}))
    assert len(rows) <= len(articles)


@given(st.text(alphabet="<>record/! [CDATA]ahref='2026-1-2", max_size=300))
def test_whatever_records_hold_is_read_without_harm(text):
    adapters.read(ListSource("jpage-call", HOME), f"<record>{text}</record>")
