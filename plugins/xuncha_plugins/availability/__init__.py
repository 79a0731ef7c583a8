"""Whether the site is there: its home page, pages of every level, how fast they come, and who stands in the way.

A site that is declared closed, offline or under maintenance within the announced dates is not looked at: the plan
settles every check as not applicable (announced), and nothing is sent. Once the dates are over it is inspected again.
"""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.availability import home_checks, level_checks, probes, server_checks


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, home_checks, level_checks, server_checks
