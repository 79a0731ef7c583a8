"""Holds a profile against what the installed checks and probes declare, before anything is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from xuncha.config.errors import InvalidError, Place, Problem, nearest, quoted
from xuncha.config.settings import Bound, Declared, bound
from xuncha.model.text import Text
from xuncha.profile import Profile, Settings

_Kind = Literal["params", "probes"]
_CALLED = {"params": Text("检查点", "check"), "probes": Text("采集", "probe")}


@dataclass(frozen=True, slots=True)
class Binding:
    """Parameters ready for their models.

    ``params`` and ``probes`` hold the profile's values by check id and probe name (those it says nothing of are
    absent: their declared defaults hold). ``unverified`` and ``unverified_probes`` name parameters that rest on an
    unverified value; ``defaults`` numbers that stand in no profile, by owner. ``notes`` are no errors but deserve to
    be shown: what the profile says of plugins that are not installed.
    """

    params: dict[str, dict[str, Any]] = field(default_factory=dict)
    probes: dict[str, dict[str, Any]] = field(default_factory=dict)
    unverified: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unverified_probes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def bind(profile: Profile, checks: Mapping[str, Declared], probes: Mapping[str, Declared] | None = None) -> Binding:
    """The profile's parameters, checked against what each check and probe declares.

    A name that no plugin offers is an error where a plugin of its first part is there (then it is a typo), else a
    note (then the plugin is not installed).

    Args:
        profile: as loaded.
        checks: check id → its parameter model, or the JSON Schema of that from the catalogue.
        probes: probe name → the same.

    Raises:
        InvalidError: unknown names, wrong types, values out of range; all of them, each at its place.
    """
    known = {"params": checks, "probes": probes or {}}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for name, place, kind in _named(profile):
        if name not in known[kind]:
            wrong = _first(name) in {_first(offered) for offered in known[kind]}
            (problems if wrong else notes).append(_unknown(name, place, kind, known[kind]))
    notes.extend(_idle_patterns(profile, checks))
    params = _bind_all(profile.params, checks)
    probed = _bind_all(profile.probes, known["probes"])
    for one in (*params.values(), *probed.values()):
        problems += [*one.problems, *(_missing(profile, name) for name in one.missing)]
    if problems:
        raise InvalidError(problems)
    return Binding(
        _values(params),
        _values(probed),
        {name: one.unverified for name, one in params.items() if one.unverified},
        {name: one.unverified for name, one in probed.items() if one.unverified},
        {name: one.defaults for name, one in (params | probed).items() if one.defaults},
        tuple(notes),
    )


def _bind_all(given: Mapping[str, Settings], declared: Mapping[str, Declared]) -> dict[str, Bound]:
    return {name: bound(given.get(name, {}), one, name) for name, one in declared.items()}


def _values(bounds: Mapping[str, Bound]) -> dict[str, dict[str, Any]]:
    return {name: one.values for name, one in bounds.items() if one.values}


def _missing(profile: Profile, name: str) -> Problem:
    return Problem(Place(profile.id), Text("缺少必填的参数", "a parameter that must be given is missing"), name)


def _first(name: str) -> str:
    return name.partition(".")[0]


def _named(profile: Profile) -> Iterator[tuple[str, Place, _Kind]]:
    """What the profile names exactly, and where: its parameters' owners, ids in include and exclude."""
    kind: _Kind
    for kind in ("params", "probes"):
        for name in getattr(profile, kind):
            yield name, profile.places.get(name, Place(profile.id)), kind
    for pattern in (*profile.include, *profile.exclude):
        if not _is_glob(pattern.glob):
            yield pattern.glob, pattern.place, "params"


def _is_glob(pattern: str) -> bool:
    return any(sign in pattern for sign in "*?[")


def _unknown(name: str, place: Place, kind: _Kind, known: Mapping[str, Declared]) -> Problem:
    called, shown = _CALLED[kind], quoted(name)
    text = Text(f"没有插件提供{called.zh} {shown}", f"no plugin offers the {called.en} {shown}")
    return Problem(place, text, hint=nearest(name, known))


def _idle_patterns(profile: Profile, checks: Mapping[str, Declared]) -> Iterator[Problem]:
    for pattern in (*profile.include, *profile.exclude):
        if _is_glob(pattern.glob) and not any(map(pattern.covers, checks)):
            shown = quoted(pattern.glob)
            text = Text(f"{shown} 没有匹配到任何检查点", f"{shown} matches no check")
            yield Problem(pattern.place, text, hint=nearest(_first(shown), sorted({_first(check) for check in checks})))
