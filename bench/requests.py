"""How many requests an inspection of a real static site takes, and for whom: profile ``notice``, with authorisation.

    python -m bench requests [--site manuals|articles] [--mode probe|disguise] [--limit N] [--verbose]

The site has 200 pages behind nginx: ``manuals`` are the Debian handbook in Chinese and copies of the maintainers'
guide; ``articles`` are columns of articles, each with an attachment of its own (300 kB) and a picture of its own, as
government sites have them. Links that lead out of it end at a name server that knows no name. Exit code 1 where the
limit is exceeded.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import corpus, names, server
from bench.inspection import built_in, known_checks
from xuncha import runs
from xuncha.config.errors import Place
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.lab.pace import at_full_speed
from xuncha.model.outcome import Status
from xuncha.model.site import Authorisation, Mode, Site, SiteKind
from xuncha.plan import Surroundings
from xuncha.profile import Pattern
from xuncha.store.bundle import Bundle, SiteStats

LIMIT = 800
COPIES = "abcdef"
"""Of the guide: with them the site has 200 pages."""

COLUMNS, ARTICLES = 16, 12

LANGUAGE = "zh-CN"
_NOT_PLUGINS = ("crawl", "robots.txt")


def main(given: Sequence[str]) -> int:
    options = _options(given)
    lacking = [] if server.find_nginx() else ["nginx-light"]
    if lacking := lacking + corpus.missing_packages():
        print("bench: install first: apt-get install", " ".join(lacking), file=sys.stderr)
        return 2
    with (
        TemporaryDirectory(prefix="xuncha-bench-") as folder,
        server.serving(manuals(), SITES[options.site]) as (url, there),
        names.denied() as nameserver,
    ):
        bundle = inspected(Path(folder), url, nameserver, Mode(options.mode))
        stats = bundle.read_stats(0)
        for line in _told(bundle, stats, there, options):
            print(line)
    return 1 if stats.requests > options.limit else 0


def _options(given: Sequence[str]) -> argparse.Namespace:
    words = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m bench requests", description=__doc__, formatter_class=words)
    parser.add_argument("--site", choices=tuple(SITES), default="manuals")
    parser.add_argument("--mode", choices=("passive", "probe", "disguise"), default="probe")
    parser.add_argument("--limit", type=int, default=LIMIT)
    parser.add_argument("--verbose", action="store_true", help="also by probe, and every outcome that is no pass")
    return parser.parse_args(given)


def write_site(folder: Path) -> int:
    """A home page and one contents page for each copy of the guide; returns how many pages the site has."""
    guide, handbook = manuals()
    for copy in COPIES:
        listed = [f"{copy}/{guide.name}/{page}" for page in guide.pages]
        (folder / f"contents-{copy}.html").write_text(corpus.list_page(f"contents {copy}", listed))
    home = [f"{handbook.name}/index.html", *(f"contents-{copy}.html" for copy in COPIES)]
    (folder / "index.html").write_text(corpus.list_page("home", home))
    return 1 + len(handbook.pages) + len(COPIES) * (1 + len(guide.pages))


def write_articles(folder: Path) -> int:
    """A home page, columns that list articles, and articles with an attachment and a picture each."""
    for kind in ("attach/0", "picture/1"):
        (folder / kind).mkdir(parents=True)
    names = [_column(folder, number) for number in range(COLUMNS)]
    (folder / "index.html").write_text(corpus.list_page("home", names))
    return 1 + COLUMNS * (1 + ARTICLES)


def _column(folder: Path, column: int) -> str:
    listed = []
    for number in range(ARTICLES):
        name = f"{column}{number:02d}"
        article = folder / f"art/2026/{column % 12 + 1:02d}/art_{name}.html"
        article.parent.mkdir(parents=True, exist_ok=True)
        article.write_text(_article(name), "utf-8")
        (folder / f"attach/0/{name}.pdf").write_bytes(b"%PDF-1.4\n" + bytes(300_000) + b"\n%%EOF\n")
        (folder / f"picture/1/{name}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(20_000) + b"\xff\xd9")
        listed.append(str(article.relative_to(folder)))
    (folder / f"column-{column}.html").write_text(corpus.list_page(f"column {column}", listed))
    return f"column-{column}.html"


def _article(name: str) -> str:
    title = f"关于第 {name} 号工作的通知"
    words = f"<p>各有关单位：现将第 {name} 号工作的有关事项通知如下，请遵照执行。</p>" * 8
    head = f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
    picture = f'<img src="/picture/1/{name}.jpg" alt="">'
    attachment = f'<p><a href="/attach/0/{name}.pdf">附件.pdf</a></p>'
    return f"{head}<body><h1>{title}</h1>{words}{picture}{attachment}</body></html>"


def manuals() -> list[corpus.Manual]:
    """One language of the handbook, which is a whole site of its own, and the guide."""
    by_name = {one.name: one for one in corpus.manuals()}
    handbook, guide = by_name["handbook"], by_name["guide"]
    folder = handbook.folder / LANGUAGE
    pages = tuple(page.partition("/")[2] for page in handbook.pages if page.startswith(f"{LANGUAGE}/"))
    return [guide, corpus.Manual("handbook", folder, pages)]


SITES = {"manuals": write_site, "articles": write_articles}


def inspected(folder: Path, url: str, nameserver: str, mode: Mode) -> Bundle:
    """A finished run of every built-in check, with a paper that allows ``mode``, by one worker, without waiting."""
    known = known_checks(folder)
    profile = at_full_speed(load_profile("notice", roots()))
    budgets = replace(profile.budgets, requests_per_second=1e4)
    include = tuple(Pattern(check.id, Place("bench", 1, 1)) for check in built_in(known))
    requires = mode if mode is Mode.DISGUISE else profile.requires
    profile = replace(profile, include=include, exclude=(), requires=requires, budgets=budgets)
    around = Surroundings(open_addresses=("127.0.0.0/8",), nameservers=(nameserver,))
    sites = (Site("bench", "文档站", (url,), kind=SiteKind.DEPARTMENT, authorisation=_paper(mode)),)
    request = runs.Request(profile, load_framework(profile.framework, roots()), sites, around)
    bundle, plan = runs.start(folder, request, known)
    ending = runs.carry_out(bundle, plan, 1, 1, lambda _: None)
    if ending.state != "finished":
        raise SystemExit(f"not measured: {ending.state}")
    return bundle


def _paper(mode: Mode) -> Authorisation:
    modes = tuple(one for one in Mode if one in (Mode.PASSIVE, mode) or mode is Mode.DISGUISE)
    return Authorisation(
        "BENCH",
        "示检字1号",
        "示例区电子政务办公室",
        domains=("127.0.0.1",),
        addresses=("127.0.0.1",),
        valid_from=date(2000, 1, 1),
        valid_until=date(2999, 12, 31),
        modes=modes,
    )


def _told(bundle: Bundle, stats: SiteStats, there: int, options: argparse.Namespace) -> list[str]:
    plugins: Counter[str] = Counter()
    for asker, count in stats.by_asker.items():
        plugins[asker if asker in _NOT_PLUGINS else asker.partition(".")[0]] += count
    lines = [f"{stats.pages} of {there} pages seen, mode {options.mode}, {stats.seconds:.0f} s"]
    lines += [f"  {name:24}{count:6}" for name, count in plugins.most_common()]
    lines.append(f"  {'all':24}{stats.requests:6}  limit {options.limit}")
    if options.verbose:
        lines += [f"    {asker:38}{count:6}" for asker, count in sorted(stats.by_asker.items())]
        outcomes = (one for one in bundle.read_outcomes(0) if one.status is not Status.PASS)
        lines += [
            f"    {one.check:38}{one.status:16}{one.reason.code if one.reason else one.error}" for one in outcomes
        ]
    return lines
