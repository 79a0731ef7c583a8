"""JSON Lines: the run, then each site, outcome and finding on a line of its own, for log systems and scripts.

Each line has a ``type``, its own members as ``result.schema.json`` describes them, and the ids of what it belongs to.
"""

from collections.abc import Iterator
from typing import Any

from xuncha.model.text import Lang
from xuncha.store.result import RunResult, to_json
from xuncha_reports.plain_json import encode

SUFFIX = "jsonl"


def render(result: RunResult, lang: Lang) -> bytes:  # noqa: ARG001 - both languages are in it
    """UTF-8, one object per line."""
    return b"".join(encode(line, indent=None) for line in _lines(result))


def _lines(result: RunResult) -> Iterator[dict[str, Any]]:
    of_run = {"run": result.run.id}
    draft = {"draft": {"zh": result.draft.zh, "en": result.draft.en}} if result.draft else {}
    yield {"type": "run", "schema": result.schema} | draft | to_json(result.run)
    for site in result.sites:
        members = to_json(site)
        outcomes = members.pop("outcomes")
        yield {"type": "site"} | of_run | members
        for outcome in outcomes:
            findings = outcome.pop("findings")
            yield {"type": "outcome"} | of_run | {"site": site.id} | outcome
            belongs = of_run | {"site": site.id, "check": outcome["check"]}
            yield from ({"type": "finding"} | belongs | finding for finding in findings)
