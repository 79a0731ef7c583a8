"""Interaction (政民互动): letters with their answers, interviews, consultations and surveys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from xuncha.lab.blunders import long_over
from xuncha.lab.columns import (
    ACTIVITIES,
    CONSULTATIONS,
    INTERVIEWS,
    LETTERS,
    Article,
    articles,
    columns_of,
    page_path,
    shown_name,
)
from xuncha.lab.layout import INTERACTION_HUB, Setting, anchor, column_anchor, fill, lines, listing, shell, trail
from xuncha.lab.lists import column_tags, on_home
from xuncha.lab.pieces import framed, plain_page
from xuncha.lab.resource import Resource, page
from xuncha.lab.writing import EVASIVE_ANSWER, answer_text, chinese, letter_text

WRITE = "/hdjl/ldxx/write.html"
SAVE = "/hdjl/letters/save"
"""Takes letters and answers to surveys, by POST only."""

_SAVE_GONE = "/guestbook/save.jsp"
_OPEN_DAYS = 30
_LATE_DAYS = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """A citizen's letter; without ``answered`` nobody has answered it."""

    article: Article
    asked: datetime
    answered: datetime | None
    answer: str

    @property
    def state(self) -> str:
        return "已答复" if self.answered else "办理中"


def letters(setting: Setting) -> tuple[Letter, ...]:
    """The published letters, newest first: each answered on the next day, but for the faults."""
    found = articles(setting.site, LETTERS, setting.now)
    return tuple(_letter(setting, article, oldest=article is found[-1]) for article in found)


def _letter(setting: Setting, article: Article, *, oldest: bool) -> Letter:
    answer, answered = answer_text(setting.site, article.index), article.published
    asked = answered - timedelta(days=1, hours=1)
    if setting.has("letters-late") and article.index == 1:
        asked -= timedelta(days=_LATE_DAYS)
    if setting.has("letters-evasive") and article.index == 0:
        answer = EVASIVE_ANSWER
    if setting.has("letters-unanswered") and oldest:
        return Letter(article, asked, None, "")
    return Letter(article, asked, answered, answer)


def letter_pages(setting: Setting) -> Iterator[tuple[str, Resource]]:
    """The mailbox: its list, every letter, and the form for a new one."""
    yield page_path(setting.site, LETTERS), _letter_list(setting)
    for letter in letters(setting):
        yield letter.article.path, _letter_page(setting, letter)
    yield WRITE, plain_page(setting, "我要写信", _form(setting, "content", "提交来信"), _up(setting))


def _up(setting: Setting) -> tuple[str, str]:
    return page_path(setting.site, LETTERS), shown_name(setting.site, LETTERS)


def _letter_list(setting: Setting) -> Resource:
    rows = (
        f"<tr><td>{anchor(letter.article.path, letter.article.title)}</td><td>{letter.asked:%Y-%m-%d}</td>"
        f"<td>{f'{letter.answered:%Y-%m-%d}' if letter.answered else ''}</td><td>{letter.state}</td></tr>"
        for letter in letters(setting)
    )
    name = shown_name(setting.site, LETTERS)
    main = fill("letters.html", trail=trail(setting, _up(setting)), name=name, rows=lines(rows), write=WRITE)
    return page(setting, shell(setting, f"{name}_{setting.site.name}", main, column_tags(setting, LETTERS)))


def _letter_page(setting: Setting, letter: Letter) -> Resource:
    body = fill(
        "letter.html",
        state=letter.state,
        asked=f"{letter.asked:%Y-%m-%d %H:%M}",
        question=escape(letter_text(letter.article.index)),
        answer=escape(letter.answer),
        office=escape(setting.site.sponsor) if letter.answered else "",
        answered=f"{letter.answered:%Y-%m-%d %H:%M}" if letter.answered else "",
    )
    return framed(setting, letter.article, letter.article.title, body)


def newest_letters(setting: Setting) -> str:
    """The letters that the home page shows, with the days on which they were answered."""
    answered = (letter.article for letter in letters(setting) if letter.answered)
    return listing(setting, on_home(setting, answered), home=True)


def _form(setting: Setting, field: str, button: str) -> str:
    action = _SAVE_GONE if setting.has("service-form-dead") else SAVE
    return fill("form.html", action=action, field=field, button=button)


def activity_page(setting: Setting, article: Article) -> Resource:
    """An interview, or a consultation or survey with its period."""
    if article.column is INTERVIEWS:
        return framed(setting, article, article.title, _INTERVIEW)
    ends = article.published + timedelta(days=_OPEN_DAYS)
    offered = ends > setting.now or (setting.has("content-expired") and article == long_over(setting))
    word = "征集" if article.column is CONSULTATIONS else "调查"
    state = f"正在{word}" if offered else "已结束"
    period = f"<p>{word}时间：{chinese(article.published)}至{chinese(ends)}　状态：{state}</p>"
    rest = _form(setting, "opinion", "提交意见") if offered else f"<p>{word}结果反馈：{_RESULT}</p>"
    return framed(setting, article, article.title, f"{period}\n<p>欢迎社会各界提出意见和建议。</p>\n{rest}")


_INTERVIEW = (
    "<p>嘉宾：区有关部门负责人　访谈时间：当日9:00—10:00</p>\n<p>主持人：各位网友好，欢迎收看在线访谈。</p>\n"
    "<p>嘉宾：各位网友好。民生实事项目已完成七成，全部项目将按期完成。</p>"
)
_RESULT = "共收到意见36条，采纳12条，未采纳的已说明理由。"


def hub(setting: Setting) -> Resource:
    """The page that all interaction starts from."""
    columns = [column for column in columns_of(setting.site) if column in ACTIVITIES]
    boxes = (
        f'<div class="box"><h2>{column_anchor(setting, column)}</h2>\n'
        f"{listing(setting, articles(setting.site, column, setting.now))}\n</div>"
        for column in columns
    )
    mailbox = f'<p class="tiles">{lines(_mailbox(setting))}</p>'
    main = lines((trail(setting, (INTERACTION_HUB, "互动交流")), mailbox, *boxes))
    return page(setting, shell(setting, f"互动交流_{setting.site.name}", main))


def _mailbox(setting: Setting) -> Iterable[str]:
    """Links to the mailbox, where there is one."""
    if not setting.has("channel-missing"):
        yield column_anchor(setting, LETTERS)
        yield anchor(WRITE, "我要写信")


def interaction_links(setting: Setting) -> str:
    """What the home page links to."""
    return lines((*_mailbox(setting), *(column_anchor(setting, column) for column in ACTIVITIES)))
