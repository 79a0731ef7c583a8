"""What there is to do, as the page of a site shows it first."""

import re
from dataclasses import replace

import pytest

from xuncha.guidance.configuration import Configuration, Example, Server, Snippet
from xuncha.guidance.task import Effort, Settled
from xuncha.model.text import Text
from xuncha_reports import html, todo

CHECK = "availability.levels-open"
READY = Configuration(
    Text("关闭目录列表", "No listings"),
    (
        Snippet(Server.NGINX, Text("放进 server。", "Into server."), "autoindex off;\n"),
        Snippet(Server.APACHE, Text("放进主配置。", "Into the main file."), "<Directory /www>\n    Options\u202e x\n"),
    ),
    (Example("/www", Text("网站目录", "the folder")),),
)


@pytest.fixture(scope="module")
def guided(result):
    """The result with everything that a check may say for its guidance."""
    words = result.texts.checks[CHECK]
    text = replace(words.meta.text, recheck=Text("再打开一次。", "Open it again."))
    meta = replace(words.meta, text=text, effort=Effort.SMALL, configurations=("listings",))
    checks = result.texts.checks | {CHECK: replace(words, meta=meta)}
    texts = replace(result.texts, checks=checks, configurations={f"{words.plugin}/listings": READY})
    site = result.sites[0]
    tasks = tuple(replace(task, effort=Effort.SMALL) if task.check == CHECK else task for task in site.tasks)
    return replace(result, texts=texts, sites=(replace(site, tasks=tasks),))


@pytest.fixture(scope="module")
def page(guided):
    return html.render(guided, "zh").decode()


def test_what_to_do_stands_before_the_items(page):
    assert page.index('id="todo-0"') < page.index("<h3>2.1")


def test_each_piece_of_work_is_listed_and_told(guided, page):
    told = todo.entries(guided.sites[0], guided.texts)
    assert told
    assert all(f'href="#todo-0-{one.work.number}"' in page for one in told)
    assert all(f'id="todo-0-{one.work.number}"' in page for one in told)


def test_a_task_is_headed_by_what_is_wrong(guided, page):
    for one in todo.entries(guided.sites[0], guided.texts):
        assert f"<h4>{one.advice.problem.zh}" in page
        assert f"<h4>{one.advice.title.zh}" not in page


def test_every_link_within_the_page_leads_somewhere(page):
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


@pytest.mark.parametrize("words", ["小（几小时）", "如何复查", "再打开一次。", "5 个工作日", "放进 server。"])
def test_effort_deadline_recheck_and_configuration_are_told(page, words):
    assert words in page


def test_a_configuration_keeps_its_lines_and_loses_what_nobody_sees(page):
    assert "&lt;Directory /www&gt;\n    Options x</pre>" in page


def test_an_example_is_named_only_where_it_stands(page):
    assert page.count("<code>/www</code>") == 1


def test_a_problem_leads_to_what_to_do_about_it(page):
    assert "整改办法见“要做的事”第" in page


def test_a_question_nobody_has_confirmed_is_no_work(guided):
    asked = {outcome.check for outcome in guided.sites[0].outcomes if outcome.status == "manual"}
    assert asked.isdisjoint(one.work.check for one in todo.entries(guided.sites[0], guided.texts))


def test_of_many_places_the_first_are_told_and_the_rest_counted(guided):
    (one,) = (one for one in todo.entries(guided.sites[0], guided.texts) if one.work.check == CHECK)
    assert [(len(told.places), told.more) for told in one.told] == [(1, 0)]
    assert one.unkept == 69


OTHER = "availability.response-time"


@pytest.fixture(scope="module")
def along(guided):
    """The site as if what another check found were settled with the task of the first."""
    site = guided.sites[0]
    (task,) = (one for one in site.tasks if one.check == CHECK)
    settled = Settled(OTHER, task.status, task.severity, task.weight, ("2.3",), 1, ("v1:x",), ("c1:x",))
    outcomes = tuple(replace(one, check=OTHER) if one.check == CHECK else one for one in site.outcomes)
    return replace(site, tasks=(replace(task, settles=(settled,)),), outcomes=(*site.outcomes, *outcomes))


def test_a_check_that_is_settled_with_another_leads_to_its_work(guided, along):
    found = todo.entries(along, guided.texts)
    anchors = todo.anchors(along, found)
    assert anchors[OTHER] == anchors[CHECK]


def test_what_was_not_kept_of_a_check_that_goes_along_is_counted_too(guided, along):
    (one,) = todo.entries(along, guided.texts)
    assert one.unkept == 69 + 69
