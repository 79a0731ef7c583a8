"""How what a notice lists is mended (整改办法), once for each check, and the configurations that help (参考配置)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xuncha.guidance.advice import Advice, advice
from xuncha.guidance.configuration import Configuration, Snippet
from xuncha.guidance.task import Task
from xuncha.model.outcome import Weight
from xuncha.model.text import Lang, Text
from xuncha.store.format import visible
from xuncha.store.labels import label
from xuncha.store.result import RunResult, SiteResult
from xuncha_reports.papers.departments import Department, cited
from xuncha_reports.rules import basis, reference

Context = dict[str, Any]
_COMMA, _SEMICOLON = Text("、", ", "), Text("；", "; ")
_CLAUSE = Text("{} {}：“{}”", "{} {}: “{}”")
_REPLACED = Text("{} 改为{}", "{} → {}")


class Verbatim(str):
    """A line of a configuration: unlike all other words on a paper it keeps its indent."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Remedy:
    """What is to be done about a check, and where it was found."""

    advice: Advice
    found: list[tuple[SiteResult, Task]]


class Remedies:
    """Those of one department, in the order in which its notice lists the problems; numbers count from 1."""

    def __init__(self, result: RunResult, department: Department, lang: Lang) -> None:
        self._result, self._lang = result, lang
        self._by_check: dict[str, _Remedy] = {}
        for site in department.sites:
            for task in cited(site):
                known = self._by_check.setdefault(task.check, _Remedy(advice(task, result.texts), []))
                known.found.append((site, task))
        self._ready = dict(pair for one in self._by_check.values() for pair in one.advice.configurations)

    def number(self, check: str) -> int:
        """Which of them a check's is."""
        return [*self._by_check].index(check) + 1

    def told(self) -> list[Context]:
        """For a template; ``ready`` names configurations by their numbers and titles."""
        return [self._told(one) for one in self._by_check.values()]

    def clauses(self) -> list[str]:
        """The clauses that are cited, in full, each once."""
        own = {item.id for one in self._by_check.values() for item in one.advice.items}
        items = (item for item in self._result.texts.framework.items if item.id in own)
        clause = _CLAUSE.of(self._lang)
        return [clause.format(item.number, item.title.of(self._lang), item.clause) for item in items]

    def configurations(self) -> list[Context]:
        """The configurations, each once, with the texts for each kind of server."""
        return [_configuration(one, self._lang) for one in self._ready.values()]

    def _told(self, remedy: _Remedy) -> Context:
        said, lang = remedy.advice, self._lang
        numbers = {name: number for number, name in enumerate(self._ready, 1)}
        return {
            "site": _joined(dict.fromkeys(site.name or site.id for site, _ in remedy.found), _COMMA, lang),
            "title": said.problem.of(lang),
            "why": said.why.of(lang),
            "basis": _joined((f"{item.number} {item.title.of(lang)}" for item in said.items), _SEMICOLON, lang),
            "references": _joined((reference(one, lang) for one in said.references), _SEMICOLON, lang),
            "steps": [{"role": label("role", step.role, lang), "text": step.text.of(lang)} for step in said.steps],
            "effort": label("effort", said.effort, lang) if said.effort else "",
            **_deadline(said, remedy.found[0][1], lang),
            "recheck": said.recheck.of(lang) if said.recheck else "",
            "ready": [{"no": numbers[name], "title": one.title.of(lang)} for name, one in said.configurations],
        }


def _joined(parts: Iterable[str], separator: Text, lang: Lang) -> str:
    return separator.of(lang).join(parts)


def _deadline(said: Advice, task: Task, lang: Lang) -> Context:
    """In how many working days, what that rests on, and what is to be done by then."""
    return {
        "days": 0 if task.weight is Weight.ADVISORY else said.due_days or 0,
        "due_basis": basis(said.due_basis, lang) if said.due_basis else "",
        "due_what": said.due_what.of(lang) if said.due_what else "",
    }


def _configuration(one: Configuration, lang: Lang) -> Context:
    return {
        "title": one.title.of(lang),
        "mind": one.mind.of(lang) if one.mind else "",
        "snippets": [_snippet(one, snippet, lang) for snippet in one.snippets],
    }


def _snippet(one: Configuration, snippet: Snippet, lang: Lang) -> Context:
    replaced = (_REPLACED.of(lang).format(own.written, own.means.of(lang)) for own in snippet.needs(one.examples))
    return {
        "server": label("server", snippet.server, lang),
        "place": snippet.place.of(lang),
        "replace": _joined(replaced, _SEMICOLON, lang),
        "lines": [_verbatim(line) for line in snippet.text.splitlines()],
    }


def _verbatim(line: str) -> Verbatim:
    return Verbatim(" " * (len(line) - len(line.lstrip(" "))) + visible(line))
