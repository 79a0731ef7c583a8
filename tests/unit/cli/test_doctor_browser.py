"""What the doctor says of the browser, and what the settings may say of it."""

import importlib.util
from pathlib import Path

import pytest

from xuncha.browser import machine
from xuncha.browser.machine import Tried
from xuncha.browser.program import BrowserSettings
from xuncha.config.errors import ConfigError
from xuncha.config.office import read_settings
from xuncha.documents import ocr
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason

FOUND = Tried("/usr/bin/chromium", "Chrome/156", sandboxed=True, alone=True)


@pytest.fixture
def doctor(xuncha, monkeypatch):
    """Its run on a machine with such a browser and so many Chinese fonts."""

    def run(tried, fonts=3):
        monkeypatch.setattr(machine, "try_browser", lambda _settings: tried)
        monkeypatch.setattr(machine, "chinese_fonts", lambda: fonts)
        return xuncha("doctor", "--offline")

    return run


def test_the_doctor_names_browser_sandbox_and_fonts(doctor):
    said = doctor(FOUND).out
    assert all(words in said for words in ("Chrome/156", "浏览器沙箱", "3 种"))


def test_without_a_browser_it_tells_what_to_install(doctor):
    ran = doctor(Tried("", gap=Gap(Reason.NO_BROWSER)))
    assert "apt install chromium" in ran.out.replace("\n", "").replace("  ", "")


@pytest.mark.parametrize("reason", [Reason.NO_SANDBOX, Reason.BROWSER_FAILED])
def test_a_browser_that_does_not_start_is_to_be_fixed(doctor, reason):
    ran = doctor(Tried("/usr/bin/chromium", gap=Gap(reason)))
    assert (ran.code, "需处理" in ran.out) == (1, True)


def test_the_last_words_of_one_that_does_not_start_are_shown(doctor):
    said = doctor(Tried("/usr/bin/chromium", gap=Gap(Reason.BROWSER_FAILED, detail="libnss3.so: not found"))).out
    assert ("libnss3.so" in said, "xuncha doctor" in said) == (True, False)


def test_a_browser_that_is_named_and_not_there_is_to_be_fixed(doctor):
    Path("xuncha.yaml").write_text("browser: {program: /opt/chromium}\n")
    ran = doctor(Tried("", gap=Gap(Reason.NO_BROWSER)))
    assert (ran.code, "/opt/chromium" in ran.out) == (1, True)


def test_a_sandbox_that_was_given_up_is_said_loudly(doctor):
    ran = doctor(Tried("/usr/bin/chromium", "Chrome/156", sandboxed=False, alone=True))
    assert (ran.code, "需处理" in ran.out) == (1, True)


def test_missing_fonts_are_to_be_fixed(doctor):
    assert "fonts-noto-cjk" in doctor(FOUND, fonts=0).out


def test_where_nobody_can_tell_of_fonts_none_are_missed(doctor):
    row = doctor(FOUND, fonts=None).out.partition("中文字体")[2].partition("Pillow")[0]
    assert ("无法判断" in row, "需处理" in row) == (True, False)


def test_the_settings_name_the_browser(tmp_path):
    file = tmp_path / "xuncha.yaml"
    file.write_text("browser: {program: /opt/chromium, at_once: 2, unsandboxed: true}\n")
    assert read_settings(file).browser == BrowserSettings("/opt/chromium", 2, unsandboxed=True)


@pytest.mark.parametrize(("there", "said"), [(True, "已安装"), (False, "xuncha[browser]")])
def test_it_tells_whether_pictures_can_be_worked_on(doctor, monkeypatch, there, said):
    known = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: (there or None) if name == "PIL" else known(name))
    row = doctor(FOUND).out.partition("Pillow")[2]
    assert said in row


@pytest.mark.parametrize("word", ["none", "off", "false", "OFF"])
def test_one_word_switches_the_browser_off(tmp_path, word):
    file = tmp_path / "xuncha.yaml"
    file.write_text(f"browser: {word}\n")
    assert read_settings(file).browser.off


def test_another_word_is_refused_with_what_to_write(tmp_path):
    file = tmp_path / "xuncha.yaml"
    file.write_text("browser: firefox\n")
    with pytest.raises(ConfigError, match="none"):
        read_settings(file)


def test_doctor_says_that_it_is_switched_off(doctor):
    row = doctor(Tried("", gap=Gap(Reason.BROWSER_OFF)))
    assert ("关闭了浏览器" in row.out, row.code) == (True, 0)


@pytest.mark.parametrize("program", ["LibreOffice", "7z", "restic", "borg"])
def test_the_doctor_names_the_programs_that_some_evidence_needs(doctor, monkeypatch, program):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    said = doctor(FOUND).out
    assert program in said
    assert "没有时转人工" in said.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(("package", "said"), [("json", "不联网"), ("rapidocr_that_nobody_has", "xuncha[ocr]")])
def test_the_doctor_says_whether_scans_are_read(doctor, monkeypatch, package, said):
    monkeypatch.setattr(ocr, "PACKAGES", (package,))
    assert said in doctor(FOUND).out.replace("\n", "").replace(" ", "")
