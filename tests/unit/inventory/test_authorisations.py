import datetime as dt

import pytest

from xuncha.config.errors import ConfigError
from xuncha.inventory import from_urls, read_authorisations
from xuncha.inventory.authorisations import covers
from xuncha.model.site import Mode

PAPER = """\
authorisations:
  - id: "2026"
    document: 青北电政办〔2026〕1号
    ordered_by: 区电子政务办公室
    domains: ["*.qd.example", www.solo.example]
    valid_from: 2026-08-05
    valid_until: 2026-09-01
    hours: "22:00-06:00"
    modes: [passive, probe]
"""
TODAY = dt.date(2026, 8, 10)


@pytest.fixture
def papers(written):
    return read_authorisations(written(PAPER, "authorisations.yaml"))


def test_a_paper_becomes_a_value(papers):
    paper = papers["2026"]
    assert (paper.valid_from, paper.hours) == (dt.date(2026, 8, 5), (dt.time(22), dt.time(6)))
    assert paper.modes == (Mode.PASSIVE, Mode.PROBE)


def test_an_empty_file_holds_none(written):
    assert read_authorisations(written("# nothing yet\n")) == {}


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("a.qd.example", True),
        ("qd.example", True),
        ("evilqd.example", False),
        ("solo.example", True),
        ("sub.solo.example", False),
    ],
)
def test_a_paper_covers_the_hosts_it_names(papers, host, covered):
    assert covers(papers["2026"], host) is covered


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-09-01", "2026-07-01", "the period ends before it begins"),
        ("22:00-06:00", "at night", "write the hours as 22:00-06:00"),
        ("www.solo.example", "http://x/", "write www.example.gov.cn or *.example.gov.cn"),
        ("modes: [passive, probe]", "modes: [porbe]", "did you mean probe?"),
        ("modes:", "mode:", "did you mean modes?"),
        ("    hours", "    ignore_robots: true\n    hours", "ignoring robots.txt needs its robots_decision"),
        ("    hours", "    addresses: [10.0.0.0/99]\n    hours", "should be an address or a range"),
        ("document: 青北电政办〔2026〕1号", 'document: ""', "must not be empty"),
    ],
)
def test_a_faulty_paper_is_told_with_its_place(written, old, new, said):
    with pytest.raises(ConfigError) as caught:
        read_authorisations(written(PAPER.replace(old, new), "authorisations.yaml"))
    (line,) = caught.value.lines("en")
    assert "authorisations.yaml:" in line
    assert said in line


def test_two_papers_can_not_have_one_id(written):
    twice = PAPER + PAPER.partition("\n")[2]
    with pytest.raises(ConfigError, match="id 2026 appears twice"):
        read_authorisations(written(twice))


def site(read, row, papers):
    return read("网址,检查授权\n" + row, authorisations=papers)


def test_a_site_names_its_paper(read, papers):
    assert site(read, "http://a.qd.example/,2026", papers).sites[0].authorisation == papers["2026"]


def test_an_unknown_paper_leaves_the_row_out(read, papers):
    inventory = site(read, "http://a.qd.example/,2026\nhttp://b.qd.example/,2025", papers)
    assert "检查授权: there is no authorisation 2025 (did you mean 2026?)" in inventory.problems[0].of("en")


def test_a_paper_for_other_hosts_leaves_the_row_out(read, papers):
    inventory = site(read, "http://a.qd.example/,2026\nhttp://other.example/,2026", papers)
    assert "2026 is not for other.example" in inventory.problems[0].of("en")


def test_a_paper_that_has_ended_is_noted(written, read):
    papers = read_authorisations(written(PAPER.replace("2026-09-01", "2026-08-06"), "a.yaml"))
    assert "ended on 2026-08-06" in site(read, "http://a.qd.example/,2026", papers).notes[0].of("en")


def test_a_site_that_names_none_gets_the_only_one_that_names_it(papers):
    assert from_urls(["http://a.qd.example/"], authorisations=papers, today=TODAY).sites[0].authorisation


def test_two_papers_that_fit_are_no_answer(papers):
    both = papers | {"other": papers["2026"]}
    assert from_urls(["http://a.qd.example/"], authorisations=both, today=TODAY).sites[0].authorisation is None
