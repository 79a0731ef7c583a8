"""What lies over a page, hides it or overwrites it, as far as its own styles and scripts tell: nothing of them is run.

Read by patterns, because this is done for every page; linked style sheets, escapes in style rules and what scripts do
to single elements are not followed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from xuncha.model.prints import Effect, EffectKind
from xuncha.page import Page
from xuncha.store.mask import excerpt
from xuncha.tamper.styles import MAX_STYLES, OwnStyle, Styled, uncommented

MAX_EFFECTS = 8
MAX_VEILED = 10
MAX_HEADS = 6
MAX_HEAD = 60
_LEAST_HEAD = 5
_MOST_TAGS = 100
_MOST_RULED = 20
_MAX_NAME = 60
_IN_FRONT = 1_000
_MOST = 90
_WIDE, _HIGH = 1_000, 600

_OPENED = re.compile(r"<([a-z0-9-]{1,20})([^<>]{0,400})$")
_FOR_PRINT = re.compile(
    r"@media[^{};]{0,60}\bprint\b[^{};]{0,60}\{(?:[^{}]{0,2000}\{[^{}]{0,4000}\}){0,60}[^{}]{0,200}\}"
)
_RULE = re.compile(r"([^{};]{1,200})\{([^{}]{1,1000})\}")
_TELLING = re.compile(r"position\s*:\s*(?:fixed|absolute)|none|hidden|opacity", re.IGNORECASE)
_DECLARED = re.compile(r"([a-z-]{1,30})\s*:\s*([^;]{1,200})")
_SIZE = re.compile(r"(?:calc\()?\s*(\d{1,5})(?:\.\d+)?(%|vw|vh|dvh|px)")
_NAMED = re.compile(r" (id|class)=\"([^\"]{1,60})\"")
_SIMPLE = re.compile(r"(?:[a-z]{0,12})([#.])([\w-]{1,40})$")
_WHOLE = frozenset(("html", "body", "html body", "body>*", "body *", "*", ":root", "body>div", "body div"))
_WAITS = re.compile(r"load|mask|modal|dialog|pop|layer|shade|overlay|cover|spin|tan", re.IGNORECASE)
"""Names of what is laid over pages for a moment, or waits for a click: a rule alone does not show it."""

_MAX_NOTICE = 4_000
_LEAST_NOTICE = 16
_CHINESE = re.compile("[\u4e00-\u9fff]")
_CLOSES = re.compile(r">\s{0,9}(?:关\s?闭|我?知道了|我已知晓|确\s?定|×|✕|x|close)\s{0,9}<|close", re.IGNORECASE)
_ABROAD = re.compile(r"//(?![\w.-]{1,250}\.gov\.cn\b)")
_ANNOUNCES = re.compile(r"公\s?告|通\s?知|通告|公示|声明|温馨提示|重要提示|启用|启事")

_MUCH = 5
"""An element that holds less than a fifth of the page hides no page."""

_MOST_NESTED = 2_000
_AWAY = re.compile(r"(?:left|top|right)\s*:\s*-\d{3}", re.IGNORECASE)
_LED = re.compile(r" href=\"(?:https?:)?//([\w.-]{4,250})")
_LINK_WORDS = re.compile(r">\s{0,20}([^<>\s]{2,8})\s{0,20}(?:</(?:font|span|b|strong|em|i)>){0,2}</a>")
HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LARGE = re.compile(r"<(h1|marquee|font)((?: [^<>]{0,300})?)>")
_BIG_FONT = re.compile(r" size=\"\+?[5-7]\"")
TAGS_OF = re.compile(r"<[^<>]{0,500}>")
_WIPES = re.compile(
    r"document\s*\.\s*(?:body|documentElement)\s*\.\s*(?:(?:inner|outer)HTML|innerText|textContent)\s*=(?!=)"
    r"|document\s*\.\s*body\s*\.\s*replaceChildren"
)
_PRINTS = "print"
_STAYS = re.compile(r"serviceWorker[\"']?\]?\s*\.\s*register\s*\(")
_COPIES = re.compile(
    r"(?:\bwriteText\s*\(|\bsetData\s*\(\s*[\"']text(?:/plain)?[\"']\s*,)\s*"
    r"([\"'`])(?![^\"'`]*(?:来源|转载|版权|出处|https?:))[^\"'`]{6,}\1"
)
_RETITLES = re.compile(r"document\s*\.\s*title\s*=\s*[\"'`]")


def effects(page: Page, styled: Styled) -> tuple[Effect, ...]:
    """What acts on the page as a whole."""
    ruled = islice(dict.fromkeys(_ruled(styled)), _MOST_RULED)
    shown = [one for one in ruled if one.kind is EffectKind.HIDDEN or _is_shown(one.what, styled.markup)]
    found = [*_by_style(styled), *shown, *_scripted(page)]
    if "shadowroot" in page.html:
        found.append(Effect(EffectKind.SHADOW, "template"))
    return tuple(dict.fromkeys(found))[:MAX_EFFECTS]


def _telling(styled: Styled) -> Iterator[OwnStyle]:
    """The styles of elements that may matter here."""
    return (one for one in styled.own if _TELLING.search(one.says))


def _by_style(styled: Styled) -> Iterator[Effect]:
    for before, style, at in _telling(styled):
        opened, declared = _OPENED.search(before), _declared(style)
        if opened and opened[1] in ("html", "body"):
            if _hides(declared):
                yield Effect(EffectKind.HIDDEN, opened[1])
        elif opened and _covers(declared) and not _is_announcement(opened[1], styled.markup, at):
            yield Effect(EffectKind.COVER, opened[1] + _name(opened[2]))


def _is_announcement(tag: str, markup: str, at: int) -> bool:
    """Whether an element holds a notice to read and to close, as offices lay over their pages for some days."""
    start = markup.find(">", at) + 1
    inner = markup[start : min(_end_of(tag, markup, start), start + _MAX_NOTICE)]
    if not _CLOSES.search(inner) or _ABROAD.search(inner):
        return False
    words = TAGS_OF.sub("\n", inner)
    return _ANNOUNCES.search(words) is not None and len(_CHINESE.findall(words)) >= _LEAST_NOTICE


def _found(pattern: re.Pattern[str], markup: str) -> Iterator[tuple[str, ...]]:
    return (found.groups("") for found in pattern.finditer(markup))


def _name(attributes: str) -> str:
    """The id or class of an element, as a selector says it."""
    found = _NAMED.search(attributes)
    return (("#" if found[1] == "id" else ".") + found[2].split()[0])[:_MAX_NAME] if found and found[2].strip() else ""


def _ruled(styled: Styled) -> Iterator[Effect]:
    """What rules within the page hide or lay over it."""
    for sheet in styled.sheets:
        if not _TELLING.search(sheet):
            continue
        for selectors, style in islice(_found(_RULE, _FOR_PRINT.sub("", uncommented(sheet))), MAX_STYLES):
            if _TELLING.search(style):
                yield from _by_rule(selectors, _declared(style))


def _by_rule(selectors: str, declared: Mapping[str, str]) -> Iterator[Effect]:
    for selector in selectors.lower().split(",")[:10]:
        plain = re.sub(r"\s*>\s*", ">", " ".join(selector.split()))
        if plain in _WHOLE:
            if _hides(declared):
                yield Effect(EffectKind.HIDDEN, plain)
        elif _SIMPLE.fullmatch(plain) and not _WAITS.search(plain) and _covers(declared):
            yield Effect(EffectKind.RULED, plain[:_MAX_NAME])


def _is_shown(selector: str, markup: str) -> bool:
    """Whether an element of the page bears the name that the rule is for, and is not hidden itself."""
    found = _SIMPLE.fullmatch(selector)
    if found is None:
        return False
    name = "id" if found[1] == "#" else "class"
    bears = rf"<[a-z0-9]{{1,20}}[^<>]{{0,300}}? {name}=\"{re.escape(found[2])}\"[^<>]{{0,300}}>"
    bearer = re.search(bears, markup, re.IGNORECASE)
    return bearer is not None and "none" not in bearer[0]


def _declared(style: str) -> dict[str, str]:
    plain = uncommented(style).lower().replace("!important", "")
    return {name: value.strip() for name, value in _DECLARED.findall(plain)}


def _hides(declared: Mapping[str, str]) -> bool:
    gone = declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse")
    return gone or declared.get("opacity", "1") in ("0", "0%", "0.0", ".0", "0.01", ".01")


def _covers(declared: Mapping[str, str]) -> bool:
    """Whether an element is laid over all that a visitor sees, in front of it, for eyes and clicks."""
    depth = declared.get("z-index", "0")
    front = int(depth) if re.fullmatch(r"-?\d{1,10}", depth) else 0
    if front < 0 or _hides(declared) or declared.get("pointer-events") == "none":
        return False
    placed = declared.get("position") == "fixed" or (declared.get("position") == "absolute" and front >= _IN_FRONT)
    wide = _spans(declared, "width", "left", "right", _WIDE)
    return placed and wide and _spans(declared, "height", "top", "bottom", _HIGH)


def _spans(declared: Mapping[str, str], size: str, start: str, end: str, pixels: int) -> bool:
    if declared.get("inset", "").split() in (["0"], ["0px"], ["0", "0"], ["0", "0", "0", "0"]):
        return True
    if _is_zero(declared.get(start)) and _is_zero(declared.get(end)):
        return True
    found = _SIZE.match(declared.get(size) or declared.get(f"min-{size}", ""))
    if declared.get(start, "0").startswith("-") or found is None:
        return False
    return int(found[1]) >= (pixels if found[2] == "px" else _MOST)


def _is_zero(value: str | None) -> bool:
    return value is not None and re.fullmatch(r"0(?:px|%)?", value) is not None


def _scripted(page: Page) -> Iterator[Effect]:
    """Scripts that put something else in place of the page or its title; printing does so for a moment."""
    for script in page.scripts:
        yield from (Effect(kind, "script") for kind in _does(script.inline))


@lru_cache(maxsize=512)  # the pages of a website have their scripts in common
def _does(script: str) -> tuple[EffectKind, ...]:
    found = []
    if "document" in script:
        if _PRINTS not in script and _WIPES.search(script):
            found.append(EffectKind.WIPED)
        if _RETITLES.search(script):
            found.append(EffectKind.RETITLED)
    if "erviceWorker" in script and _STAYS.search(script):
        found.append(EffectKind.WORKER)
    if "lipboard" in script and _COPIES.search(script):
        found.append(EffectKind.CLIPBOARD)
    return tuple(found)


def veiled(styled: Styled) -> tuple[str, ...]:
    """The hosts to which links lead that stand in elements whose own style puts them off the screen."""
    extents = _extents(styled, _AWAY)
    hosts = {host for start, end in extents for host in islice(_LED.findall(styled.markup, start, end), _MOST_NESTED)}
    return tuple(sorted(host.lower() for host in hosts)[:MAX_VEILED])


def hidden(styled: Styled) -> tuple[int, frozenset[str]]:
    """What elements hold that their own style keeps from visitors.

    How many characters the largest of them has, and the words of short links that stand nowhere else.
    """
    markup, extents = styled.markup, list(_extents(styled, HIDES))
    start, end = max(extents, key=lambda extent: extent[1] - extent[0], default=(0, 0))
    much = _MUCH * (end - start) >= len(markup)
    characters = len("".join(TAGS_OF.sub("", markup[start:end]).split())) if much else 0
    words = Counter(word for start, end in extents for word in _LINK_WORDS.findall(markup, start, end))
    everywhere = Counter(_LINK_WORDS.findall(markup)) if words else words
    return characters, frozenset(word for word, times in words.items() if times >= everywhere[word])


def _extents(styled: Styled, style_says: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the contents of elements so styled begin and end; of those within each other the outer one."""
    last, markup = 0, styled.markup
    for before, style, at in _telling(styled):
        opened = _OPENED.search(before) if at >= last else None
        if opened and style_says.search(style):
            start = markup.find(">", at) + 1
            last = _end_of(opened[1], markup, start)
            yield start, last


def _end_of(tag: str, markup: str, start: int) -> int:
    """Where an element ends whose style stands at ``start``; of long pages with many of its kind no more is read."""
    depth = 1
    for found in islice(re.finditer(rf"<(/?){tag}[ >]", markup[start:]), _MOST_NESTED):
        depth += -1 if found[1] else 1
        if not depth:
            return start + found.start()
    return start


def heads(page: Page, markup: str) -> Iterator[str]:
    """Large words, after the tag that makes them so, that neither hold a link nor stand in one."""
    for found in islice(_LARGE.finditer(markup), _MOST_TAGS):
        tag = found[1]
        if tag == "font" and not _BIG_FONT.search(found[2]):
            continue
        inner, closed, _ = markup[found.end() : found.end() + 10 * MAX_HEAD].partition(f"</{tag}>")
        words = " ".join(TAGS_OF.sub("", inner).split()) if closed and "<a " not in inner else ""
        if len(words) >= _LEAST_HEAD and not any(words in link.text for link in page.links):
            yield f"{tag} {excerpt(words, MAX_HEAD)}"
