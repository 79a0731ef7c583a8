"""Opens a sample of the site's attachments: their first bytes tell whether they are what their names promise."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from urllib.parse import unquote

from pydantic import Field

from xuncha.api import (
    Crawl,
    LinkTarget,
    LinkUse,
    Net,
    NetError,
    Params,
    Reply,
    a_few_at_once,
    ending_of,
    in_time,
    masked_excerpt,
    probe,
)
from xuncha_plugins.services.facts import FileAnswers, FileLook
from xuncha_plugins.services.kinds import PROMISED, has_end, kind_of

AT_ONCE = 2
LONGEST = 1_800
MAX_WORDS = 200
_OK = 200


class FileParams(Params):
    """``files``: so many attachments are opened, of each the first ``kilobytes``.

    What looks wrong is opened again ``pause`` seconds later; ``patience`` is for one request, ``seconds`` for all.
    """

    files: int = Field(default=100, ge=0, le=1000)
    kilobytes: int = Field(default=64, ge=4, le=1024)
    pause: float = Field(default=10.0, ge=0, le=600)
    patience: float = Field(default=15.0, gt=0, le=60)
    seconds: float = Field(default=600.0, gt=0, le=LONGEST - 60)


@probe(
    provides=FileAnswers,
    needs=(Crawl,),
    params=FileParams,
    deadline=LONGEST,
    connections=AT_ONCE,
    requests=("files", "files"),
)
async def file_answers(crawl: Crawl, params: FileParams, net: Net) -> FileAnswers:
    """What comes for attachments that are linked on the site and lie on it."""
    known = attachments(crawl)
    sample = spread(known, params.files)
    opening = _Opening(net, params)
    await in_time(params.seconds, opening.run(sample))  # what was opened by then counts; ``known`` tells the rest
    return FileAnswers(
        tuple(opening.first[one.url] for one in sample if one.url in opening.first),
        tuple(opening.second[one.url] for one in sample if one.url in opening.second),
        len(known),
    )


def attachments(crawl: Crawl) -> list[LinkTarget]:
    """The documents and archives of the site itself; recordings and programs are not looked at."""
    return [
        target
        for target in crawl.targets
        if target.internal and target.use is LinkUse.ATTACHMENT and target.sources and promised(target)
    ]


def promised(target: LinkTarget) -> str:
    """The ending that the name of a file, or else the words of the link, promise; empty for others."""
    ending = ending_of(target.url)
    if ending in PROMISED:
        return ending
    named = ending_of(f"/{target.sources[0].text.strip()}") if target.sources else ""
    return named if named in PROMISED else ""


def spread(targets: Sequence[LinkTarget], most: int) -> list[LinkTarget]:
    """At most so many, of every kind of file the first, then of every kind the second, and so on."""
    kinds: defaultdict[str, list[LinkTarget]] = defaultdict(list)
    for target in targets:
        kinds[promised(target)].append(target)
    return [one for row in zip_longest(*kinds.values()) for one in row if one is not None][:most]


def looks_wrong(look: FileLook | None) -> bool:
    """Whether a second visit has to tell."""
    if look is None or look.status != _OK or look.challenge:
        return False
    return look.kind not in PROMISED[look.ending] or look.kind in {"page", "text"} or look.ended is False


class _Opening:
    def __init__(self, net: Net, params: FileParams) -> None:
        self._net = net
        self._params = params
        self.first: dict[str, FileLook] = {}
        self.second: dict[str, FileLook] = {}

    async def run(self, sample: list[LinkTarget]) -> None:
        """All of them, and after a pause those again that look wrong."""
        await self._open(sample, self.first)
        if again := [target for target in sample if looks_wrong(self.first.get(target.url))]:
            await asyncio.sleep(self._params.pause)
            await self._open(again, self.second)

    async def _open(self, targets: Iterable[LinkTarget], looks: dict[str, FileLook]) -> None:
        async def look(target: LinkTarget) -> None:
            looks[target.url] = await self._look(target, first=looks is self.first)

        await a_few_at_once(targets, look, AT_ONCE)

    async def _look(self, target: LinkTarget, *, first: bool) -> FileLook:
        """The page that links there is named as the referrer: many sites serve files to their own visitors only.

        What another plugin was just told will do for the ``first`` look; the second is one of its own.
        """
        source = target.sources[0]
        place = (target.url, source.page, masked_excerpt(source.text, 120), source.line, source.depth, promised(target))
        try:
            reply = await self._net.fetch(
                target.url,
                headers={"Referer": source.page},
                max_bytes=1024 * self._params.kilobytes,
                deadline=self._params.patience,
                recent=first,
            )
        except NetError as error:
            return FileLook(*place, problem=error.reason)
        return _seen(place, reply)


def _seen(place: tuple[str, str, str, int | None, int, str], reply: Reply) -> FileLook:
    kind, whole = kind_of(reply.body), not reply.truncated
    page = kind == "page"
    words = f"{reply.title} {reply.words(8192)}".strip() if kind in {"page", "text"} else ""
    return FileLook(
        *place[:5],
        _named(reply) or place[5],
        reply.status,
        challenge=reply.challenge,
        kind=kind,
        size=len(reply.body),
        length=_length(reply),
        whole=whole,
        ended=has_end(reply.body, kind) if whole else None,
        tables=page and b"<table" in reply.body.lower(),
        words=masked_excerpt(words, MAX_WORDS),
    )


def _length(reply: Reply) -> int:
    given = reply.header("content-length") or ""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else -1  # noqa: PLR2004


def _named(reply: Reply) -> str:
    """The ending of the name under which the server says the file is to be saved."""
    given = unquote((reply.header("content-disposition") or "")[:500]).strip().strip(";\"' ")
    ending = given.rpartition(".")[2].lower().strip("\"' ")
    return ending if ending in PROMISED else ""
