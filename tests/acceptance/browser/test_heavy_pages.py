"""Pages that take all they can get, looked at with all that can be wanted of them: layout and picture as well."""

import pytest

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Rendered, Want

pytestmark = pytest.mark.acceptance

SPIN = "AGFzbQEAAAABBAFgAAADAgEABwgBBHNwaW4AAAoJAQcAA0AMAAsL"
"""A WebAssembly module with one function, ``spin``: (loop (br 0))."""

SCRIPTS = {
    "text-200mb": "for(let i=0;i<200;i++)document.body.append('x'.repeat(1e6))",
    "frames": "let d=document.createDocumentFragment();"
    "for(let i=0;i<1e5;i++)d.append(document.createElement('iframe'));document.body.append(d)",
    "frames-in-frames": "function f(w,n){let i=w.document.createElement('iframe');w.document.body.append(i);"
    "if(n)f(i.contentWindow,n-1)}for(let i=0;i<50;i++)f(window,200)",
    "deep": "let a=document.body;for(let i=0;i<1e5;i++){let b=document.createElement('div');a.append(b);a=b}"
    "a.innerHTML='<a href=/quiet>deep</a>'",
    "shadows": "let a=document.body;for(let i=0;i<5e4;i++){let b=document.createElement('div');a.append(b);"
    "a=b.attachShadow({mode:'open'})}",
    "canvas": "let k=[];for(let i=0;i<40;i++){let c=document.createElement('canvas');c.width=c.height=16384;"
    "document.body.append(c);let x=c.getContext('2d');if(x)x.fillRect(0,0,16384,16384);k.push(c)}",
    "wasm": f"let b=Uint8Array.from(atob('{SPIN}'),c=>c.charCodeAt(0));"
    "new WebAssembly.Instance(new WebAssembly.Module(b)).exports.spin()",
    "wasm-memory": "let k=[];for(let i=0;i<64;i++)try{let m=new WebAssembly.Memory({initial:16384});"
    "new Uint8Array(m.buffer).fill(1);k.push(m)}catch(e){}",
    "workers": "for(let i=0;i<8;i++)new Worker(URL.createObjectURL(new Blob(['while(1);'])))",
    "microtasks": "(function f(){Promise.resolve().then(f)})()",
    "frames-drawn": "(function f(){document.body.style.width=Math.random()*9e3+'px';requestAnimationFrame(f)})()",
    "regexp": "/^(a+)+$/.test('a'.repeat(60)+'b')",
    "writes": "for(;;)document.write('<p>x</p>')",
    "mutations": "new MutationObserver(()=>document.body.append(document.createElement('i'))).observe(document.body,"
    "{childList:true});document.body.append('x')",
    "sync-requests": "for(;;){let x=new XMLHttpRequest();x.open('GET','/quiet?'+Math.random(),false);"
    "try{x.send()}catch(e){}}",
    "storage": "let s='x'.repeat(1e6);for(let i=0;;i++){try{localStorage['k'+i]=s}catch(e){break}};"
    "let o=indexedDB.open('d');o.onupgradeneeded=()=>o.result.createObjectStore('s');o.onsuccess=()=>{let t="
    "o.result.transaction('s','readwrite').objectStore('s');for(let i=0;i<300;i++)t.put('x'.repeat(1e6)+i,i)}",
    "print": "print();setInterval(()=>print(),1)",
    "fullscreen": "document.documentElement.requestFullscreen().catch(()=>0);document.body.requestPointerLock();"
    "try{navigator.keyboard.lock()}catch(e){}",
    "permissions": "Notification.requestPermission();navigator.geolocation.getCurrentPosition(()=>0);"
    "navigator.mediaDevices&&navigator.mediaDevices.getUserMedia({video:true,audio:true}).catch(()=>0);"
    "try{showOpenFilePicker().catch(()=>0)}catch(e){};try{navigator.clipboard.readText().catch(()=>0)}catch(e){}",
    "javascript": "location.href='javascript:while(1);'",
    "data": "location.href='data:text/html,<script>while(1);</'+'script>'",
    "inner": "location.href='http://10.0.0.1/'",
    "metadata": "location.href='http://169.254.169.254/latest/meta-data/'",
    "loopback": "location.href='http://127.0.0.1:22/'",
    "prototypes": "Array.prototype.map=Array.prototype.slice=JSON.stringify=Element.prototype.getBoundingClientRect="
    "document.querySelectorAll=window.getComputedStyle=()=>{while(1);}",
    "endless-clones": "customElements.define('x-x',class extends HTMLElement{connectedCallback(){this.append("
    "document.createElement('x-x'))}});document.body.append(document.createElement('x-x'))",
}
MARKS = {
    "animation": "<style>@keyframes a{from{transform:rotate(0)}to{transform:rotate(360deg)}}"
    "p,b{animation:a 1ms infinite;filter:blur(50px)}</style>" + "<b>x</b>" * 2_000,
    "refreshing": "<meta http-equiv=refresh content=0>",
    "refresh-to-script": "<meta http-equiv=refresh content='0;url=javascript:while(1);'>",
    "itself": "<iframe src='/itself'></iframe><iframe src='/itself?2'></iframe>",
    "filters": "<svg width=3000 height=3000><filter id=f><feTurbulence baseFrequency=.01 numOctaves=500 /></filter>"
    "<rect width=3000 height=3000 filter='url(#f)'/></svg>",
    "entities": "<svg>" + "<g>" * 400 + "<use href='#a'/>" * 20 + "</svg>",
    "nested-has": "<style>:has(:has(*)){color:red} body:has(*) *:has(+ * ~ *){margin:1px}</style>" + "<i>x" * 400,
    "tables": "<table>" * 500,
    "wide": "<div style='width:30000000px;height:30000000px;background:linear-gradient(red,blue)'>x</div>",
}
PAGES = {f"/{name}": f"<p>here<script>{script}</script>" for name, script in SCRIPTS.items()}
PAGES |= {f"/{name}": f"<p>here{mark}" for name, mark in MARKS.items()}
HEAVY = [*PAGES]
PAGES |= {"/quiet": "<p>quiet"}

INNER = ("/inner", "/metadata")
STAYS = ("/print", "/fullscreen", "/permissions", "/javascript", "/data", "/loopback", "/animation", *INNER)
"""What is refused or harmless leaves the page as it stands."""


@pytest.fixture(scope="module")
def seen(visit):
    """Each page with everything, and after each of them a quiet one."""
    return visit(PAGES, [*HEAVY, "/quiet"], Want(layout=True, picture=True))


@pytest.mark.parametrize("path", HEAVY)
def test_a_heavy_page_is_read_or_told_to_be_too_heavy(seen, path):
    found = seen.found[path]
    assert isinstance(found, Rendered) or found == Gap(Reason.RENDER_TOO_HEAVY, detail=found.detail)


@pytest.mark.parametrize("path", STAYS)
def test_what_is_refused_leaves_the_page_as_it_stands(seen, path):
    found = seen.found[path]
    assert "here" in found.text
    assert found.final_url == seen.home + path


@pytest.mark.parametrize("path", INNER)
def test_an_inner_address_is_told_as_where_it_would_have_led(seen, path):
    assert len(seen.found[path].traffic.led_away) == 1


def test_nobody_else_is_reached_and_the_next_page_is_rendered(seen):
    assert seen.reached == 0
    assert seen.found["/quiet"].text.strip() == "quiet"
