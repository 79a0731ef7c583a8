"""Who a website says it is: ICP and police filing, identity code, CONAC mark, sponsor, contact."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.icp import (
    consistency,
    filing_checks,
    footer_checks,
    mark_checks,
    police_checks,
    probes,
    registration,
)


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, filing_checks, police_checks, mark_checks, consistency, registration, footer_checks
