import pytest

from xuncha.config.errors import ConfigError
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile

BASE = """\
title: {zh: 底, en: base}
framework: notice
bases:
  tool: {kind: tool-default, confidence: verified}
  guess: {kind: reference, title: 某文件, confidence: unverified}
budgets:
  pages: {value: 10, basis: tool}
  depth: {value: 2, basis: tool}
  seconds: {value: 9.5, basis: tool}
  bytes: {value: 1000000, basis: tool}
  page_bytes: {value: 100000, basis: tool}
  requests_per_second: {value: 2, basis: tool}
  concurrency: {value: 1, basis: tool}
  external_links: {value: 5, basis: tool}
"""


@pytest.fixture
def shelf(tmp_path):
    """A root with a profile ``base``; call it to add another."""
    folder = tmp_path / "profiles"
    folder.mkdir()

    def add(name, text):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    add("base", BASE)
    return add


@pytest.fixture
def load(shelf, tmp_path):
    """Load a profile that extends ``base`` and adds these lines."""

    def call(lines, extends="base"):
        shelf("mine", f"extends: {extends}\ntitle: {{zh: 我的, en: mine}}\n{lines}")
        return load_profile("mine", [tmp_path])

    return call


@pytest.fixture
def faults(load):
    """The English lines of the faults in such a profile."""

    def call(lines, **more):
        with pytest.raises(ConfigError) as caught:
            load(lines, **more)
        return caught.value.lines("en")

    return call


@pytest.fixture(scope="session")
def installed():
    """The roots that the installed packages offer."""
    return roots()
