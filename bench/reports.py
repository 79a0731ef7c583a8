"""What it costs to write reports: processor time and memory of one command, and the size of what it writes.

    python -m bench reports [--sites N] [--findings N] [--formats json,csv,xlsx,html]

The run is made up: each site has findings of twenty checks, on pages, links, elements and headers, with the messages
that these checks have. Exit code 1 where all formats together take more than the limits.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.inspection import built_in, known_checks
from xuncha.catalogue import Catalogue, CheckEntry
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.model.clock import SHANGHAI
from xuncha.model.locator import ElementLocator, HeaderLocator, LinkLocator, Locator, PageLocator
from xuncha.model.message import Params, Url, params
from xuncha.model.outcome import FULL, Finding, Outcome, Status
from xuncha.model.site import Site, SiteKind
from xuncha.plan import Plan, PlannedCheck, SitePlan, to_json
from xuncha.store.bundle import Bundle, RunMeta, new_run_id
from xuncha.store.snapshot import snapshot

FORMATS = "json,csv,xlsx,html"
SITES, FINDINGS = 500, 200_000
SECONDS, MEGABYTES = 60, 400
"""Of processor time and of memory, for all formats in one command."""

CHECKS = 20
BEGUN = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
_NAMES = re.compile(r"\{(\w+)\}")
_COMMAND = "import sys; from xuncha.cli import main; sys.exit(main())"


def main(given: Sequence[str]) -> int:
    options = _options(given)
    with TemporaryDirectory(prefix="xuncha-bench-") as folder:
        here = Path(folder)
        bundle = stored(here, known_checks(here), options.sites, options.findings)
        stored_size = sum(path.stat().st_size for path in bundle.folder.rglob("*") if path.is_file())
        print(f"{options.sites:,} sites, {options.findings:,} findings; stored: {stored_size / 1e6:.0f} MB")
        print(f"{'formats':24} {'CPU s':>7} {'MB':>6} {'written MB':>11} {'files':>6}")
        *_, (seconds, memory) = [_shown(here, bundle, formats) for formats in _together(options.formats)]
    return int(seconds > SECONDS or memory > MEGABYTES)


def _options(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench reports")
    parser.add_argument("--sites", type=int, default=SITES)
    parser.add_argument("--findings", type=int, default=FINDINGS)
    parser.add_argument("--formats", default=FORMATS)
    return parser.parse_args(given)


def _together(formats: str) -> list[str]:
    """Each by itself, then all."""
    return [*formats.split(","), formats] if "," in formats else [formats]


def _shown(folder: Path, bundle: Bundle, formats: str) -> tuple[float, float]:
    out = folder / formats
    options = ["-o", str(out), "--format", formats]
    seconds, memory = _cost([sys.executable, "-c", _COMMAND, "report", str(bundle.folder), *options])
    written = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    print(f"{formats:24} {seconds:7.1f} {memory:6.0f} {sum(written) / 1e6:11.0f} {len(written):6}", flush=True)
    return seconds, memory


def _cost(command: list[str]) -> tuple[float, float]:
    """CPU seconds and the most megabytes of a process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def stored(folder: Path, known: Catalogue, sites: int, findings: int) -> Bundle:
    """A finished run in which ``findings`` are spread over ``sites``."""
    profile, framework = load_profile("notice", roots()), load_framework("notice", roots())
    checks = [one for one in built_in(known) if one.meta.text.messages]
    failing = {one.id for one in checks[:: max(len(checks) // CHECKS, 1)][:CHECKS]}
    bundle = Bundle.create(folder, RunMeta(new_run_id(BEGUN), "running", "notice", "notice", BEGUN, None))
    bundle.write_catalogue(snapshot(known, framework, profile))
    planned = tuple(PlannedCheck(one.id, one.meta.version) for one in checks)
    plans = tuple(SitePlan(number, _site(number), planned) for number in range(sites))
    refs = tuple(entry.ref for entry in known.plugins)
    bundle.write_plan(to_json(Plan("notice", "notice", refs, plans, profile.budgets)))
    each = findings // sites // len(failing)
    for plan in plans:
        said = [_outcome(plan, check, each if check.id in failing else 0) for check in checks]
        bundle.write_outcomes(plan.number, plan.site.id, said)
    bundle.set_state("finished", BEGUN)
    bundle.seal()
    return bundle


def _site(number: int) -> Site:
    url = f"https://s{number}.example.gov.cn/"
    return Site(f"s{number}", f"第{number}号示例局", (url,), kind=SiteKind.DEPARTMENT, department=f"第{number}号示例局")


def _outcome(plan: SitePlan, check: CheckEntry, findings: int) -> Outcome:
    found = tuple(_findings(plan.site.home, check, findings))
    status = Status.FAIL if found else Status.PASS
    return Outcome(plan.site.id, check.id, check.meta.version, status, None, FULL, found, len(found))


def _findings(home: str, check: CheckEntry, count: int) -> Iterator[Finding]:
    key, words = next(iter(check.meta.text.messages.items()))
    names = sorted(set(_NAMES.findall(words.zh + words.en)))
    for number in range(count):
        page = f"{home}xxgk/tzgg/202{number % 7}/t2026{number:04}_{number * 7919 % 10_000}.html"
        yield Finding(
            _place(page, number),
            key,
            _said(page, names, number),
            Status.FAIL,
            excerpt=f"关于开展第{number}次走访慰问活动的通知",
        )


def _place(page: str, number: int) -> Locator:
    kinds = (
        LinkLocator(page, f"https://old.example.cn/gone/{number}.html", f"第{number}期公告", number, 0),
        PageLocator(page, number),
        ElementLocator(page, "div.footer > p:nth-child(3)"),
        HeaderLocator(page, "Content-Security-Policy"),
    )
    return kinds[number % len(kinds)]


def _said(page: str, names: Sequence[str], number: int) -> Params:
    return params(**{name: Url(page) if name == "url" else f"{name} {number}" for name in names})
