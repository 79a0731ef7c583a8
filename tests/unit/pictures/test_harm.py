import pytest

from xuncha.pictures.harm import offers_harm


@pytest.mark.parametrize(
    ("text", "harmful"),
    [
        ("澳门新葡京赌场 真人百家乐 时时彩平台 六合彩开奖", True),
        ("成人电影 色情视频 无码av", True),
        ("我区公安机关开展打击网络赌博专项行动，捣毁一个六合彩窝点。", False),
        ("时时彩 时时彩 时时彩", False),
        ("java、wav 与 avi 文件的下载说明", False),
        ("", False),
    ],
)
def test_several_different_words_of_offers_are_taken_for_harm(text, harmful):
    assert offers_harm(text) is harmful
