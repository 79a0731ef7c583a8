"""Pages are searched for lists only where they may hold one; these still are."""

from xuncha.page import Page, parse_page

FILLER = "<p>" + "本栏目按照规定公开有关的信息。" * 40 + "</p>"


def page(body: str, path: str = "/zwgk/") -> Page:
    return parse_page(
        f"<meta charset=utf-8><body><p>本县的网站</p>{body}".encode(), url=f"https://www.example.gov.cn{path}"
    )


def rows(body: str) -> int:
    return sum(len(found.rows) for found in page(body).lists)


def test_days_without_a_year_make_a_list_of_short_titles() -> None:
    assert (
        rows("<ul>" + "".join(f"<li><a href={n}.html>会议通知</a><b>09-{n}</b></li>" for n in (30, 28, 21)) + "</ul>")
        == 3
    )


def test_titles_without_any_date_make_a_list() -> None:
    assert (
        rows("<ul>" + "".join(f"<li><a href={n}.html>关于召开第{n}次会议的通知</a></li>" for n in range(3)) + "</ul>")
        == 3
    )


def test_a_date_shown_when_pointed_at_makes_a_list() -> None:
    tip = "标题：会议 时间：2021-09-{}"
    items = "".join(f'<li><a href={n}.html title="{tip.format(n)}">会议通知</a></li>' for n in (30, 28, 21))
    assert rows(f"<ul>{items}</ul>") == 3


def test_a_running_text_with_links_in_it_is_no_list() -> None:
    assert rows(FILLER + "".join(f"<p>见<a href={n}.html>政府信息公开指南第{n}章</a></p>" for n in range(3))) == 0


def test_an_article_without_date_is_known_by_its_url_and_heading() -> None:
    body = f"<title>信息公开指南说明</title><h1>信息公开指南说明</h1>{FILLER}"
    assert page(body, "/art/post_12345.html").is_article
    assert not page(body, "/art/index.html").is_article


def test_a_title_set_apart_letter_by_letter_is_the_heading() -> None:
    body = f"<title>工作规则</title><h4>工 作 规 则</h4>{FILLER}"
    assert page(body, "/post_12345.html").is_article
