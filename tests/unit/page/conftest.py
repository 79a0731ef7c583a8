from collections.abc import Callable

import pytest

from xuncha.page import Link, Page, parse_page

URL = "http://www.example.gov.cn/zwgk/index.html"


@pytest.fixture
def page() -> Callable[..., Page]:
    """Builds a page from markup or bytes; markup is sent and declared as UTF-8."""

    def build(
        body: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8", **more: object
    ) -> Page:
        data = body if isinstance(body, bytes) else body.encode()
        return parse_page(data, url=url, headers=(("Content-Type", content_type),), **more)

    return build


@pytest.fixture
def links(page: Callable[..., Page]) -> Callable[..., list[Link]]:
    """The links of some markup, of one kind if asked."""

    def found(markup: str, kind: str = "", url: str = URL) -> list[Link]:
        return [link for link in page(markup, url=url).links if kind in ("", link.kind)]

    return found


@pytest.fixture
def only_link(links: Callable[..., list[Link]]) -> Callable[..., Link]:
    """The one link of some markup."""

    def found(markup: str, kind: str = "", url: str = URL) -> Link:
        (link,) = links(markup, kind, url)
        return link

    return found
