import gzip
import io
import json
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml

from xuncha.model.outcome import Severity
from xuncha.model.site import Mode
from xuncha.rules.format import read_rules
from xuncha.rules.matching import Held
from xuncha.rules.model import At
from xuncha.rules.schema import FILE, schema


def test_a_rule_becomes_a_value(read):
    rule = read()
    assert (rule.id, rule.check, rule.name) == ("demo.git-head", "demo.version-control", "git-head")
    assert (rule.severity, rule.requires, rule.request.at) == (Severity.HIGH, Mode.PROBE, At.ROOT)


def test_its_proof_holds_for_its_content(read, answer):
    assert read().proof.match(answer("ref: refs/heads/main")) == (Held("status", "200"), Held("regex", "ref: refs/"))


def test_every_kind_of_condition_can_be_written(read, answer):
    proof = """{all: [{any_word: [a, b]}, {word: [A], ignore_case: true}, {bytes: {hex: "61", at: 0}} ]}"""
    proof = proof.replace('"61"', '"6162"')
    more = (
        "{header: {name: server, has: [x]}}, {size: {most: 9}}, {not: {word: [z]}}, {any: [{word: [q]}, {word: [a]}]}"
    )
    rule = read(("{all: [{status: [200]}, {regex: '\\Aref: refs/'}]}", proof.replace(" ]}", f", {more}]}}")))
    assert rule.proof.match(answer("abc", server="X"))
    assert rule.proof.match(answer("abcz", server="X")) is None


def test_what_a_person_must_look_at_is_a_question(read):
    assert read(("severity: high", "severity: high\n    outcome: manual")).manual
    assert not read().manual


def test_a_condition_may_look_into_an_archive(read, answer):
    within = "{regex: '(?m)\\.php$', part: entries}, {regex: 'CREATE TABLE', part: unpacked}"
    into, text = (part.match for part in read(("{regex: '\\Aref: refs/'}", within)).proof.parts[1:])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("index.php", "")
    assert into(answer(packed.getvalue()))
    assert into(answer("index.php")) is None
    assert text(answer(gzip.compress(b"CREATE TABLE a")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity: high", "severity: high\n    outcome: pass", "not an allowed value"),
        ("{regex: '\\Aref: refs/'}", "{status: [200]}", "proves nothing"),
        ("{regex: '\\Aref: refs/'}", "{word: [started]}", "one ordinary word"),
        ("{regex: '\\Aref: refs/'}", "{any_word: [身份证, 手机号码]}", "one ordinary word"),
        ("{regex: '\\Aref: refs/'}", "{regex: 'a+b'}", "upper bound"),
        ("{regex: '\\Aref: refs/'}", "{wrod: [x]}", "did you mean word"),
        ("{status: [200]}", "{status: [200], word: [x]}", "exactly one kind"),
        ("{status: [200]}", "{status: [200], part: title}", "part goes with"),
        ("{status: [200]}", "{header: {name: server}}", "has or lacks"),
        ("requests: 1", "requests: 2", "requests must be 1"),
        ('"/.git/HEAD"', '".git/HEAD"', "must start with /"),
        ('"/.git/HEAD"', '"/../HEAD"', "must start with /"),
        ('"/.git/HEAD"', '"/{path}"', "placeholders are"),
        ('"/.git/HEAD"', '"/a{context}/b"', "must start with"),
        ('["/.git/HEAD"]', '["{context}/.env"], at: folders', "must start with /"),
        ('"/.git/HEAD"', '"/actuator/shutdown"', "must not ask for something to be done"),
        ('["/.git/HEAD"]', '["/.git/HEAD"], method: HEAD', "not an allowed value"),
        ('["/.git/HEAD"]', '["/.git/HEAD"], headers: {cookie: a}', "never send cookie"),
        ("requests: 1", "requests: 1\n    requires: passive", "not an allowed value"),
        ('["/.git/HEAD"]', '["/.git/HEAD"], at: pages', "must start with {path}"),
        ('["/.git/HEAD"]', '["/.git/HEAD"], suffixes: [js]', "suffixes go with"),
        ("id: demo.git-head", "id: Git Head", "demo"),
        (", en: A repository can be downloaded", "", "en: is missing"),
        ("    licence: Apache-2.0\n", "", "licence: is missing"),
        ("      negative:", "      negatives:", "negative"),
        ("origin: own", "origin: {title: x, url: ftp://x}", "origin"),
    ],
)
def test_a_fault_is_named_at_its_place(faults, old, new, said):
    lines = faults((old, new))
    assert any(said in line for line in lines) or said == "demo"
    assert all(".yaml:" in line for line in lines)


def test_a_faulty_rule_is_not_told_as_a_missing_one(faults):
    assert len(faults(("severity: high", "severity: hoch"))) == 1


def test_an_id_stands_once(rule_file, lines_of):
    folder = rule_file(name="a.yaml").parent
    rule_file(name="b.yaml")
    (line,) = lines_of(read_rules, folder)
    assert "demo.git-head" in line
    assert "a.yaml too" in line


def test_files_of_a_folder_are_read_by_name(rule_file):
    rule_file(("demo.git-head", "demo.second"), name="b.yaml")
    folder = rule_file(name="a.yaml").parent
    assert [rule.id for rule in read_rules(folder)] == ["demo.git-head", "demo.second"]


def test_the_schema_for_editors_is_current():
    assert FILE.read_text("utf-8") == schema()


def test_the_schema_allows_what_is_right_and_refuses_a_typo(text):
    validator = jsonschema.Draft202012Validator(json.loads(Path(FILE).read_text("utf-8")))
    assert validator.is_valid(yaml.safe_load(text))
    assert not validator.is_valid(yaml.safe_load(text.replace("severity", "severe")))
