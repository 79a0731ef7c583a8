"""What commands work on: the workspace, its inventory, the profile, the catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from xuncha import catalogue as catalogues
from xuncha import workspace as workspaces
from xuncha.catalogue import Catalogue
from xuncha.cli.language import LANG, say
from xuncha.cli.output import note
from xuncha.config.errors import ConfigError, Problem
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.office import Settings
from xuncha.config.profiles import load_profile
from xuncha.errors import UsageError
from xuncha.framework import Framework
from xuncha.inventory.authorisations import Authorisations, read_authorisations
from xuncha.inventory.entries import entry_at, site_on_host
from xuncha.inventory.read import Inventory, from_urls, read_inventory
from xuncha.model.review import Reviews
from xuncha.model.selfcheck import Declared
from xuncha.model.site import Site
from xuncha.net.settings import Caller
from xuncha.os_errors import refusal
from xuncha.plan import Surroundings
from xuncha.profile import Profile
from xuncha.review.log import read_reviews
from xuncha.selfcheck.book import Book
from xuncha.selfcheck.forms import FORM, load_form
from xuncha.workspace import Workspace

FIRST_PROFILE = "quick"
"""Without a workspace somebody is having a first look."""

INVENTORIES = frozenset({".csv", ".xlsx", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Sources:
    """A workspace with what can be found from it."""

    workspace: Workspace

    @classmethod
    def here(cls) -> "Sources":
        """The workspace around the current folder, or the user's state folder."""
        return cls(workspaces.find())

    def profile(self, name: str = "") -> Profile:
        """The named profile, else the workspace's."""
        chosen = name or (self.workspace.settings.profile if self.workspace.made else FIRST_PROFILE)
        return load_profile(chosen, roots([self.workspace.folder]))

    def framework(self, profile: Profile) -> Framework:
        return load_framework(profile.framework, roots([self.workspace.folder]))

    def catalogue(self) -> Catalogue:
        """What the installed plugins offer."""
        return catalogues.catalogue(self.workspace.folder / ".cache")

    def sites(self, targets: Sequence[str], *, strict: bool = False) -> tuple[Site, ...]:
        """The sites that URLs and inventory files name; without any, those of the workspace."""
        authorisations = self._authorisations()
        files = [Path(target) for target in targets if _is_inventory(target)]
        urls = [target for target in targets if Path(target) not in files]
        if not targets:
            files = [self._own_inventory()]
        sites: list[Site] = []
        for file in files:
            found = read_inventory(file, authorisations=authorisations, strict=strict)
            tell([*found.problems, *found.notes])
            sites += found.sites
        if urls:
            found = from_urls(urls, authorisations=authorisations)
            tell(found.notes)
            sites += self._as_listed(found.sites)
        return tuple({site.id: site for site in sites}.values())

    def _as_listed(self, typed: Sequence[Site]) -> Iterator[Site]:
        """Sites that were typed as addresses, as the workspace's inventory has them where it does; which, is told."""
        listed = self._listed()
        for site in typed:
            entry, neighbour = entry_at(site.home, listed), site_on_host(site.home, listed)
            if entry:
                _tell_listed(site, entry)
            elif neighbour:
                _tell_unlisted(site, neighbour)
            yield entry or site

    def _listed(self) -> tuple[Site, ...]:
        """The sites of the workspace's inventory; none, told, where it can't be read."""
        if not self.workspace.sites.is_file():
            return ()
        try:
            return self.inventory().sites
        except ConfigError as error:
            tell(error.problems)
            return ()

    def inventory(self) -> Inventory:
        """The workspace's own, with what is wrong in it; nothing is told. Raises ConfigError, UsageError."""
        return read_inventory(self._own_inventory(), authorisations=self._authorisations())

    def declared(self, sites: Sequence[str]) -> Declared | None:
        """What units declare by now of the sites with these ids; None where none was ever declared."""
        book = Book(self.workspace.folder)
        if not book.begun:
            return None
        found = book.declared(load_form(FORM, roots([self.workspace.folder])), sites)
        return found if found.sites else None

    def reviews(self) -> Reviews:
        """What people have said of findings by now; why it does not count is told at once."""
        found = read_reviews(self.workspace.folder)
        if found.problem:
            note(found.problem.of(LANG))
        return found

    def _authorisations(self) -> Authorisations | None:
        papers = self.workspace.authorisations
        return read_authorisations(papers) if papers.is_file() else None

    def _own_inventory(self) -> Path:
        if not self.workspace.sites.is_file():
            raise UsageError(
                say(
                    "没有要检查的网站：请给出网址或网站名录文件，或先运行 xuncha init 建立工作目录",
                    "nothing to inspect: give an address or an inventory file, or make a workspace with xuncha init",
                )
            )
        return self.workspace.sites

    def surroundings(self) -> Surroundings:
        """How the run names itself and what the settings say of the network."""
        said = self.workspace.settings
        return Surroundings(
            office=said.announced_as or said.office,
            telephone=said.telephone,
            authorisation=said.authorisation,
            nameservers=said.nameservers,
            ca_file=str(_certificates(self.workspace.path(said.ca_file))) if said.ca_file else "",
            evidence=str(self.workspace.evidence),
            evidence_due=said.evidence_due,
            registers={kind: str(self.workspace.path(path)) for kind, path in said.registers.items()},
            inspector=said.office,
            vantage=said.vantage or "",
            whois=said.whois,
            monitors=str(self.workspace.monitors),
            baselines=str(self.workspace.folder.resolve()),
            browser=said.browser,
            address=said.address,
        )


def _certificates(path: Path) -> Path:
    """The file, once it is known to hold certificates: workers could only die of it."""
    import ssl  # noqa: PLC0415

    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        raise UsageError(say(f"{path}：不是 PEM 格式的证书", f"{path}: holds no certificates in PEM")) from None
    except OSError as error:
        why = refusal(error)
        raise UsageError(say(f"{path}：{why.zh}", f"{path}: {why.en}")) from None
    return path


def _tell_listed(typed: Site, entry: Site) -> None:
    note(
        say(
            f"{typed.home} 是名录中的“{entry.name}”，按名录登记的信息检查",
            f"{typed.home} is “{entry.name}” of the inventory, and is inspected as the inventory has it",
        )
    )


def _tell_unlisted(typed: Site, neighbour: Site) -> None:
    note(
        say(
            f"{typed.home} 不是名录中“{neighbour.name}”登记的网址（{neighbour.home}），单独检查，不采用名录中的信息",
            f"{typed.home} is not the address that the inventory has for “{neighbour.name}” ({neighbour.home}); it is "
            "inspected by itself, without what the inventory says",
        )
    )


UNNAMED = say(
    "提示：没有工作目录，访问标识中不含检查单位和电话，网站无从得知谁在检查；"
    "正式检查前请运行 xuncha init 建立工作目录。",
    "note: without a workspace requests don't say who inspects, so a site can't ask; run xuncha init before you "
    "inspect in earnest.",
)


def user_agent(settings: Settings) -> str:
    """How requests name their sender."""
    return Caller(settings.announced_as or settings.office, settings.telephone, settings.authorisation).user_agent


def _is_inventory(target: str) -> bool:
    """Whether a file is meant, and not an address. One that is not there is told when it is read."""
    if "://" in target:
        return False
    return Path(target).is_file() or Path(target).suffix.lower() in INVENTORIES


def tell(problems: Sequence[Problem]) -> None:
    """What was wrong or is worth knowing, on standard error."""
    for problem in problems:
        note(problem.of(LANG))


def latest_run(workspace: Workspace, name: str = "") -> Path:
    """The folder of a run: by its id, the beginning of it, or a path; the latest by default.

    What was killed before its plan was written is no run yet.
    """
    if name and Path(name).is_dir():
        return Path(name)
    folders = [folder for folder in run_folders(workspace) if folder.name.startswith(name)]
    if not folders:
        raise UsageError(say(f"没有找到检查记录 {name}", f"there is no run {name}").rstrip())
    return folders[-1]


def run_folders(workspace: Workspace) -> list[Path]:
    """The folders of all runs, the oldest first."""
    found = workspace.runs.glob("*/plan.json") if workspace.runs.is_dir() else ()
    return sorted(path.parent for path in found)


profile_option = click.option(
    "--profile",
    "-p",
    "profile_name",
    metavar=say("方案", "NAME"),
    default="",
    help=say("检查方案，例如 quick、notice、deep", "Profile, such as quick, notice, deep."),
)

strict_option = click.option(
    "--strict", is_flag=True, help=say("网站名录有任何错误行时不执行", "Refuse an inventory with any bad row.")
)

jobs_option = click.option(
    "--jobs",
    "-j",
    metavar=say("数量", "N"),
    default=0,
    type=click.IntRange(0, 256),
    help=say("工作进程数，默认与处理器核数相同", "Worker processes, one per core by default."),
)
