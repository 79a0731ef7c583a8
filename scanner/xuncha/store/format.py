"""Fills stored messages with their typed parameters, in zh and en.

Templates come from plugins and parameters from scanned pages, so a placeholder is a plain name and nothing else:
no attributes, no indices, no format specifications.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from xuncha.model.clock import SHANGHAI
from xuncha.model.locator import DocumentLocator
from xuncha.model.message import Kind, Param
from xuncha.model.text import Lang, Text
from xuncha.store.mask import clean_line

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]{0,39})\}")
_PICTURE = re.compile(r"picture:(\d{1,9}):(\d{1,6})")
_KIBI = 1024
_TWO_MINUTES, _TWO_HOURS, _TWO_DAYS = 120, 7200, 172_800


def render(template: str, params: Mapping[str, Param], lang: Lang) -> str:
    """``template`` with each ``{name}`` replaced by the parameter of that name; an unknown one stays visible."""
    pieces = list(_pieces(template))
    for place in range(1, len(pieces), 2):
        found = params.get(pieces[place])
        pieces[place] = f"{{{pieces[place]}}}" if found is None else show(found, lang)
    return "".join(pieces)


@lru_cache(maxsize=4096)  # each is filled for every finding
def _pieces(template: str) -> tuple[str, ...]:
    """What stands between the placeholders, and at every second place a placeholder's name."""
    pieces, done = [""], 0
    for match in _PLACEHOLDER.finditer(template):
        pieces[-1] += template[done : match.start()]
        done = match.end()
        if match[1] is None:
            pieces[-1] += match[0][0]
        else:
            pieces += match[1], ""
    pieces[-1] += template[done:]
    return tuple(pieces)


def render_text(template: Text, params: Mapping[str, Param]) -> Text:
    """Both languages at once."""
    return Text(render(template.zh, params, "zh"), render(template.en, params, "en"))


def show(param: Param, lang: Lang) -> str:
    """A parameter as people read it; one whose value does not fit its kind is shown as it is."""
    try:
        return _BY_KIND[param.kind](param.value, lang)
    except (ValueError, TypeError, OverflowError):
        return str(param.value)


def visible(text: str) -> str:
    """``text`` as it may be shown: on one line, without control, bidi and invisible characters."""
    return clean_line(text)


def picture_name(evidence: str, lang: Lang) -> str:
    """The number (截图编号) by which people know a picture on any paper: 图3-7 is the seventh of site 3."""
    found = _PICTURE.fullmatch(evidence)
    if not found:
        return visible(evidence)
    site, number = (int(part) + 1 for part in found.groups())
    return f"图{site}-{number}" if lang == "zh" else f"picture-{site}-{number}"


def duration(seconds: float, lang: Lang) -> str:
    """Seconds up to two minutes, then two units: ``3.2 秒``, ``5 分 20 秒``, ``3 天 4 小时``."""
    day, hour, minute, second = ("天", "小时", "分", "秒") if lang == "zh" else ("d", "h", "min", "s")
    if abs(seconds) < _TWO_MINUTES:
        return f"{_plain(seconds)} {second}"
    whole = round(seconds)
    if abs(whole) < _TWO_HOURS:
        return _two(whole // 60, minute, whole % 60, second)
    if abs(whole) < _TWO_DAYS:
        return _two(whole // 3600, hour, whole % 3600 // 60, minute)
    return _two(whole // 86_400, day, whole % 86_400 // 3600, hour)


def size(count: int, lang: Lang) -> str:
    """``512 字节``, ``1.5 KiB``, ``3 MiB``."""
    if abs(count) < _KIBI:
        return f"{count} {'字节' if lang == 'zh' else 'B'}"
    value, unit = count / _KIBI, "KiB"
    for larger in ("MiB", "GiB", "TiB"):
        if abs(value) < _KIBI:
            break
        value, unit = value / _KIBI, larger
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"


@lru_cache(maxsize=1024)  # that of the run stands in every line
def moment(value: datetime) -> str:
    """``2024-11-22 10:11:12 +08:00``, in Asia/Shanghai; a moment without zone is taken for one of there."""
    local = value.replace(tzinfo=SHANGHAI) if value.tzinfo is None else value.astimezone(SHANGHAI)
    text = local.isoformat(" ", "seconds")
    return f"{text[:19]} {text[19:]}"


def share(value: float) -> str:
    """``5%``, ``12.5%``."""
    return f"{100 * value:.1f}".removesuffix(".0") + "%"


def plain(value: object, lang: Lang) -> str:
    """The value of a setting; those of a list with commas between them."""
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(str(one) for one in value)
    return str(value)


def _two(first: int, unit: str, second: int, smaller: str) -> str:
    return f"{first} {unit}" + (f" {second} {smaller}" if second else "")


def _plain(value: float) -> str:
    """Two decimals, three significant ones below 1, none where they are zero."""
    text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _day(value: date, lang: Lang) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()


_Shown = Callable[[str | int | float, Lang], str]
_BY_KIND: dict[Kind, _Shown] = {
    Kind.TEXT: lambda value, _: str(value),
    Kind.URL: lambda value, _: str(value),
    Kind.DATE: lambda value, lang: _day(date.fromisoformat(str(value)), lang),
    Kind.MOMENT: lambda value, _: moment(datetime.fromisoformat(str(value))),
    Kind.COUNT: lambda value, _: str(int(value)),
    Kind.NUMBER: lambda value, _: _plain(float(value)),
    Kind.SHARE: lambda value, _: share(float(value)),
    Kind.BYTES: lambda value, lang: size(int(value), lang),
    Kind.DURATION: lambda value, lang: duration(float(value), lang),
}


def spot(place: DocumentLocator, lang: Lang) -> str:
    """Where in a document something stands: page, sheet and paragraph, as far as they are known; and if OCR read it."""
    zh, en = [], []
    if place.sheet:
        zh.append(f"工作表“{place.sheet}”")
        en.append(f"sheet “{place.sheet}”")
    if place.page_number:
        zh.append(f"第 {place.page_number} 页")
        en.append(f"page {place.page_number}")
    if place.paragraph:
        zh.append(f"第 {place.paragraph} {'行' if place.sheet else '段'}")
        en.append(f"{'row' if place.sheet else 'paragraph'} {place.paragraph}")
    if place.ocr is not None:
        of_lines = place.paragraph is None
        zh.append(f"OCR 识读，{'最低' if of_lines else ''}置信度 {place.ocr}%")
        en.append(f"read by OCR, {'lowest ' if of_lines else ''}confidence {place.ocr} %")
    return "，".join(zh) if lang == "zh" else ", ".join(en)
