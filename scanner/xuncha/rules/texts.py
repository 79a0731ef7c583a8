"""How a check speaks of its rules: one message for each, made of the rule's title and the check's message ``rule``."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from xuncha.config.yaml import Source
from xuncha.model.text import Text
from xuncha.rules.format import read_rules
from xuncha.rules.model import Rule

TEMPLATE = "rule"
"""The message in ``checks.yaml`` in which ``{title}`` and ``{advice}`` stand for those of the rule that found."""

_PLAIN = Text("{title}：{url}。", "{title}: {url}.")
_NOTHING = Text("", "")


def rules_beside(checks: Source, name: str) -> tuple[Rule, ...]:
    """The rules in the file or folder ``name`` beside a ``checks.yaml``. Raises ConfigError."""
    return read_rules(Path(str(checks)).parent / name)


def messages_of(rules: Iterable[Rule], check: str, messages: Mapping[str, Text]) -> dict[str, Text]:
    """The messages of a check with one for each of its rules, by its name; the template itself is left out."""
    own = [rule for rule in rules if rule.check == check]
    if not own:
        return dict(messages)
    others = {key: text for key, text in messages.items() if key != TEMPLATE}
    template = messages.get(TEMPLATE, _PLAIN)
    return others | {rule.name: _message(template, rule) for rule in own}


def _message(template: Text, rule: Rule) -> Text:
    advice = rule.advice or _NOTHING
    return Text(
        _filled(template.zh, rule.title.zh, advice.zh),
        _filled(template.en, rule.title.en, f" {advice.en}" if advice.en else ""),
    )


def _filled(template: str, title: str, advice: str) -> str:
    return template.replace("{title}", _literal(title)).replace("{advice}", _literal(advice))


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
