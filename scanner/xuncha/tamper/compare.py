"""Compares two prints of a page. What of the differences is tampering is for checks and people to say."""

import re
from collections.abc import Callable, Iterable, Iterator

from xuncha.model.hosts import host_of
from xuncha.model.prints import Habit, PageKind, PagePrint
from xuncha.tamper import added
from xuncha.tamper.changes import Change, ChangeKind
from xuncha.tamper.sketch import WIDTH, kept
from xuncha.tamper.taking import CLASSES, DATA, LINES, PICTURES, SRCDOC
from xuncha.tamper.titles import shared, title_words
from xuncha.tamper.whose import owner_of, owner_of_host
from xuncha.tamper.wording import CLAUSES, SENTENCES

LITTLE = 0.2
"""With so small a share of the approved lines left, a page was replaced."""

SHRUNK = 0.25
"""With so small a share of the approved characters left, a page shrank."""

HOLLOW = 0.55
"""With so small a share of them left, and nothing new, the middle of a page was taken out."""

FEW_LINES = 8
"""Of fewer lines nothing is learned from what becomes of them."""

_SAME_DESIGN = 0.8
_FEW_WORDS = 120
_NOTHING_NEW = 0.75
_CHINESE_PAGE = 0.3
_CHINESE_LEFT = 0.05
_NAMED = 8
_MANY_LINKS = 12
_MANY_WORDS = 400
_ECHOED = 0.5
_FEW_PICTURES = 3
_BANNERS = 3
_FEW_SENTENCES = 3
_REWRITTEN = 1 / 3
_FEW_LINKS_LEFT = 0.4
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d{6,}")
_DIGITS = re.compile(r"\d{4}")
_ICP = "ICP备"
_SERIES = 8
_FEW_ALIKE = 4


def compare(before: PagePrint, now: PagePrint, habit: Habit | None = None) -> tuple[Change, ...]:
    """Every difference that means something, the gravest kinds first; none where the pages are alike.

    ``before`` is the approved print. What ``habit`` adds was learned from visits that nobody approved: it may make the
    comparison stricter, never weaker; only the regions that change by themselves are left out, which is for people.
    """
    if before.dom == now.dom and before.signs == now.signs and before.landed == now.landed:
        return ()
    return tuple(change for find in _FINDERS for change in find(before, now, habit))


def lines_kept(before: PagePrint, now: PagePrint, habit: Habit | None = None) -> float | None:
    """The share of the approved lines, or of the steady ones among them, that the page still shows: the lesser.

    None where there are too few to tell.
    """
    shares = [kept(before.similarity, now.similarity, LINES)] if before.lines >= FEW_LINES else []
    if habit is not None and _fits(habit, before):
        shares.append(kept(habit.steady, now.similarity, LINES))
    return min((share for share in shares if share is not None), default=None)


def _fits(habit: Habit, approved: PagePrint) -> bool:
    """Whether enough was learned, and of the design that was approved."""
    share = kept(habit.steady, approved.similarity, LINES)
    return len(habit.steady) >= FEW_LINES * WIDTH and share is not None and share >= _SAME_DESIGN


def is_recognisable(before: PagePrint, now: PagePrint) -> bool:
    """Whether a page that looks different is still the same owner's, as after a redesign.

    It leads through the same website in as many words, and keeps what it says of its owner (a filing number, a site
    code, a sponsor); or it does so under a title that says the same, and has at least a line in common with what was
    approved: the name of a column survives most redesigns. A page that said next to nothing, and now leads through its
    website, came to life.
    A page that carries signs of defacement is nobody's.
    """
    if any(sign.sure for sign in now.signs):
        return False
    leads_on = now.own_links >= min(before.own_links, _MANY_LINKS) / 2
    wordy = now.chinese >= min(before.chinese, _MANY_WORDS) / 4
    if set(before.marks) & set(now.marks):
        return leads_on and wordy
    if before.lines < FEW_LINES and now.own_links >= _MANY_LINKS:
        return now.echo > 0
    return bool(shared(before.title, now.title)) and leads_on and wordy and _says_something_known(before, now)


def _says_something_known(before: PagePrint, now: PagePrint) -> bool:
    """Whether some line remains, and the page goes on saying what its title says."""
    silent = before.echo >= _ECHOED and now.echo == 0
    return not silent and kept(before.similarity, now.similarity, LINES) != 0


def own_hosts(before: PagePrint) -> frozenset[str]:
    """The owners (see ``xuncha.tamper.whose``) of what an approved page is, loads and links to."""
    hosts = {*before.hosts, *(host for script in before.scripts for host in (*script.loads, *(script.spelled or ())))}
    urls = {before.url, before.landed, before.refresh, before.canonical or "", *before.frames, *before.forms}
    urls.update(script.src for script in before.scripts)
    return frozenset({*map(owner_of_host, hosts), *map(owner_of, urls)} - {""})


def _titles(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    if before.title != now.title:
        yield Change(ChangeKind.TITLE, before.title, now.title, share=shared(before.title, now.title))


def _described(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    approved = dict(before.metas)
    for name, content in now.metas:
        if content != approved.get(name, content):
            yield Change(ChangeKind.DESCRIBED, approved[name], content, share=shared(approved[name], content))


def _landed(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    host = host_of(now.landed)
    if now.landed != before.landed and _is_new(host, before):
        yield Change(ChangeKind.LANDED, before.landed, now.landed, host)


def _refresh(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    if not now.refresh or now.refresh == before.refresh:
        return
    if now.refresh.startswith(("data:", "javascript:")):
        yield Change(ChangeKind.REFRESH, before.refresh, now.refresh, now.refresh.partition(":")[0])
    elif _is_new(host_of(now.refresh), before):
        yield Change(ChangeKind.REFRESH, before.refresh, now.refresh, host_of(now.refresh))


def _canonical(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    if before.canonical is not None and now.canonical and _is_new(host_of(now.canonical), before):
        yield Change(ChangeKind.CANONICAL, before.canonical, now.canonical, host_of(now.canonical))


def _scripts(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    new = {script.src for script in now.scripts if script.src} - {script.src for script in before.scripts}
    yield from _foreign(ChangeKind.SCRIPT, new, before)
    if DATA in new:
        yield Change(ChangeKind.SCRIPT, now=DATA, host=DATA)


def _loaders(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    spelled = all(script.spelled is not None for script in before.scripts if script.hash)
    loaded = ((*script.loads, *(script.spelled or ())) if spelled else script.loads for script in now.scripts)
    for host in dict.fromkeys(host for hosts in loaded for host in hosts):
        if _is_new(host, before):
            yield Change(ChangeKind.LOADER, now=host, host=host)


def _packed(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """An encoded script, on a page that had none: some are new in every answer."""
    known = {script.hash for script in before.scripts}
    new = [script.hash for script in now.scripts if script.packed and script.hash not in known]
    if new and not any(script.packed for script in before.scripts):
        yield Change(ChangeKind.PACKED, now=new[0])


def _base(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    yield from _foreign(ChangeKind.BASE, {now.base} - {before.base, ""}, before)


def _frames(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    new = set(now.frames) - set(before.frames)
    yield from _foreign(ChangeKind.FRAME, new, before)
    for made in (SRCDOC, DATA):
        if made in new:
            yield Change(ChangeKind.FRAME, now=made, host=made)


def _forms(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    yield from _foreign(ChangeKind.FORM, set(now.forms) - set(before.forms), before)


def _foreign(kind: ChangeKind, urls: Iterable[str], before: PagePrint) -> Iterator[Change]:
    known = own_hosts(before)
    for url in sorted(urls):
        if owner_of(url) not in {*known, ""}:
            yield Change(kind, now=url, host=host_of(url))


def _is_new(host: str, before: PagePrint) -> bool:
    return bool(host) and owner_of_host(host) not in own_hosts(before)


def _hosts(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    new = [host for host in now.hosts if _is_new(host, before)]
    if new:
        yield Change(ChangeKind.HOSTS, now=" ".join(new))


def _owner(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    if before.marks and not set(before.marks) & set(now.marks):
        yield Change(ChangeKind.OWNER, " ".join(before.marks), " ".join(now.marks))


def _filing(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """A number by which the owner is known is another region's, or another owner's; or the filing number alone is gone.

    Numbers are given anew, by the same province or city to the same owner. A site code may make room for the number of
    the police.
    """
    known = {_sort_of(mark): mark for mark in before.marks if _NUMBER.search(mark)}
    same = bool(set(before.marks) & set(now.marks)) or (before.title == now.title and bool(title_words(now.title)))
    for mark in now.marks:
        was = known.get(_sort_of(mark), mark)
        if was != mark and mark not in before.marks and not (same and _region_of(was) == _region_of(mark)):
            yield Change(ChangeKind.FILING, was, mark)
    if set(before.marks) & set(now.marks):
        left = {_sort_of(mark) for mark in now.marks}
        yield from (Change(ChangeKind.FILING, was) for sort, was in known.items() if sort == _ICP and sort not in left)


def _sort_of(mark: str) -> str:
    """What a mark is without its number and the province that gave it: filing numbers begin with its short name."""
    words = _NUMBER.sub("", mark)
    return words[1:] if words.endswith(_ICP) else words


def _region_of(mark: str) -> str:
    """Which province gave a filing number, or which city the other numbers say that they are of."""
    if mark.partition(_ICP)[1]:
        return mark[0]
    digits = _DIGITS.search(mark)
    return digits[0] if digits else ""


def _replaced(before: PagePrint, now: PagePrint, habit: Habit | None) -> Iterator[Change]:
    share = lines_kept(before, now, habit)
    if share is not None and share <= LITTLE:
        yield Change(ChangeKind.REPLACED, str(before.lines), str(now.lines), share=share)


def _shrunk(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    usual = before.words
    if usual >= _FEW_WORDS and now.words < SHRUNK * usual:
        yield Change(ChangeKind.SHRUNK, str(usual), str(now.words), share=now.words / usual)


def _hollow(before: PagePrint, now: PagePrint, habit: Habit | None) -> Iterator[Change]:
    """Half of the page is gone, and hardly anything came in its place, as it would with a redesign."""
    looks = [(before.similarity, before.words)]
    if habit is not None and habit.recent:
        looks.append((habit.recent, habit.recent_words))
    for lines, words in looks:
        known = kept(now.similarity, lines, LINES)
        if words >= _FEW_WORDS and now.words <= HOLLOW * words and known is not None and known >= _NOTHING_NEW:
            yield Change(ChangeKind.HOLLOW, str(words), str(now.words), share=now.words / words)
            return


def _rewritten(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """The sentences of an article are others, and what they are made of: its template may be as ever."""
    share = kept(before.sentences, now.sentences, SENTENCES)
    many = len(before.sentences) >= _FEW_SENTENCES * WIDTH
    if before.kind is not PageKind.ARTICLE or not many or share is None or share > _REWRITTEN:
        return
    if now.clauses is None or (kept(before.clauses or "", now.clauses, CLAUSES) or 0) <= _REWRITTEN:
        yield Change(ChangeKind.REWRITTEN, share=share)


def _refrain(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """Most lines now begin or end alike, which they did not."""
    if now.refrain and not before.refrain and before.lines >= FEW_LINES:
        yield Change(ChangeKind.REFRAIN, now=now.refrain)


def _series(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """Headlines in a row are the same apart from numbers, where none were."""
    if before.series is None or now.series is None or now.refrain:
        return
    if now.series.links >= _SERIES and before.series.links < _FEW_ALIKE:
        yield Change(ChangeKind.SERIES, before.series.words, now.series.words)


def _links_gone(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    if before.own_links >= _MANY_LINKS and now.own_links < _FEW_LINKS_LEFT * before.own_links:
        yield Change(ChangeKind.LINKS, str(before.own_links), str(now.own_links))


def _language(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    was, left = (one.chinese / max(one.words, 1) for one in (before, now))
    if was >= _CHINESE_PAGE and left <= _CHINESE_LEFT:
        yield Change(ChangeKind.LANGUAGE, share=left)


def _structure(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    share = kept(before.structure, now.structure, CLASSES)
    if share is not None and share <= LITTLE:
        yield Change(ChangeKind.STRUCTURE, share=share)


def _pictures(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    share = kept(before.pictures, now.pictures, PICTURES)
    if before.images >= _FEW_PICTURES and share == 0:
        yield Change(ChangeKind.PICTURES, str(before.images), str(now.images), share=0.0)


def _banners(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """The first pictures, or most of them, come from a host from which none came."""
    if before.picture_hosts is None or now.picture_hosts is None:
        return
    known = {*before.picture_hosts, ""}
    new = [host for host in now.picture_hosts if host not in known and _is_new(host, before)]
    first = [host for host in now.picture_hosts[:_BANNERS] if host in new]
    if first or (len(new) > 1 and 2 * len(new) >= len(now.picture_hosts)):
        host = (first or new)[0]
        yield Change(ChangeKind.BANNER, now=host, host=host)


def _backdrop(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    """A picture from elsewhere lies behind the whole page."""
    host = now.backdrop
    if before.backdrop is not None and host and host != before.backdrop and _is_new(host, before):
        yield Change(ChangeKind.BANNER, now=host, host=host)


def _assets(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    if before.assets is not None and now.assets is not None:
        known = {owner_of(url) for url in before.assets}
        new = (url for url in now.assets if owner_of(url) not in known)
        yield from _foreign(ChangeKind.ASSET, new, before)


def _regions(before: PagePrint, now: PagePrint, habit: Habit | None) -> Iterator[Change]:
    approved = {region.name: region.hash for region in before.regions}
    volatile = frozenset(habit.volatile) if habit else frozenset()
    changed = [
        region.name
        for region in now.regions
        if region.name not in volatile and approved.get(region.name, region.hash) != region.hash
    ]
    if changed:
        yield Change(ChangeKind.REGIONS, now=" ".join(f"#{name}" if name else "—" for name in changed[:_NAMED]))


def _signs(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    known = {sign.excerpt for sign in before.signs}
    for sign in now.signs:
        if sign.excerpt not in known:
            yield Change(ChangeKind.SIGN, now=sign.excerpt)


def _added(before: PagePrint, now: PagePrint, _: Habit | None) -> Iterator[Change]:
    for find in _ADDED:
        yield from find(before, now)


_ADDED = (
    added.effects,
    added.tucked,
    added.menus,
    added.headings,
    added.uploaded,
    added.swapped,
    added.downloads,
    added.disguised,
    added.veiled,
)
_FINDERS: tuple[Callable[[PagePrint, PagePrint, Habit | None], Iterator[Change]], ...] = (
    _signs,
    _added,
    _landed,
    _refresh,
    _canonical,
    _titles,
    _replaced,
    _shrunk,
    _hollow,
    _rewritten,
    _refrain,
    _series,
    _links_gone,
    _language,
    _owner,
    _filing,
    _scripts,
    _loaders,
    _packed,
    _base,
    _frames,
    _forms,
    _assets,
    _banners,
    _backdrop,
    _described,
    _hosts,
    _pictures,
    _structure,
    _regions,
)
