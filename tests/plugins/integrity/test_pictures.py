"""The home page held against the approved picture of it."""

import asyncio
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from xuncha.model.fact import Gap
from xuncha.model.looks import Looks
from xuncha.model.outcome import Status
from xuncha.model.past import Past
from xuncha.model.pictures import Photo
from xuncha.model.prints import Baseline, Redesign, Seal, SealState
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Parts, Picture, Rect
from xuncha.testing import SITE, FakeRenderer, judge, rendering
from xuncha.testing.judging import earlier
from xuncha.testing.rendering import MOMENT
from xuncha_plugins.integrity import home_look as probing
from xuncha_plugins.integrity.home_look import LookParams, home_look
from xuncha_plugins.integrity.picture_checks import picture_changed

PHOTO = Photo("picture:0:0", SITE.home, MOMENT, "a" * 64, "b" * 64, 1366, 900, 100, whole=True)
SLOTS = tuple(Rect(left, 200, 200, 64) for left in (700, 920, 1140))
ANNOUNCED = Redesign(date(2026, 11, 1), date(2026, 11, 30))


def painted(*boxes, ground="white"):
    """A page with a blue banner and lines of text, and ``boxes`` painted over it, as PNG."""
    image = Image.new("RGB", (1366, 900), ground)
    draw = ImageDraw.Draw(image)
    if ground == "white":
        draw.rectangle((0, 0, 1366, 180), fill="#1a5fb4")
        for top in range(200, 880, 20):
            draw.text((100, top), "government " * 30, fill="#222")
    for box, colour in boxes:
        draw.rectangle(box, fill=colour)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def shot(png):
    return Picture(png, sha256(png).hexdigest(), 1366, 900, whole=True)


def page(*pngs, **more):
    parts = Parts(SLOTS, (Rect(0, 0, 1, 1),), "f", ("a", "b", "c"))
    return replace(rendering(SITE.home, "<p>x"), shots=tuple(map(shot, pngs)), parts=parts, **more)


class Studio:
    """Implements ``Pictures``; takes the same picture of everything."""

    def __init__(self, found=PHOTO):
        self.found = found

    async def take(self, url, outlined=(), *, blurred=False):
        return self.found


def looked(rendered, past=None, studio=None, baseline=None):
    renderer = FakeRenderer({SITE.home: rendered})
    nothing = baseline or Gap(Reason.NO_BASELINE)
    return asyncio.run(home_look(SITE, nothing, past or Past(), renderer, studio or Studio(), LookParams(pages=3)))


@pytest.fixture(scope="module")
def seen():
    """The page as it was on an earlier visit."""
    return looked(page(painted()))


@pytest.fixture
def baseline(made, seen):
    """The approved state of the home page, with its look."""
    approved = made.approved(made.visit(made.parsed("<p>x", SITE.home)))
    pages = tuple(replace(one, look=seen.pages[0].look) for one in approved.pages)
    return Baseline(SITE.id, pages, Seal("h", 1, SealState.INTACT))


def told(now, baseline):
    outcome = judge(picture_changed, now, baseline)
    return outcome.status, [found.key for found in outcome.findings], outcome.reason and outcome.reason.code


def test_a_page_that_looks_as_approved_passes(seen, baseline):
    assert told(seen, baseline) == (Status.PASS, [], None)


@pytest.mark.parametrize(
    ("now", "key"),
    [
        (painted(ground="black"), "replaced"),
        (painted(((100, 100, 1266, 700), "#111")), "replaced"),
        (painted(((300, 250, 700, 500), "#111")), "covered"),
        (painted(((0, 0, 1366, 180), "#a01010")), "banner"),
        (painted(((0, 181, 1366, 900), "white")), "blank"),
        (painted(*(((left, 200, left + 199, 263), "#c02020") for left in (700, 920, 1140))), "exchanged"),
    ],
)
def test_a_page_that_looks_otherwise_is_asked_about_with_its_picture(baseline, now, key):
    outcome = judge(picture_changed, looked(page(now)), baseline)
    assert (outcome.status, [found.key for found in outcome.findings]) == (Status.MANUAL, [key])
    assert outcome.findings[0].evidence == PHOTO.evidence


def test_words_that_only_a_style_sheet_writes_are_asked_about_and_named(baseline):
    slogan = "本站已被他人接管"
    parts = Parts(SLOTS, (Rect(0, 0, 1, 1),), "f", ("a", "b", "c"), (slogan,))
    outcome = judge(picture_changed, looked(replace(page(painted()), parts=parts)), baseline)
    assert [(found.key, found.params["words"].value) for found in outcome.findings] == [("lettered", slogan)]


def test_in_a_planned_redesign_nothing_is_asked(baseline):
    planned = replace(baseline, redesigns=(ANNOUNCED,))
    assert told(looked(page(painted(ground="black"))), planned)[0] is Status.NOT_APPLICABLE


def test_a_baseline_from_before_there_were_looks_is_none(seen, made):
    bare = made.approved(made.visit(made.parsed("<p>x", SITE.home)))
    assert told(seen, bare) == (Status.INCONCLUSIVE, [], Reason.NO_BASELINE)


def test_with_another_browser_only_a_page_that_is_another_is_asked_about(baseline):
    box = painted(((300, 250, 700, 500), "#111"))
    other = {"browser": "Chrome/2.0"}
    assert told(looked(page(box, **other)), baseline) == (Status.INCONCLUSIVE, [], Reason.SEEN_OTHERWISE)
    assert told(looked(page(painted(ground="black"), **other)), baseline)[:2] == (Status.MANUAL, ["replaced"])


def test_what_lacks_pictures_is_not_held_against_the_page(baseline):
    now = looked(page(painted(((0, 0, 1366, 180), "white")), settled=False))
    assert told(now, baseline) == (Status.INCONCLUSIVE, [], Reason.PICTURE_INCOMPLETE)


def test_a_grey_page_is_noted(baseline):
    grey = Image.open(BytesIO(painted())).convert("L").convert("RGB")
    out = BytesIO()
    grey.save(out, "PNG")
    outcome = judge(picture_changed, looked(page(out.getvalue())), baseline)
    assert (outcome.status, [said.key for said in outcome.notes]) == (Status.PASS, ["greyed", "compared"])


def test_without_a_browser_nobody_can_tell(baseline):
    gap = looked(Gap(Reason.NO_BROWSER))
    outcome = judge(picture_changed, (Looks, gap), baseline)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NO_BROWSER)


def test_without_pillow_nothing_is_rendered(monkeypatch):
    monkeypatch.setattr(probing, "pillow_is_there", lambda: False)
    assert looked(page(painted())).reason is Reason.PROGRAM_MISSING


def test_of_a_page_with_a_mark_of_secrecy_no_look_is_taken():
    assert looked(page(painted()), studio=Studio(Gap(Reason.STATE_SECRET_MARK))).reason is Reason.STATE_SECRET_MARK


@pytest.mark.parametrize(
    ("rendered", "reason"),
    [
        (page(painted(), status=503), Reason.SERVER_ERROR),
        (page(), Reason.PICTURE_INCOMPLETE),
        (page(b"no picture"), Reason.PICTURE_INCOMPLETE),
    ],
)
def test_what_is_no_picture_of_the_page_is_a_gap(rendered, reason):
    assert looked(rendered).reason is reason


def test_a_look_is_taken_without_a_picture_for_people():
    found = looked(page(painted()), studio=Studio(Gap(Reason.BUDGET_REACHED)))
    assert (len(found.pages), found.pages[0].photo) == (1, None)


def test_what_moves_within_seconds_is_known(baseline):
    box = ((300, 250, 700, 500), "#111")
    assert told(looked(page(painted(box), painted())), baseline)[0] is Status.PASS


def test_visits_teach(seen):
    again = looked(page(painted()), past=earlier((MOMENT, seen)))
    assert again.pages[0].habit.visits == 2
