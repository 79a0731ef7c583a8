"""The locks hold what pyproject.toml asks for, so that a fresh clone misses nothing."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = [*PROJECT["project"]["dependencies"], *EXTRAS["tls"], *EXTRAS["browser"]]
TEST = PROJECT["dependency-groups"]["test"]


def locked(name):
    lines = re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[.*\])?==([^\s;\\]+)", (ROOT / name).read_text("utf-8"))
    return {canonicalize_name(package): version for package, version in lines}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [*(("requirements.lock", one) for one in RUN), *(("requirements-dev.lock", one) for one in TEST)],
)
def test_every_requirement_stands_in_the_lock_with_a_version_that_fits(lock, wanted):
    requirement = Requirement(wanted)
    version = locked(lock).get(canonicalize_name(requirement.name), "nothing")
    assert version != "nothing"
    assert requirement.specifier.contains(version, prereleases=True)
