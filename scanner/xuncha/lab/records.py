"""The lab's sites as others want them: values of the model, an inventory, a register of ICP filings."""

import csv
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from xuncha.lab.columns import COLUMNS, page_path
from xuncha.lab.identity import UNDERTAKER, icp_number, police_number, site_code
from xuncha.lab.spec import LabSite
from xuncha.model.site import Authorisation, Column, Mode, Site, SiteKind, SiteStatus

_OFFLINE_DAYS = 20


def authorisation(specs: Iterable[LabSite], now: datetime, *, disguising: bool = False) -> Authorisation:
    """A paper that allows to probe these sites, or to visit them in disguise as well."""
    return Authorisation(
        "LAB-1",
        f"示检字〔{now.year}〕1号",
        "示例区电子政务办公室",
        domains=tuple(spec.host for spec in specs),
        valid_from=(now - timedelta(days=10)).date(),
        valid_until=(now + timedelta(days=60)).date(),
        modes=(Mode.PASSIVE, Mode.PROBE, *([Mode.DISGUISE] if disguising else [])),
    )


def as_site(
    spec: LabSite, carrier: LabSite, urls: tuple[str, ...], now: datetime, paper: Authorisation | None = None
) -> Site:
    """The site as the district's inventory has it: true, whatever its faults show."""
    status = _status(spec)
    offline = status is SiteStatus.TEMPORARILY_OFFLINE
    return Site(
        id=spec.id,
        name=spec.name,
        urls=urls,
        sponsor=spec.sponsor,
        department=spec.sponsor,
        undertaker=UNDERTAKER,
        operator="示例科技有限公司",
        site_code=site_code(carrier),
        icp=icp_number(carrier),
        police=police_number(carrier),
        kind=spec.kind,
        level="区县级",
        parent_site=spec.parent,
        platform=spec.platform,
        hosting="政务云",
        status=status,
        status_until=(now + timedelta(days=_OFFLINE_DAYS)).date() if offline else None,
        authorisation=paper,
        former_urls=(f"http://old.{spec.host}/",),
        columns=tuple(
            Column(column.name, urls[0].rstrip("/") + page_path(spec, column), column.kind) for column in COLUMNS
        ),
    )


def _status(spec: LabSite) -> SiteStatus:
    if "old-domain-answers" in spec.faults:
        return SiteStatus.CLOSED
    return SiteStatus.TEMPORARILY_OFFLINE if "offline-announced" in spec.faults else SiteStatus.NORMAL


def write_inventory(sites: Iterable[Site], path: Path) -> Path:
    """A CSV inventory (UTF-8 with BOM, Chinese headings) of these sites."""
    rows = [_row(site) for site in sites]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["网站名称"])
        writer.writeheader()
        writer.writerows(rows)
    return path


_KINDS = {
    SiteKind.PORTAL: "门户网站",
    SiteKind.DEPARTMENT: "部门网站",
    SiteKind.PUBLIC_INSTITUTION: "事业单位",
    SiteKind.SCHOOL_OR_HOSPITAL: "医院",
}
_STATUSES = {SiteStatus.NORMAL: "正常", SiteStatus.TEMPORARILY_OFFLINE: "临时下线", SiteStatus.CLOSED: "永久下线"}


def _row(site: Site) -> dict[str, str]:
    return {
        "编号": site.id,
        "网站名称": site.name,
        "网址": " ".join(site.urls),
        "主办单位": site.sponsor,
        "责任部门": site.department,
        "承办单位": site.undertaker,
        "运维单位": site.operator,
        "网站标识码": site.site_code,
        "ICP备案号": site.icp,
        "公安备案号": site.police,
        "网站类型": _KINDS.get(site.kind, site.kind.value) if site.kind else "",
        "行政层级": site.level,
        "上级网站": site.parent_site,
        "平台": site.platform,
        "托管方式": site.hosting,
        "网站状态": _STATUSES[site.status],
        "停用网址": " ".join(site.former_urls),
        "状态截止日期": site.status_until.isoformat() if site.status_until else "",
    }


def write_register(specs: Iterable[LabSite], path: Path) -> Path:
    """A CSV register of ICP filings: domain, number and subject of each, as the register has them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["域名", "备案号", "主办单位"])
        for spec in specs:
            if "icp-unregistered" not in spec.faults and not spec.parent:
                subject = "示例科技有限公司" if "icp-of-another" in spec.faults else spec.sponsor
                writer.writerow([spec.host, icp_number(spec), subject])
    return path
