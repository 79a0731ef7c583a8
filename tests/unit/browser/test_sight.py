"""DevTools' snapshot of a page, as Chromium writes it, cut down to what is read of it."""

import pytest

from xuncha.browser import sight
from xuncha.browser.sight import read_sight
from xuncha.model.rendered import Rect


class Snapshot:
    """Puts nodes into documents; each has a name, what is around it, a place, and more as wanted."""

    def __init__(self):
        self.strings, self.documents = [], []

    def string(self, text):
        self.strings.append(text)
        return len(self.strings) - 1

    def document(self, url="http://a.example/", scrolled=0):
        rare = {name: {"index": [], "value": []} for name in ("inputValue", "textValue", "contentDocumentIndex")}
        plain = {name: [] for name in ("parentIndex", "nodeType", "nodeName", "nodeValue", "attributes")}
        boxes = {name: [] for name in ("layoutIndex", "bounds", "start", "length")}
        layout = {name: [] for name in ("nodeIndex", "bounds", "text")}
        self.documents.append({
            "documentURL": self.string(url), "scrollOffsetX": 0, "scrollOffsetY": scrolled,
            "nodes": plain | rare, "layout": layout, "textBoxes": boxes,
        })  # fmt: skip
        return self

    def node(self, name, box=None, *, parent=-1, text="", attributes=(), **rare):
        nodes, layout = self.documents[-1]["nodes"], self.documents[-1]["layout"]
        number = len(nodes["nodeName"])
        nodes["nodeName"].append(self.string(name))
        nodes["nodeType"].append(3 if name == "#text" else 1)
        nodes["parentIndex"].append(parent)
        nodes["nodeValue"].append(self.string(text) if text else -1)
        nodes["attributes"].append([self.string(one) for one in attributes])
        for kind, value in rare.items():
            nodes[kind]["index"].append(number)
            nodes[kind]["value"].append(value if kind == "contentDocumentIndex" else self.string(value))
        if box:
            layout["nodeIndex"].append(number)
            layout["bounds"].append(list(box))
            layout["text"].append(self.string(text) if text else -1)
        return number

    def words(self, text, *boxes):
        """A text in one or more boxes; the last has what the others leave, which have a character each."""
        self.node("#text", boxes[0], text=text)
        told = self.documents[-1]["textBoxes"]
        for at, box in enumerate(boxes):
            told["layoutIndex"].append(len(self.documents[-1]["layout"]["nodeIndex"]) - 1)
            told["bounds"].append(list(box))
            told["start"].append(at)
            told["length"].append(1 if at < len(boxes) - 1 else len(text) - at)
        return self

    @property
    def read(self):
        return read_sight({"documents": self.documents, "strings": self.strings})


@pytest.fixture
def page():
    return Snapshot().document()


def test_words_in_a_line_are_one_line_and_apart_in_it_a_tab(page):
    page.words("机密", (0, 0, 32, 16)).words("★5年", (32, 0, 40, 16)).words("特急", (200, 0, 32, 16))
    assert page.read.writings[0].text == "机密★5年\t特急"


def test_words_below_others_are_another_line_however_the_text_is_broken(page):
    page.words("甲乙丙", (0, 0, 16, 16), (0, 20, 32, 16))
    (writing,) = page.read.writings
    assert writing.text == "甲\n乙丙"
    assert [(one.start, one.end, one.rect.top) for one in writing.pieces] == [(0, 1, 0), (2, 4, 20)]


def test_letters_beyond_the_basic_plane_are_not_cut_in_two(page):
    assert page.words("𠮷示", (0, 0, 32, 16)).read.writings[0].text[0] == "𠮷"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("INPUT", {"inputValue": "说"}),
        ("TEXTAREA", {"textValue": "说"}),
        ("INPUT", {"attributes": ("type", "text", "placeholder", "说")}),
        ("IMG", {"attributes": ("alt", "说")}),
    ],
)
def test_what_a_field_or_lacking_picture_shows_stands_where_it_does(page, name, more):
    page.node(name, (5, 6, 70, 20), **more)
    (piece,) = page.read.writings[0].pieces
    assert (page.read.writings[0].text, piece.rect) == ("说", Rect(5, 6, 70, 20))


def test_what_a_list_offers_stands_where_the_list_does(page):
    group = page.node("SELECT", (5, 6, 70, 20))
    page.node("#text", parent=page.node("OPTION", parent=group), text="选")
    assert page.read.writings[0].pieces[0].rect == Rect(5, 6, 70, 20)


def test_a_frame_within_a_frame_stands_where_the_outer_one_does(page):
    page.node("IFRAME", (10, 20, 300, 200), contentDocumentIndex=1)
    page.document("http://a.example/1").node("FRAME", (1, 2, 30, 20), contentDocumentIndex=2)
    page.document("http://a.example/2").words("里面", (0, 0, 32, 16))
    _, outer, inner = page.read.writings
    assert (inner.url, inner.text, outer.frame, inner.frame) == (
        "http://a.example/2", "里面", Rect(10, 20, 300, 200), Rect(10, 20, 300, 200),
    )  # fmt: skip


def test_a_frame_that_is_not_shown_is_read_and_stands_nowhere(page):
    page.node("IFRAME", contentDocumentIndex=1)
    page.document().node("#text", parent=page.node("P"), text="机密★5年")
    inner = page.read.writings[1]
    assert (inner.text, inner.unseen, inner.frame) == ("", "机密★5年", Rect(0, 0, 0, 0))


def test_what_scripts_hold_is_no_words_and_what_is_shown_is_not_unseen(page):
    page.node("#text", parent=page.node("SCRIPT"), text="机密★5年")
    assert page.words("甲", (0, 0, 16, 16)).read.writings[0].unseen == ""


def test_canvases_and_frames_of_which_no_words_are_known_are_told(page):
    page.node("CANVAS", (0, 0, 100, 50))
    page.node("IFRAME", (0, 60, 100, 50))
    page.node("CANVAS", (0, 0, 1, 1))
    assert page.read.unread == (Rect(0, 0, 100, 50), Rect(0, 60, 100, 50))


def test_a_canvas_in_a_frame_stands_where_the_frame_does(page):
    page.node("IFRAME", (10, 20, 300, 200), contentDocumentIndex=1)
    page.document().node("CANVAS", (0, 0, 100, 50))
    assert page.read.unread == (Rect(10, 20, 300, 200),)


def test_a_scrolled_page_is_told_as_the_picture_shows_it():
    assert Snapshot().document(scrolled=40).words("甲", (0, 100, 16, 16)).read.writings[0].pieces[0].rect.top == 60


def test_more_words_than_are_read_out_are_not_taken_for_all(page, monkeypatch):
    monkeypatch.setattr(sight, "MOST_PIECES", 1)
    page.words("甲", (0, 0, 16, 16)).words("乙", (0, 20, 16, 16))
    assert (page.read.complete, page.read.writings[0].text) == (False, "甲")


@pytest.mark.parametrize("said", [{}, {"documents": [{}], "strings": []}])
def test_a_snapshot_that_is_none_is_refused(said):
    with pytest.raises((KeyError, TypeError)):
        read_sight(said)
