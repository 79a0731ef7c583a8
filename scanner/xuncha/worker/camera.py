"""A site's pictures: taken in the browser, developed, kept in the bundle, and noted in the journal."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from xuncha.model.fact import Gap
from xuncha.model.pictures import Photo
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Picture, Rendered, Renderer, Retouch, Want
from xuncha.model.text import Text
from xuncha.pictures import caption, pixels
from xuncha.pictures.privacy import MOST, recognised
from xuncha.pictures.sought import Outlines, Sought, outlines
from xuncha.store.mask import has_secret_mark, mask_url
from xuncha.store.pictures import MAX_PER_SITE, Mark, Shot, evidence_id, file_of, keep
from xuncha.worker.journal import Journal, Record
from xuncha.worker.renders import NOT_FOR_EVER

PICTURE = "picture"
_ADAPTER: TypeAdapter[Shot | Gap] = TypeAdapter(Shot | Gap)
_MAY_COME = NOT_FOR_EVER | {Reason.PROGRAM_MISSING}


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose pictures these are: the site's number and folder, the run, and from where it looks (``run.json``)."""

    number: int
    folder: Path
    run: str
    vantage: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """One picture as it is wanted: of a page, outlining CSS ``paths`` or the places of findings.

    The small picture shows the page ``from_top``, or what is around the first outline.
    """

    page: str
    paths: tuple[str, ...] = ()
    sought: tuple[Sought, ...] = ()
    blurred: bool = False
    by_probe: bool = False
    from_top: bool = False

    @property
    def key(self) -> str:
        """Tells it from the others of a site."""
        how = "blurred" if self.blurred else "plain"
        who = f"probe {' | '.join(self.paths)}" if self.by_probe else "inspection"
        return f"{who} {how} {self.page}"

    @property
    def want(self) -> Want:
        return Want(layout=any(one.targets for one in self.sought), picture=True)

    def outlines(self, page: Rendered) -> Outlines:
        """What is outlined on the page as it was rendered."""
        return outlines(self.sought, page) if self.sought else Outlines(self.paths)


class Camera:
    """For one site, over every worker that inspects it.

    Args:
        whose: where the pictures go, and what their strips say.
        renderer: shows the pages.
        journal: of the site.
        most: pictures, those included that failed. Probes may have half as many, and at least one, of their own.
        forget: lets nothing stay of a page in the journal: it bears a mark of secrecy.
        most_bytes: of all the site's pictures.
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
        self.taken: list[Shot] = []
        self._recall()

    def _recall(self) -> None:
        """What was taken before this worker began."""
        while record := self._journal.take(PICTURE, ""):
            found = _ADAPTER.validate_json(record.body)
            self._before[str(record.head["order"])] = found
            if isinstance(found, Shot):
                self._keep(found)

    def _keep(self, shot: Shot) -> None:
        self.taken.append(shot)
        self._room -= sum((self._whose.folder / name).stat().st_size for name in (shot.file, shot.thumbnail))

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
        shooting = _Shooting(order)
        page = await self._renderer.render(order.page, order.want, shooting.before_picture)
        found = page if isinstance(page, Gap) else await self._developed(shooting, page)
        if shooting.secret:
            self._forget(order.page)
        if not (isinstance(found, Gap) and found.reason in _MAY_COME):
            self._journal.append(Record(PICTURE, "", {"order": order.key}, _ADAPTER.dump_json(found)))
        return found

    async def _developed(self, shooting: "_Shooting", page: Rendered) -> Shot | Gap:
        if shooting.secret:
            return Gap(Reason.STATE_SECRET_MARK)
        if page.picture is None:
            return Gap(Reason.RENDER_TOO_HEAVY, detail="no picture of it could be taken")
        whose, number = self._whose, len(self.taken)
        picture = _kept(page.picture)
        shooting.look_at(picture)
        told = shooting.told(page, picture, evidence_id(whose.number, number), whose)
        write, blurred, from_top = partial(caption.lines, told), shooting.blurred, shooting.order.from_top
        try:
            made = await asyncio.to_thread(
                pixels.develop, page.picture, picture.height, write, blurred=blurred, from_top=from_top
            )
        except pixels.UnusableError as problem:
            return Gap(Reason.BROWSER_FAILED, detail=f"no picture: {problem}"[:300])
        if len(made.png) + len(made.thumbnail) > self._room:
            return Gap(Reason.BUDGET_REACHED, detail="the site's pictures take all the space that is theirs")
        await asyncio.to_thread(keep, whose.folder, number, made.png, made.thumbnail)
        shot = shooting.shot(page, picture, made, told.number, number)
        self._keep(shot)
        return shot


class _Shooting:
    """One picture while it is taken: what the page showed when it was read, and what follows for the picture."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.secret = False
        self.blurred = order.blurred
        self._outlines = Outlines()
        self._covered: tuple[str, ...] = ()

    def before_picture(self, page: Rendered) -> Retouch | None:
        """What is covered and outlined; None where no picture may be taken."""
        self.secret = has_secret_mark(page.text)
        if self.secret:
            return None
        self._outlines = self.order.outlines(page)
        self._covered = recognised(page.text, page.html)
        self.blurred = self.blurred or len(self._covered) > MOST
        return self._outlines.retouch(self._covered[:MOST])

    def look_at(self, picture: Picture) -> None:
        """See whether it shows what must not be shown."""
        self.blurred = self.blurred or self._outlines.shows_harm(picture.boxes)

    def told(self, page: Rendered, picture: Picture, number: str, whose: Whose) -> caption.Told:
        """For the strip."""
        return caption.Told(
            url=page.final_url,
            at=page.at,
            number=number,
            run=whose.run,
            address=caption.outgoing(whose.vantage),
            agent=page.agent,
            notes=tuple(self._notes(picture)),
            harmful=self.blurred,
        )

    def _notes(self, picture: Picture) -> Sequence[Text]:
        marks = [*self._outlines.marks(picture.boxes).values()]
        boxes = sum(box is not None and box.width > 0 for box in picture.boxes)
        unseen, lost = marks.count(Mark.UNSEEN), marks.count(Mark.NOT_FOUND)
        told = (
            (boxes, f"红框标出问题所在位置，共 {boxes} 处", f"outlined in red: {boxes}"),
            (unseen, f"{unseen} 处在页面上看不见，未能框出", f"on the page but not to be seen: {unseen}"),
            (lost, f"{lost} 处未能在页面上找到，没有框出", f"not found on the page: {lost}"),
            (self.blurred, "画面含不宜展示的内容，已作模糊处理", "made unreadable for what it shows"),
            (len(self._covered), "识别出的个人信息已遮盖", "personal data that was recognised is covered"),
            (not picture.whole, f"页面较长，只截取上部 {picture.height} 像素", f"cut at {picture.height} pixels"),
        )
        return [Text(zh, en) for applies, zh, en in told if applies]

    def shot(self, page: Rendered, picture: Picture, made: pixels.Developed, evidence: str, number: int) -> Shot:
        """The picture as it is listed."""
        photo = Photo(
            evidence=evidence,
            url=mask_url(page.final_url),
            at=page.at,
            sha256=made.sha256,
            pixels_sha256=made.pixels_sha256,
            width=made.width,
            height=made.height,
            strip=made.strip,
            whole=picture.whole,
            blurred=self.blurred,
        )
        return Shot(
            photo=photo,
            page=mask_url(self.order.page),
            file=file_of(number, "png"),
            thumbnail=file_of(number, "jpg"),
            covered=len(self._covered),
            findings=self._outlines.marks(picture.boxes),
            asked_by_probe=self.order.by_probe,
        )


def _kept(picture: Picture) -> Picture:
    """What is known of the part that is kept: things below it are not to be seen."""
    rows = pixels.kept_rows(picture)
    boxes = tuple(box and (box if box.top < rows else replace(box, width=0)) for box in picture.boxes)
    return replace(picture, height=rows, whole=picture.whole and rows == picture.height, boxes=boxes)
