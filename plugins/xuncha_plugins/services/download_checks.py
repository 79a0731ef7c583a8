"""What attachments turned out to be when they were opened (notice 一(二)4). That they are gone, the links say."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Finding,
    LinkLocator,
    NotApplicable,
    Reason,
    Size,
    Unsure,
    Url,
    check,
    finding,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.services.facts import FileAnswers, FileLook
from xuncha_plugins.services.kinds import NEVER_PAGES, PAGE, PROMISED, TEXT, UNKNOWN, speaks_of_error

MAX_PAGE_WORDS = 120
_OK = 200


@check("services.downloads")
def downloads(crawl: Crawl, answers: FileAnswers) -> Iterator[Finding | Ask | Unsure | NotApplicable | Coverage]:
    """Attachments can be saved and are the files that their names promise."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif not answers.known:
        yield not_applicable(Reason.NOT_OFFERED) if crawl.complete else unsure(crawl.stopped or Reason.LOW_COVERAGE)
    else:
        told = [look for look in answers.first if look.status and not look.challenge and not _is_mute(look)]
        # A sample stands for all: that not every file was opened lowers nothing.
        yield Coverage(len(told), max(len(answers.first), 1), complete=len(told) == len(answers.first))
        again = {look.url: look for look in answers.second}
        for look in told:
            if look.status == _OK and fault(look) and fault(look) == fault(again.get(look.url)):
                yield _said(look)


def fault(look: FileLook | None) -> str:
    """What is wrong with a file, by the key of its message; empty where nothing certain is."""
    if look is None or look.status != _OK or look.challenge or look.ending not in PROMISED:
        return ""
    if look.kind == "empty":
        return "" if look.length > 0 else "empty"
    if look.kind == PAGE:
        return "page" if not _is_mute(look) and _is_no_document(look) else ""
    if look.ended is False:
        return "cut-off"
    return "" if look.kind in PROMISED[look.ending] else _strange(look)


def _strange(look: FileLook) -> str:
    if look.kind == TEXT and speaks_of_error(look.words):
        return "page"
    return "unknown-kind" if look.kind in {TEXT, UNKNOWN} else "another-kind"


def _is_mute(look: FileLook) -> bool:
    """Whether a page without words came: script may have been meant to lead on to the file."""
    return look.kind == PAGE and not look.words


def _is_no_document(look: FileLook) -> bool:
    """Whether a page came that nobody meant as a document; office programs save documents as pages, too."""
    if look.ending in NEVER_PAGES:
        return True
    return speaks_of_error(look.words) and not look.tables and len(look.words) <= MAX_PAGE_WORDS


def _said(look: FileLook) -> Finding:
    key = fault(look)
    place = LinkLocator(look.page, look.url, look.text, look.line, look.depth, any_page=True)
    make = finding if key in {"page", "empty", "cut-off"} else warning
    return make(
        place,
        key,
        excerpt=look.words,
        url=Url(look.url),
        name=look.text or "—",
        ending=look.ending,
        kind=_NAMES.get(look.kind, look.kind),
        size=Size(look.size),
        words=look.words[:60] or "—",
    )


_NAMES = {"ole": "Word/Excel/PPT 97-2003", "picture": "JPG/PNG/GIF", "program": "EXE"}
