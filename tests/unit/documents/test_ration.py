"""What the documents of a site may cost in all."""

import asyncio

from xuncha.documents.ration import Ration
from xuncha.model.documents import DocumentKind
from xuncha.model.reasons import Reason
from xuncha.testing import FakeDocuments


class Dear(FakeDocuments):
    """A reader that takes five seconds for each document."""

    async def read(self, body, name="", *, scans=False):
        return await self.text(body, name), 5.0


def asked(ration, many):
    async def ask():
        return [await ration.text(b"%d" % number) for number in range(many)]

    return asyncio.run(ask())


def test_when_the_time_of_a_site_is_used_up_no_further_document_is_read():
    reader = Dear()
    *_, last = asked(Ration(reader, seconds=12.0), 50)
    assert (len(reader.asked), last.reason) == (3, Reason.BUDGET_REACHED)


def test_within_it_documents_are_read_as_ever():
    (found,) = asked(Ration(Dear()), 1)
    assert (found.kind, found.text) == (DocumentKind.TEXT, "0")


def test_the_same_document_is_read_once():
    reader = Dear()
    ration = Ration(reader)
    assert asked(ration, 3) == asked(ration, 3)
    assert len(reader.asked) == 3
