"""The probe: asks every link target that the crawl did not open itself, and what looks wrong a second time."""

import asyncio
import hashlib
from collections.abc import Iterator

from pydantic import Field

from xuncha.api import (
    Crawl,
    Gap,
    LinkTarget,
    LinkUse,
    Net,
    Params,
    Reason,
    Site,
    host_of,
    in_time,
    is_private,
    knows_public_names,
    probe,
    registrable,
)
from xuncha_plugins.links.asking import AT_ONCE, Asker
from xuncha_plugins.links.facts import LinkAnswers, Visit
from xuncha_plugins.links.looks import SETTLED_AT_ONCE, Look
from xuncha_plugins.links.sampling import samples
from xuncha_plugins.links.urls import origin_of
from xuncha_plugins.links.visits import Visits

LOOKUPS = 2
"""So many lookups must deny a name."""

_EACH = ("external_links", "files", "again")
MOST_REQUESTS = (2, *_EACH, *_EACH)
"""The two addresses that nobody has published; each target takes a HEAD, and a GET where that proves nothing."""

LONGEST = 14_400
_SERVER_ERROR = 500
_NO_FAULT = frozenset({Look.FINE, Look.UNKNOWN})


class AnswerParams(Params):
    """What may be asked, and with how much patience.

    ``external_links`` and ``files`` (pictures, scripts, style sheets, attachments of the site) count distinct targets;
    ``again`` how many of those that did not look right are visited a second time, ``pause`` seconds later. ``patience``
    is in seconds for one request, ``seconds`` for everything. After ``host_failures`` requests in a row without an
    answer a host is left alone. Of more ``pictures`` or ``attachments`` of inner pages so many are visited first, and
    the others only where one of these is not right.
    """

    external_links: int = Field(default=2000, ge=0, le=20_000)
    files: int = Field(default=4000, ge=0, le=20_000)
    again: int = Field(default=1000, ge=0, le=5_000)
    pause: float = Field(default=10.0, ge=0, le=600)
    patience: float = Field(default=15.0, gt=0, le=60)
    seconds: float = Field(default=1800.0, gt=0, le=LONGEST - 60)
    host_failures: int = Field(default=5, ge=1)
    pictures: int = Field(default=60, ge=1, le=20_000)
    attachments: int = Field(default=100, ge=1, le=20_000)


@probe(
    provides=LinkAnswers,
    needs=(Crawl,),
    params=AnswerParams,
    deadline=LONGEST,
    connections=AT_ONCE,
    requests=MOST_REQUESTS,
)
async def link_answers(site: Site, crawl: Crawl, params: AnswerParams, net: Net) -> LinkAnswers | Gap:
    """What answers for the targets of a site's links."""
    if reason := _closed(crawl):
        return Gap(reason)
    inquiry = Inquiry(site, crawl, params, net)
    if not await in_time(params.seconds, inquiry.run()):
        inquiry.complete = False
    return inquiry.result()


def _closed(crawl: Crawl) -> Reason | None:
    """Why nothing can be said of links: the home page did not open."""
    home = crawl.pages[0] if crawl.pages else None
    if home is None:
        return crawl.stopped or Reason.TOO_FEW_PAGES
    if home.opened:
        return None
    return home.problem or (Reason.SERVER_ERROR if home.status >= _SERVER_ERROR else Reason.TOO_FEW_PAGES)


class Inquiry:
    """One run of the probe; what it has found so far can be read at any time."""

    def __init__(self, site: Site, crawl: Crawl, params: AnswerParams, net: Net) -> None:
        self._site = site
        self._crawl = crawl
        self._params = params
        self._net = net
        self._names_known = True
        self._asker = Asker(net, patience=params.patience, host_failures=params.host_failures)
        self._first: dict[str, Visit] = {}
        self._second: dict[str, Visit] = {}
        self._missing: list[Visit] = []
        self._spared: list[str] = []
        self.complete = True

    async def run(self) -> None:
        """First visits, a pause, second visits."""
        for url in _impossible(self._site, self._crawl):
            if visit := await self._asker.open_page(url):
                self._missing.append(visit)
        await self._visit_samples_first(list(self._to_ask()))
        again, names = self._doubtful()
        await self._asker.look_up_all(names)
        if again or names:
            await asyncio.sleep(self._params.pause)
            await self._asker.visit_all(again, self._second, again=True)
            await self._asker.look_up_all(names)
        if self._asker.denied(LOOKUPS):
            self._names_known = await knows_public_names(self._net)

    async def _visit_samples_first(self, targets: list[LinkTarget]) -> None:
        groups = samples(targets, self._params.pictures, self._params.attachments)
        spared = {one.url for group in groups for one in group.rest}
        await self._asker.visit_all((one for one in targets if one.url not in spared), self._first)
        for group in groups:
            visits = self._visits()
            if any(visits.first(one).look not in _NO_FAULT for one in group.chosen):
                await self._asker.visit_all(group.rest, self._first)
            else:
                self._spared += [one.url for one in group.rest]

    def result(self) -> LinkAnswers:
        """What was found, in the order of the crawl."""
        return LinkAnswers(
            self._in_order(self._first),
            self._in_order(self._second),
            tuple(self._missing),
            self._asker.denied(LOOKUPS),
            self.complete and not self._asker.left_out,
            self._names_known,
            tuple(self._spared),
        )

    def _in_order(self, visits: dict[str, Visit]) -> tuple[Visit, ...]:
        return tuple(visits[target.url] for target in self._crawl.targets if target.url in visits)

    def _to_ask(self) -> Iterator[LinkTarget]:
        """What the crawl did not open, as far as the budget goes."""
        opened = {page.url for page in self._crawl.pages}
        left = {True: self._params.files, False: self._params.external_links}
        for target in self._crawl.targets:
            if target.url in opened or not is_to_be_asked(target, self._site):
                continue
            if left[target.internal]:
                left[target.internal] -= 1
                yield target
            else:
                self.complete = False

    def _visits(self) -> Visits:
        return Visits(self._crawl, LinkAnswers(self._in_order(self._first), missing=tuple(self._missing)))

    def _doubtful(self) -> tuple[list[LinkTarget], list[str]]:
        """The targets that deserve a second visit, and the names that could not be found."""
        visits = self._visits()
        looks = [(target, visits.first(target).look) for target in self._crawl.targets]
        again = [target for target, look in looks if look not in SETTLED_AT_ONCE]
        names = [host_of(target.url) for target, look in looks if look is Look.NO_SUCH_NAME]
        if len(again) > self._params.again:
            self.complete = False
        return again[: self._params.again], list(dict.fromkeys([*names, *map(registrable, names)]))


def is_to_be_asked(target: LinkTarget, site: Site) -> bool:
    """Whether the probe is the one to ask for ``target``.

    Pages of the site are the crawl's affair, forms are not sent, and what is private on a public page is wrong without
    asking.
    """
    if target.use is LinkUse.FORM or (target.internal and target.use is LinkUse.PAGE):
        return False
    return target.internal or bool(site.network) or not is_private(host_of(target.url))


def _impossible(site: Site, crawl: Crawl) -> list[str]:
    """Addresses that nobody has ever published: one beside the home page, one in a folder that is there."""
    home = crawl.pages[0].final_url
    token = "xuncha-" + hashlib.sha256(f"links {site.id} {home}".encode()).hexdigest()[:16]
    opened = (page.final_url.partition("?")[0] for page in crawl.pages if page.opened)
    pages = (url for url in opened if origin_of(url) == origin_of(home))
    folder = next((url.rpartition("/")[0] for url in pages if url.count("/") > 3), origin_of(home))  # noqa: PLR2004
    return [f"{origin_of(home)}/{token}.html", f"{folder}/{token}.html"]
