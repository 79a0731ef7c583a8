"""What ``calc()`` comes to, of sums, products and brackets (CSS Values 4); lengths in pixels."""

import re
from collections.abc import Callable

DEPTH = 8
_TOKEN = re.compile(r"\s*(?:([+-])\s+|([*/()])|([+-]?[\d.][\w.%]*))")


def calculated(text: str, length: Callable[[str], float | None]) -> float | None:
    """The value; None for everything else that may stand there. ``length`` reads one operand."""
    calculation = _Calculation(_tokens(text), length)
    value = calculation.sum(DEPTH)
    return value if calculation.at == len(calculation.tokens) else None


def _tokens(text: str) -> list[str]:
    found = [next(filter(None, groups), "") for groups in _TOKEN.findall(text)]
    return found if "".join(found) == "".join(text.split()) else []


class _Calculation:
    def __init__(self, tokens: list[str], length: Callable[[str], float | None]) -> None:
        self.tokens, self.at = tokens, 0
        self._length = length

    def sum(self, depth: int) -> float | None:
        value = self._product(depth)
        while value is not None and (sign := self._next("+-")):
            other = self._product(depth)
            value = None if other is None else value + (other if sign == "+" else -other)
        return value

    def _product(self, depth: int) -> float | None:
        value = self._operand(depth)
        while value is not None and (sign := self._next("*/")):
            other = self._operand(depth)
            known = other is not None and (sign == "*" or other)
            value = (value * other if sign == "*" else value / other) if known and other is not None else None
        return value

    def _operand(self, depth: int) -> float | None:
        if self._next("("):
            value = self.sum(depth - 1) if depth else None
            return value if self._next(")") else None
        token, self.at = "".join(self.tokens[self.at : self.at + 1]), self.at + 1
        return self._length(token)

    def _next(self, signs: str) -> str:
        """The next token where it is one of these signs; it is passed then."""
        token = "".join(self.tokens[self.at : self.at + 1])
        if not token or token not in signs:
            return ""
        self.at += 1
        return token
