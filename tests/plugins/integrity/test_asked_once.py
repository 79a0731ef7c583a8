"""What offices change once and keep is asked about once, unless more comes with it."""

from datetime import timedelta

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha.testing.judging import earlier
from xuncha_plugins.integrity.checks import injected
from xuncha_plugins.integrity.look_checks import replaced, title

PICTURES = '<img src="/a.jpg"><img src="/b.jpg">'
DESCRIBED = '<meta name="description" content="示例县教育局">'
CHANGES = [
    (replaced, {"foot": "主办：示例县教育局　蜀ICP备99999999号　网站标识码：1101000001"}),
    (replaced, {"foot": "主办：示例县教育局　网站标识码：1101000001"}),
    (replaced, {"body": "<h1>咕咚咕咚咕咚</h1>"}),
    (title, {"title": "示例县教育局 咕咚咕咚"}),
    (title, {"head": '<meta name="description" content="咕咚咕咚">'}),
    (injected, {"body": '<img src="https://pic.strangers.com/q.jpg">'}),
]


@pytest.fixture
def third(made):
    """The outcome of the third visit: the first was approved, ``then`` came with the second, ``now`` is the third."""

    def judged(check, then, now, approved_at=0):
        first = {"body": PICTURES, "head": DESCRIBED}
        pages = [made.parsed(made.page(day, **more)) for day, more in enumerate((first, then, now))]
        visits, past = [], None
        for day, page in enumerate(pages):
            visits.append(made.visit(page, day=day, past=past))
            past = earlier((visits[-1].pages[0].taken, visits[-1]))
        baseline = made.approved(visits[0])
        if approved_at:
            moment = baseline.pages[0].approval.at + timedelta(days=approved_at)
            pages_ = tuple(as_approved(one, moment) for one in baseline.pages)
            baseline = type(baseline)(baseline.site, pages_, baseline.seal)
        return judge(check, visits[2], baseline, made.crawl(pages[2]), crawl=made.crawl(pages[2]))

    return judged


def as_approved(page, moment):
    approval = type(page.approval)(page.approval.by, moment)
    return type(page)(page.print, approval, page.algorithms)


@pytest.mark.parametrize(("check", "change"), CHANGES)
def test_it_is_asked_about_when_it_is_new(third, check, change):
    assert third(check, {"body": PICTURES}, change).status is Status.MANUAL


@pytest.mark.parametrize(("check", "change"), CHANGES)
def test_from_the_next_visit_on_it_is_noted_and_never_passes(third, check, change):
    outcome = third(check, change, change)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.STILL_UNANSWERED)
    assert "asked" in [note.key for note in outcome.notes]


def test_another_change_on_the_page_brings_it_up_again(third):
    then, now = {"body": "<h1>咕咚咕咚咕咚</h1>"}, {"body": "<h1>咕咚咕咚咕咚</h1><h1>叽里咕噜叽里</h1>"}
    assert len(third(replaced, then, now).findings) == 2


def test_what_was_seen_before_the_approval_was_not_asked_about(third):
    change = {"body": "<h1>咕咚咕咚咕咚</h1>"}
    assert third(replaced, change, change, approved_at=1.5).status is Status.MANUAL


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (replaced, {"body": "<h1>本站已被我控制</h1>"}),
        (title, {"title": "示例县教育局 成人视频"}),
        (injected, {"head": '<script src="https://x.strangers.com/q.js"></script>'}),
    ],
)
def test_what_intruders_do_is_asked_about_at_every_visit(third, check, change):
    assert third(check, change, change).status is Status.MANUAL
