"""Services (服务功能): search, downloads, forms and online systems work; service guides say what citizens need."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.services import (
    download_checks,
    downloads,
    entries,
    functions,
    guide_checks,
    guides,
    online_checks,
    search_checks,
    searching,
)


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return (
        functions,
        guides,
        searching,
        downloads,
        entries,
        search_checks,
        download_checks,
        online_checks,
        guide_checks,
    )
