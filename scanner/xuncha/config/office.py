"""``xuncha.yaml``: who inspects from a workspace, and how."""

from dataclasses import dataclass, field

from pydantic import Field

from xuncha.config.models import Lenient
from xuncha.config.validation import validate
from xuncha.config.yaml import Source, load_yaml


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``xuncha.yaml`` says.

    ``office`` and ``telephone`` go into the User-Agent, so that a site's operator can ask who is looking. ``address``
    is the outgoing address that units may put on their white lists. ``registers`` maps kinds (``icp``) to files,
    ``nameservers`` and ``ca_file`` replace the system's; paths count from the workspace.
    """

    office: str = ""
    telephone: str = ""
    authorisation: str = ""
    address: str = ""
    profile: str = "notice"
    nameservers: tuple[str, ...] = ()
    ca_file: str = ""
    registers: dict[str, str] = field(default_factory=dict)


class _File(Lenient):
    office: str = ""
    telephone: str = ""
    authorisation: str = ""
    address: str = ""
    profile: str = "notice"
    nameservers: tuple[str, ...] = ()
    ca_file: str = ""
    registers: dict[str, str] = Field(default_factory=dict)


def read_settings(source: Source) -> Settings:
    """The settings in a ``xuncha.yaml``; an empty one holds none. Raises ConfigError with every fault's place."""
    located = load_yaml(source)
    return Settings(**validate(_File, located).model_dump()) if located.value is not None else Settings()
