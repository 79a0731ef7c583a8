"""``python tests/wheel_contents.py WHEEL``: the wheel holds the four packages with their data, and nothing else."""

import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
PACKAGES = {"xuncha", "xuncha_plugins", "xuncha_profiles", "xuncha_reports"}
FOLDERS = ("scanner", "plugins", "profiles", "reports")
PLUGINS = (
    "availability", "content", "darklinks", "domain", "exposure", "freshness", "headers", "icp", "integrity",
    "interaction", "links", "services", "tls",
)  # fmt: skip
WANTED = (
    *(f"{package}/py.typed" for package in sorted(PACKAGES)),
    "xuncha/browser/*.js",
    "xuncha/model/reasons.yaml",
    "xuncha/store/labels.yaml",
    "xuncha/store/result.schema.json",
    "xuncha/rules/rules.schema.json",
    "xuncha/rules/negatives/*.http",
    "xuncha/store/migrations/versions/r*.py",
    "xuncha/lab/templates/*.html",
    *(f"xuncha_plugins/{plugin}/checks.yaml" for plugin in PLUGINS),
    "xuncha_plugins/exposure/rules/*.yaml",
    *(f"xuncha_profiles/profiles/{profile}.yaml" for profile in ("deep", "notice", "quick")),
    "xuncha_profiles/frameworks/notice.yaml",
    *(
        f"xuncha_profiles/signatures/{name}.yaml"
        for name in ("challenges", "filing_blocks", "maintenance", "parked_domains", "soft_404")
    ),
    "xuncha_reports/templates/*.html.j2",
    "xuncha_reports/templates/*.css",
    "xuncha-*.dist-info/entry_points.txt",
    "xuncha-*.dist-info/licenses/LICENSE",
    "xuncha-*.dist-info/licenses/NOTICE",
)


def faults(names: set[str], sources: set[str]) -> Iterator[str]:
    """What is wrong with a wheel of these files, made from these sources."""
    tops = {name.partition("/")[0] for name in names}
    extra = {top for top in tops - PACKAGES if not re.fullmatch(r"xuncha-[^/]*\.dist-info", top)}
    yield from (f"{top} does not belong at the top of the wheel" for top in sorted(extra))
    yield from (f"{top} is missing" for top in sorted(PACKAGES - tops))
    yield from (f"{wanted} is missing" for wanted in WANTED if not any(fnmatchcase(name, wanted) for name in names))
    packed = {name for name in names if name.partition("/")[0] in PACKAGES}
    yield from (f"{name} is in the sources and not in the wheel" for name in sorted(sources - packed))
    yield from (f"{name} is in the wheel and not in the sources" for name in sorted(packed - sources))


def source_files() -> set[str]:
    """What the packages hold in this checkout, by their names in a wheel."""
    files = (path.relative_to(ROOT / folder) for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    named = (PurePosixPath(path) for path in files if "__pycache__" not in path.parts and path.suffix)
    return {str(path) for path in named}


if __name__ == "__main__":
    with ZipFile(sys.argv[1]) as wheel:
        sys.exit(
            "\n".join(faults({info.filename for info in wheel.infolist() if not info.is_dir()}, source_files())) or 0
        )
