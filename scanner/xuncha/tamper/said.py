"""Where a page leads those who run no scripts, and search engines: citizens see neither."""

import re
from collections.abc import Iterator
from itertools import islice

from xuncha.model.hosts import host_of
from xuncha.page import Page
from xuncha.tamper.wayfinding import resolved

MAX_HEAD = 100_000
_MOST = 40
_WITHOUT_SCRIPT = re.compile(r"<noscript[^<>]{0,100}>([^<]{0,2000}(?:<(?!/noscript)[^<]{0,2000}){0,20})")
_SENT_ON = re.compile(
    r"<meta (?=[^<>]{0,300}refresh)[^<>]{0,300}?url\s{0,9}=\s{0,9}['\"]?([^'\"<>\s;]{4,2000})", re.IGNORECASE
)
_CANONICAL = re.compile(r"<link (?=[^<>]{0,600}rel=\"(?i:canonical)\")[^<>]{0,600}?href=\"([^\"]{4,2000})\"")
"""Names of elements and attributes are in lower case in markup."""


def without_script(page: Page, markup: str) -> str:
    """Where those are sent for whom no script runs; empty for nowhere else."""
    if "<noscript" not in markup:
        return ""
    for found in islice(_WITHOUT_SCRIPT.finditer(markup), _MOST):
        if "efresh" in found[1]:
            return next(_elsewhere(_SENT_ON, page, found[1]), "")
    return ""


def canonical(page: Page, markup: str) -> str:
    """The address on another host that search engines are told is the page's own; empty for none."""
    head = markup[: max(markup.find("<body", 0, MAX_HEAD), 0)]
    return next(_elsewhere(_CANONICAL, page, head), "") if "anonical" in head else ""


def _elsewhere(pattern: re.Pattern[str], page: Page, markup: str) -> Iterator[str]:
    own = host_of(page.url)
    return (url for url in resolved(pattern, page, markup) if host_of(url) not in {own, ""})
