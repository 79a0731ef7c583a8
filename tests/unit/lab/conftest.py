"""A browser for the lab, and labs that live as long as a test."""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from xuncha.lab import CLEAN, Lab, LabSite


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Browser:
    """Fetches one URL at a time through the lab's map."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.context = ssl.create_default_context(cafile=str(lab.ca_file))

    def socket(self, url: str) -> socket.socket:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        plain = socket.create_connection(self.lab.connect_map[parts.hostname, port], timeout=10)
        if parts.scheme == "http":
            return plain
        return self.context.wrap_socket(plain, server_hostname=parts.hostname)

    def get(self, url: str, method: str = "GET", **headers: str) -> Got:
        parts = urlsplit(url)
        with closing(http.client.HTTPConnection(parts.netloc)) as connection:
            connection.sock = self.socket(url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target, headers={key.replace("_", "-"): value for key, value in headers.items()})
            with connection.getresponse() as reply:
                fields = {name.lower(): value for name, value in reply.getheaders()}
                return Got(reply.status, fields, reply.read())

    def home(self, path: str = "", method: str = "GET", **headers: str) -> Got:
        return self.get(self.lab.sites[0].home + path, method, **headers)


@pytest.fixture(scope="session")
def clean() -> Iterator[Browser]:
    """The clean site alone, for tests that only look."""
    with Lab([CLEAN]) as lab:
        yield Browser(lab)


@pytest.fixture
def serve() -> Iterator[Callable[..., Browser]]:
    """Serves sites for one test: ``serve("fault", ...)`` is the clean site with faults, on ports of its own."""
    labs: list[Lab] = []

    def start(*faults: str, sites: tuple[LabSite, ...] = ()) -> Browser:
        alone = LabSite("alone", CLEAN.name, CLEAN.host, CLEAN.sponsor, CLEAN.serial, faults=frozenset(faults))
        lab = Lab(sites or [alone])
        lab.__enter__()
        labs.append(lab)
        return Browser(lab)

    yield start
    for lab in labs:
        lab.__exit__()
