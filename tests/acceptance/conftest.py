"""The program as a whole against real servers and programs. In ``make acceptance`` a left-out test is a failure."""

import asyncio
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

import pytest

from xuncha import catalogue as catalogues
from xuncha import runs
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.lab.background import LoopThread
from xuncha.lab.dns import NameServer
from xuncha.model.site import Site, SiteKind
from xuncha.plan import Surroundings
from xuncha.store.result import build_result

IMPOSSIBLE = "impossible here: "
"""How a reason begins that is no failure in acceptance (tests/conftest.py)."""

BRISK = """\
extends: notice
title: {zh: 快速验收, en: Brisk}
budgets:
  pages: {value: 300, basis: tool}
  seconds: {value: 120, basis: tool}
  requests_per_second: {value: 100, basis: tool}
  concurrency: {value: 8, basis: tool}
  external_links: {value: 0, basis: tool}
  renders: {value: 0, basis: tool}
  pictures: {value: 0, basis: tool}
probes:
  availability.home_visits:
    pause: {value: 0, basis: tool}
  availability.second_visits:
    pause: {value: 0, basis: tool}
  links.link_answers:
    external_links: {value: 0, basis: tool}
    pause: {value: 0, basis: tool}
  tls.tls_scan:
    depth: {value: quick}
"""
"""The notice at full speed; nobody beyond this machine is asked."""


# What this machine gives


@pytest.fixture(scope="session")
def program():
    """The path of a program that is needed."""

    def find(name):
        for folder in (*os.environ["PATH"].split(":"), "/usr/sbin", "/sbin"):
            if (Path(folder) / name).is_file():
                return str(Path(folder) / name)
        return pytest.skip(f"{name} is not installed")

    return find


def helper(path):
    """A module of helpers, which tests cannot import by name."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def killing():
    return helper(Path(__file__).parents[1] / "integration" / "killing.py")


@pytest.fixture(scope="session")
def private_address(program):
    """An address of this machine within the private ranges; where it has none, loopback lends one to the tests."""
    found = [address for address in _own_addresses() if _is_private(address)]
    if found:
        yield found[0]
        return
    lent = "10.213.77.1"
    ip = program("ip")
    given = subprocess.run([ip, "address", "add", f"{lent}/32", "dev", "lo"], capture_output=True, check=False)
    if given.returncode:
        pytest.skip(f"{IMPOSSIBLE}no private address, and none may be added")
    yield lent
    subprocess.run([ip, "address", "del", f"{lent}/32", "dev", "lo"], check=True)


def _own_addresses():
    for family, towards in ((socket.AF_INET, "10.255.255.254"), (socket.AF_INET6, "fd00::ffff")):
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as probe, suppress(OSError):
            probe.connect((towards, 9))
            yield probe.getsockname()[0]


def _is_private(address):
    parsed = ip_address(address)
    return parsed.is_private and not (parsed.is_loopback or parsed.is_link_local or address.startswith("192.0.2."))


# Servers


@pytest.fixture(scope="module")
def background():
    thread = LoopThread("acceptance")
    yield thread
    thread.stop()


@pytest.fixture(scope="module")
def names(background):
    """A name server; ``names.table`` maps names to addresses or to a function that gives them."""
    asked, table = [], {}

    def look_up(name, kind):
        asked.append(name)
        found = table.get(name)
        found = found() if callable(found) else found
        return None if found is None else tuple(one for one in found if kind == ("AAAA" if ":" in one else "A"))

    server = NameServer(look_up)
    background.run(server.open("127.0.0.1"))
    host, port = server.address
    yield SimpleNamespace(table=table, asked=asked, address=f"{host}:{port}")
    background.run(server.close())


class Web:
    """A web server on one address that gives the same answer for every name, and writes down who asked for what.

    ``pages`` maps paths to HTML, or to where they redirect when that holds ``://``; all others are 404.
    """

    def __init__(self, pages):
        self.pages = pages
        self.connections = 0
        self.asked = []

    async def open(self, address):
        self._server = await asyncio.start_server(self._serve, address, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self):
        self._server.close()

    async def _serve(self, reader, writer):
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                host = head.lower().partition("\r\nhost: ")[2].partition("\r\n")[0]
                path = head.split(" ")[1]
                self.asked.append((host.rpartition(":")[0] or host, path))
                writer.write(self._answer(path))
                await writer.drain()
        writer.close()

    def _answer(self, path):
        said = self.pages.get(path.partition("?")[0])
        status, head, body = "404 Not Found", "", "<h1>没有这个页面</h1>"
        if said and "://" in said and "<" not in said:
            status, head, body = "302 Found", f"Location: {said}\r\n", ""
        elif said is not None:
            status, body = "200 OK", f"<!DOCTYPE html><title>示例</title>{said}"
        data = body.encode()
        head = f"HTTP/1.1 {status}\r\n{head}Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(data)}"
        return f"{head}\r\n\r\n".encode() + data


@pytest.fixture(scope="module")
def web(background):
    """Starts such a server."""
    with ExitStack() as held:

        def serve(pages, address="127.0.0.1"):
            server = Web(pages)
            background.run(server.open(address))
            held.callback(lambda: background.run(server.close()))
            return server

        yield serve


@pytest.fixture(scope="module")
def nginx(program, tmp_path_factory):
    """Starts nginx with these server blocks; it ends with the module. Gives its access log."""
    with ExitStack() as held:

        def start(servers):
            folder = tmp_path_factory.mktemp("nginx")
            (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, servers=servers))
            command = [program("nginx"), "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
            subprocess.run([*command, "-t", "-q"], check=True)
            process = held.enter_context(subprocess.Popen(command))
            held.callback(process.terminate)
            while not (folder / "nginx.pid").read_bytes():  # -t leaves it empty; once it is written, nginx listens
                assert process.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.01)
            return folder / "access.log"

        yield start


_NGINX = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types;
  charset utf-8;
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{servers}
}}
"""


# Runs through the API, with loopback opened


def department(site_id, *urls, **more):
    return Site(site_id, more.pop("name", "示例局"), urls, kind=SiteKind.DEPARTMENT, **more)


@pytest.fixture(scope="session", name="department")
def _department():
    return department


@pytest.fixture(scope="session")
def brisk(tmp_path_factory):
    """The profile; with as many external links as are wanted."""
    path = tmp_path_factory.mktemp("profiles") / "brisk.yaml"

    def load(external_links):
        path.write_text(BRISK.replace("external_links: {value: 0", f"external_links: {{value: {external_links}"))
        return load_profile(str(path), roots())

    return load


@pytest.fixture(scope="session")
def cached(tmp_path_factory):
    """A folder that keeps the catalogue of what is installed, as a workspace does after its first command."""
    folder = tmp_path_factory.mktemp("cached")
    catalogues.catalogue(folder)
    return folder


@pytest.fixture
def used(tmp_path, cached):
    """A folder in which a command was given before."""
    shutil.copytree(cached, tmp_path / ".cache")
    return tmp_path


@pytest.fixture(scope="session")
def known(cached):
    """The catalogue of what is installed."""
    return catalogues.catalogue(cached)


@pytest.fixture
def inspect(tmp_path, brisk, known):
    """A run through the API to its end."""
    return inspecting(tmp_path, brisk, known)


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory, brisk, known):
    """The same, for a run that many tests look at."""
    return inspecting(tmp_path_factory.mktemp("scanned"), brisk, known)


def inspecting(folder, brisk, known):
    def run(*sites, budgets=None, external_links=0, jobs=2, name="runs", watch=lambda _progress: None, **around):
        profile = brisk(external_links)
        profile = replace(profile, budgets=replace(profile.budgets, **(budgets or {})))
        opened = around.pop("open_addresses", ("127.0.0.0/8",))
        surroundings = Surroundings(office="示例区", telephone="0532-1", open_addresses=opened, **around)
        request = runs.Request(profile, load_framework("notice", roots()), sites, surroundings)
        bundle, plan = runs.start(folder / name, request, known)
        ending = runs.carry_out(bundle, plan, jobs, runs.SITES_AT_ONCE, watch)
        assert (ending.state, ending.trouble) == ("finished", None)
        assert bundle.verify() == []
        return Told(bundle, ending)

    return run


class Told:
    """A finished run, and short ways to ask what it says."""

    def __init__(self, bundle, ending):
        self.bundle = bundle
        self.ending = ending
        self.result = build_result(bundle)

    def outcome(self, site, check):
        view = next(one for one in self.result.sites if one.id == site)
        return next(one for one in view.outcomes if one.check == check)

    def status(self, site, check):
        return str(self.outcome(site, check).status)

    def reason(self, site, check):
        found = self.outcome(site, check).reason
        return str(found.code) if found else ""

    def keys(self, site, check):
        return [found.message.key for found in self.outcome(site, check).findings]

    def facts(self, name):
        numbers = self.bundle.site_numbers()
        return [value for number in numbers for kind, value in self.bundle.read_facts(number) if kind == name]

    def of_site(self, site):
        """What is said of a site, without what differs from run to run."""
        view = next(one for one in self.result.sites if one.id == site)
        return [
            (
                one.check,
                str(one.status),
                one.reason and str(one.reason.code),
                [each.fingerprint for each in one.findings],
            )
            for one in view.outcomes
        ]


# The command line


@pytest.fixture(scope="session")
def xuncha():
    """Runs the command line as a user does, in a folder, with a state of its own; ``start`` may be ``Popen``."""
    plain = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}

    def run(cwd, *arguments, start=subprocess.run, before=(), **more):
        environment = plain | {"XDG_STATE_HOME": str(cwd / "state"), "LANG": "C.UTF-8", "PYTHONWARNINGS": "error"}
        command = [*before, sys.executable, "-c", "from xuncha.cli import main; main()", *arguments]
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | more
        if start is subprocess.run:
            more = {"timeout": 120, "check": False} | more
        return start(command, cwd=cwd, env=environment, **more)

    return run


@pytest.fixture(scope="module")
def workspace(xuncha, cached, tmp_path_factory):
    """Makes a workspace as a user does, with sites on a private network of this machine."""

    def make(nameserver, address, sites, pace=100):
        folder = tmp_path_factory.mktemp("workspace")
        answers = ("--office", "示例区", "--telephone", "0532-1", "--authorisation", "", "--address", "")
        assert xuncha(folder, "init", ".", *answers).returncode == 0
        shutil.copytree(cached, folder / ".cache", dirs_exist_ok=True)
        with (folder / "xuncha.yaml").open("a") as settings:
            settings.write(f"nameservers: ['{nameserver}']\nprofile: brisk\n")
        (folder / "profiles").mkdir()
        brisk = BRISK.replace("requests_per_second: {value: 100", f"requests_per_second: {{value: {pace}")
        (folder / "profiles" / "brisk.yaml").write_text(brisk)
        rows = "".join(f"{name},{url},部门网站,{address}\r\n" for name, url in sites.items())
        (folder / "sites.csv").write_text(f"网站名称,网址,网站类型,所在网络\r\n{rows}", encoding="utf-8-sig")
        return folder

    return make


@pytest.fixture
def libreoffice(program, tmp_path):
    """Convert a file with LibreOffice."""
    soffice = program("soffice")

    def convert(path, into):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        order = [soffice, profile, "--headless", "--convert-to", into, "--outdir", tmp_path / "out", path]
        subprocess.run(order, check=True, capture_output=True, timeout=180)
        return tmp_path / "out" / f"{path.stem}.{into.partition(':')[0]}"

    return convert
