"""What inline scripts load, and which of them nobody can read."""

import pytest

from xuncha.tamper.inline import is_packed, loads, script_hash, spelled


@pytest.mark.parametrize(
    "script",
    [
        "var s=document.createElement('script');s.src='//js.x.example/a.js'",
        "document.write('<script src=http://js.x.example/a.js><\\/script>')",
        "window.location.href = 'https://js.x.example/'",
        r"el.src='http:\/\/js.x.example\/a.js'",
        "$.getScript('//js.x.example/a')",
    ],
)
def test_what_a_script_loads_from_is_found(script):
    assert loads(script) == ("js.x.example",)


def test_a_script_that_loads_nothing_names_nobody():
    assert loads("var a='http://js.x.example/'; alert(a)") == ()


def test_in_a_long_script_only_what_stands_beside_the_loading_counts():
    data = "".join(f"'http://n{at}.example/'," for at in range(100))
    assert loads(f"var d=[{data}];s.src='//js.x.example/a.js'") == ("js.x.example",)


def test_numbers_and_quotes_make_no_script_new():
    assert script_hash("var t=12; u='a'") == script_hash("var t=13;u='b'")
    assert script_hash("var t=1") != script_hash("let t=1")


@pytest.mark.parametrize(
    "script",
    [
        "eval(function(p,a,c,k,e,d){})",
        "eval(unescape('%61'))",
        'x="' + r"\x68" * 12 + '"',
        "String.fromCharCode(" + "104," * 20 + "1)",
        "atob('" + "QUJD" * 12 + "')",
    ],
)
def test_encoded_scripts_are_known(script):
    assert is_packed(script)


def test_a_snippet_of_statistics_is_not_called_encoded():
    assert not is_packed("""document.write(unescape("%3Cscript src='//hm.baidu.com/h.js'%3E%3C/script%3E"))""")


@pytest.mark.parametrize(
    "script",
    [
        's.src="//"+"tj.a"+"bcq.com/x.js"',
        "s.src = 'ht' + 'tp://tj.abcq' + \".com/x.js\"",
        r's.src="\x2f\x2ftj.abcq.c\x6fm/x.js"',
        r's.src="\u002f\u002ftj.abcq.com/x.js"',
        'document.write("<scr"+"ipt src=//tj.abcq"+".com/x.js>")',
    ],
)
def test_addresses_in_pieces_or_codes_are_read(script):
    assert loads(script) == ("tj.abcq.com",)


def test_names_that_programs_give_tell_an_unreadable_script():
    assert is_packed("var _0x1a=['a'];f(_0x1a[0])")


@pytest.mark.parametrize(
    "script",
    [
        "window['loc'+'ation']['hr'+'ef']='//tj.abcq.com'",
        "document['write']('<script src=//tj.abcq.com/x.js>')",
        r"document['\x77rite']('<script src=//tj.abcq.com/x.js>')",
        "s.src='//'+['tj','abcq','com'].join('.')+'/x.js'",
        's.src=["https:", "", "tj.abcq.com", "x.js"].join("/")',
        '{"imports": {"a": "https://tj.abcq.com/a.js"}}',
        "document.write(`<script src=//tj.`+`abcq.com/x.js>`)",
    ],
)
def test_what_is_called_by_quoted_names_or_joined_lists_is_read(script):
    assert {*loads(script), *spelled(script)} == {"tj.abcq.com"}


@pytest.mark.parametrize(
    "script", ["a['b']=1", "var u=['//n.abcq.com/'].join(',')", '{"imports":{"a":"/a.js"}}', "`a`"]
)
def test_lists_and_quoted_names_that_load_nothing_name_nobody(script):
    assert spelled(script) == ()


@pytest.mark.parametrize("piece", ["[", "['", '["a"     ', "['a','", "['a'].join(", "['b']", "`'+'`"])
def test_repeated_pieces_of_scripts_are_read_to_the_end(piece):
    assert spelled(piece * (60_000 // len(piece)) + "s.src='//n.abcq.com'") in ((), ("n.abcq.com",))
