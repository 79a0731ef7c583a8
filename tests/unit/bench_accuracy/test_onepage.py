"""One saved page stands for a site that was read."""

from dataclasses import replace

from bench import onepage

from xuncha.lab.lying_open import LEFT


def test_a_page_with_few_words_is_not_taken_for_a_notice_in_place_of_a_site(page):
    short = page("<html><title>通知</title><body><p>现将有关事项通知如下。</p></body></html>")
    crawl = onepage._crawl(short)
    assert (crawl.bare, replace(crawl, pages=crawl.pages[:1]).bare) == (False, True)


def test_a_page_is_held_against_every_rule_whatever_its_address(page, observed):
    panel = onepage.Panel()
    left = page(LEFT["folder-listed"][0].body.decode())
    found = {
        name: str(panel.judge(one, observed)["exposure.listings"].status)
        for name, one in {"listing": left, "article": page("<html><title>关于目录浏览漏洞的通报</title>")}.items()
    }
    assert found == {"listing": "fail", "article": "pass"}
