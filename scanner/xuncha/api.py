"""The one module that plugins import. Everything here is stable within a major version."""

from xuncha.declare import (
    Ask,
    NotApplicable,
    Params,
    Unsure,
    ask,
    check,
    finding,
    hookimpl,
    not_applicable,
    page_check,
    probe,
    unsure,
    warning,
)
from xuncha.model.crawl import Crawl, Hop, LinkSource, LinkTarget, LinkUse, PageRecord, Robots
from xuncha.model.fact import Gap
from xuncha.model.locator import (
    ColumnLocator,
    DocumentLocator,
    ElementLocator,
    EndpointLocator,
    HeaderLocator,
    LinkLocator,
    Locator,
    PageLocator,
    RuleLocator,
    SiteLocator,
)
from xuncha.model.message import Share, Size, Url
from xuncha.model.netapi import Answer, Finished, Lease, Net, NetError, Reply, Stream, TlsSeen
from xuncha.model.outcome import Coverage, Finding, Severity, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Column, Mode, Site, SiteKind, SiteStatus
from xuncha.page import Form, Frame, Link, Meta, Page, Script

__all__ = sorted(name for name in globals() if name[0].isupper() or name in {
    "ask", "check", "finding", "hookimpl", "not_applicable", "page_check", "probe", "unsure", "warning",
})
