"""Reads from one page who the website says it is: plain values, each with its place. No judgement, no I/O.

Comments are no part of what is read: the parser has set them apart. What a script would write is not executed; that
it may write an identity element is noted, so that nothing is called missing which only a browser can see.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from xuncha.api import ElementLocator, Link, LinkUse, Page, same_registrable, without_www
from xuncha_plugins.icp import footer, formats, pictures, places
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.formats import Number
from xuncha_plugins.icp.pictures import Picture
from xuncha_plugins.icp.places import Place

MAX_LINKS = 20
"""Links of one kind that are kept of one page."""

MAX_WORDS = 50

TAIL = 1_500
"""Characters at the end of an inner page that can be its footer; what stands above may be an article about filing."""

_FOOT = 800
_LEAD = 80
_FOOTER_WORDS = re.compile(
    r"(?i)主办单位|承办单位|[主承]办\s?[:：]|[局府委办厅院会中心]主办|版权所有|copyright|©|技术支持|ICP\s?备|公网安备|网站标识码"
    r"|邮政编码|邮编|联系电话"
)
_FOOTER_NAME = re.compile(r"(?i)foot|bottom|copyright|beian|banquan|yejiao|dibu|\bicp\b")
_REPORT_WORDS = re.compile(r"找错|纠错")
_MARK_WORDS = re.compile(r"(?:党政机关|事业单位)(?:网站)?标识")
_LOADER = re.compile(r"(?i)(?:https?:)?//[\w.:-]{1,100}/[^\s'\"<>\\]{0,200}?\.js")
_MAKER = re.compile(
    r"(?:技术(?:支持|服务|开发|保障)|制作|(?:建设|开发|设计|运维|维护)单位|承建|网站(?:建设|设计)|(?i:powered by))"
    r"(?:(?!主办|承办|版权|标识码|备案|公网安备|电话|邮编|地址|ICP)[^\n|]){0,60}$"
)
"""What stands before a number of whoever made the website; words of the website itself end it."""

_FRAGMENT = "script-fragment"
_CLICKED = frozenset(("a", "area", "onclick"))


_CLOSED = re.compile(
    r"(?:升级|维护|改版|改造|建设|调试|整改|迁移)(?:之)?中|(?:系统|网站|停机)维护|暂停(?:访问|服务|开放|使用|运行)|停止(?:访问|服务)"
    r"|敬请期待|即将(?:开通|上线)|(?i:under (?:maintenance|construction)|coming soon)"
)
_SHORT = 500
"""Characters up to which a page that speaks of maintenance is a notice of it, and not a page with such news."""


_HINTS = {
    Element.FILING: re.compile(r"ICP|(?i:beian\.miit)"),
    Element.POLICE: re.compile(r"公网安备|(?i:beian\.(?:gov|mps))"),
    Element.CODE: re.compile(r"标识码"),
    Element.MARK: re.compile(r"(?i)conac"),
    Element.REPORT: re.compile(r"(?i)jiucuo|找错"),
    **footer.HINTS,
}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A link that belongs to an element: its target (or raw text where it yields none), and its place.

    ``carries`` is the police number, site code or CONAC id in the URL, ``words`` what a citizen clicks on. ``loader``
    marks an official script that builds the element when the page is shown; ``picture`` an image without a link.
    """

    url: str
    place: Place
    at: ElementLocator
    carries: str = ""
    words: str = ""
    loader: bool = False
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that the page shows, where, and the links that surround it.

    ``by_maker``: it stands right behind the name of whoever made the website; it may still be the website's own.
    ``doubtful``: nothing tells whether it is the website's own or its maker's.
    """

    number: Number
    at: ElementLocator
    links: tuple[Pointer, ...] = ()
    by_maker: bool = False
    doubtful: bool = False

    @property
    def abroad(self) -> bool:
        """Whether all links around it lead to websites of others, other than the national systems."""
        own = places.host(self.at.url)
        hosts = [places.host(link.url) if link.place is Place.OTHER else "" for link in self.links]
        return bool(hosts) and all(host and not same_registrable(host, own) for host in hosts)


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """All that one page says. ``name_shown``: the page itself shows the name that its SiteName tag gives.

    ``parts`` are the frames and fragments it is made of, ``fragments`` those that its script loads;
    ``script_built`` tells that script builds the page or its footer;
    ``scripted`` which elements an inline script mentions; ``footer`` that one is there to be read, ``pictured``
    that a picture may hold one; ``in_pictures`` which elements the words for a picture mention;
    ``said`` which of the footer's other elements it shows, ``sponsor`` the name after 主办单位;
    ``leads_up`` that it links to a host above its own; ``inner_links`` are counted to ``MAX_LINKS``; ``closed``: it is
    a short notice that the website is closed for now.
    """

    url: str
    requested: str
    depth: int
    filings: tuple[Shown, ...] = ()
    police: tuple[Shown, ...] = ()
    codes: tuple[Shown, ...] = ()
    licences: tuple[str, ...] = ()
    filing_links: tuple[Pointer, ...] = ()
    police_links: tuple[Pointer, ...] = ()
    marks: tuple[Pointer, ...] = ()
    reports: tuple[Pointer, ...] = ()
    meta_code: Number | None = None
    meta_domain: str = ""
    meta_name: str = ""
    name_shown: bool = True
    parts: tuple[str, ...] = ()
    footer: bool = False
    pictured: bool = False
    in_pictures: tuple[Element, ...] = ()
    runs_script: bool = False
    script_built: bool = False
    scripted: tuple[Element, ...] = ()
    said: tuple[Element, ...] = ()
    sponsor: str = ""
    leads_up: bool = False
    inner_links: int = 0
    closed: bool = False
    fragments: tuple[str, ...] = ()

    def at(self, element: str) -> ElementLocator:
        """A place on this page."""
        return ElementLocator(self.url, element, None, self.depth)


def identity(page: Page) -> PageIdentity:
    """What ``page`` says. Of inner pages only numbers in the tail and meta tags."""
    return _home(page) if page.depth == 0 else _inner(page)


def _inner(page: Page) -> PageIdentity:
    text = formats.plain(page.text[-TAIL:])
    return _with_metas(page, text)(filings=_shown(formats.filings(text), page.at(Element.FILING), ()))


def _home(page: Page) -> PageIdentity:
    text = formats.plain(page.text)
    groups = _Groups(page)
    tail = text[-_FOOT:]
    last_pictures = pictures.at_the_end(page.html, len(page.text))
    return _with_metas(page, text)(
        filings=_with_makers(_shown(formats.filings(text), page.at(Element.FILING), groups.filing), text),
        police=_shown(formats.police(text), page.at(Element.POLICE), groups.police),
        codes=_shown(formats.codes(text), page.at(Element.CODE), ()),
        licences=tuple(formats.licences(text)),
        filing_links=tuple(pointer for _, pointer in groups.filing if pointer.place is not Place.OTHER),
        police_links=tuple(pointer for _, pointer in groups.police if pointer.place is not Place.OTHER),
        marks=_marks(page, groups),
        reports=_reports(page, groups),
        parts=_parts(page),
        fragments=() if page.whole else tuple(link.target for link in page.links if link.kind == _FRAGMENT)[:MAX_LINKS],
        footer=bool(_FOOTER_WORDS.search(tail)),
        pictured=_pictured(page, last_pictures),
        in_pictures=_mentioned([picture.words for picture in last_pictures]),
        runs_script=not page.whole and any(script.src or script.inline.strip() for script in page.scripts),
        script_built=_script_built(page),
        scripted=_scripted(page),
        said=footer.said(page, text),
        sponsor=footer.sponsor(text),
        leads_up=_leads_up(page),
        inner_links=_inner_links(page),
        closed=len(text) < _SHORT and bool(_CLOSED.search(f"{page.title}\n{text}")),
    )


def _parts(page: Page) -> tuple[str, ...]:
    """The frames and fragments that the page is made of; a browser has put the fragments in by itself."""
    parts = (link for link in page.links if link.use is LinkUse.FRAME and link.target)
    return tuple(link.target for link in parts if not (page.whole and link.kind == _FRAGMENT))[:MAX_LINKS]


def _with_metas(page: Page, text: str) -> Callable[..., PageIdentity]:
    written, name = page.meta("SiteIDCode") or "", formats.plain(page.meta("SiteName") or "").strip()[:100]
    return partial(
        PageIdentity,
        page.url,
        page.requested,
        page.depth,
        meta_code=formats.code(written) if written.strip() else None,
        meta_domain=(page.meta("SiteDomain") or "").strip()[:253],
        meta_name=name,
        name_shown=not name or name in page.title or name in text,
    )


class _Groups:
    """The page's links by the element they may belong to, with the words they surround. One pass over all links."""

    def __init__(self, page: Page) -> None:
        self.filing: list[tuple[str, Pointer]] = []
        self.police: list[tuple[str, Pointer]] = []
        self.marks: list[Pointer] = []
        self.reports: list[Pointer] = []
        self._page = page
        for link in page.links:
            if link.kind in _CLICKED:
                self._sort(link)

    def _sort(self, link: Link) -> None:
        raw, words = link.raw, formats.plain(link.text)
        lower = raw.lower()
        if "miit" in lower or "miibeian" in lower or "备" in words or "ICP" in words:
            self._keep(self.filing, words, link, Element.FILING, places.filing_system, "")
        if "beian" in lower or "备" in words:
            self._keep(self.police, words, link, Element.POLICE, places.police_system, places.police_number(raw))
        if "conac" in lower or _MARK_WORDS.search(words):
            self.marks.append(_pointer(self._page, link, Element.MARK, places.mark_system, places.mark_id(raw)))
        if "jiucuo" in lower or "site_code=" in lower or "/c125533/" in lower or _REPORT_WORDS.search(words):
            self.reports.append(_pointer(self._page, link, Element.REPORT, places.report_system, places.site_code(raw)))

    def _keep(
        self,
        kept: list[tuple[str, Pointer]],
        words: str,
        link: Link,
        element: Element,
        system: Callable[[str], Place],
        carries: str,
    ) -> None:
        if len(kept) < MAX_LINKS:
            kept.append((words, _pointer(self._page, link, element, system, carries)))


def _pointer(page: Page, link: Link, element: Element, system: Callable[[str], Place], carries: str) -> Pointer:
    at = page.at(element, link.line)
    return Pointer(link.target or link.raw, system(link.target), at, carries, link.text[:MAX_WORDS])


def _shown(numbers: Iterable[Number], at: ElementLocator, links: Iterable[tuple[str, Pointer]]) -> tuple[Shown, ...]:
    """Each number with the links whose words hold it."""
    pairs = [(words.replace(" ", ""), pointer) for words, pointer in links]
    found = []
    for number in numbers:
        around = tuple(pointer for words, pointer in pairs if number.digits in words)
        found.append(Shown(number, around[0].at if around else at, around))
    return tuple(found)


def _with_makers(filings: Iterable[Shown], text: str) -> tuple[Shown, ...]:
    return tuple(replace(one, by_maker=_by_maker(one.number.written, text)) for one in filings)


def _by_maker(written: str, text: str) -> bool:
    """Whether ``written`` stands in ``text``, and only where a maker is named before it."""
    starts = [match.start() for match in islice(re.finditer(re.escape(written), text), MAX_LINKS)]
    return bool(starts) and all(_MAKER.search(text[max(0, start - _LEAD) : start]) for start in starts)


def _marks(page: Page, groups: _Groups) -> tuple[Pointer, ...]:
    """CONAC marks: links, the official loader, pictures that stand alone."""
    found = groups.marks[:MAX_LINKS] + _loaders(page, "conac", Element.MARK)
    if not found:
        pictures = (link for link in page.links if link.kind == "img" and "conac" in link.raw.lower())
        found = [Pointer(link.raw, Place.OTHER, page.at(Element.MARK, link.line), picture=True) for link in pictures]
    return tuple(found[:MAX_LINKS])


def _reports(page: Page, groups: _Groups) -> tuple[Pointer, ...]:
    """Report-an-error entries: links, the official loader, and ``onclick="Link('<code>')"``."""
    found = groups.reports[:MAX_LINKS]
    lower = page.html.lower()
    if "jiucuo" not in lower and "sitecode" not in lower:
        return tuple(found)
    codes = [element.attrs.get("sitecode", "") for element in page.select("script[sitecode]")]
    for pointer in _loaders(page, "jiucuo", Element.REPORT):
        found.append(
            Pointer(pointer.url, places.report_system(pointer.url), pointer.at, "".join(codes[:1]), loader=True)
        )
    for element in page.select("[onclick*='Link(']")[:MAX_LINKS]:
        code = re.search(r"Link\(\s*['\"]([0-9A-Za-z]{1,40})['\"]", element.attrs.get("onclick", ""))
        if code:
            at = page.at(Element.REPORT, element.line)
            found.append(Pointer("onclick", Place.RIGHT, at, code[1], loader=True))
    return tuple(found[:MAX_LINKS])


def _loaders(page: Page, word: str, element: Element) -> list[Pointer]:
    """Scripts of the official kind that name ``word`` in their URL, also those that an inline script writes."""
    naming = (script for script in page.scripts if word in script.target.lower() or word in script.inline.lower())
    found = []
    for script in islice(naming, MAX_LINKS):
        written = (url for url in _LOADER.findall(unquote(script.inline)) if word in url.lower())
        if url := script.target or next(written, ""):
            whole = f"https:{url}" if url.startswith("//") else url
            found.append(Pointer(whole, Place.RIGHT, page.at(element, script.line), loader=True))
    return found


def _script_built(page: Page) -> bool:
    """Whether script builds the page or, by its name, the footer."""
    if page.scripted or any(_FOOTER_NAME.search(region) for region in page.scripted_regions):
        return True
    return not page.whole and any(is_named_footer(script.src) for script in page.scripts if script.src)


def is_named_footer(url: str) -> bool:
    """Whether a file goes by the name of a footer."""
    return bool(_FOOTER_NAME.search(url.rpartition("/")[2]))


def _scripted(page: Page) -> tuple[Element, ...]:
    """The elements that inline scripts or the source of an inline frame mention."""
    sources = [script.inline for script in page.scripts if script.inline and not page.whole]
    return _mentioned(sources + [frame.srcdoc for frame in page.frames if frame.srcdoc])


def _mentioned(sources: Iterable[str]) -> tuple[Element, ...]:
    texts = [formats.closed_up(formats.plain(unescape(source))) for source in sources]
    return tuple(element for element, hint in _HINTS.items() if any(map(hint.search, texts)))


def _pictured(page: Page, last: Iterable[Picture]) -> bool:
    """Whether a picture may hold the footer: by its name wherever it stands, by its looks at the end of the page."""
    named = any(link.use is LinkUse.IMAGE and is_named_footer(link.target) for link in page.links)
    return named or any(picture.may_be_footer for picture in last)


def _leads_up(page: Page) -> bool:
    """Whether a link leads to a host above this one, or from a folder to the root of its own host."""
    own = places.host(page.url)
    above = (without_www(host) for host in page.external_hosts)
    if any("." in name and own.endswith(f".{name}") for name in above):
        return True
    root, in_folder = urljoin(page.url, "/"), "/" in urlsplit(page.url).path.lstrip("/")
    return in_folder and any(link.target == root for link in page.links)


def _inner_links(page: Page) -> int:
    """Different pages of the same organisation's hosts that a citizen can go to from here."""
    own = places.host(page.url)
    clicked = {link.target for link in page.links if link.kind in _CLICKED and link.target} - {page.url}
    return len(list(islice((url for url in clicked if same_registrable(places.host(url), own)), MAX_LINKS)))
