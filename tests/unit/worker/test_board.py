from xuncha.worker.board import IDLE, ROWS, Board


def test_a_fresh_row_says_that_nothing_is_under_way(board):
    row = board.read(ROWS - 1)
    assert (row.site, row.call, row.beat, row.pages) == (IDLE, IDLE, 0, 0)


def test_another_process_reads_what_a_pen_writes(board, tmp_path):
    board.pen(3).call(17, 2)
    parent = Board(tmp_path / "board")
    row = parent.read(3)
    parent.close()
    assert (row.site, row.call) == (17, 2)


def test_a_beat_leaves_the_call_as_it_is(board):
    pen = board.pen(0)
    pen.call(1, 2)
    pen.beat(10, 20, 30)
    row = board.read(0)
    assert (row.site, row.call, row.pages, row.requests, row.received) == (1, 2, 10, 20, 30)


def test_a_call_leaves_the_progress_as_it_is(board):
    pen = board.pen(0)
    pen.beat(10, 20, 30)
    pen.call(1, 2)
    assert board.read(0).pages == 10


def test_a_pen_writes_its_own_row_only(board):
    board.pen(1).call(1, 1)
    board.pen(1).beat(1, 1, 1)
    assert [board.read(number).site for number in (0, 1, 2)] == [IDLE, 1, IDLE]
    assert [board.read(number).pages for number in (0, 1, 2)] == [0, 1, 0]


def test_clearing_a_row_leaves_the_others(board):
    board.pen(0).call(4, 4)
    board.pen(1).call(5, 5)
    board.clear(0)
    assert (board.read(0).site, board.read(1).site) == (IDLE, 5)


def test_a_file_that_was_cut_short_is_made_anew(tmp_path):
    path = tmp_path / "board"
    path.write_bytes(b"\x01")
    board = Board(path)
    assert board.read(ROWS - 1).call == IDLE
    board.close()
