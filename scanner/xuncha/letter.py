"""The letter that announces an inspection (告知函): from which address it comes, how to know it, what would help.

Number, dates and seal are left blank for the office to fill in.
"""

from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from xuncha.config.office import Settings
from xuncha.config.yaml import load_yaml
from xuncha.model.text import Lang
from xuncha.net.robots import PRODUCT

NAMES = {"zh": "告知函.docx", "en": "letter.docx"}
_BODY, _HEAD, _TITLE, _LATIN = "仿宋", "黑体", "方正小标宋简体", "Times New Roman"
_SIZE, _TITLE_SIZE, _AGENT_SIZE, _LINE = 16, 22, 10, 28
"""Points, after GB/T 9704-2012."""


def letter(settings: Settings, agent: str, lang: Lang) -> bytes:
    """The letter as DOCX. ``agent`` is the User-Agent by which every request announces itself."""
    words = load_yaml(files("xuncha") / "letter.yaml").value
    told = _told(settings, words["unknown"][lang])
    authorised = words["authorised"][lang].format_map(told) if settings.authorisation else ""
    paper = _Paper(Document(), words["title"][lang])
    paper.line(words["title"][lang], _TITLE, _TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    paper.line("")
    paper.line(words["to"][lang])
    paper.line(words["lead"][lang].format_map(told | {"authorised": authorised}), indent=True)
    for section in words["sections"]:
        paper.line(section["heading"][lang], _HEAD, indent=True, kept=True)
        paper.line(section[lang].format_map(told), indent=True, kept="agent" in section)
        if "agent" in section:
            paper.line(agent, _LATIN, _AGENT_SIZE)
    paper.line(words["contact"][lang].format_map(told), indent=True, kept=True)
    paper.line("", kept=True)
    for name in ("office", "seal", "date"):
        paper.line(words[name][lang].format_map(told), align=WD_ALIGN_PARAGRAPH.RIGHT, kept=name != "date")
    return paper.body()


def _told(settings: Settings, unknown: str) -> dict[str, str]:
    return {
        "office": settings.office or unknown,
        "telephone": settings.telephone or unknown,
        "authorisation": settings.authorisation,
        "address": settings.address or unknown,
        "product": f"{PRODUCT}/",
    }


class _Paper:
    """A page of A4 with the margins of an official letter."""

    def __init__(self, document: Any, title: str) -> None:
        self._document = document
        told = document.core_properties
        told.author, told.title, told.comments = "Xuncha", title, ""
        told.created = told.modified = datetime.now(UTC)
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)

    def line(
        self,
        text: str,
        font: str = _BODY,
        size: int = _SIZE,
        *,
        align: WD_ALIGN_PARAGRAPH | None = None,
        indent: bool = False,
        kept: bool = False,
    ) -> None:
        """A paragraph; one that is ``kept`` stays on the page of what follows."""
        paragraph = self._document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(_LINE)
        if indent:
            form.first_line_indent = Pt(2 * _SIZE)
        form.keep_with_next = kept or None
        paragraph.alignment = align
        run = paragraph.add_run(text)
        run.font.name, run.font.size = _LATIN, Pt(size)
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)

    def body(self) -> bytes:
        body = BytesIO()
        self._document.save(body)
        return body.getvalue()
