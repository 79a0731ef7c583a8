import pytest

from xuncha.config.errors import ConfigError
from xuncha.model.outcome import Severity
from xuncha.model.text import Text
from xuncha.rules import matching
from xuncha.rules.format import read_rules
from xuncha.rules.model import Request, Rule
from xuncha.rules.response import response

RULE = """\
rules:
  - id: demo.git-head
    family: version-control
    severity: high
    title: {zh: 版本库可以下载, en: A repository can be downloaded}
    requests: 1
    request: {paths: ["/.git/HEAD"]}
    proof: {all: [{status: [200]}, {regex: '\\Aref: refs/'}]}
    licence: Apache-2.0
    origin: own
    confidence: synthetic
    tests:
      positive: [{body: "ref: refs/heads/main\\n"}]
      negative: [{body: "<html>ref: refs/heads/main</html>"}]
"""


@pytest.fixture
def lines_of():
    """The English lines of the error that a call raises."""

    def call(function, *args):
        with pytest.raises(ConfigError) as caught:
            function(*args)
        return caught.value.lines("en")

    return call


@pytest.fixture
def text():
    """A file with one sound rule."""
    return RULE


@pytest.fixture
def rule_file(tmp_path):
    """Writes a file of rules; ``changes`` are pairs of what is replaced in the sound one."""

    def write(*changes, name="rules.yaml"):
        words = RULE
        for old, new in changes:
            assert old in words
            words = words.replace(old, new)
        path = tmp_path / name
        path.write_text(words, "utf-8")
        return path

    return write


@pytest.fixture
def read(rule_file):
    """The one rule of such a file."""
    return lambda *changes: read_rules(rule_file(*changes))[0]


@pytest.fixture
def faults(rule_file, lines_of):
    """What is wrong with such a file."""
    return lambda *changes: lines_of(read_rules, rule_file(*changes))


@pytest.fixture
def answer():
    """An answer as rules see it."""

    def make(body="", status=200, **headers):
        data = body.encode() if isinstance(body, str) else body
        return response(status, tuple((name.replace("_", "-"), value) for name, value in headers.items()), data)

    return make


@pytest.fixture
def rule():
    """A rule that finds the word SECRET."""

    def make(*paths, name="demo.secret", family="secrets", severity=Severity.HIGH, word="SECRET", **request):
        return Rule(
            id=name,
            family=family,
            severity=severity,
            title=Text("泄露", "Leaked"),
            request=Request(paths or ("/secret.txt",), **request),
            proof=matching.AllOf((matching.StatusIs(frozenset({200})), matching.Words((word,)))),
        )

    return make
