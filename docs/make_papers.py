"""Makes the Word templates of notices and bulletins out of papers.yaml; an office edits copies of them in Word or WPS.

    python docs/make_papers.py

Layout after GB/T 9704-2012: A4, text area 156 mm by 225 mm, body 仿宋 of 16 points, 28 points from line to line,
headings 一、 in 黑体 and （一） in 楷体. The office's heading, number and seal are left blank.
"""
# ruff: noqa: INP001 - a script and no package

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from xuncha.config.yaml import load_yaml

FOLDER = Path(__file__).parents[1] / "reports" / "xuncha_reports" / "templates" / "papers"
BODY, KAI, HEI, TITLE, LATIN = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "Times New Roman"
BODY_SIZE, LINE = 16, 28
CODE, CODE_SIZE = "Courier New", 8.5
SMALL, SMALL_LINE = 12, 19
"""What is looked up rather than read."""
_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
"""Elements of a paragraph that have to follow its shading."""

RED = RGBColor(0xC0, 0x10, 0x10)
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


class Paper:
    """A template while it is written, in one language; texts are named as in papers.yaml, ``part.name``."""

    def __init__(self, lang: str, marking: str = "") -> None:
        """``marking`` stands on every page of what is for one department only."""
        self._lang = lang
        self._texts = load_yaml(Path(__file__).parent / "papers.yaml").value
        self._marking = self.words(marking) if marking else ""
        self.document = Document()
        self.document.settings.odd_and_even_pages_header_footer = True
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = LATIN, Pt(BODY_SIZE)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        self._page(self.document.sections[0])

    def words(self, name: str) -> str:
        part, _, key = name.partition(".")
        text: str = self._texts[part][key][self._lang]
        return text

    def line(
        self, text: str = "", *, font: str = BODY, size: float = BODY_SIZE, align: Any = None, indent: bool = False
    ) -> None:
        """A paragraph of ``text``; one that is indented begins two characters in."""
        paragraph = self.document.add_paragraph()
        _spaced(paragraph, SMALL_LINE if size <= SMALL else LINE if size <= BODY_SIZE else size * 1.6)
        paragraph.alignment = align
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _run(paragraph, text, font, size)

    def code(self, text: str) -> None:
        """A paragraph as a line of a configuration, on grey; where it is too long for one line it hangs."""
        paragraph = self.document.add_paragraph()
        _spaced(paragraph, CODE_SIZE * 1.35)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY  # also of empty lines
        paragraph.paragraph_format.left_indent = Pt(4 * CODE_SIZE)
        paragraph.paragraph_format.first_line_indent = -Pt(4 * CODE_SIZE)
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F0F0F0")):
            shade.set(qn(f"w:{name}"), value)
        paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(shade, *_AFTER_SHADE)
        _run(paragraph, text, BODY, CODE_SIZE, latin=CODE)

    def tag(self, text: str) -> None:
        """A paragraph that only steers the template, and is gone when it is filled in."""
        self.line("{%p " + text + " %}")

    def heading(self, name: str) -> None:
        self.line(self.words(name), font=HEI, indent=True)
        self.kept()

    def kept(self) -> None:
        """The last paragraph stays on the page of what follows."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def text(self, *names: str) -> None:
        for name in names:
            self.line(self.words(name), indent=True)

    def listed(self, name: str) -> None:
        """附件：1. … with one attachment to a line, all numbers below each other; it stays with the signature."""
        head, *others = self.words(name).split("\n")
        self.kept()
        hanging = Pt(BODY_SIZE * (3 if self._lang == "zh" else 5.6))
        self.line()
        self.kept()
        for text in (head, *others):
            self.line(text)
            form = self.document.paragraphs[-1].paragraph_format
            form.left_indent = Pt(2 * BODY_SIZE) + hanging
            form.first_line_indent = -hanging if text is head else Pt(0)
            self.kept()

    def table(
        self, columns: list[tuple[str, float, str]], each: str, size: float = 10.5, *, breaks: bool = False
    ) -> None:
        """Columns as (name of the heading, width in cm, cell), a row for each of what ``each`` says.

        Rows that may grow as tall as a page have to be allowed breaks.
        """
        table = self.document.add_table(rows=4, cols=len(columns))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for place, (head, width, cell) in enumerate(columns):
            for row, text, font in ((0, self.words(head), HEI), (1, "", BODY), (2, cell, BODY), (3, "", BODY)):
                _cell(table.cell(row, place), text, width, font, size, centred=row == 0)
        _fixed(table, [width for _, width, _ in columns])
        table.cell(1, 0).paragraphs[0].add_run("{%tr for " + each + " %}")
        table.cell(3, 0).paragraphs[0].add_run("{%tr endfor %}")
        _repeat(table.rows[0])
        if not breaks:
            _marked(table.rows[2], "w:cantSplit")

    def attachment(self, number: int, title: str, *, wide: bool = False) -> None:
        """A section of its own with its title."""
        self._page(self.document.add_section(), wide=wide)
        self.line(self.words("common.attachment").replace("{number}", str(number)), font=HEI)
        self.line(self.words(title), font=TITLE, size=18, align=CENTRE)
        self.document.paragraphs[-1].paragraph_format.space_after = Pt(6)
        self.kept()

    def save(self, name: str) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        told = self.document.core_properties
        told.author, told.title, told.comments = "Xuncha", self.words(f"{name}.title"), ""
        self.document.save(str(FOLDER / f"{name}.{self._lang}.docx"))

    def _page(self, section: Any, *, wide: bool = False) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        margins = (Mm(25), Mm(20), Mm(20), Mm(20)) if wide else (Mm(37), Mm(35), Mm(28), Mm(26))
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = margins
        wide_as = section.page_width - section.left_margin - section.right_margin
        for head in (section.header, section.even_page_header):
            head.is_linked_to_previous = False
            self._head(head.paragraphs[0], wide_as)
        for foot, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
            foot.is_linked_to_previous = False
            _page_number(foot.paragraphs[0], align)

    def _head(self, paragraph: Any, width: int) -> None:
        """The marking on the left, that it is a draft on the right; the latter in the middle where it is alone."""
        paragraph.style = self.document.styles["Normal"]
        if self._marking:
            paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
            _run(paragraph, f"{self._marking}\t", HEI, 12)
        else:
            paragraph.alignment = CENTRE
        _run(paragraph, "{{ draft }}", HEI, 12, red=True)


def _page_number(paragraph: Any, align: Any) -> None:
    """— 1 —, a character's width from the outer edge: right on odd pages, left on even ones."""
    paragraph.style, paragraph.alignment = "Normal", align
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(14)
    _run(paragraph, "— ", BODY, 14)
    _field(paragraph, "PAGE")
    _run(paragraph, " —", BODY, 14)


def _run(paragraph: Any, text: str, font: str, size: float, *, latin: str = LATIN, red: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = latin, Pt(size)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RED


def _spaced(paragraph: Any, points: float) -> None:
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(points)
    form.space_before = form.space_after = Pt(0)


def _cell(cell: Any, text: str, width: float, font: str, size: float, *, centred: bool = False) -> None:
    cell.width = Cm(width)
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _spaced(paragraph, size * 1.3)
        paragraph.alignment = CENTRE if centred else LEFT
        if line:
            _run(paragraph, line, font, size)


def _fixed(table: Any, widths: list[float]) -> None:
    """Widths that stay as they are, whatever stands in the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)


def _repeat(row: Any) -> None:
    """The row stands again at the head of each page."""
    _marked(row, "w:tblHeader")


def _marked(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no public way to a row's properties


def _field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.element.append(part)


def notice(lang: str) -> None:
    """整改通知书, one for each department."""
    paper = Paper(lang, "notice.marking")
    _heading(paper, "notice.title")
    paper.line(paper.words("notice.to"))
    paper.text("notice.lead")
    paper.heading("notice.inspected")
    paper.tag("for site in sites")
    paper.text("notice.of-site")
    paper.tag("endfor")
    paper.heading("notice.found")
    paper.text("notice.counts")
    paper.heading("notice.asked")
    paper.tag("if rows")
    paper.text("notice.in-time", "notice.likewise", "notice.report")
    paper.tag("else")
    paper.text("notice.nothing")
    paper.tag("endif")
    paper.heading("notice.objections")
    paper.text("notice.object", "notice.contact")
    paper.listed("notice.attachments")
    _signature(paper)
    _problems(paper)
    _steps(paper)
    _unseen(paper)
    _forms(paper)
    _ready(paper)
    paper.save("notice")


def _heading(paper: Paper, title: str) -> None:
    """Blank space for the office's own heading, the blank number, the title."""
    paper.line(size=22)
    paper.line(paper.words("common.number"), align=CENTRE)
    paper.line()
    paper.line(paper.words(title), font=TITLE, size=22, align=CENTRE)
    paper.line()


def _signature(paper: Paper) -> None:
    """The office's name above the date, and where its seal goes; never on a page without text."""
    for name in ("", "", "common.office", "common.seal"):
        paper.line(paper.words(name) if name else "", align=RIGHT)
        paper.kept()
    paper.line(paper.words("common.date"), align=RIGHT)


def _problems(paper: Paper) -> None:
    paper.attachment(1, "problems.title", wide=True)
    _none(paper, "rows")
    columns = [
        ("common.no", 1.1, "{{ row.no }}"),
        ("problems.item", 1.4, "{{ row.item }}"),
        ("problems.what", 6.0, paper.words("problems.told")),
        ("problems.url", 4.2, "{{ row.url }}"),
        ("problems.place", 2.9, "{{ row.place }}"),
        ("problems.at", 1.9, "{{ row.at }}"),
        ("problems.picture", 1.7, "{%p for one in row.pictures %}\n{{ one }}\n{%p endfor %}"),
        ("problems.basis", 2.2, "{{ row.basis }}"),
        ("problems.demand", 2.8, paper.words("problems.demanded")),
        ("problems.within", 1.7, "{{ row.within }}"),
    ]
    paper.table(columns, "row in rows", size=9)


def _none(paper: Paper, name: str) -> None:
    """That there is none of what is listed next."""
    paper.tag(f"if not {name}")
    paper.line(paper.words("common.none"), size=14, align=CENTRE)
    paper.tag("endif")


def _steps(paper: Paper) -> None:
    paper.attachment(2, "steps.title")
    _none(paper, "todo")
    paper.tag("for one in todo")
    paper.line(paper.words("steps.of-check"), font=HEI, size=SMALL)
    paper.kept()
    paper.line("{{ one.why }}", size=SMALL, indent=True)
    paper.kept()
    paper.tag("for step in one.steps")
    paper.line(paper.words("steps.step"), size=SMALL, indent=True)
    paper.tag("endfor")
    for needed, name in (
        ("one.ready", "steps.ready"),
        ("one.effort or one.days", "steps.effort"),
        ("one.recheck", "steps.recheck"),
        ("one.basis or one.references", "steps.basis"),
    ):
        paper.tag(f"if {needed}")
        paper.line(paper.words(name), size=SMALL, indent=True)
        paper.tag("endif")
    paper.tag("endfor")
    paper.tag("if clauses")
    paper.line(paper.words("steps.clauses"), font=HEI, size=SMALL)
    paper.kept()
    paper.tag("for clause in clauses")
    paper.line("{{ clause }}", size=SMALL, indent=True)
    paper.tag("endfor")
    paper.tag("endif")


def _unseen(paper: Paper) -> None:
    paper.attachment(3, "unseen.title")
    _none(paper, "unseen")
    columns = [
        ("common.site", 2.6, "{{ row.site }}"),
        ("unseen.why", 3.2, paper.words("unseen.reason")),
        ("unseen.checks", 6.4, "{%p for line in row.checks %}\n{{ line }}\n{%p endfor %}"),
        ("unseen.do", 3.4, "{{ row.do }}"),
    ]
    paper.table(columns, "row in unseen", breaks=True)


def _forms(paper: Paper) -> None:
    paper.attachment(4, "feedback.title")
    paper.line(paper.words("feedback.from"), size=14)
    columns = [
        ("common.no", 1.2, "{{ row.no }}"),
        ("problems.what", 4.4, paper.words("feedback.problem")),
        ("feedback.done", 3.6, ""),
        ("feedback.when", 2.1, ""),
        ("feedback.who", 1.9, ""),
        ("feedback.proof", 2.4, ""),
    ]
    paper.table(columns, "row in rows")
    paper.document.tables[-1].rows[2].height = Cm(1.2)  # room to write by hand
    paper.attachment(5, "receipt.title")
    paper.text("receipt.text", "receipt.unit", "receipt.signed", "receipt.on")


def _ready(paper: Paper) -> None:
    """Configurations, for a technician to copy."""
    paper.attachment(6, "ready.title")
    _none(paper, "configurations")
    paper.tag("for one in configurations")
    paper.line(paper.words("ready.of-one"), font=HEI, size=SMALL)
    paper.kept()
    paper.tag("if one.mind")
    paper.line("{{ one.mind }}", size=SMALL, indent=True)
    paper.tag("endif")
    paper.tag("for snippet in one.snippets")
    paper.line(paper.words("ready.place"), size=SMALL, indent=True)
    paper.kept()
    paper.tag("if snippet.replace")
    paper.line(paper.words("ready.replace"), size=SMALL, indent=True)
    paper.kept()
    paper.tag("endif")
    paper.tag("for line in snippet.lines")
    paper.code("{{ line }}")
    paper.tag("endfor")
    paper.tag("endfor")
    paper.tag("endfor")


def bulletin(lang: str) -> None:
    """通报, one for the district."""
    paper = Paper(lang)
    _heading(paper, "bulletin.title")
    paper.line(paper.words("bulletin.to"))
    paper.text("bulletin.lead")
    paper.heading("bulletin.overall")
    paper.text("bulletin.counts")
    paper.heading("bulletin.problems")
    paper.tag("for problem in problems")
    paper.line(paper.words("bulletin.of-item"), font=KAI, indent=True)
    paper.tag("for kind in problem.kinds")
    paper.text("bulletin.of-check")
    paper.tag("endfor")
    paper.tag("if problem.more")
    paper.text("bulletin.more")
    paper.tag("endif")
    paper.tag("endfor")
    paper.heading("bulletin.asked")
    paper.text("bulletin.at-once", "bulletin.likewise", "bulletin.who")
    paper.listed("bulletin.attachments")
    _signature(paper)
    _lists(paper)
    paper.save("bulletin")


def _lists(paper: Paper) -> None:
    paper.attachment(1, "results.title", wide=True)
    for title, each in (("results.ranked", "ranking"), ("results.unranked", "unranked")):
        paper.line(paper.words(title), font=HEI, size=14)
        paper.kept()
        _none(paper, each)
        paper.table(_results(paper), f"row in {each}", size=9)
        paper.line(size=14)
    paper.attachment(2, "outstanding.title")
    outstanding = [
        ("results.name", 4.4, "{{ row.name }}"),
        ("results.sponsor", 4.0, "{{ row.sponsor }}"),
        ("outstanding.problems", 7.2, "{{ row.problems }}"),
    ]
    paper.table(outstanding, "row in outstanding")


def _results(paper: Paper) -> list[tuple[str, float, str]]:
    return [
        ("common.no", 1.2, "{{ row.no }}"),
        ("results.name", 5.4, "{{ row.name }}"),
        ("results.sponsor", 4.4, "{{ row.sponsor }}"),
        ("results.verdict", 2.2, "{{ row.verdict }}"),
        ("results.items", 8.6, paper.words("results.of-items")),
        ("results.tasks", 1.7, "{{ row.tasks }}"),
        ("results.unreviewed", 1.7, "{{ row.unreviewed }}"),
    ]


if __name__ == "__main__":
    for language in ("zh", "en"):
        notice(language)
        bulletin(language)
