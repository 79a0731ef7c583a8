"""``xuncha selfcheck template|import|compare``: what units say of their own websites."""

import click

from xuncha.cli.language import say
from xuncha.cli.selfcheck.comparing import compare
from xuncha.cli.selfcheck.taking import take_in
from xuncha.cli.selfcheck.template import template


@click.group(
    "selfcheck",
    help=say(
        "自查：生成自查表（template），收回后导入（import），再与检查结果对照（compare）。",
        "The self-check: make the forms (template), read them back (import), hold them against a run (compare).",
    ),
)
def command() -> None: ...


for one in (template, take_in, compare):
    command.add_command(one)
