"""How findings under review are told: where they are, what was said of them, and all of it as data."""

from typing import Any

from xuncha.model.locator import DocumentLocator, EndpointLocator, Locator
from xuncha.model.text import Lang
from xuncha.review.rows import Row
from xuncha.store.codec import dump
from xuncha.store.format import spot, visible
from xuncha.store.result import FindingView


def address(locator: Locator) -> str:
    """The page that a finding is on; empty where it is on none."""
    return visible(getattr(locator, "url", "") or getattr(locator, "page", ""))


_WITHIN = ("text", "target", "element", "header", "name", "rule")


def within(locator: Locator, lang: Lang) -> str:
    """What of the page, or of the site, is meant."""
    if isinstance(locator, DocumentLocator):
        return visible(" ".join(filter(None, (locator.path, spot(locator, lang)))))
    if isinstance(locator, EndpointLocator):
        return visible(f"{locator.host}:{locator.port}")
    return visible(" → ".join(filter(None, (getattr(locator, name, "") for name in _WITHIN))))


def place(found: FindingView, lang: Lang) -> str:
    """Both on one line."""
    return "  ".join(filter(None, (address(found.locator), within(found.locator, lang))))


def as_data(row: Row) -> dict[str, Any]:
    """A finding for programs."""
    found = row.finding
    return {
        "fingerprint": found.fingerprint,
        "cause": row.cause,
        "site": row.site,
        "site_name": row.name,
        "department": row.department,
        "check": row.check,
        "items": list(row.items),
        "severity": row.severity,
        "status": found.status,
        "locator": dump(found.locator),
        "message": {"key": found.message.key, "zh": found.message.zh, "en": found.message.en},
        "excerpt": found.excerpt,
        "reviewed": dump(found.reviewed) if found.reviewed else None,
    }
