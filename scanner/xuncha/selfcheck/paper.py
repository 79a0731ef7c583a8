"""The form on paper: a table per website, then the lines for signature and seal."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from xuncha.model.selfcheck import Answer, Answering, Form, Question
from xuncha.model.site import Site
from xuncha.model.text import Lang, Text
from xuncha.selfcheck.columns import ADDRESS, NAME, SITE
from xuncha.selfcheck.departments import Packet, filled_in, harmless

BODY, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
_ASKED, _ANSWERED = Cm(6.2), Cm(10.4)
_ROOM = {0: Cm(0.65), 20: Cm(0.95), 40: Cm(2.6)}
"""Height of a row, from so many characters that its column has in the workbook."""
_GREY = "E7EAEE"
_BLANK = "　" * 8
_BOXES = ("□", "☑")
_MARK = " answer "
"""Stands where an answer will; its outer blanks make blanks count there."""

_ANSWERS = f".//w:t[.='{_MARK}']"


def paper(form: Form, packet: Packet, said: Mapping[str, Mapping[str, Answer]], issuer: str, lang: Lang) -> bytes:
    """The document of one department, or of all, as DOCX.

    Args:
        form: what is asked.
        packet: who is asked, about which sites.
        said: answers to fill in beforehand, by site and question.
        issuer: who sends the form out; a blank line where that is not known.
        lang: of the words.
    """
    return _Paper(form, issuer, lang).write(packet, said)


class _Paper:
    def __init__(self, form: Form, issuer: str, lang: Lang) -> None:
        self._form = form
        self._issuer = harmless(issuer)
        self._lang = lang
        self._document = Document()
        self._set_up()
        self._questions = self._blank_table()

    def write(self, packet: Packet, said: Mapping[str, Mapping[str, Answer]]) -> bytes:
        self._line(self._form.title.of(self._lang), size=20, font=HEAD, middle=True, after=10)
        unit = "" if packet.all else packet.name
        pairs = ((Text("发表单位", "Issued by"), self._issuer), (Text("填报单位", "Unit"), unit))
        self._line("　　".join(self._label(title, text) for title, text in pairs), after=6)
        for number, site in enumerate(packet.sites, 1):
            self._site(number, site, said.get(site.id, {}), first=number == 1)
        self._signatures()
        body = BytesIO()
        self._document.save(body)
        return body.getvalue()

    def _set_up(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
        style: Any = self._document.styles["Normal"]
        style.font.name, style.font.size = LATIN, Pt(11)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        _add(style.element.rPr, "w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"})
        properties = self._document.core_properties
        properties.author, properties.title = "Xuncha", self._form.title.of(self._lang)
        properties.comments = ""
        _page_numbers(section.footer.paragraphs[0], self._lang)

    def _line(self, text: str, *, size: float = 11, font: str = BODY, middle: bool = False, after: float = 4) -> Any:
        paragraph = self._document.add_paragraph()
        _write(paragraph, text, size, font)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_after = Pt(after)
        return paragraph

    def _label(self, title: Text, text: str) -> str:
        return f"{title.of(self._lang)}{'：' if self._lang == 'zh' else ': '}{text or _BLANK}"

    def _site(self, number: int, site: Site, said: Mapping[str, Answer], *, first: bool) -> None:
        """A website begins on a page of its own."""
        name = harmless(site.name or site.id)
        begun = self._line(f"{number}．{name}" if self._lang == "zh" else f"{number}. {name}", size=13, font=HEAD)
        begun.paragraph_format.page_break_before = not first
        begun.paragraph_format.keep_with_next = True
        values = [name, harmless(site.home), site.id]
        values += [self._blank(one, filled_in(one, site, said, self._lang)) for one in self._form.questions]
        table = deepcopy(self._questions)
        for cell, value in zip(table.xpath(_ANSWERS), values, strict=True):
            cell.text = value
        self._document.element.body.get_or_add_sectPr().addprevious(table)

    def _blank_table(self) -> Any:
        """The questions with a mark for each answer: made once and copied, in a twentieth of the time."""
        table = self._table(_ASKED, _ANSWERED)
        table.style = "Table Grid"
        titles = (Text("项目", "Question"), Text("填报内容", "Answer"))
        self._row(table, titles[0].of(self._lang), titles[1].of(self._lang), head=True)
        _repeat(table.rows[0])
        for key in (NAME, ADDRESS, SITE):
            self._row(table, key.title.of(self._lang), _MARK)
        for heading, questions in groupby(self._form.questions, key=self._group):
            self._item(table, heading.of(self._lang))
            for question in questions:
                room = question.width if question.kind is Answering.TEXT else 0
                boxes = question.kind is Answering.CHOICE
                self._row(table, question.ask.of(self._lang), _MARK, room=room, latin=BODY if boxes else LATIN)
        made = table._tbl  # noqa: SLF001 - what is copied is the markup
        made.getparent().remove(made)
        return made

    def _group(self, question: Question) -> Text:
        """Under which heading it stands: the notice's question, else its section."""
        own = next(section.title for section in self._form.sections if question in section.questions)
        return self._form.items.get(question.item, own)

    def _table(self, *widths: Any) -> Any:
        table = self._document.add_table(rows=0, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def _row(
        self, table: Any, asked: str, answered: str, *, head: bool = False, room: int = 0, latin: str = LATIN
    ) -> None:
        row = table.add_row()
        row.height = max(height for width, height in _ROOM.items() if width <= room)
        _keep_together(row)
        for cell, text, width in zip(row.cells, (asked, answered), (_ASKED, _ANSWERED), strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _write(cell.paragraphs[0], text, 10.5, HEAD if head else BODY, latin)
            _tight(cell.paragraphs[0])
            if head:
                _shade(cell)

    def _item(self, table: Any, text: str) -> None:
        """One of the notice's questions, over the rows that answer it."""
        row = table.add_row()
        _keep_together(row)
        cell = row.cells[0].merge(row.cells[1])
        _write(cell.paragraphs[0], text, 10.5, HEAD)
        _tight(cell.paragraphs[0])
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _shade(cell)

    def _blank(self, question: Question, text: str) -> str:
        """The answer, or room for it: boxes to tick, a date to complete."""
        match question.kind:
            case Answering.CHOICE:
                ticks = (_BOXES[title == text] + title for title in _titles(question, self._lang))
                return "　".join(ticks)
            case Answering.DATE if not text:
                return "　　　　年　　月　　日" if self._lang == "zh" else "____-__-__"
            case _:
                return text

    def _signatures(self) -> None:
        """Lines for people to fill in; nothing is filled in for them."""
        date = "　　　　年　　月　　日" if self._lang == "zh" else "____-__-__"
        lines = (
            ((Text("填表人（签名）", "Filled in by (signature)"), ""), (Text("联系电话", "Telephone"), "")),
            ((Text("审核人（单位负责人签名）", "Approved by (signature)"), ""), (Text("填表日期", "Date"), date)),
            ((Text("填报单位（盖章）", "Unit (seal)"), ""), (Text("盖章日期", "Sealed on"), date)),
        )
        self._line("", size=6, after=0)
        table = self._table(Cm(9), Cm(7.6))
        for pair in lines:
            row = table.add_row()
            _keep_together(row)
            row.height = Cm(1.3)
            for cell, (title, text), width in zip(row.cells, pair, (Cm(9), Cm(7.6)), strict=True):
                cell.width = width
                _write(cell.paragraphs[0], self._label(title, text).rstrip("　"), 11, BODY)
                cell.paragraphs[0].paragraph_format.space_before = Pt(10)
                cell.paragraphs[0].paragraph_format.keep_with_next = pair is not lines[-1]


def _titles(question: Question, lang: Lang) -> Iterator[str]:
    return (option.title.of(lang) for option in question.options)


def _write(paragraph: Any, text: str, size: float, font: str, latin: str = LATIN) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = latin
    run.font.color.rgb = RGBColor(0x1C, 0x24, 0x30)
    fonts = run._element.rPr.rFonts  # noqa: SLF001 - the library has no word for Chinese fonts
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # what is in both kinds of font, such as a box, is taken of the Chinese one


def _tight(paragraph: Any) -> None:
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)


def _shade(cell: Any) -> None:
    _add(cell._tc.get_or_add_tcPr(), "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _GREY})  # noqa: SLF001


def _repeat(row: Any) -> None:
    """On every page that the table reaches."""
    _add(row._tr.get_or_add_trPr(), "w:tblHeader", {})  # noqa: SLF001


def _keep_together(row: Any) -> None:
    _add(row._tr.get_or_add_trPr(), "w:cantSplit", {})  # noqa: SLF001


def _add(parent: Any, tag: str, attributes: Mapping[str, str]) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    parent.append(element)


def _page_numbers(paragraph: Any, lang: Lang) -> None:
    words: Sequence[str] = ("第 ", " 页，共 ", " 页") if lang == "zh" else ("Page ", " of ", "")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, name in zip(words, ("PAGE", "NUMPAGES", ""), strict=True):
        _write(paragraph, before, 9, BODY)
        if name:
            run = paragraph.add_run()
            run.font.size = Pt(9)
            _add(run._element, "w:fldChar", {"w:fldCharType": "begin"})  # noqa: SLF001
            instruction = OxmlElement("w:instrText")
            instruction.text = name
            run._element.append(instruction)  # noqa: SLF001
            _add(run._element, "w:fldChar", {"w:fldCharType": "end"})  # noqa: SLF001
