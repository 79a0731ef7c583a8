"""Encryption in transit: certificates, protocols, cipher suites, HSTS and the Chinese TLCP."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.tls import certificate_checks, probes, transport_checks


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, transport_checks, certificate_checks
