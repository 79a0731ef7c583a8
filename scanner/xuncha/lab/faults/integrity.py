"""What somebody else has made of the pages."""

from xuncha.lab.faults.model import Fault, fails
from xuncha.model.outcome import Status

_LOOKS_OTHERWISE = (("integrity.picture-changed", Status.MANUAL),)

INTEGRITY = (
    fails("home-defaced", "integrity.defacement", "首页被篡改并留有字样", "The home page was defaced and signed"),
    Fault(
        "overlay-drawn",
        "公共脚本在首页上覆盖整屏的黑客留言",
        "The script that all pages share covers the home page with a defacer's words",
        (),
        in_browser=(("integrity.defacement", Status.FAIL),),
        pictured=_LOOKS_OTHERWISE,
    ),
    Fault(
        "banner-exchanged",
        "首页大图在原地址被换成其他图片",
        "Another picture at the banner's address",
        (),
        pictured=_LOOKS_OTHERWISE,
    ),
    Fault(
        "body-replaced",
        "公共脚本用图片替换了整个首页",
        "A shared script puts a picture for the home page",
        (),
        pictured=_LOOKS_OTHERWISE,
    ),
)
