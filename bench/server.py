"""nginx as an ordinary user, from a temporary folder, on loopback, on a core of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import Manual, write_site

_PATIENCE = 10.0


def find_nginx() -> str | None:
    """The program; Debian keeps it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def served(found: list[Manual], pages: int) -> AbstractContextManager[tuple[str, int]]:
    """The URL and the number of pages of a site that has at least ``pages``."""
    return serving(found, lambda folder: write_site(folder, found, pages))


@contextmanager
def serving(found: list[Manual], write: Callable[[Path], int]) -> Iterator[tuple[str, int]]:
    """The site's URL and how many pages it has, as ``write`` tells that makes its own pages."""
    program = find_nginx()
    assert program
    with TemporaryDirectory(prefix="xuncha-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "site").mkdir()
        count = write(folder / "site")
        port = _free_port()
        (folder / "nginx.conf").write_text(_config(folder, found, port))
        with _running(program, folder, port):
            yield f"http://127.0.0.1:{port}/", count


@contextmanager
def _running(program: str, folder: Path, port: int) -> Iterator[None]:
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    # Started by root it would keep root's rights.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        shutil.chown(folder, "nobody")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, user="nobody" if root else None)
    try:
        _pin(process.pid, SERVER_CORE)
        _await(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


SERVER_CORE = _cores()[-1]
SCAN_CORE = _cores()[0]
"""So that neither takes the other's caches."""


def _pin(process: int, core: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {core})


def pin_scan(process: int) -> None:
    """Keep a process, and those it will start, on the core of the scan."""
    _pin(process, SCAN_CORE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("nginx did not start; what it says stands above")


def _config(folder: Path, found: list[Manual], port: int) -> str:
    manuals = "\n".join(f"    location /{one.name}/ {{ alias {one.folder}/; }}" for one in found)
    return f"""\
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  open_file_cache max=20000;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/site;
    rewrite ^/[a-z]/(.*)$ /$1 last;
{manuals}
  }}
}}
"""
