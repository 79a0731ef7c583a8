"""``xuncha doctor``: what this machine has, and from where in the network it looks."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

import click

from xuncha import __version__
from xuncha.baseline.book import Baselines
from xuncha.baseline.key import find_keys, key_file
from xuncha.cli.language import LANG, say
from xuncha.cli.output import show_table
from xuncha.cli.sources import UNNAMED, Sources, user_agent
from xuncha.config.office import fits_header
from xuncha.documents import ocr
from xuncha.model.fact import Gap
from xuncha.model.prints import SealState
from xuncha.model.reasons import Reason
from xuncha.model.text import Text
from xuncha.store.errors import StoreError
from xuncha.store.labels import label, seal_words
from xuncha.store.snapshot import reason_words
from xuncha.vantage import look

LEAST_SPACE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at; ``good`` None: neither good nor bad."""

    what: str
    found: str
    good: bool | None = True


@click.command("doctor", help=say("查看本机运行环境和网络情况", "Check this machine and its network."))
@click.option("--offline", is_flag=True, help=say("不访问网络", "Stay off the network."))
def command(offline: bool) -> int:
    lines = [
        *_machine(),
        *_baselines(),
        *_programs(),
        *_browser(),
        *_readers(),
        _ocr(),
        *_formats(),
        *_plugins(),
        *_caller(),
        *([] if offline else _vantage()),
    ]
    marks = {True: say("正常", "ok"), False: say("需处理", "to fix"), None: ""}
    show_table(
        [say("项目", "item"), say("情况", "found"), say("结论", "state")],
        [[one.what, one.found, marks[one.good]] for one in lines],
    )
    return 1 if any(one.good is False for one in lines) else 0


def _machine() -> Iterator[Line]:
    workspace = Sources.here().workspace
    yield Line("Xuncha", __version__)
    yield Line("Python", f"{platform.python_version()} {platform.system()}")
    yield Line(say("处理器核数", "processor cores"), str(os.cpu_count()))
    where = (
        say("工作目录", "workspace")
        if workspace.made
        else say("结果存放目录（未建立工作目录）", "results folder (no workspace)")
    )
    yield Line(where, str(workspace.folder), True if workspace.made else None)
    existing = next(folder for folder in (workspace.folder, *workspace.folder.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    yield Line(say("剩余磁盘空间", "free disk space"), f"{free / 1e9:.1f} GB", free >= LEAST_SPACE)
    writable = os.access(existing, os.W_OK)
    yield Line(say("目录可写", "folder writable"), say("是", "yes") if writable else say("否", "no"), writable)


def _baselines() -> Iterator[Line]:
    """Whether the key is there, and whether what it seals holds."""
    workspace = Sources.here().workspace.folder
    baselines = Baselines(workspace)
    seal = baselines.checked(baselines.look()).seal
    what = say("基线封印密钥", "seal key")
    unused = seal.state is SealState.UNSEALED
    try:
        line = Line(what, find_keys(workspace).source)
    except StoreError as error:
        line = Line(what, error.said.of(LANG), good=False)
        if unused and not key_file().exists():
            line = Line(what, say("没有；首次核准基线时生成", "none; made at the first approval"), None)
    yield line
    if not unused:
        problem = f"\n{seal.problem.of(LANG)}" if seal.problem else ""
        yield Line(say("网页基线", "baselines"), seal_words(seal, LANG) + problem, seal.sound)


def _programs() -> Iterator[Line]:
    has = importlib.util.find_spec("sslyze") is not None
    hint = say('未安装；请运行 pip install "xuncha[tls]"', 'missing; run pip install "xuncha[tls]"')
    yield Line("sslyze", say("已安装", "installed") if has else hint, has)
    for name, lost in (
        ("uvloop", say("未安装，检查速度较慢", "missing: slower")),
        ("resource", say("本系统不支持，无法限制内存用量", "missing: memory can't be limited")),
    ):
        if importlib.util.find_spec(name) is None:
            yield Line(name, lost, None)
    if not hasattr(os, "killpg"):
        yield Line(
            sys.platform,
            say("没有进程组，超时程序可能残留", "no process groups: a program may outlive its deadline"),
            None,
        )


def _browser() -> Iterator[Line]:
    """Whether pages that need a browser can be opened in one, and safely; inspections go on without."""
    from xuncha.browser.machine import chinese_fonts, try_browser  # noqa: PLC0415 - only doctor's business

    settings = Sources.here().workspace.settings.browser
    tried = try_browser(settings)
    what = say("浏览器", "browser")
    if tried.gap is not None:
        yield _no_browser(what, tried.gap, settings.program)
        return
    yield Line(what, f"{tried.product} {tried.program}")
    on = say("正常", "works")
    off = say(
        "已按 xuncha.yaml 关闭；打开恶意网页有风险", "off, as xuncha.yaml says: a hostile page may harm this machine"
    )
    yield Line(say("浏览器沙箱", "browser's sandbox"), on if tried.sandboxed else off, tried.sandboxed)
    if not tried.alone:
        hint = say("未能与网络隔离；请求仍由本程序拦截", "not cut off from the network; its requests are intercepted")
        yield Line(say("浏览器网络", "browser's network"), hint, None)
    yield _fonts(chinese_fonts())
    yield _pillow()


_FOR_EVIDENCE = (
    (
        ("soffice", "libreoffice"),
        "LibreOffice",
        Text("读取 doc、wps、odt 等旧格式材料", "reads doc, wps, odt and the like"),
    ),
    (("7z", "7zz", "7za"), "7z", Text("核对 7z 备份能否解开", "verifies backups in 7z")),
    (("restic",), "restic", Text("核对 restic 备份库", "verifies restic repositories")),
    (("borg",), "borg", Text("核对 borg 备份库", "verifies borg repositories")),
)
"""Programs, by their names, that only some evidence needs; dumps of PostgreSQL and MySQL are read without any."""


def _readers() -> Iterator[Line]:
    """What verifies evidence of some kinds; without it people look, and nothing else is missing."""
    for names, title, what in _FOR_EVIDENCE:
        found = next(filter(None, map(shutil.which, names)), "")
        lost = say(f"未安装；{what.zh}时用，没有时转人工", f"missing; {what.en}; without it a person looks")
        yield Line(title, f"{found}{say('，', ', ')}{what.of(LANG)}" if found else lost, True if found else None)


def _ocr() -> Line:
    """Whether pictures and scans that were handed in are read."""
    has = ocr.is_there()
    on = say("已安装；识读图片和扫描件，不联网", "installed; reads pictures and scans, without a network")
    off = say(
        f"未安装；图片和扫描件转人工。需要识读时请运行 {ocr.HOW}",
        f"missing: people look at pictures and scans; run {ocr.HOW} to have them read",
    )
    return Line("OCR", on if has else off, True if has else None)


def _formats() -> Iterator[Line]:
    """Report formats that need more than comes with the program, such as PDF; the others always work."""
    for entry in importlib.metadata.entry_points(group="xuncha.reports"):
        lacks = getattr(entry.load(), "lacks", None)
        if lacks is not None:
            missing: Text | None = lacks()
            found = missing.of(LANG) if missing else say("可以生成", "can be written")
            yield Line(say(f"报告格式 {entry.name}", f"report format {entry.name}"), found, None if missing else True)


def _no_browser(what: str, gap: Gap, named: str) -> Line:
    """The reason, and what to do: who asks here is told the last words of a browser that did not start."""
    missing = gap.reason is Reason.NO_BROWSER
    if missing and named:
        return Line(what, say(f"xuncha.yaml 中写的 {named} 不存在", f"no {named}, as xuncha.yaml says"), good=False)
    words = reason_words()[gap.reason]
    last = say(f"程序的提示：{gap.detail}", f"its last words: {gap.detail}")
    hint = last if gap.reason is Reason.BROWSER_FAILED else words.do.of(LANG)
    return Line(what, f"{words.means.of(LANG)}\n{hint}", None if missing or gap.reason is Reason.BROWSER_OFF else False)


def _fonts(count: int | None) -> Line:
    """Whether pictures show what pages say; ``count`` None: nobody can tell."""
    what = say("中文字体", "Chinese fonts")
    if count is None:
        unknown = say(
            "无法判断（没有 fc-list，它在 fontconfig 软件包中）；请查看一张截图中的文字是否正常",
            "unknown (no fc-list, which is in the package fontconfig): look whether a picture shows all characters",
        )
        return Line(what, unknown, None)
    lacking = say("未找到；截图会缺字，请安装 fonts-noto-cjk", "none: pictures lack characters; install fonts-noto-cjk")
    return Line(what, say(f"{count} 种", f"{count}") if count else lacking, count > 0)


def _pillow() -> Line:
    """What works on the browser's pictures."""
    has = importlib.util.find_spec("PIL") is not None
    hint = say(
        '未安装，不能截图取证；请运行 pip install "xuncha[browser]"',
        'missing, no pictures as evidence; run pip install "xuncha[browser]"',
    )
    return Line("Pillow", say("已安装", "installed") if has else hint, True if has else None)


def _plugins() -> Iterator[Line]:
    for entry in Sources.here().catalogue().plugins:
        yield Line(
            f"{say('插件', 'plugin')} {entry.ref.name}",
            entry.failure or f"{entry.ref.distribution} {entry.ref.version}",
            not entry.failure,
        )


def _caller() -> Iterator[Line]:
    """How requests name their sender, and from where the office says that it looks: nothing here can tell that."""
    workspace = Sources.here().workspace
    said = workspace.settings
    readable = fits_header(said.announced_as or said.office)
    hint = say(
        "\n单位名称含中文，已编码；建议填写 xuncha.yaml 的 announced_as",
        "\nthe office's name is encoded; better set announced_as in xuncha.yaml",
    )
    about = f"\n{UNNAMED}" if not (said.office or said.announced_as) else "" if readable else hint
    yield Line("User-Agent", user_agent(said) + about, True if workspace.made and readable else None)
    unsaid = say(
        "未说明。程序无法判断是否在境内，请在 xuncha.yaml 的 vantage 中写明",
        "not said; no program can tell whether this is within the country: set vantage in xuncha.yaml",
    )
    where = label("vantage", said.vantage, LANG) if said.vantage else unsaid
    yield Line(say("检查位置（自行说明）", "vantage (as declared)"), where, None)


def _vantage() -> Iterator[Line]:
    said = Sources.here().workspace.settings
    seen = look(said.nameservers)
    yield Line(
        say("域名解析", "name resolution"),
        say("正常", "works") if seen.resolves else say("失败，请检查域名服务器设置", "fails; check the name servers"),
        seen.resolves,
    )
    yield Line("IPv4", _from(seen.ipv4, said.address) if seen.ipv4 else say("没有", "none"), bool(seen.ipv4))
    yield Line(
        "IPv6",
        _from(seen.ipv6) if seen.ipv6 else say("没有；IPv6 访问将无法判定", "none: access over IPv6 can't be judged"),
        True if seen.ipv6 else None,
    )
    proxies = [name for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY") if os.environ.get(name)]
    if proxies:
        yield Line(
            say("代理", "proxy"),
            say(f"已设置 {'、'.join(proxies)}；检查时不经过代理", f"{', '.join(proxies)} set; inspections bypass it"),
            None,
        )


def _from(address: str, announced: str = "") -> str:
    """The address from which packets leave this machine; sites see another one behind a translation."""
    if not ip_address(address).is_global:
        return say(
            f"{address}（内网地址，网站看到的是转换后的出口地址）", f"{address} (private: sites see another one)"
        )
    if announced and ip_address(announced) != ip_address(address):
        return say(f"{address}（与 xuncha.yaml 的 address 不同）", f"{address} (not the address in xuncha.yaml)")
    return address
