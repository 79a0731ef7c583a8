"""Whether the register of filings knows the site, under its number and its sponsor."""

import re
from collections.abc import Iterator, Sequence

from pydantic import Field

from xuncha.api import Params, Reason, Site, SiteLocator, ask, check, finding, not_applicable
from xuncha_plugins.icp import formats
from xuncha_plugins.icp.collect import Said
from xuncha_plugins.icp.probes import Filings, Listed

_AT = SiteLocator()
_COMPANIES = ("公司", "工作室", "商行", "经营部", "个体工商户")


class RegisterParams(Params):
    """``lists_all``: the register lists every filing of the area, so that absence proves something.

    From ``days`` on after its newest entry a register is too old to prove anything; then people are asked.
    """

    lists_all: bool = False
    days: int = Field(default=365, ge=1)


@check("icp.registered", params=RegisterParams)
def registered(filings: Filings, site: Site, params: RegisterParams) -> Iterator[Said]:
    """The site's own entry counts first, then its number's, then that of the domain above."""
    fresh = (filings.asked - filings.as_of).days <= params.days
    sponsor = site.sponsor or site.department
    if filings.by_host:
        yield from _number(filings, fresh=fresh)
        yield from _subject(filings, filings.by_host, sponsor, fresh=fresh)
    elif site.parent_site and (filings.by_number or filings.above):
        yield not_applicable(Reason.CARRIED_BY_PARENT)
    elif filings.by_number:
        yield from _subject(filings, filings.by_number, sponsor, fresh=fresh)
    elif filings.above:
        if not sponsor or not any(same_subject(one.subject, sponsor) for one in filings.above):
            one = filings.above[0]
            yield ask(_AT, "domain-above", domain=one.domain, number=one.number, subject=one.subject)
    else:
        yield _unlisted(filings, certain=fresh and params.lists_all)


def _unlisted(filings: Filings, *, certain: bool) -> Said:
    host, number, register = filings.host, filings.number or "—", filings.register
    say, key = (finding, "not-listed") if certain else (ask, "not-listed-here")
    return say(_AT, key, host=host, number=number, register=register, as_of=filings.as_of, size=filings.size)


def _number(filings: Filings, *, fresh: bool) -> Iterator[Said]:
    """The inventory's number is the one under which the register has the domain."""
    own = [number.key for number in formats.filings(formats.plain(filings.number))]
    listed = [number.key for one in filings.by_host for number in formats.filings(formats.plain(one.number))]
    if own and listed and not any(formats.same_filing(one, other) for one in own for other in listed):
        one, say = filings.by_host[0], finding if fresh else ask
        yield say(
            _AT,
            "other-number",
            distinct="number",
            number=filings.number,
            listed=one.number,
            domain=one.domain,
            register=filings.register,
            as_of=filings.as_of,
        )


def _subject(filings: Filings, entries: Sequence[Listed], sponsor: str, *, fresh: bool) -> Iterator[Said]:
    """A company that filed an organ's website is certain; other names may be old or short forms: people are asked."""
    named = [one.subject for one in entries if one.subject]
    if not named or not sponsor or any(same_subject(one, sponsor) for one in named):
        return
    company = _is_company(named[0]) and not _is_company(sponsor)
    say = finding if company and fresh else ask
    yield say(
        _AT,
        "filed-by-company" if company else "other-subject",
        distinct="subject",
        subject=named[0],
        sponsor=sponsor,
        domain=entries[0].domain or filings.host,
        number=entries[0].number,
        register=filings.register,
        as_of=filings.as_of,
    )


def same_subject(one: str, other: str) -> bool:
    """Whether two names mean one body: equal without brackets and blanks, or one the longer form of the other."""
    one, other = _plain(one), _plain(other)
    return bool(one and other) and (one in other or other in one)


def _plain(name: str) -> str:
    return re.sub(r"\([^()]*\)|\s", "", formats.plain(name))


def _is_company(name: str) -> bool:
    return _plain(name).endswith(_COMPANIES)
