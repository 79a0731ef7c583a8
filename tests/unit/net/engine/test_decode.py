import gzip
import subprocess
import sys
import zlib
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.decode import MAX_LAYERS, Body, codings

MIB = 1 << 20


def raw_deflate(data):
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
names = st.lists(st.sampled_from(sorted(CODERS)), max_size=MAX_LAYERS)


def encoded(data, applied):
    for name in applied:
        data = CODERS[name](data)
    return data


def decoded(wire, *applied, most=10 * MIB, step=1000):
    """The body and whether it was truncated, fed in steps."""
    body = Body(applied, most)
    for start in range(0, len(wire), step):
        if not body.feed(wire[start : start + step]):
            break
    return body.finish(), body.truncated


@given(st.binary(max_size=3000), names, st.integers(1, 500))
def test_what_was_coded_comes_back_however_it_is_cut_up(data, applied, step):
    assert decoded(encoded(data, applied), *applied, step=step) == (data, False)


@given(st.binary(min_size=1, max_size=3000), names.filter(bool), st.data())
def test_a_coding_that_breaks_off_leaves_a_marked_beginning(data, applied, draw):
    wire = encoded(data, applied)
    cut = draw.draw(st.integers(1, len(wire) - 1))
    body, truncated = decoded(wire[:cut], *applied)
    assert data.startswith(body)
    assert truncated or body == data


@given(st.binary(max_size=300), names, st.integers(1, 100))
def test_garbage_is_malformed_or_cut_and_nothing_worse(wire, applied, step):
    with suppress(NetError):
        decoded(wire, *applied, step=step)


@pytest.mark.parametrize("name", sorted(CODERS))
def test_plain_text_under_a_codings_name_is_malformed(name):
    with pytest.raises(NetError) as caught:
        decoded(b"<html><title>x</title></html>" * 9, name)
    assert caught.value.reason == Reason.MALFORMED_REPLY


@pytest.mark.parametrize("name", sorted(CODERS))
def test_an_empty_body_needs_no_coding(name):
    assert decoded(b"", name) == (b"", False)


def test_deflate_may_come_without_its_header():
    assert decoded(raw_deflate(b"hello" * 99), "deflate", step=1) == (b"hello" * 99, False)


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_what_follows_the_end_of_a_coding_is_ignored_as_browsers_do(name):
    assert decoded(CODERS[name](b"hello") + b"<!-- x -->", name, step=3) == (b"hello", False)


def test_damage_after_good_bytes_keeps_them():
    wire = bytearray(zlib.compress(bytes(range(256)) * 4000, level=0))
    wire[-1] ^= 1
    body, truncated = decoded(bytes(wire), "deflate")
    assert truncated
    assert body == (bytes(range(256)) * 4000)[: len(body)]
    assert len(body) > 1_000_000


def test_a_second_zstd_frame_is_marked_as_missing():
    assert decoded(zstandard.compress(b"one") + zstandard.compress(b"two"), "zstd") == (b"one", True)


def test_a_body_of_exactly_the_cap_is_whole():
    assert decoded(gzip.compress(b"x" * 1000), "gzip", most=1000) == (b"x" * 1000, False)


@pytest.mark.parametrize("name", sorted(CODERS))
def test_a_decoded_body_over_the_cap_is_cut(name):
    assert decoded(CODERS[name](b"x" * 1001), name, most=1000) == (b"x" * 1000, True)


def test_a_wire_over_the_cap_is_cut():
    assert decoded(b"x" * 1001, most=1000) == (b"x" * 1000, True)


def test_more_layers_than_anyone_needs_are_malformed():
    with pytest.raises(NetError, match="4 content codings"):
        Body(("gzip",) * 4, 1000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ()),
        (["gzip"], ("gzip",)),
        ([" GZIP , br "], ("gzip", "br")),
        (["gzip", "br"], ("gzip", "br")),
        (["identity"], ()),
        (["utf-8"], ()),
        (["gzip, aes"], ()),
        ([""], ()),
    ],
)
def test_codings_are_read_from_their_headers(values, expected):
    assert codings(values) == expected


def gzip_bomb(size, bits=31):
    stream = zlib.compressobj(1, wbits=bits)
    block = bytes(MIB)
    return b"".join(stream.compress(block) for _ in range(size // MIB)) + stream.flush()


def brotli_bomb(size):
    stream = brotli.Compressor(quality=1, lgwin=24)
    block = bytes(MIB)
    return b"".join(stream.process(block) for _ in range(size // MIB)) + stream.finish()


def zstd_bomb(size):
    stream = zstandard.ZstdCompressor(level=1).compressobj()
    block = bytes(MIB)
    return b"".join(stream.compress(block) for _ in range(size // MIB)) + stream.flush()


BOMBS = {"gzip": gzip_bomb, "deflate": lambda size: gzip_bomb(size, 15), "br": brotli_bomb, "zstd": zstd_bomb}
STACKS = [
    ("gzip",),
    ("deflate",),
    ("br",),
    ("zstd",),
    ("gzip", "gzip"),
    ("gzip", "br"),
    ("br", "zstd"),
    ("zstd", "deflate"),
    ("br", "br", "br"),
    ("gzip", "gzip", "gzip"),
]

MEASURE = """
import pathlib, re, sys
from xuncha.net.decode import Body

def high_water():
    return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) * 1024

file, *applied = sys.argv[1:]
with open(file, "rb") as wire:
    before = high_water()
    body = Body(tuple(applied), 10 << 20)
    while (data := wire.read(65536)) and body.feed(data):
        pass
    size = len(body.finish())
    print(high_water() - before, size, int(body.truncated))
"""


def cost_of_bomb(folder, size, first, *others):
    """Memory it costs to read the bomb in a fresh process, the size of what was kept, whether it was truncated."""
    (folder / "bomb").write_bytes(encoded(BOMBS[first](size), others))
    command = [sys.executable, "-c", MEASURE, folder / "bomb", first, *others]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [int(word) for word in output.split()]


linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


@linux
@pytest.mark.parametrize("stack", STACKS, ids=" ".join)
def test_a_bomb_of_256_mib_costs_little_memory(tmp_path, stack):
    extra, size, truncated = cost_of_bomb(tmp_path, 256 * MIB, *stack)
    assert (extra <= 32 * MIB, size <= 10 * MIB, truncated) == (True, True, 1)


@linux
@pytest.mark.acceptance(reason="takes long")
@pytest.mark.parametrize("stack", STACKS, ids=" ".join)
def test_a_bomb_of_1_gib_costs_little_memory(tmp_path, stack):
    extra, size, truncated = cost_of_bomb(tmp_path, 1024 * MIB, *stack)
    assert (extra <= 32 * MIB, size <= 10 * MIB, truncated) == (True, True, 1)
