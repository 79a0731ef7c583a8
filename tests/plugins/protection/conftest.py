"""A unit's proofs, read and judged as in a run, on 2 November 2026."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.api import (
    ALGORITHMS,
    Declaration,
    DocumentKind,
    DocumentText,
    Measure,
    Part,
    Prints,
    Protection,
    Site,
    SiteKind,
    Where,
    parse_page,
    take,
)
from xuncha.testing import NOW, FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.protection.facts import LastScan
from xuncha_plugins.protection.probes import proofs

UNIT = Site("a", "示例区民政局网站", ("https://mz.shili.gov.example/",), "示例区民政局", kind=SiteKind.DEPARTMENT)
PARTS = ("anti_attack", "anti_tamper", "anti_virus", "classified", "assessment", "logs")


def workbook(*rows, sheet="Sheet1"):
    """Rows as the reader of workbooks hands them over."""
    lines = "\n".join("\t".join(row).rstrip("\t") for row in rows)
    return DocumentText(DocumentKind.XLSX, (Part(Where.SHEET, sheet, lines),))


class Unit:
    """What a unit declares and hands in; ``read`` are the documents by name."""

    def __init__(self, read, due=None, site=UNIT, scan=None, **sections):
        files = dict.fromkeys(read, b"x")
        self.declared = Declaration(protection=replace(Protection(), **sections))
        self.evidence = evidence(self.declared, files, due=due)
        self.site, self.scan = site, scan or LastScan()
        probe = proofs(site, self.evidence, FakeFiles(files), FakeDocuments(read))
        self.proofs = asyncio.run(probe)

    def judge(self, check, params=None):
        return judge(check, self.evidence, self.proofs, self.scan, site=self.site, params=params)

    def keys(self, check, params=None):
        """The message keys of the outcome's findings with their status."""
        return {(found.key, found.status.value) for found in self.judge(check, params).findings}


@pytest.fixture(scope="session")
def unit():
    return Unit


@pytest.fixture(scope="session")
def book():
    return workbook


@pytest.fixture(scope="session")
def measure():
    """A measure declared with its proof in one document."""

    def make(text, piece="anti_attack", *, due=None, site=UNIT, scan=None, **said):
        name = f"protection/{piece}.docx"
        return Unit({name: text}, due=due, site=site, scan=scan, **{piece: Measure(files=(name,), **said)})

    return make


@pytest.fixture
def page_print():
    """Prints of one page."""

    def make(**more):
        page = parse_page(b"<title>x</title>", url="https://mz.shili.gov.example/")
        return Prints((replace(take(page, NOW), **more),), ALGORITHMS)

    return make
