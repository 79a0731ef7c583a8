"""What is declared for one element, for certain and perhaps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Style:
    """``values`` hold for certain, ``open`` are those of rules that may hold instead.

    ``stronger`` are those of ``open`` that would win, and that hang on nothing a visitor does. ``loose`` asks what may
    be, not what is certain.
    """

    values: dict[str, str] = field(default_factory=dict)
    open: dict[str, set[str]] = field(default_factory=dict)
    stronger: dict[str, set[str]] = field(default_factory=dict)
    loose: bool = False

    def holds(self, name: str, test: Callable[[str], bool]) -> bool:
        """Whether the value passes ``test``, and each that may hold instead; where ``loose``, whether any may."""
        if self.loose:
            return any("var(" in value or test(value) for value in self._possible(name))
        return name in self.values and all(map(test, (self.values[name], *self.open.get(name, ()))))

    def _possible(self, name: str) -> Iterator[str]:
        yield from self.stronger.get(name, ())
        if name in self.values:
            yield self.values[name]

    def every_value(self) -> Iterator[str]:
        """All values that hold or may hold."""
        yield from self.values.values()
        for others in self.open.values():
            yield from others

    def says(self, name: str) -> bool:
        """Whether anything is, or may be, declared."""
        return name in self.values or name in self.open

    def settles(self, name: str) -> bool:
        """Whether an inherited property hangs on nothing farther out."""
        return name in self.values if self.loose else self.says(name)

    def loosened(self) -> "Style":
        """The same style, asked for what may be."""
        return replace(self, loose=True)
