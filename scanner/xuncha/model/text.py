"""Words for people in the languages that every report can be rendered in."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in Chinese and in English; neither is a translation of the other."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en

    def as_sentence(self) -> "Text":
        """The same with a full stop where it ends without a mark, so that another sentence may follow."""
        zh, en = self.zh.rstrip(), self.en.rstrip()
        return Text(zh if zh.endswith(_ENDS) else f"{zh}。", en if en.endswith(_ENDS) else f"{en}.")


_ENDS = tuple("。！？；…”》.!?;")
