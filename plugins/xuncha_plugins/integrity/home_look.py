"""Has the browser look at the home page, so that it can be held against the look that was approved."""

import asyncio
from collections.abc import Iterator, Sequence

from xuncha.api import (
    Area,
    Baseline,
    Gap,
    LookPrint,
    Looks,
    Params,
    Past,
    Photo,
    Pictures,
    Reason,
    Rect,
    Rendered,
    Renderer,
    SeenLook,
    Setting,
    Site,
    UnreadablePictureError,
    Want,
    look_habit,
    look_of,
    pillow_is_there,
    probe,
)

SHOTS = 3
_SUCCESS = range(200, 300)
_LEVEL = 1


class LookParams(Params):
    """``pages`` are looked at: the home page, then approved pages one level below."""

    pages: int = 1


@probe(provides=Looks, needs=(Baseline,), params=LookParams, deadline=240, requests=0, renders=2)
async def home_look(
    site: Site,
    baseline: Baseline | Gap,
    past: Past[Looks],
    renderer: Renderer,
    pictures: Pictures,
    params: LookParams,
) -> Looks | Gap:
    """How the pages look, whether or not anything was approved: what is to be approved must have been seen."""
    if not pillow_is_there():
        return Gap(Reason.PROGRAM_MISSING, detail='Pillow: pip install "xuncha[browser]"')
    earlier = {seen.look.url: seen for one in past for seen in reversed(one.fact.pages)}
    found: list[SeenLook] = []
    for url in list(_pages(site, baseline))[: max(1, params.pages)]:
        photo, look = await _seen(url, renderer, pictures)
        if isinstance(look, LookPrint):
            found.append(SeenLook(look, look_habit(earlier.get(url), look), photo))
        elif not found:
            return look
    return Looks(tuple(found))


def _pages(site: Site, baseline: Baseline | Gap) -> Iterator[str]:
    yield site.home
    if isinstance(baseline, Baseline):
        yield from (page.print.url for page in baseline.pages if page.print.depth == _LEVEL)


async def _seen(url: str, renderer: Renderer, pictures: Pictures) -> tuple[Photo | None, LookPrint | Gap]:
    """The picture for people, if there is one, and the look. Of a page with a mark of secrecy there is neither."""
    photo = await pictures.take(url)
    if isinstance(photo, Gap) and photo.reason is Reason.STATE_SECRET_MARK:
        return None, photo
    page = await renderer.render(url, Want(shots=SHOTS))
    look = page if isinstance(page, Gap) else await _look(url, page)
    return photo if isinstance(photo, Photo) else None, look


async def _look(url: str, page: Rendered) -> LookPrint | Gap:
    if page.status not in _SUCCESS:
        return Gap(Reason.SERVER_ERROR, detail=f"HTTP {page.status}")
    if not page.shots or page.parts is None:
        return Gap(Reason.PICTURE_INCOMPLETE, detail="no picture of it could be taken")
    last = page.shots[-1]
    try:
        return await asyncio.to_thread(
            look_of,
            url,
            [shot.png for shot in page.shots],
            page.at,
            Setting(page.browser.partition(".")[0], page.parts.fonts, last.width),
            whole=last.whole,
            slots=_boxes(page.parts.slots),
            leads=page.parts.leads,
            written=page.parts.written,
            floats=_boxes(page.parts.floats),
            lacking=_lacking(page),
        )
    except UnreadablePictureError as problem:
        return Gap(Reason.PICTURE_INCOMPLETE, detail=str(problem)[:200])


def _boxes(rects: Sequence[Rect]) -> list[Area]:
    return [Area(round(one.left), round(one.top), round(one.width), round(one.height)) for one in rects]


def _lacking(page: Rendered) -> int:
    """How much of what it shows did not come; a page that did not come to rest lacks something too."""
    return sum(count for reason, count in page.traffic.refusals if reason is not Reason.NOT_SELECTED) + (
        not page.settled
    )
