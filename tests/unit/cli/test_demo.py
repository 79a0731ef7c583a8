"""What the demo approves beforehand, and how it tells what it could not see."""

import os
from types import SimpleNamespace

import pytest

from xuncha.cli.demo import before, command
from xuncha.cli.demo.before import Approved, approve_before, own_seal
from xuncha.lab.comparison import Comparison
from xuncha.lab.faults import fault
from xuncha.plan import Surroundings


@pytest.fixture
def machine(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("XUNCHA_SEAL_KEY", "k" * 64)


def test_the_demo_seals_with_a_key_of_its_own(machine, tmp_path):
    with own_seal(tmp_path):
        assert (os.environ["XDG_CONFIG_HOME"], "XUNCHA_SEAL_KEY" in os.environ) == (str(tmp_path / "machine"), False)
    assert (os.environ["XDG_CONFIG_HOME"], os.environ["XUNCHA_SEAL_KEY"]) == (str(tmp_path / "own"), "k" * 64)


@pytest.mark.parametrize(("program", "pillow"), [("", True), ("/usr/bin/chromium", False)])
def test_where_no_picture_can_be_taken_nothing_is_approved(monkeypatch, tmp_path, program, pillow):
    monkeypatch.setattr(before, "find_program", lambda _: program)
    monkeypatch.setattr(before, "pillow_is_there", lambda: pillow)
    request = SimpleNamespace(surroundings=Surroundings())
    assert approve_before(SimpleNamespace(), request, SimpleNamespace(), tmp_path) == Approved()


def test_what_could_not_be_seen_is_named_and_not_counted(capsys):
    unseen = (("housing", fault("banner-exchanged")), ("street", fault("overlay-drawn")))
    command._tell(Comparison(7, (), (), unseen))
    told = capsys.readouterr().err
    assert "以下 2 项问题" in told
    assert "housing：首页大图在原地址被换成其他图片" in told
    assert "设置问题 7 项，发现 7 项" in told


def test_how_many_pictures_were_approved_is_told(capsys):
    command._tell_approved(Approved(frozenset({"a", "b"}), "w"))
    command._tell_approved(Approved())
    assert capsys.readouterr().err.startswith("2 个网站的首页")
