import asyncio
from dataclasses import dataclass, replace
from types import ModuleType

import pytest
from pydantic import TypeAdapter

from xuncha.declare import declared, most_requests
from xuncha.model.assignment import EVERYTHING, Assignment
from xuncha.model.crawl import Crawl, LinkTarget, LinkUse, PageRecord, Robots
from xuncha.model.fact import Gap
from xuncha.model.outcome import Severity, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Mode
from xuncha.rules.facts import FamilyAsked, Proven, RuleAnswers
from xuncha.rules.model import At
from xuncha.rules.plugin import RuleParams, rule_check, rule_probe
from xuncha.testing import SITE, FakeNet, judge
from xuncha.testing.net import page, status

HOME = SITE.home
CRAWL = Crawl(HOME, (PageRecord(HOME, HOME, 0, 200),), (), 1, complete=True)
PAGES = {f"{HOME}secret.txt": page("SECRET", media="text/plain"), f"{HOME}*": status(404)}


@dataclass(frozen=True, slots=True)
class Leaks(RuleAnswers):
    pass


secrets = rule_check("demo.secrets", Leaks, module=__name__)


@pytest.fixture
def gathered(rule):
    def run(*rules, pages=PAGES, crawl=CRAWL, mode=Mode.PROBE, wanted=EVERYTHING):
        leaks = rule_probe("leaks", rules or (rule(),), provides=Leaks, module=__name__, mode=mode)
        return asyncio.run(leaks(SITE, crawl, RuleParams(), FakeNet(pages), wanted))

    return run


def test_a_probe_provides_the_plugin_s_own_fact(gathered):
    fact = gathered()
    assert isinstance(fact, Leaks)
    assert [one.rule for one in fact.proven] == ["demo.secret"]


def test_the_fact_can_be_stored(gathered):
    adapter = TypeAdapter(Leaks)
    assert adapter.validate_json(adapter.dump_json(gathered())) == gathered()


def test_what_is_declared_is_found_in_the_module(rule):
    module = ModuleType(__name__)
    module.leaks = rule_probe("leaks", (rule(),), provides=Leaks, module=__name__)
    (spec,) = declared(module)
    assert (spec.name, spec.mode, spec.requests) == ("leaks", "probe", ("requests",))


def test_no_probe_is_made_of_a_rule_that_attacks(rule):
    with pytest.raises(ValueError, match=r"demo\.secret: /vote/ must not ask"):
        rule_probe("leaks", (rule("/vote/"),), provides=Leaks, module=__name__)


def test_rules_that_ask_for_more_than_is_allowed_are_left_out(gathered, rule):
    assert gathered(rule(), mode=Mode.PASSIVE).proven == ()


def test_only_what_the_chosen_checks_need_is_asked(gathered, rule):
    fact = gathered(rule(), rule("/a.zip", name="demo.zip", family="backups"), wanted=Assignment(("demo.secrets",)))
    assert [one.family for one in fact.asked] == ["secrets"]
    assert (fact.requests, fact.left_out) == (2, ("backups",))


def test_the_plan_bounds_what_is_sent(gathered, rule):
    rules = [rule(f"/{number}.txt", name=f"demo.n{number}") for number in range(30)]
    assert gathered(*rules, wanted=Assignment(requests=10)).requests == 9


def test_a_family_that_was_left_out_is_not_judged():
    outcome = judge(secrets, Leaks(whole_site=True, left_out=("secrets",)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.FACT_MISSING)


def test_shares_hold_what_the_rules_of_each_check_may_ask(rule):
    rules = [
        rule("/a/", "/b/"),
        rule("/b/", name="demo.b"),
        rule("{path}~", name="demo.c", family="copies", at=At.PAGES),
    ]
    rules.append(rule("{context}/actuator", name="demo.d", family="debug"))
    spec = rule_probe("leaks", rules, provides=Leaks, module=__name__).__xuncha__
    values = RuleParams(files=4, contexts=2).model_dump()
    most = {check: most_requests(share, values) for check, share in spec.shares.items()}
    assert most == {"demo.secrets": 12, "demo.copies": 18, "demo.debug": 16}


def test_a_site_that_never_answered_is_not_asked(gathered):
    closed = Crawl(HOME, (PageRecord(HOME, HOME, 0, 0, problem=Reason.REFUSED),), (), 1, complete=True)
    assert gathered(crawl=closed) == Gap(Reason.REFUSED)


def test_a_site_whose_home_page_can_t_be_read_is_asked(gathered):
    unread = Crawl(HOME, (PageRecord(HOME, HOME, 0, 200, problem=Reason.PAGE_UNREADABLE),), (), 1, complete=True)
    assert gathered(crawl=unread).proven


def test_what_lies_open_fails(gathered):
    outcome = judge(secrets, gathered())
    assert outcome.status is Status.FAIL
    (found,) = outcome.findings
    assert (found.key, found.excerpt, found.locator.identity()) == (
        "secret",
        "SECRET",
        "rule demo.secret www.a.gov.example/secret.txt",
    )


def test_a_rule_of_low_severity_hints(gathered, rule):
    assert judge(secrets, gathered(rule(severity=Severity.LOW))).status is Status.WARN


def test_a_rule_may_ask_a_person(gathered, rule):
    outcome = judge(secrets, gathered(replace(rule(), manual=True)))
    assert (outcome.status, outcome.findings[0].status) == (Status.MANUAL, Status.MANUAL)


def test_silence_passes_where_it_is_an_answer(gathered):
    assert judge(secrets, gathered(pages={f"{HOME}*": status(404)})).status is Status.PASS


def test_silence_of_a_site_that_answers_everything_is_inconclusive(gathered):
    outcome = judge(secrets, gathered(pages={f"{HOME}*": page("hello")}))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.ANSWERS_EVERYTHING)


@pytest.mark.parametrize(
    ("whole", "status", "reason"),
    [(True, Status.NOT_APPLICABLE, Reason.NOT_OFFERED), (False, Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)],
)
def test_a_family_that_had_nothing_to_ask_applies_only_if_not_all_was_seen(whole, status, reason):
    outcome = judge(secrets, Leaks(whole_site=whole))
    assert (outcome.status, outcome.reason.code) == (status, reason)


@pytest.mark.parametrize(
    ("robots", "reason"), [(Robots.UNKNOWN, Reason.ROBOTS_UNKNOWN), (Robots.SHUT, Reason.ROBOTS_FORBIDDEN)]
)
def test_where_only_the_home_page_was_open_silence_is_no_answer(gathered, rule, robots, reason):
    fact = gathered(rule("/"), pages={HOME: page("hello")}, crawl=replace(CRAWL, robots=robots))
    outcome = judge(secrets, fact)
    assert (outcome.status, outcome.reason.code, outcome.coverage.complete) == (Status.INCONCLUSIVE, reason, False)


def test_a_folder_that_robots_txt_withholds_is_missing_in_the_coverage(gathered, rule):
    linked = LinkTarget(f"{HOME}zw/", LinkUse.PAGE, internal=True, sources=(), sources_total=1)
    crawl = replace(CRAWL, targets=(linked,), robots=Robots.PARTLY, forbidden=1)
    pages = {f"{HOME}zw/": Reason.ROBOTS_FORBIDDEN, HOME: page("hello")}
    outcome = judge(secrets, gathered(rule("/", at=At.FOLDERS), pages=pages, crawl=crawl))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.ROBOTS_FORBIDDEN)
    assert (outcome.coverage.seen, outcome.coverage.known) == (1, 2)


def test_a_few_lost_answers_do_not_hide_the_rest():
    fact = Leaks(asked=(FamilyAsked("secrets", 10, 9, Reason.TIMEOUT),), complete=False)
    outcome = judge(secrets, fact)
    assert (outcome.status, outcome.coverage.seen, outcome.coverage.known) == (Status.PASS, 9, 10)


def test_what_was_found_counts_though_the_rest_was_not_seen():
    one = Proven("demo.secret", "secrets", Severity.HIGH, f"{HOME}secret.txt", 200, extracted=(("branch", "main"),))
    fact = Leaks((one,), (FamilyAsked("secrets", 10, 1, Reason.BUDGET_REACHED),), complete=False)
    outcome = judge(secrets, fact)
    assert outcome.status is Status.FAIL
    assert not outcome.coverage.complete
    assert outcome.findings[0].excerpt == "branch: main"


def test_a_site_that_takes_too_long_has_spent_its_budget(rule):
    async def never(*_args, **_more):
        await asyncio.Event().wait()

    net = FakeNet()
    net.fetch = never
    leaks = rule_probe("leaks", (rule(),), provides=Leaks, module=__name__)
    fact = asyncio.run(leaks(SITE, CRAWL, RuleParams(seconds=0.01), net))
    assert (fact.complete, judge(secrets, fact).reason.code) == (False, Reason.BUDGET_REACHED)
