"""Pages as content management systems make them."""

import pickle

import pytest

from xuncha.testing import gather
from xuncha_plugins.content import personal_pages
from xuncha_plugins.content.personal_pages import PersonalPagesSeen

HOME = "http://www.a.gov.example/"


@pytest.fixture
def beneficiaries(resident):
    """A published list as a table of the year 2008: every cell a paragraph of its own."""

    def cell(text):
        return f'<td width="90" style="border:solid windowtext 1pt"><p align="center"><span>{text}</span></p></td>'

    rows = [("序号", "姓名", "身份证号", "金额")]
    rows += [(str(number), f"村民{number}", resident(sequence=number), "600") for number in range(1, 4)]
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f'<div id="zoom"><p>现将发放名单公示如下：</p><table border="1">{body}</table></div>'


def test_a_published_list_is_found_with_its_place(shown, beneficiaries):
    page = shown(beneficiaries, url=HOME + "col/a.html", depth=2)
    (found,) = gather(PersonalPagesSeen, page).pages
    assert (found.url, found.depth, found.exposed.ids) == (HOME + "col/a.html", 2, 3)


def test_numbers_in_addresses_and_scripts_are_not_seen(shown, resident):
    markup = f'<a href="/{resident()}.html"><img src="{resident()}.jpg"></a><script>var id="{resident()}"</script>'
    assert gather(PersonalPagesSeen, shown(markup)).pages == ()


def test_the_contact_in_the_footer_is_nothing(shown):
    footer = "<div class=footer>主办单位：某局 联系人：张三 联系电话：13964201388 网站标识码：3702030001</div>"
    assert gather(PersonalPagesSeen, shown(footer)).pages == ()


def test_beyond_the_cap_the_fact_says_that_it_is_not_all(shown, beneficiaries, monkeypatch):
    monkeypatch.setattr(personal_pages, "MOST_PAGES", 1)
    found = gather(PersonalPagesSeen, *(shown(beneficiaries, url=f"{HOME}{number}.html") for number in range(3)))
    assert (len(found.pages), found.complete) == (1, False)


def test_nothing_that_is_kept_holds_a_number(shown, beneficiaries, resident):
    fact = gather(PersonalPagesSeen, shown(beneficiaries))
    assert resident(sequence=1).encode() not in pickle.dumps(fact)
    assert "370203" not in repr(fact)
