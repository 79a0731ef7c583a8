import sys
from dataclasses import dataclass

import pytest

from xuncha import registry
from xuncha.registry import PluginRef

CHECK = """
  {name}:
    severity: low
    title: {{zh: 一, en: one}}
    rationale: {{zh: 因此, en: because}}
    remediation: [{{role: developer, zh: 改, en: mend}}]
    messages: {{found: {{zh: 有, en: found}}}}
"""
HEAD = """
import sys
from dataclasses import dataclass
from xuncha.api import *
@dataclass(frozen=True, slots=True)
class Fact:
    value: int = 1
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    names = []

    def make(name, code, *checks):
        package = tmp_path / name
        package.mkdir()
        (package / "__init__.py").write_text(HEAD + code)
        body = "".join(CHECK.format(name=check) for check in checks) or " {}"
        (package / "checks.yaml").write_text(f"plugin: {{title: {{zh: 一, en: one}}, version: '1'}}\nchecks:{body}")
        names.append(name)
        return PluginRef(name, name, "vendor", "1")

    yield make
    for name in names:
        sys.modules.pop(name, None)


def simple(check):
    return f"@check('{check}')\ndef one(site: Site):\n    yield from ()\n"


def test_what_is_decorated_is_found(made):
    loaded = registry.load_one(made("first", simple("first.a"), "first.a"))
    assert [spec.id for spec in loaded.checks] == ["first.a"]


@pytest.mark.parametrize(
    ("code", "checks", "words"),
    [
        (simple("p.a"), ("p.b",), "no texts"),
        (simple("p.a"), ("p.a", "p.b"), "no module declares"),
        ("@check('p.a')\ndef one(site):\n    yield\n", ("p.a",), "no annotation"),
        ("@check('p.a')\ndef one(site: Site | int):\n    yield\n", ("p.a",), "must be one type"),
        ("raise RuntimeError('at import')\n", ("p.a",), "at import"),
        ("def broken(:\n", ("p.a",), "SyntaxError"),
        (
            f"@probe(provides=Fact, requests=('pages',))\nasync def gives() -> Fact: ...\n{simple('p.a')}",
            ("p.a",),
            "pages",
        ),
        (
            f"@probe(provides=Fact, shares={{'p.a': (2, 'files')}})\nasync def gives() -> Fact: ...\n{simple('p.a')}",
            ("p.a",),
            "files",
        ),
    ],
)
def test_a_plugin_that_breaks_a_rule_is_refused_with_the_reason(made, code, checks, words):
    registered = registry.load([made("p", code, *checks)])
    assert words in registered.failures["p"]
    assert not registered.plugins


def test_a_plugin_whose_table_is_wrong_is_refused_with_the_place(made, tmp_path):
    code = f"class Words(Table):\n    words: OneOf\nread_table(Words, __package__, 'words.yaml')\n{simple('p.a')}"
    ref = made("p", code, "p.a")
    (tmp_path / "p" / "words.yaml").write_text("words: [a]\nword: b\n")
    failure = registry.load([ref]).failures["p"]
    assert failure == f"{tmp_path / 'p' / 'words.yaml'}:2:1: word: unknown name (did you mean words?)"


def test_texts_that_nobody_asks_for_are_not_read(made, tmp_path):
    ref = made("p", simple("p.a"), "p.a")
    (tmp_path / "p" / "checks.yaml").unlink()
    (loaded,) = registry.load([ref], texts=False).plugins
    assert loaded.meta is registry.UNREAD


def test_one_bad_plugin_does_not_keep_the_others_out(made):
    registered = registry.load([made("bad", "1/0\n"), made("good", simple("good.a"), "good.a")])
    assert [plugin.ref.name for plugin in registered.plugins] == ["good"]


def test_two_plugins_with_one_check_id_are_named_both(made):
    registered = registry.load([made("one", simple("x.a"), "x.a"), made("two", simple("x.a"), "x.a")])
    assert registered.failures == {"two": "check x.a is already provided by one"}


def test_two_providers_of_one_fact_are_named_both(made):
    probe = "@probe(provides=Fact)\nasync def gives(site: Site) -> Fact: ...\n"
    first = made("one", probe + simple("one.a"), "one.a")
    second = made("two", "from one import Fact\n" + probe + simple("two.a"), "two.a")
    registered = registry.load([first, second])
    assert registered.failures == {"two": "fact one.Fact is already provided by one"}


def test_a_fact_that_nobody_provides_is_a_load_error(made):
    code = "@check('p.a')\ndef one(fact: Fact):\n    yield\n"
    registered = registry.load([made("p", code, "p.a")])
    assert registered.failures["p"] == "p.a needs p.Fact, which no probe provides"


def test_probes_that_need_each_other_are_named(made):
    code = """
@dataclass(frozen=True, slots=True)
class Other:
    value: int = 1
@probe(provides=Fact, needs=(Other,))
async def a(other: Other) -> Fact: ...
@probe(provides=Other, needs=(Fact,))
async def b(fact: Fact) -> Other: ...
"""
    registered = registry.load([made("p", code + simple("p.a"), "p.a")])
    assert "need each other in a ring" in registered.failures["p"]


@dataclass(frozen=True, slots=True)
class Example:
    value: int = 0


def test_a_fact_is_named_by_where_it_is_defined():
    assert registry.fact_name(Example).endswith("test_registry.Example")


def test_built_in_plugins_are_found_like_any_other():
    assert {"availability", "icp", "links", "tls"} <= {ref.name for ref in registry.discover()}


def test_a_fact_that_is_recalled_must_be_provided_by_somebody(made):
    lost = "@dataclass(frozen=True, slots=True)\nclass Lost:\n    value: int = 1\n"
    code = f"{lost}@probe(provides=Fact)\nasync def gives(past: Past[Lost]) -> Fact: ...\n{simple('p.a')}"
    loaded = registry.load([made("p", code, "p.a")])
    assert "needs p.Lost, which no probe provides" in loaded.failures["p"]


def test_a_past_without_a_type_is_refused(made):
    code = f"@probe(provides=Fact)\nasync def gives(past: Past) -> Fact: ...\n{simple('p.a')}"
    loaded = registry.load([made("p", code, "p.a")])
    assert "must be Past[...]" in loaded.failures["p"]
