import pytest

from xuncha.metadata import load_checks

CHECKS = """\
plugin: {title: {zh: 示例, en: Demo}, version: "1", rules: rules.yaml}
checks:
  demo.version-control:
    severity: high
    title: {zh: 版本库没有公开, en: No repository lies open}
    rationale: {zh: 会泄露源码。, en: It leaks source.}
    remediation: [{role: operations, zh: 删除。, en: Delete it.}]
    messages:
      rule: {zh: "{title}：{url}。{advice}", en: "{title}: {url}.{advice}"}
"""


@pytest.fixture
def checks(rule_file):
    def load(*changes, written=CHECKS):
        path = rule_file(*changes).with_name("checks.yaml")
        path.write_text(written, "utf-8")
        return path

    return load


def messages(path):
    return load_checks(path).checks["demo.version-control"].text.messages


def test_a_check_speaks_for_each_of_its_rules(checks):
    assert {key: (text.zh, text.en) for key, text in messages(checks()).items()} == {
        "git-head": ("版本库可以下载：{url}。", "A repository can be downloaded: {url}.")
    }


def test_a_rule_may_advise(checks):
    advice = ("requests: 1", "requests: 1\n    advice: {zh: 请删除。, en: 'Delete {it}.'}")
    found = messages(checks(advice))["git-head"]
    assert found.zh == "版本库可以下载：{url}。请删除。"
    assert found.en.endswith(": {url}. Delete {{it}}.")


def test_without_a_template_the_rule_s_title_is_said(checks):
    template = """      rule: {zh: "{title}：{url}。{advice}", en: "{title}: {url}.{advice}"}\n"""
    written = CHECKS.replace(template, "      other: {zh: 另, en: other}\n")
    assert messages(checks(written=written))["git-head"].zh == "版本库可以下载：{url}。"


def test_a_rule_that_no_check_judges_is_an_error(checks, lines_of):
    (line,) = lines_of(load_checks, checks(("family: version-control", "family: backups")))
    assert "there is no check demo.backups" in line
    assert "demo.git-head" in line


def test_rules_that_are_not_there_are_named(checks, lines_of):
    written = CHECKS.replace("rules.yaml", "missing.yaml")
    assert "no such file" in lines_of(load_checks, checks(written=written))[0]
