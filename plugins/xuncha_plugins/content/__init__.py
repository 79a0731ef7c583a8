"""Content (内容): what a site publishes and should not, or no longer."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.content import (
    harmful_checks,
    harmful_probe,
    personal_data,
    personal_files,
    personal_pages,
    secrecy,
    words_checks,
    words_seen,
)


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return (
        personal_pages,
        personal_files,
        personal_data,
        words_seen,
        words_checks,
        harmful_probe,
        harmful_checks,
        secrecy,
    )
