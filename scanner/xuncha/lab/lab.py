"""The lab: a district of websites on loopback, with everything an inspector needs to get to them.

``with Lab() as lab:`` serves until the block ends. The servers run in a thread of their own; properties may be read,
and faults switched, from any other one.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from xuncha.lab import hostile, neighbours
from xuncha.lab.background import LoopThread
from xuncha.lab.certificates import Authorities
from xuncha.lab.district import DISTRICT
from xuncha.lab.dns import NameServer
from xuncha.lab.estate import Estate, Place, Ports, can_spread
from xuncha.lab.faults import (
    DISGUISED,
    PROBED,
    Fault,
    expectations,
    in_pictures,
    only_in_browser,
    only_in_pictures,
)
from xuncha.lab.hosting import BLOCKED_BY_PROVIDER, Hosted
from xuncha.lab.identity import shown_identity, true_identity
from xuncha.lab.layout import Setting
from xuncha.lab.messages import Answer, Reply, Request, Scheme
from xuncha.lab.records import as_site, authorisation, write_inventory, write_register
from xuncha.lab.server import Callbacks, Front, Listener, can_bind
from xuncha.lab.spec import LabSite
from xuncha.lab.tls import altered, ordinary, server_context
from xuncha.lab.whois import WhoisServer, registrations
from xuncha.lab.zones import Zones
from xuncha.model.clock import Clock, system_clock
from xuncha.model.outcome import Status
from xuncha.model.site import Site

NETWORKS = ("127.0.0.0/8", "::1/128")
"""Where the lab is: what the address policy of its visitors must open."""

_SERVICES = "127.0.0.1"
_MOST_SEEN = 200_000
_PORT_FAULTS = frozenset({"refuses-connections", "https-missing"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that reached the lab; ``path`` with its query."""

    scheme: Scheme
    host: str
    method: str
    path: str
    user_agent: str


class Lab:
    """Serves ``sites`` while it is entered.

    Args:
        sites: what to serve; their ids and hosts must differ.
        clock: tells the moment from which articles, certificates and shutdowns are dated (read at start).
        ports: ``explicit`` puts the real ports into all URLs, so that clients need only our name server; with
            ``default`` URLs are as citizens know them, and clients also need ``connect_map``.
        spread: give each site (or platform) a loopback address of its own, where the machine has them, so that
            budgets per address are spent as with real sites; otherwise all are on 127.0.0.1.
        probing: whether the sites carry an authorisation that allows to probe them.
        disguising: whether it allows visits in disguise, too.
    """

    def __init__(
        self,
        sites: Iterable[LabSite] = DISTRICT,
        *,
        clock: Clock = system_clock,
        ports: Ports = "explicit",
        spread: bool = True,
        probing: bool = False,
        disguising: bool = False,
    ) -> None:
        self._specs = {site.id: site for site in sites}
        for spec in self._specs.values():
            self._check_ports(spec)
        self._clock = clock
        self._ports: Ports = ports
        self._spread = spread
        self._probing = probing or disguising
        self._disguising = disguising
        self._hosted: dict[str, Hosted] = {}
        self._fronts: dict[str, Front] = {}
        self._seen: deque[Seen] = deque(maxlen=_MOST_SEEN)
        self._exit = ExitStack()
        self.connections = 0
        self.ipv6 = can_bind("::1")

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.now = self._clock()
            self._folder = Path(stack.enter_context(TemporaryDirectory(prefix="xuncha-lab-")))
            self._authorities = Authorities(self.now)
            self.ca_file = self._folder / "ca.pem"
            self.ca_file.write_bytes(self._authorities.root_pem)
            self._estate = Estate(
                self._groups(), self._listener, ports=self._ports, spread=self._spread and can_spread()
            )
            stack.callback(self._estate.release)
            self._thread = LoopThread("xuncha-lab")
            stack.callback(self._thread.stop)
            self._zones = Zones(self._specs.values, self.now)
            self._names = NameServer(self._lookup, self._zones.sign)
            self._register = WhoisServer(lambda: registrations(self._specs.values(), self.now))
            stack.callback(lambda: self._thread.run(self._close()))
            self._thread.run(self._open())
            self._exit = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    # What visitors need

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites as the district's inventory has them."""
        return tuple(self._site(spec) for spec in self._specs.values())

    def site(self, site_id: str) -> Site:
        """One of them."""
        return self._site(self._specs[site_id])

    def faults(self, site_id: str) -> frozenset[str]:
        """The faults that are switched on there."""
        return self._specs[site_id].faults

    def inventory_csv(self, path: Path) -> Path:
        """Write the inventory there; returns ``path``."""
        return write_inventory(self.sites, path)

    def register_csv(self, path: Path) -> Path:
        """Write the register of ICP filings there; returns ``path``."""
        return write_register(self._specs.values(), path)

    @property
    def nameserver(self) -> str:
        """``address:port`` of the name server."""
        host, port = self._names.address
        return f"{host}:{port}"

    @property
    def whois(self) -> Place:
        """(address, port) of the WHOIS server."""
        return self._register.address

    @property
    def connect_map(self) -> dict[Place, Place]:
        """(host, port as in a URL) → (address, real port)."""
        return self._estate.connect_map()

    def origin(self, host: str, scheme: Scheme = "https") -> str:
        """The URL of a host of the lab, without a final slash."""
        return self._estate.origin(host, scheme)

    @property
    def hostile(self) -> str:
        """Origin of the host whose paths misbehave (``xuncha.lab.hostile.PATHS``)."""
        return self.origin(hostile.HOST, "http")

    # What tests ask afterwards

    @property
    def requests(self) -> tuple[Seen, ...]:
        """The requests that came, in order; the last 200,000."""
        return tuple(self._seen)

    def expected(
        self, in_browser: Collection[str] = (), pictured: Collection[str] = ()
    ) -> set[tuple[str, str, Status]]:
        """(site id, check id, status) of everything that a correct inspector must find.

        Among ``fail`` and ``warn`` the set is complete: any other one would be a false accusation. Other statuses
        are named only where they are the point of the fault. What is expected of ``icp.registered`` needs the
        register (``register_csv``); what takes a probe or a disguise is expected where it is authorised.
        ``in_browser`` are the sites whose scripts a browser ran: what those write is known there. ``pictured`` are
        those of which it had looked at the home page before, and somebody approved that look (``before``).
        """
        found = (
            (spec.id, *one)
            for spec in self._specs.values()
            for one in expectations(spec.faults, in_browser=spec.id in in_browser, pictured=spec.id in pictured)
        )
        return {one for one in found if self._allows(one[1])}

    def unseen(self, in_browser: Collection[str] = (), pictured: Collection[str] = ()) -> tuple[tuple[str, Fault], ...]:
        """(site id, fault) of what only a browser shows, or an approved picture, where neither was at hand."""
        return tuple(
            (spec.id, one)
            for spec in self._specs.values()
            for one in (
                *(() if spec.id in in_browser else only_in_browser(spec.faults)),
                *(() if spec.id in pictured else only_in_pictures(spec.faults)),
            )
        )

    @contextmanager
    def before(self) -> Iterator[tuple[Site, ...]]:
        """The sites with faults that pictures show, as they were without those: this is what somebody can approve."""
        found = [(spec.id, one.id) for spec in self._specs.values() for one in in_pictures(spec.faults)]
        for site_id, fault_id in found:
            self.switch(site_id, fault_id, on=False)
        try:
            yield tuple(self.site(site_id) for site_id in dict.fromkeys(site_id for site_id, _ in found))
        finally:
            for site_id, fault_id in found:
                self.switch(site_id, fault_id)

    def _allows(self, check: str) -> bool:
        return (self._probing or check not in PROBED) and (self._disguising or check not in DISGUISED)

    def switch(self, site_id: str, fault_id: str, *, on: bool = True) -> None:
        """Let a fault appear or disappear.

        Raises UnknownFaultError, KeyError, and ValueError for a shared port or a name that is chosen at the start.
        """
        if fault_id == "domain-com":
            raise ValueError("a site has its name from the start: give it domain-com before the lab is entered")
        spec = self._specs[site_id].having(fault_id) if on else self._specs[site_id].without(fault_id)
        self._check_ports(spec)
        self._specs[site_id] = spec
        self._hosted.pop(spec.host, None)
        self._fronts.pop(spec.host, None)
        if fault_id in _PORT_FAULTS:
            self._thread.run(self._open_ports(spec.host))

    def _check_ports(self, spec: LabSite) -> None:
        if spec.platform and spec.faults & _PORT_FAULTS:
            raise ValueError(f"{spec.id} shares its ports with its platform: {', '.join(_PORT_FAULTS)} can't be its")

    # Serving

    def _groups(self) -> dict[str, str]:
        groups = {spec.host: spec.platform or spec.id for spec in self._specs.values()}
        return groups | dict.fromkeys(sorted(neighbours.NEIGHBOURS), "outside") | {hostile.HOST: "hostile"}

    def _listener(self, group: str, address: str) -> Listener:
        callbacks = Callbacks(self._answer, lambda name: self._front(name, group), self._clock, self._connected)
        return Listener(address, callbacks, ipv6=self.ipv6)

    async def _open(self) -> None:
        for group in self._estate.listeners:
            await self._open_ports(self._estate.hosts(group)[0])
        await self._names.open(_SERVICES)
        await self._register.open(_SERVICES)

    async def _open_ports(self, host: str) -> None:
        spec = self._spec(host)
        faults = spec.faults if spec else frozenset()
        accepts = "refuses-connections" not in faults
        await self._estate.at(host).open(http=accepts, https=accepts and "https-missing" not in faults)

    async def _close(self) -> None:
        await self._names.close()
        await self._register.close()
        for listener in self._estate.listeners.values():
            await listener.close()

    def _connected(self) -> None:
        self.connections += 1

    def _answer(self, request: Request) -> Answer:
        self._seen.append(Seen(request.scheme, request.host, request.method, request.path, request.user_agent))
        if spec := self._spec(request.host):
            return self._hosting(spec).answer(request)
        if request.host in neighbours.NEIGHBOURS:
            return neighbours.answer(request)
        if request.host == hostile.HOST:
            return hostile.answer(request)
        return Reply(404, body=b"<h1>unknown host</h1>")

    def _hosting(self, spec: LabSite) -> Hosted:
        if spec.host not in self._hosted:
            origin = self._origin(spec)
            true = true_identity(spec, self._carrier(spec), f"{origin}/", self.origin)
            setting = Setting(spec, shown_identity(true, spec.faults), origin, self.now, self.origin)
            self._hosted[spec.host] = Hosted(setting)
        return self._hosted[spec.host]

    def _front(self, name: str, group: str) -> Front:
        hosts = self._estate.hosts(group)
        host = name if name in hosts else hosts[0]
        if host not in self._fronts:
            self._fronts[host] = self._make_front(host)
        return self._fronts[host]

    def _make_front(self, host: str) -> Front:
        spec = self._spec(host)
        faults = spec.faults if spec else frozenset()
        if faults & BLOCKED_BY_PROVIDER:
            return Front(None)
        sound = ordinary(host, self.now, system_clock())
        manner = altered(sound, faults)
        context = server_context(manner, self._authorities, self._folder)
        return Front(context, self._authorities.sm2_chain(sound.wanted) if manner.tlcp else ())

    def _lookup(self, name: str, kind: str) -> tuple[str, ...] | None:
        spec = self._spec(name)
        faults = spec.faults if spec else frozenset()
        found = None if "name-denied" in faults else self._estate.addresses(name, ipv6="ipv6-missing" not in faults)
        if found is None or kind not in {"A", "AAAA"}:
            told = self._zones.lookup(name, kind)
            return told if found is None else told or ()
        return tuple(address for address in found if kind == ("AAAA" if ":" in address else "A"))

    # Sites

    def _spec(self, host: str) -> LabSite | None:
        return next((spec for spec in self._specs.values() if spec.host == host), None)

    def _carrier(self, spec: LabSite) -> LabSite:
        return self._specs.get(spec.parent, spec)

    def _origin(self, spec: LabSite) -> str:
        return self.origin(spec.host, "http" if "https-missing" in spec.faults else "https")

    def _site(self, spec: LabSite) -> Site:
        origins = dict.fromkeys((self._origin(spec), self.origin(spec.host, "http")))
        paper = authorisation(self._specs.values(), self.now, disguising=self._disguising) if self._probing else None
        return as_site(spec, self._carrier(spec), tuple(f"{origin}/" for origin in origins), self.now, paper)
