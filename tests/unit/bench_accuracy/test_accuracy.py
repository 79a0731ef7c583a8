"""From a folder of saved pages to the table."""

import subprocess
import sys
from dataclasses import replace

import pytest
from bench import accuracy

ARTICLE = """<html><head><title>通知</title><meta name="PubDate" content="2021-06-24 16:02"></head>
<body><h1>关于做好示范单位申报工作的通知</h1><p>各乡镇人民政府、县直各部门:</p>
<div class="foot">网站标识码:3702000001</div></body></html>"""
MANIFEST = """file,url,observed_at,published,site_code,checks
a.html,http://www.a.gov.example/zwgk/t20210624_1.html,2021-07-01,2021-06-24,3702000001,
b.html,http://www.a.gov.example/,2021-07-01,,3702000002,icp.site-code=pass;no.such-check
"""


@pytest.fixture
def run(capsys):
    def run(folder, *options):
        code = accuracy.main([str(folder), *options])
        return code, capsys.readouterr()

    return run


def test_every_label_is_counted_and_every_miss_told(saved, run):
    code, said = run(saved(MANIFEST, a=ARTICLE, b=ARTICLE))
    assert code == 0
    assert "b.html: expected 3702000002, got 3702000001" in said.out


def test_a_check_that_is_not_there_is_named_with_its_row(saved, run):
    _, said = run(saved(MANIFEST, a=ARTICLE, b=ARTICLE))
    assert "row 3: no check 'no.such-check'" in said.out


def test_an_expected_status_is_judged_on_the_page_alone(saved, run):
    _, said = run(saved(MANIFEST, a=ARTICLE, b=ARTICLE))
    assert "icp.site-code" in said.out
    assert "icp.site-code: expected" not in said.out


def test_an_unreadable_page_costs_only_its_row(saved, run):
    folder = saved(MANIFEST, a=ARTICLE, b=ARTICLE)
    (folder / "a.html").unlink()
    code, said = run(folder)
    assert code == 0
    assert "row 2: file is not there" in said.out


def test_an_extractor_that_fails_is_told_and_missed(saved, run, monkeypatch):

    def broken(page, observed):
        raise RuntimeError("broken")

    monkeypatch.setattr(accuracy, "EXTRACTORS", [replace(one, read=broken) for one in accuracy.EXTRACTORS])
    _, said = run(saved(MANIFEST, a=ARTICLE, b=ARTICLE))
    assert "RuntimeError('broken')" in said.out


def test_findings_are_printed_on_demand(saved, run):
    folder = saved(MANIFEST, a=ARTICLE, b=ARTICLE)
    assert "what the checks say" not in run(folder)[1].out
    assert "what the checks say" in run(folder, "--findings")[1].out


def test_without_a_manifest_nothing_is_measured(tmp_path, run):
    code, said = run(tmp_path)
    assert code == 2
    assert "manifest.csv is missing" in said.err


@pytest.mark.parametrize("how", [["bench/accuracy.py"], ["-m", "bench.accuracy"]])
def test_it_runs_as_a_script_and_as_a_module(checkout, how):
    done = subprocess.run([sys.executable, *how, "--help"], cwd=checkout, capture_output=True, text=True, check=True)
    assert "observed_at" in done.stdout
