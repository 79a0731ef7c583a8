"""In which language to speak: told by an option, by XUNCHA_LANG, by the locale; else Chinese, if it can be shown."""

import os
import sys
from collections.abc import Mapping, Sequence

from xuncha.model.text import Lang


def language(
    arguments: Sequence[str] | None = None,
    environment: Mapping[str, str] = os.environ,
    encodings: Sequence[str] | None = None,
) -> Lang:
    """The language, also for help texts, which are made before options are read.

    Where nobody chose one, output that cannot hold Chinese (``encodings``, by default those of this process) gets
    English instead of question marks.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    told = next((word.partition("=")[2] for word in words if word.startswith("--lang=")), "")
    if "--lang" in words[:-1]:
        told = words[words.index("--lang") + 1]
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    chosen = _first(told, environment.get("XUNCHA_LANG", ""))
    if chosen:
        return chosen
    streams = [sys.stdout, sys.stderr]
    names = [getattr(stream, "encoding", None) or "utf-8" for stream in streams] if encodings is None else encodings
    return (_first(locale) or "zh") if all(map(_holds_chinese, names)) else "en"


def _first(*choices: str) -> Lang | None:
    starts = (choice[:2].lower() for choice in choices)
    return next(("zh" if start == "zh" else "en" for start in starts if start in {"zh", "en"}), None)


def _holds_chinese(encoding: str) -> bool:
    try:
        "巡查：（）".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


LANG: Lang = language()


def say(zh: str, en: str) -> str:
    """The words in the language of this process."""
    return zh if LANG == "zh" else en
