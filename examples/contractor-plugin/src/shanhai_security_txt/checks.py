"""Judges what was gathered. Checks are pure: no I/O, no clock."""

from collections.abc import Iterator

from xuncha.api import Finding, Page, SiteLocator, Url, check, page_check, warning

from .probes import SecurityTxt


@check("shanhai.security-contact")
def security_contact(file: SecurityTxt) -> Iterator[Finding]:
    """A security.txt names at least one contact (RFC 9116, section 2.5.3)."""
    if not any(name == "contact" and value for name, value in file.fields):
        yield warning(SiteLocator(), "missing", url=Url(file.url))


@page_check("shanhai.generator-shown")
def generator_shown(page: Page) -> Iterator[Finding]:
    """No page tells attackers which program, in which version, made it."""
    generator = page.meta("generator") or ""
    if any(character.isdigit() for character in generator):
        yield warning(page.locator, "shown", generator=generator)
