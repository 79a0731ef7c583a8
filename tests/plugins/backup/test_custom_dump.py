"""``pg_dump -Fc`` as the format has it; real ones are read in tests/acceptance/backup."""

import struct
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Reason
from xuncha_plugins.backup.facts import CopyKind

ROWS = "1\t关于做好防汛工作的通知\n".encode() * 200


def number(value):
    return bytes([value < 0]) + struct.pack("<I", abs(value))


def text(value):
    return number(-1) if value is None else number(len(value.encode())) + value.encode()


def entry(dump_id, tag, *, data):
    state = bytes([1 if data else 3]) + bytes(8)
    names = [text("0"), text("0"), text(tag), text("TABLE DATA")]
    middle = [number(3), text(""), text(""), text("COPY"), text("public"), text(None), text(None)]
    return b"".join([number(dump_id), number(data), *names, *middle, text("owner"), text("false"), text(None), state])


def block(dump_id, rows):
    body = zlib.compress(rows)
    half = len(body) // 2
    return b"\x01" + number(dump_id) + number(half) + body[:half] + number(len(body) - half) + body[half:] + number(0)


def custom(*blocks, version=(1, 14), entries=2):
    head = b"PGDMP" + bytes([*version, 0, 4, 8, 1])
    head += number(-1) if version < (1, 15) else b"\x01"
    head += b"".join(number(one) for one in (12, 0, 3, 31, 9, 126, 0)) + text("portal") + text("15.1") + text("15.1")
    listed = [entry(one, f"table{one}", data=True) for one in range(1, entries + 1)] + [entry(99, "view", data=False)]
    return head + number(len(listed)) + b"".join(listed) + b"".join(blocks)


WHOLE = custom(block(1, ROWS), block(2, ROWS))


def test_a_whole_one_is_read_to_its_end_and_tells_its_day(one):
    copy = one(WHOLE, "db.dump")
    assert (copy.kind, copy.flaw, copy.unread) == (CopyKind.PG_CUSTOM, None, None)
    assert (copy.made, copy.unpacked) == (date(2026, 10, 31), 2 * len(ROWS))


def test_a_table_without_its_data_is_named(one):
    flaw = one(custom(block(1, ROWS)), "db.dump").flaw
    assert (flaw.key, flaw.entry) == ("data-missing", "table2")


@given(st.integers(200, len(WHOLE) - 1))
def test_one_that_is_cut_off_is_never_whole(one, size):
    assert one(WHOLE[:size], "db.dump").flaw


def test_a_changed_byte_in_its_data_is_corrupt(one):
    body = bytearray(WHOLE)
    body[-30] ^= 0xFF
    assert one(bytes(body), "db.dump").flaw.key == "corrupt"


@given(data=st.data())
def test_whatever_stands_in_it_the_look_ends(one, data):
    body = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(5, len(body) - 1))] = data.draw(st.integers(0, 255))
    one(bytes(body), "db.dump")


@pytest.mark.parametrize("version", [(1, 9), (1, 17), (2, 0)])
def test_a_version_that_nobody_knows_is_not_judged(one, version):
    assert one(custom(version=version), "db.dump").unread is Reason.DOCUMENT_UNSUPPORTED
