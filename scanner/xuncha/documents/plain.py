"""Text, CSV and Markdown, web pages and XML that call themselves something else (reports saved as ``.xls``)."""

from xuncha.documents.archive import parse_xml
from xuncha.documents.collected import Collected
from xuncha.model.documents import Where

_ROWS = frozenset(("Row", "row", "p", "tr"))
_CELLS = frozenset(("Data", "Cell", "td"))


def read_text(body: bytes, collected: Collected) -> None:
    """Decoded as a page of the site would be."""
    from xuncha.page.encoding import decode  # noqa: PLC0415 - brings the HTML parser along

    text, _ = decode(body)
    collected.add(Where.BODY, "", text.splitlines())


def read_html(body: bytes, collected: Collected) -> None:
    """What a browser would show."""
    from xuncha.page import parse_page  # noqa: PLC0415 - brings the HTML parser along

    page = parse_page(body, url="http://document.invalid/")
    collected.add(Where.BODY, "", page.text.splitlines())


def read_xml(body: bytes, collected: Collected) -> None:
    """The character data; rows and cells of Excel 2003's XML as rows and cells."""
    lines: list[str] = []
    line: list[str] = []

    def end(element: str) -> None:
        if element in _CELLS:
            line.append("\t")
        elif element in _ROWS:
            lines.append("".join(line).strip())
            line.clear()

    def text(data: str) -> None:
        line.append(" ".join(data.split()))

    parse_xml([body], lambda *_: None, end, text)
    collected.add(Where.BODY, "", [*filter(None, lines), "".join(line)])
