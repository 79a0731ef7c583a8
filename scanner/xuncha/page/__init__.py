"""A page as values: decoded once, parsed once, shown to every page check. Only this package knows the parser."""

from xuncha.page.page import Page, parse_page
from xuncha.page.values import Element, Encoding, Form, Frame, Link, Meta, Script

__all__ = ["Element", "Encoding", "Form", "Frame", "Link", "Meta", "Page", "Script", "parse_page"]
