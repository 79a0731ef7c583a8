"""The HTML report on paper: the same pages as PDF files, for filing and for whoever prints.

WeasyPrint (extra ``pdf``) lays them out. It is given our own pages only, runs no script and loads nothing.
"""

from functools import partial

from xuncha.model.text import Lang, Text
from xuncha.store.result import RunResult
from xuncha_reports.html import PageWriter
from xuncha_reports.html import render as as_html
from xuncha_reports.writing import Files

SUFFIX = "pdf"
_HEADED = ".watermark { display: none !important }"
"""It is for browsers that print no heads of pages, and would be read out on each."""

MISSING = Text(
    '生成 PDF 需要 WeasyPrint：pip install "xuncha[pdf]"；Debian、麒麟等系统另需 apt install libpangoft2-1.0-0。'
    "也可以生成 html，用浏览器打印成 PDF",
    'PDF needs WeasyPrint: pip install "xuncha[pdf]"; on Debian also apt install libpangoft2-1.0-0. '
    "Or write html and print that from a browser",
)
"""Said where it can't be loaded."""


def lacks() -> Text | None:
    """What is missing to write this format, and how to get it."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - an extra, and slow to load
    except (ImportError, OSError):  # OSError: the package is there, its libraries are not
        return MISSING
    return None


def render(result: RunResult, lang: Lang) -> bytes:
    """All of a result in one document."""
    return printed(as_html(result, lang).decode(), result.run.id)


def writer(opening: RunResult, lang: Lang, files: Files) -> PageWriter:
    """Writes the overview, and a document for each site where there are several."""
    return PageWriter(opening, lang, files, ".pdf", partial(printed, run=opening.run.id))


def printed(page: str, run: str) -> bytes:
    """A page laid out; what it refers to outside itself is left out."""
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    document = HTML(string=page.replace("<wbr>", ""), url_fetcher=URLFetcher(allowed_protocols=("data",)))
    headed = [CSS(string=_HEADED)]
    made: bytes = document.write_pdf(pdf_identifier=run.encode(), pdf_variant="pdf/ua-1", stylesheets=headed)
    return made
