"""The parent's view of plugins: made by a child, cached by the plugins' files, with what failed named in it."""

import os
from dataclasses import replace

import pytest

from xuncha import catalogue as catalogues
from xuncha.catalogue import Catalogue, PluginEntry, catalogue, with_failures
from xuncha.registry import PluginRef

CHECK = """
  {name}:
    severity: low
    title: {{zh: 一, en: one}}
    rationale: {{zh: 因此, en: because}}
    remediation: [{{role: developer, zh: 改, en: mend}}]
"""
CODE = """
import sys
from xuncha.api import *
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
@check('{name}.one')
def one(site: Site):
    yield from ()
"""
ODD = {
    "prints": "import sys\nprint('{{\"version\": 1}}', flush=True)\nsys.stderr.write('!')\n",
    "dies": "import os\nos._exit(3)\n",
    "raises": "1/0\n",
    "good": "",
}
FORKS = "import os, time\nif not os.fork(): time.sleep(600)\n"


class Plugins:
    """Plugin packages in a folder that this process and its children import from."""

    def __init__(self, folder):
        self.folder = folder

    def make(self, name, code="", *, texts=True):
        package = self.folder / name
        package.mkdir()
        (package / "__init__.py").write_text(code + CODE.format(name=name))
        if texts:
            body = CHECK.format(name=f"{name}.one")
            (package / "checks.yaml").write_text(f"plugin: {{title: {{zh: 一, en: one}}, version: '1'}}\nchecks:{body}")
        return PluginRef(name, name, "vendor", "1")


@pytest.fixture(scope="module")
def plugins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugins")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        yield Plugins(folder)


@pytest.fixture(scope="module")
def mixed(plugins):
    """The catalogue of good and bad plugins together."""
    return catalogue(refs=[plugins.make(name, code) for name, code in ODD.items()])


def test_a_plugin_that_prints_at_import_is_loaded(mixed):
    assert "prints" in {ref.name for ref in mixed.loaded()}


def test_whatever_bad_plugins_do_the_good_ones_are_loaded(mixed):
    assert [ref.name for ref in mixed.loaded()] == ["prints", "good"]


@pytest.mark.parametrize(("name", "words"), [("dies", "ended with code 3"), ("raises", "ZeroDivision")])
def test_each_bad_plugin_is_named_with_what_it_did(mixed, name, words):
    assert words in next(entry.failure for entry in mixed.failed() if entry.ref.name == name)


def test_plugins_stay_in_the_order_in_which_they_were_found(mixed):
    assert [entry.ref.name for entry in mixed.plugins] == list(ODD)


def test_the_checks_of_bad_plugins_are_known_from_their_texts(mixed):
    assert {entry.id for entry in mixed.checks} == {f"{name}.one" for name in ODD}


def test_a_process_that_a_plugin_leaves_behind_does_not_hold_us_up(plugins):
    known = catalogue(refs=[plugins.make("forks", FORKS)], deadline=4)
    assert [entry.id for entry in known.checks] == ["forks.one"]


@pytest.fixture
def made_once(monkeypatch):
    """Stands for the child; counts how often it is started."""
    calls = []

    def load(refs, _deadline):
        calls.append([ref.name for ref in refs])
        return Catalogue(plugins=tuple(PluginEntry(ref) for ref in refs))

    monkeypatch.setattr(catalogues, "_load_in_child", load)
    return calls


@pytest.fixture
def ref(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    return Plugins(tmp_path).make("cached")


def test_a_second_look_needs_no_child(made_once, ref, tmp_path):
    first = catalogue(tmp_path / "cache", [ref])
    assert catalogue(tmp_path / "cache", [ref]) == first
    assert len(made_once) == 1


@pytest.mark.parametrize("name", ["__init__.py", "checks.yaml", "added.py"])
def test_a_changed_or_added_file_of_a_plugin_needs_a_new_look(made_once, ref, tmp_path, name):
    catalogue(tmp_path / "cache", [ref])
    path = ref.folder() / name
    path.write_text((path.read_text() if path.exists() else "") + "# changed\n")
    catalogue(tmp_path / "cache", [ref])
    assert len(made_once) == 2


def test_another_version_needs_a_new_look(made_once, ref, tmp_path):
    catalogue(tmp_path / "cache", [ref])
    catalogue(tmp_path / "cache", [replace(ref, version="2")])
    assert len(made_once) == 2


def test_a_damaged_cache_is_made_anew(made_once, ref, tmp_path):
    first = catalogue(tmp_path / "cache", [ref])
    next((tmp_path / "cache").iterdir()).write_bytes(b'{"version"')
    assert catalogue(tmp_path / "cache", [ref]) == first
    assert len(made_once) == 2


def test_where_the_cache_cannot_be_written_the_catalogue_is_made_anew(made_once, ref, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    assert catalogue(tmp_path / "cache", [ref]) == catalogue(tmp_path / "cache", [ref])
    assert len(made_once) == 2


def test_failures_are_not_cached(ref, tmp_path, monkeypatch):
    bad = Catalogue(plugins=(PluginEntry(ref, None, "no"),))
    monkeypatch.setattr(catalogues, "_load_in_child", lambda _refs, _deadline: bad)
    assert catalogue(tmp_path / "cache", [ref]) == bad
    assert not (tmp_path / "cache").exists()


def test_a_plugin_left_out_is_there_with_its_texts_and_its_failure(ref):
    known = with_failures(Catalogue(), [ref], {ref.name: "it hangs"})
    (entry,) = known.failed()
    assert (entry.failure, entry.meta.title.en, known.checks[0].id) == ("it hangs", "one", f"{ref.name}.one")


@pytest.mark.parametrize("texts", ["", "checks: [", "plugin: 7\n"])
def test_a_plugin_without_sound_texts_is_named_all_the_same(ref, texts):
    (ref.folder() / "checks.yaml").write_text(texts)
    known = with_failures(Catalogue(), [ref], {ref.name: "it hangs"})
    assert [entry.failure for entry in known.failed()] == ["it hangs"]
    assert known.checks == ()


def test_a_plugin_that_is_not_there_any_more_is_named(tmp_path):
    gone = PluginRef("gone", "no_such_module_here", "vendor", "1")
    assert with_failures(Catalogue(), [gone], {"gone": "ModuleNotFoundError"}).failed()[0].meta is None
