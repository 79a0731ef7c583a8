"""Reads ready configurations: ``configurations/<name>.yaml`` beside a plugin's ``checks.yaml``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from xuncha.config.errors import InvalidError, Problem, quoted
from xuncha.config.models import Strict, TextModel, Words
from xuncha.config.validation import dotted, validate
from xuncha.config.yaml import At, Located, Source, load_yaml
from xuncha.guidance.configuration import Configuration, Example, Server, Snippet
from xuncha.model.text import Text

FOLDER = "configurations"
MAX_TEXT = 10_000
MAX_LINE = 240


def read_configuration(checks: Source, name: str) -> Configuration:
    """The configuration ``name`` beside a ``checks.yaml``.

    Raises:
        ConfigError: not there, or not what it should be; every fault with its place.
    """
    located = load_yaml(Path(str(checks)).parent / FOLDER / f"{name}.yaml")
    file = validate(_File, located)
    faults = list(_faults(file, located))
    if faults:
        raise InvalidError(faults)
    return file.configuration()


class _Example(TextModel):
    written: Words


class _Snippet(Strict):
    place: TextModel
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


class _File(Strict):
    title: TextModel
    mind: TextModel | None = None
    examples: tuple[_Example, ...] = ()
    servers: dict[Server, _Snippet] = Field(min_length=1)

    def configuration(self) -> Configuration:
        return Configuration(
            self.title.text(),
            tuple(Snippet(server, one.place.text(), one.text.rstrip() + "\n") for server, one in self.servers.items()),
            tuple(Example(one.written, one.text()) for one in self.examples),
            self.mind.text() if self.mind else None,
        )


def _faults(file: _File, located: Located) -> Iterator[Problem]:
    """An example that stands nowhere, and lines that no page of paper holds."""
    texts = [one.text for one in file.servers.values()]
    for index, example in enumerate(file.examples):
        if not any(example.written in text for text in texts):
            said = Text("各服务器的文本中都没有这个示例", "no text has this example")
            yield _problem(located, ("examples", index, "written"), said, example.written)
    for server, one in file.servers.items():
        if any(len(line) > MAX_LINE for line in one.text.splitlines()):
            said = Text(f"有的行超过 {MAX_LINE} 个字符", f"a line is longer than {MAX_LINE} characters")
            yield _problem(located, ("servers", server.value, "text"), said, server.value)


def _problem(located: Located, at: At, said: Text, what: str) -> Problem:
    return Problem(located.place(at), said, f"{dotted(at)} {quoted(what)}")
