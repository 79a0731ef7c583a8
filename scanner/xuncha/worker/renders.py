"""A site's pages in the browser, behind the site's journal: what was rendered before is read, not done again."""

from dataclasses import replace
from itertools import product

from pydantic import TypeAdapter

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import BeforePicture, Rendered, Renderer, Retouch, Want
from xuncha.worker.doors import Doors
from xuncha.worker.journal import Journal, Record

RENDER = "render"
"""The kind of record; its key tells the URL and what was wanted of it."""

MOST_SHOTS = 4

_ADAPTER: TypeAdapter[Rendered | Gap] = TypeAdapter(
    Rendered | Gap, config={"ser_json_bytes": "base64", "val_json_bytes": "base64", "defer_build": True}
)

NOT_FOR_EVER = frozenset({
    Reason.NO_BROWSER, Reason.BROWSER_OFF, Reason.NO_SANDBOX, Reason.BROWSER_FAILED, Reason.OUTSIDE_HOURS,
    Reason.RATE_LIMITED, Reason.VANTAGE_UNFIT,
})  # fmt: skip
"""What a resumed run may find otherwise."""


class Renders:
    """The pages of one site in the browser: at most ``most`` of them, over every worker that inspects the site.

    ``kept`` of them are for probes, and not to be had by the crawl. ``doors`` remembers which stayed shut.
    """

    def __init__(
        self, journal: Journal, visitor: Renderer, most: int, kept: int = 0, doors: Doors | None = None
    ) -> None:
        self._journal = journal
        self._visitor = visitor
        self._left = most
        self._kept = min(kept, most // 2)
        self._doors = doors or Doors()

    async def for_crawl(self, url: str) -> Rendered | Gap:
        """A page that the crawl came across; what is kept for probes is left to them."""
        return await self._render(url, Want(), lambda _: Retouch(), self._kept)

    async def render(
        self,
        url: str,
        want: Want = Want(),  # noqa: B008 - immutable
        before_picture: BeforePicture = lambda _: Retouch(),
    ) -> Rendered | Gap:
        """See ``Renderer.render``."""
        return self._doors.shut(url) or await self._render(url, want, before_picture, 0)

    async def _render(self, url: str, want: Want, before_picture: BeforePicture, kept: int) -> Rendered | Gap:
        found = await self._found(url, want, before_picture, kept)
        self._doors.note(url, found)
        return found

    async def _found(self, url: str, want: Want, before_picture: BeforePicture, kept: int) -> Rendered | Gap:
        want = replace(want, shots=min(want.shots, MOST_SHOTS))
        recorded = self._journal.take(RENDER, _key(url, want))
        if recorded is not None:
            self._left -= 1
            return _ADAPTER.validate_json(recorded.body)
        if self._left <= kept:
            return Gap(Reason.BUDGET_REACHED, detail=f"no renders left for {url}"[:500])
        self._left -= 1
        found = await self._visitor.render(url, want, before_picture)
        if not (isinstance(found, Gap) and found.reason in NOT_FOR_EVER):
            self._journal.append(Record(RENDER, _key(url, want), {}, _ADAPTER.dump_json(found)))
        return found

    def forget(self, url: str) -> None:
        """Let nothing of a page stay in the journal (a mark of secrecy was found on it)."""
        for layout, picture, shots in product((False, True), (False, True), range(MOST_SHOTS + 1)):
            self._journal.expunge(RENDER, _key(url, Want(layout, picture, shots)))


def rendered_before(journal: Journal, *urls: str) -> Rendered | None:
    """The page as it was rendered for the crawl, under one of its URLs; None where it was not."""
    for url in urls:
        record = journal.latest(RENDER, _key(url, Want()))
        found = _ADAPTER.validate_json(record.body) if record is not None and record.body else None
        if isinstance(found, Rendered):
            return found
    return None


def _key(url: str, want: Want) -> str:
    return f"{'l' if want.layout else '-'}{'p' if want.picture else '-'}{want.shots or ''} {url}"
