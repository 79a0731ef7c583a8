"""Sites that greet every address with success are accused of nothing, by no rule."""

import asyncio
import importlib.util
from pathlib import Path

import pytest

from xuncha.api import Reply, a_few_at_once
from xuncha.rules.asking import Asking
from xuncha.rules.questions import Ground, questions
from xuncha.testing import FakeNet
from xuncha_plugins.exposure.probes import RULES

HERE = Ground(
    "http://www.a.gov.example",
    folders=("/", "/zwgk/", "/uploads/"),
    pages=("/zwgk/list.php", "/index.jsp"),
    assets=("/js/app.js", "/css/a.css"),
    contexts=("", "/zwfw"),
)
SPEC = importlib.util.spec_from_file_location("innocent", Path(__file__).with_name("innocent.py"))
innocent = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(innocent)


@pytest.fixture(scope="module")
def planned():
    return questions(RULES, HERE)


@pytest.mark.parametrize("site", innocent.SITES, ids=lambda site: site.__name__)
def test_a_site_that_answers_everything_alike_is_accused_of_nothing(site, planned):
    def answer(url, *_):
        headers, body = innocent.said(site, url)
        return Reply(url, url, 200, headers, body)

    asking = Asking(FakeNet({f"{HERE.origin}/*": answer}), HERE, 1_000, 15)
    asyncio.run(a_few_at_once(planned, asking.ask, 2))
    assert asking.fact(planned, complete=True).proven == ()
