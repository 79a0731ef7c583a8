"""Raw answers kept as files: status line, headers, an empty line, the body as it came once decoded.

The file holds no chunks and no compression. A body that was cut has ``x-xuncha-cut: size-in-bytes`` among its headers.
"""

import re
from pathlib import Path

from xuncha.config.errors import Place, Problem, UnreadableError
from xuncha.config.yaml import read_bytes
from xuncha.model.text import Text
from xuncha.rules.response import Response, response

MOST = 200_000
CUT = "x-xuncha-cut"
_STATUS = re.compile(rb"HTTP/[0-9.]{1,3} ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")
_BLANK = re.compile(rb"\r?\n\r?\n")


def read_answer(file: Path) -> Response:
    """The answer in a file.

    Raises:
        UnreadableError: it is not there, larger than ``MOST``, or no raw answer.
    """
    return parse_answer(read_bytes(file, MOST), str(file))


def parse_answer(data: bytes, name: str = "") -> Response:
    """The answer in ``data``. Raises UnreadableError."""
    begin, end = _STATUS.match(data), _BLANK.search(data)
    if begin is None or end is None:
        said = Text(
            "不是原始应答：应为状态行、响应头、空行、正文", "no raw answer: status line, headers, empty line, body"
        )
        raise UnreadableError([Problem(Place(name, 1), said)])
    headers = tuple(_header(line) for line in data[begin.end() : end.start()].splitlines() if b":" in line)
    cut = next((value for key, value in headers if key == CUT), "")
    if cut:
        headers = (
            *((key, value) for key, value in headers if key not in (CUT, "content-length")),
            ("content-length", cut),
        )
    return response(int(begin[1]), headers, data[end.end() :], cut=bool(cut))


def _header(line: bytes) -> tuple[str, str]:
    name, _, value = line.decode("utf-8", "replace").partition(":")
    return name.strip().lower(), value.strip()
