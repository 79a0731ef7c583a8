import asyncio
from dataclasses import dataclass

import pytest

from xuncha.api import Crawl, Gap, Net, NetError, Past, Reason, Site, probe
from xuncha.declare import NoParams
from xuncha.gather.probes import BoundProbe, Gathering
from xuncha.testing import NOW, SITE, earlier


@dataclass(frozen=True, slots=True)
class First:
    value: int = 1
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Second:
    value: int = 2


PAST = earlier((NOW, First(7)))


class Log:
    def __init__(self, known=None):
        self.known = known or {}

    def recall(self, fact):
        return self.known.get(fact)

    def keep(self, fact, value):
        self.known[fact] = value


def gather(*functions, log=None, set_aside=None, offers=None):
    probes = {}
    for function in functions:
        spec = function.__xuncha__
        probes[spec.provides] = BoundProbe(spec, NoParams())

    async def run():
        gathering = Gathering(
            probes,
            lambda _spec: {Site: SITE, Net: None, Past[First]: PAST},
            log or Log(),
            lambda _name, call: call,
            set_aside,
        )
        for fact, source in (offers or {}).items():
            gathering.offer(fact, source())
        return await gathering.gather()

    return asyncio.run(run())


@probe(provides=First)
async def first(site: Site) -> First:
    return First(len(site.id))


@probe(provides=Second, needs=(First,))
async def second(first: First) -> Second:
    return Second(first.value + 1)


def test_a_probe_gets_the_fact_it_needs_whatever_the_order():
    assert gather(second, first)[Second] == Second(2)


def failing(error):
    @probe(provides=First)
    async def fails(site: Site) -> First:
        raise error

    return fails


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NetError(Reason.REFUSED), Reason.REFUSED),
        (ValueError("x"), Reason.RAISED),
        (MemoryError(), Reason.MEMORY),
    ],
)
def test_what_a_probe_raises_becomes_a_gap_with_its_reason(error, reason):
    assert gather(failing(error))[First].reason is reason


def test_a_gap_reaches_whoever_needs_the_fact():
    assert gather(second, failing(NetError(Reason.CHALLENGED)))[Second].reason is Reason.CHALLENGED


def test_a_probe_that_asks_for_gaps_is_called_with_them():
    @probe(provides=Second, needs=(First,))
    async def tolerant(first: First | Gap) -> Second:
        return Second(0 if isinstance(first, Gap) else 1)

    assert gather(tolerant, failing(NetError(Reason.REFUSED)))[Second] == Second(0)


def test_a_probe_over_its_deadline_is_a_gap():
    @probe(provides=First, deadline=0.01)
    async def slow(site: Site) -> First:
        await asyncio.Event().wait()

    assert gather(slow)[First].reason is Reason.DEADLINE


def test_a_cancelled_probe_may_hand_over_what_it_has():
    @probe(provides=First, deadline=0.01)
    async def slow(site: Site) -> First:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return First(7, complete=False)

    assert gather(slow)[First] == First(7, complete=False)


def test_a_wrong_type_breaks_the_contract():
    @probe(provides=First)
    async def wrong(site: Site) -> First:
        return Second()

    assert gather(wrong)[First].reason is Reason.BROKE_CONTRACT


def test_a_fact_on_record_is_not_gathered_again():
    assert gather(failing(ValueError()), log=Log({First: First(9)}))[First] == First(9)


def test_a_probe_set_aside_is_not_called():
    name = first.__xuncha__.name
    assert gather(first, set_aside={name: Reason.DEADLINE})[First] == Gap(
        Reason.QUARANTINED, detail=f"{name}: deadline"
    )


def test_a_fact_of_the_core_is_offered_to_probes():
    @probe(provides=Second, needs=(Crawl,))
    async def counts(crawl: Crawl) -> Second:
        return Second(len(crawl.pages))

    async def crawl():
        return Crawl("", (), (), 0, complete=True)

    assert gather(counts, offers={Crawl: crawl})[Second] == Second(0)


@probe(provides=First)
async def adds_up(past: Past[First]) -> First:
    return First(1 + sum(fact.value for _ended, fact in past))


def test_a_probe_is_handed_what_earlier_runs_found():
    assert gather(adds_up) == {First: First(8)}
