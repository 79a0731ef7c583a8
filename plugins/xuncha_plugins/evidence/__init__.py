"""Whether what a unit handed in can be used: there, whole, what its name says, and nothing that must not be there."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.evidence import checks


@hookimpl
def xuncha_plugin() -> ModuleType:
    """The module in which the plugin's checks are declared."""
    return checks
