"""What goes wrong around a command is told in a sentence, with a code that programs can tell apart."""

import io


def test_init_without_anybody_to_answer_names_the_options(xuncha, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("区电政办\n"))
    ran = xuncha("init", tmp_path / "new", "--address", "")
    assert ran.code == 2
    assert "--telephone" in ran.err
    assert "--office" not in ran.err
    assert "--address" not in ran.err
    assert not (tmp_path / "new").exists()


def test_a_manifest_that_was_removed_is_named(xuncha, scanned):
    (scanned / "manifest.json").unlink()
    ran = xuncha("run", "verify")
    assert (ran.code, ran.out) == (1, "missing: manifest.json\n")
