"""The national page tags (网页标签) of the development guideline 国办发〔2017〕47号, annex on page design."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from xuncha.page.values import Meta


@dataclass(frozen=True, slots=True)
class NationalTags:
    """What a page says of its site, its column and its article; "" where a tag is empty, None where it is absent.

    Of a tag that stands there twice the first counts. In pages the names are read in whatever case.
    """

    SiteName: str | None = None
    SiteDomain: str | None = None
    SiteIDCode: str | None = None
    ColumnName: str | None = None
    ColumnDescription: str | None = None
    ColumnKeywords: str | None = None
    ColumnType: str | None = None
    ArticleTitle: str | None = None
    PubDate: str | None = None
    ContentSource: str | None = None
    Keywords: str | None = None
    Author: str | None = None
    Description: str | None = None
    Image: str | None = None
    Url: str | None = None


@cache
def _names() -> dict[str, str]:
    return {field.name.lower(): field.name for field in fields(NationalTags)}


def national_tags(metas: Iterable[Meta]) -> NationalTags:
    """The tags among the ``<meta>`` elements of a page."""
    found: dict[str, str] = {}
    for meta in metas:
        if name := _names().get(meta.name):
            found.setdefault(name, meta.content.strip())
    return NationalTags(**found)
