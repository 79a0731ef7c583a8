"""The one border where exceptions of the operating system, OpenSSL, asyncio and aiohttp become a ``NetError``."""

import errno
import ssl

import aiohttp

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason

FOREIGN = (OSError, EOFError, UnicodeError, aiohttp.ClientError)
"""What a conversation may raise. ``ssl.SSLError`` and ``TimeoutError`` are OSErrors."""

_BY_ERRNO = {
    errno.ECONNREFUSED: Reason.REFUSED,
    errno.ECONNRESET: Reason.RESET,
    errno.ECONNABORTED: Reason.RESET,
    errno.EPIPE: Reason.RESET,
    errno.ETIMEDOUT: Reason.TIMEOUT,
    # Short of descriptors or memory: our own want, which must never count against a site.
    errno.EMFILE: Reason.MEMORY,
    errno.ENFILE: Reason.MEMORY,
    errno.ENOMEM: Reason.MEMORY,
    errno.ENOBUFS: Reason.MEMORY,
}

_BY_TYPE: tuple[tuple[tuple[type[BaseException], ...], Reason], ...] = (
    ((UnicodeError,), Reason.TLS_FAILED),  # a host name that can't be sent in a TLS hello
    ((TimeoutError,), Reason.TIMEOUT),
    ((ConnectionRefusedError,), Reason.REFUSED),
    ((ConnectionError, EOFError, aiohttp.ServerDisconnectedError), Reason.RESET),
)

# What OpenSSL 3 says of servers that stopped at protocols and key sizes it has dropped.
_TOO_OLD = frozenset(
    {
        "UNSUPPORTED_PROTOCOL",
        "WRONG_SSL_VERSION",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "DH_KEY_TOO_SMALL",
        "MODULUS_TOO_SMALL",
        "BAD_DH_VALUE",
        "DH_VALUE_TOO_SMALL",
    }
)


def net_error(problem: BaseException) -> NetError:
    """``problem`` as a NetError with the reason from the closed list."""
    inner = unwrapped(problem)
    wordless = "the deadline passed" if isinstance(inner, TimeoutError) else type(inner).__name__
    return NetError(_reason(inner), str(inner) or wordless)


def certificate_problem(problem: BaseException) -> str | None:
    """Why the certificate was not trusted, in OpenSSL's words; None when ``problem`` is about something else."""
    inner = unwrapped(problem)
    return inner.verify_message or str(inner) if isinstance(inner, ssl.SSLCertVerificationError) else None


def handshake_failed(problem: BaseException) -> bool:
    """Whether a connection was made and TLS failed on it; a close without a word counts."""
    return isinstance(unwrapped(problem), ssl.SSLError | ConnectionResetError | ConnectionAbortedError | UnicodeError)


def unwrapped(problem: BaseException) -> BaseException:
    """The exception that aiohttp wrapped while it connected, else ``problem`` itself."""
    if isinstance(problem, aiohttp.ClientConnectorCertificateError):
        return problem.certificate_error
    if isinstance(problem, aiohttp.ClientConnectorError):
        return problem.os_error
    return problem


def _reason(problem: BaseException) -> Reason:
    if isinstance(problem, ssl.SSLError):
        return Reason.TLS_TOO_OLD if problem.reason in _TOO_OLD else Reason.TLS_FAILED
    for types, reason in _BY_TYPE:
        if isinstance(problem, types):
            return reason
    if isinstance(problem, OSError):
        return _BY_ERRNO.get(problem.errno or 0, Reason.UNREACHABLE)
    return Reason.MALFORMED_REPLY
