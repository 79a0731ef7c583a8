"""Doors that stayed shut: where a challenge let no browser through, nobody knocks again for a picture or a look."""

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import BeforePicture, Rendered, Renderer, Retouch, Want
from xuncha.model.urls import url_parts


class Doors:
    """Of one site. A page that stayed shut is not asked for again, nor is its host where that was the front door."""

    def __init__(self) -> None:
        self._shut: dict[str, Gap] = {}

    def note(self, url: str, found: Rendered | Gap) -> None:
        """What came of opening ``url``."""
        if isinstance(found, Rendered):
            self._shut.pop(url, None)
        elif found.reason is Reason.CHALLENGED:
            self._shut[url] = found

    def shut(self, url: str) -> Gap | None:
        """Why opening ``url`` is in vain; None where it may not be."""
        parts = url_parts(url)
        return self._shut.get(url) or self._shut.get(f"{parts.scheme}://{parts.netloc}/")


class Knocking:
    """``renderer``, which is not asked for what is known to be shut."""

    def __init__(self, renderer: Renderer, doors: Doors) -> None:
        self._renderer = renderer
        self._doors = doors

    async def render(
        self,
        url: str,
        want: Want = Want(),  # noqa: B008 - immutable
        before_picture: BeforePicture = lambda _: Retouch(),
    ) -> Rendered | Gap:
        """See ``Renderer.render``."""
        shut = self._doors.shut(url)
        if shut is not None:
            return shut
        found = await self._renderer.render(url, want, before_picture)
        self._doors.note(url, found)
        return found
