"""Links of spam that only a browser knows to be hidden, and ordinary pages that hide and move things, in a real one."""

import asyncio

import pytest

from xuncha.model.rendered import Want
from xuncha.page import parse_page
from xuncha.testing import FakeRenderer, gather, judge
from xuncha_plugins.darklinks.boxes import look
from xuncha_plugins.darklinks.facts import Sheets
from xuncha_plugins.darklinks.laying import LayoutParams, laid_out
from xuncha_plugins.darklinks.link_checks import hidden
from xuncha_plugins.darklinks.seen import PlantsSeen

pytestmark = pytest.mark.acceptance

THE = "document.querySelector('.k')"

SPAM = '<a href="http://www.bet1.example.com/">皇冠体育投注开户</a> <a href="http://www.x99.top/a">六合彩平台注册送彩金</a>'
NAMES = '<a href="http://www.b1.example.com/">葡京大酒店</a> <a href="http://www.b2.example.com/">百家乐超市</a>'
K = f'<div class="k">{SPAM}</div>'
TEXT = "<h1>示例区教育局</h1>" + "<p>关于做好义务教育阶段学校招生工作的通知。</p>" * 12

PLANTED = {
    "class": f"<style>.x{{display:none}}</style>{K}<script>{THE}.className='x'</script>",
    "inserted": f"<style id=s></style>{K}<script>s.sheet.insertRule('.k{{visibility:hid'+'den}}')</script>",
    "slot": f"<div id=h>{K}</div>"
    "<script>h.attachShadow({mode:'closed'}).innerHTML='<p style=opacity:0><slot>'</script>",
    "shadow": "<div><template shadowrootmode=open>"
    f"<p style='position:absolute;left:-4000px'>{SPAM}</p></template></div>",
    "moved": f"<style>.k{{transform:translate(var(--a))}}</style>{K}<script>document.body.style='--a:-4000px'</script>",
    "shrunk": f"<style>.k{{transform:matrix3d(.001,0,0,0,0,.001,0,0,0,0,1,0,0,0,0,1)}}</style>{K}",
    "cut": f"<style>.k{{clip-path:polygon(50% 50%,50% 50%,50% 50%)}}</style>{K}",
    "covered": f"<div style=position:relative>{K}"
    "<p style='position:absolute;inset:0;margin:0;background:#fff;pointer-events:none'>",
    "beneath": f"<p style=background:#fff><b style=position:relative;z-index:-1>{SPAM}</b></p>",
    "alike": f"<style>.k a{{color:#eee}}#b{{position:absolute;inset:0;background:#eee;z-index:-1}}</style>"
    f"<div style=position:relative;z-index:0><div id=b></div>{K}</div>",
    "scrolled": f"{K}<script>var s={THE}.style;s['over'+'flow']='auto';s['hei'+'ght']='0'</script>",
    "skipped": f"{K}<script>{THE}.style.contentVisibility='hidden'</script>",
    "has": f"<style>body:has(h1) .k{{display:none}}</style>{K}",
    "container": "<style>.c{container-type:inline-size}@container (min-width:9px){.k{display:none}}</style>"
    f"<div class=c>{K}</div>",
    "framed": f"<iframe width=0 height=0 frameborder=0 srcdoc='{SPAM}'></iframe>",
}
ORDINARY = {
    "marquee": f"<marquee width=300 height=30>{NAMES}</marquee>",
    "track": f"<div style='width:300px;overflow:hidden'><p id=t style='width:900px'>{NAMES}</p></div>"
    "<script>var x=0;setInterval(()=>{t.style.marginLeft=(x-=400)+'px';x<-800&&(x=0)},200)</script>",
    "caption": "<div style=position:relative><img src=/no.png width=600 height=90 alt=x>"
    f"<p style='position:absolute;left:0;top:0'>{NAMES.replace('<a', '<a style=color:#fff')}</p></div>",
    "button": f"<style>p a{{position:relative;color:#fff;z-index:0}}"
    f"p a::before{{content:'';position:absolute;inset:0;background:#06c;z-index:-1}}</style><p>{NAMES}</p>",
    "snow": "<canvas style='position:fixed;inset:0;width:100%;height:100%;pointer-events:none'></canvas>"
    f"<p>{NAMES}</p>",
    "header": "<p style='position:fixed;inset:0 0 auto 0;height:90px;margin:0;background:#06c'>导航</p>"
    f"{'<br>' * 60}{NAMES}",
    "scroll-box": f"<div style='height:30px;overflow:auto'>{'<p>一</p>' * 5}{NAMES}</div>",
    "body-scrolls": "<style>html,body{height:100%;margin:0;overflow:hidden}body{overflow:auto}</style>"
    f"<p style=height:3000px></p><p>{NAMES}</p>",
    "lazy": f"<style>.z{{opacity:.01}}.in{{opacity:1}}</style><p class=z>{NAMES}</p><script>new IntersectionObserver("
    "e=>e.forEach(x=>x.isIntersecting&&x.target.classList.add('in'))).observe(document.querySelector('.z'))</script>",
    "floated": "<p><a href='http://www.b1.example.com/'><b style='float:left'>百家乐超市</b></a></p>",
}
PAGES = {
    f"/{name}": f"<!DOCTYPE html><meta charset=utf-8><title>示例区教育局</title>{TEXT}{body}"
    for name, body in (PLANTED | ORDINARY).items()
}


@pytest.fixture(scope="module")
def seen(visit):
    return visit(PAGES, list(PAGES), Want(layout=True))


@pytest.fixture
def judged(seen):
    """What is said of a page where the browser shows it as it did."""

    def judge_(name):
        url = f"{seen.home}/{name}"
        plants = gather(PlantsSeen, parse_page(PAGES[f"/{name}"].encode(), url=url))
        browser = FakeRenderer({url: seen.found[f"/{name}"]})
        laid = asyncio.run(laid_out(plants, Sheets(), LayoutParams(), browser))
        return judge(hidden, plants, Sheets(), laid)

    return judge_


@pytest.mark.parametrize("name", PLANTED)
def test_what_only_a_browser_knows_to_be_hidden_is_found(judged, name):
    outcome = judged(name)
    assert (str(outcome.status), len(outcome.findings)) == ("fail", 1)


@pytest.mark.parametrize("name", ORDINARY)
def test_of_ordinary_pages_nothing_is_said(judged, name):
    assert not judged(name).findings


@pytest.mark.parametrize("name", ["button", "caption", "snow", "floated", "lazy", "header"])
def test_what_a_visitor_sees_is_never_hidden(seen, name):
    looks = {look(box) for box in seen.found[f"/{name}"].layout.links}
    assert looks <= {"", "shown"}
