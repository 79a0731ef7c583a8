import errno
import ssl

import aiohttp
import pytest

from xuncha.model.reasons import Reason
from xuncha.net.errors import net_error


def tls(reason):
    problem = ssl.SSLError(1, reason)
    problem.reason = reason
    return problem


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), Reason.REFUSED),
        (ConnectionResetError(), Reason.RESET),
        (BrokenPipeError(), Reason.RESET),
        (aiohttp.ServerDisconnectedError(), Reason.RESET),
        (aiohttp.ClientOSError(errno.ECONNRESET, "x"), Reason.RESET),
        (EOFError(), Reason.RESET),
        (TimeoutError(), Reason.TIMEOUT),
        (OSError(errno.ETIMEDOUT, "x"), Reason.TIMEOUT),
        (OSError(errno.EHOSTUNREACH, "x"), Reason.UNREACHABLE),
        (OSError(errno.ENETUNREACH, "x"), Reason.UNREACHABLE),
        (OSError("no number"), Reason.UNREACHABLE),
        (tls("DH_KEY_TOO_SMALL"), Reason.TLS_TOO_OLD),
        (tls("BAD_SIGNATURE"), Reason.TLS_FAILED),
        ("x" * 70 + ".example", Reason.TLS_FAILED),
        (aiohttp.ClientPayloadError(), Reason.MALFORMED_REPLY),
    ],
    ids=str,
)
def test_foreign_exceptions_have_a_reason(problem, reason):
    if isinstance(problem, str):
        with pytest.raises(UnicodeError) as caught:
            problem.encode("idna")
        problem = caught.value
    assert net_error(problem).reason == reason


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS])
def test_our_own_want_is_never_the_sites_fault(number):
    assert net_error(OSError(number, "x")).reason == Reason.MEMORY


@pytest.mark.parametrize(
    ("problem", "words"),
    [(OSError("no route"), "no route"), (TimeoutError(), "the deadline passed"), (EOFError(), "EOFError")],
    ids=str,
)
def test_the_detail_is_never_empty(problem, words):
    assert net_error(problem).detail == words
