from dataclasses import replace
from html.parser import HTMLParser

import pytest

from xuncha.model.outcome import Review, Verdict
from xuncha.model.review import ReviewCount
from xuncha_reports import html


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.fixture(params=["zh", "en"])
def page(request, result):
    return html.render(result, request.param).decode()


@pytest.fixture
def tags(page):
    parser = Tags()
    parser.feed(page)
    return parser.seen


def test_nothing_in_it_runs_or_is_loaded(tags):
    assert not {tag for tag, _ in tags} & {"script", "iframe", "object", "embed", "img", "link", "form", "svg"}
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)


def test_only_http_addresses_become_links(tags):
    targets = [attrs["href"] for tag, attrs in tags if tag == "a"]
    assert targets
    assert all(target.startswith(("http://", "https://", "#")) for target in targets)


def test_the_policy_admits_its_own_style_sheet_and_nothing_else(tags):
    policy = next(attrs["content"] for tag, attrs in tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_page_text_is_shown_and_never_obeyed(page):
    assert "<script>" not in page
    assert "{{7*7}}" in page
    assert "49" not in page.split("{{7*7}}")[1][:20]
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_what_could_not_be_judged_comes_before_the_verdicts(page):
    assert page.index('id="unjudged"') < page.index('id="matrix"') < page.index('id="site-0"')


def test_every_status_appears_in_words(page, result):
    assert all(
        f"mark {outcome.status}" in page for outcome in result.sites[0].outcomes if outcome.check != "stranger.one"
    )


def test_findings_beyond_those_shown_are_counted(page):
    assert "69" in page


def test_a_plugin_that_is_not_admitted_is_marked(page):
    assert "未准入" in page or "not admitted" in page


def test_the_declared_vantage_is_told_as_what_it_is(result):
    run = replace(result.run, vantage={"declared": "outside"})
    page = html.render(replace(result, run=run), "zh").decode()
    assert "境外互联网；打不开的网站可能只是不对境外开放（检查单位自行说明）" in page


def test_machine_findings_are_marked_as_unreviewed(page):
    assert "尚未经人工复核" in page or "has not been reviewed" in page


def test_the_language_of_the_page_is_declared(result):
    assert '<html lang="zh-CN">' in html.render(result, "zh").decode()
    assert '<html lang="en">' in html.render(result, "en").decode()


def test_a_reason_names_the_page_that_it_speaks_of(page):
    assert "undecided" in page


@pytest.fixture
def judged(result):
    """A site that the program finds bad and people have not yet done with, by how much they have reviewed."""

    def of(reviewed):
        (site,) = result.sites
        said = {Review.CONFIRMED: reviewed} if reviewed else {}
        own = {"verdict": Verdict.UNQUALIFIED, "official": Verdict.PENDING, "review": ReviewCount(9, said)}
        return html.render(replace(result, sites=(replace(site, **own),)), "zh").decode()

    return of


def test_a_conclusion_is_the_official_one_once_people_review(judged):
    assert '<td class="verdict pending">待核实<small>已复核 3/9</small>' in judged(3)


def test_a_conclusion_that_nobody_has_reviewed_is_said_to_be_the_machines(judged):
    assert '<td class="verdict unqualified">不合格<small>机检，未复核</small>' in judged(0)
