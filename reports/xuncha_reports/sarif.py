"""SARIF 2.1.0 (OASIS): for code-scanning views and other programs that gather results.

Failures and hints are results of kind ``fail``, what a person has to look at ``review``, what could not be told
``open``; what passed, does not apply or was not asked for is only counted, in the run's properties.
"""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from xuncha.model.outcome import Review, Severity, Status
from xuncha.model.text import Lang
from xuncha.store.format import visible
from xuncha.store.result import RunResult
from xuncha.store.snapshot import CheckWords
from xuncha_reports.lines import Line, lines
from xuncha_reports.plain_json import encode

SUFFIX = "sarif"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_KINDS = {
    Status.FAIL: "fail",
    Status.WARN: "fail",
    Status.MANUAL: "review",
    Status.INCONCLUSIVE: "open",
    Status.ERROR: "open",
}
_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning"}
_SCORES = {
    Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.5", Severity.INFO: "0.0"
}  # fmt: skip
"""Where readers of SARIF draw the lines between critical, high, medium and low."""

_SUPPRESSED = frozenset({Review.FALSE_POSITIVE, Review.ACCEPTED})
_SAFE, _SAFE_IN_HOST = "!$%&'()*+,/:;=?@~", "[]:.@"
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def render(result: RunResult, lang: Lang) -> bytes:
    """One SARIF run, with the checks as its rules."""
    return encode(_log(result, lang))


def _log(result: RunResult, lang: Lang) -> dict[str, Any]:
    every = list(lines(result, lang))
    places = {check: at for at, check in enumerate(result.texts.checks)}
    run = result.run
    invocation = {"executionSuccessful": run.state == "finished", "startTimeUtc": _utc(run.started)}
    if run.finished:
        invocation["endTimeUtc"] = _utc(run.finished)
    told = {
        "tool": {"driver": _driver(result, lang)},
        "automationDetails": {"id": f"xuncha/{run.profile}/{run.id}"},
        "language": "zh-CN" if lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_result(line, places) for line in every if line.status in _KINDS],
        "properties": {"lines": dict(Counter(str(line.status) for line in every))} | _draft(result, lang),
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [told]}


def _draft(result: RunResult, lang: Lang) -> dict[str, str]:
    return {"draft": result.draft.of(lang)} if result.draft else {}


def _driver(result: RunResult, lang: Lang) -> dict[str, Any]:
    version = result.run.versions.get("xuncha", "")
    rules = [_rule(check, words, lang) for check, words in result.texts.checks.items()]
    named = {"version": version, "semanticVersion": version} if version else {}
    return {"name": "Xuncha", "fullName": "Xuncha 巡查"} | named | {"rules": rules}


def _rule(check: str, words: CheckWords, lang: Lang) -> dict[str, Any]:
    meta = words.meta
    steps = "\n".join(f"- {step.text.of(lang)}" for step in meta.text.remediation)
    text = meta.text.title.of(lang)
    return {
        "id": check,
        "name": "".join(part.capitalize() for part in check.replace(".", "-").split("-")),
        "shortDescription": {"text": text},
        "fullDescription": {"text": meta.text.rationale.of(lang) or text},
        "help": {"text": steps or text},
        "defaultConfiguration": {"level": _LEVELS.get(meta.severity, "note")},
        "properties": {"tags": [words.plugin], "security-severity": _SCORES[meta.severity]},
    }


def _result(line: Line, places: dict[str, int]) -> dict[str, Any]:
    kind = _KINDS[line.status]
    found: dict[str, Any] = {
        "ruleId": line.outcome.check,
        "ruleIndex": places[line.outcome.check],
        "kind": kind,
        "level": _level(line) if kind == "fail" else "none",
        "message": {"text": line.message or line.title},
        "locations": [_location(line)],
        "properties": {"site": line.site.id, "items": list(line.items), "status": line.status},
    }
    if line.finding:
        found["partialFingerprints"] = {"xunchaFingerprint/v1": line.finding.fingerprint}
        if line.finding.review in _SUPPRESSED:
            found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": line.review}]
    return found


def _level(line: Line) -> str:
    return _LEVELS.get(line.outcome.severity, "note") if line.status is Status.FAIL else "note"


def _location(line: Line) -> dict[str, Any]:
    """The page where there is one; what stands on it, or what is no page, as a logical place."""
    told: dict[str, Any] = {}
    if line.place.href:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(line.place.href)}}
        if line.place.line:
            physical["region"] = {"startLine": int(line.place.line)}
        told["physicalLocation"] = physical
    name = visible(line.place.what) or ("" if told else line.name)
    if name:
        told["logicalLocations"] = [{"fullyQualifiedName": name}]
    return told


def uri(url: str) -> str:
    """An address as RFC 3986 has it; what a site made up is percent-encoded."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    path = quote(_BARE_PERCENT.sub("%25", path), safe=_SAFE, errors="replace")
    return f"{scheme}://{quote(host, safe=_SAFE_IN_HOST, errors='replace')}{slash}{path}"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
