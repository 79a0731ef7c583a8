"""Pages as a browser shows them, and small real pictures of them."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from xuncha.model.rendered import Layout, LinkBox, Picture, Rect
from xuncha.testing import rendering

HOME = "http://www.example.gov.cn/"


def png(width=400, height=300, colour=(255, 255, 255)):
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def picture():
    """A white picture; ``boxes`` as the browser would have found them."""

    def make(*boxes, width=400, height=300, data=None):
        data = data or png(width, height)
        return Picture(data, "", width, height, True, boxes)

    return make


@pytest.fixture
def page(picture):
    """A page with these words, links (address, words) and picture."""

    def make(text="示例区政府", links=(), url=HOME, shown=None):
        boxes = tuple(
            LinkBox(to, words, Rect(0, 0, 9, 9), True, 1.0, False, False, "", "", 16.0, f"body > a:nth-child({at})")
            for at, (to, words) in enumerate(links)
        )
        made = rendering(url, f"<p>{text}", text=text)
        return replace(made, layout=Layout(1366, 768, boxes, (), True), picture=shown or picture())

    return make
