import asyncio

import pytest

from xuncha.worker.output import OUTPUT, Output, last_words


@pytest.fixture
def drained(tmp_path):
    """The file after workers printed these pieces."""

    def run(*pieces, most=1000):
        async def drain():
            stream = asyncio.StreamReader()
            for piece in pieces:
                stream.feed_data(piece)
            stream.feed_eof()
            await Output(tmp_path, most).drain(stream)

        asyncio.run(drain())
        return (tmp_path / OUTPUT).read_bytes()

    return run


def test_only_the_end_of_much_output_is_kept(drained):
    for number in range(100):
        kept = drained(b"%d " % number + b"x" * 50 + b"\n")
    assert len(kept) <= 1000
    assert kept.endswith(b"99 " + b"x" * 50 + b"\n")


def test_a_line_without_end_is_kept_in_pieces(drained):
    assert len(drained(b"a" * 300_000, most=1 << 20)) >= 300_000


def test_nobody_else_may_read_it(drained, tmp_path):
    drained(b"x\n")
    assert (tmp_path / OUTPUT).stat().st_mode & 0o077 == 0


def test_the_last_words_are_shown_without_control_characters(drained, tmp_path):
    drained(b"first\n\x1b]0;title\x07\x1b[2Jlast\xff\n\n")
    assert (last_words(tmp_path), last_words(tmp_path / "none")) == ("]0;title[2Jlast\\xff", "")
