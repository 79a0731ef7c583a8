"""The site's domain: its name, its registration, and what the name servers say of it."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.domain import dns_checks, naming_checks, probes, registration_checks, registration_probe


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, registration_probe, naming_checks, registration_checks, dns_checks
