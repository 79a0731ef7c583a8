"""Pages that want out, or want everything: each costs its own site a bounded time, and nobody else anything."""

import pytest

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Rendered

pytestmark = pytest.mark.acceptance


def _clicked(how):
    return f"let a=document.createElement('a');{how};document.body.append(a);a.click()"


def _submitted(how):
    return f"let f=document.createElement('form');{how};document.body.append(f);f.submit()"


def wanting_out(stranger):
    """Pages that try to reach the stranger, each in a way of its own."""
    there = f"http://{stranger}"
    host = stranger.partition(":")[0]
    scripts = {
        "navigation": f"location.href='{there}/'",
        "form-get": _submitted(f"f.action='{there}/'"),
        "form-post": _submitted(f"f.action='{there}/';f.method='post'"),
        "fetch": f"fetch('{there}/').catch(()=>0);"
        f"fetch('{there}/',{{method:'POST',mode:'no-cors',body:'x'}}).catch(()=>0)",
        "xhr": f"let x=new XMLHttpRequest();x.open('GET','{there}/');x.send()",
        "socket": f"new WebSocket('ws://{stranger}/');new EventSource('{there}/')",
        "beacon": f"navigator.sendBeacon('{there}/','x');"
        f"fetch('{there}/',{{keepalive:true,mode:'no-cors'}}).catch(()=>0)",
        "webrtc": f"let c=new RTCPeerConnection({{iceServers:[{{urls:'stun:{stranger}'}}]}});c.createDataChannel('x');"
        "c.createOffer().then(o=>c.setLocalDescription(o))",
        "popup": f"for(let i=0;i<50;i++)window.open('{there}/')",
        "worker": "new Worker('/worker.js');new SharedWorker('/worker.js')",
        "blob-worker": f"new Worker(URL.createObjectURL(new Blob(['fetch(\"{there}/\")'])))",
        "service-worker": "navigator.serviceWorker.register('/worker.js')",
        "blob-page": f"location.href=URL.createObjectURL(new Blob(['<img src={there}/>'],{{type:'text/html'}}))",
        "transport": f"try{{new WebTransport('https://{stranger}/')}}catch(e){{}}",
        "opener": _clicked(f"a.href='{there}/';a.target='_blank'"),
        "download": _clicked(f"a.href='{there}/';a.download='x'"),
        "protocols": "for(const u of ['file:///etc/passwd','chrome://version','ftp://x/','tel:1','data:text/html,x'])"
        "try{location.href=u}catch(e){}",
    }
    marks = {
        "image": f"<img src='{there}/'><img srcset='{there}/ 2x'><svg><image href='{there}/'/></svg>",
        "frame": f"<iframe src='{there}/'></iframe><object data='{there}/'></object><embed src='{there}/'>",
        "local-frames": "<iframe src='file:///etc/passwd'></iframe><iframe src='chrome://version'></iframe>",
        "style": f"<style>@import '{there}/';@font-face{{font-family:x;src:url({there}/)}}"
        f"p{{font-family:x;background:url({there}/)}}</style><p>x",
        "hints": f"<link rel=prefetch href='{there}/'><link rel=preload as=script href='{there}/'>"
        f"<link rel=preconnect href='{there}'><link rel=dns-prefetch href='//{host}'><link rel=icon href='{there}/'>"
        f"<link rel=manifest href='{there}/'><link rel=prerender href='{there}/'>",
        "speculation": '<script type=speculationrules>{"prerender":[{"source":"list","eagerness":"immediate","urls":["'
        f'{there}/"]}}],"prefetch":[{{"source":"list","eagerness":"immediate","urls":["{there}/"]}}]}}</script>',
        "ping": f"<a id=a href='/quiet' ping='{there}/'>x</a><script>document.getElementById('a').click()</script>",
        "refresh": f"<meta http-equiv=refresh content='0;url={there}/'>",
        "media": f"<video src='{there}/' autoplay></video><audio src='{there}/' autoplay></audio>",
    }
    pages = {f"/{name}": f"<p id=p>here<script>{script}</script>" for name, script in scripts.items()}
    pages |= {f"/{name}": f"<p id=p>here{mark}" for name, mark in marks.items()}
    pages |= {
        "/quiet": "<p>quiet",
        "/worker.js": f"fetch('{there}/').catch(()=>0);self.onfetch=()=>0",
        "/led": (302, {"Location": f"{there}/"}, ""),
        "/headed": (200, {"Link": f"<{there}/>; rel=preload; as=script", "Refresh": f"0; url={there}/"}, "<p>here"),
        "/reports": (
            200,
            {"Content-Security-Policy": f"script-src 'none'; report-uri {there}/", "NEL": '{"report_to":"x"}'},
            "<p>here<script>1</script>",
        ),
    }
    return pages


OUT = [path for path in wanting_out("127.0.0.2:1") if path not in ("/quiet", "/worker.js")]
STAYS = [path for path in OUT if path not in ("/led", "/blob-page")]


@pytest.fixture(scope="module", params=[True, False], ids=["own network", "same network"])
def tried(visit, request):
    return visit(wanting_out, OUT, own_network=request.param)


def test_nothing_reaches_a_stranger(tried):
    assert tried.reached == 0


def test_a_site_is_only_ever_asked_by_get(tried):
    assert {method for method, *_ in tried.all} == {"GET"}


@pytest.mark.parametrize("path", STAYS)
def test_a_page_that_wants_out_is_read_where_it_is(tried, path):
    page = tried.found[path]
    assert isinstance(page, Rendered)
    assert "here" in page.text or path in ("/ping", "/reports")


def test_a_redirect_out_of_the_site_is_not_followed(tried):
    assert tried.found["/led"] == Gap(Reason.OUT_OF_SCOPE, detail=tried.found["/led"].detail)


@pytest.mark.parametrize("path", ["/navigation", "/form-get", "/refresh", "/headed"])
def test_where_a_page_would_have_led_is_told(tried, path):
    assert [url.startswith("http://127.0.0.2") for url in tried.found[path].traffic.led_away] == [True]


def test_a_post_is_told_as_refused(tried):
    refused = tried.found["/form-post"].traffic.refused
    assert [(one.method, one.reason) for one in refused] == [("POST", Reason.METHOD_FORBIDDEN)]


def test_a_private_address_is_told_as_refused(tried):
    assert Reason.ADDRESS_FORBIDDEN in [one.reason for one in tried.found["/xhr"].traffic.refused]


WANTING_ALL = {
    "/loop": "<p>here<script>while(1);</script>",
    "/late-loop": "<p>here<script>setTimeout(()=>{while(1);},100)</script>",
    "/alerts": "<p>here<script>while(1)alert(1)</script>",
    "/leaving": "<p>here<script>onbeforeunload=()=>'stay';location.reload()</script>",
    "/history": "<p>here<script>let i=0;setInterval(()=>{history.pushState(0,'','/p'+i++);history.back()},1)</script>",
    "/reloads": "<p>here<script>location.reload()</script>",
    "/redirects": (302, {"Location": "/redirects"}, ""),
    "/flood": "<p>here<script>setInterval(()=>{for(let i=0;i<100;i++)fetch('/x'+i,{method:'POST'}).catch(()=>0)},1)"
    "</script>",
    "/many": "<p>here<script>for(let i=0;i<400;i++)fetch('/quiet?'+i).catch(()=>0)</script>",
    "/giant": "<p>here<script>let d=document.createDocumentFragment();for(let i=0;i<3e5;i++)"
    "d.append(document.createElement('b'));document.body.append(d)</script>",
    "/buffers": "<p>here<script>let a=[];for(let i=0;i<400;i++)a.push(new Uint8Array(1e7).fill(1))</script>",
    "/console": "<p>here<script>for(let i=0;i<2e4;i++)console.log('x'.repeat(1e4))</script>",
    "/attached": (200, {"Content-Disposition": "attachment; filename=x.html"}, "<p>here"),
    "/quiet": "<p>here",
}


@pytest.fixture(scope="module")
def bounded(visit):
    return visit(WANTING_ALL, [*WANTING_ALL])


@pytest.mark.parametrize("path", ["/loop", "/late-loop", "/alerts"])
def test_a_script_that_never_ends_is_stopped_and_its_page_read(bounded, path):
    page = bounded.found[path]
    assert (page.settled, page.text.strip()) == (False, "here")


@pytest.mark.parametrize("path", ["/history", "/reloads", "/leaving", "/console"])
def test_a_page_that_goes_round_in_circles_is_read_all_the_same(bounded, path):
    assert bounded.found[path].text.strip() == "here"


def test_a_loop_of_redirects_ends_at_the_most_of_documents(bounded):
    assert bounded.found["/redirects"].reason is Reason.BUDGET_REACHED


def test_a_flood_of_requests_is_not_listened_to(bounded):
    assert dict(bounded.found["/flood"].traffic.refusals)[Reason.METHOD_FORBIDDEN] > 900


def test_a_page_may_ask_for_so_much_and_no_more(bounded):
    assert len(bounded.asked["/many"]) == 150


@pytest.mark.parametrize("path", ["/giant", "/buffers"])
def test_a_page_that_is_too_much_is_a_gap(bounded, path):
    assert bounded.found[path].reason is Reason.RENDER_TOO_HEAVY


def test_an_attachment_is_no_page(bounded):
    assert bounded.found["/attached"].reason is Reason.DOCUMENT_UNSUPPORTED


def test_after_all_of_them_the_next_page_is_rendered(bounded):
    assert bounded.found["/quiet"].text.strip() == "here"
