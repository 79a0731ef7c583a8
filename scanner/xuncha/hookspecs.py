"""Every hook that Xuncha calls, and nothing else."""

from collections.abc import Sequence
from types import ModuleType

import pluggy

hookspec = pluggy.HookspecMarker("xuncha")


@hookspec
def xuncha_plugin() -> ModuleType | Sequence[ModuleType]:
    """Name the modules in which this plugin's probes and checks are declared.

    Called once per process, right after the plugin's entry point was imported: in the loader child that makes the
    catalogue, and in each worker. It must return quickly and do no I/O. The registry collects what is decorated
    with ``@probe``, ``@check`` and ``@page_check`` in these modules, and reads ``checks.yaml`` beside the
    plugin's entry module.

    :return: one module or several, in the order in which they shall be listed.

    .. versionadded:: 0.1
    """
    raise NotImplementedError
