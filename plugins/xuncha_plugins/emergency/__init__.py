"""应急: the emergency plan, section by section, and the yearly drill."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.emergency import checks, probes, reporting_checks


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, checks, reporting_checks
