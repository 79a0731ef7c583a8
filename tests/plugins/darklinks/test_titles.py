"""Titles: what advertises fails where the page says something else; what names a site or heads an article does not."""

from pathlib import Path

import pytest
import yaml

from xuncha.model.outcome import Status
from xuncha.page import parse_page
from xuncha.testing import judge
from xuncha_plugins.darklinks.page_checks import title_spam

TITLES = yaml.safe_load(Path(__file__).with_name("titles.yaml").read_text("utf-8"))
HOME = "http://www.a.gov.example/"
ARTICLE = f"{HOME}art/2026/11/2/art_12_345.html"
TEXT = "各单位要高度重视，认真组织，压实责任，确保各项工作任务按时完成。特此说明。" * 4


def told(plants, title, heading, url=ARTICLE, text=TEXT, head=""):
    markup = (
        f"<html><head><meta charset=utf-8><title>{title}</title>{head}<meta name=SiteName content=示例市人民政府>"
        f"</head><body><div class=top>首页 政务公开 互动交流</div><h1>{heading}</h1><p>{text}</p></body></html>"
    )
    return judge(title_spam, plants(parse_page(markup.encode(), url=url)))


@pytest.mark.parametrize("title", TITLES["articles"])
def test_an_article_with_its_title_as_its_heading_is_news(plants, title):
    assert told(plants, f"{title}_示例市人民政府", title).status is Status.PASS


@pytest.mark.parametrize("title", TITLES["told"])
def test_news_under_the_heading_of_its_column_is_no_planted_title(plants, title):
    assert told(plants, title, "通知公告").status is Status.PASS


@pytest.mark.parametrize("title", TITLES["asked"])
def test_what_reads_like_news_is_at_most_a_question(plants, title):
    assert [one.key for one in told(plants, title, "通知公告").findings] == ["notice"]


@pytest.mark.parametrize("url", [HOME, ARTICLE])
@pytest.mark.parametrize("title", TITLES["names"])
def test_the_name_of_a_site_raises_no_alarm(plants, title, url):
    assert told(plants, title, "示例市人民政府", url).status is Status.PASS


@pytest.mark.parametrize("url", [HOME, ARTICLE])
@pytest.mark.parametrize("title", TITLES["hijacked"])
def test_a_hijacked_title_fails(plants, title, url):
    assert told(plants, title, "示例市人民政府", url).status is Status.FAIL


def test_an_article_that_solicits_is_a_question(plants):
    title = "澳门新葡京娱乐平台开户送彩金"
    assert [one.key for one in told(plants, title, title).findings] == ["article"]


def test_a_home_page_that_solicits_fails_whatever_its_heading(plants):
    assert told(plants, "百家乐官网开户", "百家乐官网开户", HOME).status is Status.FAIL


def test_an_article_that_has_the_words_in_its_text_only_is_a_question(plants):
    found = told(plants, "百家乐开户", "情况说明", text=f"百家乐。{TEXT}").findings
    assert [one.key for one in found] == ["article"]


def test_a_page_without_text_of_its_own_cannot_be_compared(plants):
    assert [one.key for one in told(plants, "百家乐开户", "", text="").findings] == ["alone"]


def test_a_brand_that_nobody_knows_is_left_alone_where_the_page_has_its_name(plants):
    assert told(plants, "云山体育官方网站", "云山体育").status is Status.PASS


def test_planted_links_do_not_excuse_a_title(plants):
    links = '<a href="http://www.x1.example.com/">球速体育</a>'
    assert told(plants, "球速体育app-球速体育官网", "示例市人民政府", text=TEXT + links).status is Status.FAIL


def test_keywords_that_the_article_has_as_well_are_its_own(plants):
    head = '<meta name=keywords content="六合彩,百家乐,时时彩,北京赛车">'
    text = f"六合彩、百家乐、时时彩的由来。{TEXT}"
    assert told(plants, "一段往事", "一段往事", text=text, head=head).status is Status.PASS


def test_a_brand_beside_the_sites_name_is_in_no_organs_name(plants):
    assert told(plants, "百家乐是什么_示例市人民政府", "百家乐是什么").status is Status.PASS


def test_a_home_page_that_names_such_places_is_a_question(plants):
    found = told(plants, "澳门威尼斯人、美高梅主题旅游网", "澳门威尼斯人、美高梅", HOME).findings
    assert [one.key for one in found] == ["article"]


def test_a_single_word_that_the_page_has_nothing_of_is_a_question(plants):
    assert [one.key for one in told(plants, "浩博体育网", "示例市人民政府", HOME).findings] == ["stray"]
    assert told(plants, "浩博体育网", "浩博体育网").status is Status.PASS
