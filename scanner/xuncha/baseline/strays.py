"""Sites with approved pages of which nobody asks any more: they left the inventory, or their id was changed. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xuncha.baseline.approved import Standing
from xuncha.model.hosts import site_host
from xuncha.model.site import Site
from xuncha.model.text import Text

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Stray:
    """A site that has ``pages`` approved and is not inspected; ``now`` is the id of the one with its address."""

    site: str
    pages: int
    now: str = ""


def strays(standings: Mapping[str, Standing], sites: Iterable[Site]) -> list[Stray]:
    """The sites with approved pages that are not among ``sites``, under their id."""
    inspected = list(sites)
    ids = {site.id for site in inspected}
    hosts = {site_host(url): site.id for site in inspected if site.id not in standings for url in site.urls}
    return [
        Stray(name, len(one.pages), next((hosts[host] for url in one.pages if (host := site_host(url)) in hosts), ""))
        for name, one in standings.items()
        if one.pages and name not in ids
    ]


def said_of_renamed(found: Sequence[Stray]) -> Iterator[Text]:
    """What is to be said of those whose id was changed, one by one, and what is to be done."""
    for one in [stray for stray in found if stray.now][:MOST_NAMED]:
        yield Text(
            f"网站编号由 {one.site} 改成了 {one.now}（网址相同），按旧编号核准的 {one.pages} 个页面没有用于比对。"
            f"编号改错的，请在名录中改回 {one.site}；确需改的，请用 xuncha baseline approve --site {one.now} 重新核准，"
            f"再用 xuncha baseline withdraw {one.site} 撤销旧的",
            f"site {one.site} is now called {one.now} (same address): {one.pages} pages approved under the former id "
            f"are not compared. Give it back its id {one.site} in the inventory; or approve anew with xuncha baseline "
            f"approve --site {one.now}, then xuncha baseline withdraw {one.site}",
        )


def said_of_left(found: Sequence[Stray]) -> Iterator[Text]:
    """The same of those that are nowhere in the inventory, together."""
    left = [one.site for one in found if not one.now]
    if left:
        names = left[:MOST_NAMED]
        yield Text(
            f"{len(left)} 个有基线的网站不在名录中，没有检查：{'、'.join(names)}。"
            "漏列的请补入名录；已下线的请用 xuncha baseline withdraw 撤销基线",
            f"{len(left)} sites with a baseline are not in the inventory and not inspected: {', '.join(names)}. Add "
            "what was left out; of what is gone withdraw the baseline (xuncha baseline withdraw)",
        )
