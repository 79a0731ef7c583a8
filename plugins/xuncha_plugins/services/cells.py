"""What the markup of a service guide tells beside its text: cells left empty, and content that is out of sight."""

import re
from collections.abc import Iterator

from xuncha.api import LinkUse, Page
from xuncha_plugins.services.elements import without_footer
from xuncha_plugins.services.guide_words import GuideWords
from xuncha_plugins.services.words import words

MAX_CELLS = 500
_MARKUP = 300_000
"""Characters of a page that are looked through."""

_TEXT = 60_000

_EMPTY = re.compile(
    r"(?i)</(?:td|th|dt)>\s{0,50}"
    r"(<(td|dd)\b[^>]{0,300}>(?:\s|&nbsp;|&#160;|<br\s?/?>|</?(?:p|div|span|font|b|strong)\b[^>]{0,200}>){0,20}</\2>)"
)
_LABEL = 300
"""Characters before an empty cell in which the one beside it stands."""

_CELL = re.compile(r"(?is)^.*<(?:td|th|dt)\b[^>]{0,300}>")
_FILLED = re.compile(r"(?i)\b(?:id|data-[\w-]{1,40}|v-\w{1,20}|ng-\w{1,20})\s?=|<(?:div|span)\b[^>]{0,200}\bclass\s?=")
"""By these script finds what it fills."""

_TAG = re.compile(r"<[^<>]{0,300}>")
_REGION = re.compile(
    r"(?i)<(?:div|td|span|ul|tbody|section)\b[^>]{0,200}?\bid\s?=\s?[\"']?([\w-]{3,40})[^>]{0,200}>\s{0,20}</"
)
_NUMBER = re.compile(r"\d+$")
_FETCHES = re.compile(r"\.load\s?\(|innerHTML|\.html\s?\(")


def empty_cells(page: Page) -> Iterator[str]:
    """The names beside which a cell is empty that no script is made to fill."""
    html = page.html[:_MARKUP]
    for cell, _ in zip(_EMPTY.finditer(html), range(MAX_CELLS), strict=False):
        if not _FILLED.search(cell[1]):
            yield _TAG.sub("", _CELL.sub("", html[max(cell.start() - _LABEL, 0) : cell.start()])).strip()


def is_partly_unseen(page: Page, table: GuideWords) -> bool:
    """Whether script fills regions that are empty here, or a frame holds more of the page."""
    if any(frame.src and not table.elsewhere.around.search(frame.src) for frame in page.frames):
        return True
    if table.elsewhere.templates.search(page.html[:_MARKUP]):
        return True
    scripts = [script.inline for script in page.scripts if _fetches(script.inline)]
    if not scripts:
        return False
    regions = zip(_REGION.finditer(page.html[:_MARKUP]), range(MAX_CELLS), strict=False)
    names = {_NUMBER.sub("", region[1]) for region, _ in regions}
    own = (name for name in names if not table.elsewhere.around.search(name))
    return any(name in script for name in own for script in scripts)


def _fetches(script: str) -> bool:
    return bool(script) and bool(words().search.filled.search(script) or _FETCHES.search(script))


def goes_on(page: Page, table: GuideWords) -> bool:
    """Whether the page says, or shows by a file or a picture, that more of the guide stands elsewhere."""
    rule, html = table.elsewhere, page.html[:_MARKUP]
    if any(link.use is LinkUse.ATTACHMENT and not rule.forms.search(link.text or link.target) for link in page.links):
        return True
    if rule.shown.search(html) or any(not rule.adorns.search(name) for name in rule.pictures.findall(html)):
        return True
    told = rule.text.search(without_footer(page.text[:_TEXT]))
    return bool(told) or any(rule.links.search(link.text) for link in page.links)
