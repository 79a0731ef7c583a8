"""Hosts outside the district: the national registers and marks that footers link to, the city, a parked domain.

They stand in for the real ones inside the lab only; nothing of the lab ever reaches the Internet.
"""

from collections.abc import Callable, Mapping

from xuncha.lab import documents
from xuncha.lab.blunders import CITY, LIBRARY, PARKED, SCENE, SCRIPT_ELSEWHERE
from xuncha.lab.guides import PLATFORM
from xuncha.lab.identity import ICP_REGISTER, MARK_PICTURES, MARK_REGISTER, POLICE_REGISTER, REPORTS
from xuncha.lab.layout import fill
from xuncha.lab.messages import Answer, Reply, Request
from xuncha.lab.planted import BETTING, COUNTER

PROVINCE = "www.sheng.gov.example"
_PNG = "image/png"


def _page(title: str) -> Reply:
    body = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>本页仅供实验使用。</p></body></html>"
    )
    return Reply(body=body.encode())


def _picture(colour: str) -> Reply:
    return Reply(body=documents.png(60, 46, colour), media_type=_PNG)


_PATHS: Mapping[str, Mapping[str, Callable[[], Reply]]] = {
    CITY: {"/": lambda: _page("示例市人民政府"), SCENE: lambda: _picture("#5a7d9a")},
    LIBRARY: {SCRIPT_ELSEWHERE: lambda: Reply(body=b"/* jQuery */\n", media_type="application/javascript")},
    PROVINCE: {"/": lambda: _page("示例省人民政府")},
    PLATFORM: {"/": lambda: _page("示例省一体化政务服务平台")},
    COUNTER: {"/tj.html": lambda: _page("访问统计（实验）")},
    BETTING: {"/": lambda: Reply(body=fill("betting.html").encode())},
    ICP_REGISTER: {"/": lambda: _page("ICP/IP地址/域名信息备案管理系统（实验）")},
    POLICE_REGISTER: {"/": lambda: _page("全国互联网安全管理平台（实验）")},
    MARK_REGISTER: {"/sitename": lambda: _page("党政机关、事业单位网站标识查询（实验）")},
    MARK_PICTURES: {"/image/red.png": lambda: _picture("#c8102e"), "/image/blue.png": lambda: _picture("#1d3f94")},
    REPORTS: {
        "/exposure/jiucuo.html": lambda: _page("政府网站找错（实验）"),
        "/exposure/images/jiucuo.png": lambda: _picture("#e07b00"),
    },
}

NEIGHBOURS = frozenset({*_PATHS, PARKED})
"""All these hosts, served over both schemes."""


def answer(request: Request) -> Answer:
    """What a neighbour answers; 404 for paths it does not have."""
    if request.host == PARKED:
        return Reply(body=fill("parked.html", host=request.host).encode())
    make = _PATHS[request.host].get(request.path.partition("?")[0])
    return make() if make else Reply(404, body=b"<h1>404 Not Found</h1>")
