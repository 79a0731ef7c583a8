"""Pages whose scripts a browser ran: what they wrote is looked at, and held against nobody twice."""

from xuncha.page import rendered_page
from xuncha.testing import judge
from xuncha_plugins.darklinks.link_checks import hidden, scripted

SCRIPT = "<script src=/js/menu.js></script>"
INLINE = '<script>document.write(\'<div style="display:none"><a href="http://www.bet1.example.com/">皇冠体育</a></div>\')</script>'


def shown(page, spam, script=SCRIPT):
    """A page whose script writes hidden links."""
    return rendered_page(page(script), page(f"{script}<div style='display:none'>{spam}</div>").html, whole=True)


def test_hidden_links_that_a_linked_script_wrote_are_found(page, spam, plants, no_sheets):
    found = plants(shown(page, spam))
    assert str(judge(hidden, found, no_sheets).status) in ("fail", "manual")
    assert not judge(scripted, found).findings


def test_links_of_the_answer_are_seen_once(page, spam, plants):
    answered = page(f"<div style='display:none'>{spam}</div>")
    again = rendered_page(answered, answered.html, whole=True)
    assert plants(again).groups == plants(answered).groups


def test_links_that_a_noted_script_wrote_are_held_against_the_script_alone(page, plants, no_sheets):
    link = '<a href="http://www.bet1.example.com/">皇冠体育</a>'
    found = plants(shown(page, link, INLINE))
    assert len(judge(scripted, found).findings) == 1
    assert not judge(hidden, found, no_sheets).findings


def test_a_title_that_a_script_wrote_is_looked_at(page, plants):
    answered = page(SCRIPT)
    written = page(SCRIPT, title="澳门新葡京官网_皇冠体育投注平台", url=answered.url).html
    assert plants(rendered_page(answered, written, whole=True)).titles
