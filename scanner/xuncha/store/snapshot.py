"""``catalogue.json``: all words and numbers that a run was made with, so that it can be read years later.

It holds the texts of the checks and of the reasons, the framework, and the profile with the basis of every number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from xuncha.config.yaml import load_yaml
from xuncha.framework import Framework
from xuncha.guidance.configuration import Configuration
from xuncha.metadata import CheckMeta
from xuncha.model.basis import Basis
from xuncha.model.outcome import Severity
from xuncha.model.text import Text
from xuncha.store.codec import Json, dump, known_format, load

if TYPE_CHECKING:
    from xuncha.catalogue import Catalogue
    from xuncha.profile import Profile, Setting

SCHEMA = 1
OURS = "xuncha"


@dataclass(frozen=True, slots=True)
class CheckWords:
    """A check with its texts. ``admitted`` False (未准入): its outcomes are shown and count nowhere.

    The configurations that ``meta`` names are found by ``plugin/name``.
    """

    plugin: str
    admitted: bool
    meta: CheckMeta


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """What a reason means and what to do about it."""

    means: Text
    do: Text


@dataclass(frozen=True, slots=True)
class Number:
    """A value of the profile with what it rests on."""

    value: Any
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """The profile's words and numbers; ``params`` are by check, ``probes`` by probe, ``measures`` (budgets) by name."""

    id: str
    title: Text
    fail_on: Severity = Severity.HIGH
    params: dict[str, dict[str, Number]] = field(default_factory=dict)
    probes: dict[str, dict[str, Number]] = field(default_factory=dict)
    measures: dict[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that reports quote; ``configurations`` are by ``plugin/name``."""

    framework: Framework
    profile: ProfileWords
    checks: dict[str, CheckWords]
    reasons: dict[str, ReasonWords]
    schema: int = SCHEMA
    configurations: dict[str, Configuration] = field(default_factory=dict)

    def ready(self, checks: Iterable[CheckWords]) -> dict[str, Configuration]:
        """The configurations that some checks name."""
        names = {f"{words.plugin}/{name}" for words in checks for name in words.meta.configurations}
        return {name: found for name, found in self.configurations.items() if name in names}


def snapshot(catalogue: "Catalogue", framework: Framework, profile: "Profile") -> Json:
    """What ``Bundle.write_catalogue`` keeps."""
    ours = {entry.ref.name for entry in catalogue.plugins if entry.ref.distribution == OURS}
    checks = {entry.id: CheckWords(entry.plugin, entry.plugin in ours, entry.meta) for entry in catalogue.checks}
    configurations = {
        f"{plugin.ref.name}/{name}": found
        for plugin in catalogue.plugins
        if plugin.meta
        for name, found in plugin.meta.configurations.items()
    }
    return dump(Snapshot(framework, profile_words(profile), checks, reason_words(), configurations=configurations))


def read_snapshot(data: Json) -> Snapshot:
    """Raises StoreError for what is no snapshot, or one of a newer program."""
    return load(Snapshot, known_format(data, SCHEMA))


def reason_words() -> dict[str, ReasonWords]:
    """The texts of ``reasons.yaml``, by code."""
    located = load_yaml(files("xuncha.model") / "reasons.yaml")
    return {code: ReasonWords(_pair(words, "means"), _pair(words, "do")) for code, words in located.value.items()}


def profile_words(profile: "Profile") -> ProfileWords:
    """The profile without the paths of the files it was read from."""
    return ProfileWords(
        profile.id,
        profile.title,
        profile.fail_on,
        {check: _numbers(settings) for check, settings in profile.params.items()},
        {probe: _numbers(settings) for probe, settings in profile.probes.items()},
        _numbers(profile.measures),
    )


def _numbers(settings: "Mapping[str, Setting]") -> dict[str, Number]:
    return {name: Number(setting.value, setting.basis) for name, setting in settings.items()}


def _pair(words: Mapping[str, Mapping[str, str]], part: str) -> Text:
    return Text(words["zh"][part], words["en"][part])
