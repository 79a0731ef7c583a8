"""Ready configurations that the remediation of checks points to; each run keeps them, so they outlive their plugin."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xuncha.model.text import Text


class Server(StrEnum):
    """What a configuration is written for; ``dns`` stands for records of a zone."""

    NGINX = "nginx"
    APACHE = "apache"
    TOMCAT = "tomcat"
    IIS = "iis"
    DNS = "dns"


@dataclass(frozen=True, slots=True)
class Example:
    """Something in the texts that stands for the reader's own, such as a host name, and what to put in its place."""

    written: str
    means: Text


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text for one kind of server: ``place`` says where it goes and how it is taken into use."""

    server: Server
    place: Text
    text: str

    def needs(self, examples: Iterable[Example]) -> tuple[Example, ...]:
        """Those of the examples that stand in this text."""
        return tuple(one for one in examples if one.written in self.text)


@dataclass(frozen=True, slots=True)
class Configuration:
    """One thing to set up, for each kind of server; ``mind`` is what to know before it is used."""

    title: Text
    snippets: tuple[Snippet, ...]
    examples: tuple[Example, ...] = ()
    mind: Text | None = None
