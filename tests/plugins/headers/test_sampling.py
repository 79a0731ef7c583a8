"""Which pages are kept, and how little of them."""

import pickle

from xuncha.testing import gather
from xuncha_plugins.headers.sampling import AnswersSeen, SampleParams


def test_of_each_folder_the_first_pages_are_kept(page):
    pages = [page(), *(page(path=f"{folder}/{number}.html") for folder in "ab" for number in range(5))]
    kept = gather(AnswersSeen, *pages).sample
    assert [one.url[len("https://www.a.gov.cn/") :] for one in kept] == [
        "",
        "a/0.html",
        "a/1.html",
        "b/0.html",
        "b/1.html",
    ]


def test_there_is_an_end_to_it(page):
    pages = [page(path=f"{number}/1.html") for number in range(9)]
    assert len(gather(AnswersSeen, *pages, params=SampleParams(pages=4)).sample) == 4


def test_only_security_headers_are_kept(page):
    answer = gather(AnswersSeen, page("Server: nginx\nDate: today\nX-Secret: 1")).sample[0]
    assert answer.headers == (("server", "nginx"),)


def test_values_of_cookies_are_not_kept(page):
    assert "geheim" not in repr(gather(AnswersSeen, page("Set-Cookie: sid=geheim; Path=/")))


def test_a_hostile_answer_stays_small(page):
    headers = "\n".join(f"{name}: {'x' * 8_000}" for name in ["Content-Security-Policy"] * 200)
    answer = gather(AnswersSeen, page(headers + "\nServer: " + "y" * 1_000_000)).sample[0]
    assert len(pickle.dumps(answer)) < 50_000
    assert answer.cut == ("content-security-policy", "server")


def test_many_cookies_are_bounded(page):
    headers = "\n".join(f"Set-Cookie: c{number}=1" for number in range(10_000))
    assert len(gather(AnswersSeen, page(headers)).sample[0].cookies) == 30
