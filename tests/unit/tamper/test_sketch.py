"""Sketches of sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.store.mask import mask_text
from xuncha.tamper.sketch import WIDTH, common, decidable, kept, parts, sketched

SIZE = 16
sets = some.sets(some.text(min_size=1, max_size=8), max_size=60)


@given(sets)
def test_a_sketch_is_bounded_and_in_order(features):
    found = parts(sketched(features, SIZE))
    assert len(found) == min(len(features), SIZE)
    assert list(found) == sorted(found)


@given(sets)
def test_a_set_keeps_all_of_itself(features):
    sketch = sketched(features, SIZE)
    assert kept(sketch, sketch, SIZE) == (1 if features else None)


@given(sets, sets)
def test_what_is_decided_is_decided_rightly(before, now):
    one, other = sketched(before, SIZE), sketched(now, SIZE)
    true = set(parts(sketched(now, len(now) + 1)))
    present = set(parts(other))
    assert all((hash_ in true) == (hash_ in present) for hash_ in decidable(one, other, SIZE))


@given(sets, sets)
def test_what_two_sets_have_in_common_is_part_of_the_first(before, now):
    one = sketched(before, SIZE)
    assert set(parts(common(one, sketched(now, SIZE), SIZE))) <= set(parts(one))


def test_small_sets_are_compared_exactly():
    assert kept(sketched("abcd", SIZE), sketched("abxy", SIZE), SIZE) == 0.5


def test_large_sets_are_compared_about():
    lines = [f"line {at}" for at in range(2000)]
    share = kept(sketched(lines, 64), sketched(lines[:1000], 64), 64)
    assert share == pytest.approx(0.5, abs=0.2)


@given(sets)
def test_no_rule_for_masking_touches_a_sketch(features):
    sketch = sketched(features, SIZE)
    assert mask_text(sketch) == sketch
    assert len(sketch) % WIDTH == 0
