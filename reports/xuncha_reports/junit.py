"""JUnit XML, for build servers: a suite for each site, a case for each check.

Failures fail, what could not be told or was not asked is skipped with its reason, our own errors are errors. Hints and
questions to people do not fail a build; they stand in the output of their case.
"""

import io
import re
import xml.etree.ElementTree as ET

from xuncha.model.outcome import Status
from xuncha.model.text import Lang
from xuncha.store import format as words
from xuncha.store.labels import label
from xuncha.store.result import RunResult, SiteResult
from xuncha_reports.lines import Line, standing

SUFFIX = "junit.xml"
MOST_NAMED = 50
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""

_SKIPPED = frozenset({Status.NOT_APPLICABLE, Status.NOT_RUN, Status.INCONCLUSIVE, Status.MANUAL})


def render(result: RunResult, lang: Lang) -> bytes:
    """UTF-8 with its declaration."""
    draft = f" {result.draft.of(lang)}" if result.draft else ""
    suites = ET.Element("testsuites", name=f"xuncha {result.run.id}{draft}")
    for site in result.sites:
        _suite(suites, result, site, lang)
    ET.indent(suites, " ")
    out = io.BytesIO()
    ET.ElementTree(suites).write(out, "utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def _suite(suites: ET.Element, result: RunResult, site: SiteResult, lang: Lang) -> None:
    statuses = [outcome.status for outcome in site.outcomes]
    suite = ET.SubElement(
        suites,
        "testsuite",
        name=_text(words.visible(f"{site.name or site.id} {site.url}")),
        timestamp=result.run.started.isoformat(timespec="seconds"),
        time=f"{site.stats.seconds:.3f}",
        tests=str(len(statuses)),
        failures=str(statuses.count(Status.FAIL)),
        errors=str(statuses.count(Status.ERROR)),
        skipped=str(sum(status in _SKIPPED for status in statuses)),
    )
    for outcome in site.outcomes:
        found = standing(result, site, outcome, lang)
        case = ET.SubElement(
            suite, "testcase", classname=_text(f"{site.id}.{outcome.check}"), name=_text(found[0].title)
        )
        _tell(case, found, lang)


def _tell(case: ET.Element, found: list[Line], lang: Lang) -> None:
    outcome = found[0].outcome
    told = "\n".join(map(_sentence, found[:MOST_NAMED]))
    if outcome.findings_total > len(found[:MOST_NAMED]):
        told += f"\n… {outcome.findings_total}"
    status = label("status", outcome.status, lang)
    if outcome.status is Status.FAIL:
        kind = label("severity", outcome.severity, lang)
        ET.SubElement(case, "failure", message=_text(found[0].message), type=kind).text = _text(told)
    elif outcome.status is Status.ERROR:
        ET.SubElement(case, "error", message=_text(found[0].message), type=status).text = _text(
            words.visible(outcome.error)
        )
    elif outcome.status in _SKIPPED:
        ET.SubElement(case, "skipped", message=_text(f"{status}: {found[0].message}"))
    if outcome.status in {Status.WARN, Status.MANUAL}:
        ET.SubElement(case, "system-out").text = _text(f"{status}\n{told}")


def _sentence(line: Line) -> str:
    where = " ".join(filter(None, (line.place.url, line.place.what)))
    return f"{line.message} [{words.visible(where)}]" if where else line.message


def _text(text: str) -> str:
    return _NO_XML.sub("", text)
