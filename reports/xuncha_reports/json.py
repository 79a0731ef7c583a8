"""The whole result as JSON, as ``result.schema.json`` describes it: for programs, and for readers years later."""

from xuncha.model.text import Lang
from xuncha.store.result import RunResult, SiteResult, to_json, to_json_text
from xuncha_reports.plain_json import encode, plain
from xuncha_reports.writing import Files, in_memory

SUFFIX = "json"


def render(result: RunResult, lang: Lang) -> bytes:
    """UTF-8, each site and each other member of the result on a line of its own."""
    return in_memory(writer, result, lang)[".json"]


def writer(opening: RunResult, lang: Lang, files: Files) -> "_Json":  # noqa: ARG001 - all is in it, in both languages
    """Writes one file. What is known at the end only, such as how far the review is, follows the sites."""
    return _Json(opening.schema, files)


class _Json:
    def __init__(self, schema: int, files: Files) -> None:
        self._out = files.open(".json")
        self._out.write(b'{"schema":%d,\n"sites":[' % schema)
        self._between = b"\n"

    def add(self, site: SiteResult) -> None:
        self._out.write(self._between + plain(to_json_text(site)))
        self._between = b",\n"

    def end(self, result: RunResult) -> None:
        self._out.write(b"]")
        for name, value in to_json(result).items():
            if name not in ("schema", "sites"):
                self._out.write(b',\n"%s":%s' % (name.encode(), encode(value, indent=None).rstrip()))
        self._out.write(b"}\n")
        self._out.close()
