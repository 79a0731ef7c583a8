"""``xuncha demo``: the lab's district inspected like any other, and the result held against the faults switched on."""

import importlib.metadata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from xuncha import runs
from xuncha.cli.demo.before import Approved, approve_before, own_seal
from xuncha.cli.ending import summarise
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, folded_note, next_step, note
from xuncha.cli.progress import shown
from xuncha.cli.sources import Sources, jobs_option
from xuncha.cli.written import Folder, stream
from xuncha.lab.comparison import Comparison, compare
from xuncha.lab.lab import Lab
from xuncha.lab.pace import at_full_speed
from xuncha.plan import Surroundings
from xuncha.store.bundle import Bundle
from xuncha.store.labels import label
from xuncha.store.result import Stored, build_result

LOOPBACK = ("127.0.0.0/8", "::1/128")


_PICTURES = 2
"""Of each site: enough to see what they are like, without a minute more."""


@click.command(
    "demo",
    help=say(
        "在本机启动一组带有已知问题的示例网站（不访问外网），按 notice 方案检查，核对发现的问题是否与设置的一致。",
        "Serve example websites with known faults on this machine, inspect them with the profile notice, and compare "
        "what was found with what was switched on.",
    ),
)
@click.option(
    "--output",
    "-o",
    "folder",
    metavar=say("目录", "FOLDER"),
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=say("报告输出目录", "Folder for the report."),
)
@jobs_option
def command(folder: Path, jobs: int) -> int:
    sources = Sources.here()
    profile = sources.profile("notice")
    with TemporaryDirectory(prefix="xuncha-demo-") as scratch, Lab() as lab:
        note(
            say(
                f"示例区的 {len(lab.sites)} 个网站已在本机启动",
                f"{len(lab.sites)} example websites are running on this machine",
            )
        )
        brisk = at_full_speed(profile, renders=profile.budgets.renders, pictures=_PICTURES)
        around = surroundings(lab, Path(scratch))
        request = runs.Request(brisk, sources.framework(profile), lab.sites, around, jobs)
        known = sources.catalogue()
        with own_seal(Path(scratch)):
            approved = approve_before(lab, request, known, Path(scratch))
            _tell_approved(approved)
            request = replace(request, surroundings=replace(around, baselines=approved.workspace))
            bundle, plan = runs.start(Path(scratch) / "runs", request, known)
        with shown(plan) as report:
            runs.carry_out(bundle, plan, jobs, runs.SITES_AT_ONCE, report)
        result = build_result(bundle)
        found = compare(lab, result, approved.sites)
        path = _write_report(folder, bundle)  # while the pictures are there that it shows
    summarise(result)
    _tell(found)
    note(say(f"报告：{path}", f"report: {path}"))
    next_step("xuncha scan http://www.example.gov.cn/")
    return 0 if found.exact else 1


def _tell_approved(approved: Approved) -> None:
    if count := len(approved.sites):
        note(
            say(
                f"{count} 个网站的首页已先行留存画面并核准，随后换上被篡改的画面",
                f"pictures of {count} home pages were taken and approved; then these pages were tampered with",
            )
        )


def surroundings(lab: Lab, scratch: Path) -> Surroundings:
    """The lab's name server and root certificate, and leave to visit this machine."""
    return Surroundings(
        office=say("示例区电子政务办公室", "E-government office of the example district"),
        telephone="0000-0000000",
        nameservers=(lab.nameserver,),
        open_addresses=LOOPBACK,
        ca_file=str(lab.ca_file),
        registers={"icp": str(lab.register_csv(scratch / "register.csv"))},
        clock=lab.now,
        whois="{}:{}".format(*lab.whois),
    )


def _write_report(folder: Path, bundle: Bundle) -> Path:
    (entry,) = importlib.metadata.entry_points(group="xuncha.reports", name="html")
    place = Folder(folder, "xuncha-demo")
    stream(Stored(bundle), [entry.load()], LANG, [place])
    return place.main.resolve()


def _tell(found: Comparison) -> None:
    for words, pairs in ((say("漏报", "missed"), found.missed), (say("误报", "false alarm"), found.false)):
        for site, check, status in pairs:
            note(f"{words}{COLON}{site} {check} {label('status', status, LANG)}")
    _tell_unseen(found)
    hit, false = found.expected - len(found.missed), len(found.false)
    note(
        say(
            f"自检：设置问题 {found.expected} 项，发现 {hit} 项，误报 {false} 项",
            f"self-test: {found.expected} faults switched on, {hit} found, {false} false alarms",
        )
    )


def _tell_unseen(found: Comparison) -> None:
    """What was switched on, but could be seen by nobody without a browser or a picture."""
    if not found.unseen:
        return
    count = len(found.unseen)
    folded_note(
        say(
            f"以下 {count} 项问题用浏览器打开，或者与核准的画面比对，才看得到；本次没有用浏览器打开网站，或没能截图，"
            "不计入自检（运行 xuncha doctor 查看浏览器和截图组件情况）：",
            f"{count} faults are seen in a browser only, or beside an approved picture. Those sites were not opened in "
            "one, or no picture was taken: they are not counted (xuncha doctor tells about browser and pictures):",
        )
    )
    for site, fault in found.unseen:
        folded_note(f"{site}{COLON}{say(fault.zh, fault.en)}", indent=2)
