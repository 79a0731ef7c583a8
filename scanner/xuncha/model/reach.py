"""Whether it is our own network that can't see: then a name that is denied here may be known everywhere else."""

from collections.abc import Mapping

from xuncha.model.netapi import Net, NetError

REFERENCE = "www.gov.cn"
"""A name that exists wherever these inspections take place; it is looked up and not visited."""

FEW_HOSTS = 3
"""From so many hosts on it says something of our own network that none of them answered."""


async def knows_public_names(net: Net) -> bool:
    """Whether ``REFERENCE`` has an address here; a closed network denies it rather than being silent."""
    try:
        return bool((await net.resolve(REFERENCE)).values)
    except NetError:
        return False


def outside_in_reach(answered: Mapping[str, bool], *, names_known: bool) -> bool:
    """Whether what is said of other websites from here can be trusted, above all that a name does not exist.

    Args:
        answered: the hosts outside the inspected website that were asked, and whether each ever answered.
        names_known: see ``knows_public_names``; it matters where nobody answered.
    """
    return any(answered.values()) or (names_known and len(answered) < FEW_HOSTS)
