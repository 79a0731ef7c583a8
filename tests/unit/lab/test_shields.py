"""The headers of the lab's sites: careful ones, and what each fault makes of them."""

from datetime import datetime

import pytest

from xuncha.lab import CLEAN, identity
from xuncha.lab.hosting import Hosted
from xuncha.lab.layout import Setting
from xuncha.lab.messages import Request
from xuncha.lab.shields import HANDLED, INTERACTIVE
from xuncha.model.clock import SHANGHAI

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=SHANGHAI)


def reply(*faults, path="/"):
    site = CLEAN.having(*faults)
    true = identity.true_identity(site, site, "https://www.shili.gov.example/", "https://{}".format)
    setting = Setting(
        site, identity.shown_identity(true, site.faults), "https://www.shili.gov.example", NOW, "https://{}".format
    )
    return Hosted(setting).answer(Request("https", site.host, "GET", path, (), keeps_alive=True))


@pytest.mark.parametrize("fault", sorted(HANDLED))
def test_a_fault_changes_the_headers(fault):
    path = f"{INTERACTIVE}index.html"
    careful, careless = reply(path=path), reply(fault, path=path)
    assert (careless.server, careless.headers) != (careful.server, careful.headers)


def test_pages_say_who_may_frame_them_and_whose_scripts_run():
    headers = dict(reply().headers)
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_only_the_interactive_part_sets_a_cookie():
    assert "Set-Cookie" not in dict(reply().headers)
    assert "Secure; HttpOnly; SameSite=Lax" in dict(reply(path=f"{INTERACTIVE}index.html").headers)["Set-Cookie"]


def test_files_are_taken_for_what_they_are():
    headers = dict(reply(path="/style/site.css").headers)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers
