"""Invented people for lists of names: area 3702 99 does not exist, and nobody born in 1901 draws benefits."""

from collections.abc import Iterator

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NAMES = ("甲某一", "乙某二", "丙某三", "丁某四", "戊某五")
HEADINGS = ("序号", "姓名", "身份证号码", "联系电话", "补贴金额（元）")


def resident_id(number: int) -> str:
    """An ID number whose check character is right (GB 11643-1999)."""
    body = f"37029919010{number % 9 + 1}0{number % 9 + 1}{number:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def beneficiaries(*, masked: bool) -> Iterator[tuple[str, ...]]:
    """The rows of a list of beneficiaries, under its headings."""
    yield HEADINGS
    for number, name in enumerate(_NAMES, 1):
        identity, mobile = resident_id(10 * number + 1), f"1380000{number:04}"
        if masked:
            identity, mobile = f"{identity[:6]}********{identity[-4:]}", f"{mobile[:3]}****{mobile[-4:]}"
        yield str(number), name, identity, mobile, "1200"
