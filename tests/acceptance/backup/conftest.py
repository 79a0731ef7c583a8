"""Backups made by the programs that offices use, and database servers to dump from."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from xuncha.api import Backup, BackupCopy, Declaration
from xuncha.model.clock import day_of, system_clock
from xuncha.net.programs import run_program
from xuncha.testing import FakeFiles, earlier, evidence
from xuncha_plugins.backup.copies import CopiesParams, copies_seen

TITLES = [f"关于开展第{number}次社会救助走访的通知" for number in range(40)]


@pytest.fixture(scope="package", autouse=True)
def local_time():
    """The clocks of the programs that make copies show the time of Shanghai, as offices' do."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


class Programs:
    """The part of ``Net`` that runs programs, really."""

    async def run(self, program, *, deadline, stdin=b"", max_output=16_000_000):
        return await run_program(program, deadline=deadline, stdin=stdin, max_output=max_output)


@pytest.fixture(scope="session")
def programs():
    return Programs()


@pytest.fixture(scope="session")
def titles():
    return TITLES


@pytest.fixture(scope="session")
def shell():
    """Runs a command line of words; its standard output."""

    def run(*words, cwd=None, env=None):
        words = [str(word) for word in words]
        if shutil.which(words[0]) is None:
            pytest.skip(f"{words[0]} is not installed")
        around = os.environ | (env or {})
        return subprocess.run(words, check=True, capture_output=True, timeout=60, cwd=cwd, env=around).stdout

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A website as files: pages, a picture that does not compress, names in Chinese and long ones."""
    folder = tmp_path_factory.mktemp("srv") / "www"
    for number, title in enumerate(TITLES):
        page = folder / "tzgg" / "2026" / f"{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<title>{title}_区民政局</title>{title * 50}")
    (folder / "index.html").write_text("<title>区民政局</title>" + "首页" * 400)
    (folder / "附件").mkdir()
    (folder / "附件" / f"{'很长的名称' * 15}.jpg").write_bytes(os.urandom(300_000))
    (folder / "latest.html").symlink_to("tzgg/2026/39.html")
    return folder


@pytest.fixture
def look(programs):
    """The evidence of these files as copies, and what the probe sees of them."""

    def seen(*paths, password=""):
        files = {path.name: path for path in paths} | ({"pw": password} if password else {})
        copies = tuple(BackupCopy(path.name, password_file="pw" if password else "") for path in paths)
        fact = evidence(Declaration(backup=Backup(copies=copies)), files, looked=day_of(system_clock()))
        probe = copies_seen(fact, FakeFiles(files), programs, CopiesParams(), earlier())
        return fact, asyncio.run(probe)

    return seen


@pytest.fixture
def one(look):
    """What is seen of the only copy."""
    return lambda path, **more: look(path, **more)[1].copies[0]


# Repositories


@pytest.fixture(scope="session")
def restic(shell, site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("restic")
    password = {"RESTIC_PASSWORD": "secret"}
    shell("restic", "-q", "-r", folder / "repo", "init", env=password)
    for _ in range(2):
        shell("restic", "-q", "-r", folder / "repo", "backup", "www", cwd=site.parent, env=password)
    return folder / "repo"


@pytest.fixture(scope="session")
def borg(shell, site, tmp_path_factory):
    """A repository by its encryption."""
    folder = tmp_path_factory.mktemp("borg")
    own = {"BORG_BASE_DIR": str(folder / "base"), "BORG_PASSPHRASE": "secret"}

    def make(encryption):
        if not (folder / encryption).exists():
            shell("borg", "init", "-e", encryption, folder / encryption, env=own)
            shell("borg", "create", f"{folder / encryption}::web-2026-11-01", "www", cwd=site.parent, env=own)
        return folder / encryption

    return make


# Database servers


def found(name):
    """A program of the system, also where no PATH leads."""
    places = [Path(folder) for folder in (*os.environ["PATH"].split(":"), "/usr/sbin", "/sbin")]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = next((place / name for place in places if (place / name).is_file()), None)
    return path or pytest.skip(f"{name} is not installed")


class Account:
    """Who runs a server: both refuse to be run by root."""

    def __init__(self):
        self.name = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="xuncha-", dir="/tmp"))  # sockets want short names
        if self.name:
            os.chown(self.folder, pwd.getpwnam(self.name).pw_uid, -1)

    def run(self, *words, **more):
        words = [str(word) for word in words]
        return subprocess.run(
            words, user=self.name, check=True, timeout=60, capture_output=True, cwd=self.folder, **more
        )

    def start(self, *words):
        words = [str(word) for word in words]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(words, user=self.name, stdout=quiet, stderr=quiet, cwd=self.folder)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server with a table of articles and a large object; runs its programs."""
    account, data = Account(), "data"
    with ExitStack() as held:
        held.callback(shutil.rmtree, account.folder, ignore_errors=True)
        account.run(found("initdb"), "-D", data, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "-U", "u")
        options = f"-c fsync=off -c listen_addresses= -k {account.folder}"
        account.run(found("pg_ctl"), "-D", data, "-o", options, "-l", account.folder / "log", "-w", "start")
        held.callback(account.run, found("pg_ctl"), "-D", data, "-m", "immediate", "stop")

        def run(name, *words, **more):
            return account.run(found(name), "-h", account.folder, "-U", "u", *words, **more).stdout

        rows = ",".join(f"({number},'{title}',repeat('正文',500))" for number, title in enumerate(TITLES))
        run("psql", "-q", "-d", "postgres", "-c", "CREATE DATABASE portal ENCODING 'UTF8' TEMPLATE template0")
        tables = "CREATE TABLE article(id int, title text, body text); CREATE TABLE empty(id int);"
        statements = f"{tables} INSERT INTO article VALUES {rows}; SELECT lo_from_bytea(0, repeat('x', 9000)::bytea);"
        run("psql", "-q", "-d", "portal", "-c", statements)
        yield run


@pytest.fixture(scope="session")
def mariadb():
    """A MariaDB server with a table of articles; runs its programs."""
    account = Account()
    socket, data = account.folder / "s", account.folder / "data"
    with ExitStack() as held:
        held.callback(shutil.rmtree, account.folder, ignore_errors=True)
        found("mariadb-install-db")
        new = ["--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"]
        account.run("mariadb-install-db", *new)
        options = ["--no-defaults", f"--datadir={data}", f"--socket={socket}", "--skip-networking", "--pid-file=pid"]
        server = account.start(found("mariadbd"), *options, "--innodb-flush-log-at-trx-commit=0")
        held.callback(server.wait, 20)
        held.callback(server.terminate)
        while not socket.exists():
            assert server.poll() is None
            server_is_slow()

        def run(name, *words, **more):
            return account.run(found(name), "--no-defaults", f"--socket={socket}", "-uroot", *words, **more).stdout

        rows = ",".join(f"({number},'{title}',repeat('正文',500))" for number, title in enumerate(TITLES))
        table = "CREATE TABLE article(id int, title varchar(200), body text) CHARSET utf8mb4"
        create = "CREATE DATABASE portal CHARSET utf8mb4; USE portal"
        run("mariadb", "--default-character-set=utf8mb4", "-e", f"{create}; {table}; INSERT INTO article VALUES {rows}")
        yield run


def server_is_slow():
    """Wait for what the system does on its own time."""
    subprocess.run(["sleep", "0.05"], check=True)
