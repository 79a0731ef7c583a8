"""How a site guards its pages: headers, and the cookie of its interactive part; each fault takes one of them away."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from xuncha.lab.blunders import LIBRARY
from xuncha.lab.layout import Setting
from xuncha.lab.messages import Headers, Request
from xuncha.lab.resource import HTML, Resource

INTERACTIVE = "/hdjl/"
"""Below it the server keeps a session."""

_INLINE = re.compile(rb"<script(?: type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
_UNSAFE = "default-src *; script-src * 'unsafe-inline' 'unsafe-eval'; style-src * 'unsafe-inline'; object-src *"

HANDLED = frozenset({
    "csp-missing", "csp-unsafe", "framing-missing", "sniffing-missing", "referrer-missing", "cors-open",
    "version-shown", "cookie-insecure", "cookie-readable", "cookie-same-site",
})  # fmt: skip
"""The faults that this module makes happen."""


def server(setting: Setting) -> str:
    """What the server calls itself."""
    return "nginx/1.14.0" if setting.has("version-shown") else "nginx"


def shields(setting: Setting, request: Request, resource: Resource) -> Headers:
    """The headers of one answer."""
    return tuple(_shields(setting, request, resource))


def _shields(setting: Setting, request: Request, resource: Resource) -> Iterator[tuple[str, str]]:
    if not setting.has("sniffing-missing"):
        yield "X-Content-Type-Options", "nosniff"
    if setting.has("version-shown"):
        yield "X-Powered-By", "PHP/5.6.40"
    if not resource.media_type.startswith(HTML):
        return
    if not setting.has("framing-missing"):
        yield "X-Frame-Options", "SAMEORIGIN"
    if not setting.has("csp-missing"):
        yield "Content-Security-Policy", _policy(setting, resource.body)
    if not setting.has("referrer-missing"):
        yield "Referrer-Policy", "strict-origin-when-cross-origin"
    if setting.has("cors-open"):
        yield "Access-Control-Allow-Origin", "*"
        yield "Access-Control-Allow-Credentials", "true"
    if request.path.startswith(INTERACTIVE):
        yield "Set-Cookie", _cookie(setting, request)


def _policy(setting: Setting, body: bytes) -> str:
    """Inline scripts run by their hashes; pictures may come from anywhere."""
    framed = "" if setting.has("framing-missing") else "; frame-ancestors 'self'"
    if setting.has("csp-unsafe"):
        return _UNSAFE + framed
    scripts = ["'self'", *(f"'sha256-{b64encode(sha256(found).digest()).decode()}'" for found in _INLINE.findall(body))]
    if setting.has("sri-missing"):
        scripts.append(setting.outside(LIBRARY))
    return (
        f"default-src 'self'; script-src {' '.join(scripts)}; style-src 'self' 'unsafe-inline'; img-src * data:; "
        f"object-src 'none'; base-uri 'self'{framed}"
    )


def _cookie(setting: Setting, request: Request) -> str:
    attributes = {
        "cookie-insecure": "Secure" if request.scheme == "https" else "",
        "cookie-readable": "HttpOnly",
        "cookie-same-site": "SameSite=Lax",
    }
    kept = (word for fault_id, word in attributes.items() if word and not setting.has(fault_id))
    return "; ".join(("JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9", "Path=/", *kept))
