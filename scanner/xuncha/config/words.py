"""What pydantic's error types mean, in words for people. Placeholders are the error's context."""

import re
from collections.abc import Mapping
from typing import Any

from xuncha.config.errors import nearest, quoted
from xuncha.model.text import Text

_WHOLE = Text("应为整数", "should be a whole number")
_NUMBER = Text("应为数字", "should be a number")
_TEXT = Text("应为文字", "should be text")
_BOOLEAN = Text("应为 true 或 false", "should be true or false")
_LIST = Text("应为列表", "should be a list")
_MAPPING = Text("应写成“名称: 取值”的形式", "should be a mapping of names to values")
_DATE = Text("应为日期，例如 2026-08-05", "should be a date, such as 2026-08-05")
_TIME = Text("应为时刻，例如 22:00", "should be a time of day, such as 22:00")
_PATTERN = Text("应为正则表达式", "should be a regular expression")
_ALLOWED = Text("不是允许的取值", "not an allowed value")

WORDS: dict[str, Text] = {
    "missing": Text("缺少必填项", "is missing"),
    "extra_forbidden": Text("未知的名称", "unknown name"),
    "string_type": _TEXT,
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_too_long": Text("超过 {max_length} 个字符", "longer than {max_length} characters"),
    "string_pattern_mismatch": Text("格式不符合要求", "does not have the form that is asked for"),
    "pattern_type": _PATTERN,
    "pattern_regex": _PATTERN,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "too_short": Text("至少需要 {min_length} 项", "at least {min_length} are needed"),
    "too_long": Text("最多 {max_length} 项", "at most {max_length} are allowed"),
    "enum": _ALLOWED,
    "literal_error": _ALLOWED,
    "greater_than": Text("必须大于 {gt}", "must be more than {gt}"),
    "greater_than_equal": Text("不能小于 {ge}", "must be at least {ge}"),
    "less_than": Text("必须小于 {lt}", "must be less than {lt}"),
    "less_than_equal": Text("不能大于 {le}", "must be at most {le}"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "time_type": _TIME,
    "time_parsing": _TIME,
}

_WITHOUT_YEAR = re.compile(r"\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?\s*")
_QUOTED_WORD = re.compile(r"'([^']*)'")


def words_for(error: Mapping[str, Any]) -> Text:
    """What a pydantic error says, in zh and en, with the offending value where it is short and plain."""
    context = {name: _short(value) for name, value in (error.get("ctx") or {}).items()}
    kind = str(error["type"])
    if "zh" in context and "en" in context:
        return Text(str(context["zh"]), str(context["en"]))
    known = WORDS.get(kind, Text("取值无效", str(error.get("msg", kind))))
    text = Text(known.zh.format_map(context), known.en.format_map(context) if kind in WORDS else known.en)
    value = error.get("input")
    if kind in {"missing", "extra_forbidden"} or not isinstance(value, str | int | float):
        return text
    return Text(f"{text.zh}，现为 {quoted(value)}", f"{text.en}, found {quoted(value)}")


def _short(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def allowed(error: Mapping[str, Any]) -> list[str]:
    """The values that an enum or literal error says are allowed."""
    expected = (error.get("ctx") or {}).get("expected", "")
    return _QUOTED_WORD.findall(str(expected))


def hint_for(error: Mapping[str, Any], names: list[str]) -> Text | None:
    """What to do: the nearest of ``names`` for an unknown one, the allowed values for a wrong one."""
    if error["type"] == "extra_forbidden":
        return nearest(str(error["loc"][-1]), names)
    if str(error["type"]).startswith("date_"):
        return _date_hint(error.get("input"))
    choices = allowed(error)
    return nearest(str(error.get("input")), choices) if choices else None


def _date_hint(value: object) -> Text | None:
    """What a date lacks: the year, or, where YAML took a month for a number, the sign between."""
    if _WITHOUT_YEAR.fullmatch(str(value)):
        return Text("请写明年份，例如 2026-08-21", "say the year too, such as 2026-08-21")
    return Text("只知道月份的写成 2026-03", "write a month as 2026-03") if isinstance(value, float) else None
