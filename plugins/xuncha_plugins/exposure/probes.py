"""Asks by the rules in ``rules/``, within an authorisation that allows probing."""

from dataclasses import dataclass
from importlib.resources import files

from xuncha.api import RuleAnswers, read_rules, rule_probe

RULES = read_rules(files(__package__) / "rules")
"""Read while the plugin is loaded: checks and probes open no files."""


@dataclass(frozen=True, slots=True)
class Exposures(RuleAnswers):
    """What lies open, by rule and address."""


exposures = rule_probe("exposures", RULES, provides=Exposures, module=__name__)
