"""Pages that their answers alone don't show: a browser ran their scripts, or was let by a challenge."""

from dataclasses import replace

from xuncha.crawl.keys import page_key
from xuncha.crawl.reading import MAX_TITLE, Read, words_of
from xuncha.model.netapi import Reply
from xuncha.model.rendered import RENDERED, Rendered
from xuncha.page import Page, behind_challenge, rendered_page


def stands_at(url: str, seen: Rendered) -> bool:
    """Whether what was seen is the page at ``url``, and not one that its script led to.

    A script may give the page another address without leaving it; its relative links must go on meaning the same.
    """
    if page_key(seen.final_url) == page_key(url):
        return True
    stayed = seen.traffic.documents and page_key(seen.traffic.documents[-1]) == page_key(url)
    return bool(stayed) and _folder(seen.final_url) == _folder(url)


def _folder(url: str) -> str:
    return page_key(url).partition("?")[0].rpartition("/")[0]


def answer_behind(got: Reply, seen: Rendered) -> Reply:
    """What stood behind a challenge, as if it had been the answer; the time is the server's and not the browser's."""
    shown = seen.reply()
    return replace(
        got,
        final_url=shown.final_url,
        status=shown.status,
        headers=shown.headers,
        body=shown.body,
        truncated=shown.truncated,
        challenge="",
        marks=shown.marks,
    )


def with_scripts_run(result: Read, page: Page, seen: Rendered, marks: tuple[str, ...]) -> Read:
    """``page``, which was read as ``result``, as the browser showed it; ``marks`` tell what that was recognised as.

    Unchanged where that exceeds our caps, or where hardly anything is left of what had been there to read: a script
    that fails may clear a page.
    """
    shown = rendered_page(page, seen.html, whole=seen.whole)
    lost = shown is None or 2 * len(shown.text) < len(page.text)
    if shown is None or lost:
        return result
    told = tuple(mark for mark in marks if not mark.startswith(f"{RENDERED}:"))  # as the record says of itself
    return _recorded(replace(result, record=replace(result.record, marks=told)), shown)


def past_challenge(result: Read, seen: Rendered) -> Read:
    """``result``, read from ``answer_behind``, marked as what a browser was shown."""
    return result if result.page is None else _recorded(result, behind_challenge(result.page, whole=seen.whole))


def _recorded(result: Read, page: Page) -> Read:
    record = replace(
        result.record, title=page.title[:MAX_TITLE], words=words_of(page), scripted=page.scripted, rendered=True
    )
    return replace(result, record=record, page=page)
