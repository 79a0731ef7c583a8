"""Whether what stands on a page offers gambling or pornography, so that its picture is made unreadable.

No finding: checks judge pages as they were read, and a page may show more by the time of its picture. Words by which
such offers call themselves count, not those by which offices warn of them; it takes several.
"""

import re

_ENOUGH = 3
_OFFERS = re.compile(
    "葡京|百家[乐樂]|时时彩|時時彩|六合彩|北京赛车|AG真人|真人(?:视讯|娱乐|荷官)|娱乐城|博彩(?:平台|公司|网站)|"
    "赌场|棋牌(?:游戏)?平台|彩票平台|开奖(?:直播|记录)|威尼斯人|太阳城|澳门金沙|bet365|体育投注|"
    "成人(?:电影|视频|小说|网站|用品)|色情(?:视频|电影|小说|网站)|无码|無碼|黄色(?:视频|电影)|"
    "(?<![a-z])av(?![a-z])|裸聊|约炮|一夜情|援交|小姐上门|伦理片|三级片",
    re.IGNORECASE,
)


def offers_harm(text: str) -> bool:
    """Whether several different words of such offers stand in it."""
    return len({found[0].lower() for found in _OFFERS.finditer(text)}) >= _ENOUGH
