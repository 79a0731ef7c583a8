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
from xuncha_plugins.interaction.facts import Addresses, MailOnly, WritingForm
from xuncha_plugins.interaction.lexicon import (
    WORDS,
    head,
    is_channel,
    is_filing,
    is_hub,
    is_special_channel,
    may_be_channel,
    plain,
)
from xuncha_plugins.interaction.sight import hindrance, without_links

Said: TypeAlias = Finding | Ask | Unsure | NotApplicable | Coverage

MAX_PAGES = 20
_MENU = re.compile(r"(?i)nav|menu")
_LINKS = frozenset({"a", "area", "onclick"})
MAX_SIGNS = 20
MAX_UNCLEAR = 3
"""So many entries are named of which it is not clear what they are."""

_FORM_TEXT = 20_000
_AROUND = 100
_OK = 200
_GONE = frozenset({404, 410})
_CLICKED = frozenset({LinkUse.PAGE, LinkUse.FORM, LinkUse.FRAME, LinkUse.OTHER})
_ORGANS = (SiteKind.PORTAL, SiteKind.DEPARTMENT)


@page_probe(provides=Addresses, cost_us=24)
class AddressesSeen:
    """Notes e-mail addresses that are offered for questions, so that they are not taken for an online channel."""

    def __init__(self) -> None:
        self._pages: list[MailOnly] = []
        self._forms: list[WritingForm] = []
        self._mobile: list[str] = []
        self._hidden = False

    def visit(self, page: Page) -> None:
        """Note the page if it tells citizens to write an e-mail."""
        if page.depth <= 1 and not self._hidden:
            self._hidden = _hides_entries(page)
        if page.status != _OK:
            return
        if len(self._forms) < MAX_PAGES and (form := _writing_form(page)):
            self._forms.append(form)
        if len(self._mobile) < MAX_PAGES and _tells_mobile(page):
            self._mobile.append(page.url)
        if len(self._pages) >= MAX_PAGES or page.depth > 2:  # noqa: PLR2004 - levels that lead
            return
        if _tells_mail(page.text):
            named = is_channel(head(page.title)) or is_channel(page.link_text)
            if not named or _offers_nothing_else(page):
                self._pages.append(MailOnly(page.url, page.depth, named))

    def conclude(self) -> Addresses:
        """The fact."""
        return Addresses(tuple(self._pages), self._hidden, tuple(self._forms), tuple(self._mobile))


def _tells_mobile(page: Page) -> bool:
    """Whether a page of interaction tells how to ask by telephone; a word of its name is looked for first."""
    told = page.link_text + page.title
    if ("互动" not in told and "参与" not in told) or not (is_hub(page.link_text) or is_hub(head(page.title))):
        return False
    return bool(WORDS.channel.mobile.search(page.text[:_FORM_TEXT]))


def _writing_form(page: Page) -> WritingForm | None:
    """The form of a page in which citizens may write, unless its page is for something else."""
    if "<textarea" not in page.html and "<TEXTAREA" not in page.html:
        return None
    names = [page.link_text, head(page.title), *(crumb.text for crumb in page.trail)]
    if page.depth == 0 or any(is_special_channel(name) or WORDS.channel.other.search(name) for name in names):
        return None
    text = page.text[:_FORM_TEXT]
    asks = WORDS.channel.fields.search(text) and WORDS.channel.written.search(text)
    return WritingForm(page.url, any(map(is_channel, names)), bool(asks))


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
    UNCLEAR = 3
    GONE = 4
    MAIL = 5
    UNREAD = 6
    ELSEWHERE = 7
    OPEN = 8


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
    elif reason := hindrance(crawl) or without_links(crawl) or (Reason.NEEDS_BROWSER if addresses.hidden else None):
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
    unclear = [url for url, standing in found.items() if standing is Standing.UNCLEAR]
    if gone := first.get(Standing.GONE):
        yield _unclear(home, unclear, crawl) if unclear else say(home, "not-open", url=Url(gone))
    elif addresses.pages:
        page = addresses.pages[0]
        yield warning(PageLocator(page.url, page.depth), "only-mail")
    elif complaints := first.get(Standing.COMPLAINTS):
        yield ask(home, "only-complaints", url=Url(complaints))
    elif unclear:
        yield _unclear(home, unclear, crawl)
    elif special := first.get(Standing.SPECIAL):
        yield say(home, "only-special", url=Url(special))
    else:
        yield say(home, "missing", pages=sum(record.opened for record in crawl.pages), links=_entries(crawl))


def _entries(crawl: Crawl) -> int:
    """How many links the home page and the pages of interaction have."""
    hubs = _hubs(crawl)
    return sum(one.on_home or any(source.page in hubs for source in one.sources) for one in crawl.targets)


def _unclear(home: PageLocator, urls: list[str], crawl: Crawl) -> Ask:
    """What is asked where entries could be a channel: what the links to them are called, and the first of them."""
    texts = {target.url: target.sources[0].text for target in crawl.targets if target.sources}
    names = "、".join(f"“{(texts.get(url) or url)[:_AROUND]}”" for url in urls[:MAX_UNCLEAR])
    return ask(home, "unclear", names=names, count=len(urls), url=Url(urls[0]))


def _channels(addresses: Addresses, crawl: Crawl) -> Iterator[tuple[str, Standing]]:
    """The channels that links and titles name, with what is known of each."""
    records = {url: record for record in crawl.pages for url in (record.url, record.final_url)}
    by_mail = {page.url for page in addresses.pages if page.named}
    for record in crawl.pages:
        if record.opened and not record.notice and is_channel(head(record.title)):
            yield record.final_url, Standing.MAIL if record.final_url in by_mail else Standing.OPEN
    hubs = _hubs(crawl)
    yield from _written(addresses, crawl, hubs)
    yield from ((url, Standing.UNCLEAR) for url in addresses.mobile)
    for target in crawl.targets:
        if target.use in _CLICKED and not is_filing(target.url):
            standing = _standing(target, records.get(target.url), by_mail)
            if standing or _may_be_one(target, hubs):
                yield target.url, standing or Standing.UNCLEAR


def _written(addresses: Addresses, crawl: Crawl, hubs: frozenset[str]) -> Iterator[tuple[str, Standing]]:
    """Forms to write in: a channel where their page is called so, or belongs to the page of interaction."""
    below = {one.url for one in crawl.targets if any(source.page in hubs for source in one.sources)} if hubs else set()
    for form in addresses.forms:
        sure = form.named or (form.asks and form.url in hubs | below)
        yield form.url, Standing.OPEN if sure else Standing.UNCLEAR


def _hubs(crawl: Crawl) -> frozenset[str]:
    """The pages that all interaction starts from, by their titles and by the links to them."""
    titled = {record.final_url for record in crawl.pages if is_hub(head(record.title))}
    linked = {one.url for one in crawl.targets if one.internal and any(is_hub(source.text) for source in one.sources)}
    return frozenset(titled | linked)


def _may_be_one(target: LinkTarget, hubs: frozenset[str]) -> bool:
    """Whether an entry on the home page or a hub could be a channel, by its name or because nothing tells otherwise."""
    on_hub = not target.on_home and any(source.page in hubs for source in target.sources)
    if not (target.on_home or on_hub) or target.url in hubs:
        return False
    names = {source.text for source in target.sources}
    if target.use is LinkUse.FRAME or not any(map(plain, names)):
        return on_hub and not target.internal
    return any(may_be_channel(name, on_hub=on_hub) for name in names)


def _standing(target: LinkTarget, record: PageRecord | None, by_mail: set[str]) -> Standing | None:
    names = {source.text for source in target.sources}
    if not target.internal and _is_known_elsewhere(target.url, names):
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


def _is_known_elsewhere(url: str, names: set[str]) -> bool:
    """Whether another website is one for interaction, by what it is called; without a name, by its address."""
    if any(map(is_hub, names)) or WORDS.channel.hotline.search(url):
        return True
    return "" in names and bool(WORDS.channel.url.search(url))
