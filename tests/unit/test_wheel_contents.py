"""What is said of a wheel that holds too much or too little."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel():
    spec = importlib.util.spec_from_file_location("wheel_contents", ROOT / "tests" / "wheel_contents.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sound(wheel):
    """The names in a sound wheel of this checkout."""
    metadata = {name.replace("*", "0.1.0") for name in wheel.WANTED if ".dist-info/" in name}
    return wheel.source_files() | metadata


def test_a_sound_wheel_passes(wheel, sound):
    assert list(wheel.faults(sound, wheel.source_files())) == []


def test_a_stray_folder_is_named(wheel, sound):
    said = list(wheel.faults(sound | {"tests/conftest.py"}, wheel.source_files()))
    assert said == ["tests does not belong at the top of the wheel"]


def test_a_missing_data_file_is_named_twice_over(wheel, sound):
    said = list(wheel.faults(sound - {"xuncha/store/result.schema.json"}, wheel.source_files()))
    assert said == [
        "xuncha/store/result.schema.json is missing",
        "xuncha/store/result.schema.json is in the sources and not in the wheel",
    ]


def test_a_file_from_nowhere_is_named(wheel, sound):
    said = list(wheel.faults(sound | {"xuncha/old.py"}, wheel.source_files()))
    assert said == ["xuncha/old.py is in the wheel and not in the sources"]
