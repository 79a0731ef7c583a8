"""Which articles are ordinary ones: what is dated and titled is also a letter, an interview, a survey, a form sheet.

Those are kept by programs of their own: they carry no tags of articles, and a search of the site need not know them.
"""

import re

from xuncha.page.page import Page

_COLUMN = re.compile(
    r"信箱|来信|信件|写信|留言|咨询|投诉|举报|问政|建言|建议|诉求|问答|互动|访谈|直播间|调查|问卷|投票|征集|民意|听证|评议|信访"
    r"|报表|年报"
)
_LONGEST_COLUMN = 12
_TITLE = re.compile(
    r"^\s*(?:在线|网上|民意|问卷|视频|意见|征集)?(?:访谈|直播|调查|征集|问卷|投票|留言|咨询|来信)\s?[：:]"
    r"|网站.{0,8}报表|(?:年度|工作)(?:工作)?报表"
)
_LABEL = re.compile(
    r"(?m)^[^\S\n]?[【\[]?("
    r"(?:信件|来信|写信|留言|咨询|提问|投诉|诉求|建议)(?:的)?(?:标题|主题|编号|类型|类别|时间|日期|内容|人|状态|对象)"
    r"|(?:答复|回复|办理|受理|处理)(?:的)?(?:单位|部门|时间|日期|内容|结果|情况|状态|意见)"
    r"|(?:当前)?状态|起止(?:时间|日期)|(?:征集|调查|访谈|投票|直播)(?:的)?(?:时间|日期|期限|状态|主题)|访谈嘉宾|嘉宾|主持人|参与人数"
    r")[】\]]?[^\S\n]?(?:[：:]|$)"
)
_FEWEST_LABELS = 2
_TEXT = 20_000


def is_ordinary_article(page: Page) -> bool:
    """Whether a page is an article as columns publish them; in doubt it is not."""
    if not page.is_article:
        return False
    tags = page.tags
    if any(map(_TITLE.search, _titles(page))) or len(set(_LABEL.findall(page.text[:_TEXT]))) >= _FEWEST_LABELS:
        return False
    if tags.ArticleTitle and tags.PubDate:
        return True
    names = [crumb.text for crumb in page.trail if crumb.target] + [tags.ColumnName or "", tags.ColumnType or ""]
    return not any(len(name) <= _LONGEST_COLUMN and _COLUMN.search(name) for name in names)


def _titles(page: Page) -> list[str]:
    """What the page is called: by its tag, its window, the link that led to it, its headings."""
    return [page.tags.ArticleTitle or page.title, page.link_text, *(one.text for one in page.select("h1, h2")[:3])]
