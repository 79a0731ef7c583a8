"""Everything a site has to offer, by path: pages, attachments, pictures, styles, scripts, sitemap and robots.txt."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from xuncha.lab import blunders, documents
from xuncha.lab.layout import Setting, anchor, fill, footer, lines, listing, shell, source
from xuncha.lab.writing import (
    COLUMNS,
    LETTERS,
    SERVICES,
    Article,
    Column,
    answer_text,
    articles,
    guide_elements,
    letter_text,
    paragraphs,
)

PER_PAGE = 5
HTML = "text/html"
_NEWEST = 6


@dataclass(frozen=True, slots=True)
class Resource:
    """What answers one path. ``location`` makes it a redirect."""

    body: bytes
    media_type: str
    modified: datetime
    status: int = 200
    location: str = ""


Resources = Mapping[str, Resource]


def resources(setting: Setting) -> Resources:
    """The whole site. Deterministic in the setting."""
    pages = dict(_pages(setting))
    others = {**_pictures(setting), **_attachments(setting), **_plain_files(setting)}
    site_map = _site_map(setting, pages)
    return {**pages, **others, **_wrong_targets(setting), "/index.html": pages["/"], "/sitemap.xml": site_map}


def _page(setting: Setting, markup: str, modified: datetime | None = None) -> Resource:
    # What GBK lacks becomes a reference, as publishing systems leave it; such servers name no charset in the header.
    body = markup.encode(setting.site.encoding, "xmlcharrefreplace")
    media_type = HTML if setting.site.encoding == "gbk" else f"{HTML}; charset=utf-8"
    return Resource(body, media_type, modified or setting.now)


def _pages(setting: Setting) -> Iterator[tuple[str, Resource]]:
    by_column = {column: articles(setting.site, column, setting.now) for column in (*COLUMNS, SERVICES, LETTERS)}
    yield "/", _home(setting, by_column)
    for column, entries in by_column.items():
        yield from _column_pages(setting, column, entries)
        for article in entries:
            yield article.path, _page(setting, _article_page(setting, article), article.published)
    yield from _about_pages(setting, [article for entries in by_column.values() for article in entries])


def _home(setting: Setting, by_column: Mapping[Column, tuple[Article, ...]]) -> Resource:
    if setting.has("scripted"):
        return _page(setting, _scripted_home(setting))
    news, notices, policies = (by_column[column] for column in COLUMNS[:3])
    services = by_column[SERVICES]
    main = fill(
        "home.html",
        lead_link=news[0].path,
        lead_title=escape(news[0].title),
        news=listing(news[:_NEWEST]),
        notices=listing(notices[:_NEWEST]),
        policies=listing(policies[:_NEWEST]),
        services=lines(anchor(guide.path, guide.title) for guide in services),
        letters=listing(by_column[LETTERS][:_NEWEST]),
        topics=blunders.topics(setting),
        friends=lines(
            anchor(setting.outside(host) + "/", name)
            for host, name in ((blunders.CITY, "示例市人民政府"), ("www.sheng.gov.example", "示例省人民政府"))
        ),
    )
    return _page(setting, shell(setting, setting.site.name, main))


def _scripted_home(setting: Setting) -> str:
    boxes = (
        f'<div class="box"><h2>{column.name}</h2><ul class="list" data-source="/api/{column.slug}.json"></ul></div>'
        for column in COLUMNS[:3]
    )
    return shell(setting, setting.site.name, f'<div id="app">\n{lines(boxes)}\n</div>')


def _column_pages(setting: Setting, column: Column, entries: tuple[Article, ...]) -> Iterator[tuple[str, Resource]]:
    pages = -(-len(entries) // PER_PAGE)
    for number in range(pages):
        shown = entries[number * PER_PAGE : (number + 1) * PER_PAGE]
        items = listing(shown)
        if setting.has("scripted"):
            items = f'<ul class="list" data-source="/api/{column.slug}.json"></ul>'
        main = fill("column.html", name=column.name, items=items, pager=_pager(column, number, pages))
        markup = shell(setting, f"{column.name}_{setting.site.name}", main, _column_tags(column))
        yield _list_path(column, number), _page(setting, markup)


def _list_path(column: Column, number: int) -> str:
    return f"/{column.path}/index{f'_{number}' if number else ''}.html"


def _pager(column: Column, current: int, pages: int) -> str:
    if pages == 1:
        return ""
    numbers = (
        f"<b>{number + 1}</b>" if number == current else anchor(_list_path(column, number), str(number + 1))
        for number in range(pages)
    )
    return f'<p class="pager">{lines(numbers)}</p>'


def _column_tags(column: Column) -> tuple[tuple[str, str], ...]:
    return (
        ("ColumnName", column.name),
        ("ColumnDescription", f"{column.name}栏目发布本单位{column.name}类信息"),
        ("ColumnKeywords", column.name),
        ("ColumnType", column.type),
    )


def _article_page(setting: Setting, article: Article) -> str:
    main = {"service": _guide, "letters": _letter}.get(article.column.kind, _article)(setting, article)
    tags = (
        ("ColumnName", article.column.name),
        ("ColumnType", article.column.type),
        ("ArticleTitle", article.title),
        ("PubDate", f"{article.published:%Y-%m-%d %H:%M}"),
        ("ContentSource", setting.site.sponsor),
        ("Keywords", article.column.name),
        ("Author", ""),
        ("Description", article.title),
        ("Url", setting.origin + article.path),
    )
    head = blunders.STYLE_MISSING if setting.has("style-missing") and _newest_notice(article) else ""
    return shell(setting, f"{article.title}_{setting.site.name}", main, tags, head)


def _newest_notice(article: Article) -> bool:
    return article.column.kind == "notice" and article.number % 100 == 0


def _article(setting: Setting, article: Article) -> str:
    body = [f"<p>{escape(text)}</p>" for text in paragraphs(setting.site, article)]
    if article.column.kind == "news":
        body.insert(1, '<p><img src="/images/scene.png" width="480" height="270" alt="工作现场"></p>')
    files = lines(f"<p>{anchor(path, name)}</p>" for path, name in _files_of(article))
    return fill(
        "article.html",
        column_link=f"/{article.column.path}/index.html",
        column=article.column.name,
        title=escape(article.title),
        published=f"{article.published:%Y-%m-%d %H:%M}",
        source=escape(setting.site.sponsor),
        body=lines(body),
        attachments=f'<div class="files">附件：\n{files}\n</div>' if files else "",
        related=blunders.related(setting) if _newest_notice(article) else "",
    )


def _files_of(article: Article) -> tuple[tuple[str, str], ...]:
    if article.column.kind not in {"notice", "policy", "plan"} or article.number % 3:
        return ()
    base = f"/attachments/{article.published:%Y%m}/P{article.number}"
    return ((f"{base}.pdf", f"{article.title}.pdf"), (f"{base}.xls", "附表.xls"))


def _guide(setting: Setting, article: Article) -> str:
    elements = guide_elements(setting.site, article.title)
    rows = (f"<tr><th>{name}</th><td>{escape(text)}</td></tr>" for name, text in elements)
    base = f"/attachments/forms/{article.number}"
    return fill(
        "guide.html",
        title=escape(article.title),
        published=f"{article.published:%Y-%m-%d %H:%M}",
        rows=lines(rows),
        form=f"{base}-form.doc",
        sample=f"{base}-sample.pdf",
    )


def _letter(setting: Setting, article: Article) -> str:
    return fill(
        "letter.html",
        title=escape(article.title),
        asked=f"{article.published - timedelta(days=3):%Y-%m-%d %H:%M}",
        question=escape(letter_text(article)),
        answer=escape(answer_text(setting.site)),
        office=escape(setting.site.sponsor),
        answered=f"{article.published:%Y-%m-%d %H:%M}",
    )


def _about_pages(setting: Setting, every_article: Iterable[Article]) -> Iterator[tuple[str, Resource]]:
    site, year = setting.site, setting.now.year - 1
    columns = lines(
        f"<p>{anchor(f'/{column.path}/index.html', column.name)}</p>" for column in (*COLUMNS, SERVICES, LETTERS)
    )
    texts = {
        "gywm": ("关于我们", f"<p>{site.name}由{site.sponsor}主办，发布政务信息，提供办事服务，回应公众关切。</p>"),
        "lxwm": ("联系我们", "<p>地址：示例区中心路1号</p><p>电话：0000-88000000</p><p>邮编：000000</p>"),
        "wzdt": ("网站地图", columns),
        "wza": ("无障碍浏览", "<p>本网站支持键盘操作和读屏软件，页面文字可以用浏览器放大。</p>"),
        "ndbb": (
            f"政府网站工作年度报表（{year}年度）",
            f"<p>信息发布总数：{len(list(every_article)) * 12}条；安全检测评估次数：4次；应急演练：已开展。</p>",
        ),
    }
    for name, (title, body) in texts.items():
        main = f'<article class="article"><h1>{title}</h1>\n<div class="TRS_Editor">{body}</div></article>'
        yield f"/about/{name}.html", _page(setting, shell(setting, f"{title}_{site.name}", main))


def _pictures(setting: Setting) -> dict[str, Resource]:
    pictures = {
        "/images/banner.png": documents.png(560, 300, setting.site.colour, skyline=True),
        "/images/scene.png": documents.png(480, 270, "#5a7d9a", skyline=True),
        "/images/band.png": documents.png(8, 6, setting.site.colour),
        "/images/police.png": documents.png(18, 18, "#1d3f94"),
        "/favicon.ico": documents.png(16, 16, setting.site.colour),
    }
    return {path: Resource(body, "image/png", setting.now) for path, body in pictures.items()}


def _attachments(setting: Setting) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for column in COLUMNS:
        for article in articles(setting.site, column, setting.now):
            for path, name in _files_of(article):
                found[path] = _document(path, name, article.published)
    for guide in articles(setting.site, SERVICES, setting.now):
        for ending in ("form.doc", "sample.pdf"):
            path = f"/attachments/forms/{guide.number}-{ending}"
            found[path] = _document(path, guide.title, guide.published)
    return found


_FORMATS = {
    "pdf": (documents.pdf, "application/pdf"),
    "xls": (documents.xls, "application/vnd.ms-excel"),
    "doc": (documents.doc, "application/msword"),
}


def _document(path: str, title: str, modified: datetime) -> Resource:
    make, media_type = _FORMATS[path.rpartition(".")[2]]
    return Resource(make(title), media_type, modified)


def _plain_files(setting: Setting) -> dict[str, Resource]:
    robots = f"User-agent: *\nDisallow: /search\n\nSitemap: {setting.origin}/sitemap.xml\n"
    texts = {
        "/robots.txt": (robots, "text/plain"),
        "/style/site.css": (source("site.css"), "text/css"),
        "/script/site.js": (source("site.js"), "application/javascript"),
    }
    if setting.site.footer != "inline":
        texts["/include/footer.html"] = (_footer_file(setting), f"{HTML}; charset=utf-8")
    if setting.has("scripted"):
        texts |= {path: (text, "application/json") for path, text in _data(setting)}
    return {path: Resource(text.encode(), kind, setting.now) for path, (text, kind) in texts.items()}


def _data(setting: Setting) -> Iterator[tuple[str, str]]:
    """What a scripted site's pages ask for."""
    yield "/api/footer.json", json.dumps({"markup": footer(setting)})
    for column in (*COLUMNS, SERVICES, LETTERS):
        yield f"/api/{column.slug}.json", _rows(setting, column)


def _footer_file(setting: Setting) -> str:
    """What ``$.load`` or a frame fetches: a frame needs a document of its own."""
    markup = footer(setting)
    return fill("frame.html", footer=markup) if setting.site.footer == "iframe" else markup


def _rows(setting: Setting, column: Column) -> str:
    entries = articles(setting.site, column, setting.now)
    return json.dumps([{"title": entry.title, "link": entry.path, "date": entry.date} for entry in entries])


def _site_map(setting: Setting, pages: Resources) -> Resource:
    entries = (
        f"<url><loc>{escape(setting.origin + path)}</loc><lastmod>{page.modified:%Y-%m-%d}</lastmod></url>"
        for path, page in pages.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines(entries)}\n</urlset>\n"
    )
    return Resource(text.encode(), "application/xml", setting.now)


def missing_page(setting: Setting) -> Resource:
    """The site's page for addresses that do not exist."""
    return replace(_page(setting, fill("missing.html", charset=setting.charset)), status=404)


def _wrong_targets(setting: Setting) -> dict[str, Resource]:
    """Paths that answer, but with something else than what the link promises."""
    return {
        "/zwgk/ldjh/": replace(missing_page(setting), status=200),
        "/zwgk/czxx/2018.html": Resource(b"", HTML, setting.now, 302, "/"),
    }


def offline_page(setting: Setting) -> Resource:
    """The notice of a site that is temporarily offline."""
    words = f"{escape(setting.site.name)}因系统升级改造临时下线，恢复时间另行公告。给您带来不便，敬请谅解。"
    markup = fill("offline.html", charset=setting.charset, title="网站临时下线公告", words=words)
    return replace(_page(setting, markup), status=503)


def search_page(setting: Setting, words: str) -> Resource:
    """The result page of the site's own search."""
    every = (article for column in COLUMNS for article in articles(setting.site, column, setting.now))
    hits = [article for article in every if words and words in article.title]
    main = fill("search.html", words=escape(words), count=str(len(hits)), items=listing(hits))
    return _page(setting, shell(setting, f"站内搜索_{setting.site.name}", main))
