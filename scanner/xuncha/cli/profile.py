"""``xuncha profile list|show|validate``."""

from collections.abc import Sequence

import click

from xuncha.catalogue import Catalogue
from xuncha.cli.language import LANG, say
from xuncha.cli.output import listing, note, show_json, show_table
from xuncha.cli.sources import Sources, tell
from xuncha.config.binding import bind
from xuncha.config.errors import Problem
from xuncha.config.library import names, roots
from xuncha.profile import Profile, Setting
from xuncha.store.codec import dump
from xuncha.store.labels import label
from xuncha.store.snapshot import profile_words


@click.group("profile", help=say("查看和校验检查方案", "list, show and validate profiles"))
def command() -> None: ...


@command.command("list", help=say("列出全部方案", "all profiles"))
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


@command.command("show", help=say("查看一个方案及每个数字的依据", "one profile, and what each number rests on"))
@click.argument("name")
@listing
def show_profile(name: str, form: str) -> int:
    profile = Sources.here().profile(name)
    if form == "json":
        show_json(dump(profile_words(profile)))
        return 0
    click.echo(f"{profile.id}  {profile.title.of(LANG)}\n{profile.description.of(LANG)}\n")
    owners = {"budgets": profile.measures, **profile.params, **profile.probes}
    rows = [[owner, key, str(one.value), _basis(one)] for owner, ones in owners.items() for key, one in ones.items()]
    show_table([say("检查点", "owner"), say("参数", "parameter"), say("取值", "value"), say("依据", "basis")], rows)
    return 0


@command.command("validate", help=say("校验方案文件", "validate a profile"))
@click.argument("name")
def validate_profile(name: str) -> int:
    sources = Sources.here()
    profile = sources.profile(name)
    sources.framework(profile)
    tell(checked(profile, sources.catalogue()))
    note(say(f"方案 {profile.id} 没有错误", f"profile {profile.id} is sound"))
    return 0


def checked(profile: Profile, known: Catalogue) -> Sequence[Problem]:
    """Notes on a sound profile. Raises ConfigError for a faulty one."""
    checks = {entry.id: entry.params_schema for entry in known.checks}
    return bind(profile, checks, {entry.name: entry.params_schema for entry in known.probes}).notes


def _basis(setting: Setting) -> str:
    found = setting.basis
    if found is None:
        return ""
    mark = "" if not found.unverified else f" [{label('confidence', found.confidence, LANG)}]"
    return f"{label('basis', found.kind, LANG)} {found.title} {found.number} {found.clause}".rstrip() + mark
