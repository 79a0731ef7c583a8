"""安全防护: measures against attack, tampering and malware with their proof; grading, yearly assessment, logs.

What is declared is compared with what its proof says and with what the last scan saw. What no machine can decide is
asked of a person.
"""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.protection import duty_checks, last_scan, measure_checks, probes


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return probes, last_scan, measure_checks, duty_checks
