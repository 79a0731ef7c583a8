"""What should not lie open on a web server: repositories, backups, configuration, keys, consoles. Rules are data."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.exposure import checks, probes


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, checks
