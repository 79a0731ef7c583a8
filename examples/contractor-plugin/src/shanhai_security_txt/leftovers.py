"""What our own products leave on web servers: asked by the rules in ``rules.yaml``, within an authorisation."""

from dataclasses import dataclass
from importlib.resources import files

from xuncha.api import RuleAnswers, RuleParams, read_rules, rule_check, rule_probe


@dataclass(frozen=True, slots=True)
class Leftovers(RuleAnswers):
    """A fact has one provider, so each plugin with rules has a type of its own."""


class LeftoverParams(RuleParams):
    """One rule needs no more than this."""

    requests: int = 20


RULES = read_rules(files(__package__) / "rules.yaml")
leftovers = rule_probe("leftovers", RULES, provides=Leftovers, module=__name__, params=LeftoverParams)
agent_logs = rule_check("shanhai.agent-logs", Leftovers, module=__name__)
