"""Whether the wall clock can be believed: it goes in step with the monotonic one, which nobody sets."""


class Step:
    """For how long the two have gone in step.

    Args:
        leap: seconds by which they may drift apart before the wall clock counts as set.
    """

    def __init__(self, leap: float) -> None:
        self._leap = leap
        self._apart: float | None = None
        self._since = 0.0

    def seconds(self, wall: float, steady: float) -> float:
        """Steady seconds since they were first seen, or since the wall clock was last set; ask again and again."""
        if self._apart is None or abs(wall - steady - self._apart) > self._leap:
            self._apart, self._since = wall - steady, steady
        return steady - self._since
