"""Whether it is our own network that can't see."""

import asyncio

import pytest

from xuncha.api import Reason, knows_public_names, outside_in_reach
from xuncha.model.reach import FEW_HOSTS, REFERENCE
from xuncha.testing import FakeNet


@pytest.mark.parametrize(
    ("names", "known"),
    [
        ({REFERENCE: ("192.0.2.1",)}, True),
        ({}, False),
        ({REFERENCE: ()}, False),
        ({REFERENCE: Reason.DNS_FAILED}, False),
    ],
)
def test_a_network_that_knows_the_reference_knows_public_names(names, known):
    assert asyncio.run(knows_public_names(FakeNet(names=names))) is known


def test_one_answer_from_outside_is_enough():
    assert outside_in_reach({"a.example": True, "b.example": False}, names_known=False)


def test_without_any_answer_the_names_decide():
    assert outside_in_reach({"b.example": False}, names_known=True)
    assert not outside_in_reach({"b.example": False}, names_known=False)


def test_several_hosts_of_which_none_answered_are_out_of_reach_whatever_the_names():
    assert not outside_in_reach({f"{number}.example": False for number in range(FEW_HOSTS)}, names_known=True)
