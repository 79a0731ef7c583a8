"""Whether columns are kept up to date: home page, columns and their deadlines, blanks, dates, the yearly report."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.freshness import article_checks, articles, column_checks, columns, home_checks, probes, reports


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return columns, articles, reports, probes, home_checks, column_checks, article_checks
