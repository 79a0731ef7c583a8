"""Models that several kinds of file share."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from xuncha.config.validation import refuse
from xuncha.model.basis import Basis, BasisKind, Confidence
from xuncha.model.text import Text

MAX_WORDS = 2000


def _not_blank(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise refuse("不能为空", "must not be empty")
    return stripped


Words = Annotated[str, Field(max_length=MAX_WORDS), AfterValidator(_not_blank)]


class Strict(BaseModel):
    """Unknown names are refused: a typo must not be a silent skip.

    Models are built when the first file is read: a process reads few of the kinds that it knows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Lenient(Strict):
    """For what people type as text and YAML reads as a number: telephones, document numbers, ids."""

    model_config = ConfigDict(coerce_numbers_to_str=True)


class TextModel(Strict):
    """Words in both languages."""

    zh: Words
    en: Words

    def text(self) -> Text:
        """As a value."""
        return Text(self.zh, self.en)


class BasisModel(Strict):
    """A named basis; its name is its key in ``bases``."""

    kind: BasisKind
    title: str = ""
    number: str = ""
    clause: str = ""
    confidence: Confidence

    @model_validator(mode="after")
    def _says_what_it_cites(self) -> Self:
        if self.kind is not BasisKind.TOOL_DEFAULT and not self.title:
            raise refuse("依据和参照必须写明 title（文件名称）", "a notice or reference needs its title")
        return self

    def basis(self, name: str) -> Basis:
        """As a value."""
        return Basis(name, self.kind, self.title, self.number, self.clause, self.confidence)
