import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import ConfigError
from xuncha.metadata import BadPlaceholder, Role, from_json, load_checks, placeholders, to_json
from xuncha.model.outcome import Severity, Weight
from xuncha.model.site import Mode
from xuncha.model.text import Text

GOOD = """\
plugin:
  title: {zh: 可用性, en: Availability}
  version: "1"
checks:
  demo.home-opens:
    version: 2
    severity: high
    suggests: {items: ["2.1"], weight: major}
    title: {zh: 首页能够打开, en: The home page opens}
    rationale: {zh: 公众从首页进入。, en: Citizens enter by it.}
    remediation:
      - {role: operations, zh: 检查服务器。, en: Look at the server.}
    references:
      - {title: 检查指标, number: 国办秘函〔2019〕19号, confidence: verified}
    messages:
      not-opened: {zh: "{url} 打不开", en: "{url} does not open"}
"""


@pytest.fixture
def faults(written, lines_of):
    def of(old, new):
        assert old in GOOD
        return lines_of(load_checks, written(GOOD.replace(old, new), "checks.yaml"))

    return of


def test_metadata_becomes_values(written):
    check = load_checks(written(GOOD)).checks["demo.home-opens"]
    assert (check.id, check.version, check.severity, check.requires) == (
        "demo.home-opens",
        "2",
        Severity.HIGH,
        Mode.PASSIVE,
    )
    assert (check.suggested_items, check.suggested_weight) == (("2.1",), Weight.MAJOR)
    assert check.text.messages["not-opened"] == Text("{url} 打不开", "{url} does not open")
    assert check.text.remediation[0].role is Role.OPERATIONS


def test_metadata_survives_the_snapshot(written):
    meta = load_checks(written(GOOD))
    assert from_json(to_json(meta)) == meta


def test_both_languages_are_mandatory(faults):
    (line,) = faults(", en: The home page opens}", "}")
    assert "checks.demo.home-opens.title.en: is missing" in line


def test_a_blank_text_is_no_text(faults):
    assert "must not be empty" in faults("zh: 首页能够打开", 'zh: " "')[0]


def test_placeholders_of_both_languages_must_agree(faults):
    (line,) = faults("{url} does", "{address} does")
    assert "checks.yaml:16:19: " in line
    assert "zh and en disagree in placeholders: address, url" in line


@pytest.mark.parametrize("bad", ["{url.host}", "{url!r}", "{url:>9}", "{0}", "{}", "{url[0]}", "{url", "url}"])
def test_placeholders_are_plain_names(bad):
    with pytest.raises(BadPlaceholder):
        placeholders(bad)


def test_doubled_braces_are_text():
    assert placeholders("{{x}} {url}") == {"url"}


@given(st.text(max_size=60))
def test_any_message_has_placeholders_or_is_refused(message):
    try:
        found = placeholders(message)
    except BadPlaceholder:
        return
    assert message.format(**dict.fromkeys(found, "")) is not None


def test_unknown_keys_are_refused_with_the_nearest(faults):
    (line,) = faults("    severity: high", "    severity: high\n    titel: x")
    assert "checks.yaml:8:5: checks.demo.home-opens.titel: unknown name (did you mean title?)" in line


def test_an_id_without_its_plugin_is_refused(faults):
    assert "does not have the form" in faults("demo.home-opens", "home_opens")[0]


def test_an_unknown_role_names_the_roles(faults):
    assert "did you mean operations?" in faults("role: operations", "role: operation")[0]


def test_an_alias_of_a_living_check_is_refused(faults):
    (line,) = faults("    severity: high", "    severity: high\n    aliases: [demo.home-opens]")
    assert "alias demo.home-opens is taken" in line


def test_an_empty_file_is_refused(written):
    with pytest.raises(ConfigError, match="should be a mapping of names to values"):
        load_checks(written(""))
