"""What a page in the browser is asked for once it is at rest, and what its answers are worth."""

import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from xuncha.browser.limits import Limits
from xuncha.model.rendered import Frame, Layout, LinkBox, Parts, Picture, Rect, Retouch

WIDTH, HEIGHT = 1366, 768
"""CSS pixels: what most visitors of such sites have."""

WORLD = "xuncha"
"""Names the world of our scripts; the page's own can't reach into it."""


@cache
def source(name: str) -> str:
    """One of our scripts."""
    return (Path(__file__).parent / name).read_text("utf-8")


def script(name: str, limits: Limits) -> str:
    """One of our scripts with its limits filled in."""
    told = {
        "nodes": limits.nodes,
        "characters": limits.characters,
        "links": limits.links,
        "height": limits.height,
        "look": limits.look,
        "boxes": limits.boxes,
        "looked": limits.looked,
    }
    return source(name).replace("LIMITS", json.dumps(told), 1)


def retouching(retouch: Retouch) -> str:
    """The script that prepares a page for its picture."""
    return source("retouch.js").replace("RETOUCH", json.dumps(asdict(retouch)), 1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The page read out; ``html`` is None where it is too large for that."""

    url: str
    html: str | None
    text: str
    cut: bool
    failures: tuple[str, ...]
    dialogs: int


def read_snapshot(said: Mapping[str, Any]) -> Snapshot:
    """From what the script returned. Raises KeyError, TypeError or ValueError."""
    html = said.get("html")
    return Snapshot(
        url=str(said["url"]),
        html=None if html is None else _sound(html),
        text=_sound(said.get("text", "")),
        cut=bool(said.get("cut", False)),
        failures=tuple(_sound(each) for each in said.get("failures", ())),
        dialogs=int(said.get("dialogs", 0)),
    )


def read_layout(said: Mapping[str, Any]) -> Layout:
    """From what the script returned. Raises KeyError, TypeError or ValueError."""
    return Layout(
        width=float(said["width"]),
        height=float(said["height"]),
        links=tuple(_link(each) for each in said["links"]),
        frames=tuple(_frames(said["frames"])),
        complete=bool(said["complete"]),
    )


def read_picture(
    said: Mapping[str, Any], width: int, height: int, boxes: Iterable[Mapping[str, Any] | None] = (), *, whole: bool
) -> Picture:
    """From the answer to ``Page.captureScreenshot``, and ``retouch.js``. Raises KeyError, TypeError or ValueError."""
    png = b64decode(said["data"])
    found = tuple(None if box is None else _rect(box) for box in boxes)
    return Picture(png, sha256(png).hexdigest(), width, height, whole, found)


def read_parts(said: Mapping[str, Any]) -> Parts:
    """From what the script returned. Raises KeyError, TypeError or ValueError."""
    slots, floats = (tuple(_rect(each) for each in said[name]) for name in ("slots", "floats"))
    leads = tuple(_digest(each["leads"]) for each in said["slots"])
    return Parts(slots, floats, _digest(said["fonts"]), leads, tuple(_sound(one) for one in said.get("written", ())))


def _digest(text: object) -> str:
    return sha256(_sound(text).encode()).hexdigest()[:12]


def _link(said: Mapping[str, Any]) -> LinkBox:
    covered = said["covered"]
    return LinkBox(
        url=_sound(said["url"]),
        text=_sound(said["text"]),
        rect=_rect(said["rect"]),
        shown=bool(said["shown"]),
        opacity=float(said["opacity"]),
        clipped=bool(said["clipped"]),
        covered=None if covered is None else bool(covered),
        colour=str(said["colour"]),
        background=str(said["background"]),
        font_size=float(said["font_size"] or 0),
        path=_sound(said["path"]),
        cut_by=str(said["cut_by"]),
    )


def _frames(said: Iterable[Mapping[str, Any]]) -> Iterable[Frame]:
    return (
        Frame(_sound(one["url"]), _rect(one["rect"]), bool(one["shown"]), round(float(one["covers"]), 4))
        for one in said
    )


def _rect(said: Mapping[str, Any]) -> Rect:
    return Rect(*(round(float(said[name]), 1) for name in ("left", "top", "width", "height")))


def _sound(text: object) -> str:
    """Without halves of surrogate pairs, which nobody could write down."""
    return str(text).encode("utf-8", "replace").decode()
