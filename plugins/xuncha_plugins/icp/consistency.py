"""Whether footer, meta tags, links and inventory tell the same story; copied templates tell another site's."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from xuncha.api import (
    ElementLocator,
    Reason,
    Site,
    Url,
    ask,
    finding,
    not_applicable,
    same_registrable,
    unsure,
    warning,
)
from xuncha_plugins.icp import formats, places
from xuncha_plugins.icp.collect import Said, Seen, identity_check
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.formats import Number
from xuncha_plugins.icp.identity import PageIdentity, Shown


@identity_check("icp.consistent")
def consistent(seen: Seen, site: Site) -> Iterator[Said]:
    """Only what is well formed is compared: a wrong form is another check's word, and said once."""
    comparison = _Comparison(seen, site)
    yield from comparison.codes()
    yield from comparison.filings()
    yield from comparison.police()
    yield from comparison.domain()
    yield from comparison.name()
    unshown = {Element.FILING: seen.filings, Element.POLICE: seen.police, Element.CODE: seen.codes}
    reasons = [seen.out_of_sight(element) for element, shown in unshown.items() if not shown]
    if reason := next(filter(None, reasons), None):
        yield unsure(reason)
    elif not comparison.made:
        yield not_applicable(Reason.NOT_OFFERED)


@dataclass(slots=True)
class _Comparison:
    """One site's comparisons; ``made`` counts them, so that having nothing to compare is no pass."""

    seen: Seen
    site: Site
    made: int = field(default=0)

    def codes(self) -> Iterator[Said]:
        """Footer, SiteIDCode and the report-an-error entry carry one code: the inventory's where it has one."""
        sources = list(self._codes())
        own = formats.code(self.site.site_code)
        reference = own if own.well_formed else sources[0][1] if sources else None
        self.made += len(sources) - (not own.well_formed) if sources else 0
        told: set[tuple[str, str]] = set()
        for key, number, at in sources:
            if reference and number.key != reference.key and (key, number.key) not in told:
                told.add((key, number.key))
                yield finding(at, key, shown=number.written, expected=reference.written, distinct=number.key)

    def _codes(self) -> Iterator[tuple[str, Number, ElementLocator]]:
        for shown in self.seen.codes:
            if shown.number.well_formed:
                yield "footer-code", shown.number, shown.at
        for page in (*self.seen.home, *self.seen.inner):
            if page.meta_code and page.meta_code.well_formed:
                yield "meta-code", page.meta_code, page.at("meta[SiteIDCode]")
        for report in self.seen.reports:
            number = formats.code(report.carries)
            if number.well_formed:
                yield "report-code", number, report.at

    def filings(self) -> Iterator[Said]:
        """The number of the subject counts; a website's own ``-1`` and the spelling don't."""
        owned = self.seen.own_filings(self.site.icp)
        shown = [one.number.key for one in owned]
        own = [number.key for number in formats.filings(formats.plain(self.site.icp))]
        if shown and own:
            self.made += 1
            if not _meet(shown, own):
                first = owned[0]
                say = ask if self.site.parent_site or first.doubtful else finding
                key = "filing-of-parent" if self.site.parent_site else "filing"
                yield say(first.at, key, shown=first.number.written, expected=self.site.icp)
        if owned:
            yield from self._inside(owned)

    def _inside(self, owned: tuple[Shown, ...]) -> Iterator[Said]:
        known = [one.number.key for one in owned]
        for page in self.seen.inner:
            keys = [one.number.key for one in page.filings]
            if keys and not _meet(keys, known):
                number = page.filings[0].number
                first = owned[0].number.written
                yield ask(
                    page.filings[0].at, "filing-inside", shown=number.written, expected=first, distinct=number.key
                )
                return

    def police(self) -> Iterator[Said]:
        """The digits, compared only where both have fourteen."""
        shown = [one for one in self.seen.police if one.number.well_formed]
        own = re.findall(r"(?<!\d)\d{14}(?!\d)", formats.plain(self.site.police).replace(" ", ""))
        if not shown or not own:
            return
        self.made += 1
        if not {one.number.key for one in shown} & set(own):
            say = ask if self.site.parent_site else finding
            key = "police-of-parent" if self.site.parent_site else "police"
            yield say(shown[0].at, key, shown=shown[0].number.key, expected=own[0])

    def domain(self) -> Iterator[Said]:
        """SiteDomain names a host of the site; another one under the same domain is only hinted at.

        A sub-site may carry its parent's tags: of those only another organisation's domain is asked about.
        """
        hosts = {places.host(url) for url in (*self.site.urls, *(page.url for page in self.seen.home))} - {""}
        for page in self._tagged(lambda page: page.meta_domain):
            name = _domain(page.meta_domain)
            if not name or any(places.related(name, host) for host in hosts):
                continue
            near = any(same_registrable(name, host) for host in hosts)
            if self.site.parent_site and near:
                continue
            say = ask if self.site.parent_site else warning if near else finding
            key = "domain-of-parent" if self.site.parent_site else "domain"
            yield say(page.at("meta[SiteDomain]"), key, shown=Url(name), expected=Url(min(hosts)), distinct=name)
            return

    def name(self) -> Iterator[Said]:
        """SiteName is a name that the page shows or the inventory knows; a sub-site may carry its parent's."""
        if self.site.parent_site:
            return
        known = [name for name in map(_tight, (self.site.name, self.site.sponsor)) if name]
        for page in self._tagged(lambda page: page.meta_name):
            name = _tight(page.meta_name)
            if not page.name_shown and not any(name in one or one in name for one in known):
                yield warning(page.at("meta[SiteName]"), "name", shown=page.meta_name, distinct=name)
                return

    def _tagged(self, tag: Callable[[PageIdentity], str]) -> Iterator[PageIdentity]:
        for page in self.seen.home:
            if tag(page):
                self.made += 1
                yield page


def _meet(shown: list[str], own: list[str]) -> bool:
    return any(formats.same_filing(one, other) for one in shown for other in own)


def _domain(written: str) -> str:
    """The host that a SiteDomain tag names, bare or as a URL; empty where it is none, or a Chinese one."""
    name = places.host(written if "//" in written else f"//{written}")
    return name if "." in name and "xn--" not in name else ""


def _tight(name: str) -> str:
    return "".join(formats.plain(name).split())
