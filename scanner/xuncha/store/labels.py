"""What people read for the codes of results, in both languages."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from xuncha.config.yaml import load_yaml
from xuncha.model.outcome import Review
from xuncha.model.prints import Seal, SealState
from xuncha.model.review import ReviewCount
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


@lru_cache(maxsize=4096)  # some stand in every line
def label(group: str, code: StrEnum | str, lang: Lang) -> str:
    """The words for a code; a code that is not known stays visible."""
    words = labels()[group].get(str(code))
    return words.of(lang) if words else str(code)


def seal_words(seal: Seal, lang: Lang, shown: int = HEAD_SHOWN) -> str:
    """State, length and head of the baselines, on one line."""
    state, head = label("seal", seal.state, lang), clean_line(seal.head[:shown])
    if seal.state is SealState.INTACT and not seal.confirmed:
        unsure = Text("记录未被改动，但末尾是否被截去尚未核对", "unchanged, but its end may have been cut off")
        state = unsure.of(lang)
    if not head:
        return state
    if lang == "zh":
        return f"{state}，共 {seal.length} 条记录，首部 {head}"
    return f"{state}, {seal.length} entries, head {head}"


BROWSER_OFF = Text(
    "xuncha.yaml 关闭了浏览器（browser: none）：脚本生成的内容读不到，也没有截图",
    "xuncha.yaml switches the browser off (browser: none): what scripts build is not read, and no pictures are taken",
)
UNSANDBOXED = Text(
    "警告：浏览器沙箱已按 xuncha.yaml 关闭（unsandboxed: true），被检查的网页如含恶意代码，可能危及本机",
    "Warning: the browser runs without its sandbox, as xuncha.yaml says (unsandboxed: true): a hostile page may harm "
    "this machine",
)


def tally(said: Mapping[Review, int], lang: Lang) -> str:
    """How often people said what: ``属实 3，误报 2``; empty where they said nothing."""
    parts = [f"{label('review', one, lang)} {said[one]}" for one in Review if said.get(one)]
    return ("，" if lang == "zh" else ", ").join(parts)


def review_words(count: ReviewCount, lang: Lang) -> str:
    """How far the review of a run has come, in one sentence without its full stop."""
    done, rest, parts = count.reviewed, count.findings - count.reviewed, tally(count.said, lang)
    if not done:
        return "尚未经人工复核" if lang == "zh" else "it has not been reviewed"
    if lang == "zh":
        left = f"，其余 {rest} 处未经复核" if rest > 0 else ""
        return f"{count.findings} 处问题已复核 {done} 处（{parts}）{left}"
    left = f"; nobody has reviewed the other {rest}" if rest > 0 else ""
    return f"people have reviewed {done} of {count.findings} findings ({parts}){left}"
