"""Lists of articles: written by the server, or by script from a source that only some inspectors can read."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Literal
from urllib.parse import parse_qs, urlencode, urljoin

from xuncha.lab.columns import Article, Column, articles, columns_of, page_path, shown_name
from xuncha.lab.layout import Setting, anchor, column_anchor, fill, lines, listing, shell, trail
from xuncha.lab.resource import Resource, page

PER_PAGE = 10
DATA_PROXY = "/module/web/jpage/dataproxy.jsp"
_AT_ONCE = 45
_PINNED = "notice"
_NEWEST = 6
_FROZEN = timedelta(days=16)
_LOADED = "list.html"
Writer = Literal["server", "json", "jpage", "fetched", "loaded"]
_NEWS_BY: Mapping[str, Writer] = {
    "freshness-list-scripted": "json",
    "freshness-list-jpage": "jpage",
    "freshness-list-json": "fetched",
    "freshness-list-loaded": "loaded",
}
"""Fault id → who writes the list of the news."""


def writer(setting: Setting, column: Column) -> Writer:
    """Who writes the column's list: the server, or script.

    Script does it from JSON that a shared script or one in the page (``fetched``) asks for, from a jpage data proxy, or
    by a file that is ``loaded`` into its place.
    """
    if setting.has("scripted"):
        return "json"
    news = (by for fault_id, by in _NEWS_BY.items() if column.kind == "news" and setting.has(fault_id))
    return next(news, "server")


def column_list(setting: Setting, column: Column, entries: tuple[Article, ...], *, home: bool = False) -> str:
    """The entries as a list, or the place where script will put it."""
    match writer(setting, column):
        case "server":
            return listing(setting, entries, home=home)
        case "json":
            return f'<ul class="list" data-source="/api/{column.code}.json"></ul>'
        case "jpage":
            return _jpage(setting, column)
        case "fetched":
            return fill("getjson.html", code=str(column.code))
        case "loaded":
            return fill("load.html", code=str(column.code), file=loaded_path(setting, column) if home else _LOADED)


def loaded_path(setting: Setting, column: Column) -> str:
    """Where the file lies that is loaded as the column's list: beside its first page."""
    return urljoin(page_path(setting.site, column), _LOADED)


def _jpage(setting: Setting, column: Column) -> str:
    question = {
        "col": 1,
        "appid": 1,
        "webid": setting.site.serial,
        "path": "/",
        "columnid": column.code,
        "sourceContentType": 1,
        "unitid": f"8{column.code}",
        "webname": setting.site.name,
        "permissiontype": 0,
    }
    return fill(
        "jpage.html",
        unit=f"8{column.code}",
        per_page=str(PER_PAGE),
        total=str(len(articles(setting.site, column, setting.now))),
        proxy=f"{DATA_PROXY}?{urlencode(question)}",
    )


def on_home(setting: Setting, entries: Iterable[Article]) -> tuple[Article, ...]:
    """Those that the home page shows: on a frozen one nothing of the last two weeks."""
    border = setting.now - _FROZEN if setting.has("freshness-home-stale") else None
    return tuple(entry for entry in entries if border is None or entry.published < border)[:_NEWEST]


def column_pages(setting: Setting, column: Column, entries: tuple[Article, ...]) -> Iterator[tuple[str, Resource]]:
    """The pages of the column's list."""
    pages = max(-(-len(entries) // PER_PAGE), 1)
    name = shown_name(setting.site, column)
    for number in range(1, pages + 1):
        shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        main = fill(
            setting.flavour.column,
            trail=trail(setting, (page_path(setting.site, column), name)),
            name=name,
            items=_items(setting, column, entries, shown),
            pager=_pager(setting, column, number, pages),
            siblings=lines(f"<tr><td>{column_anchor(setting, one)}</td></tr>" for one in columns_of(setting.site)),
        )
        markup = shell(setting, f"{name}_{setting.site.name}", main, column_tags(setting, column))
        yield page_path(setting.site, column, number), page(setting, markup)


def _items(setting: Setting, column: Column, entries: tuple[Article, ...], shown: tuple[Article, ...]) -> str:
    """The first page of the notices shows the oldest of them once more, pinned."""
    if not entries:
        return ""
    if writer(setting, column) == "server" and column.kind == _PINNED and shown[0] is entries[0]:
        return listing(setting, shown, pinned=entries[-1])
    return column_list(setting, column, shown)


def _pager(setting: Setting, column: Column, current: int, pages: int) -> str:
    if pages == 1 or writer(setting, column) in ("jpage", "loaded"):
        return ""
    if setting.flavour.script_pager:
        return setting.flavour.script_pager.format(pages=pages, page=current - 1)
    numbers = (
        f"<b>{number}</b>" if number == current else anchor(page_path(setting.site, column, number), str(number))
        for number in range(1, pages + 1)
    )
    return f'<p class="pager">共{pages}页　{lines(numbers)}</p>'


def column_tags(setting: Setting, column: Column) -> tuple[tuple[str, str], ...]:
    """The national tags of a column's page."""
    name = shown_name(setting.site, column)
    return (
        ("ColumnName", name),
        ("ColumnDescription", f"{setting.site.name}{name}栏目，发布{name}类信息"),
        ("ColumnKeywords", f"{name},{column.type}"),
        ("ColumnType", column.type),
    )


def hidden_columns(setting: Setting) -> tuple[Column, ...]:
    """Columns whose articles nobody finds but through their list, which script writes."""
    alone = () if setting.has("scripted") else columns_of(setting.site)
    return tuple(column for column in alone if writer(setting, column) != "server")


def json_rows(setting: Setting, column: Column) -> str:
    """What a list of our own making asks for."""
    rows = articles(setting.site, column, setting.now)
    return json.dumps([{"title": row.title, "link": row.path, "date": f"{row.published:%Y-%m-%d}"} for row in rows])


def data_proxy(setting: Setting, query: str) -> Resource:
    """What jpage's data proxy answers: records ``startrecord`` to ``endrecord`` of the column ``columnid``, as XML."""
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    columns = (column for column in columns_of(setting.site) if asked.get("columnid") == str(column.code))
    column = next(columns, None)
    entries = articles(setting.site, column, setting.now) if column else ()
    first, last = _number(asked, "startrecord", 1), _number(asked, "endrecord", _AT_ONCE)
    records = (f"<record><![CDATA[{_record(setting, entry)}]]></record>" for entry in entries[max(first, 1) - 1 : last])
    pages = -(-len(entries) // max(_number(asked, "perpage", PER_PAGE), 1))
    text = (
        f"<datastore>\n<totalrecord>{len(entries)}</totalrecord>\n<totalpage>{pages}</totalpage>\n"
        f"<recordset>\n{lines(records)}\n</recordset>\n</datastore>\n"
    )
    return Resource(text.encode(), "text/xml; charset=UTF-8", setting.now)


def _number(asked: dict[str, str], name: str, otherwise: int) -> int:
    text = asked.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 6 else otherwise  # noqa: PLR2004 - a million records


def _record(setting: Setting, entry: Article) -> str:
    day = setting.flavour.day.format(date=entry.published)
    return setting.flavour.row.format(link=entry.path, title=entry.title, day=day, pin="")
