"""Lists that visitors see only once they scroll, or a little later."""

import pytest

pytestmark = pytest.mark.acceptance

LIST = "<ul id=l></ul>"
FILL = """<script>function fill(){var x=new XMLHttpRequest();x.open("GET","/rows");
x.onload=function(){document.getElementById("l").innerHTML=x.responseText};x.send()}%s</script>"""
INTO_SIGHT = 'new IntersectionObserver(e=>{if(e[0].isIntersecting)fill()}).observe(document.getElementById("l"))'
SPACE = "<div style='height:2600px'></div>"
LATE = {
    "/scrolled": SPACE + LIST + FILL % 'addEventListener("scroll",fill)',
    "/into-sight": SPACE + LIST + FILL % INTO_SIGHT,
    "/smooth": "<style>html{scroll-behavior:smooth}</style>" + SPACE + LIST + FILL % INTO_SIGHT,
    "/clock": LIST + FILL % "setTimeout(fill,1500)",
    "/slow-clock": LIST + FILL % "setTimeout(fill,3000)",
}
ROWS = "<li><a href=/n1>关于开展检查的通知</a><li><a href=/n2>关于放假的公告</a>"
POSTED = LIST + "<script>fetch('/rows',{method:'POST'}).then(r=>r.text()).then(t=>{l.innerHTML=t})</script>"
ENDLESS = "<div id=d></div><script>addEventListener('scroll',()=>{d.innerHTML+='<p style=height:2000px>更多'})</script>"
PAGES = {**LATE, "/rows": ROWS, "/posted": POSTED, "/endless": f"{SPACE}{ENDLESS}"}


@pytest.fixture(scope="module")
def seen(visit):
    return visit(PAGES, [*LATE, "/posted", "/endless"])


@pytest.mark.parametrize("path", LATE)
def test_a_list_that_comes_late_is_read(seen, path):
    page = seen.found[path]
    assert ("关于放假的公告" in page.text, page.settled) == (True, True)


def test_a_list_that_is_asked_for_by_post_stays_unread_and_its_page_is_not_whole(seen):
    page = seen.found["/posted"]
    assert ("关于放假的公告" in page.text, page.whole) == (False, False)
    assert not any(method == "POST" for method, _, _ in seen.all)


def test_a_page_without_end_is_scrolled_through_to_a_bound(seen):
    assert 0 < seen.found["/endless"].text.count("更多") <= 10
