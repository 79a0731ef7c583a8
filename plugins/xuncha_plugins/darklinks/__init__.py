"""Hidden links (暗链): links, titles, scripts and frames that somebody else has planted on the pages."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.darklinks import (
    cloaking,
    error_pages,
    laying,
    link_checks,
    page_checks,
    seen,
    sheets,
    visit_checks,
)


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return seen, sheets, laying, cloaking, error_pages, link_checks, page_checks, visit_checks
