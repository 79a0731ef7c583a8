"""Unmasked identity, mobile and bank-card numbers of persons: always a question for a person, never an accusation."""

from collections import Counter
from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Gap,
    LinkLocator,
    PageLocator,
    Reason,
    Unsure,
    Url,
    ask,
    check,
    unsure,
)
from xuncha_plugins.content.personal_facts import FileLook, PersonalFiles, PersonalPages
from xuncha_plugins.content.personal_numbers import lists_persons

TOO_SCRIPTED = 0.2
"""Share of pages built by script, from which on nothing can be said of what the site shows."""


@check("content.personal-data")
def personal_data(crawl: Crawl, pages: PersonalPages, files: PersonalFiles | Gap) -> Iterator[Ask | Unsure]:
    """No page and no attachment shows numbers of persons (government information regulations, article 15)."""
    for page in pages.pages:
        shown = page.exposed
        yield ask(
            PageLocator(page.url, page.depth),
            "page",
            excerpt=shown.excerpt,
            ids=shown.ids,
            mobiles=shown.mobiles,
            cards=shown.cards,
        )
    if isinstance(files, Gap):
        yield unsure(files.reason)
    else:
        for look in files.looks:
            yield from _on_file(look)
        yield from _not_seen(files)
    scripted = sum(page.scripted for page in crawl.pages)
    if scripted > TOO_SCRIPTED * len(crawl.pages):
        yield unsure(Reason.NEEDS_BROWSER)


def _on_file(look: FileLook) -> Iterator[Ask]:
    """What an attachment shows; or that it is called like a list of persons and could not be read."""
    one, shown = look.attachment, look.exposed
    place = LinkLocator(one.page, one.url, one.text, one.line, one.depth, any_page=True)
    if shown:
        yield ask(
            place,
            "file",
            excerpt=shown.excerpt,
            url=Url(one.url),
            ids=shown.ids,
            mobiles=shown.mobiles,
            cards=shown.cards,
            sha256=look.sha256[:16],
        )
    elif look.problem and lists_persons(one.text):
        key = "list-scanned" if look.problem is Reason.DOCUMENT_SCANNED else "list-unread"
        yield ask(place, key, url=Url(one.url), text=one.text or "—")


def _not_seen(files: PersonalFiles) -> Iterator[Unsure]:
    """Attachments that were not looked at, or could not be read, leave the question open."""
    problems = Counter(look.problem for look in files.looks if look.problem)
    gone = sum(look.gone for look in files.looks)
    unread = sum(problems.values())
    known = files.known - gone
    seen = Coverage(len(files.looks) - gone - unread, known, complete=False)
    if not files.complete:
        yield unsure(Reason.BUDGET_REACHED, coverage=seen)
    elif problems:
        reason = max(problems, key=lambda one: (problems[one], one))
        yield unsure(reason, coverage=seen)
