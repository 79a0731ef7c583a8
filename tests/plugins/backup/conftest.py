"""Backups made in the test, and what the plugin makes of them."""

import asyncio
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from datetime import UTC, date, datetime

import pytest
import zstandard

from xuncha.api import Backup, BackupCopy, BackupPolicy, Declaration
from xuncha.testing import FakeFiles, FakeNet, earlier, evidence
from xuncha_plugins.backup.copies import CopiesParams, copies_seen

LOOKED = date(2026, 11, 2)
PACKED = {
    "gz": lambda body: gzip.compress(body, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
MYSQL = """\
-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
-- Host: localhost    Database: portal
CREATE TABLE `article` (`id` int, `title` varchar(200));
INSERT INTO `article` VALUES (1,'关于做好防汛工作的通知'),(2,'区政府召开常务会议');
-- Dump completed on 2026-10-31  3:00:12
"""
PG = """\
--
-- PostgreSQL database dump
--
COPY public.article (id, title) FROM stdin;
1\t关于做好防汛工作的通知
\\.
--
-- PostgreSQL database dump complete
--
"""


@pytest.fixture(scope="session")
def packed():
    """By extension: what compresses."""
    return PACKED


@pytest.fixture(scope="session")
def mysql():
    return MYSQL


@pytest.fixture(scope="session")
def pg():
    return PG


@pytest.fixture(scope="session")
def tar():
    """A tar archive of files by name; ``links`` by name are where they lead."""

    def make(files, links=(), day=LOOKED):
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w") as archive:
            for name, body in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(body)
                info.mtime = int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp())
                archive.addfile(info, io.BytesIO(body))
            for name, to in dict(links).items():
                info = tarfile.TarInfo(name)
                info.type, info.linkname = tarfile.SYMTYPE, to
                archive.addfile(info)
        return made.getvalue()

    return make


@pytest.fixture(scope="session")
def zipped():
    def make(files, day=LOOKED):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in files.items():
                archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 4, 0, 0)), body)
        return made.getvalue()

    return make


@pytest.fixture(scope="session")
def handed():
    """Evidence of copies at these paths over these files."""

    def make(files, *copies, due=None, filled=None, cycle=None, policy=(), **more):
        listed = tuple(copies) or tuple(BackupCopy(path) for path in files)
        policy = BackupPolicy(files=policy, cycle_days=cycle)
        said = Declaration(filled=filled, backup=Backup(policy, copies=listed, **more))
        return evidence(said, files, due=due, looked=LOOKED)

    return make


@pytest.fixture(scope="session")
def read(handed):
    """The evidence of these files as copies, and what the probe has seen of them."""

    def look(files, *copies, programs=None, past=(), params=None, **more):
        fact, net = handed(files, *copies, **more), FakeNet(programs=programs)
        probe = copies_seen(fact, FakeFiles(files), net, params or CopiesParams(), earlier(*past))
        return fact, asyncio.run(probe)

    return look


@pytest.fixture(scope="session")
def one(read):
    """What is seen of the only copy."""

    def look(body, name="web.tar", **more):
        (copy,) = read({name: body}, **more)[1].copies
        return copy

    return look
