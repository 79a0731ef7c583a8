"""Does the site say whom to tell about a security hole? One probe, one check, one page check, and one rule."""

from types import ModuleType

from xuncha.api import hookimpl

from . import checks, leftovers, probes


@hookimpl
def xuncha_plugin() -> list[ModuleType]:
    return [probes, checks, leftovers]
