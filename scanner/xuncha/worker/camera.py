"""A site's pictures: taken in the browser, developed, kept in the bundle, and noted in the journal."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pydantic import TypeAdapter

from xuncha.model.fact import Gap
from xuncha.model.pictures import Photo
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Picture, Rendered, Renderer
from xuncha.pictures import caption, pixels
from xuncha.pictures.album import Shunned
from xuncha.store.disk import read_file
from xuncha.store.pictures import MAX_PER_SITE, Shot, drop, evidence_id, keep, number_of
from xuncha.worker.journal import Journal, Record
from xuncha.worker.renders import NOT_FOR_EVER
from xuncha.worker.shooting import BLURRED, Order, Shooting, Whose

PICTURE = "picture"
_ADAPTER: TypeAdapter[Shot | Gap] = TypeAdapter(Shot | Gap, config={"defer_build": True})
_MAY_COME = NOT_FOR_EVER | {Reason.PROGRAM_MISSING}


class Camera:
    """For one site, over every worker that inspects it.

    Args:
        whose: where the pictures go, and what their strips say.
        renderer: shows the pages.
        journal: of the site.
        most: pictures, those included that failed. Probes may have half as many, and at least one, of their own.
        forget: lets nothing stay of a page in the journal: it bears a mark of secrecy.
        most_bytes: of all the site's pictures.

    Attributes:
        shunned: what no picture may show, as soon as that is known.
        taken: the pictures that there are.
    """

    def __init__(
        self,
        whose: Whose,
        renderer: Renderer,
        journal: Journal,
        most: int,
        forget: Callable[[str], None],
        most_bytes: int = MAX_PER_SITE,
    ) -> None:
        self._whose = whose
        self._renderer = renderer
        self._journal = journal
        self._forget = forget
        self._left = most
        self._for_probes = min(most, max(1, most // 2))
        self._room = most_bytes
        self._before: dict[str, Shot | Gap] = {}
        self._turn = asyncio.Lock()
        self._next = 0
        self.shunned = Shunned()
        self.taken: list[Shot] = []
        self._recall()

    def _recall(self) -> None:
        """What was taken before this worker began; what was noted last of an order counts."""
        while record := self._journal.take(PICTURE, ""):
            found = _ADAPTER.validate_json(record.body)
            self._before[str(record.head["order"])] = found
            if isinstance(found, Shot):
                self._next = max(self._next, 1 + number_of(found.photo.evidence))
        for kept in self._before.values():
            if isinstance(kept, Shot):
                self._keep(kept)

    def _keep(self, shot: Shot) -> None:
        self.taken.append(shot)
        self._room -= sum((self._whose.folder / name).stat().st_size for name in (shot.file, shot.thumbnail))

    def _note(self, order: str, found: Shot | Gap) -> None:
        self._before[order] = found
        self._journal.append(Record(PICTURE, "", {"order": order}, _ADAPTER.dump_json(found)))

    async def take(self, url: str, outlined: tuple[str, ...] = (), *, blurred: bool = False) -> Photo | Gap:
        """See ``Pictures.take``."""
        if self._for_probes <= 0:
            return Gap(Reason.BUDGET_REACHED, detail="no pictures left for probes")
        self._for_probes -= 1
        self._left += 1
        found = await self.shoot(Order(url, outlined, blurred=blurred, by_probe=True))
        return found if isinstance(found, Gap) else found.photo

    async def shoot(self, order: Order) -> Shot | Gap:
        """The picture, or why there is none; taken once, whoever asks again."""
        async with self._turn:
            if order.key not in self._before:
                if self._left <= 0:
                    return Gap(Reason.BUDGET_REACHED, detail="no pictures left")
                self._before[order.key] = await self._shoot(order)
            self._left -= 1
            return self._before[order.key]

    async def _shoot(self, order: Order) -> Shot | Gap:
        if not pixels.available():
            return Gap(Reason.PROGRAM_MISSING, detail='Pillow: pip install "xuncha[browser]"')
        shooting = Shooting(order, self.shunned)
        page = await self._renderer.render(order.page, order.want, shooting.before_picture)
        found = page if isinstance(page, Gap) else await self._developed(shooting, page)
        if shooting.secret:
            self._forget(order.page)
        if not (isinstance(found, Gap) and found.reason in _MAY_COME):
            self._note(order.key, found)
        return found

    async def _developed(self, shooting: Shooting, page: Rendered) -> Shot | Gap:
        picture = page.picture and _kept(page.picture)
        if picture is not None:
            shooting.look_at(picture)
        if page.picture is None or picture is None or shooting.denied is not None:
            return shooting.denied or Gap(Reason.RENDER_TOO_HEAVY, detail="no picture of it could be taken")
        whose, number = self._whose, self._next
        told = shooting.told(page, picture, evidence_id(whose.number, number), whose)
        write, rows = partial(caption.lines, told), picture.height
        try:
            made = await asyncio.to_thread(pixels.develop, page.picture, rows, write, shooting.handling)
        except pixels.UnusableError as problem:
            return Gap(Reason.BROWSER_FAILED, detail=f"no picture: {problem}"[:300])
        if len(made.png) + len(made.thumbnail) > self._room:
            return Gap(Reason.BUDGET_REACHED, detail="the site's pictures take all the space that is theirs")
        await asyncio.to_thread(keep, whose.folder, number, made.png, made.thumbnail)
        shot = shooting.shot(page, picture, made, told, number)
        self._next += 1
        self._keep(shot)
        return shot

    async def blur(self, shot: Shot) -> None:
        """Make a picture unreadable that was taken before anybody knew what it shows. Raises StoreError."""
        whose, photo = self._whose, shot.photo
        told = caption.Told(
            url=photo.url,
            at=photo.at,
            number=photo.evidence,
            run=whose.run,
            address=caption.outgoing(whose.vantage),
            agent=shot.agent,
            notes=(*shot.notes, BLURRED),
            harmful=True,
        )
        png = read_file(whose.folder / shot.file, MAX_PER_SITE)
        write = partial(caption.lines, told)
        try:
            made = await asyncio.to_thread(pixels.blurred_later, png, photo.strip, write, shot.letters)
        except pixels.UnusableError:
            self.withdraw(shot, Gap(Reason.BROWSER_FAILED, detail="the picture is damaged"))
            return
        await asyncio.to_thread(keep, whose.folder, number_of(photo.evidence), made.png, made.thumbnail)
        now = replace(
            shot,
            photo=replace(
                photo,
                sha256=made.sha256,
                pixels_sha256=made.pixels_sha256,
                height=made.height,
                strip=made.strip,
                blurred=True,
            ),
            notes=told.notes,
        )
        self.taken[self.taken.index(shot)] = now
        self._note(self._order_of(shot), now)

    def withdraw(self, shot: Shot, why: Gap) -> None:
        """Keep no picture of what nobody may see. Raises StoreError."""
        drop(self._whose.folder, shot)
        self.taken.remove(shot)
        self._note(self._order_of(shot), why)

    def found_secret(self, page: str) -> bool:
        """Whether a mark of secrecy was seen when a picture of this page was to be taken."""
        return page in self.secret

    @property
    def secret(self) -> frozenset[str]:
        """The pages of which there is no picture because of such a mark."""
        secret = Reason.STATE_SECRET_MARK
        found = (order for order, one in self._before.items() if isinstance(one, Gap) and one.reason is secret)
        return frozenset(order.rpartition(" ")[2] for order in found)

    def _order_of(self, shot: Shot) -> str:
        return next(order for order, found in self._before.items() if found == shot)


def _kept(picture: Picture) -> Picture:
    """What is known of the part that is kept: things below it are not to be seen."""
    rows = pixels.kept_rows(picture)
    boxes = tuple(box and (box if box.top < rows else replace(box, width=0)) for box in picture.boxes)
    return replace(picture, height=rows, whole=picture.whole and rows == picture.height, boxes=boxes)
