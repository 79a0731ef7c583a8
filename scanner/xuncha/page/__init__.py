"""A page as values: decoded once, parsed once, shown to every page check. Only this package knows the parser."""

from xuncha.page.dates import DateSeen, MonthDaySeen, date_in_url, dates_in, month_days_in
from xuncha.page.lineage import Box, Lineage
from xuncha.page.listing import Listing, Row
from xuncha.page.ordinary import is_ordinary_article
from xuncha.page.page import Page, behind_challenge, parse_page, rendered_page
from xuncha.page.published import Published
from xuncha.page.tags import NationalTags
from xuncha.page.trail import Crumb
from xuncha.page.values import Element, Encoding, Form, Frame, Link, Meta, Script

__all__ = [
    "Box",
    "Crumb",
    "DateSeen",
    "Element",
    "Encoding",
    "Form",
    "Frame",
    "Lineage",
    "Link",
    "Listing",
    "Meta",
    "MonthDaySeen",
    "NationalTags",
    "Page",
    "Published",
    "Row",
    "Script",
    "behind_challenge",
    "date_in_url",
    "dates_in",
    "is_ordinary_article",
    "month_days_in",
    "parse_page",
    "rendered_page",
]
