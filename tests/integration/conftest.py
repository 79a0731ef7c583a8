"""Whole runs against the lab: real processes, real sockets, no network beyond loopback."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from xuncha import catalogue as catalogues
from xuncha import runs
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.lab.lab import Lab
from xuncha.lab.pace import at_full_speed
from xuncha.lab.records import authorisation
from xuncha.lab.spec import LabSite
from xuncha.model.site import Mode
from xuncha.plan import Borders, Surroundings
from xuncha.profile import Pattern
from xuncha.registry import discover
from xuncha.store.result import build_result


@pytest.fixture(scope="session")
def lab():
    with Lab() as served:
        yield served


def surroundings(lab):
    return Surroundings(
        nameservers=(lab.nameserver,),
        open_addresses=("127.0.0.0/8", "::1/128"),
        ca_file=str(lab.ca_file),
        whois="{}:{}".format(*lab.whois),
        clock=lab.now,
    )


@pytest.fixture
def around(lab):
    return surroundings(lab)


def brisk_profile(include, pages=15):
    """The notice's profile at full speed, with only these checks."""
    profile = at_full_speed(load_profile("notice", roots()))
    budgets = replace(profile.budgets, pages=pages)
    patterns = tuple(Pattern(glob, profile.include[0].place) for glob in include)
    return replace(profile, budgets=budgets, include=patterns)


@pytest.fixture
def request_for(lab, around):
    """A request for some of the lab's sites and checks."""

    def make(sites, include=("availability.*", "links.*", "icp.*")):
        return requested(brisk_profile(include), [lab.site(site) for site in sites], around)

    return make


def requested(profile, sites, around):
    return runs.Request(profile, load_framework(profile.framework, roots()), tuple(sites), around)


def with_a_paper(lab, name):
    """A site of the lab that may be probed and visited in disguise."""
    site = lab.site(name)
    spec = LabSite(name, site.name, str(urlsplit(site.home).hostname), "", 1)
    return replace(site, authorisation=authorisation([spec], lab.now, disguising=True))


@pytest.fixture(scope="session")
def known():
    """The catalogue of what is installed; making it takes two seconds."""
    return catalogues.catalogue()


@pytest.fixture(scope="session")
def inspected(lab, known, tmp_path_factory):
    """The bundle of a finished run of two sites, one under a paper, with every built-in check; tests only read it."""
    own = {plugin.ref.name for plugin in known.plugins if plugin.ref.distribution == "xuncha"}
    profile = brisk_profile([check.id for check in known.checks if check.plugin in own], pages=25)
    profile = replace(profile, requires=Mode.DISGUISE)
    folder = tmp_path_factory.mktemp("inspected")
    around = replace(surroundings(lab), registers={"icp": str(lab.register_csv(folder / "register.csv"))})
    request = requested(profile, [lab.site("portal"), with_a_paper(lab, "education")], around)
    bundle, plan = runs.start(folder / "runs", request, known)
    assert runs.carry_out(bundle, plan, 2, 4, lambda _progress: None).state == "finished"
    return bundle


def loaded_for(include):
    """The catalogue of the built-in plugins that these checks are of, and of every other plugin that is installed.

    A new plugin makes the catalogue anew, and reading all built-in ones takes four seconds each time.
    """
    families = {pattern.partition(".")[0] for pattern in include}
    wanted = [ref for ref in discover() if ref.distribution != "xuncha" or ref.name in families]
    return catalogues.catalogue(refs=wanted, deadline=8)


@pytest.fixture
def brisk_request(around):
    """Start a run of some checks, for somebody else to carry out; gives its bundle and plan."""

    def start(folder, sites, include):
        return runs.start(folder, requested(brisk_profile(include), sites, around), loaded_for(include))

    return start


@pytest.fixture
def scan_sites(tmp_path, around):
    """Run some checks on sites that are no part of the lab; gives the bundle."""

    def run(sites, include, around=around, name="runs"):
        known = loaded_for(include)
        bundle, plan = runs.start(tmp_path / name, requested(brisk_profile(include), sites, around), known)
        runs.carry_out(bundle, plan, 1, 4, lambda _progress: None)
        return bundle

    return run


@pytest.fixture
def scan(tmp_path, request_for):
    """Run to the end; gives the ending, the result and the catalogue. One worker: a second one costs a start more."""

    def run(sites, include=("availability.*", "links.*", "icp.*"), borders=None, name="runs", workers=1):
        request = request_for(sites, include)
        known = loaded_for(include)
        bundle, plan = runs.start(tmp_path / name, request, known)
        if borders:
            plan = replace(plan, borders=borders)
            bundle.write_plan(runs.plans.to_json(plan))
        ending = runs.carry_out(bundle, plan, workers, 4, lambda _progress: None)
        return ending, build_result(bundle), known

    return run


@pytest.fixture
def impatient():
    """Borders that a hanging or greedy plugin meets soon."""
    return Borders(call_seconds=1.0, memory=700_000_000)


@pytest.fixture
def plugin(tmp_path_factory, monkeypatch):
    """Install a plugin package for this test only: an entry point, a module, its checks.yaml."""

    def install(name: str, code: str, checks: str = "") -> Path:
        folder = tmp_path_factory.mktemp(name)
        package = folder / f"bad_{name}"
        package.mkdir()
        (package / "__init__.py").write_text(code)
        if checks:
            (package / "checks.yaml").write_text(checks)
        info = folder / f"bad_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: bad-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[xuncha.plugins]\n{name} = bad_{name}\n")
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.setenv("PYTHONPATH", str(folder), prepend=":")
        return package

    return install


@pytest.fixture
def told():
    return what_is_told


def what_is_told(result, leaving_out=()):
    """What a run says, without what differs from run to run: times and durations."""
    return sorted(
        (
            site.id,
            outcome.check,
            str(outcome.status),
            str(outcome.reason and outcome.reason.code),
            tuple(found.fingerprint for found in outcome.findings),
            outcome.findings_total,
            outcome.coverage,
        )
        for site in result.sites
        for outcome in site.outcomes
        if not outcome.check.startswith(tuple(leaving_out))
    )


@pytest.fixture(scope="session")
def killing():
    spec = importlib.util.spec_from_file_location("killing", Path(__file__).with_name("killing.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
