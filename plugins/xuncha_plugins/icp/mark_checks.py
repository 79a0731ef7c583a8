"""Site identity code, CONAC mark and report-an-error entry (《政府网站发展指引》, footer elements)."""

from collections.abc import Iterator

from xuncha.api import Site, Url, ask, finding, unsure, warning
from xuncha_plugins.icp.collect import Said, Seen, identity_check, why_unseen
from xuncha_plugins.icp.duties import GOVERNMENT_WEBSITES, MARKED_WEBSITES, missing
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.formats import of_organisation
from xuncha_plugins.icp.identity import Pointer
from xuncha_plugins.icp.places import Place


@identity_check("icp.site-code")
def site_code(seen: Seen, site: Site) -> Iterator[Said]:
    """The footer shows the code, and it has ten characters; the meta tag alone no citizen can read."""
    for shown in seen.codes:
        if not shown.number.well_formed:
            key = "organisation-code" if of_organisation(shown.number.key) else "malformed"
            yield finding(
                shown.at, key, code=shown.number.written, count=len(shown.number.key), distinct=shown.number.key
            )
    if seen.codes:
        return
    tagged = next((page.meta_code for page in seen.home if page.meta_code), None)
    if tagged and (reason := why_unseen(seen, Element.CODE)):
        yield unsure(reason)
    elif tagged:
        yield warning(seen.at("meta[SiteIDCode]"), "only-in-meta", code=tagged.written)
    else:
        yield from missing(seen, site, Element.CODE, GOVERNMENT_WEBSITES)


@identity_check("icp.conac-mark")
def conac_mark(seen: Seen, site: Site) -> Iterator[Said]:
    """The mark is there and leads to the page at CONAC that proves it; of a copied picture only its link counts."""
    marks = seen.marks
    if not marks:
        yield from missing(seen, site, Element.MARK, MARKED_WEBSITES)
    elif not any(mark.loader or (mark.place is Place.RIGHT and mark.carries) for mark in marks):
        yield from _faulty_mark(marks)


def _faulty_mark(marks: tuple[Pointer, ...]) -> Iterator[Said]:
    right = next((mark for mark in marks if mark.place is Place.RIGHT), None)
    if right:
        yield finding(right.at, "no-id", url=Url(right.url))
    elif marks[0].picture:
        yield finding(marks[0].at, "unlinked")
    else:
        yield finding(marks[0].at, "elsewhere", url=Url(marks[0].url))


@identity_check("icp.report-error")
def report_error(seen: Seen, site: Site) -> Iterator[Said]:
    """The home page has the entry of the national platform, with the site's code in it."""
    reports = seen.reports
    if not reports:
        yield from missing(seen, site, Element.REPORT, GOVERNMENT_WEBSITES)
        return
    right = [report for report in reports if report.place is Place.RIGHT]
    if right:
        if not any(report.carries or report.loader for report in right):
            yield warning(right[0].at, "no-code", url=Url(right[0].url))
        return
    older = next((report for report in reports if report.place is Place.OLDER), None)
    named = next((report for report in reports if "找错" in report.words), None)
    if older:
        yield warning(older.at, "older", url=Url(older.url))
    elif named:
        yield finding(named.at, "elsewhere", url=Url(named.url))
    else:
        yield ask(reports[0].at, "own-entry", url=Url(reports[0].url))
