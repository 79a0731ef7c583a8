import asyncio
from datetime import datetime
from pathlib import Path

import pytest

import xuncha_plugins.exposure
from xuncha.api import Reply, RuleParams, a_few_at_once
from xuncha.declare import most_requests
from xuncha.lab import CLEAN
from xuncha.lab.faults.exposure import FAMILIES
from xuncha.metadata import load_checks
from xuncha.model.clock import SHANGHAI
from xuncha.rules.asking import Asking
from xuncha.rules.http_file import read_answer
from xuncha.rules.lint import NEGATIVES, lint
from xuncha.rules.questions import Ground, questions
from xuncha.rules.response import response
from xuncha.testing import FakeNet
from xuncha.testing.net import status
from xuncha_plugins.exposure.probes import RULES, exposures

HERE = Path(__file__).parent
PLUGIN = Path(xuncha_plugins.exposure.__file__).parent
CORPUS = 1_500_000
MOST_AT_ROOT = RuleParams().requests * 9 // 10
"""A tenth is kept for made-up names."""


@pytest.mark.parametrize("file", sorted((PLUGIN / "rules").glob("*.yaml")), ids=lambda file: file.stem)
def test_rules_keep_their_tests_and_accuse_no_innocent(file):
    assert [problem.of("en") for problem in lint(file, HERE).problems] == []


def test_every_family_has_rules_and_a_check():
    assert {rule.family for rule in RULES} == set(FAMILIES)
    assert set(load_checks(PLUGIN / "checks.yaml").checks) == {f"exposure.{family}" for family in FAMILIES}


def test_each_check_tells_what_its_rules_may_ask():
    usual, shares = RuleParams().model_dump(), exposures.__xuncha__.shares
    told = {check: text.requests for check, text in load_checks(PLUGIN / "checks.yaml").checks.items()}
    assert told == {check: most_requests(share, usual) for check, share in shares.items()}


def test_what_is_granted_to_a_check_suffices_for_its_rules():
    usual = RuleParams().model_dump()
    here = Ground(
        "http://www.a.gov.example",
        folders=("/", "/a/", "/b/", "/c/"),
        pages=tuple(f"/{number}.php" for number in range(10)),
        assets=tuple(f"/{number}.js" for number in range(10)),
        contexts=("", "/prod-api", "/a", "/b", "/c"),
    )
    for check, share in exposures.__xuncha__.shares.items():
        asked = questions([rule for rule in RULES if rule.check == check], here)
        assert len(asked) <= most_requests(share, usual) * 9 // 10, check


def test_the_corpus_is_small():
    files = [*HERE.rglob("*.http"), *NEGATIVES.rglob("*.http")]
    assert sum(file.stat().st_size for file in files) <= CORPUS


def test_a_site_without_folders_can_be_asked_everything_within_the_usual_budget():
    assert len(questions(RULES, Ground("http://www.a.gov.example"))) <= MOST_AT_ROOT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_title_says_what_is_wrong_and_no_more(rule):
    assert len(rule.title.zh) <= 40
    assert not rule.title.zh.endswith(("。", "！"))
    assert not rule.title.en.endswith(".")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.advice], ids=lambda rule: rule.id)
def test_advice_is_a_sentence(rule):
    assert rule.advice.zh.endswith("。")
    assert rule.advice.en.endswith(".")


def test_no_page_of_an_ordinary_site_proves_anything(lab_setting, lab_pages):
    pages = lab_pages(lab_setting(CLEAN, datetime(2026, 11, 2, tzinfo=SHANGHAI))).items()
    answers = {url: response(200, (("content-type", "text/html"),), body) for url, body in pages}
    assert [(rule.id, url) for url, seen in answers.items() for rule in RULES if rule.proof.match(seen)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_site_that_answers_as_the_program_does_is_found(rule):
    case = rule.positive[0]
    seen = case.answer or read_answer(HERE / case.file)
    here = Ground("http://www.a.gov.example", pages=("/a/index.php",), assets=("/js/app.js", "/css/app.css"))
    planned = questions([rule], here)
    reply = Reply("", "", seen.status, seen.headers, seen.body)
    net = FakeNet({f"{here.origin}/*": status(404)} | {question.url: reply for question in planned})
    asking = Asking(net, here, 100, 15)
    asyncio.run(a_few_at_once(planned, asking.ask, 2))
    assert {one.rule for one in asking.fact(planned, complete=True).proven} == {rule.id}
