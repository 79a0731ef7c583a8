"""Whether what a unit handed in can be used: there, whole, what its name says, and nothing that must not be there."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.evidence import checks, own_papers


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probe and checks are declared."""
    return checks, own_papers
