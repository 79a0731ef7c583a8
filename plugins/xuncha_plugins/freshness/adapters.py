"""Reads lists that script fills from where the script reads them; what the systems look like is ``adapters.yaml``."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from html import unescape
from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode, urljoin

from pydantic import Field

from xuncha.api import Page, Row, Table, dates_in, read_table
from xuncha_plugins.freshness.facts import ListSource

MAX_ROWS = 500
MAX_SOURCE = 400_000
"""Characters of a page in which a system is looked for."""

MAX_RECORD = 8_000
MAX_PLACES = 20
_PAIR = re.compile(r"['\"](\w{1,40})['\"]\s*:\s*['\"]([^'\"]{0,200})['\"]")
_LINK = re.compile(r"<a\b[^>]{0,600}?href\s*=\s*[\"']?([^\"'\s>]{1,500})[^>]{0,600}>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,1000}>")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_MILLISECONDS = 10**11
_SHANGHAI = timezone(timedelta(hours=8))


Form = Literal["records", "json", "json-html", "html"]
"""What comes back from a source: XML records of markup, JSON, JSON with a piece of markup, a page."""


class _Adapter(Table):
    id: str
    system: str
    hint: str = ""
    on: Literal["html", "url"] = "html"
    recognise: re.Pattern[str]
    also: tuple[re.Pattern[str], ...] = ()
    defaults: dict[str, Annotated[str, Field(min_length=0)]] = Field(default_factory=dict)
    only: re.Pattern[str] | None = None
    drop: tuple[str, ...] = ()
    url: str
    format: Form
    rows: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    link: tuple[str, ...] = ()

    def source(self, html: str, url: str) -> ListSource | None:
        """Where the list of the column at ``url`` is read; None where the page is of another system."""
        if self.hint not in html:
            return None
        found = self._found(url if self.on == "url" else html)
        if found is None:
            return None
        parts = {**self.defaults, **found.groupdict()}
        for pattern in self.also:
            if more := pattern.search(html):
                parts |= more.groupdict()
        try:
            written = self.url.format(**self._clean(parts))
        except KeyError:
            return None
        return ListSource(self.id, urljoin(url.partition("#")[0], written))

    def _found(self, text: str) -> re.Match[str] | None:
        """The first place that tells the source of a list; a page may load its header in the same way."""
        places = islice(self.recognise.finditer(text), MAX_PLACES)
        return next((place for place in places if self.only is None or self.only.search(place[0])), None)

    def _clean(self, parts: dict[str, str]) -> dict[str, str]:
        """Query strings as a browser would send them."""
        clean = dict(parts)
        if "query" in parts:
            pairs = unescape(parts["query"]).split("&")
            kept = [pair for pair in pairs if pair.partition("=")[0] not in self.drop]
            clean["query"] = quote("&".join(kept), safe="=&/%:+")
        if "object" in parts:
            clean["object"] = urlencode(_PAIR.findall(unescape(parts["object"])))
        return clean


class _Table(Table):
    adapters: tuple[_Adapter, ...]
    loaders: tuple[str, ...]
    pagers: tuple[_Adapter, ...]


def recognise(page: Page, url: str) -> ListSource | None:
    """Where the list of the column at ``url`` can be read that a script of ``page`` fills."""
    return _first(_table().adapters, page, url)


def next_page(page: Page, url: str) -> ListSource | None:
    """The second page of a list whose pager is made by script."""
    return _first(_table().pagers, page, url)


def _first(known: tuple[_Adapter, ...], page: Page, url: str) -> ListSource | None:
    html = page.html[:MAX_SOURCE]
    return next((source for one in known if (source := one.source(html, url))), None)


def has_loader(page: Page) -> bool:
    """Whether script may fill the page, from whatever source."""
    return any(loader in page.html for loader in _table().loaders)


def embedded(page: Page) -> tuple[Row, ...]:
    """The rows that a page carries as records for its script (大汉 jpage), without asking anybody."""
    if "<record>" not in page.html:
        return ()
    return tuple(_records(page.html, page.url))


def markup(source: ListSource, text: str) -> str:
    """The markup of a list in a JSON answer; empty where the answer is of another form."""
    found = _at(_adapter(source.adapter).rows, text)
    return found if isinstance(found, str) else ""


def read(source: ListSource, text: str) -> tuple[Row, ...] | None:
    """The rows of an answer as records or JSON; None where it is not in the form that the adapter promises."""
    adapter = _adapter(source.adapter)
    if adapter.format == "json":
        rows = _json_rows(adapter, text, source.url)
        return None if rows is None else tuple(rows)
    if "<record" not in text and "<datastore" not in text:
        return None
    return tuple(_records(text, source.url))


def form_of(source: ListSource) -> Form:
    """What comes back from a source."""
    return _adapter(source.adapter).format


def _adapter(name: str) -> _Adapter:
    table = _table()
    return next(one for one in (*table.adapters, *table.pagers) if one.id == name)


@cache
def _table() -> _Table:
    return read_table(_Table, __package__, "adapters.yaml")


def _records(text: str, base: str) -> Iterator[Row]:
    """A record is a piece of markup: its first link is the row's, its last date the day of publication."""
    for piece in text.split("<record>", MAX_ROWS + 1)[1 : MAX_ROWS + 1]:
        markup = _CDATA.sub("", piece[:MAX_RECORD].partition("</record>")[0])
        link = _LINK.search(markup)
        words = " ".join(unescape(_TAG.sub(" ", markup)).split())
        if link:
            yield _row(words, urljoin(base, unescape(link[1])), words, pinned="置顶" in words)


def _row(words: str, target: str, dates: str, *, pinned: bool = False) -> Row:
    seen = dates_in(dates)[-1:]
    return Row(words[:100], target, seen[0].date if seen else None, seen[0].raw if seen else "", pinned, None)


def _json_rows(adapter: _Adapter, text: str, base: str) -> Iterator[Row] | None:
    found = _at(adapter.rows, text)
    if not isinstance(found, list):
        return None
    return (_json_row(adapter, one, base) for one in found[:MAX_ROWS] if isinstance(one, dict))


def _at(path: tuple[str, ...], text: str) -> Any:
    """What stands in a JSON text under these names; None where nothing does."""
    try:
        found: Any = json.loads(text)
        for step in path:
            found = found[step]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found


def _json_row(adapter: _Adapter, one: dict[str, Any], base: str) -> Row:
    title = next((one[name] for name in adapter.title if isinstance(one.get(name), str)), "")
    link = next((one[name] for name in adapter.link if isinstance(one.get(name), str) and one[name]), "")
    days = (day for name in adapter.date if (day := _moment(one.get(name))))
    pinned = bool(one.get("is_top") or one.get("isTop"))
    return _row(_TAG.sub("", title), _joined(base, link), next(days, ""), pinned=pinned)


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link[:1000]) if link else ""
    except ValueError:
        return ""


def _moment(value: object) -> str:
    """A date as text: as written, or from a count of seconds or milliseconds since 1970."""
    if isinstance(value, str):
        return value[:40] if not value.isdecimal() else _moment(int(value[:15]))
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return ""
    seconds = value / 1000 if value > _MILLISECONDS else value
    try:
        return datetime.fromtimestamp(seconds, _SHANGHAI).strftime("%Y-%m-%d")
    except (ValueError, OverflowError, OSError):
        return ""
