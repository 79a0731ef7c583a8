"""The home page."""

import json
from collections.abc import Iterable
from html import escape

from xuncha.lab import blunders, planted
from xuncha.lab.about import report_link
from xuncha.lab.columns import COLUMNS, SERVICES, Article, Column, articles
from xuncha.lab.guides import service_links
from xuncha.lab.interaction import interaction_links, newest_letters
from xuncha.lab.layout import Setting, anchor, column_anchor, fill, head_tags, lines, shell
from xuncha.lab.lists import column_list, on_home
from xuncha.lab.resource import Resource, page

_FRIENDS = ((blunders.CITY, "示例市人民政府"), ("www.sheng.gov.example", "示例省人民政府"))


def home(setting: Setting) -> Resource:
    """The home page; on a scripted site its lists come by script."""
    return page(setting, _mounted(setting) if setting.has("home-mounted") else shell(setting, *_whole(setting)))


def _whole(setting: Setting) -> tuple[str, str]:
    """Title and main part."""
    main = _scripted() if setting.has("scripted") else _written(setting)
    return planted.home_title(setting), planted.left_on_home(setting) + main


def _mounted(setting: Setting) -> str:
    """A document without contents, into which an application puts itself."""
    return fill(
        "app.html",
        charset=setting.charset,
        title=planted.home_title(setting),
        metas=head_tags(setting),
        colour=setting.site.colour,
        counter=planted.counter(setting),
    )


def home_state(setting: Setting) -> str:
    """What that application asks for: lists as data, what stands around them as markup."""
    whole = shell(setting, *_whole(setting))
    body = whole[whole.index("<body>") + len("<body>") : whole.index("</body>")]
    before, around, after = body.partition("</main>")
    lists = [_list_state(setting, column) for column in COLUMNS[4:6]]
    return json.dumps({"before": before, "lists": lists, "after": around + after})


def _list_state(setting: Setting, column: Column) -> dict[str, object]:
    rows = (
        {"link": entry.path, "title": escape(entry.title), "date": f"{entry.published:%Y-%m-%d}"}
        for entry in _newest(setting, column)
    )
    return {"head": column_anchor(setting, column), "rows": [*rows]}


def _written(setting: Setting) -> str:
    news, notices, policies = COLUMNS[:3]
    lead = _newest(setting, notices)[0]
    return fill(
        setting.flavour.home,
        lead_link=escape(lead.path),
        lead_title=escape(lead.title),
        news_head=column_anchor(setting, news),
        news=_box(setting, news),
        notices_head=column_anchor(setting, notices),
        notices=_box(setting, notices),
        policies_head=column_anchor(setting, policies),
        policies=_box(setting, policies),
        services_head=column_anchor(setting, SERVICES),
        services=lines(_services(setting)),
        letters="" if setting.has("channel-missing") else newest_letters(setting),
        interaction=interaction_links(setting),
        disclosure=lines((*_disclosure(setting), report_link(setting))),
        topics=blunders.topics(setting),
        friends=lines(anchor(f"{setting.outside(host)}/", name) for host, name in _FRIENDS),
    )


def _newest(setting: Setting, column: Column) -> tuple[Article, ...]:
    return on_home(setting, articles(setting.site, column, setting.now))


def _box(setting: Setting, column: Column) -> str:
    return column_list(setting, column, _newest(setting, column), home=True)


def _services(setting: Setting) -> Iterable[str]:
    for guide in articles(setting.site, SERVICES, setting.now):
        yield anchor(guide.path, guide.title)
    for link, name in service_links(setting):
        yield anchor(link, name)


def _disclosure(setting: Setting) -> Iterable[str]:
    return (f"<li>{column_anchor(setting, column)}</li>" for column in COLUMNS[3:])


def _scripted() -> str:
    boxes = (
        f'<div class="box"><h2>{column.name}</h2><ul class="list" data-source="/api/{column.code}.json"></ul></div>'
        for column in COLUMNS[:3]
    )
    return f'<div id="app">\n{lines(boxes)}\n</div>'
