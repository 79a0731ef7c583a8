"""Which findings the commands of review are about, and what is said of them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from xuncha.cli.baseline.sites import site_option
from xuncha.cli.language import say
from xuncha.errors import UsageError
from xuncha.model.outcome import Review, Status
from xuncha.review.rows import Chosen
from xuncha.store.bundle import Bundle
from xuncha.store.format import visible
from xuncha.store.labels import label
from xuncha.store.result import Stored

_F = TypeVar("_F", bound=Callable[..., Any])

VERDICTS = {label("review", one, "zh"): one for one in Review} | {str(one): one for one in Review}
STATUSES = {label("status", one, "zh"): one for one in (Status.FAIL, Status.WARN, Status.MANUAL)} | {
    str(one): one for one in (Status.FAIL, Status.WARN, Status.MANUAL)
}

run_argument = click.argument("run", metavar=say("[检查编号]", "[RUN]"), default="")


def choosing(command: _F) -> _F:
    """The options that choose findings."""
    for option in reversed(_CHOOSING):
        command = option(command)
    return command


_CHOOSING: tuple[Callable[[Any], Any], ...] = (
    site_option,
    click.option(
        "--check",
        "checks",
        multiple=True,
        metavar=say("检查点", "CHECK"),
        help=say("只看这些检查点，可用 * 代替，如 links.*", "Only these checks; links.* means all of that name."),
    ),
    click.option(
        "--item",
        "items",
        multiple=True,
        metavar=say("检查项", "ITEM"),
        help=say("只看这些检查项，如 2.3", "Only these items, such as 2.3."),
    ),
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(list(STATUSES)),
        help=say("只看这些检查结果", "Only these results."),
    ),
    click.option(
        "--unreviewed/--all",
        "open_only",
        default=True,
        help=say("只看还没有结论的（默认），或全部", "Only what is undecided (the default), or everything."),
    ),
)


def chosen(given: dict[str, Any]) -> Chosen:
    """What the options say."""
    return Chosen(
        sites=frozenset(given["sites"]),
        checks=given["checks"],
        items=frozenset(given["items"]),
        statuses=frozenset(STATUSES[one] for one in given["statuses"]),
        open_only=given["open_only"],
    )


def known_sites(stored: Stored, wanted: Chosen, bundle: Bundle) -> None:
    """Raises UsageError where a site is named that the run does not have."""
    known = {word for site in stored.planned for word in (site.id, site.name, *site.urls)}
    for name in sorted(wanted.sites - known):
        text = f"检查 {bundle.folder.name} 中没有网站 {visible(name)}"
        raise UsageError(say(text, f"the run {bundle.folder.name} has no site {visible(name)}"))
