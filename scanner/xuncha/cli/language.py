"""In which language to speak: told by an option, by XUNCHA_LANG, by the locale; Chinese otherwise."""

import os
import sys
from collections.abc import Mapping, Sequence

from xuncha.model.text import Lang


def language(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> Lang:
    """The language, also for help texts, which are made before options are read."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    told = next((word.partition("=")[2] for word in words if word.startswith("--lang=")), "")
    if "--lang" in words[:-1]:
        told = words[words.index("--lang") + 1]
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    for choice in (told, environment.get("XUNCHA_LANG", ""), locale):
        if choice.lower().startswith(("zh", "en")):
            return "zh" if choice.lower().startswith("zh") else "en"
    return "zh"


LANG: Lang = language()


def say(zh: str, en: str) -> str:
    """The words in the language of this process."""
    return zh if LANG == "zh" else en
