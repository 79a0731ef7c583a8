"""Requests as Chromium tells of them, and a way out that plays planned answers."""

import pytest

from xuncha.browser.policy import read_request
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason

MAIN = "main-frame"
HOME = "http://www.example.gov.cn/"


@pytest.fixture
def paused():
    """The parameters of a ``Fetch.requestPaused``."""

    def make(url=HOME, kind="Document", *, method="GET", frame=MAIN, number="r1", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {
            "requestId": number,
            "resourceType": kind,
            "frameId": frame,
            "request": {"url": url, "method": method, "headers": named},
        }

    return make


@pytest.fixture
def asked(paused):
    """The same, read."""
    return lambda *args, **options: read_request(paused(*args, **options), MAIN)


class PlannedWay:
    """Answers by URL: a reply or a reason."""

    def __init__(self, answers):
        self.answers = answers
        self.sent = []

    def contains(self, url):
        return url.startswith(HOME)

    def agent(self, browser):
        return f"{browser} Xuncha"

    async def browse(self, url, **options):
        self.sent.append((url, options))
        answer = self.answers.get(url, "")
        if isinstance(answer, Reason):
            raise NetError(answer, url)
        if isinstance(answer, Reply):
            return answer
        return Reply(url, url, 200, (("content-type", "text/html"),), answer.encode())


@pytest.fixture
def planned_way():
    return PlannedWay
