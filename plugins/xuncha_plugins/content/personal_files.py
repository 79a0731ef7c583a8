"""Downloads attachments, the likeliest lists of persons first, and looks for numbers of persons in them."""

import hashlib
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from pydantic import Field

from xuncha.api import (
    Clock,
    Crawl,
    Documents,
    DocumentText,
    Gap,
    LinkUse,
    Net,
    NetError,
    Params,
    Reason,
    Reply,
    a_few_at_once,
    ending_of,
    in_time,
    masked_excerpt,
    probe,
)
from xuncha_plugins.content.personal_facts import Attachment, FileLook, PersonalFiles
from xuncha_plugins.content.personal_numbers import NOTHING, exposed, lists_persons

AT_ONCE = 2
LONGEST = 3_600
_SHEETS = frozenset(("xls", "xlsx", "et", "csv", "ods", "xlsb"))
_TEXTS = frozenset(("doc", "docx", "wps", "rtf", "odt", "txt"))
_PAPERS = frozenset(("pdf", "ofd", "ppt", "pptx"))
_MEDIA = ("application/pdf", "application/msword", "application/vnd.", "application/wps", "text/csv")
_GONE = (404, 410)
_MISSING = 400


class PersonalFileParams(Params):
    """``files`` attachments are looked at, of at most ``bytes`` each; all within ``seconds`` on the clock.

    What reading them may cost in processor time is bounded by ``Documents``: 10 s for one, 120 s for all of a site.
    From ``mobiles`` different mobile numbers on a list of persons counts, also without identity numbers.
    """

    files: int = Field(default=50, ge=0, le=500)
    bytes: int = Field(default=8_000_000, ge=1)
    seconds: float = Field(default=600, gt=0, le=LONGEST - 60)
    mobiles: int = Field(default=5, ge=2)


@probe(
    provides=PersonalFiles,
    needs=(Crawl,),
    params=PersonalFileParams,
    deadline=LONGEST,
    connections=AT_ONCE,
    requests=("files",),
)
async def personal_files(
    crawl: Crawl, params: PersonalFileParams, net: Net, documents: Documents, clock: Clock
) -> PersonalFiles | Gap:
    """What the attachments of a site show of persons."""
    known = sorted(attachments(crawl), key=suspicion)
    search = _Search(net, documents, params, clock().date())
    await in_time(params.seconds, a_few_at_once(known[: params.files], search.look_at, AT_ONCE))
    return search.result(known)


def attachments(crawl: Crawl) -> Iterator[Attachment]:
    """Each document of the site that a page links to, once; those too that only their media type gives away."""
    for target in crawl.targets:
        if target.internal and target.use is LinkUse.ATTACHMENT and ending_of(target.url) in _SHEETS | _TEXTS | _PAPERS:
            source = target.sources[0]
            yield Attachment(target.url, source.page, masked_excerpt(source.text, 120), source.line, source.depth)
    listed = {target.url for target in crawl.targets if target.use is LinkUse.ATTACHMENT}
    for page in crawl.pages:
        if page.opened and page.media_type.startswith(_MEDIA) and page.url not in listed:
            yield Attachment(page.url, page.parent or page.url, masked_excerpt(page.link_text, 120), depth=page.depth)


def suspicion(attachment: Attachment) -> tuple[bool, int]:
    """Sorts what is likelier a list of persons to the front; the order of the crawl decides between equals."""
    ending = ending_of(attachment.url)
    rank = next((rank for rank, kinds in enumerate((_SHEETS, _TEXTS)) if ending in kinds), 2)
    return not lists_persons(attachment.text + unquote(attachment.url)), rank


class _Search:
    def __init__(self, net: Net, documents: Documents, params: PersonalFileParams, today: date) -> None:
        self._net = net
        self._documents = documents
        self._params = params
        self._today = today
        self._looks: dict[str, FileLook] = {}

    async def look_at(self, attachment: Attachment) -> None:
        """Each look is noted as soon as it is done."""
        self._looks[attachment.url] = await self._look(attachment)

    def result(self, known: list[Attachment]) -> PersonalFiles:
        """What is there by now; it says where that is not all."""
        looks = tuple(self._looks[one.url] for one in known if one.url in self._looks)
        return PersonalFiles(looks, len(known), complete=len(looks) == len(known))

    async def _look(self, attachment: Attachment) -> FileLook:
        try:
            reply = await self._net.fetch(
                attachment.url, headers={"Referer": attachment.page}, max_bytes=self._params.bytes, recent=True
            )
        except NetError as error:
            return FileLook(attachment, problem=error.reason)
        if reply.status >= _MISSING or reply.challenge or reply.truncated:
            return _unusable(attachment, reply)
        found = await self._documents.words(reply.body, attachment.url.rpartition("/")[2][:100])
        return self._judged(attachment, reply, found)

    def _judged(self, attachment: Attachment, reply: Reply, found: DocumentText | Gap) -> FileLook:
        size, digest = len(reply.body), hashlib.sha256(reply.body).hexdigest()
        if isinstance(found, Gap):
            return FileLook(attachment, NOTHING, "", size, digest, found.reason)
        shown = exposed(found.text, self._today, self._params.mobiles)
        problem = Reason.DOCUMENT_SCANNED if found.unread else None
        if not found.complete:
            problem = Reason.DOCUMENT_TOO_LARGE
        return FileLook(attachment, shown, found.kind, size, digest, problem)


def _unusable(attachment: Attachment, reply: Reply) -> FileLook:
    if reply.challenge:
        return FileLook(attachment, problem=Reason.CHALLENGED)
    if reply.truncated:
        return FileLook(attachment, problem=Reason.DOCUMENT_TOO_LARGE, bytes=len(reply.body))
    return FileLook(
        attachment, problem=None if reply.status in _GONE else Reason.SERVER_ERROR, gone=reply.status in _GONE
    )
