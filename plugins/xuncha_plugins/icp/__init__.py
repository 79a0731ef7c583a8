"""Who a website says it is: ICP and police filing, identity code, CONAC mark, sponsor, contact."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.icp import (
    closing,
    collect,
    consistency,
    filing_checks,
    footer_checks,
    mark_checks,
    police_checks,
    probes,
    registration,
    tag_checks,
)


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return (
        probes,
        collect,
        filing_checks,
        police_checks,
        mark_checks,
        consistency,
        registration,
        footer_checks,
        tag_checks,
        closing,
    )
