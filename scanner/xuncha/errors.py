"""What can go wrong in Xuncha itself.

XunchaError
├── UsageError            the command line, a profile, an inventory: exit code 2
│   └── ConfigError       (config/errors.py) names file, line and column
├── PluginError           a plugin failed to load or broke its contract: exit code 4
└── StoreError            (store/) the bundle or the database cannot be read or written
CallTimeoutError          raised inside a plugin's call by the worker's timer
"""

from xuncha.model.text import Lang


class XunchaError(Exception):
    """Base of every error that is shown to a person without a traceback."""

    def lines(self, lang: Lang) -> list[str]:  # noqa: ARG002 - most speak one language
        """What is shown."""
        return [str(self)]


class UsageError(XunchaError):
    """The user asked for something that does not exist or cannot be."""


class PluginError(XunchaError):
    """A plugin failed to load or broke its contract; ``plugin`` names it."""

    def __init__(self, plugin: str, detail: str) -> None:
        super().__init__(f"{plugin}: {detail}")
        self.plugin = plugin
        self.detail = detail


class CallTimeoutError(Exception):
    """A plugin's call took longer than its deadline."""
