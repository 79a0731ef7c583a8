import json
import re
import subprocess
import sys

import pytest

from xuncha.config.errors import ConfigError, WorkspaceError
from xuncha.inventory import read_authorisations, read_inventory
from xuncha.lock import writing
from xuncha.workspace import create, find, state_folder

ANSWERS = {"office": "区电政办", "telephone": "0532-8591"}


@pytest.fixture
def workspace(tmp_path):
    return create(tmp_path / "区", **ANSWERS, authorisation="青〔2026〕1号", address="192.0.2.1")


def test_a_new_workspace_has_its_parts(workspace):
    names = {path.name for path in workspace.folder.iterdir()}
    assert names == {"xuncha.yaml", "sites.csv", "authorisations.yaml", "evidence", "runs"}


def test_a_workspace_is_found_from_below(workspace):
    assert find(workspace.runs) == workspace


def test_the_answers_are_read_back_whatever_is_in_them(tmp_path):
    made = create(tmp_path, office='区"电政办": #1', telephone="05328591")
    assert find(tmp_path).settings == made.settings


def test_without_a_workspace_the_state_folder_serves(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    found = find(tmp_path)
    assert (found.folder, found.made) == (tmp_path / "state" / "xuncha", False)


def test_a_relative_state_folder_is_not_believed(monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "here")
    assert state_folder().is_absolute()


def test_the_template_opens_in_excel_and_wps(workspace):
    content = workspace.sites.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content


def test_the_template_reads_once_a_row_is_added(workspace):
    with workspace.sites.open("a", encoding="utf-8") as file:
        file.write("民政局,http://mzj.example.cn/\r\n")
    inventory = read_inventory(workspace.sites)
    assert ([site.name for site in inventory.sites], inventory.problems, inventory.notes) == (["民政局"], (), ())


def test_a_template_as_it_was_made_has_no_sites_yet(workspace):
    with pytest.raises(ConfigError) as caught:
        read_inventory(workspace.sites)
    assert "no site has been filled in yet" in caught.value.lines("en")[0]


def test_the_templates_have_what_the_advice_sends_people_to(workspace):
    assert "所在网络" in workspace.sites.read_text("utf-8-sig")
    assert {"ignore_robots", "robots_decision"} <= set(
        re.findall("[a-z_]+", workspace.authorisations.read_text("utf-8"))
    )


def test_the_example_in_the_template_is_a_good_row(workspace):
    workspace.sites.write_text(workspace.sites.read_text("utf-8-sig").replace("# ", ""), "utf-8")
    assert not read_inventory(workspace.sites).problems


def test_the_named_document_becomes_a_paper_without_powers(workspace):
    paper = read_authorisations(workspace.authorisations)["main"]
    assert (paper.document, paper.modes) == ("青〔2026〕1号", ("passive",))


def test_files_that_are_there_are_kept(tmp_path):
    (tmp_path / "sites.csv").write_text("mine", "utf-8")
    create(tmp_path, **ANSWERS)
    assert (tmp_path / "sites.csv").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"office": " "}, "the office's name is needed"),
        ({"telephone": "none"}, "a telephone number is needed"),
        ({"address": "here"}, "not an IP address"),
    ],
)
def test_answers_that_are_none_are_refused(tmp_path, answers, said):
    with pytest.raises(WorkspaceError, match=said):
        create(tmp_path / "new", **(ANSWERS | answers))


def test_a_workspace_is_not_made_twice(workspace):
    with pytest.raises(WorkspaceError, match="a workspace already"):
        create(workspace.folder, **ANSWERS)


def test_a_typo_in_the_settings_is_told(workspace):
    (workspace.folder / "xuncha.yaml").write_text("offcie: x", "utf-8")
    with pytest.raises(ConfigError, match=r"xuncha.yaml:1:1: offcie: unknown name \(did you mean office\?\)"):
        find(workspace.folder)


HOLDS = """
import sys
from pathlib import Path
from xuncha.lock import writing
with writing(Path(sys.argv[1]), "scan"):
    print(flush=True)
    input()
"""


def test_a_second_writer_is_told_who_is_first(workspace):
    with subprocess.Popen([sys.executable, "-c", HOLDS, workspace.folder], stdin=-1, stdout=-1) as first:
        first.stdout.readline()
        with pytest.raises(WorkspaceError, match=rf"process {first.pid} \(scan on"), writing(workspace.folder, "x"):
            pass
        first.kill()


def test_the_lock_goes_with_its_holder(workspace):
    with writing(workspace.folder, "first"):
        pass
    with writing(workspace.folder, "second"):
        assert json.loads((workspace.folder / ".lock").read_bytes())["what"] == "second"
