"""A small site to crawl: pages by path, everything else 404."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from xuncha.crawl import Budget, Recogniser, Signatures, Watcher, crawl, load_signatures
from xuncha.model.crawl import Crawl
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.page import Page
from xuncha.testing.net import FakeNet, page, status

HOME = "http://www.example.gov.cn"


@dataclass
class Visit:
    """What a crawl of the fake site came to."""

    crawl: Crawl
    net: FakeNet
    shown: list[Page] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    @property
    def visited(self) -> list[str]:
        return [record.url.removeprefix(HOME) for record in self.crawl.pages]

    @property
    def asked(self) -> list[str]:
        return [url.removeprefix(HOME) for url in self.net.urls]

    def record(self, path: str) -> Any:
        return next(record for record in self.crawl.pages if record.url in (path, HOME + path))

    def target(self, url: str) -> Any:
        return next(target for target in self.crawl.targets if target.url in (url, HOME + url))


@pytest.fixture(scope="session")
def signatures() -> Signatures:
    return load_signatures()


@pytest.fixture(scope="session")
def recogniser(signatures: Signatures) -> Recogniser:
    return Recogniser(signatures)


@pytest.fixture
def visit(recogniser: Recogniser) -> Callable[..., Visit]:
    """``visit({"/": "<a href=/a>A</a>", "/a": status(500)}, pages=10)``: bodies, replies, failures or lists of them."""

    def run(
        pages: Mapping[str, Any],
        /,
        *,
        site: Site | None = None,
        watch: Mapping[str, Any] | None = None,
        first: Sequence[tuple[str, int]] = (),
        **budget: int,
    ) -> Visit:
        planned = {(key if "://" in key else HOME + key): _planned(value) for key, value in pages.items()}
        net = FakeNet({f"{HOME}/*": status(404), "http*": Reason.REFUSED, **planned})
        shown: list[Page] = []
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        watcher = Watcher(**{"on_page": shown.append, **(watch or {})})
        found = asyncio.run(
            crawl(
                site or Site("s1", "示例", (f"{HOME}/",)),
                fetch=net.fetch,
                recogniser=recogniser,
                budget=Budget(**budget),
                watcher=watcher,
                first=first,
                sleep=sleep,
            )
        )
        return Visit(found, net, shown, slept)

    return run


def _planned(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Reason):
        return page(value)
    return [_planned(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def reply() -> Callable[..., Reply]:
    """``reply("<html>…", status=403, server="nginx")``."""
    return page
