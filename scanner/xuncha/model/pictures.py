"""Pictures of pages (截图): evidence that a person sees at once, and what an approved look is compared with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from xuncha.model.fact import Gap


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a page, as it is kept in the bundle below a strip that tells what it shows.

    Attributes:
        evidence: its name in the bundle, for ``Finding.evidence``.
        url: of the page, where it stood in the end.
        at: when it was taken.
        sha256: of the PNG file that is kept; ``pixels_sha256`` of what is below the strip, as the strip says: 8-bit
            RGB, row by row from the top.
        width: in CSS pixels, like ``height``, which includes the ``strip``.
        whole: False where the page goes on below.
        blurred: made unreadable, because of what it shows.
    """

    evidence: str
    url: str
    at: datetime
    sha256: str
    pixels_sha256: str
    width: int
    height: int
    strip: int
    whole: bool
    blurred: bool = False


class Pictures(Protocol):
    """Takes pictures of a site's pages for a probe, within what the profile grants the site.

    Personal data that is recognised is covered before a picture is taken; of a page with a mark of secrecy none is.
    """

    async def take(self, url: str, outlined: tuple[str, ...] = (), *, blurred: bool = False) -> Photo | Gap:
        """A picture of ``url`` with the elements ``outlined`` (CSS paths).

        Never raises for what the page or the browser does. The gap's reason is one of ``Renderer.render``'s,
        ``program-missing`` where the extra is not installed, or ``state-secret-mark``.
        """
        ...
