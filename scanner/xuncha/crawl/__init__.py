"""Crawls one site: deterministic, polite, bounded; sees challenges and traps for what they are."""

from xuncha.crawl.ahead import Fetch
from xuncha.crawl.budget import Budget
from xuncha.crawl.challenges import Recogniser, hindrance
from xuncha.crawl.crawler import Watcher, crawl
from xuncha.crawl.signature_files import load_signatures
from xuncha.crawl.signatures import Kind, Signature, Signatures

__all__ = [
    "Budget",
    "Fetch",
    "Kind",
    "Recogniser",
    "Signature",
    "Signatures",
    "Watcher",
    "crawl",
    "hindrance",
    "load_signatures",
]
