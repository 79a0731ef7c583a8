"""One self-contained HTML file: no script, nothing loaded from anywhere, ready to print."""

import base64
import hashlib
from functools import partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from xuncha.model.message import Kind
from xuncha.model.text import Lang
from xuncha.store import format as words
from xuncha.store.labels import UNSANDBOXED, label, review_words, seal_words
from xuncha.store.result import RunResult
from xuncha_reports import chart, pictures, summary, todo
from xuncha_reports.places import place

SUFFIX = "html"


def render(result: RunResult, lang: Lang) -> bytes:
    """The report in one language."""
    style = (files("xuncha_reports") / "templates" / "report.css").read_text("utf-8")
    environment = Environment(
        loader=PackageLoader("xuncha_reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"place": partial(place, lang=lang), "breakable": _breakable, "hex": _hex}
    environment.filters["verbatim"] = _verbatim
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
    }
    page = environment.get_template("report.html.j2").render(
        result=result,
        run=result.run,
        texts=result.texts,
        lang=lang,
        totals=summary.totals(result),
        unjudged=summary.unjudged(result),
        summary=summary,
        pictures=pictures,
        thumbnails=pictures.Thumbnails(result),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=_csp_hash(style),
    )
    return page.encode("utf-8", "replace")


def _seen(value: object) -> object:
    """Whatever a template prints: text of pages and inventories loses what the eye can't see, but no outer space."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return " " * value.startswith(" ") + words.visible(value) + " " * value.endswith(" ")


def _csp_hash(style: str) -> str:
    """What the policy admits is this style sheet and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _verbatim(text: str) -> Markup:
    """Lines to be copied keep their breaks and indents; what the eye can't see in them goes."""
    lines = (" " * (len(line) - len(line.lstrip(" "))) + words.visible(line) for line in text.splitlines())
    return Markup("\n").join(lines)


def _breakable(url: str) -> Markup:
    """A long address may wrap after its separators."""
    escaped = Markup.escape(url)
    for mark in ("/", "?", "&amp;", "=", "_", "."):
        escaped = Markup(str(escaped).replace(mark, f"{mark}<wbr>"))  # noqa: S704 - escaped above
    return escaped


def _hex(digest: str) -> Markup:
    """A digest that may wrap after every eight of its digits."""
    pieces = (digest[at : at + 8] for at in range(0, len(digest), 8))
    return Markup("<wbr>").join(pieces)
