"""What answers one path of a site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from xuncha.lab.layout import Setting

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Resource:
    """What answers one path. ``location`` makes it a redirect."""

    body: bytes
    media_type: str
    modified: datetime
    status: int = 200
    location: str = ""


Resources = Mapping[str, Resource]
"""By path, or by path and query where the site has both."""


def page(setting: Setting, markup: str, modified: datetime | None = None) -> Resource:
    """A page in the site's encoding."""
    # What GBK lacks becomes a reference, as publishing systems leave it; such servers name no charset in the header.
    body = markup.encode(setting.site.encoding, "xmlcharrefreplace")
    media_type = HTML if setting.site.encoding == "gbk" else f"{HTML}; charset=utf-8"
    return Resource(body, media_type, modified or setting.now)
