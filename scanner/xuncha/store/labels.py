"""What people read for the codes of results, in both languages."""

from enum import StrEnum
from functools import cache
from importlib.resources import files

from xuncha.config.yaml import load_yaml
from xuncha.model.prints import Seal
from xuncha.model.text import Lang, Text
from xuncha.store.mask import clean_line

HEAD_SHOWN = 12
"""Characters of the head of a seal that people compare."""


@cache
def labels() -> dict[str, dict[str, Text]]:
    """Group → code → words, as ``labels.yaml`` has them."""
    groups = load_yaml(files("xuncha.store") / "labels.yaml").value
    return {
        group: {code: Text(words["zh"], words["en"]) for code, words in codes.items()}
        for group, codes in groups.items()
    }


def label(group: str, code: StrEnum | str, lang: Lang) -> str:
    """The words for a code; a code that is not known stays visible."""
    words = labels()[group].get(str(code))
    return words.of(lang) if words else str(code)


def seal_words(seal: Seal, lang: Lang, shown: int = HEAD_SHOWN) -> str:
    """State, length and head of the baselines, on one line."""
    state, head = label("seal", seal.state, lang), clean_line(seal.head[:shown])
    if not head:
        return state
    if lang == "zh":
        return f"{state}，共 {seal.length} 条记录，首部 {head}"
    return f"{state}, {seal.length} entries, head {head}"
