import asyncio
from base64 import b64decode
from dataclasses import replace

import pytest

from xuncha.browser.interception import Interception
from xuncha.browser.limits import NORMAL
from xuncha.browser.pantry import Pantry
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason

HOME = "http://www.example.gov.cn/"
MAIN = "main-frame"


class Listener:
    """Chromium's end: what it was told, by request."""

    def __init__(self):
        self.told = {}

    def tell(self, method, _session, **said):
        self.told[said.pop("requestId")] = (method.removeprefix("Fetch."), said)

    async def ask(self, method, session, **said):
        self.tell(method, session, **said)

    def give_up(self, error):
        raise error


@pytest.fixture
def answered(planned_way):
    """What comes of requests, one after the other: what Chromium is told, what was sent, the traffic."""

    def run(answers, *requests, pantry=None, **limits):
        async def play():
            line, way = Listener(), planned_way(answers)
            traffic = Interception(line, way, pantry or Pantry(), replace(NORMAL, **limits), images=False, agent="a")
            traffic.main_frame = MAIN
            for request in requests:
                traffic.paused("s", request)
                await asyncio.gather(*traffic._tasks)
                await asyncio.sleep(0)  # for what is called when they are done
            return line.told, way.sent, traffic

        return asyncio.run(play())

    return run


def test_a_page_is_handed_in(answered, paused):
    told, _, traffic = answered({HOME: "<p>words"}, paused())
    method, said = told["r1"]
    assert (method, said["responseCode"], b64decode(said["body"])) == ("fulfillRequest", 200, b"<p>words")
    assert traffic.document.body == b"<p>words"


def test_a_document_goes_by_the_scope_and_a_script_by_the_address(answered, paused):
    _, sent, _ = answered({}, paused(), paused(HOME + "x.js", "Script", number="r2"))
    assert [options["inside"] for _, options in sent] == [True, False]


def test_a_refused_document_leaves_the_page_where_it_is(answered, paused):
    told, _, traffic = answered({"http://away.example/": Reason.OUT_OF_SCOPE}, paused("http://away.example/"))
    assert told["r1"][1]["responseCode"] == 204
    assert (traffic.trouble.reason, traffic.traffic.led_away) == (Reason.OUT_OF_SCOPE, ("http://away.example/",))


def test_a_refused_frame_stays_empty(answered, paused):
    told, _, _ = answered({"http://away.example/": Reason.OUT_OF_SCOPE}, paused("http://away.example/", frame="f"))
    assert (told["r1"][1]["responseCode"], told["r1"][1]["body"]) == (200, "")


def test_a_refused_script_fails(answered, paused):
    told, _, _ = answered({HOME + "x.js": Reason.ADDRESS_FORBIDDEN}, paused(HOME + "x.js", "Script"))
    assert told["r1"] == ("failRequest", {"errorReason": "BlockedByClient"})


def test_a_post_is_refused_before_anybody_is_asked(answered, paused):
    _, sent, traffic = answered({}, paused(method="POST"))
    assert (sent, traffic.traffic.refused[0].reason) == ([], Reason.METHOD_FORBIDDEN)


def test_a_redirect_is_handed_on_to_be_asked_for_anew(answered, paused):
    reply = Reply(HOME, HOME, 302, (("location", "/b"),), b"")
    told, _, traffic = answered({HOME: reply}, paused())
    assert {"name": "location", "value": HOME + "b"} in told["r1"][1]["responseHeaders"]
    assert traffic.document is None


def test_scripts_are_taken_from_the_pantry(answered, paused):
    pantry = Pantry()
    script = paused(HOME + "x.js", "Script")
    answered({}, script, pantry=pantry)
    _, sent, traffic = answered({}, script, pantry=pantry)
    assert (sent, traffic.traffic.reused) == ([], 1)


def test_data_is_asked_for_each_time(answered, paused):
    _, sent, _ = answered({}, paused(HOME + "d", "XHR"), paused(HOME + "d", "XHR", number="r2"))
    assert len(sent) == 2


def test_requests_are_counted_and_bounded(answered, paused):
    requests = [paused(f"{HOME}{number}", "XHR", number=str(number)) for number in range(5)]
    _, sent, traffic = answered({}, *requests, requests=3)
    assert (len(sent), traffic.traffic.refusals) == (3, ((Reason.BUDGET_REACHED, 2),))


def test_bytes_are_bounded(answered, paused):
    _, sent, _ = answered({HOME: "x" * 50}, paused(), paused(HOME + "d", "XHR", number="r2"), bytes=50)
    assert [options["max_bytes"] for _, options in sent] == [50]


def test_who_never_stops_asking_is_told_no_without_a_look(answered, paused):
    requests = [paused(method="POST", kind="XHR", number=str(number)) for number in range(5)]
    told, _, traffic = answered({}, *requests, refusals=2)
    assert (traffic.flooded, len(told), traffic.traffic.refusals) == (True, 5, ((Reason.METHOD_FORBIDDEN, 2),))


def test_a_file_to_save_is_no_document(answered, paused):
    reply = Reply(HOME, HOME, 200, (("content-type", "application/zip"),), b"PK")
    told, _, traffic = answered({HOME: reply}, paused())
    assert (told["r1"][1]["responseCode"], traffic.trouble.reason) == (204, Reason.DOCUMENT_UNSUPPORTED)
