"""What may be asked, of whom and when, before any name is looked up: form, hours, authorisation, robots.txt."""

from collections.abc import Sequence

from xuncha.model.clock import Clock
from xuncha.model.crawl import Robots
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Mode, Site
from xuncha.net.robots import RobotsTxt
from xuncha.net.scope import Scope
from xuncha.net.target import Target

METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS_OUTSIDE = frozenset({"GET", "HEAD"})

# Fetch standard, "port blocking": where a browser never speaks HTTP, because something else listens there.
BAD_PORTS = frozenset((
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
))  # fmt: skip


_OF_THE_HOST = frozenset((
    Reason.NO_SUCH_NAME, Reason.DNS_FAILED, Reason.ADDRESS_FORBIDDEN, Reason.REFUSED, Reason.UNREACHABLE,
    Reason.VANTAGE_UNFIT, Reason.TLS_FAILED, Reason.TLS_TOO_OLD, Reason.NOT_TLS,
))  # fmt: skip
"""Why robots.txt could not be read, where it is as true of every page of the host."""


def check_form(target: Target, method: str, *, inside: bool) -> None:
    """HTTP and its harmless methods, on ports where browsers speak it."""
    if target.scheme not in ("http", "https"):
        raise NetError(Reason.SCHEME_FORBIDDEN, target.url)
    if target.port in BAD_PORTS:
        raise NetError(Reason.ADDRESS_FORBIDDEN, f"port {target.port} is not for HTTP")
    if method not in (METHODS if inside else METHODS_OUTSIDE):
        raise NetError(Reason.METHOD_FORBIDDEN, method)


def check_robots(robots: RobotsTxt, target: Target, *, entry: bool) -> None:
    """``entry``: the declared entry or where it redirects to, which is opened even when the rules are unknown."""
    if robots.state is Robots.UNKNOWN:
        if not entry:
            problem = robots.problem if robots.problem in _OF_THE_HOST else None
            raise NetError(problem or Reason.ROBOTS_UNKNOWN, f"{target.origin}/robots.txt could not be read")
    elif not robots.allows(target.path):
        raise NetError(Reason.ROBOTS_FORBIDDEN, target.url)


class Paper:
    """The authorisation of a site, as it stands at this moment."""

    def __init__(self, site: Site, scope: Scope, clock: Clock) -> None:
        self._authorisation = site.authorisation
        self._scope = scope
        self._clock = clock

    @property
    def ignores_robots(self) -> bool:
        """Whether it is valid and says so."""
        paper = self._valid()
        return paper is not None and paper.ignore_robots

    def check_hours(self) -> None:
        """Where hours were agreed, they hold for everything that is sent under the authorisation."""
        paper = self._valid()
        if paper is None or paper.hours is None:
            return
        begin, end = paper.hours
        now = self._clock().time()
        if not (begin <= now < end if begin < end else now >= begin or now < end):
            raise NetError(Reason.OUTSIDE_HOURS, f"{begin:%H:%M}-{end:%H:%M}")

    def check_mode(self, mode: Mode, host: str, addresses: Sequence[str]) -> None:
        """Passive needs no paper; any other mode must be allowed for this host, by name or by all its addresses."""
        if mode is Mode.PASSIVE:
            return
        paper = self._valid()
        covered = self._scope.authorises(host) or all(self._scope.authorises(host, each) for each in addresses)
        if paper is None or mode not in paper.modes or not covered:
            raise NetError(Reason.NOT_AUTHORISED, f"{mode} on {host}")

    def _valid(self) -> Authorisation | None:
        paper = self._authorisation
        if paper is None:  # asked several times for every request: the time of day is only asked where it counts
            return None
        today = self._clock().date()
        if paper.valid_from and today < paper.valid_from:
            return None
        return None if paper.valid_until and today > paper.valid_until else paper
