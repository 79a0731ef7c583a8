"""Names on disk that are no UTF-8: such a file is told, and the rest is verified."""

import os

import pytest

from xuncha.evidence.listing import list_folder
from xuncha.model.evidence import EvidenceProblem, Fault
from xuncha.model.files import FolderFiles

GBK = os.fsdecode("制度.txt".encode("gbk"))
LIST = "backup:\n  policy:\n    files: [backup/制度.txt]\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="names on disk are text there")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("制度.txt".encode("gbk"), "制度.txt"),
        (b"\xff\xfe.txt", "\\xff\\xfe.txt"),
        ("名册13800001234.txt".encode("gbk"), "名册138****1234.txt"),
    ],
)
def test_a_name_that_is_no_utf8_is_told_in_a_readable_form(put, folder, name, told):
    put(os.fsdecode(name))
    assert [(one.path, one.fault) for one in list_folder(folder).problems] == [(told, Fault.NAME_NOT_UTF8)]


def test_a_folder_whose_name_is_no_utf8_is_told_once(put, folder):
    for file in ("a.txt", "b.txt"):
        put(os.fsdecode("资料/".encode("gbk")) + file)
    assert list_folder(folder).problems == [EvidenceProblem("资料", Fault.NAME_NOT_UTF8, detail="\\xd7\\xca\\xc1\\xcf")]


def test_a_file_of_the_same_name_in_utf8_is_no_worse_for_it(put, folder):
    put("制度.txt")
    put(GBK)
    listed = list_folder(folder)
    assert ([one.path for one in listed.files], listed.problems[0].path[:4]) == (["制度.txt"], "\\xd6")


def test_a_refused_name_is_refused_in_gbk_too(put, folder):
    put(os.fsdecode("网络拓扑图.png".encode("gbk")))
    assert list_folder(folder).problems[0].fault is Fault.WORK_SECRET


def test_a_listed_file_with_such_a_name_is_not_called_missing(put, look):
    put("evidence.yaml", LIST)
    put(f"backup/{GBK}")
    assert [(one.fault, one.piece) for one in look().problems] == [(Fault.NAME_NOT_UTF8, "backup.policy")]


def test_probes_do_not_see_such_names(put, folder):
    put(GBK)
    put("a.txt")
    assert list(FolderFiles(folder).list()) == ["a.txt"]
