"""What an office adds to its own pages from other hosts, told by what the pages say of it."""

import re

from xuncha.api import Change, ChangeKind, ending_of, host_of, is_shared, owner_of_host, registrable
from xuncha_plugins.integrity.comparing import Pair, View
from xuncha_plugins.integrity.hosts import is_odd
from xuncha_plugins.integrity.ordinary import telling_words

_ARCHIVES = frozenset(("7z", "rar", "zip"))
_APPS = frozenset(("apk", "ipa"))
_APP = re.compile("app|客户端|移动端|手机版", re.IGNORECASE)
_LEAST_NAME = 4


def is_ordinary(change: Change, pair: Pair, view: View) -> bool:
    """Whether a download or a picture is what offices add every day; never a script, a frame or a form."""
    if is_odd(change.host):
        return False
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


def _is_linked_banner(change: Change, pair: Pair) -> bool:
    """A picture beside the page's own, which are all there, of a website to which the page now leads: a campaign."""
    kept = (pair.now.picture_hosts or ()).count("") >= max((pair.before.picture_hosts or ()).count(""), 1)
    owner = owner_of_host(change.host)
    return kept and any(owner_of_host(host) == owner for host in pair.now.hosts)
