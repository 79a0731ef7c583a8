"""Finds plugins, loads them one by one, and holds them to the rules of probes, facts and checks.

Loading runs foreign code, so it happens in the loader child and in workers, never in the parent. What this module
finds out about a plugin without importing it (its name, its distribution, its ``checks.yaml``) the parent may use.
"""

import importlib.metadata
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

import pluggy

from xuncha import hookspecs
from xuncha.config.errors import ConfigError
from xuncha.declare import CheckSpec, Params, ProbeSpec, declared, page_probe_fault, recalls, understood
from xuncha.errors import PluginError
from xuncha.metadata import PluginMeta, load_checks
from xuncha.model.crawl import Crawl
from xuncha.model.evidence import Evidence
from xuncha.model.prints import Baseline
from xuncha.model.site import Site
from xuncha.model.text import Text

GROUP = "xuncha.plugins"
CORE_FACTS: tuple[type, ...] = (Crawl, Baseline, Evidence)
UNREAD = PluginMeta(Text("", ""), "", {})


@dataclass(frozen=True, slots=True)
class PluginRef:
    """A plugin as its entry point names it, before anything of it is imported."""

    name: str
    module: str
    distribution: str
    version: str

    def folder(self) -> Path | None:
        """The folder of the entry module, found without importing it."""
        top, *rest = self.module.split(".")
        found = importlib.util.find_spec(top)
        for place in (found and found.submodule_search_locations) or ():
            folder = Path(place).joinpath(*rest)
            if folder.is_dir():
                return folder
        return None

    def texts(self) -> Path | None:
        """The plugin's ``checks.yaml``, if there is one."""
        folder = self.folder()
        path = folder / "checks.yaml" if folder else None
        return path if path and path.is_file() else None


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin that keeps the rules; ``meta`` is ``UNREAD`` where nobody asked for its texts."""

    ref: PluginRef
    meta: PluginMeta
    probes: tuple[ProbeSpec, ...]
    checks: tuple[CheckSpec, ...]


@dataclass(slots=True)
class Registry:
    """The plugins of this process. ``failures`` maps a plugin's name to what is wrong with it."""

    plugins: list[LoadedPlugin] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    def probes(self) -> Iterator[ProbeSpec]:
        for plugin in self.plugins:
            yield from plugin.probes

    def checks(self) -> Iterator[CheckSpec]:
        for plugin in self.plugins:
            yield from plugin.checks

    def provider(self, fact: type) -> ProbeSpec | None:
        return next((probe for probe in self.probes() if probe.provides is fact), None)


def discover() -> list[PluginRef]:
    """Every installed plugin, built-in or not, sorted by name."""
    refs = [
        PluginRef(
            entry.name, entry.value, entry.dist.name if entry.dist else "", entry.dist.version if entry.dist else ""
        )
        for entry in importlib.metadata.entry_points(group=GROUP)
    ]
    return sorted(refs, key=lambda ref: (ref.distribution != "xuncha", ref.name))


def load(refs: Iterable[PluginRef], *, texts: bool = True) -> Registry:
    """Load each plugin apart: what fails is noted and left out, the rest goes on.

    Workers go without ``texts``, a third of what loading costs: what they need of them stands in the plan.
    """
    registry = Registry()
    for ref in refs:
        try:
            registry.plugins.append(load_one(ref, texts=texts))
        except PluginError as error:
            registry.failures[ref.name] = error.detail
    _settle_conflicts(registry)
    return registry


def load_one(ref: PluginRef, *, texts: bool = True) -> LoadedPlugin:
    """Import one plugin and collect what it declares, and what its ``checks.yaml`` says of it.

    Raises:
        PluginError: it does not import, declares nothing, or its texts and its code disagree.
    """
    try:
        modules = _modules(ref)
        specs = [spec for module in modules for spec in declared(module)]
        probes = tuple(_checked(ref, spec) for spec in specs if isinstance(spec, ProbeSpec))
        checks = tuple(understood(spec) for spec in specs if isinstance(spec, CheckSpec))
    except PluginError:
        raise
    except ConfigError as error:
        raise PluginError(ref.name, str(error)) from error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        raise PluginError(ref.name, f"{type(error).__name__}: {error}") from error
    return LoadedPlugin(ref, _texts(ref, checks) if texts else UNREAD, probes, checks)


def _modules(ref: PluginRef) -> Sequence[ModuleType]:
    manager = pluggy.PluginManager("xuncha")
    manager.add_hookspecs(hookspecs)
    manager.register(importlib.import_module(ref.module), ref.name)
    manager.check_pending()
    found = manager.hook.xuncha_plugin()
    if not found:
        raise PluginError(ref.name, "it implements no hook xuncha_plugin")
    return [found[0]] if isinstance(found[0], ModuleType) else list(found[0])


def _checked(ref: PluginRef, spec: ProbeSpec) -> ProbeSpec:
    """``spec`` under its full name. What bounds its requests must be among its parameters.

    Raises:
        TypeError: an argument has no annotation, or one that does not say what is meant.
    """
    name = f"{ref.name}.{spec.name}"
    bounds = [bound for bound in (spec.requests, *spec.shares.values()) if isinstance(bound, tuple)]
    named = {part for bound in bounds for part in bound if isinstance(part, str)}
    for missing in sorted(named - set(spec.params.model_fields)):
        raise PluginError(ref.name, f"probe {name} bounds its requests by {missing}, which is no parameter of it")
    if spec.per_page and (fault := page_probe_fault(spec)):
        raise PluginError(ref.name, f"page probe {name} {fault}")
    recalls(spec)
    return replace(spec, name=name)


def _texts(ref: PluginRef, checks: Sequence[CheckSpec]) -> PluginMeta:
    path = ref.texts()
    if path is None:
        raise PluginError(ref.name, "there is no checks.yaml beside its entry module")
    try:
        meta = load_checks(path)
    except Exception as error:
        raise PluginError(ref.name, str(error)) from error
    _agree(ref, checks, meta)
    return meta


def _agree(ref: PluginRef, checks: Sequence[CheckSpec], meta: PluginMeta) -> None:
    coded, written = {spec.id for spec in checks}, set(meta.checks)
    for missing in sorted(coded - written):
        raise PluginError(ref.name, f"check {missing} has no texts in checks.yaml")
    for missing in sorted(written - coded):
        raise PluginError(ref.name, f"checks.yaml describes {missing}, which no module declares")
    if len(coded) < len(checks):
        raise PluginError(ref.name, "two checks have the same id")


def _settle_conflicts(registry: Registry) -> None:
    """Leave out plugins that clash with an earlier one, lean on unknown facts, or form a cycle."""
    for find in (_clashes, _unknown_facts, _cycles):
        for name, detail in find(registry.plugins):
            registry.failures[name] = detail
            registry.plugins = [plugin for plugin in registry.plugins if plugin.ref.name != name]


def _clashes(plugins: Sequence[LoadedPlugin]) -> Iterator[tuple[str, str]]:
    owners: dict[object, str] = dict.fromkeys(CORE_FACTS, "the core")
    for plugin in plugins:
        claims: list[tuple[object, str]] = [
            (probe.provides, f"fact {fact_name(probe.provides)}") for probe in plugin.probes
        ]
        claims += [(spec.id, f"check {spec.id}") for spec in plugin.checks]
        taken = [(what, owners[key]) for key, what in claims if key in owners]
        if taken:
            yield plugin.ref.name, f"{taken[0][0]} is already provided by {taken[0][1]}"
        else:
            owners.update(dict.fromkeys((key for key, _ in claims), plugin.ref.name))


def _unknown_facts(plugins: Sequence[LoadedPlugin]) -> list[tuple[str, str]]:
    provided = set(CORE_FACTS) | {probe.provides for plugin in plugins for probe in plugin.probes}
    unknown = []
    for plugin in plugins:
        needs = [(probe.name, fact) for probe in plugin.probes for fact in probe.needs]
        needs += [(probe.name, fact) for probe in plugin.probes for fact in recalls(probe).values()]
        needs += [(spec.id, fact) for spec in plugin.checks for fact in wanted_facts(spec)]
        lacking = [
            f"{who} needs {fact_name(fact)}, which no probe provides" for who, fact in needs if fact not in provided
        ]
        if lacking:
            unknown.append((plugin.ref.name, lacking[0]))
    return unknown


def _cycles(plugins: Sequence[LoadedPlugin]) -> list[tuple[str, str]]:
    owner = {probe.provides: plugin.ref.name for plugin in plugins for probe in plugin.probes}
    try:
        probe_order(probe for plugin in plugins for probe in plugin.probes)
    except CycleError as error:
        ring = [fact for fact in error.args[1] if fact in owner]
        names = sorted({owner[fact] for fact in ring})
        detail = (
            f"its facts need each other in a ring: {' → '.join(fact_name(fact) for fact in ring)} ({', '.join(names)})"
        )
        return [(name, detail) for name in names]
    return []


def probe_order(probes: Iterable[ProbeSpec]) -> list[type]:
    """Fact types so that each comes after those its probe needs. Raises graphlib.CycleError."""
    graph: Mapping[type, set[type]] = {probe.provides: set(probe.needs) for probe in probes}
    return list(TopologicalSorter(graph).static_order())


def wanted_facts(spec: CheckSpec) -> list[type]:
    """The fact types among a check's arguments; for a page check there are none."""
    if spec.per_page:
        return []
    return [kind for kind in spec.wants.values() if kind is not Site and not issubclass(kind, Params)]


def fact_name(fact: type) -> str:
    """How a fact is named in journals, plans and messages."""
    return f"{fact.__module__}.{fact.__qualname__}"
