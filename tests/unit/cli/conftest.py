"""The command line inside this process, in a folder of its own; nothing reaches the network."""

import shutil
from dataclasses import dataclass

import pytest

from xuncha import catalogue as catalogues
from xuncha.cli.app import cli
from xuncha.cli.sources import Sources
from xuncha.registry import discover
from xuncha.workspace import create

OFFLINE = "编号,网站名称,网址,网站状态\noffice,示例区办公室,http://a.gov.example/,临时关停\n"
"""An inventory whose one site is announced to be offline: everything about it is settled without a request."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def call(*words):
    return cli.main([str(word) for word in words], prog_name="xuncha", standalone_mode=False)


@pytest.fixture(scope="session")
def known():
    return catalogues.catalogue(refs=[ref for ref in discover() if ref.name in {"availability", "links", "tls"}])


@pytest.fixture
def xuncha(tmp_path, monkeypatch, capsys, known):
    """Run a command line in an empty folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(Sources, "catalogue", lambda _self: known)

    def run(*words):
        capsys.readouterr()
        code = call(*words)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A workspace with one site that is offline."""
    folder = tmp_path_factory.mktemp("made")
    create(folder, office="区电政办", telephone="0532-8591")
    (folder / "sites.csv").write_text(OFFLINE, encoding="utf-8-sig")
    return folder


@pytest.fixture(scope="session")
def inspected(made, tmp_path_factory, known):
    """The same with a finished run in it."""
    folder = tmp_path_factory.mktemp("inspected") / "区"
    shutil.copytree(made, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sources, "catalogue", lambda _self: known)
        patch.chdir(folder)
        assert call("scan") == 0
    return folder


@pytest.fixture
def workspace(xuncha, made, tmp_path, monkeypatch):
    """A workspace of the test's own, around the current folder."""
    return entered(made, tmp_path, monkeypatch)


@pytest.fixture
def scanned(xuncha, inspected, tmp_path, monkeypatch):
    """A finished run in a workspace of the test's own: its bundle's folder."""
    return next((entered(inspected, tmp_path, monkeypatch) / "runs").iterdir())


def entered(folder, tmp_path, monkeypatch):
    shutil.copytree(folder, tmp_path / "here" / "区")
    monkeypatch.chdir(tmp_path / "here" / "区")
    return tmp_path / "here" / "区"
