"""人员: who maintains the website and who keeps its content, named, reachable, replaceable, and still in office.

Of the register only what concerns declared people is kept; ID numbers are refused by the core, mobiles masked.
"""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.staffing import contact, contract, duty_checks, people_checks, register


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return register, people_checks, duty_checks, contact, contract
