"""What the strip above a picture says. Words only; ``pixels`` draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from xuncha.model.defang import defanged_text
from xuncha.model.hosts import is_address
from xuncha.model.text import Lang, Text
from xuncha.store.format import moment, picture_name
from xuncha.store.mask import clean_line, mask_url

MOST_URL = 400
_MOST_AGENT = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a picture before its pixels are hashed; ``notes`` stand below everything else."""

    url: str
    at: datetime
    number: str
    run: str
    address: Text
    agent: str
    notes: tuple[Text, ...] = ()
    harmful: bool = False


def lines(told: Told, digest: str, strip: int, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Label and words, line by line; ``strip`` is the height below which the hashed pixels begin."""
    when, number, run = (words.of(lang) for words in (_WHEN, _NUMBER, _RUN))
    said = (
        (_URL.of(lang), shown_url(told.url, harmful=told.harmful)),
        (when, f"{moment(told.at)}    {number} {picture_name(told.number, lang)}    {run} {told.run}"),
        (_FROM.of(lang), told.address.of(lang)),
        ("User-Agent", _line(told.agent, _MOST_AGENT)),
        ("SHA-256", digest + _HASHED.of(lang).format(strip=strip)),
    )
    notes = _JOINED[lang].join(note.of(lang) for note in told.notes)
    return (*said, (_NOTES.of(lang), notes)) if notes else said


_URL = Text("网址", "URL")
_WHEN = Text("截图时间", "Taken")
_NUMBER = Text("截图编号", "No.")
_RUN = Text("检查编号", "Run")
_FROM = Text("出口地址", "From")
_NOTES = Text("说明", "Note")
_HASHED = Text("（前 {strip} 行像素以下，8 位 RGB 逐行）", " (below the first {strip} rows; 8-bit RGB, row by row)")
_JOINED: dict[Lang, str] = {"zh": "；", "en": "; "}


def shown_url(url: str, *, harmful: bool = False) -> str:
    """An address as it may be shown: masked, without what hides or turns round; addresses within it can't be opened.

    Other letters than ASCII, which no request has in its address, are shown by their code points.
    """
    clean = "".join(char if char.isascii() else f"\\u{ord(char):04x}" for char in clean_line(mask_url(url)))
    if harmful:
        scheme, mark, rest = clean.partition("://")
        host, slash, path = rest.partition("/")
        clean = scheme + mark + host + slash + defanged_text(path)
    return _line(clean, MOST_URL)


def outgoing(vantage: Mapping[str, Any]) -> Text:
    """From where the run looked, as far as it knows; ``vantage`` is that of the run."""
    declared, own = _line(str(vantage.get("address", "")), 60), str(vantage.get("source", ""))
    if declared:
        return Text(f"{declared}（检查单位填报）", f"{declared} (as the office says)")
    if own and is_address(own) and ip_address(own).is_global:
        return Text(own, own)
    if own:
        return Text(f"出口地址未知（本机内网地址 {_line(own, 60)}）", f"not known (this machine: {_line(own, 60)})")
    return Text("出口地址未知", "not known")


def _line(text: str, most: int) -> str:
    clean = clean_line(text)
    return clean if len(clean) <= most else clean[: most - 1] + "…"
