"""YAML with the position of every key and value, without tags, and bounded in size, depth and expansion.

PyYAML is used as a parser of events only: what a plain word means is decided here (YAML 1.2 core: null, booleans,
numbers; dates stay text), so no object is ever built that the file asks for, and limits act while the file is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from xuncha.config.errors import Place, Problem, UnreadableError, YamlError, quoted
from xuncha.model.text import Text

Source = Path | Traversable
Step = str | int
At = tuple[Step, ...]
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: bytes, levels of nesting, values with aliases expanded."""

    bytes: int = 1_000_000
    depth: int = 32
    values: int = 100_000


LIMITS = Limits()
# libyaml, fifteen times as fast; where PyYAML was built without it, the same in Python.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located:
    """Plain values (dict, list, str, int, float, bool, None) and where each stands; positions count from 1."""

    value: Any
    file: str
    keys: dict[At, Position] = field(default_factory=dict, repr=False)
    values: dict[At, Position] = field(default_factory=dict, repr=False)

    def place(self, at: At = (), *, key: bool = False) -> Place:
        """Where the value (or its key) at this path stands; of the deepest part of the path that exists."""
        for end in range(len(at), -1, -1):
            path = at[:end]
            found = self.keys.get(path) if key and end == len(at) else None
            found = found or self.values.get(path)
            if found:
                return Place(self.file, *found)
        return Place(self.file)


def load_yaml(source: Source, limits: Limits = LIMITS) -> Located:
    """The one document in a file.

    Raises:
        UnreadableError: not there, not readable, larger than ``limits.bytes``, not UTF-8.
        YamlError: not YAML; tags, several documents, doubled keys; deeper or larger than the limits.
    """
    name = str(source)
    return parse_yaml(_text(read_bytes(source, limits.bytes), name), name, limits)


def read_bytes(source: Source, most: int) -> bytes:
    """The file's bytes. Raises UnreadableError when it is not there, not readable or larger than ``most``."""
    try:
        text = _not_a_file(source)
        if text is None:
            with source.open("rb") as stream:
                data = stream.read(most + 1)
            if len(data) <= most:
                return data
            text = Text(f"文件超过上限 {most:,} 字节", f"larger than the limit of {most:,} bytes")
    except OSError as error:
        why = error.strerror or type(error).__name__
        text = Text(f"无法读取：{why}", f"cannot be read: {why}")
    raise UnreadableError([Problem(Place(str(source)), text)])


def _not_a_file(source: Source) -> Text | None:
    """What is wrong with a path that is no regular file: opening a pipe could wait for ever."""
    if source.is_file():
        return None
    if source.is_dir():
        return Text("这是文件夹，需要文件", "is a folder and no file")
    if isinstance(source, Path) and source.exists():
        return Text("不是普通文件", "is not a regular file")
    return Text("文件不存在", "no such file")


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = Text("不是 UTF-8 编码的文本", "not UTF-8 text")
        hint = Text("请用编辑器另存为 UTF-8", "save it as UTF-8")
        raise UnreadableError([Problem(Place(name, line), text, hint=hint)]) from None


def parse_yaml(text: str, name: str, limits: Limits = LIMITS) -> Located:
    """The one document in ``text``; an empty one is None. Raises YamlError."""
    if forbidden := _FORBIDDEN.search(text):
        before = text[: forbidden.start()]
        place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise YamlError([_syntax(place, f"unacceptable character #x{ord(forbidden[0]):04x}")])
    try:
        return _Reader(text, name, limits).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        at = _character(text, mark.line, mark.column) if mark else ""
        raise YamlError([_syntax(place, error.problem or error.context or "", at)]) from None


def _character(text: str, line: int, column: int) -> str:
    return "".join(text.splitlines()[line : line + 1])[column : column + 1]


# What YAML allows nowhere, not even in quotes.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TABS = Text("缩进请用空格，不能用制表符", "indent with spaces, not with tabs")
_COLON = Text("文字中含有冒号时请加引号", "put text that holds a colon into quotes")
_SIGN = Text("以特殊符号开头的文字请加引号", "put text that starts with a sign into quotes")
_OPEN = Text("引号或括号没有闭合", "a quote or bracket is not closed")
_LINES = Text("请检查缩进是否对齐", "check that the lines are aligned")
# The words of libyaml and those of the parser in Python, what they mean, and what to do.
_SAID = (
    ("mapping values are not allowed", "这里不应再有冒号", _COLON),
    ("cannot start any token", "不能以这个符号开头", _SIGN),
    ("end of stream", "到文件末尾仍未结束", _OPEN),
    ("expected ',' or", "缺少逗号或右括号", _OPEN),
    ("expected key", "这一行不是“名称: 取值”，或缩进不齐", _LINES),
    ("expected '-'", "列表项没有对齐", _LINES),
    ("expected <block end>", "缩进与上面各行不一致", _LINES),
    ("expected ':'", "缺少冒号", Text("名称后面缺少冒号", "a colon is missing after the name")),
    ("unacceptable character", "含有不允许的控制字符", Text("请删除这个字符", "take this character out")),
)


def _syntax(place: Place, problem: str, at: str = "") -> Problem:
    """``at``: the character that stands there."""
    meant, hint = next(((zh, hint) for words, zh, hint in _SAID if words in problem), (quoted(problem, 160), None))
    hint = _TABS if at == "\t" else hint
    return Problem(place, Text(f"YAML 语法错误：{meant}", f"not YAML: {quoted(problem, 160)}"), hint=hint)


_SECOND = Text("一个文件只能有一份文档（多余的 ---）", "more than one document (a second ---)")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# What starts with a zero is a telephone number or a code, and stays text.
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,30})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9_]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")


def _plain(word: str) -> str | int | float | bool | None:
    """What an unquoted word means."""
    if word in _NULLS:
        return None
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    if _INT.fullmatch(word):
        return int(word.replace("_", ""))
    if len(word) < 40 and _FLOAT.fullmatch(word):  # noqa: PLR2004 - longer ones are no measure of anything
        return float(word.replace("_", ""))
    return word


@dataclass(slots=True)
class _Reader:
    """Builds values from events. Anchors are kept with their expanded size, so that aliases count what they cost."""

    text: str
    name: str
    limits: Limits
    keys: dict[At, Position] = field(default_factory=dict)
    values: dict[At, Position] = field(default_factory=dict)
    count: int = 0
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)

    def document(self) -> Located:
        events = yaml.parse(self.text, Loader=_PARSER)
        value = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event, Text("一个文件只能有一份文档（多余的 ---）", "more than one document (a second ---)")
                    )
                value = self._value(next(events), events, ())
            elif isinstance(event, StreamEndEvent):
                break
        return Located(value, self.name, self.keys, self.values)

    def _value(self, event: Any, events: Iterator[Any], at: At) -> Any:
        self.values[at] = _position(event)
        if isinstance(event, AliasEvent):
            return self._alias(event)
        self._admit(event, at)
        start = self.count
        self.count += 1
        match event:
            case ScalarEvent():
                value: Any = _plain(event.value) if event.implicit[0] else event.value
            case SequenceStartEvent():
                value = self._sequence(events, at)
            case MappingStartEvent():
                value = self._mapping(events, at)
            case _:  # pragma: no cover - the parser yields nothing else here
                self._refuse(event, Text("意外的内容", "unexpected content"))
        if event.anchor:
            self.anchors[event.anchor] = (value, self.count - start)
        return value

    def _sequence(self, events: Iterator[Any], at: At) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self._value(event, events, (*at, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], at: At) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._refuse(event, Text("名称必须是简单文字", "a key must be plain text"))
            if event.value in entries:
                self._refuse(
                    event, Text(f"名称 {quoted(event.value)} 重复", f"key {quoted(event.value)} appears twice")
                )
            path = (*at, event.value)
            self.keys[path] = _position(event)
            entries[event.value] = self._value(next(events), events, path)
        return entries

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            self._refuse(event, Text(f"未定义的引用 *{quoted(event.anchor)}", f"unknown alias *{quoted(event.anchor)}"))
        value, size = self.anchors[event.anchor]
        self.count += size
        self._bounded(event)
        return value

    def _admit(self, event: Any, at: At) -> None:
        self._bounded(event)
        if event.tag is not None:
            self._refuse(event, Text("不允许使用类型标签（!…）", "tags (!…) are not allowed"))
        if len(at) > self.limits.depth:
            self._refuse(event, Text(f"嵌套超过 {self.limits.depth} 层", f"nested deeper than {self.limits.depth}"))

    def _bounded(self, event: Any) -> None:
        most = self.limits.values
        if self.count >= most:
            self._refuse(event, Text(f"内容超过 {most:,} 项", f"more than {most:,} values"))

    def _refuse(self, event: Any, text: Text) -> NoReturn:
        raise YamlError([Problem(Place(self.name, *_position(event)), text)])


def _position(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1
