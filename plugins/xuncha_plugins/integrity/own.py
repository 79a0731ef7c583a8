"""What an office adds to its own pages from other hosts, told by what the pages say of it."""

import re

from xuncha.api import Change, ChangeKind, ending_of, host_of, is_shared, owner_of_host, registrable
from xuncha_plugins.integrity.comparing import Pair, View
from xuncha_plugins.integrity.hosts import is_media, is_odd
from xuncha_plugins.integrity.ordinary import telling_words

_ARCHIVES = frozenset(("7z", "rar", "zip"))
_APPS = frozenset(("apk", "ipa"))
_APP = re.compile("app|客户端|移动端|手机版", re.IGNORECASE)
_LEAST_NAME = 4
_MEDIA = frozenset(("tv", "gd", "rtv", "gbtv", "news", "daily", "rb", "media", "rm", "rmt", "fm", "radio"))
"""How the domains of local broadcasters and papers go on after the place's name."""


def is_ordinary(change: Change, pair: Pair, view: View) -> bool:
    """Whether a download, a picture or a frame is what offices add every day; never a script or a form."""
    if change.kind in (ChangeKind.FRAME, ChangeKind.BANNER) and is_media(change.host):
        return True
    if is_odd(change.host):
        return False
    if change.kind is ChangeKind.FRAME:
        return _is_own_media(change.host, view)
    if change.kind is ChangeKind.DOWNLOAD:
        return not change.before and (ending_of(change.now) in _ARCHIVES or _is_own_app(change, pair, view))
    return change.kind is ChangeKind.BANNER and (_is_own_storage(change.host, view) or _is_linked_banner(change, pair))


def _is_own_app(change: Change, pair: Pair, view: View) -> bool:
    """An app for mobile phones, offered in words that name it so and name the office."""
    if ending_of(change.now) not in _APPS:
        return False
    offers = (post.text for post in pair.now.abroad or () if post.host == change.host and _APP.search(post.text))
    return any(telling_words(words) & view.office for words in offers)


def _is_own_storage(host: str, view: View) -> bool:
    """A place among everybody's files that bears the name of the office's domain."""
    names = {registrable(host_of(url)).partition(".")[0] for url in view.site.urls}
    return is_shared(host) and any(len(name) >= _LEAST_NAME and name in host.partition(".")[0] for name in names)


def _is_own_media(host: str, view: View) -> bool:
    """The place's broadcaster or paper: its domain begins like the office's, and goes on as such do."""
    label = registrable(host).partition(".")[0]
    names = {registrable(host_of(url)).partition(".")[0] for url in view.site.urls}
    return any(len(name) >= _LEAST_NAME and label.removeprefix(name) in _MEDIA for name in names)


def _is_linked_banner(change: Change, pair: Pair) -> bool:
    """A picture beside the page's own, which are all there, of a website to which the page now leads: a campaign."""
    kept = (pair.now.picture_hosts or ()).count("") >= max((pair.before.picture_hosts or ()).count(""), 1)
    owner = owner_of_host(change.host)
    return kept and any(owner_of_host(host) == owner for host in pair.now.hosts)
