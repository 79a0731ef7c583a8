"""The whole result as JSON, as ``result.schema.json`` describes it: for programs, and for readers years later."""

from xuncha.model.text import Lang
from xuncha.store.result import RunResult, to_json
from xuncha_reports.plain_json import encode

SUFFIX = "json"


def render(result: RunResult, lang: Lang) -> bytes:  # noqa: ARG001 - both languages are in it
    """UTF-8, indented, with a newline at the end."""
    return encode(to_json(result))
