"""A name server on loopback that knows no name: links that lead out of the site end at once, and nobody is asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingUDPServer

import dns.message
import dns.rcode


class _Denying(BaseRequestHandler):
    def handle(self) -> None:
        question, socket = self.request
        answer = dns.message.make_response(dns.message.from_wire(question), recursion_available=True)
        answer.set_rcode(dns.rcode.NXDOMAIN)
        socket.sendto(answer.to_wire(), self.client_address)


@contextmanager
def denied() -> Iterator[str]:
    """Where it listens, as ``host:port``."""
    with ThreadingUDPServer(("127.0.0.1", 0), _Denying) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield "{}:{}".format(*server.server_address)
        finally:
            server.shutdown()
