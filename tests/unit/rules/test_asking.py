import asyncio

import pytest

from xuncha.model.assignment import FROM_THE_START, Progress
from xuncha.model.outcome import Severity
from xuncha.model.reasons import Reason
from xuncha.rules.asking import PATIENCE_LOST, TURNED_AWAY, Asking
from xuncha.rules.model import At
from xuncha.rules.questions import Ground, questions
from xuncha.store.codec import adapter
from xuncha.testing import FakeNet
from xuncha.testing.net import page, redirect, status

ORIGIN = "http://www.a.gov.example"
MISSING = {f"{ORIGIN}/*": status(404)}
OPEN = {f"{ORIGIN}/secret.txt": page("a SECRET lies here", media="text/plain")}


@pytest.fixture
def asked():
    """The fact of asking by ``rules`` over planned ``pages``, and what was sent."""

    def ask(rules, pages, *, requests=100, folders=("/",), unlisted=0, progress=FROM_THE_START):
        here, net = Ground(ORIGIN, folders, unlisted=unlisted), FakeNet(pages)
        planned = questions(rules, here)
        asking = Asking(net, here, requests, 15, progress=progress)

        async def all_of_them():
            for question in planned:
                await asking.ask(question)
            await asking.end()

        asyncio.run(all_of_them())
        return asking.fact(planned, complete=True), net.urls

    return ask


def test_what_lies_open_is_proven(asked, rule):
    fact, _ = asked([rule()], OPEN | MISSING)
    (found,) = fact.proven
    assert (found.url, found.status, found.sample) == (f"{ORIGIN}/secret.txt", 200, "SECRET")
    assert (fact.asked[0].told, fact.complete, fact.asked[0].hindrance) == (1, True, None)


def test_a_proof_is_held_against_a_made_up_name(asked, rule):
    _, urls = asked([rule()], OPEN | MISSING)
    assert urls[0] == f"{ORIGIN}/secret.txt"
    assert urls[1].startswith(f"{ORIGIN}/xuncha-")
    assert urls[1].endswith(".txt")


def test_nothing_is_asked_twice_of_a_site_that_says_no(asked, rule):
    fact, urls = asked([rule()], MISSING)
    assert urls == [f"{ORIGIN}/secret.txt"]
    assert (fact.proven, fact.asked[0].told) == ((), 1)


def test_a_site_that_says_the_same_of_everything_proves_nothing(asked, rule):
    fact, _ = asked([rule()], {f"{ORIGIN}/*": page("a SECRET page for all")})
    assert fact.proven == ()
    assert (fact.asked[0].hindrance, fact.asked[0].told) == (Reason.ANSWERS_EVERYTHING, 0)


def test_a_decoy_that_proves_itself_for_every_name_proves_nothing(asked, rule):
    def decoy(url, *_):
        return page(f"SECRET words of {url} {hash(url)} " + " ".join(f"{url}{n}x" for n in range(50)))

    fact, _ = asked([rule()], {f"{ORIGIN}/*": decoy})
    assert fact.proven == ()


def test_what_differs_from_the_page_for_everything_is_proven_all_the_same(asked, rule):
    application = page("<div id=app>示例区 政务 服务 平台</div>")
    fact, _ = asked([rule()], OPEN | {f"{ORIGIN}/*": application})
    assert len(fact.proven) == 1


def test_on_an_application_that_answers_every_name_silence_is_no_answer(asked, rule):
    fact, urls = asked([rule(), rule("/other.txt", name="demo.other")], {f"{ORIGIN}/*": page("<div id=app>平台</div>")})
    assert (fact.asked[0].hindrance, fact.open_to_all, fact.asked[0].told) == (Reason.ANSWERS_EVERYTHING, ("/",), 0)
    assert len(urls) == 3


def test_folders_that_were_not_looked_at_are_missing_in_the_coverage(asked, rule):
    fact, _ = asked([rule("/", at=At.FOLDERS)], MISSING, unlisted=3)
    assert (fact.asked[0].planned, fact.asked[0].told, fact.complete) == (4, 1, False)
    fact, _ = asked([rule("/.git/HEAD", at=At.FOLDERS)], MISSING, unlisted=3)
    assert fact.asked[0].planned == 1


def test_each_folder_and_kind_of_name_is_tried_once(asked, rule):
    rules = [rule("/a.txt"), rule("/b.txt", name="demo.b"), rule("/.c", name="demo.c")]
    _, urls = asked(rules, {f"{ORIGIN}/*": page("hello")})
    assert len([url for url in urls if "xuncha-" in url]) == 2


def test_a_made_up_path_is_not_held_against_another(asked, rule):
    fact, urls = asked([rule("/{random}", word="DEBUG = True")], {f"{ORIGIN}/*": page("DEBUG = True is set")})
    assert len(fact.proven) == len(urls) == 1


def test_the_home_page_needs_no_comparison(asked, rule):
    fact, urls = asked([rule("/", word="Welcome to nginx!")], {f"{ORIGIN}/": page("Welcome to nginx!")})
    assert len(fact.proven) == len(urls) == 1


def test_a_redirect_is_not_followed_and_tells_that_nothing_is_there(asked, rule):
    fact, urls = asked([rule()], {f"{ORIGIN}/secret.txt": redirect("/login")})
    assert (fact.asked[0].told, len(urls)) == (1, 1)


def test_a_rule_may_follow_redirects(asked, rule):
    pages = {f"{ORIGIN}/secret.txt": redirect("/real.txt"), f"{ORIGIN}/real.txt": page("SECRET")}
    fact, _ = asked([rule(follow=True)], pages | MISSING)
    assert len(fact.proven) == 1


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        (page("x", status=412), Reason.CHALLENGED),
        (status(429), Reason.RATE_LIMITED),
        (status(503), Reason.SERVER_ERROR),
        (Reason.TIMEOUT, Reason.TIMEOUT),
        (Reason.ROBOTS_FORBIDDEN, Reason.ROBOTS_FORBIDDEN),
        (Reason.OUTSIDE_HOURS, Reason.OUTSIDE_HOURS),
    ],
)
def test_where_we_were_turned_away_nothing_is_told(asked, rule, planned, reason):
    fact, _ = asked([rule()], {f"{ORIGIN}/secret.txt": planned})
    assert (fact.asked[0].hindrance, fact.asked[0].told, fact.complete) == (reason, 0, False)


@pytest.mark.parametrize("planned", [status(401), status(403), status(500), Reason.OUT_OF_SCOPE])
def test_a_guarded_file_is_not_open(asked, rule, planned):
    fact, _ = asked([rule()], {f"{ORIGIN}/secret.txt": planned, f"{ORIGIN}/": page("home")})
    assert fact.asked[0].told == 1


def test_a_site_that_forbids_everything_has_shut_us_out(asked, rule):
    fact, urls = asked(many(rule), {f"{ORIGIN}/*": status(403)})
    assert (fact.asked[0].told, fact.asked[0].hindrance, len(urls)) == (0, Reason.BLOCKED_DURING_RUN, PATIENCE_LOST + 1)


def test_what_is_forbidden_counts_while_others_are_answered(asked, rule):
    pages = {f"{ORIGIN}/1*": status(403), f"{ORIGIN}/": page("home")} | MISSING
    fact, urls = asked(many(rule, 20), pages)
    assert (fact.asked[0].told, f"{ORIGIN}/" in urls) == (20, True)


def test_what_was_forbidden_last_counts_if_the_home_page_opens(asked, rule):
    pages = {f"{ORIGIN}/*": status(403), f"{ORIGIN}/": page("home")}
    fact, urls = asked(many(rule, 2), pages)
    assert (fact.asked[0].told, urls[-1]) == (2, f"{ORIGIN}/")


def test_where_the_made_up_name_was_turned_away_nothing_is_proven(asked, rule):
    fact, _ = asked([rule()], OPEN | {f"{ORIGIN}/*": status(429)})
    assert (fact.proven, fact.asked[0].told, fact.asked[0].hindrance) == ((), 0, Reason.RATE_LIMITED)


def many(rule, count=30):
    return [rule(f"/{number}.txt", name=f"demo.n{number}") for number in range(count)]


def test_a_site_that_shuts_us_out_is_left_alone(asked, rule):
    fact, urls = asked(many(rule), {f"{ORIGIN}/*": page("x", status=412)})
    assert len(urls) == PATIENCE_LOST + 1
    assert fact.asked[0].hindrance is Reason.BLOCKED_DURING_RUN


def test_while_the_home_page_opens_we_go_on(asked, rule):
    pages = {f"{ORIGIN}/*": page("x", status=412), f"{ORIGIN}/": page("home")}
    _, urls = asked(many(rule, 11), pages)
    assert len(urls) == 11 + 2


def wearied(refusal, after=12):
    """A site that has had enough of unknown names after so many; its home page opens for everybody."""
    asked = []

    def answer(url, *_):
        asked.append(url)
        return status(404) if len(asked) <= after else refusal

    return {f"{ORIGIN}/": page("home"), f"{ORIGIN}/*": answer}


@pytest.mark.parametrize(
    ("code", "reason"),
    [(412, Reason.CHALLENGED), *((code, Reason.BLOCKED_DURING_RUN) for code in (403, 405, 406, 503))],
)
def test_who_turns_us_away_again_and_again_is_not_asked_on(asked, rule, code, reason):
    fact, urls = asked(many(rule, 100), wearied(page("x", status=code)), requests=500)
    assert len([url for url in urls if url != f"{ORIGIN}/"]) == 12 + TURNED_AWAY + 1
    assert (fact.ended, fact.asked[0].told, fact.complete) == (reason, 12, False)


def test_who_asks_for_less_is_not_asked_on_at_all(asked, rule):
    fact, urls = asked(many(rule, 100), wearied(status(429)), requests=500)
    assert len(urls) == 13
    assert (fact.ended, fact.asked[0].told, fact.asked[0].hindrance) == (Reason.RATE_LIMITED, 12, Reason.RATE_LIMITED)


def test_what_was_found_before_we_were_turned_away_stands(asked, rule):
    fact, _ = asked([rule(), *many(rule, 60)], OPEN | wearied(status(405)), requests=500)
    assert len(fact.proven) == 1


def test_a_server_that_guards_only_some_names_is_asked_on(asked, rule):
    pages = {f"{ORIGIN}/": page("home"), f"{ORIGIN}/.*": status(403)} | MISSING
    hidden = [rule(f"/.n{number}", name=f"demo.n{number}") for number in range(50)]
    fact, urls = asked(hidden, pages, requests=500)
    assert (fact.ended, fact.asked[0].told) == (None, 50)
    assert len(urls) < 50 + 15


def test_refused_to_the_last_is_not_told_where_strangers_are_refused_too(asked, rule):
    fact, _ = asked(many(rule, 20), wearied(status(405)), requests=500)
    assert (fact.ended, fact.asked[0].told) == (Reason.BLOCKED_DURING_RUN, 12)


@pytest.mark.parametrize("reason", [Reason.ROBOTS_UNKNOWN, Reason.ROBOTS_FORBIDDEN])
def test_what_robots_txt_withholds_is_no_protection_system(asked, rule, reason):
    fact, _ = asked(many(rule, 60), {f"{ORIGIN}/*": reason}, requests=30)
    assert (fact.ended, fact.asked[0].told, fact.asked[0].hindrance) == (None, 0, reason)


def test_what_was_never_sent_costs_nothing(asked, rule):
    fact, _ = asked(many(rule, 5), {f"{ORIGIN}/*": Reason.ROBOTS_UNKNOWN})
    assert fact.requests == 0


def test_the_budget_ends_it_and_says_so(asked, rule):
    fact, urls = asked(many(rule), MISSING, requests=20)
    assert len(urls) == fact.requests == 18
    assert (fact.asked[0].told, fact.asked[0].planned, fact.asked[0].hindrance) == (18, 30, Reason.BUDGET_REACHED)


def test_the_worst_is_found_within_a_small_budget(asked, rule):
    rules = [rule("/low.txt", name="demo.low", severity=Severity.LOW), rule(severity=Severity.CRITICAL)]
    _, urls = asked(rules, MISSING, requests=1)
    assert urls == [f"{ORIGIN}/secret.txt"]


def test_replies_are_looked_at_no_further_than_the_window(asked, rule):
    big = page(b"x" * 70_000 + b"SECRET", media="text/plain", content_length="70006")
    fact, _ = asked([rule()], {f"{ORIGIN}/secret.txt": big} | MISSING)
    assert fact.proven == ()


def decoy(url, *_):
    """Convincing for every number, something else for all other names."""
    name = url.rpartition("/")[2].partition(".")[0]
    return page(f"SECRET {name}" if name.isdecimal() else f"welcome to {name}", media="text/plain")


def test_a_site_that_has_an_answer_for_every_rule_and_every_name_is_a_decoy(asked, rule):
    rules = [rule("/x.txt", name="demo.x", word="nothing", severity=Severity.CRITICAL), *many(rule)]
    fact, urls = asked(rules, {f"{ORIGIN}/*": decoy})
    assert (fact.proven, fact.ended, fact.asked[0].told) == ((), Reason.ANSWERS_EVERYTHING, 0)
    assert len(urls) < 2 * len(rules)


def test_a_site_on_which_very_much_lies_open_is_believed_if_it_says_no_to_other_names(asked, rule):
    pages = {f"{ORIGIN}/{number}.txt": page(f"SECRET {number}", media="text/plain") for number in range(30)}
    fact, _ = asked(many(rule), pages | MISSING)
    assert len(fact.proven) == 30


class Remembered(Progress):
    """Keeps steps as a journal does: as JSON."""

    def __init__(self):
        self.steps = {}

    def recall(self, step, kind):
        return adapter(kind).validate_json(self.steps[step]) if step in self.steps else None

    def keep(self, step, told):
        self.steps[step] = adapter(type(told)).dump_json(told)


def test_what_was_told_before_is_not_asked_again(asked, rule):
    rules, pages, progress = (
        [rule(), *many(rule, 12)],
        OPEN | {f"{ORIGIN}/*": status(403), f"{ORIGIN}/": page("home")},
        Remembered(),
    )
    fact, urls = asked(rules, pages, progress=progress)
    again, nothing = asked(rules, {}, progress=progress)
    assert (again, nothing) == (fact, [])
    assert fact.requests == len(urls)


def test_what_was_recalled_counts_against_the_budget(asked, rule):
    progress = Remembered()
    asked(many(rule, 15), MISSING, progress=progress)
    _, urls = asked(many(rule, 30), MISSING, progress=progress, requests=20)
    assert len(urls) == 3


@pytest.mark.parametrize("reason", [Reason.OUTSIDE_HOURS, Reason.RATE_LIMITED, Reason.BUDGET_REACHED])
def test_what_may_be_otherwise_later_is_asked_again(asked, rule, reason):
    progress = Remembered()
    asked([rule()], {f"{ORIGIN}/secret.txt": reason}, progress=progress)
    fact, _ = asked([rule()], OPEN | MISSING, progress=progress)
    assert len(fact.proven) == 1


def test_nothing_unmasked_is_remembered(asked, rule):
    progress = Remembered()
    pages = {f"{ORIGIN}/secret.txt": page("SECRET password=kaixin88", media="text/plain")}
    asked([rule()], pages | MISSING, progress=progress)
    assert b"kaixin88" not in b"".join(progress.steps.values())
