"""容灾和备份: what units hand in about their backups, verified as far as a machine can, up to a rehearsed restore."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.backup import copies, copy_checks, paper_checks, papers, rehearsing, restore_check


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return copies, papers, rehearsing, copy_checks, paper_checks, restore_check
