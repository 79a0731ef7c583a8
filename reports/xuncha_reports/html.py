"""The report as HTML pages: no script, nothing loaded from anywhere, ready to print.

Of one site it is one page; of several an overview and a page for each, which can be sent by itself.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files as resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from xuncha.model.locator import Locator
from xuncha.model.message import Kind
from xuncha.model.text import Lang
from xuncha.store import format as words
from xuncha.store.labels import UNSANDBOXED, label, review_words, seal_words
from xuncha.store.result import RunResult, SiteResult
from xuncha_reports import chart, marks, pictures, summary, todo, trend
from xuncha_reports.papers.departments import folder_name
from xuncha_reports.places import Place, place
from xuncha_reports.writing import Files

SUFFIX = "html"
_SEPARATORS = ("/", "?", "=", "_", ".", "&amp;")
FOLDER = "-sites"
"""What the folder with the pages of sites is called, after the name of the overview."""


def render(result: RunResult, lang: Lang) -> bytes:
    """All of a result on one page."""
    pages, overview = _Pages(result, lang), summary.Overview(result.sites)
    links = {site.number: f"#site-{site.number}" for site in result.sites}
    return encoded(pages.overview(overview, links, result.sites))


def writer(opening: RunResult, lang: Lang, files: Files) -> "PageWriter":
    """Writes the overview, and a page for each site where there are several."""
    return PageWriter(opening, lang, files, ".html", encoded)


def encoded(page: str) -> bytes:
    """A page as it is stored."""
    return page.encode("utf-8", "replace")


class PageWriter:
    """Writes pages as what ``made`` makes of them, into files with an ``ending``."""

    def __init__(self, opening: RunResult, lang: Lang, files: Files, ending: str, made: Callable[[str], bytes]) -> None:
        self._lang, self._files, self._ending, self._made = lang, files, ending, made
        self._pages = _Pages(opening, lang)
        self._overview = summary.Overview()
        self._names: dict[int, str] = {}
        self._taken: set[str] = set()
        self._first: SiteResult | None = None

    def add(self, site: SiteResult) -> None:
        self._overview.add(site)
        if not self._names:
            self._first = site  # it may be the only one
        elif self._first:
            self._write(self._first)
            self._first = None
        self._names[site.number] = f"{FOLDER}/{folder_name(site.name or site.id, self._taken)}{self._ending}"
        if self._first is None:
            self._write(site)

    def _write(self, site: SiteResult) -> None:
        with self._files.open(self._names[site.number]) as out:
            out.write(self._made(self._pages.one(site)))

    def end(self, result: RunResult) -> None:
        pages = _Pages(result, self._lang)
        if self._first:
            page = pages.overview(self._overview, {self._first.number: f"#site-{self._first.number}"}, [self._first])
        else:
            links = {number: quote(f"{self._files.name}{name}") for number, name in self._names.items()}
            page = pages.overview(self._overview, links)
        with self._files.open(self._ending) as out:
            out.write(self._made(page))


class _Pages:
    """Fills the templates with what is the same on all pages and what is a page's own."""

    def __init__(self, result: RunResult, lang: Lang) -> None:
        self._environment = _environment(lang)
        sheet = (resources("xuncha_reports") / "templates" / "report.css").read_text("utf-8")
        self._styles = {
            detailed: _style(sheet, marks.marks(result, lang, internal=detailed)) for detailed in (False, True)
        }
        self._thumbnails = partial(pictures.Thumbnails, result)
        self._common: dict[str, Any] = {
            "result": result,
            "run": result.run,
            "texts": result.texts,
            "lang": lang,
            "summary": summary,
            "pictures": pictures,
            "trend": trend,
        }

    def overview(self, overview: summary.Overview, links: Mapping[int, str], inline: Sequence[SiteResult] = ()) -> str:
        """All sites, ``links`` leading to the pages of each; those that are ``inline`` stand on it in full."""
        totals, unjudged = overview.totals(), overview.unjudged()
        own = {"overview": overview, "totals": totals, "unjudged": unjudged, "links": links, "inline": inline}
        return self._page("report.html.j2", own, detailed=bool(inline))

    def one(self, site: SiteResult) -> str:
        """The page of one site."""
        return self._page("one_site.html.j2", {"site": site}, detailed=True)

    def _page(self, name: str, own: Mapping[str, Any], *, detailed: bool) -> str:
        template, style = self._environment.get_template(name), self._styles[detailed]
        return template.render(self._common, thumbnails=self._thumbnails(), **style, **own)


def _style(sheet: str, marked: list[str]) -> dict[str, Any]:
    """The style sheet of a page with these marks, and what the policy says of it."""
    style = sheet + marks.print_style(marked)
    return {"marks": marked, "style": Markup(style), "style_hash": _csp_hash(style)}  # noqa: S704 - our own words


@cache
def _environment(lang: Lang) -> Environment:
    """One for each language: it keeps the templates, which take longer to compile than a page to fill."""
    environment = Environment(
        loader=PackageLoader("xuncha_reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "breakable": _breakable,
        "hex": _hex,
        "said": lambda message: message.zh if lang == "zh" else message.en,
        "verbatim": _verbatim,
    }
    environment.globals |= {
        "label": lambda group, code: label(group, code, lang),
        "review_words": lambda count: review_words(count, lang),
        "seal_words": lambda seal: seal_words(seal, lang, len(seal.head)),
        "unsandboxed": UNSANDBOXED,
        "say": lambda zh, en: zh if lang == "zh" else en,
        "moment": words.moment,
        "chart": chart.chart,
        "chart_fills": chart.FILLS,
        "chart_legend": chart.LEGEND,
        "chart_rows": chart.MOST_SPANS,
        "share": words.share,
        "setting": lambda value: words.plain(value, lang),
        "size": lambda count: words.size(count, lang),
        "duration": lambda seconds: words.duration(seconds, lang),
        "kinds": Kind,
        "render_text": lambda text, params: words.render(text, params, lang),
        "todo": todo,
        "where": partial(_where, lang=lang),
    }
    return environment


def _seen(value: object) -> object:
    """Whatever a template prints: text of pages and inventories loses what the eye can't see, but no outer space."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    shown = words.visible(value)
    if len(shown) == len(value):
        return shown
    return " " * value.startswith(" ") + shown + " " * value.endswith(" ")


def _csp_hash(style: str) -> str:
    """What the policy admits is this style sheet and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _verbatim(text: str) -> Markup:
    """Lines to be copied keep their breaks and indents; what the eye can't see in them goes."""
    lines = (" " * (len(line) - len(line.lstrip(" "))) + words.visible(line) for line in text.splitlines())
    return Markup("\n").join(lines)


def _breakable(url: str) -> Markup:
    """A long address may wrap after its separators."""
    shown = str(escape(words.visible(url)))
    for separator in _SEPARATORS:
        shown = shown.replace(separator, f"{separator}<wbr>")
    return Markup(shown)  # noqa: S704 - escaped


@lru_cache(maxsize=4096)  # told among what there is to do, and again with its check
def _where(locator: Locator, message: str, lang: Lang) -> Markup:
    """Where a finding is. Written here rather than as a template, and in pieces, since nothing is told more often."""
    at, zh = place(locator, lang), lang == "zh"
    url = _linked(at) if at.href else escape(words.visible(at.url))
    parts = [f'<span class="soft small">{"位置：" if zh else "Where: "}</span>{url}']
    if at.what:
        parts.append(f'<span class="soft">{_breakable(at.what)}</span>')
    if at.line:
        parts.append(f'<span class="soft small">{f"第 {at.line} 行" if zh else f"line {at.line}"}</span>')
    if at.target and at.target not in message:
        parts.append(f'<span class="soft">→ {_breakable(at.target)}</span>')
    return Markup(" ".join(parts))  # noqa: S704 - escaped


def _linked(at: Place) -> str:
    return f'<a href="{escape(at.href)}" rel="noreferrer noopener">{_breakable(at.url)}</a>'


def _hex(digest: str) -> Markup:
    """A digest that may wrap after every eight of its digits."""
    pieces = (digest[at : at + 8] for at in range(0, len(digest), 8))
    return Markup("<wbr>").join(pieces)
