"""How the words of a link speak: what sells is told from what only has the same name, and from headlines.

The list of spam's words cannot do that alone: 葡京 is a hotel, 男科医院 a hospital, 金沙娱乐城 a karaoke bar with a
licence, and 百家乐 stands in every report of a gambler's ruin.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

from xuncha_plugins.darklinks.words import Sign, acts_of, is_disguised, lawful_names, lures, plain, solicits_by_name

SELLS: Final = "sells"
OFFER: Final = "offer"
BRAND: Final = "brand"
NAME: Final = "name"
NEWS: Final = "news"
VICE: Final = "vice"
TRADE: Final = "trade"

Voice = Literal["", "sells", "offer", "brand", "name", "news", "vice", "trade"]
"""``sells``: words of spam with soliciting; ``offer``: what is for sale, named; ``brand``: nothing but such words;
``name``: words that places, hospitals and companies bear as well; ``news``: a whole sentence around them; ``vice``
and ``trade``: they are built on a stem (``stems.py``); empty where there are none."""

LOUD = frozenset((SELLS, OFFER, BRAND))
"""Those that no office links to."""

STEMS = frozenset((VICE, TRADE))
"""Those that tell something of a link only where nobody sees it."""

_BESIDE = 3
"""Other characters beside a brand: 澳门百家乐 is one, 百家乐毁了我的家 is a headline."""

_AROUND = 6
"""The same beside soliciting."""

_OFFERS = frozenset(("papers", "games", "porn", "money", "counterfeit", "surrogacy", "services"))
"""Families whose words are offers by themselves; a name of a game of chance may be a shop's."""

_WARNED_OF = frozenset(("drugs",))
"""Families whose words are listed where people are warned of them: 听话水, 迷药."""

_CASE = "案"
_HAN = re.compile(r"[^\x00-\x7f]")
_GAP = "\n"


def voice(text: str, found: Iterable[Sign]) -> Voice:
    """How a link of this ``text`` speaks, in which these words of spam were ``found``."""
    rest, disguised = plain(text), is_disguised(text)
    # Words may overlap: of 皇冠体育投注 the longest is taken out first, of two as long the one that comes first.
    signs = sorted(found, key=lambda sign: (-len(sign.word), rest.find(sign.word), sign.word))
    if not signs:
        return ""
    for sign in signs:
        rest = rest.replace(sign.word, _GAP)
    families = {sign.family for sign in signs}
    if all(sign.word in lawful_names() for sign in signs):
        return SELLS if any(solicits_by_name(rest, family) for family in families) else NAME
    without = rest
    for family in families:
        without = acts_of(family).sub(_GAP, without)
    room = _BESIDE if without == rest else _AROUND
    if len(_HAN.findall(without)) > room or _CASE in without:
        return NEWS
    if disguised or without != rest or lures().search(rest):
        return SELLS
    if not families.isdisjoint(_OFFERS):
        return OFFER
    return NAME if families <= _WARNED_OF else BRAND
