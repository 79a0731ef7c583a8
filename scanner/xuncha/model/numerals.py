"""Numbers written in Chinese, as dates, terms and counts in documents need them: 三, 十二, 二十五, 两, 半, 二〇二六."""

_NOUGHTS = "〇○零O0\uff2f"
_DIGITS = dict.fromkeys(_NOUGHTS, 0) | {one: at for at, one in enumerate("一二三四五六七八九", 1)} | {"两": 2}


def below_hundred(text: str) -> int | None:
    """The number that ``text`` is, digit or tens with ones; None where it is none."""
    tens, ten, ones = text.rpartition("十")
    high = _DIGITS.get(tens) if tens else 1
    low = _DIGITS.get(ones) if ones or not ten else 0
    if high is None or low is None:
        return None
    return 10 * high + low if ten else low


def counted(text: str) -> float | None:
    """The same for what is counted, where 半 is one half and digits are what they are (``30``, ``1.5``)."""
    if text[:1].isdecimal():
        return float(text) if "." in text else int(text)
    return 0.5 if text == "半" else below_hundred(text)


def spelt_year(text: str) -> int | None:
    """A year that is written digit by digit; None where one of them is no digit."""
    read = [_DIGITS.get(one) for one in text]
    return int("".join(map(str, read))) if read and None not in read else None
