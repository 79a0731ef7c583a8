"""Asks the site's search for articles that the crawl has seen, as a browser would send the form."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from pydantic import Field

from xuncha.api import Crawl, Link, Net, NetError, Page, Params, Reply, parse_page, probe
from xuncha_plugins.services.facts import Functions, SearchAnswers, SearchForm, SearchTry, Titled
from xuncha_plugins.services.functions import age_rank
from xuncha_plugins.services.urls import plain, without_query
from xuncha_plugins.services.words import bare, words

TITLES = 2
"""Different titles that are looked for."""

MAX_BODY = 1_000_000
LEAST_WORDS = 4
MOST_WORDS = 20
HANDY = 30
"""Characters of a title that any search takes; longer ones are asked for last."""

LEAST_ABRIDGED = 6
"""Characters of a title that an abridged one keeps; fewer may begin many titles."""

_PIECES = re.compile(r"[^\w]+")
_TAGS = re.compile(r"<[^<>]{0,300}>")
_DOTS = re.compile(r"…+|\.{2,}|。{2,}|··+")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|\bhidden\b")
_ELSEWHERE = re.compile(r"(?i)foot|bottom|copyright|friend|nav|menu|link|beian|icp")
"""Names of regions that hold no results."""

_SEARCH_SCRIPT = re.compile(r"(?i)search|sousuo|jiansuo")
_NAME = re.compile(r"[#.]([\w-]{3,})")
_AROUND = 300
_OK = 200


class SearchParams(Params):
    """``forms``: so many search forms are asked; ``patience`` is in seconds for one answer."""

    forms: int = Field(default=2, ge=1, le=5)
    patience: float = Field(default=15.0, gt=0, le=60)


@probe(
    provides=SearchAnswers,
    needs=(Crawl, Functions),
    params=SearchParams,
    deadline=600,
    connections=1,
    requests=("forms", "forms", "forms", "forms"),
)
async def search_answers(crawl: Crawl, functions: Functions, params: SearchParams, net: Net) -> SearchAnswers:
    """What the forms answer: two titles, a piece of the first, a short word; no more as soon as one is found."""
    tries: list[SearchTry] = []
    titles = wanted(functions, crawl)
    for number, form in by_promise(functions.searches):
        if is_askable(form) and titles and len({one.form for one in tries}) < params.forms:
            tries += await Asking(number, functions, net, params.patience).ask(titles)
            if tries[-1].found:
                break
    return SearchAnswers(tuple(tries))


def is_askable(form: SearchForm) -> bool:
    """Whether a form can be sent by a safe read."""
    return form.method == "get" and bool(form.target and form.field) and not form.external


def by_promise(forms: Sequence[SearchForm]) -> list[tuple[int, SearchForm]]:
    """The forms with their numbers: those first that search everything and need no script."""
    return sorted(enumerate(forms), key=lambda pair: (pair[1].limited, pair[1].scripted))


def wanted(functions: Functions, crawl: Crawl) -> list[Titled]:
    """The articles to look for, each title once.

    First those that a search should have long since, with titles of one piece, that no page links to everywhere.
    """
    on_home = {plain(target.url) for target in crawl.targets if target.on_home}

    def rank(one: Titled) -> tuple[int, bool, bool, bool]:
        in_pieces = telling(one.title) != one.title
        return age_rank(one, functions.before), in_pieces, len(one.title) > HANDY, plain(one.url) in on_home

    different: dict[str, Titled] = {}
    for one in sorted(functions.articles, key=rank):
        if telling(one.title):
            different.setdefault(one.title, one)
    return list(different.values())


def telling(title: str) -> str:
    """The piece of a title between punctuation marks that tells most; empty where none does."""
    whole = _PIECES.split(title.strip("。！？"))
    if len(whole) == 1 and len(title) <= HANDY:
        return title
    pieces = [piece.removeprefix("关于").strip("_")[:MOST_WORDS] for piece in whole]
    longest = max(pieces, key=len, default="")
    return longest if len(longest) >= LEAST_WORDS else ""


def address(form: SearchForm, looked_for: str) -> str:
    """The URL that a browser asks for: the action's own query is replaced, characters are in the form's encoding."""
    fields = [*form.others, (form.field, looked_for)]
    try:
        query = urlencode(fields, encoding=form.encoding, errors="xmlcharrefreplace")
    except LookupError:
        query = urlencode(fields)
    return f"{without_query(form.target)}?{query}"


class Asking:
    """One form, question by question."""

    def __init__(self, number: int, functions: Functions, net: Net, patience: float) -> None:
        form = functions.searches[number]
        self._scripts = frozenset(functions.home_scripts)
        self._number = number
        self._form = form
        self._net = net
        self._patience = patience
        self._links: set[str] = set()

    async def ask(self, titles: Sequence[Titled]) -> list[SearchTry]:
        """Whole titles, then a piece; where they are answered and not found, a short word that many titles have."""
        tries: list[SearchTry] = []
        questions = [(article.title, article) for article in titles[:TITLES]]
        questions += [
            (telling(article.title), article) for article in titles[:1] if telling(article.title) != article.title
        ]
        for looked_for, article in questions:
            tries.append(await self._ask(looked_for, article))
            if tries[-1].found:
                return tries
        if tries[-1].status == _OK:
            tries.append(await self._ask(short_word(titles), None))
        return tries

    async def _ask(self, looked_for: str, article: Titled | None) -> SearchTry:
        url = address(self._form, looked_for)
        title = article.title if article else ""
        try:
            reply = await self._net.fetch(url, max_bytes=MAX_BODY, deadline=self._patience)
        except NetError as error:
            return SearchTry(self._number, looked_for, title, url, problem=error.reason)
        page = parse_page(reply.body, url=reply.final_url, status=reply.status, headers=reply.headers)
        found = reply.status == _OK and self._finds(page, looked_for, article)
        self._links |= {link.target for link in page.links}
        return self._read(reply, page, looked_for, title, found=found)

    def _finds(self, page: Page, looked_for: str, article: Titled | None) -> bool:
        own = plain(without_query(self._form.target))
        links = [link for link in page.links if link.target and plain(without_query(link.target)) != own]
        if article is None:
            return any(looked_for in link.text and link.target not in self._links for link in links)
        return any(_leads_to(link, article, looked_for) for link in links) or _shows(page, article.title, looked_for)

    def _read(self, reply: Reply, page: Page, looked_for: str, title: str, *, found: bool) -> SearchTry:
        table = words().search
        return SearchTry(
            self._number,
            looked_for,
            title,
            reply.url,
            reply.status,
            challenge=reply.challenge,
            notice=reply.notice,
            found=found,
            denies=_denies(_around(page, looked_for).replace(looked_for, "")),
            filled=_is_filled(page, self._scripts),
            refused=bool(table.refused.search(page.text[:20_000])),
        )


def short_word(titles: Sequence[Titled]) -> str:
    """The word of two characters that most of the titles have."""
    every = [one.title for one in titles]
    return max(words().search.common, key=lambda word: sum(word in title for title in every))


def _leads_to(link: Link, article: Titled, looked_for: str) -> bool:
    where = plain(article.url)
    if plain(link.target) == where or quote(where, safe="") in link.target or bare(looked_for) in bare(link.text):
        return True
    return _abridges(link.text, article.title)


def _abridges(text: str, title: str) -> bool:
    """Whether a text is a title cut short by dots, at its end or in its middle."""
    if not _DOTS.search(text):
        return False
    pieces, whole, at = [bare(piece) for piece in _DOTS.split(text)], bare(title), 0
    for piece in pieces:
        at = whole.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return whole.startswith(pieces[0]) and sum(map(len, pieces)) >= LEAST_ABRIDGED


def _denies(said: str) -> bool:
    """Whether an answer says that there is nothing, and takes nothing of it back."""
    table = words().search
    rest = table.stock.sub("", said)
    return bool(table.nothing.search(rest)) and not table.undone.search(rest)


def _shows(page: Page, title: str, looked_for: str) -> bool:
    """Whether the whole title stands there, which is longer than the words that any answer repeats."""
    whole = bare(title)
    return len(whole) > len(bare(looked_for)) and (whole in bare(page.text) or whole in bare(_TAGS.sub("", page.html)))


def _around(page: Page, looked_for: str) -> str:
    """What the answer says near the words that were looked for; else its first part."""
    text = page.text[:60_000]
    pieces = list(_windows(text, looked_for))
    return "\n".join(pieces) if pieces else text[:6_000]


def _windows(text: str, looked_for: str) -> Iterator[str]:
    at = text.find(looked_for)
    for _ in range(5):
        if at < 0:
            return
        yield text[max(at - _AROUND, 0) : at + len(looked_for) + _AROUND]
        at = text.find(looked_for, at + len(looked_for))


def _is_filled(page: Page, home_scripts: frozenset[str]) -> bool:
    """Whether script may write the results: then what the source says of them means nothing."""
    table = words().search
    if page.scripted or table.filled.search(page.html) or _has_own_script(page, home_scripts):
        return True
    denied = (found.start() for found in table.nothing.finditer(page.html))
    return any(_HIDDEN.search(page.html[max(at - _AROUND, 0) : at]) for at in denied)


def _has_own_script(page: Page, home_scripts: frozenset[str]) -> bool:
    """Whether a script that the home page lacks may fill what is empty here, or one is named for searching."""
    if any(_SEARCH_SCRIPT.search(script.src) for script in page.scripts):
        return True
    regions = [name for name in page.scripted_regions if not _ELSEWHERE.search(name)]
    names = {part for name in regions for part in _NAME.findall(name)}
    return bool(regions) and any(
        script.target not in home_scripts if script.src else any(name in script.inline for name in names)
        for script in page.scripts
    )
