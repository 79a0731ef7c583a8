from pathlib import Path

import pytest

from xuncha.config.errors import InvalidError, UnknownNameError
from xuncha.config.library import find, names
from xuncha.config.profiles import load_profile
from xuncha.model.basis import BasisKind
from xuncha.model.outcome import Severity
from xuncha.model.site import Mode


def test_a_profile_takes_over_what_it_does_not_say(load):
    profile = load("budgets:\n  pages: {value: 3, basis: tool}")
    assert (profile.budgets.pages, profile.budgets.seconds, profile.framework) == (3, 9.5, "notice")


def test_a_profile_names_those_it_extends(load):
    assert load("").lineage == ("mine", "base")


def test_parameters_are_laid_over_name_by_name(shelf, load):
    shelf("middle", "extends: base\ntitle: {zh: 中, en: mid}\nparams:\n  a.b: {x: p, y: q}")
    params = load("params:\n  a.b: {y: r}", extends="middle").params["a.b"]
    assert {name: setting.value for name, setting in params.items()} == {"x": "p", "y": "r"}


def test_lists_given_again_replace_the_parents(shelf, load):
    shelf("middle", "extends: base\ntitle: {zh: 中, en: mid}\ninclude: [a.*]\nexclude: [a.x]")
    profile = load("include: [b.*]", extends="middle")
    assert profile.selects("b.y")
    assert not profile.selects("a.y")


def test_everything_is_included_where_nothing_is_said(load):
    assert load("").selects("any.check")


def test_what_is_excluded_is_not_selected(load):
    profile = load("include: [a.*, b.c]\nexclude: ['*.x']")
    assert [profile.selects(check) for check in ("a.y", "a.x", "b.c", "b.d")] == [True, False, True, False]


def test_a_setting_keeps_the_basis_of_its_own_file(shelf, load):
    shelf("middle", "extends: base\ntitle: {zh: 中, en: mid}\nparams:\n  a.b:\n    n: {value: 1, basis: guess}")
    profile = load("bases:\n  guess: {kind: tool-default, confidence: verified}", extends="middle")
    assert profile.params["a.b"]["n"].basis.kind is BasisKind.REFERENCE


def test_a_setting_remembers_where_it_was_written(load):
    setting = load("params:\n  a.b:\n    n: {value: 1, basis: tool}").params["a.b"]["n"]
    assert (Path(setting.place.file).name, setting.place.line) == ("mine.yaml", 5)


def test_a_path_is_a_profile_too(shelf, tmp_path):
    assert load_profile(tmp_path / "profiles" / "base.yaml", []).id == "base"


def test_a_path_in_extends_counts_from_its_file(tmp_path, shelf):
    own = tmp_path / "own.yaml"
    own.write_text("extends: profiles/base.yaml\ntitle: {zh: 我, en: me}\n", encoding="utf-8")
    assert load_profile(own, []).lineage == ("own", "base")


def test_a_ring_of_profiles_is_refused(shelf, faults):
    shelf("base", "extends: mine\ntitle: {zh: 底, en: base}")
    assert "extends: extends in a ring: mine → base → mine" in faults("")[0]


def test_an_unknown_profile_names_the_nearest(shelf, tmp_path):
    with pytest.raises(UnknownNameError, match="did you mean base"):
        load_profile("bsae", [tmp_path])


def test_an_unknown_parent_is_told_where_it_is_named(faults):
    assert "mine.yaml:1:10: there is no profile bas (did you mean base?)" in faults("", extends="bas")[0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("params:\n  a.b: {n: 1}", "params.a.b.n: a number needs its basis (write {value: 15, basis: tool})"),
        ("params:\n  a.b: {n: [1]}", "params.a.b.n: a number needs its basis"),
        ("params:\n  a.b: {n: {value: 1}}", "params.a.b.n: a number needs its basis"),
        ("params:\n  a.b: {n: {value: 1, basis: tol}}", "bases has no tol (did you mean tool?)"),
        ("params:\n  a.b: {n: {valeu: 1, basis: tool}}", "valeu: unknown name (did you mean value?)"),
        ("params:\n  a.b: 3", "params.a.b: should be a mapping"),
        ("budgets: {pages: 3}", "budgets.pages: a number needs its basis"),
        ("budgets:\n  pages: {value: 0, basis: tool}", "mine.yaml:4:18: budgets.pages: 0 is out of range (at least 1)"),
        ("budgets:\n  page: {value: 1, basis: tool}", "budgets.page: no such parameter (did you mean pages?)"),
        ("max_unassessed: 0.1", "max_unassessed: a number needs its basis"),
        ("max_unassessed: {value: 10, basis: tool}", "10 is out of range (at most 1)"),
        ("fail_on: hgih", "fail_on: not an allowed value, found hgih (did you mean high?)"),
        ("inlcude: [a]", "inlcude: unknown name (did you mean include?)"),
        ("bases:\n  x: {kind: reference, confidence: verified}", "a notice or reference needs its title"),
    ],
)
def test_faults_are_told_with_their_place(faults, lines, said):
    (line,) = faults(lines)
    assert "mine.yaml:" in line
    assert said in line


def test_all_faults_are_told_at_once(shelf, tmp_path):
    shelf(
        "mine",
        "extends: base\ninlcude: [a]\nfail_on: hgih\nbudgets:\n  page: {value: 1, basis: tool}\n  depth: 3\n"
        "params:\n  a.b: {n: {value: 1, basis: tol}}\n",
    )
    with pytest.raises(InvalidError) as caught:
        load_profile("mine", [tmp_path])
    places = {problem.what: (problem.place.line, problem.place.column) for problem in caught.value.problems}
    assert places == {
        "title": (1, 1),
        "inlcude": (2, 1),
        "fail_on": (3, 10),
        "budgets.page": (5, 3),
        "budgets.depth": (6, 10),
        "params.a.b.n": (8, 30),
    }


def test_faults_of_a_file_are_told_beside_those_of_its_parent(faults):
    assert [line.partition(": ")[2] for line in faults("inlcude: [a]", extends="bas")] == [
        "inlcude: unknown name (did you mean include?)",
        "there is no profile bas (did you mean base?)",
    ]


def test_faulty_bases_are_told_alone(faults):
    (line,) = faults(
        "bases:\n  mine: {kind: nonsense, confidence: verified}\nbudgets:\n  depth: {value: 3, basis: mine}"
    )
    assert "bases.mine.kind" in line


def test_a_bare_value_needs_no_basis_unless_it_is_a_number(load):
    settings = load("params:\n  a.b: {flag: true, words: [x, y], mode: fast}").params["a.b"]
    assert [setting.value for setting in settings.values()] == [True, ["x", "y"], "fast"]


def test_a_first_profile_must_give_every_budget(shelf, tmp_path):
    shelf("bare", "title: {zh: 空, en: bare}\nframework: notice")
    with pytest.raises(InvalidError, match=r"budgets\.pages: is missing"):
        load_profile("bare", [tmp_path])


def test_exit_rules_are_read(load):
    profile = load("fail_on: medium\nrequires: probe\nmax_unassessed: {value: 0.2, basis: tool}")
    assert (profile.fail_on, profile.requires, profile.max_unassessed) == (Severity.MEDIUM, Mode.PROBE, 0.2)


def test_a_profile_goes_as_far_as_it_says(load):
    profile = load("requires: probe")
    assert [profile.allows(mode) for mode in Mode] == [True, True, False]


def test_the_built_in_profiles_are_found_by_entry_point(installed):
    assert {"quick", "notice", "deep"} <= set(names("profiles", installed))


@pytest.mark.parametrize("name", ["quick", "notice", "deep"])
def test_each_built_in_number_has_its_basis(name, installed):
    profile = load_profile(name, installed)
    groups = [profile.measures, *profile.params.values(), *profile.probes.values()]
    numbers = [setting for group in groups for setting in group.values() if isinstance(setting.value, int | float)]
    assert all(setting.basis or isinstance(setting.value, bool) for setting in numbers)


def test_quick_looks_at_sixty_pages_within_a_minute(installed):
    budgets = load_profile("quick", installed).budgets
    assert budgets.pages == 60
    assert budgets.seconds < 60


def test_a_persons_own_profile_wins_over_a_built_in_one(shelf, tmp_path, installed):
    shelf("notice", "title: {zh: 我的, en: mine}")
    assert str(find("profiles", "notice", [tmp_path, *installed])).startswith(str(tmp_path))
