"""What the headers of a site's answers tell browsers to guard, its cookies, and what its pages load from elsewhere."""

from types import ModuleType

from xuncha.api import hookimpl
from xuncha_plugins.headers import cookie_checks, document_checks, loading, loading_checks, policy_checks, sampling


@hookimpl
def xuncha_plugin() -> tuple[ModuleType, ...]:
    """The modules in which the plugin's probes and checks are declared."""
    return sampling, loading, policy_checks, document_checks, cookie_checks, loading_checks
