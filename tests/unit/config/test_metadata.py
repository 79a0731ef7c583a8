import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import ConfigError
from xuncha.guidance.explaining import Explanation
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


def test_the_problem_is_what_a_failure_is_called(written):
    named = GOOD.replace("    rationale:", "    problem: {zh: 首页打不开, en: Closed home page}\n    rationale:")
    assert load_checks(written(named)).checks["demo.home-opens"].text.wrong == Text("首页打不开", "Closed home page")


def test_a_snapshot_from_before_there_were_problems_can_be_read(written):
    old = to_json(load_checks(written(GOOD))).replace(b',"problem":null', b"")
    assert from_json(old).checks["demo.home-opens"].text.wrong.en == "Not so: “The home page opens”"


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


def explained(by):
    return f"    severity: high\n    explained_by: [{by}]"


def test_a_check_says_which_findings_explain_its_own(written):
    text = explained("{check: other.check, same: address, theirs: [down]}")
    (check,) = load_checks(written(GOOD.replace("    severity: high", text))).checks.values()
    assert check.explained_by == (Explanation("other.check", "address", theirs=("down",)),)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("{check: other.check, same: somewhere}", "explained_by[1].same"),
        ("{check: other.check, same: '{address}'}", "no message has the parameter {address}"),
        ("{check: other.check, same: site, messages: [no-such]}", "there is no message no-such"),
        ("{check: demo.home-opens, same: site}", "the checks explain each other in a circle"),
    ],
)
def test_an_explanation_that_cannot_hold_is_refused(faults, by, said):
    (line,) = faults("    severity: high", explained(by))
    assert said in line


def test_an_empty_file_is_refused(written):
    with pytest.raises(ConfigError, match="should be a mapping of names to values"):
        load_checks(written(""))


READY = """\
title: {zh: 关闭目录列表, en: No listings}
examples:
  - {written: /var/www/site, zh: 网站目录, en: the folder}
servers:
  apache:
    place: {zh: 放进主配置。, en: Into the main configuration.}
    text: |
      <Directory /var/www/site>
          Options -Indexes
      </Directory>
"""
GUIDED = GOOD.replace(
    "    severity: high\n",
    "    severity: high\n    effort: small\n    configurations: [listings]\n"
    "    recheck: {zh: 再看。, en: Look again.}\n",
)


@pytest.fixture
def guided(written, tmp_path):
    """What ``checks.yaml`` with a configuration of this text beside it says."""

    def of(ready):
        (tmp_path / "configurations").mkdir()
        (tmp_path / "configurations" / "listings.yaml").write_text(ready, encoding="utf-8")
        return load_checks(written(GUIDED, "checks.yaml"))

    return of


def test_effort_recheck_and_configurations_may_be_said(guided):
    meta = guided(READY)
    check = meta.checks["demo.home-opens"]
    assert (check.effort, check.text.recheck.en, check.configurations) == ("small", "Look again.", ("listings",))
    (snippet,) = meta.configurations["listings"].snippets
    assert (snippet.server, snippet.text.splitlines()[1]) == ("apache", "    Options -Indexes")


def test_configurations_survive_the_snapshot(guided):
    meta = guided(READY)
    assert from_json(to_json(meta)) == meta


def test_a_configuration_that_is_not_there_is_named(written):
    with pytest.raises(ConfigError, match=r"configurations/listings\.yaml"):
        load_checks(written(GUIDED, "checks.yaml"))


def test_an_example_that_stands_in_no_text_is_a_fault(guided):
    with pytest.raises(ConfigError, match="no text has this example"):
        guided(READY.replace("written: /var/www/site", "written: /srv"))


def test_an_unknown_server_is_a_fault(guided):
    with pytest.raises(ConfigError, match=r"listings\.yaml:5:"):
        guided(READY.replace("apache:", "lighttpd:"))


def test_a_line_that_no_page_holds_is_a_fault(guided):
    with pytest.raises(ConfigError, match="longer than"):
        guided(READY.replace("-Indexes", "-" * 300))
