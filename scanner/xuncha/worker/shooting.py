"""One picture while it is taken: what the page shows as it stands for it, and what follows for the picture."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xuncha.model.fact import Gap
from xuncha.model.pictures import Photo
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Picture, Rect, Rendered, Retouch, Sight, Want
from xuncha.model.text import Text
from xuncha.pictures import caption, pixels
from xuncha.pictures.album import Shunned
from xuncha.pictures.harm import offers_harm
from xuncha.pictures.privacy import MOST, bears_mark, largest_letters, recognised, still_legible
from xuncha.pictures.sought import Outlines, Sought, outlines
from xuncha.store.mask import mask_url
from xuncha.store.pictures import Mark, Shot, file_of

_SCRIPTS = re.compile(r"<script\b.*?(?:</script|\Z)", re.DOTALL | re.IGNORECASE)

BLURRED = Text("画面含不宜展示的内容，已作模糊处理", "made unreadable for what it shows")


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
        """Of the browser."""
        return Want(layout=any(one.targets for one in self.sought), picture=True)

    def outlines(self, page: Rendered) -> Outlines:
        """What is outlined on the page as it was rendered."""
        return outlines(self.sought, page) if self.sought else Outlines(self.paths)


class Shooting:
    """One picture.

    Args:
        order: as it is wanted.
        shunned: what no picture may show, as far as that is known by now.
    """

    def __init__(self, order: Order, shunned: Shunned) -> None:
        self.order = order
        self.secret = False
        self.blurred = order.blurred
        self._shunned = shunned
        self._unreadable = False
        self._outlines = Outlines()
        self._shown = 0
        self._covered: tuple[Rect, ...] = ()
        self._unread: tuple[Rect, ...] = ()
        self._letters = 0.0

    def before_picture(self, page: Rendered) -> Retouch | None:
        """What is covered and outlined; None where no picture may be taken."""
        if page.sight is None or not page.sight.complete:
            self._unreadable = True
            return None
        self.secret = bears_mark(page.text) or self._is_secret(page.sight)
        if self.secret:
            return None
        self._outlines = self.order.outlines(page)
        own = _SCRIPTS.sub("", page.html)  # with what form controls show
        shown = recognised(page.text, own, *(one.text for one in page.sight.writings))
        words = tuple(dict.fromkeys((*shown, *recognised(page.html))))
        self._shown = len({"".join(word.split()) for word in shown})  # in two lines or in one, it is the same
        self.blurred = self.blurred or len(words) > MOST
        return self._outlines.retouch(words[:MOST])

    def look_at(self, picture: Picture) -> None:
        """See what it shows that must not be shown: once retouched, and while it was taken."""
        self.blurred = self.blurred or self._outlines.shows_harm(picture.boxes)
        for sight in picture.seen:
            self.secret = self.secret or self._is_secret(sight)
            self._unreadable = self._unreadable or not sight.complete
            self.blurred = self.blurred or self._is_harmful(sight)
            self._letters = max(self._letters, largest_letters(sight))
            self._covered = tuple(dict.fromkeys((*self._covered, *still_legible(sight))))
            self._unread = tuple(dict.fromkeys((*self._unread, *sight.unread)))

    def _is_secret(self, sight: Sight) -> bool:
        """By its words or those of a frame, shown or not; or because the crawl found the mark on a page framed here."""
        framed = {_bare(one.url) for one in sight.writings}
        words = (text for one in sight.writings for text in (one.text, one.unseen))
        return bears_mark(*words) or not self._shunned.secret.isdisjoint(framed)

    def _is_harmful(self, sight: Sight) -> bool:
        """By the words that it shows now, or because harm was found on a page that is framed here."""
        shown = [one.text for one in sight.writings if one.frame is None or one.frame.width > 0]
        return any(map(offers_harm, shown)) or not self._shunned.harmful.isdisjoint(_in_sight(sight))

    @property
    def denied(self) -> Gap | None:
        """Why no picture of it is kept."""
        if self.secret:
            return Gap(Reason.STATE_SECRET_MARK)
        return Gap(Reason.RENDER_TOO_HEAVY, detail="what it shows can't be read out") if self._unreadable else None

    @property
    def handling(self) -> pixels.Handling:
        """What is done to its pixels."""
        return pixels.Handling((*self._covered, *self._unread), self.blurred, self._letters, self.order.from_top)

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
        unseen, lost, whole = (marks.count(one) for one in (Mark.UNSEEN, Mark.NOT_FOUND, Mark.WHOLE))
        told = (
            (boxes, f"红框标出问题所在位置，共 {boxes} 处", f"outlined in red: {boxes}"),
            (unseen, f"{unseen} 处在页面上看不见，未能框出", f"on the page but not to be seen: {unseen}"),
            (lost, f"{lost} 处未能在页面上找到，没有框出", f"not found on the page: {lost}"),
            (whole, f"{whole} 处针对整个页面，不另框出", f"about the page as a whole: {whole}"),
            (self.blurred, BLURRED.zh, BLURRED.en),
            (self._hidden, "识别出的个人信息已遮盖", "personal data that was recognised is covered"),
            (
                self._unread,
                "读不出文字的部分（画布、外站框架等）已遮盖",
                "covered where no words can be read (canvas, frames)",
            ),
            (not picture.whole, f"页面较长，只截取上部 {picture.height} 像素", f"cut at {picture.height} pixels"),
        )
        return [Text(zh, en) for applies, zh, en in told if applies]

    @property
    def _hidden(self) -> int:
        """Places of personal data that are covered, as far as they can be counted; what scripts hold is not shown."""
        return max(self._shown, len(self._covered))

    def shot(self, page: Rendered, picture: Picture, made: pixels.Developed, told: caption.Told, number: int) -> Shot:
        """The picture as it is listed."""
        photo = Photo(
            evidence=told.number,
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
            covered=self._hidden,
            findings=self._outlines.marks(picture.boxes),
            asked_by_probe=self.order.by_probe,
            frames=tuple(dict.fromkeys(mask_url(url) for sight in picture.seen for url in _framed(sight))),
            agent=page.agent,
            notes=told.notes,
            letters=self._letters,
        )


def _framed(sight: Sight) -> list[str]:
    return [_bare(one.url) for one in sight.writings if one.frame is not None]


def _in_sight(sight: Sight) -> list[str]:
    """Addresses of frames that are laid out."""
    return [_bare(one.url) for one in sight.writings if one.frame is not None and one.frame.width > 0]


def _bare(url: str) -> str:
    return url.partition("#")[0]
