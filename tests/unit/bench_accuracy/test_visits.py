"""Several visits to one page."""

import pytest
from bench import accuracy
from bench.manifest import TAMPERING
from bench.onepage import Panel

PAGE = "<title>示例县教育局</title><body>{}<p>主办：示例县教育局 京ICP备12345678号</p></body>"
LINES = "".join(f'<p><a href="/{at}.html">栏目名称{name}</a></p>' for at, name in enumerate("一二三四五六七八九十"))
CLEAN = PAGE.format(LINES)


@pytest.fixture(scope="module")
def panel():
    return Panel()


@pytest.fixture(autouse=True)
def one_panel(panel, monkeypatch):
    monkeypatch.setattr(accuracy, "Panel", lambda: panel)


HEADER = "file,url,observed_at,tampered,approved\n"
URL = "http://www.a.gov.example/"


def test_later_visits_are_compared_with_the_first(saved, capsys):
    script = CLEAN.replace("</body>", '<script src="https://js.x1.xyz/a.js"></script></body>')
    rows = f"{HEADER}a.html,{URL},2026-01-01,,\nb.html,{URL},2026-02-01,no,\nc.html,{URL},2026-03-01,yes,\n"
    accuracy.main([str(saved(rows, a=CLEAN, b=CLEAN, c=script))])
    said = capsys.readouterr().out
    assert f"{TAMPERING}: " not in said
    assert TAMPERING in said


def test_visits_are_taken_in_the_order_of_their_dates(saved, capsys):
    other = PAGE.format('<script src="https://js.x1.xyz/a.js"></script>')
    rows = f"{HEADER}b.html,{URL},2026-02-01,yes,\na.html,{URL},2026-01-01,no,\n"
    accuracy.main([str(saved(rows, a=CLEAN, b=other))])
    assert "expected" not in capsys.readouterr().out


def test_a_visit_that_was_approved_is_the_new_baseline(saved, capsys):
    script = CLEAN.replace("</body>", '<script src="https://js.x1.xyz/a.js"></script></body>')
    rows = f"{HEADER}a.html,{URL},2026-01-01,,\nb.html,{URL},2026-02-01,,yes\nc.html,{URL},2026-03-01,no,\n"
    accuracy.main([str(saved(rows, a=CLEAN, b=script, c=script))])
    assert "expected" not in capsys.readouterr().out


def test_a_family_of_checks_may_be_named_in_the_expectation(saved, capsys):
    rows = f"file,url,observed_at,expected\na.html,{URL},2026-01-01,integrity.*\n"
    accuracy.main([str(saved(rows, a="<title>Hacked by X</title>"))])
    assert "expected" not in capsys.readouterr().out
