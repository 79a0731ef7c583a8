import pytest

from xuncha.config.errors import InvalidError
from xuncha.crawl.signature_files import FILES, load_signatures, read_signatures, signature_folders

GOOD = """\
kind: challenge
signatures:
- id: one
  name: {zh: 一, en: One}
  provider: 某厂商
  match: {all: [{status: [403]}, {body: "x+"}]}
  samples: [{status: 403, headers: {set-cookie: [a=1, b=2]}, body: xx}]
"""


def read(tmp_path, text):
    path = tmp_path / "challenges.yaml"
    path.write_text(text)
    return read_signatures(path)


def test_a_signature_becomes_values(tmp_path):
    (one,) = read(tmp_path, GOOD)
    assert (one.mark, one.name.zh, one.provider, one.confidence) == ("challenge:one", "一", "某厂商", "high")
    assert one.samples[0].reply().headers[1:] == (("set-cookie", "a=1"), ("set-cookie", "b=2"))


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('body: "x+"', 'body: "(x"', "challenges.yaml:6", "not a regular expression"),
        ("status: [403]", "status: [403], text: y", "challenges.yaml:6", "one key to a condition"),
        ("status: [403]", "header: server", "challenges.yaml:6", "header with matches"),
        ("{status: [403]}, ", "", "challenges.yaml:6", "needs a cheaper condition"),
        ("kind: challenge", "kind: chalenge", "challenges.yaml:1", "allowed"),
        ("provider: 某厂商", "provided: 某厂商", "challenges.yaml:5", "unknown name"),
        ("zh: 一, ", "", "challenges.yaml:4", "missing"),
        ("id: one", "id: One!", "challenges.yaml:3", "form"),
        ("status: [403]", "status: [43]", "challenges.yaml:6", "at least"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, old, new, place, words):
    with pytest.raises(InvalidError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert place in str(caught.value)
    assert words in str(caught.value)


def test_two_signatures_may_not_share_an_id(tmp_path):
    with pytest.raises(InvalidError, match="stands twice"):
        read(tmp_path, GOOD + GOOD.partition("signatures:\n")[2])


def test_the_built_in_files_are_found_through_the_entry_point():
    folders = list(signature_folders())
    assert any((folder / name).is_file() for folder in folders for name in FILES)


def test_folders_can_be_given(tmp_path):
    (tmp_path / "soft_404.yaml").write_text(GOOD)
    assert [one.id for one in load_signatures(iter([tmp_path])).all] == ["one"]


def test_signatures_of_all_kinds_are_installed(signatures):
    kinds = {"challenge", "filing-block", "maintenance", "parked-domain", "soft-404"}
    assert {one.kind.value for one in signatures.all} == kinds
    assert len({one.mark for one in signatures.all}) == len(signatures.all) >= 40


def test_names_are_written_in_both_languages(signatures):
    assert all(one.name.zh != one.name.en and not one.name.zh.isascii() for one in signatures.all if one.id != "x")
    assert all(one.name.en.isascii() for one in signatures.all)
