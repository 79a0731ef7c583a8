"""What click itself says, in Chinese: the headings of help texts, and its errors.

click looks its words up with gettext, which goes by the locale and wants a catalogue file; our language is told by an
option too, and these few words need no file. Words that are not here stay English.
"""

from importlib import import_module

import click
from click import _textwrap, formatting  # not public: held by tests

from xuncha.model.folding import cells, units

METAVARS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明",
    "Show the version and exit.": "显示版本号",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "default: {default}": "默认 {default}",
    "Aborted!": "已取消",
    "Error: {message}": "错误：{message}",
    "Error: invalid input": "错误：输入无效",
    "Try '{command} {option}' for help.": "查看说明：{command} {option}",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是其中之一：{possibilities}？",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "No such command {name!r}.": "没有命令 {name}。",
    "No such option {name!r}.": "没有选项 {name}。",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Got unexpected extra arguments ({args})": "多余的参数：{args}",
    "Option {name!r} does not take a value.": "选项 {name} 不带取值。",
    "Option {name!r} requires an argument.": "选项 {name} 缺少取值。",
    "Invalid value: {message}": "取值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值无效：{message}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not {choice}.": "{value} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value} 不在可选范围内：{choices}。",
    "{value!r} is not a valid {number_type}.": "{value} 不是有效的数字。",
    "{value} is not in the range {range}.": "{value} 超出范围 {range}。",
    "{name} {filename!r} does not exist.": "{filename} 不存在。",
    "{name} {filename!r} is a file.": "{filename} 是文件，应为文件夹。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，应为文件。",
    "{name} {filename!r} is not readable.": "{filename} 无法读取。",
}


def speak() -> None:
    """From now on click speaks Chinese in this process."""
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        looked_up = vars(import_module(f"click.{name}"))
        looked_up["_"] = _one
        if "ngettext" in looked_up:
            looked_up["ngettext"] = _of_two

    click.Context.formatter_class = _Formatter
    for module in (formatting, _textwrap):
        vars(module)["term_len"] = cells
    vars(_textwrap)["TextWrapper"] = _Wrapper


class _Wrapper(_textwrap.TextWrapper):
    """Breaks between any two Chinese characters, but not before a comma nor after an opening bracket."""

    def _split(self, text: str) -> list[str]:
        return units(text)


class _Formatter(click.HelpFormatter):
    """Full-width colons, and the words that click does not look up."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for theirs, ours in METAVARS.items():
            args = args.replace(theirs, ours)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


def _one(words: str) -> str:
    return WORDS.get(words, words)


def _of_two(one: str, many: str, count: int) -> str:
    return _one(one if count == 1 else many)
