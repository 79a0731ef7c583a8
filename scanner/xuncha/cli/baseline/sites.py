"""What the commands about baselines share: who acts, which sites are meant, how the seal is told."""

from collections.abc import Callable, Sequence

import click

from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, folded_note, note
from xuncha.errors import UsageError
from xuncha.model.prints import Seal
from xuncha.store.format import visible
from xuncha.store.labels import seal_words
from xuncha.store.mask import clean_line
from xuncha.store.result import SiteResult


def _name(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if not clean_line(name):
        raise click.BadParameter(say("请写明姓名", "give the name of a person"))
    return clean_line(name)


by_option = click.option(
    "--by",
    required=True,
    metavar=say("姓名", "NAME"),
    callback=_name,
    help=say("由谁决定，记入基线记录", "Who decides; goes into the log."),
)

site_option = click.option(
    "--site",
    "sites",
    multiple=True,
    metavar=say("网站", "SITE"),
    help=say(
        "只看这些网站：编号、名称或网址，可写多次", "Only these sites, by id, name or address; may be given again."
    ),
)


def because(*names: str) -> Callable[..., Callable[..., int]]:
    """A mandatory reason, under these option names."""
    return click.option(
        *names,
        required=True,
        metavar=say("理由", "REASON"),
        callback=_reason,
        help=say("理由，记入基线记录", "Why; goes into the log."),
    )


def _reason(_context: click.Context, _option: click.Parameter, reason: str) -> str:
    if not clean_line(reason):
        raise click.BadParameter(say("请写明理由", "give a reason"))
    return clean_line(reason)


def chosen_sites(sites: Sequence[SiteResult], names: Sequence[str]) -> list[SiteResult]:
    """The sites of a run that are named; all where none is. Raises UsageError."""
    found = [site for site in sites if not names or {site.id, site.name, site.url} & set(names)]
    known = {word for site in found for word in (site.id, site.name, site.url)}
    for name in names:
        if name not in known:
            text = f"该次检查中没有网站 {visible(name)}"
            raise UsageError(say(text, f"the run has no site {visible(name)}"))
    return found


def tell_seal(seal: Seal) -> None:
    """State, length and head of the baselines, and what is to be done about them."""
    note(seal_line(seal))
    if seal.problem:
        folded_note(seal.problem.of(LANG))


def seal_line(seal: Seal) -> str:
    return f"{say('基线', 'baselines')}{COLON}{seal_words(seal, LANG)}"
