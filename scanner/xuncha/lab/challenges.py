"""Pages that protection products put before a site, written after their manner.

Most have a script that sets the clearance cookie and asks again, so that a person (or a browser) gets to see the site;
one wants a hand on its slider, and lets no browser in by itself.
"""

from collections.abc import Mapping

from xuncha.lab.messages import Reply, Request

_SHUT = "challenge-shut"
_CLEARANCE = "lab_clearance=1"
_PASS = f'document.cookie="{_CLEARANCE};path=/";location.reload();'

_JIASULE = Reply(
    521,
    (("Set-Cookie", "__jsluid_h=0f1e2d3c4b5a69788796a5b4c3d2e1f0; max-age=31536000; path=/; HttpOnly"),),
    f"<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('=1');{_PASS}</script>".encode(),
    media_type="text/html",
)
_DYNAMIC = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="uTqkQz8vBnM2" content="Xy7aQ" r=\'m\'>'
    "<script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=31337;$_ts.cd=\"qEgrrAlqWkaq\";"
    f"{_PASS}</script></head><body></body></html>"
).encode()
_DYNAMIC_COOKIE = (("Set-Cookie", "uTqkQz8vBnM2S=5xW0qPzYtRk3LmN9aBcDeFgHiJkLmNoPqRsT; path=/; httponly"),)
_WAITING = (
    '<html><head><meta charset="utf-8"><script>function stringToHex(s){var v="";for(var i=0;i<s.length;i++)'
    "v+=s.charCodeAt(i).toString(16);return v;}function YunSuoAutoJump(){"
    'document.cookie="srcurl="+stringToHex(location.href)+";path=/;";'
    f'document.cookie="security_session_verify=1;path=/";{_PASS}}}</script></head>'
    '<body onload="YunSuoAutoJump()"></body></html>'
).encode()

_SLIDER = (
    '<html><head><meta charset="utf-8"><title>人机验证</title></head><body><p>请拖动滑块完成验证</p>'
    '<div id="slider" style="width:300px;height:40px;background:#ddd"><span>&gt;&gt;</span></div></body></html>'
).encode()

CHALLENGES: Mapping[str, Reply] = {
    "challenge-521": _JIASULE,
    "challenge-412": Reply(412, _DYNAMIC_COOKIE, _DYNAMIC, media_type="text/html"),
    "challenge-202": Reply(202, _DYNAMIC_COOKIE, _DYNAMIC, media_type="text/html"),
    "challenge-200": Reply(200, (), _WAITING, media_type="text/html"),
    _SHUT: Reply(200, (), _SLIDER, media_type="text/html"),
}
"""Fault id → what every request is answered with."""


def passes(fault_id: str, request: Request) -> bool:
    """Whether the client is let in: he ran the script, where there is one."""
    return fault_id != _SHUT and _CLEARANCE in request.header("cookie")
