"""What a citizen sees on the lab's sites: columns, guides, letters, search, downloads."""

import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from xuncha.lab import CLEAN, LabSite
from xuncha.lab.about import REPORT, report_year
from xuncha.lab.columns import COLUMNS, CONSULTATIONS, LETTERS, SERVICES, articles, page_path
from xuncha.lab.content import resources, search_page
from xuncha.lab.flavours import FLAVOURS
from xuncha.lab.identity import shown_identity, true_identity
from xuncha.lab.interaction import SAVE, WRITE, letters
from xuncha.lab.layout import Setting
from xuncha.lab.lists import data_proxy
from xuncha.lab.people import beneficiaries, resident_id
from xuncha.lab.resource import Resources
from xuncha.model.clock import SHANGHAI
from xuncha.store.mask import is_resident_id, mask_text

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=SHANGHAI)
ORIGIN = "https://www.shili.gov.example"
NEWS, NOTICES, POLICIES = COLUMNS[:3]


def setting(site: LabSite = CLEAN) -> Setting:
    identity = shown_identity(true_identity(site, site, f"{ORIGIN}/", "https://{}".format), site.faults)
    return Setting(site, identity, ORIGIN, NOW, "https://{}".format)


@lru_cache(maxsize=8)
def built(site: LabSite) -> Resources:
    return resources(setting(site))


def shown(path: str, site: LabSite = CLEAN) -> str:
    return unescape(built(site)[path].body.decode(site.encoding))


def newest(column, site=CLEAN):
    return articles(site, column, NOW)[0].path


def having(*faults: str) -> LabSite:
    return CLEAN.having(*faults)


# Columns


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_news_fill_three_pages_and_the_first_two_ten_rows_each(flavour):
    site = replace(CLEAN, flavour=flavour)
    paths = [article.path for article in articles(site, NEWS, NOW)]
    rows = [sum(f'"{path}"' in shown(page_path(site, NEWS, number), site) for path in paths) for number in (1, 2, 3)]
    assert rows == [10, 10, 1]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_notices_pin_their_oldest(flavour):
    site = replace(CLEAN, flavour=flavour)
    markup = shown(page_path(site, NOTICES), site)
    oldest = articles(site, NOTICES, NOW)[-1].path
    assert markup.index(oldest) < markup.index(newest(NOTICES, site))
    assert FLAVOURS[flavour].pin in markup


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_an_article_tells_its_date_source_and_place(flavour):
    site = replace(CLEAN, flavour=flavour)
    markup = shown(newest(NEWS, site), site)
    published = articles(site, NEWS, NOW)[0].published
    assert re.search(r"发[布稿](?:时间|日期) ?[:：] ?2026[-/]0?8[-/]19 \d+:\d\d", markup)
    assert f'content="{published:%Y-%m-%d %H:%M}"' in markup
    assert FLAVOURS[flavour].trail in markup
    assert f"{CLEAN.sponsor}" in markup


def test_a_document_was_signed_before_it_was_published():
    markup = shown(newest(POLICIES, replace(CLEAN, flavour="gkmlpt")), replace(CLEAN, flavour="gkmlpt"))
    assert "<th>成文日期</th><td>2026年7月1日</td>" in markup
    assert "<th>发布日期</th><td>2026-07-31</td>" in markup


def test_a_blank_column_has_a_page_without_rows():
    markup = shown("/zwgk/rsxx/index.html", having("freshness-column-blank"))
    assert "人事信息" in markup
    assert "<li>" not in markup


def test_undated_articles_show_no_date_anywhere():
    site = having("freshness-undated")
    column = next(column for column in COLUMNS if column.kind == "plan")
    for article in articles(site, column, NOW):
        assert not re.search(r"PubDate|发布时间", shown(article.path, site))
        assert not re.search(r"20\d\d-\d\d-\d\d|/20\d{4}/", article.path)


def test_a_frozen_home_page_shows_nothing_of_the_last_two_weeks():
    dates = re.findall(r"20\d\d-\d\d-\d\d", shown("/", having("freshness-home-stale")))
    assert dates
    assert max(dates) < f"{NOW - timedelta(days=14):%Y-%m-%d}"


@pytest.mark.parametrize("fault", ["freshness-list-scripted", "freshness-list-jpage"])
def test_articles_listed_by_script_are_found_through_the_list_only(fault):
    site = having(fault)
    path = newest(NEWS, site)
    carriers = [place for place, one in built(site).items() if path.encode() in one.body]
    assert [place for place in carriers if place != path] == ["/api/1001.json"]


def test_a_scripted_list_has_a_source_of_our_own_making():
    rows = json.loads(built(having("freshness-list-scripted"))["/api/1001.json"].body)
    assert rows[0]["date"] == "2026-08-19"


def test_a_data_proxy_answers_the_records_asked_for():
    site = replace(CLEAN, flavour="jcms").having("freshness-list-jpage")
    answer = data_proxy(setting(site), "columnid=1001&startrecord=11&endrecord=20&perpage=10")
    tree = ET.fromstring(answer.body)
    assert (tree.findtext("totalrecord"), tree.findtext("totalpage")) == ("21", "3")
    assert [
        article.path in (record.text or "")
        for article, record in zip(articles(site, NEWS, NOW)[10:20], tree.iter("record"), strict=True)
    ] == [True] * 10


def test_a_data_proxy_survives_foolish_questions():
    for query in ("", "columnid=9", "columnid=1001&startrecord=x&perpage=0", "columnid=1001&endrecord=99999999999"):
        assert data_proxy(setting(), query).body.startswith(b"<datastore>")


# Services

ELEMENTS = (
    "设定依据 申请条件 办理流程 办理时限 办理材料 表格下载 收费标准 办理机构 办理地点 联系电话 办理时间 咨询投诉渠道"
)


@pytest.mark.parametrize("index", [0, 1])
def test_guides_have_twelve_elements_in_a_table_or_under_headings(index):
    markup = shown(articles(CLEAN, SERVICES, NOW)[index].path)
    assert [name for name in ELEMENTS.split() if name not in markup] == []
    assert ('class="guide"' in markup) == (index == 0)


@pytest.mark.parametrize("flavour", ["trs", "table2008"])
def test_the_search_finds_titles_whatever_the_encoding(serve, flavour):
    encoding = "gbk" if flavour == "table2008" else "utf-8"
    site = replace(CLEAN, platform="", flavour=flavour, encoding=encoding)
    browser = serve(sites=(site,))
    action, field = FLAVOURS[flavour].search
    words = "".join(f"%{byte:02X}" for byte in "放假安排".encode(encoding))
    answer = browser.home(f"{action.removeprefix('/')}?{field}={words}").body.decode(encoding)
    assert "年国庆节、中秋节放假安排的通知</a>" in answer


def test_a_blind_search_finds_nothing():
    assert "共 0 条" in search_page(setting(having("service-search-blind")), "通知").body.decode()


def test_forms_have_an_action_that_takes_posts_only(serve):
    browser = serve()
    assert f'action="{SAVE}" method="post"' in browser.home(WRITE.removeprefix("/")).text
    answer = browser.home(SAVE.removeprefix("/"))
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_a_dead_form_leads_to_nothing(serve):
    browser = serve("service-form-dead")
    (action,) = re.findall(r'action="([^"]+)" method="post"', browser.home(WRITE.removeprefix("/")).text)
    assert {browser.home(action.removeprefix("/"), method).status for method in ("GET", "OPTIONS")} == {404}


def test_a_list_of_names_is_a_workbook_that_masks_them():
    path = next(path for path in built(CLEAN) if path.endswith(".xlsx") and "/P" in path)
    rows = list(openpyxl.load_workbook(io.BytesIO(built(CLEAN)[path].body)).active.values)
    assert rows[0] == ("序号", "姓名", "身份证号码", "联系电话", "补贴金额（元）")
    assert rows[1][2].startswith("370299********")


def test_invented_people_have_numbers_that_pass_their_checksum():
    assert all(is_resident_id(resident_id(number)) for number in range(1, 60))
    rows = list(beneficiaries(masked=False))[1:]
    assert all(mask_text(cell) != cell for row in rows for cell in row[2:4])


# Interaction


def test_letters_are_answered_within_two_days():
    assert all(letter.answered - letter.asked < timedelta(days=2) for letter in letters(setting()))


def test_an_unanswered_letter_is_older_than_three_months_and_younger_than_a_year():
    (letter,) = [letter for letter in letters(setting(having("letters-unanswered"))) if not letter.answered]
    assert timedelta(days=95) < NOW - letter.asked < timedelta(days=365)
    assert "办理中" in shown(letter.article.path, having("letters-unanswered"))


def test_a_consultation_is_open_for_a_month():
    states = ["正在征集" in shown(article.path) for article in articles(CLEAN, CONSULTATIONS, NOW)]
    assert states == [True, False, False]


def test_an_expired_consultation_still_calls_for_opinions():
    site = having("content-expired")
    article = articles(site, CONSULTATIONS, NOW)[-1]
    assert "正在征集" in shown(article.path, site)
    assert f"【正在征集】{article.title}" in shown("/", site)


def test_without_a_channel_nobody_can_write():
    pages = built(having("channel-missing"))
    assert WRITE not in pages
    assert page_path(CLEAN, LETTERS) not in pages
    assert "区长信箱" not in pages["/"].body.decode()


# About


@pytest.mark.parametrize(("day", "year"), [((2026, 1, 19), 2024), ((2026, 1, 20), 2025), ((2026, 12, 31), 2025)])
def test_last_years_report_comes_on_the_twentieth_of_january(day, year):
    assert report_year(datetime(*day, tzinfo=SHANGHAI).date()) == year


def test_the_home_page_links_to_the_yearly_report():
    assert f'<a href="{REPORT}">政府网站工作年度报表（2025年度）</a>' in shown("/")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("sponsor-missing", "主办单位"),
        ("undertaker-missing", "承办单位"),
        ("contact-missing", "联系电话"),
        ("copyright-missing", "版权所有"),
        ("site-map-missing", "网站地图"),
        ("accessibility-missing", "无障碍"),
        ("tags-missing", "SiteName"),
    ],
)
def test_an_element_of_identity_can_be_missing(fault, words):
    assert words in shown("/")
    assert words not in shown("/", having(fault))
