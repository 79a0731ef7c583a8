"""One site as its server sees it: which answer each request gets, with the faults that are switched on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from xuncha.lab.blunders import SYSTEM
from xuncha.lab.challenges import CHALLENGES, passes
from xuncha.lab.content import missing_page, offline_page, resources, search_page
from xuncha.lab.interaction import SAVE
from xuncha.lab.layout import Setting
from xuncha.lab.lists import DATA_PROXY, data_proxy
from xuncha.lab.lying_open import application
from xuncha.lab.messages import Answer, Raw, Reply, Request
from xuncha.lab.planted import is_shown_spam, spam
from xuncha.lab.resource import Resource, Resources, page
from xuncha.lab.shields import HANDLED as SHIELDS
from xuncha.lab.shields import server, shields

SLOW_SECONDS = 8.0
"""How long the slow home page takes. What a busy machine stands still meanwhile is not charged to the site: half of
this is still slow, and who has 15 seconds of patience does not give the page up."""

_ERROR = 400
_HOME = frozenset({"/", "/index.html"})
_BROKEN = {
    "pages-down": (("/zwgk/zcjd/2", "/zwgk/ghjh/2", "/zwgk/rsxx/2"), 500),
    "service-search-broken": (("/search",), 500),
    "service-system-down": ((SYSTEM,), 503),
}
"""Fault id → paths that answer with an error, and which."""
_HSTS = "max-age=31536000; includeSubDomains"
_SHORT_HSTS = "max-age=300"
_ALIYUN_BLOCK = (
    "<!DOCTYPE html><html><head><title>Non-compliance ICP Filing</title></head><body>"
    '<iframe id="mainFrame" width="100%" height="600"></iframe><script>document.getElementById("mainFrame").src='
    '"http://www.aliyun.com/beian/beian-block?id=00000000000000000012";</script></body></html>'
)

_MAINTENANCE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>系统维护</title></head><body>'
    "<h1>网站正在升级维护</h1><p>给您带来不便，敬请谅解。</p></body></html>"
)

BLOCKED_BY_PROVIDER = frozenset({"filing-block", "filing-block-redirect"})
"""Here the provider also resets TLS once it has seen the name."""


class Hosted:
    """A site that is being served. Built for one setting; a switched fault makes a new one."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._resources: Resources | None = None

    def answer(self, request: Request) -> Answer:
        """What this request gets. What exists is served by GET and HEAD only."""
        for fault_id, manner in _BEFORE.items():
            if self.setting.has(fault_id) and (answer := manner(self, request)):
                return answer
        if request.path == SAVE:  # takes what citizens send, and nobody sends anything here
            return _refused("POST")
        if request.scheme == "http" and self._redirects:
            return Reply(301, (("Location", self.setting.origin + request.path),), media_type="text/plain")
        reply = self._ordinary(request)
        return reply if request.method in {"GET", "HEAD"} or reply.status >= _ERROR else _refused("GET, HEAD")

    @property
    def _redirects(self) -> bool:
        return self.setting.origin.startswith("https:") and not self.setting.has("http-stays")

    def _ordinary(self, request: Request) -> Reply:
        address = urlsplit(request.path)
        path = unquote(address.path)
        if self.setting.has("home-down") and path in _HOME:
            return self._reply(request, replace(missing_page(self.setting), status=503))
        if path in _HOME and is_shown_spam(self.setting, request):
            return self._reply(request, page(self.setting, spam()))
        for fault_id, (paths, status) in _BROKEN.items():
            if self.setting.has(fault_id) and path.startswith(paths):
                return self._reply(request, replace(missing_page(self.setting), status=status))
        reply = self._reply(request, self._resource(path, address.query))
        slow = self.setting.has("home-slow") and path in _HOME
        return replace(reply, wait=SLOW_SECONDS) if slow else reply

    def _resource(self, path: str, query: str) -> Resource:
        action, field = self.setting.flavour.search
        if path == action:
            words = parse_qs(query, encoding=self.setting.site.encoding, errors="replace").get(field, [""])[0]
            return search_page(self.setting, words[:40])
        if path == DATA_PROXY and self.setting.has("freshness-list-jpage"):
            return data_proxy(self.setting, query)
        if self._resources is None:
            self._resources = resources(self.setting)
        return self._resources.get(f"{path}?{query}") or self._resources.get(path) or self._missing()

    def _missing(self) -> Resource:
        if self.setting.has("answers-everything"):
            return application(self.setting)
        page = missing_page(self.setting)
        return replace(page, status=200) if self.setting.has("soft-404") else page

    def _reply(self, request: Request, resource: Resource) -> Reply:
        headers = shields(self.setting, request, resource)
        if resource.location:
            headers = (*headers, ("Location", resource.location))
        if request.scheme == "https" and not self.setting.has("hsts-missing"):
            age = _SHORT_HSTS if self.setting.has("hsts-short") else _HSTS
            headers = (*headers, ("Strict-Transport-Security", age))
        return Reply(
            resource.status,
            headers,
            resource.body,
            resource.media_type,
            resource.modified,
            server=server(self.setting),
        )

    def offline(self, request: Request) -> Reply:
        """The notice of a temporary shutdown."""
        return self._reply(request, offline_page(self.setting))

    def under_maintenance(self, request: Request) -> Reply | None:
        """One notice for every address of the site, with a status that says all is well; HTTPS stays as it was."""
        if request.scheme == "http" and self._redirects:
            return None
        return self._reply(request, Resource(_MAINTENANCE.encode(), "text/html", self.setting.now))


def _refused(allowed: str) -> Reply:
    return Reply(405, (("Allow", allowed),), media_type="text/plain")


def _challenge(fault_id: str) -> Callable[[Hosted, Request], Answer | None]:
    return lambda _, request: None if passes(fault_id, request) else CHALLENGES[fault_id]


def _webblock(hosted: Hosted, _: Request) -> Answer:
    location = f"https://dnspod.qcloud.com/static/webblock.html?d={hosted.setting.site.host}"
    return Reply(302, (("Location", location),))


_BEFORE: Mapping[str, Callable[[Hosted, Request], Answer | None]] = {
    "home-reset": lambda *_: Raw(ending="reset"),
    "home-silent": lambda *_: Raw(ending="hold"),
    "filing-block": lambda *_: Reply(403, (), _ALIYUN_BLOCK.encode(), server="Beaver"),
    "filing-block-redirect": _webblock,
    **{fault_id: _challenge(fault_id) for fault_id in CHALLENGES},
    "offline-announced": Hosted.offline,
    "maintenance-page": Hosted.under_maintenance,
}
"""Fault id → how everything is answered, whatever was asked for; None lets the request through."""

HANDLED = (
    frozenset(_BEFORE)
    | set(_BROKEN)
    | SHIELDS
    | {
        "home-down",
        "answers-everything",
        "cloaked",
        "home-slow",
        "soft-404",
        "http-stays",
        "hsts-missing",
        "hsts-short",
    }
)
"""The faults that this module makes happen."""
