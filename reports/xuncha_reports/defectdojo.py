"""DefectDojo's Generic Findings Import (JSON): failures, hints and questions of a run.

What a person has confirmed is ``verified``, a false alarm ``false_p``. Only members that its reader knows are written.
"""

from typing import Any

from xuncha.model.outcome import Review, Severity, Status
from xuncha.model.text import Lang
from xuncha.store.format import visible
from xuncha.store.result import RunResult
from xuncha_reports.lines import Line, lines
from xuncha_reports.plain_json import encode

SUFFIX = "defectdojo.json"
_TOLD = frozenset({Status.FAIL, Status.WARN, Status.MANUAL})
_SEVERITIES = {
    Severity.CRITICAL: "Critical", Severity.HIGH: "High", Severity.MEDIUM: "Medium", Severity.LOW: "Low",
    Severity.INFO: "Info",
}  # fmt: skip
_MAX_TITLE = 500


def render(result: RunResult, lang: Lang) -> bytes:
    """A test with its findings."""
    told = [_finding(line) for line in lines(result, lang) if line.finding and line.status in _TOLD]
    version = result.run.versions.get("xuncha", "")
    draft = f" {result.draft.of(lang)}" if result.draft else ""
    test = {"name": f"Xuncha {result.run.id}{draft}", "type": "Xuncha", "version": version, "dynamic_tool": True}
    return encode(test | {"findings": told})


def _finding(line: Line) -> dict[str, Any]:
    assert line.finding is not None
    review, texts = line.finding.review, line.check.meta.text
    return {
        "title": f"{line.problem}: {line.message}"[:_MAX_TITLE],
        "description": "\n\n".join(filter(None, (line.message, visible(line.place.what), line.excerpt))),
        "severity": _SEVERITIES[line.outcome.severity] if line.status is Status.FAIL else "Info",
        "mitigation": "\n".join(f"- {step.text.of(line.lang)}" for step in texts.remediation),
        "impact": texts.rationale.of(line.lang),
        "references": "\n".join(
            " ".join(filter(None, (one.title, one.number, one.clause, one.url))) for one in texts.references
        ),
        "date": line.result.run.started.date().isoformat(),
        "active": review not in {Review.FALSE_POSITIVE, Review.ACCEPTED},
        "verified": review is Review.CONFIRMED,
        "false_p": review is Review.FALSE_POSITIVE,
        "risk_accepted": review is Review.ACCEPTED,
        "under_review": line.status is Status.MANUAL or review is Review.UNDECIDED,
        "dynamic_finding": True,
        "static_finding": False,
        "unique_id_from_tool": line.finding.fingerprint,
        "vuln_id_from_tool": line.outcome.check,
        "service": line.name,
        "tags": [*(f"item-{item}" for item in line.items), line.status],
        "endpoints": [line.place.href] if line.place.href else [],
    }
