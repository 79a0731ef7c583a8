"""``xuncha review [list] | export | import``: what is to be reviewed, and what named persons say of it."""

import click

from xuncha.cli.language import say
from xuncha.cli.review.listing import listing_of
from xuncha.cli.review.workbook import export, take_in


class Reviewing(click.Group):
    """``xuncha review [RUN] …`` is ``xuncha review list [RUN] …``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asks_help = bool(set(args[:1]) & set(ctx.help_option_names))
        if not asks_help and (not args or args[0] not in self.commands):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(
    "review",
    cls=Reviewing,
    help=say(
        "人工复核：列出待复核的问题，记录属实、误报、不作为问题或待进一步核实；xuncha review [检查编号] 即 "
        "xuncha review list。复核意见写入带封印的记录，以后各次检查同样有效",
        "Review: list what is to be reviewed and record what is confirmed, a false alarm, no problem or undecided. "
        "xuncha review [RUN] is xuncha review list. What people say is sealed, and counts for later runs too.",
    ),
)
def command() -> None: ...


command.add_command(listing_of)
command.add_command(export)
command.add_command(take_in)
