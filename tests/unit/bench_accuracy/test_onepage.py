"""One saved page stands for a site that was read."""

from dataclasses import replace

from bench import onepage


def test_a_page_with_few_words_is_not_taken_for_a_notice_in_place_of_a_site(page):
    short = page("<html><title>通知</title><body><p>现将有关事项通知如下。</p></body></html>")
    crawl = onepage._crawl(short)
    assert (crawl.bare, replace(crawl, pages=crawl.pages[:1]).bare) == (False, True)
