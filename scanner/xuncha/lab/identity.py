"""Who a site says it is: filing numbers, identity code, mark and meta tags, and how faults falsify them.

Numbers are well formed and belong to nobody: no filing was ever numbered in the year 00, area 3702 99 is invented.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from xuncha.lab.spec import LabSite
from xuncha.model.site import SiteKind

ICP_REGISTER, POLICE_REGISTER = "beian.miit.gov.cn", "beian.mps.gov.cn"
MARK_REGISTER, MARK_PICTURES, REPORTS = "bszs.conac.cn", "dcs.conac.cn", "zfwzgl.www.gov.cn"
"""The hosts that footers link to."""

UNDERTAKER = "示例区大数据中心"
SITE_MAP, ACCESSIBILITY = ("/about/wzdt.html", "网站地图"), ("/about/wza.html", "无障碍声明")
_AREA = "370299"
_ORGANS = {SiteKind.PORTAL, SiteKind.DEPARTMENT, SiteKind.TOPIC, SiteKind.BUSINESS_SYSTEM}


@dataclass(frozen=True, slots=True)
class Identity:
    """The footer's elements and the site meta tags. An empty text means the element is absent; an empty link, plain.

    ``aids`` are links with their texts: site map and accessibility statement.
    """

    sponsor: str
    undertaker: str
    address: str
    telephone: str
    copyright: str
    aids: tuple[tuple[str, str], ...]
    icp: str
    icp_link: str
    police: str
    police_link: str
    code: str
    conac_colour: str
    conac_link: str
    report_link: str
    meta_name: str
    meta_domain: str
    meta_code: str


def icp_number(site: LabSite) -> str:
    """The site's ICP number, as the register and the inventory have it."""
    return f"鲁ICP备{site.serial:08}号-1"


def police_number(site: LabSite) -> str:
    """The 14 digits of the police filing."""
    return f"{_AREA}02{site.serial:06}"


def site_code(site: LabSite) -> str:
    """The ten digits of the site identity code."""
    return f"{_AREA}{site.serial:04}"


def true_identity(site: LabSite, carrier: LabSite, home: str, outside: Callable[[str], str]) -> Identity:
    """The identity of ``site``, whose filings are those of ``carrier`` (its parent, or itself).

    ``outside`` gives the origin of a national register or mark.
    """
    digits, code = police_number(carrier), site_code(carrier)
    mark = f"{zlib.crc32(carrier.id.encode()):08X}" * 4
    return Identity(
        sponsor=carrier.sponsor,
        undertaker=UNDERTAKER,
        address="示例区中心路1号",
        telephone=f"0000-880000{carrier.serial:02}（法定工作日9:00—17:00）",
        copyright=carrier.sponsor,
        aids=(SITE_MAP, ACCESSIBILITY),
        icp=icp_number(carrier),
        icp_link=f"{outside(ICP_REGISTER)}/",
        police=f"鲁公网安备 {digits}号",
        police_link=f"{outside(POLICE_REGISTER)}/#/query/webSearch?code={digits}",
        code=code,
        conac_colour="red" if carrier.kind in _ORGANS else "blue",
        conac_link=f"{outside(MARK_REGISTER)}/sitename?method=show&id={mark}",
        report_link=f"{outside(REPORTS)}/exposure/jiucuo.html?site_code={code}&url={quote(home, safe='')}",
        meta_name=site.name,
        meta_domain=site.host,
        meta_code=code,
    )


def _without_last_digit(identity: Identity) -> Identity:
    return replace(
        identity,
        police=identity.police.replace("号", "")[:-1] + "号",
        police_link=identity.police_link[:-1],
    )


def _short_code(identity: Identity) -> Identity:
    short = identity.code[:-1]
    return replace(_reported_as(identity, short), code=short, meta_code=short)


def _reported_as(identity: Identity, code: str) -> Identity:
    return replace(identity, report_link=re.sub(r"site_code=\w+", f"site_code={code}", identity.report_link))


def _copied(identity: Identity) -> Identity:
    return replace(
        identity, meta_name="示例市邻水县水利局", meta_domain="slj.linshui.gov.example", meta_code="3702880007"
    )


def _malformed(identity: Identity) -> Identity:
    return replace(identity, icp=identity.icp.removesuffix("号-1").replace("备", "备 "))


EDITS: Mapping[str, Callable[[Identity], Identity]] = {
    "icp-missing": lambda it: replace(it, icp="", icp_link=""),
    "icp-malformed": _malformed,
    "icp-unlinked": lambda it: replace(it, icp_link=""),
    "icp-linked-elsewhere": lambda it: replace(it, icp_link="/"),
    "icp-not-inventory": lambda it: replace(it, icp="鲁ICP备00000099号-1"),
    "police-missing": lambda it: replace(it, police="", police_link=""),
    "police-malformed": _without_last_digit,
    "police-unlinked": lambda it: replace(it, police_link=""),
    "police-linked-other": lambda it: replace(it, police_link=it.police_link[:-2] + "98"),
    "code-missing": lambda it: replace(it, code="", meta_code=""),
    "code-malformed": _short_code,
    "conac-missing": lambda it: replace(it, conac_link=""),
    "report-missing": lambda it: replace(it, report_link=""),
    "report-other-code": lambda it: _reported_as(it, "3702880007"),
    "meta-copied": _copied,
}
"""Fault id → what it makes of a true identity: filings, code, marks and tags."""

FOOTER_EDITS: Mapping[str, Callable[[Identity], Identity]] = {
    "sponsor-missing": lambda it: replace(it, sponsor="", copyright="本单位"),
    "undertaker-missing": lambda it: replace(it, undertaker=""),
    "contact-missing": lambda it: replace(it, address="", telephone=""),
    "copyright-missing": lambda it: replace(it, copyright=""),
    "site-map-missing": lambda it: replace(it, aids=tuple(aid for aid in it.aids if aid != SITE_MAP)),
    "accessibility-missing": lambda it: replace(it, aids=tuple(aid for aid in it.aids if aid != ACCESSIBILITY)),
}
"""Fault id → what it takes from the footer."""


def shown_identity(identity: Identity, faults: frozenset[str]) -> Identity:
    """The identity as the site shows it with these faults."""
    edits = {**EDITS, **FOOTER_EDITS}
    for fault_id in sorted(faults & edits.keys()):
        identity = edits[fault_id](identity)
    return identity
