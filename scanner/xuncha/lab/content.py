"""Everything a site has to offer, by path: pages, attachments, pictures, styles, scripts, sitemap and robots.txt."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from xuncha.lab import blunders, documents, planted
from xuncha.lab.about import about_pages
from xuncha.lab.attachments import attachments, error_page
from xuncha.lab.columns import ACTIVITIES, COLUMNS, LETTERS, SERVICES, Article, Column, articles, columns_of
from xuncha.lab.for_scripts import SCRIPT, for_scripts
from xuncha.lab.guides import guide, service_pages
from xuncha.lab.home import home
from xuncha.lab.interaction import activity_page, hub, letter_pages
from xuncha.lab.layout import INTERACTION_HUB, Setting, fill, head_tags, lines, listing, shell, source
from xuncha.lab.lists import column_pages, hidden_columns
from xuncha.lab.lying_open import lying_open
from xuncha.lab.pieces import article_page, plain_page
from xuncha.lab.resource import HTML, Resource, Resources, page

_MOST_HITS = 20


def resources(setting: Setting) -> Resources:
    """The whole site. Deterministic in the setting."""
    pages = dict(_pages(setting))
    others = {**_pictures(setting), **attachments(setting), **_plain_files(setting), **_wrong_targets(setting)}
    site_map = _site_map(setting, pages)
    return {**pages, **others, **lying_open(setting), "/index.html": pages["/"], "/sitemap.xml": site_map}


def _pages(setting: Setting) -> Iterator[tuple[str, Resource]]:
    yield "/", home(setting)
    published = 0
    for column in (*COLUMNS, SERVICES, *ACTIVITIES):
        make = guide if column is SERVICES else activity_page if column in ACTIVITIES else article_page
        entries = articles(setting.site, column, setting.now)
        published += len(entries)
        yield from column_pages(setting, column, entries)
        for article in entries:
            yield article.path, make(setting, article)
    if LETTERS in columns_of(setting.site):
        yield from letter_pages(setting)
    yield INTERACTION_HUB, hub(setting)
    yield from service_pages(setting)
    yield from about_pages(setting, published)
    yield from _blunders(setting)


def _blunders(setting: Setting) -> Iterator[tuple[str, Resource]]:
    for fault_id, (path, title, body) in blunders.EXTRA_PAGES.items():
        if setting.has(fault_id):
            yield path, plain_page(setting, title, body)


def _pictures(setting: Setting) -> dict[str, Resource]:
    pictures = {
        "/images/banner.png": _banner(setting),
        "/images/scene.png": documents.png(480, 270, "#5a7d9a", skyline=True),
        "/images/band.png": documents.png(8, 6, setting.site.colour),
        "/images/police.png": documents.png(18, 18, "#1d3f94"),
        "/images/top.png": documents.png(28, 16, "#c8102e"),
        "/favicon.ico": documents.png(16, 16, setting.site.colour),
    }
    if setting.has("body-replaced"):
        pictures[planted.LEFT] = planted.poster()
    return {path: Resource(body, "image/png", setting.now) for path, body in pictures.items()}


def _banner(setting: Setting) -> bytes:
    exchanged = setting.has("banner-exchanged")
    return planted.poster() if exchanged else documents.png(560, 300, setting.site.colour, skyline=True)


def _plain_files(setting: Setting) -> dict[str, Resource]:
    robots = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {setting.origin}/sitemap.xml\n"
    texts = {
        "/robots.txt": (robots, "text/plain"),
        "/style/site.css": (source("site.css") + _planted_style(setting), "text/css"),
        "/script/site.js": (source("site.js") + planted.in_shared_script(setting), SCRIPT),
    }
    texts |= for_scripts(setting)
    return {path: Resource(text.encode(), kind, setting.now) for path, (text, kind) in texts.items()}


def _planted_style(setting: Setting) -> str:
    return planted.SHEET if setting.has("hidden-links-sheet") else ""


def _site_map(setting: Setting, pages: Resources) -> Resource:
    hidden = {entry.path for column in hidden_columns(setting) for entry in _entries(setting, column)}
    entries = (
        f"<url><loc>{escape(setting.origin + path)}</loc><lastmod>{one.modified:%Y-%m-%d}</lastmod></url>"
        for path, one in pages.items()
        if path not in hidden
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines(entries)}\n</urlset>\n"
    )
    return Resource(text.encode(), "application/xml", setting.now)


def missing_page(setting: Setting) -> Resource:
    """The site's page for addresses that do not exist."""
    if setting.has("error-page-spam"):
        return replace(page(setting, planted.spam()), status=404)
    return replace(page(setting, fill("missing.html", charset=setting.charset, metas=head_tags(setting))), status=404)


def _wrong_targets(setting: Setting) -> dict[str, Resource]:
    """Paths that answer, but with something else than what the link promises."""
    return {
        "/zwgk/ldjh/": replace(missing_page(setting), status=200),
        "/zwgk/czxx/2018.html": Resource(b"", HTML, setting.now, 302, "/"),
        blunders.ERROR_AS_FILE: error_page(setting),
    }


def offline_page(setting: Setting) -> Resource:
    """The notice of a site that is temporarily offline."""
    words = f"{escape(setting.site.name)}因系统升级改造临时下线，恢复时间另行公告。给您带来不便，敬请谅解。"
    markup = fill("offline.html", charset=setting.charset, title="网站临时下线公告", words=words)
    return replace(page(setting, markup), status=503)


def search_page(setting: Setting, words: str) -> Resource:
    """The result page of the site's own search."""
    hits = [] if setting.has("service-search-blind") else _hits(setting, words)
    main = fill("search.html", words=escape(words), count=str(len(hits)), items=listing(setting, hits[:_MOST_HITS]))
    return page(setting, shell(setting, f"站内搜索_{setting.site.name}", main))


def _hits(setting: Setting, words: str) -> list[Article]:
    every = (article for column in columns_of(setting.site) for article in _entries(setting, column))
    return [article for article in every if words and words in article.title]


def _entries(setting: Setting, column: Column) -> tuple[Article, ...]:
    return articles(setting.site, column, setting.now)
