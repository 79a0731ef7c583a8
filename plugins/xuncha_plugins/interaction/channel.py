"""A working channel for questions and advice (网上有效咨询建言渠道; 2019 indicators, veto 互动回应差 ①)."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import TypeAlias

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Finding,
    Link,
    LinkTarget,
    LinkUse,
    NotApplicable,
    Page,
    PageLocator,
    PageRecord,
    Reason,
    Site,
    SiteKind,
    Unsure,
    Url,
    ask,
    check,
    finding,
    not_applicable,
    page_probe,
    site_host,
    unsure,
    warning,
)
from xuncha_plugins.interaction.facts import Addresses, MailOnly
from xuncha_plugins.interaction.lexicon import WORDS, head, is_channel, is_filing, is_hub, is_special_channel
from xuncha_plugins.interaction.sight import hindrance

Said: TypeAlias = Finding | Ask | Unsure | NotApplicable | Coverage

MAX_PAGES = 20
_MENU = re.compile(r"(?i)nav|menu")
_LINKS = frozenset({"a", "area", "onclick"})
MAX_SIGNS = 20
_AROUND = 100
_OK = 200
_GONE = frozenset({404, 410})
_CLICKED = frozenset({LinkUse.PAGE, LinkUse.FORM, LinkUse.FRAME, LinkUse.OTHER})
_ORGANS = (SiteKind.PORTAL, SiteKind.DEPARTMENT)


@page_probe(provides=Addresses, cost_us=10)
class AddressesSeen:
    """Notes e-mail addresses that are offered for questions, so that they are not taken for an online channel."""

    def __init__(self) -> None:
        self._pages: list[MailOnly] = []
        self._hidden = False

    def visit(self, page: Page) -> None:
        """Note the page if it tells citizens to write an e-mail."""
        if page.depth <= 1 and not self._hidden:
            self._hidden = _hides_entries(page)
        if page.status != _OK or len(self._pages) >= MAX_PAGES or page.depth > 2:  # noqa: PLR2004 - levels that lead
            return
        if _tells_mail(page.text):
            named = is_channel(head(page.title)) or is_channel(page.link_text)
            if not named or _offers_nothing_else(page):
                self._pages.append(MailOnly(page.url, page.depth, named))

    def conclude(self) -> Addresses:
        """The fact."""
        return Addresses(tuple(self._pages), self._hidden)


def _tells_mail(text: str) -> bool:
    """Whether an e-mail address stands behind words that invite letters."""
    at = text.find("@")
    for _ in range(MAX_SIGNS):
        if at < 0:
            return False
        if WORDS.mail.search(text[max(at - _AROUND, 0) : at + _AROUND]):
            return True
        at = text.find("@", at + 1)
    return False


def _hides_entries(page: Page) -> bool:
    """Whether only a browser shows the home page, its menu or the hub of interaction, or follows an entry."""
    if page.depth == 0 and (page.scripted or any(_MENU.search(name) for name in page.scripted_regions)):
        return True
    if page.depth and page.scripted and (is_hub(page.link_text) or is_hub(head(page.title))):
        return True
    if page.depth == 0 and "onclick" in page.html and any(is_channel(one.text) for one in page.select("[onclick]")):
        return True
    return any(is_channel(link.text) for link in page.links if not link.target and _runs_script(link))


def _runs_script(link: Link) -> bool:
    return (
        link.kind in _LINKS and not link.goes_nowhere and not link.raw.lower().startswith(("tel:", "mailto:", "sms:"))
    )


def _offers_nothing_else(page: Page) -> bool:
    """Whether a page called a channel has neither form nor frame nor script that could bring one, nor leads to one."""
    if page.scripted or page.scripted_regions or page.frames or "textarea" in page.html.lower():
        return False
    if any(form.method == "post" or form.has_password for form in page.forms):
        return False
    onward = (link for link in page.links if link.kind == "a" and link.target and link.target != page.url)
    return not any(is_channel(link.text) for link in onward)


class Standing(IntEnum):
    """What is known of a channel, the best last."""

    SPECIAL = 1
    COMPLAINTS = 2
    GONE = 3
    MAIL = 4
    UNREAD = 5
    ELSEWHERE = 6
    OPEN = 7


@check("interaction.channel")
def channel(site: Site, addresses: Addresses, crawl: Crawl) -> Iterator[Said]:
    """Citizens find an online channel for questions on the website, or through it."""
    found: dict[str, Standing] = {}
    for url, standing in _channels(addresses, crawl):
        found[url] = max(standing, found.get(url, standing))
    best = max(found.values(), default=None)
    if best is Standing.OPEN:
        yield Coverage(1, 1, complete=True)
    elif not site.serves_public or site.kind not in (*_ORGANS, None):
        yield not_applicable(Reason.KIND_OF_SITE)
    elif best is Standing.ELSEWHERE:
        yield not_applicable(Reason.LINKED_PLATFORM)
    elif best is Standing.UNREAD:
        yield unsure(crawl.stopped or Reason.LOW_COVERAGE)
    elif reason := hindrance(crawl) or (Reason.NEEDS_BROWSER if addresses.hidden else None):
        yield unsure(reason)
    elif site.parent_site:
        yield _by_parent(site, crawl)
    else:
        yield from _missing(site, found, addresses, crawl)


def _by_parent(site: Site, crawl: Crawl) -> Said:
    """A website within another may leave letters to it, as long as it leads there."""
    own = site_host(site.home)
    above = (site_host(target.url) for target in crawl.targets if target.on_home and not target.internal)
    if any("." in host and own.endswith(f".{host}") for host in above):
        return not_applicable(Reason.CARRIED_BY_PARENT)
    return ask(PageLocator(crawl.home, 0), "to-confirm")


def _missing(site: Site, found: dict[str, Standing], addresses: Addresses, crawl: Crawl) -> Iterator[Finding | Ask]:
    """What to say where nothing opens, by the best that was met instead."""
    say = finding if site.kind in _ORGANS else warning
    home = PageLocator(crawl.home, 0)
    first = {standing: url for url, standing in reversed(found.items())}
    if gone := first.get(Standing.GONE):
        yield say(home, "not-open", url=Url(gone))
    elif addresses.pages:
        page = addresses.pages[0]
        yield warning(PageLocator(page.url, page.depth), "only-mail")
    elif complaints := first.get(Standing.COMPLAINTS):
        yield ask(home, "only-complaints", url=Url(complaints))
    elif special := first.get(Standing.SPECIAL):
        yield say(home, "only-special", url=Url(special))
    else:
        yield say(home, "missing")


def _channels(addresses: Addresses, crawl: Crawl) -> Iterator[tuple[str, Standing]]:
    """The channels that links and titles name, with what is known of each."""
    records = {url: record for record in crawl.pages for url in (record.url, record.final_url)}
    by_mail = {page.url for page in addresses.pages if page.named}
    for record in crawl.pages:
        if record.opened and not record.notice and is_channel(head(record.title)):
            yield record.final_url, Standing.MAIL if record.final_url in by_mail else Standing.OPEN
    clicked = (one for one in crawl.targets if one.use in _CLICKED and not is_filing(one.url))
    for target in clicked:
        if standing := _standing(target, records.get(target.url), by_mail):
            yield target.url, standing


def _standing(target: LinkTarget, record: PageRecord | None, by_mail: set[str]) -> Standing | None:
    names = {source.text for source in target.sources}
    if not target.internal and (any(map(is_hub, names)) or ("" in names and WORDS.channel.url.search(target.url))):
        return Standing.ELSEWHERE
    if not any(map(is_channel, names)):
        special = [name for name in names if is_special_channel(name)]
        complaints = any("投诉" in name for name in special)
        return Standing.COMPLAINTS if complaints else Standing.SPECIAL if special else None
    if not target.internal and record is None:
        return Standing.ELSEWHERE
    if record is None:
        return Standing.UNREAD
    if record.opened and not record.notice:
        return Standing.MAIL if record.final_url in by_mail else Standing.OPEN
    return Standing.GONE if record.status in _GONE or record.notice.startswith("soft-404") else Standing.UNREAD
