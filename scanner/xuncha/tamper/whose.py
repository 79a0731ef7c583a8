"""Whose an address is: its registration's, or, where anybody may place files, that of whoever placed this one."""

from functools import lru_cache

from xuncha.model.hosts import host_of, registrable, upwards

_SHARED = frozenset((
    "github.io", "githubusercontent.com", "gitee.io", "gitlab.io", "pages.dev", "workers.dev", "r2.dev", "vercel.app",
    "netlify.app", "herokuapp.com", "web.app", "firebaseapp.com", "appspot.com", "blogspot.com", "readthedocs.io",
    "aliyuncs.com", "alicdn.net", "myqcloud.com", "tencentcos.cn", "tcloudbaseapp.com", "bcebos.com", "bcehost.com",
    "myhuaweicloud.com", "ksyuncs.com", "ksyun.com", "qiniucdn.com", "clouddn.com", "qnssl.com", "qbox.me",
    "upaiyun.com", "upcdn.net", "ctyunxs.cn", "ctyun.cn", "wscdns.com", "wsdvs.com",
    "chinanetcenter.com", "sinaapp.com", "127.net", "amazonaws.com", "cloudfront.net", "azureedge.net",
    "windows.net", "msecnd.net", "storage.googleapis.com",
))  # fmt: skip
"""Storage, pages and delivery for everybody's files: each name below these is somebody else's."""

_BY_PATH = frozenset(("cdn.jsdelivr.net", "unpkg.com", "gist.githubusercontent.com", "raw.githubusercontent.com"))
"""One name for everybody's files: whose they are is said by the path."""

_SEGMENTS = 2


def is_shared(host: str) -> bool:
    """Whether anybody may place files there, so that the name alone says nothing of whose they are."""
    return host in _BY_PATH or not _SHARED.isdisjoint(upwards(host))


@lru_cache(maxsize=4_096)
def owner_of(url: str) -> str:
    """What tells owners of addresses apart: a registration, a host, or a host and the beginning of its path.

    ``url`` is absolute, or a host after ``//``. Empty where there is no host.
    """
    host = host_of(url)
    if host in _BY_PATH:
        path = url.partition("//")[2].partition("/")[2].split("/")[:_SEGMENTS]
        return "/".join((host, *(segment.partition("@")[0] for segment in path if segment)))
    return host if is_shared(host) else registrable(host)


def owner_of_host(host: str) -> str:
    """The same of a host that is known without an address."""
    return owner_of(f"//{host}/") if host else ""
