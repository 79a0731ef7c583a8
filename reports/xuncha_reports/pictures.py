"""Pictures of pages in the HTML report: small ones beside what they prove, within a size that mail lets through."""

import base64
from collections import Counter
from dataclasses import dataclass, field

from xuncha.model.outcome import Status
from xuncha.model.text import Lang
from xuncha.store.gallery import Comparison, PictureView, UntakenView, compared_picture, thumbnail
from xuncha.store.result import RunResult, SiteResult
from xuncha_reports.summary import first_places, urgency

MOST_BYTES = 20_000_000
"""Of all small pictures of one report; further ones are named by their files."""

_TOLD = (Status.FAIL, Status.WARN, Status.MANUAL)


class Thumbnails:
    """The small pictures of one report, as ``data:`` addresses; empty ones once there are too many."""

    def __init__(self, result: RunResult, most: int = MOST_BYTES) -> None:
        self._folder = result.folder
        self._left = most

    def uri(self, picture: PictureView) -> str:
        """Where the picture can be loaded from without leaving the file."""
        return self._uri(thumbnail(self._folder, picture))

    def compared(self, file: str) -> str:
        """The same of one of two pictures that are compared; empty where it is gone."""
        return self._uri(compared_picture(self._folder, file))

    def _uri(self, jpeg: bytes) -> str:
        data = base64.b64encode(jpeg).decode()
        if not data or len(data) > self._left:
            return ""
        self._left -= len(data)
        return f"data:image/jpeg;base64,{data}"


@dataclass(slots=True)
class Hung:
    """Where the pictures of a site stand: ``above`` all findings, or beside the gravest check that each shows.

    Pages without one are placed the same way, with their words; ``compared`` are those beside their approved pictures.
    """

    above: list[PictureView] = field(default_factory=list)
    words_above: list[UntakenView] = field(default_factory=list)
    beside: dict[str, list[PictureView]] = field(default_factory=dict)
    words: dict[str, list[UntakenView]] = field(default_factory=dict)
    compared: dict[str, list[Comparison]] = field(default_factory=dict)


def hung(site: SiteResult) -> Hung:
    """The home page and what no finding in the report names above; the others beside their findings."""
    gallery, found = site.gallery, Hung()
    waiting = {one.evidence: one for one in gallery.pictures if one.evidence != gallery.home}
    wordy = {of: one for one in gallery.untaken for of in one.findings}
    beside = {one.evidence: one for one in gallery.compared}
    placed: set[str] = set()
    for outcome in sorted((one for one in site.outcomes if one.status in _TOLD), key=urgency):
        for finding in first_places(outcome)[0]:
            picture = waiting.pop(finding.picture, None)
            if pair := beside.pop(finding.picture, None):
                found.compared.setdefault(outcome.check, []).append(pair)
            elif picture:
                found.beside.setdefault(outcome.check, []).append(picture)
            page = wordy.get(finding.fingerprint)
            if page is not None and page.page not in placed:
                placed.add(page.page)
                found.words.setdefault(outcome.check, []).append(page)
    found.above = [one for one in gallery.pictures if one.evidence == gallery.home]
    found.words_above = [one for one in gallery.untaken if one.page not in placed]
    return found


def said(site: SiteResult, lang: Lang) -> str:
    """How many pictures there are, and why others are not; empty where none were to be taken."""
    gallery, zh = site.gallery, lang == "zh"
    count = sum(not one.asked_by_probe for one in gallery.pictures)
    parts = [f"{count} 张" if zh else f"{count}"] if count else []
    for (why, words), pages in Counter(
        (one.zh if zh else one.en, bool(one.text)) for one in gallery.untaken
    ).most_common():
        instead = ("，改附页面文字" if zh else ": their words") if words else ""
        parts.append((f"{pages} 个页面未能截图（{why}）" if zh else f"{pages} pages not taken ({why})") + instead)
    if gallery.beyond:
        parts.append(
            f"另有 {gallery.beyond} 个有问题的页面超出截图张数" if zh else f"{gallery.beyond} more pages had no turn"
        )
    return ("；" if zh else "; ").join(parts)


def shows(picture: PictureView, lang: Lang) -> str:
    """What is to be known of a picture beside its page and time."""
    zh = lang == "zh"
    told = (
        (picture.outlined, f"红框标出 {picture.outlined} 处", f"outlined: {picture.outlined}"),
        (picture.unseen, f"{picture.unseen} 处在页面上看不见", f"on the page and not to be seen: {picture.unseen}"),
        (picture.lost, f"{picture.lost} 处未能在图中找到", f"not found in it: {picture.lost}"),
        (picture.blurred, "已作模糊处理", "made unreadable"),
        (picture.covered, f"遮盖个人信息 {picture.covered} 处", f"personal data covered: {picture.covered}"),
        (not picture.whole, "页面下部未截取", "the page goes on below"),
    )
    return ("，" if zh else ", ").join(one if zh else other for applies, one, other in told if applies)
