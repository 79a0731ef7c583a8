import json

import pytest

from xuncha.cli.output import show_entry, show_table
from xuncha.model.folding import cells

FIELDS = {"id", "title", "severity", "rationale", "remediation", "references"}


def as_json(ran):
    assert ran.code == 0
    return json.loads(ran.out)


def test_the_list_of_checks_has_what_a_program_wants(xuncha, known):
    listed = as_json(xuncha("check", "list", "--format", "json"))
    assert [one["id"] for one in listed] == [entry.id for entry in known.checks]
    assert all(one.keys() >= FIELDS for one in listed)


def test_the_texts_of_every_check_are_there_in_both_languages(xuncha):
    for one in as_json(xuncha("check", "list", "--format", "json")):
        texts = [
            one["title"],
            one["rationale"],
            *(step["text"] for step in one["remediation"]),
            *one["messages"].values(),
        ]
        assert all(text["zh"] and text["en"] for text in texts), one["id"]


def test_the_table_of_checks_names_every_check(xuncha, known, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    out = xuncha("check", "list").out
    assert [entry.id for entry in known.checks if entry.id not in out] == []


def test_a_check_as_json_is_as_in_the_list(xuncha):
    shown = as_json(xuncha("check", "show", "links.empty", "--format", "json"))
    listed = as_json(xuncha("check", "list", "--format", "json"))
    assert shown in listed


def test_a_check_is_shown_with_its_id_and_what_to_do(xuncha):
    ran = xuncha("check", "show", "links.empty")
    assert ran.out.startswith("links.empty")
    assert "\n- " in ran.out


def test_the_built_in_profiles_are_listed(xuncha):
    listed = as_json(xuncha("profile", "list", "--format", "json"))
    assert {"quick", "notice", "deep"} <= {one["id"] for one in listed}


def test_the_table_of_profiles_is_as_complete(xuncha):
    out = xuncha("profile", "list").out
    assert all(name in out for name in ("quick", "notice", "deep"))


def test_a_check_is_shown_with_its_effort_and_how_it_is_rechecked(xuncha):
    shown = xuncha("check", "show", "tls.hsts").out
    assert all(words in shown for words in ("工作量：小（几小时）", "如何复查：", "--server nginx"))


def test_a_configuration_is_printed_for_the_server_that_is_asked_for(xuncha):
    shown = xuncha("check", "show", "tls.protocols", "--server", "apache").out
    assert "SSLProtocol -all +TLSv1.2 +TLSv1.3" in shown
    assert "ssl_session_cache" not in shown


def test_a_profile_shows_every_number_with_its_basis(xuncha, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    lines = xuncha("profile", "show", "notice").out.splitlines()
    assert any("国办秘函〔2019〕19号" in line and " 20 " in line for line in lines)


def test_a_profile_as_json_is_valid_json(xuncha):
    assert as_json(xuncha("profile", "show", "quick", "--format", "json"))


@pytest.mark.parametrize("name", ["quick", "notice", "deep"])
def test_the_built_in_profiles_are_sound(xuncha, name):
    assert xuncha("profile", "validate", name).code == 0


def test_plugins_are_listed_with_where_they_come_from(xuncha):
    listed = as_json(xuncha("plugin", "list", "--format", "json"))
    assert {(one["name"], one["distribution"], one["admitted"], one["failure"]) for one in listed} == {
        (name, "xuncha", True, "") for name in ("availability", "links", "tls")
    }


def test_the_table_of_plugins_names_each(xuncha):
    ran = xuncha("plugin", "list")
    assert ran.code == 0
    assert all(name in ran.out for name in ("availability", "links", "tls"))


def test_a_table_folds_chinese_and_keeps_words_and_marks_together(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    show_table(["名称", "说明"], [["quick", "每站最多抓取 60 个页面，一般一分钟左右完成。"]])
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "名称   说明",
        "quick  每站最多抓取 60 个页",
        "       面，一般一分钟左右完",
        "       成。",
    ]


def test_a_basis_with_a_bare_number_is_named_by_its_title(xuncha, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    lines = xuncha("profile", "show", "notice").out.splitlines()
    assert not [line for line in lines if line.rstrip().endswith("参照 5.7")]
    assert any("5.7" in line and "Mozilla" in line for line in lines if "rsa_bits" in line)


def test_who_asks_for_an_unknown_check_is_sent_to_the_list(xuncha):
    ran = xuncha("check", "show", "nosuch")
    assert (ran.code, "xuncha check list" in ran.err) == (2, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_of_a_profile_is_wider_than_a_screen(xuncha, lang):
    lines = xuncha("--lang", lang, "profile", "show", "notice").out.splitlines()
    assert max(cells(line.rstrip()) for line in lines) <= 80


def test_a_column_of_ids_is_not_broken_where_others_can_be(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    show_table(["检查点", "不作为问题", "待进一步核实"], [["identity.accessibility", "0", "12（1/2）"]], whole=1)
    assert "identity.accessibility" in capsys.readouterr().out


def test_what_is_said_of_an_entry_is_as_wide_as_the_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    show_entry(["c1:1", "示例局", "站内链接都能打开"], ["文" * 30])
    first, *text = capsys.readouterr().out.splitlines()
    assert (first, text[0]) == ("c1:1  示例局  站内链接都能打开", "  " + "文" * 19)
