"""What scripts in the page hide: elements by their ids, and whatever follows an element that they leave open."""

import re

from xuncha.api import parse_page
from xuncha_plugins.darklinks.cascade import Cascade
from xuncha_plugins.darklinks.decoding import unfolded
from xuncha_plugins.darklinks.hiding import trick
from xuncha_plugins.darklinks.links import tags_of
from xuncha_plugins.darklinks.scripts import WRITES

_INSIDE = "http://inside.invalid/"
_ZERO = r"0(?![.\d]*[1-9])"
_DECLARED = (
    rf"(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*{_ZERO}"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,})"
)
_ELEMENT = r"""(?:getElementById\s*\(\s*["']|querySelector\s*\(\s*["']#)([\w-]{1,60})["']\s*\)"""
HIDING = (
    r"""\s*\.\s*(?:style\s*\.\s*(?:display\s*=\s*["']none|visibility\s*=\s*["']hidden|"""
    r"""(?:left|top|textIndent|marginLeft)\s*=\s*["']-\d{3,}|height\s*=\s*["']0|"""
    rf"""cssText\s*\+?=\s*["'][^"'\n]{{0,200}}?{_DECLARED})|"""
    rf"""setAttribute\s*\(\s*["']style["']\s*,\s*["'][^"'\n]{{0,200}}?{_DECLARED})"""
)
_HIDES = re.compile(_ELEMENT + HIDING)
_NAMED = re.compile(rf"\b(\w{{1,30}})\s*=\s*(?:document\s*\.\s*)?{_ELEMENT}")
_NAMED_HIDES = re.compile(rf"\b(\w{{1,30}}){HIDING}")
_HIDES_JQUERY = re.compile(
    r"""(?:\$|jQuery)\s*\(\s*["']#([\w-]{1,60})["']\s*\)\s*\.\s*(?:hide\s*\(\s*\)|"""
    r"""css\s*\(\s*["']display["']\s*,\s*["']none|css\s*\(\s*\{\s*["']?display["']?\s*:\s*["']none)"""
)
_RULE = re.compile(rf"#([\w-]{{1,60}})\s*\{{[^{{}}]{{0,300}}?{_DECLARED}")


def opens_hidden(script: str) -> bool:
    """Whether what the script writes leaves an element open in which nothing that follows can be seen."""
    if not WRITES.search(script):
        return False
    markup = "".join(piece for piece, _ in unfolded(script).pieces if "<" in piece)
    shown = parse_page(
        f"<meta charset=utf-8><body>{markup}<a href='{_INSIDE}'>".encode("utf-8", "replace"), url=_INSIDE
    )
    return any(trick(tags, Cascade(()).styles(tags)) for tags in map(tags_of, shown.lineages({_INSIDE})))


def hidden_ids(text: str) -> frozenset[str]:
    """The ids of elements that a script hides by plain statements, or by style that it writes."""
    found = {name for pattern in (_HIDES, _HIDES_JQUERY) for name in pattern.findall(text)}
    if "style" in text:
        hidden = set(_NAMED_HIDES.findall(text))
        found |= {name for variable, name in _NAMED.findall(text) if variable in hidden}
    if "<style" in text or "insertRule" in text:
        found.update(_RULE.findall(text))
    return frozenset(found)
