"""Holds one saved page against every rule, whatever its address: what a rule would say of it if a site answered so."""

from collections.abc import Callable
from typing import Any

from xuncha.page import Page
from xuncha.rules.facts import FamilyAsked, RuleAnswers
from xuncha.rules.model import Rule
from xuncha.rules.response import response
from xuncha.rules.scraps import proven


def answers(page: Page, provides: Callable[..., Any], rules: tuple[Rule, ...]) -> object:
    """The fact that a probe of ``rules`` would have left, of the type that it provides."""
    seen = response(page.status or 200, page.headers, page.html.encode("utf-8", "replace"))
    found = (proven(rule, page.url, seen, proof) for rule in rules if (proof := rule.proof.match(seen)) is not None)
    asked = (FamilyAsked(family, 1, 1) for family in sorted({rule.family for rule in rules}))
    return provides(proven=tuple(found), asked=tuple(asked))


def is_of_rules(fact: type) -> bool:
    """Whether it is what asking by rules leaves."""
    return issubclass(fact, RuleAnswers)
