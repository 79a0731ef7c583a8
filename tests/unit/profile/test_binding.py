import pytest
from pydantic import BaseModel, Field, field_validator

from xuncha.config.binding import bind
from xuncha.config.errors import InvalidError


class Params(BaseModel):
    seconds: float = Field(15, gt=0)
    tries: int = Field(2, ge=1, le=9)
    ways: tuple[str, ...] = ()

    @field_validator("ways")
    @classmethod
    def _known(cls, ways):
        if "bad" in ways:
            raise ValueError("bad way")
        return ways


SCHEMA = Params.model_json_schema()
SET = "params:\n  demo.opens:\n    seconds: {value: 3, basis: %s}"


@pytest.fixture
def refused(load):
    def call(lines, checks, probes=None):
        with pytest.raises(InvalidError) as caught:
            bind(load(lines), checks, probes)
        return caught.value.lines("en")

    return call


@pytest.fixture(params=[Params, SCHEMA], ids=["model", "schema"])
def declared(request):
    return request.param


def test_parameters_come_out_by_check(load, declared):
    assert bind(load(SET % "tool"), {"demo.opens": declared}).params == {"demo.opens": {"seconds": 3}}


def test_parameters_of_probes_come_out_by_probe(load, declared):
    profile = load("probes:\n  demo.visits:\n    tries: {value: 3, basis: tool}")
    assert bind(profile, {}, {"demo.visits": declared}).probes == {"demo.visits": {"tries": 3}}


def test_what_rests_on_an_unverified_value_is_told(load, declared):
    assert bind(load(SET % "guess"), {"demo.opens": declared}).unverified == {"demo.opens": ("seconds",)}


def test_numbers_that_stand_in_no_profile_are_told(load, declared):
    assert bind(load(SET % "tool"), {"demo.opens": declared}).defaults == {"demo.opens": ("tries",)}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("secs: {value: 3, basis: tool}", "demo.opens.secs: no such parameter"),
        ("second: {value: 3, basis: tool}", "no such parameter (did you mean seconds?)"),
        ("seconds: {value: 0, basis: tool}", "demo.opens.seconds: 0 is out of range (more than 0)"),
        ("seconds: soon", "demo.opens.seconds: wrong type (should be a number)"),
        ("tries: {value: 2.5, basis: tool}", "demo.opens.tries: wrong type (should be a whole number)"),
    ],
)
def test_a_wrong_parameter_is_told_with_its_place(refused, declared, line, said):
    (found,) = refused(f"params:\n  demo.opens:\n    {line}", {"demo.opens": declared})
    assert "mine.yaml:5:" in found
    assert said in found


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        ("params:\n  demo.opens:\n    secs: {value: 3, basis: tool}", "mine.yaml:5:5: "),
        ("params:\n  demo.opens:\n    seconds: {value: 0, basis: tool}", "mine.yaml:5:22: "),
        ("params:\n  demo.open:\n    seconds: {value: 3, basis: tool}", "mine.yaml:4:3: "),
        ("params:\n  demo.open: {}", "mine.yaml:4:3: "),
        ("probes:\n  demo.open: {}", "mine.yaml:4:3: "),
    ],
    ids=["a wrong parameter", "a wrong value", "a wrong check", "a wrong check without parameters", "a wrong probe"],
)
def test_what_is_wrong_is_pointed_at_a_name_or_a_value(refused, lines, column):
    (found,) = refused(lines, {"demo.opens": SCHEMA}, {"demo.visits": SCHEMA})
    assert column in found


def test_a_models_own_validators_are_asked(refused):
    (found,) = refused("params:\n  demo.opens: {ways: [bad]}", {"demo.opens": Params})
    assert "demo.opens.ways" in found


def test_a_parameter_that_must_be_given_is_missed(refused):
    class Needs(BaseModel):
        word: str

    assert "demo.opens.word" in refused("", {"demo.opens": Needs})[0]


def test_a_mistyped_check_of_a_known_plugin_is_an_error(refused):
    (found,) = refused("include: [demo.open]", {"demo.opens": SCHEMA})
    assert "no plugin offers the check demo.open (did you mean demo.opens?)" in found


def test_a_check_of_a_plugin_that_is_not_installed_is_a_note(load):
    binding = bind(load("params:\n  other.check: {mode: fast}"), {"demo.opens": SCHEMA})
    assert "no plugin offers the check other.check" in binding.notes[0].of("en")


def test_a_pattern_without_a_match_is_a_note(load):
    binding = bind(load("include: [dmeo.*, demo.*]"), {"demo.opens": SCHEMA})
    assert [note.of("en").partition(" ")[2] for note in binding.notes] == [
        "dmeo.* matches no check (did you mean demo?)"
    ]


def test_parameters_of_a_plugin_that_did_not_load_are_left_alone(load):
    assert bind(load(SET % "tool"), {"demo.opens": {}}).params == {"demo.opens": {"seconds": 3}}
