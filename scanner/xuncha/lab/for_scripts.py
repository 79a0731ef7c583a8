"""What the scripts of a site's pages need: further scripts, fragments that are loaded into a page, and data."""

import json
from collections.abc import Iterator

from xuncha.lab import planted
from xuncha.lab.about import report_link
from xuncha.lab.columns import articles, columns_of
from xuncha.lab.home import home_state
from xuncha.lab.layout import FOOTER_SCRIPT, Setting, fill, footer, listing, source
from xuncha.lab.lists import hidden_columns, json_rows, loaded_path, writer
from xuncha.lab.resource import HTML

SCRIPT = "application/javascript"
_FRAGMENT = f"{HTML}; charset=utf-8"
_DATA = "application/json"


def for_scripts(setting: Setting) -> dict[str, tuple[str, str]]:
    """Path → text and media type."""
    kinds = ((_scripts, SCRIPT), (_fragments, _FRAGMENT), (_data, _DATA))
    return {path: (text, kind) for make, kind in kinds for path, text in make(setting)}


def _scripts(setting: Setting) -> Iterator[tuple[str, str]]:
    """Scripts of single pages."""
    if setting.has("home-mounted"):
        yield "/script/app.js", source("app.js")
    if setting.has("footer-written"):
        yield FOOTER_SCRIPT, f"document.write({json.dumps(footer(setting))});\n"
    if setting.has("links-written"):
        yield planted.COUNTING, planted.written(setting)


def _fragments(setting: Setting) -> Iterator[tuple[str, str]]:
    """What is loaded into pages: footers, and the lists of columns."""
    if setting.site.footer != "inline":
        yield "/include/footer.html", _footer_file(setting)
    for column in columns_of(setting.site):
        if writer(setting, column) == "loaded":
            yield loaded_path(setting, column), listing(setting, articles(setting.site, column, setting.now))


def _data(setting: Setting) -> Iterator[tuple[str, str]]:
    """What scripts ask for."""
    if setting.has("scripted"):
        yield "/api/footer.json", json.dumps({"markup": f"<ul>{report_link(setting)}</ul>{footer(setting)}"})
    if setting.has("home-mounted"):
        yield "/api/home.json", home_state(setting)
    for column in columns_of(setting.site) if setting.has("scripted") else hidden_columns(setting):
        yield f"/api/{column.code}.json", json_rows(setting, column)


def _footer_file(setting: Setting) -> str:
    """What ``$.load`` or a frame fetches: a frame needs a document of its own."""
    markup = footer(setting)
    return fill("frame.html", footer=markup) if setting.site.footer == "iframe" else markup
