from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from xuncha.guidance.causes import MOST, cause_of
from xuncha.guidance.folding import PLACES
from xuncha.model.locator import ElementLocator, HeaderLocator, LinkLocator, PageLocator
from xuncha.model.outcome import Review, Status
from xuncha.model.text import Text

PAGE = "http://a.example/{}.html"


def footer(number):
    return ElementLocator(PAGE.format(number), "footer")


def link(page, target, **more):
    return LinkLocator(PAGE.format(page), target, **more)


def test_a_footer_that_lacks_something_on_many_pages_is_one_task(make):
    task = make.task(*(make.seen(footer(number)) for number in range(214)))
    assert (task.findings, task.pages, len(task.places)) == (214, 214, PLACES)
    assert task.title.zh == "gone。这类情况共 214 处。"


def test_a_target_linked_from_many_pages_is_one_task(make):
    task = make.task(*(make.seen(link(number, "http://b.example/gone")) for number in range(300)))
    assert (task.findings, task.pages) == (300, 300)


def test_a_finding_that_counts_its_pages_itself_is_believed(make):
    task = make.task(make.seen(link(0, "http://b.example/gone", any_page=True), sources=300))
    assert (task.findings, task.pages, task.title.zh) == (1, 300, "gone。")


def test_a_header_that_is_missing_on_every_page_is_one_task(make):
    assert make.task(*(make.seen(HeaderLocator(PAGE.format(n), "Server")) for n in range(9)), check="headers.x")


def test_two_targets_are_two_causes(make):
    assert len(make.tasks(*(make.seen(link(0, f"http://b.example/{n}")) for n in range(2)))) == 2


def test_three_links_of_one_template_are_one_task(make):
    seen = [make.seen(link(0, f"http://b.example/{n}", any_page=True), sources=214) for n in range(3)]
    task = make.task(*seen)
    assert (task.findings, task.pages) == (3, 214)
    assert task.id in {cause_of("links.broken", "a", "gone", one.finding.locator) for one in seen}


def test_links_on_other_pages_are_of_other_templates(make):
    footer = make.seen(link(0, "http://b.example/1", any_page=True), sources=214)
    menu = make.seen(link(0, "http://b.example/2", any_page=True), sources=213)
    assert len(make.tasks(footer, menu)) == 2


def test_two_links_on_few_pages_prove_no_template(make):
    seen = (make.seen(link(0, f"http://b.example/{n}", any_page=True), sources=2) for n in range(2))
    assert len(make.tasks(*seen)) == 2


def test_an_element_that_has_another_number_on_each_page_is_one_task(make):
    names = ("#float8817", "#float3302", "form search.jsp?t=1", "form search.jsp?t=2&x=a")
    tasks = make.tasks(*(make.seen(ElementLocator(PAGE.format(n), name)) for n, name in enumerate(names)))
    assert sorted(task.findings for task in tasks) == [2, 2]


def test_two_messages_are_two_causes(make):
    assert len(make.tasks(make.seen(footer(1), "missing"), make.seen(footer(1), "malformed"))) == 2


def test_columns_without_a_department_of_their_own_are_places_of_one_task(make):
    task = make.task(make.column("gzdt"), make.column("rsxx"), make.column("zcwj"))
    assert (task.department, task.findings) == ("办公室", 3)


def test_a_column_with_a_department_of_its_own_is_that_departments_task(make):
    tasks = make.tasks(make.column("gzdt"), make.column("tzgg"))
    assert [(task.department, task.findings) for task in tasks] == [("办公室", 1), ("综合科", 1)]
    assert len({task.id for task in tasks}) == 2


def test_a_count_that_the_message_gives_is_not_given_again(make):
    assert make.task(*(make.seen(footer(n), missing=9) for n in range(9))).title.zh == "gone。"
    assert make.task(*(make.seen(footer(n), missing=9) for n in range(12))).title.zh == "gone。这类情况共 12 处。"


def test_beside_a_count_of_pages_only_the_others_are_counted(make):
    def title(count):
        links = (make.seen(link(0, f"http://b.example/{n}", any_page=True), sources=9) for n in range(count))
        return make.task(*links).title

    assert (title(2).zh, title(2).en) == ("gone。另有 1 处与此同类。", "gone. 1 more is of this kind.")
    assert (title(3).zh, title(3).en) == ("gone。另有 2 处与此同类。", "gone. 2 more are of this kind.")


def test_what_people_have_settled_is_no_task(make):
    settled = (Review.FALSE_POSITIVE, Review.ACCEPTED)
    assert make.tasks(*(make.seen(review=review) for review in settled)) == []


def test_a_question_is_a_task_only_once_it_is_confirmed(make):
    assert make.tasks(make.seen(status=Status.MANUAL)) == []
    assert make.task(make.seen(status=Status.MANUAL, review=Review.CONFIRMED)).status is Status.FAIL


def test_a_task_with_hints_alone_is_a_hint(make):
    assert make.task(make.seen(status=Status.WARN)).status is Status.WARN
    both = make.seen(PageLocator(PAGE.format(1)), status=Status.WARN), make.seen(PageLocator(PAGE.format(2)))
    assert make.task(*both).status is Status.FAIL


def test_of_very_many_causes_the_widest_are_tasks_and_the_rest_is_one(make):
    seen = [make.seen(link(0, f"http://b.example/{n}", any_page=True), sources=n + 1) for n in range(MOST + 7)]
    tasks = make.tasks(*seen)
    assert (len(tasks), tasks[-1].findings, tasks[0].pages) == (MOST + 1, 7, MOST + 7)


def test_pictures_are_named_once(make):
    seen = (make.seen(footer(n), picture="picture:1:1") for n in range(3))
    assert make.task(*seen).pictures == ("picture:1:1",)


def test_the_first_picture_is_of_the_first_place(make):
    first, shown = make.seen(footer(1)), make.seen(footer(2), picture="picture:1:2")
    task = make.task(first, shown)
    assert (task.places[0], task.pictures) == (shown.fingerprint, ("picture:1:2",))


def test_words_without_a_full_stop_get_one_before_more_is_said(make):
    seen = [replace(make.seen(footer(n)), words=Text("请打开核实", "please look")) for n in range(2)]
    task = make.task(*seen)
    assert task.title.zh == "请打开核实。这类情况共 2 处。"
    assert task.title.en == "please look. There are 2 places of this kind."


def test_the_id_of_a_cause_knows_no_counts_and_no_first_place(make):
    ids = {
        make.task(make.seen(link(page, "https://b.example/gone", any_page=True), sources=sources)).id
        for page, sources in ((1, 1), (2, 300))
    }
    assert len(ids) == 1


def test_the_id_of_a_cause_can_be_asked_for(make):
    place = link(1, "https://b.example/gone")
    assert cause_of("links.broken", "a", "gone", place) == make.task(make.seen(place)).id


def test_a_target_shown_harmless_is_the_same_cause():
    shown, stored = link(1, "hxxps://www[.]b[.]example/"), link(1, "https://www.b.example/")
    assert cause_of("c", "a", "k", shown) == cause_of("c", "a", "k", stored)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=40))
def test_each_finding_is_in_just_one_task(make, pairs):
    seen = [make.seen(link(page, f"http://b.example/{target}")) for page, target in pairs]
    assert sum(task.findings for task in make.tasks(*seen)) == len(seen)
