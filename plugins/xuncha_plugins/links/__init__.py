"""Links (错链、断链、空链): broken ones, empty ones, those that lead to something else, those to private addresses."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.links import page_checks, probes, target_checks


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probe and checks are declared."""
    return probes, target_checks, page_checks
