"""The bench lies beside the packages, in the checkout, which is on nobody's path."""

import sys
from datetime import datetime
from pathlib import Path

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page

CHECKOUT = Path(__file__).resolve().parents[3]
if str(CHECKOUT) not in sys.path:
    sys.path.append(str(CHECKOUT))


@pytest.fixture
def observed():
    return datetime(2021, 7, 1, 12, tzinfo=SHANGHAI)


@pytest.fixture
def page():
    def make(html, url="http://www.a.gov.example/zwgk/tzgg/", depth=1):
        return parse_page(html.encode(), url=url, headers=(("content-type", "text/html; charset=utf-8"),), depth=depth)

    return make


@pytest.fixture
def saved(tmp_path):
    """Writes a folder: pages by file name, and the manifest's lines or bytes."""

    def write(manifest, **pages):
        for name, html in pages.items():
            (tmp_path / f"{name}.html").write_text(html)
        data = manifest if isinstance(manifest, bytes) else manifest.encode()
        (tmp_path / "manifest.csv").write_bytes(data)
        return tmp_path

    return write


@pytest.fixture(scope="session")
def checkout():
    return CHECKOUT
