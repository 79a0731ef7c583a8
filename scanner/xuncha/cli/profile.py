"""``xuncha profile list|show|validate``."""

from collections.abc import Iterable, Sequence

import click

from xuncha.catalogue import Catalogue
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, listing, note, show_json, show_table, show_text
from xuncha.cli.sources import Sources, tell
from xuncha.config.binding import bind
from xuncha.config.errors import Problem
from xuncha.config.library import names, roots
from xuncha.model.basis import BasisKind
from xuncha.profile import Profile, Setting
from xuncha.store import format as words
from xuncha.store.codec import dump
from xuncha.store.labels import label
from xuncha.store.snapshot import profile_words


@click.group("profile", help=say("查看和校验检查方案", "List, show and validate profiles."))
def command() -> None: ...


@command.command("list", help=say("列出全部检查方案", "List all profiles."))
@listing
def list_profiles(form: str) -> int:
    sources = Sources.here()
    profiles = [sources.profile(name) for name in names("profiles", roots([sources.workspace.folder]))]
    if form == "json":
        show_json([{"id": one.id, "title": dump(one.title), "description": dump(one.description)} for one in profiles])
        return 0
    rows = [[one.id, one.title.of(LANG), one.description.of(LANG)] for one in profiles]
    show_table([say("编号", "id"), say("名称", "title"), say("说明", "description")], rows)
    return 0


@command.command("show", help=say("查看一个检查方案和每个数值的依据", "Show a profile and what each number rests on."))
@click.argument("name", metavar=say("方案", "NAME"))
@listing
def show_profile(name: str, form: str) -> int:
    profile = Sources.here().profile(name)
    if form == "json":
        show_json(dump(profile_words(profile)))
        return 0
    show_text(f"{profile.id}  {profile.title.of(LANG)}\n{profile.description.of(LANG)}\n\n")
    owners = {"budgets": profile.measures, **profile.params, **profile.probes}
    rows: list[list[str]] = []
    for owner, settings in owners.items():
        rows += [
            [owner, "", ""],
            *([f"  {name}", words.plain(one.value, LANG), _basis(one)] for name, one in settings.items()),
        ]
    show_table([say("参数", "parameter"), say("取值", "value"), say("依据", "basis")], rows)
    _sources(one for settings in owners.values() for one in settings.values())
    return 0


@command.command("validate", help=say("校验检查方案文件", "Validate a profile."))
@click.argument("name", metavar=say("方案", "NAME"))
def validate_profile(name: str) -> int:
    sources = Sources.here()
    profile = sources.profile(name)
    sources.framework(profile)
    tell(checked(profile, sources.catalogue()))
    note(say(f"检查方案 {profile.id} 没有错误", f"profile {profile.id} has no errors"))
    return 0


def checked(profile: Profile, known: Catalogue) -> Sequence[Problem]:
    """Notes on a sound profile. Raises ConfigError for a faulty one."""
    checks = {entry.id: entry.params_schema for entry in known.checks}
    return bind(profile, checks, {entry.name: entry.params_schema for entry in known.probes}).notes


def _basis(setting: Setting) -> str:
    """Short enough for a row; the sources are listed in full below the table."""
    found = setting.basis
    if found is None:
        return ""
    kind = label("basis", found.kind, LANG)
    if found.kind is BasisKind.TOOL_DEFAULT:
        return kind
    names_it = any(char.isalpha() for char in found.number)  # a bare 5.7 says nothing without its title
    return f"{kind} {found.number}" if names_it else f"{kind} {found.title} {found.number}".rstrip()


def _sources(settings: Iterable[Setting]) -> None:
    known = {one.basis for one in settings if one.basis and one.basis.kind is not BasisKind.TOOL_DEFAULT}
    for found in sorted(known, key=lambda basis: (basis.kind, basis.number, basis.title)):
        mark = "" if found.confidence == "verified" else f"[{label('confidence', found.confidence, LANG)}]"
        said = " ".join(part for part in (found.title, found.number, found.clause, mark) if part)
        show_text(f"{label('basis', found.kind, LANG)}{COLON}{said}")
