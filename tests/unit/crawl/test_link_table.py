from xuncha.crawl import links as link_table
from xuncha.crawl.links import MAX_SOURCES, MAX_TEXT, SOURCES_OF_OPENED, LinkTable
from xuncha.model.crawl import LinkUse
from xuncha.page.values import Link


def link(target="http://a.example/", page="http://www.example.gov.cn/", depth=1, text="甲", raw="/"):
    return Link(page, raw, target, "a", LinkUse.PAGE, text, 3, depth)


def targets(table):
    return table.hand_over(lambda url: "gov" in url)


def test_twenty_sources_are_kept_and_all_are_counted():
    table = LinkTable()
    for number in range(50):
        table.note(link(page=f"http://www.example.gov.cn/{number}"))
    (target,) = targets(table)
    assert (len(target.sources), target.sources_total) == (MAX_SOURCES, 50)
    assert target.sources[0].page.endswith("/0")


def test_a_source_on_the_home_page_is_remembered_though_it_is_not_kept():
    table = LinkTable()
    for depth in [1] * MAX_SOURCES + [0]:
        table.note(link(depth=depth))
    assert targets(table)[0].on_home


def test_words_are_cut():
    table = LinkTable()
    table.note(link(text="字" * 1000, raw="/" * 5000))
    (source,) = targets(table)[0].sources
    assert (len(source.text), len(source.raw)) == (MAX_TEXT, 500)


def test_targets_beyond_the_cap_are_counted(monkeypatch):
    monkeypatch.setattr(link_table, "MAX_TARGETS", 3)
    table = LinkTable()
    for number in range(5):
        table.note(link(f"http://a.example/{number}"))
    assert (table.dropped, len(targets(table))) == (2, 3)


def test_beyond_all_sources_every_new_target_keeps_its_first(monkeypatch):
    monkeypatch.setattr(link_table, "ALL_SOURCES", 4)
    table = LinkTable()
    for target in ("http://a.example/", "http://b.example/"):
        for _ in range(5):
            table.note(link(target))
    assert [(len(target.sources), target.sources_total) for target in targets(table)] == [(4, 5), (1, 5)]


def test_of_a_page_that_opened_fewer_sources_are_kept():
    table = LinkTable()
    for _ in range(10):
        table.note(link())
    table.opened("http://a.example/")
    for _ in range(10):
        table.note(link())
    (target,) = targets(table)
    assert (len(target.sources), target.sources_total) == (SOURCES_OF_OPENED, 20)


def test_a_page_that_opened_before_it_had_many_sources_keeps_as_few():
    table = LinkTable()
    table.note(link())
    table.opened("http://a.example/")
    for _ in range(10):
        table.note(link())
    assert len(targets(table)[0].sources) == SOURCES_OF_OPENED
