import datetime as dt
import io

import openpyxl
import pytest

from xuncha.config.errors import ConfigError
from xuncha.inventory import read_inventory

TODAY = dt.date(2026, 8, 10)


@pytest.fixture
def written(tmp_path):
    """A file with this text or these bytes."""

    def write(content, name="sites.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def read(written):
    """The inventory in a file with this content."""

    def call(content, name="sites.csv", encoding="utf-8", **options):
        return read_inventory(written(content, name, encoding), today=TODAY, **options)

    return call


@pytest.fixture
def refused(read):
    """The English lines of the error with which a file is refused."""

    def call(content, *args, **options):
        with pytest.raises(ConfigError) as caught:
            read(content, *args, **options)
        return caught.value.lines("en")

    return call


@pytest.fixture
def workbook():
    """The bytes of a workbook with these sheets."""

    def make(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)
        book.close()
        return stream.getvalue()

    return make
