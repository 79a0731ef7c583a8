"""``python -m xuncha.loader``: imports plugins and prints the catalogue.

It says the name of each plugin on a line of its own before it imports it, so that the parent knows which one it
was at when the process hangs or dies; the last line is the catalogue as JSON.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import BinaryIO

from xuncha.catalogue import Catalogue, CheckEntry, PluginEntry, ProbeEntry, to_json
from xuncha.declare import ProbeSpec, arguments, recalls
from xuncha.model.pictures import Pictures
from xuncha.model.rendered import Renderer
from xuncha.registry import LoadedPlugin, PluginRef, Registry, fact_name, load, wanted_facts

MEMORY = 2 * 1024**3


def main() -> None:
    _limit_memory()
    # Plugins may print at import; what we say must stay apart from that.
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    refs = [PluginRef(*row) for row in json.load(sys.stdin)]
    out.write(b"\n" + to_json(described(load(_announced(refs, out)), refs)) + b"\n")


def _announced(refs: list[PluginRef], out: BinaryIO) -> Iterator[PluginRef]:
    for ref in refs:
        out.write(f"{ref.name}\n".encode())
        yield ref


def described(registry: Registry, refs: list[PluginRef]) -> Catalogue:
    """The registry as data."""
    loaded = {plugin.ref.name: plugin for plugin in registry.plugins}
    return Catalogue(
        plugins=tuple(
            PluginEntry(ref, loaded[ref.name].meta if ref.name in loaded else None, registry.failures.get(ref.name, ""))
            for ref in refs
        ),
        probes=tuple(_probe(plugin, spec) for plugin in registry.plugins for spec in plugin.probes),
        checks=tuple(entry for plugin in registry.plugins for entry in _checks(plugin)),
    )


def _probe(plugin: LoadedPlugin, spec: ProbeSpec) -> ProbeEntry:
    return ProbeEntry(
        spec.name,
        plugin.ref.name,
        fact_name(spec.provides),
        tuple(fact_name(fact) for fact in spec.needs),
        spec.deadline,
        spec.connections,
        spec.requests,
        spec.programs,
        spec.mode,
        spec.params.model_json_schema(),
        spec.per_page,
        spec.cost_us,
        tuple(fact_name(fact) for fact in recalls(spec).values()),
        spec.services,
        spec.conversations,
        dict(spec.shares),
        any(given in (Renderer, Pictures) for given in arguments(spec.function).values()),
    )


def _checks(plugin: LoadedPlugin) -> list[CheckEntry]:
    return [
        CheckEntry(
            plugin.ref.name,
            spec.per_page,
            tuple(fact_name(fact) for fact in wanted_facts(spec)),
            plugin.meta.checks[spec.id],
            spec.params.model_json_schema(),
        )
        for spec in plugin.checks
    ]


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
