"""Whether a site listens and answers: a channel for questions, letters and their replies, activities."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.interaction import activities, channel, letter_checks, letters


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return channel, letters, letter_checks, activities
