import pytest

from xuncha.rules.likeness import alike

PAGE = (
    "<html><title>找不到页面</title><body>您访问的 {} 不存在，请返回首页。栏目 新闻 公告 政策 服务 互动</body></html>"
)


def test_pages_that_differ_in_the_name_asked_for_are_one(answer):
    assert alike(answer(PAGE.format("backup.zip")), answer(PAGE.format("xuncha-1.zip")), "backup.zip", "xuncha-1.zip")


def test_pages_that_differ_in_numbers_are_one(answer):
    assert alike(answer("<p>request 8123 at 10:22 failed</p>"), answer("<p>request 99 at 11:30 failed</p>"))


def test_pages_with_other_words_are_two(answer):
    assert not alike(answer("ref: refs/heads/main"), answer(PAGE))


def test_another_status_is_another_page(answer):
    assert not alike(answer("same"), answer("same", status=404))


@pytest.mark.parametrize(
    ("one", "other", "same"), [(b"", b"", True), (b"\0" * 100, b"\1" * 95, True), (b"\0", b"", False)]
)
def test_answers_without_words_are_told_by_their_size(answer, one, other, same):
    assert alike(answer(one), answer(other)) is same
