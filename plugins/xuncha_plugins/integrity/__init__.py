"""Tamper protection (防篡改): pages that say that they were defaced, or differ from what was approved."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.integrity import checks, home_look, look_checks, picture_checks, seen


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return seen, home_look, checks, look_checks, picture_checks
