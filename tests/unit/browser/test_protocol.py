import asyncio
import json

import pytest

from xuncha.browser import protocol
from xuncha.browser.errors import BrowserError, CommandError
from xuncha.browser.protocol import Line
from xuncha.model.reasons import Reason


class Wire:
    """The end that writes; answers by method."""

    def __init__(self, line, answers):
        self.line, self.answers, self.said = line, answers, []

    def write(self, data):
        message = json.loads(data.removesuffix(b"\0"))
        self.said.append(message)
        answer = self.answers.get(message["method"])
        if answer is not None:
            self.line.data_received(json.dumps({"id": message["id"], **answer}).encode() + b"\0")

    def close(self):
        pass


def spoken(talk, answers=None):
    """What ``talk(line, wire)`` gives, with the events heard."""

    async def run():
        heard = []
        line = Line(lambda *event: heard.append(event))
        wire = Wire(line, answers or {})
        line.attach(wire, wire)
        found = talk(line, wire)
        return (await found if asyncio.iscoroutine(found) else found), heard, line

    return asyncio.run(run())


def test_a_question_gets_its_answer():
    found, _, _ = spoken(lambda line, _: line.ask("A.b", "s", x=1), {"A.b": {"result": {"y": 2}}})
    assert found == {"y": 2}


def test_a_refused_command_is_an_error_of_its_own():
    with pytest.raises(CommandError, match="not for you"):
        spoken(lambda line, _: line.ask("A.b"), {"A.b": {"error": {"message": "not for you"}}})


def test_silence_is_an_error_too():
    with pytest.raises(CommandError, match="no answer"):
        spoken(lambda line, _: line.ask("A.b", within=0.01))


def test_events_are_heard_however_they_are_cut():
    message = json.dumps({"method": "M.e", "params": {"a": "字"}, "sessionId": "s"}).encode() + b"\0"
    _, heard, _ = spoken(lambda line, _: [line.data_received(message[at : at + 1]) for at in range(len(message))])
    assert heard == [("s", "M.e", {"a": "字"})]


@pytest.mark.parametrize("said", [b"nonsense\0", b"[]\0", b'{"params":1}\0', b"\xff\xfe\0"])
def test_what_is_not_understood_ends_the_conversation(said):
    _, _, line = spoken(lambda line, _: line.data_received(said))
    assert line.lost.result().gap.reason is Reason.BROWSER_FAILED


def test_who_says_too_much_is_not_listened_to(monkeypatch):
    monkeypatch.setattr(protocol, "MAX_SAID", 10)
    _, _, line = spoken(lambda line, _: line.data_received(b"x" * 11))
    assert line.lost.result().gap.reason is Reason.RENDER_TOO_HEAVY


def test_an_end_ends_every_question():
    async def lose(line):
        asking = asyncio.ensure_future(line.ask("A.b"))
        asyncio.get_running_loop().call_soon(line.connection_lost, None)
        return await asyncio.gather(asking, return_exceptions=True)

    (found,), _, _ = spoken(lambda line, _: lose(line))
    assert isinstance(found, BrowserError)


def test_after_the_end_nothing_is_asked():
    async def ask(line):
        line.close()
        line.tell("A.b")
        return await line.ask("A.b")

    with pytest.raises(BrowserError):
        spoken(lambda line, _: ask(line))
