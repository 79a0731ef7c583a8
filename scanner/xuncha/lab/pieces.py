"""Single pages of a site: articles, and plain pages with a heading and a text."""

from html import escape

from xuncha.lab import blunders
from xuncha.lab.attachments import files_of, is_list_of_names
from xuncha.lab.columns import Article, page_path, shown_name, undated
from xuncha.lab.layout import Setting, anchor, fill, lines, shell, trail
from xuncha.lab.resource import Resource, page
from xuncha.lab.writing import chinese, paragraphs


def article_page(setting: Setting, article: Article) -> Resource:
    """An article of an ordinary column."""
    return framed(setting, article, article.title, lines(_text(setting, article)), _register(setting, article))


def framed(setting: Setting, article: Article, heading: str, body: str, register: str = "") -> Resource:
    """A page of a column with the heading and body given, and everything that surrounds an article."""
    name = shown_name(setting.site, article.column)
    files = lines(f"<p>{anchor(path, label)}</p>" for path, label in files_of(setting, article))
    newest_notice = article.column.kind == "notice" and article.index == 0
    main = fill(
        setting.flavour.article,
        trail=trail(setting, (page_path(setting.site, article.column), name), ("", "正文")),
        register=register,
        title=escape(heading),
        dated=dated(setting, article),
        source=escape(setting.site.sponsor),
        body=body,
        attachments=f'<div class="files">\n{files}\n</div>' if files else "",
        related=blunders.related(setting) if newest_notice else "",
    )
    head = blunders.STYLE_MISSING if setting.has("style-missing") and newest_notice else ""
    markup = shell(setting, f"{heading}_{setting.site.name}", main, _tags(setting, article), head)
    return page(setting, markup, article.published)


def dated(setting: Setting, article: Article) -> str:
    """How the article tells its date; nothing where it does not."""
    if undated(setting.site, article.column):
        return ""
    return f"<span>{setting.flavour.published.format(date=article.published)}</span>　"


def _tags(setting: Setting, article: Article) -> tuple[tuple[str, str], ...]:
    name = shown_name(setting.site, article.column)
    date = () if undated(setting.site, article.column) else (("PubDate", f"{article.published:%Y-%m-%d %H:%M}"),)
    return (
        ("ColumnName", name),
        ("ColumnType", article.column.type),
        ("ArticleTitle", article.title),
        *date,
        ("ContentSource", setting.site.sponsor),
        ("Keywords", name),
        ("Author", ""),
        ("Description", article.title),
        ("Image", ""),
        ("Url", setting.origin + article.path),
    )


def _text(setting: Setting, article: Article) -> list[str]:
    texts = paragraphs(setting.site, article.title, article.number, article.published)
    body = [f"<p>{escape(text)}</p>" for text in texts]
    if article.column.kind == "news":
        body.insert(1, '<p><img src="/images/scene.png" width="480" height="270" alt="工作现场"></p>')
    place = "names" if is_list_of_names(article) else article.column.folder
    if place == "names" or article.index == 0:
        body.append(blunders.in_text(setting, place))
    return body


def _register(setting: Setting, article: Article) -> str:
    """What a catalogue of open information tells of a document: signed days before it was published."""
    if article.column.kind != "policy":
        return ""
    signed = article.published.replace(day=1)
    return fill(
        "register.html",
        index=f"{setting.identity.code}/{article.published:%Y}-{article.number}",
        office=escape(setting.site.sponsor),
        signed=chinese(signed),
        published=f"{article.published:%Y-%m-%d}",
        title=escape(article.title),
        document=f"示政发〔{signed.year}〕{article.index + 1}号",
    )


def plain_page(setting: Setting, heading: str, body: str, *steps: tuple[str, str], published: str = "") -> Resource:
    """A page that belongs to no column; ``steps`` lead to it from the home page."""
    tags = (("ArticleTitle", heading), ("PubDate", published), ("ContentSource", setting.site.sponsor))
    main = fill("plain.html", trail=trail(setting, *steps, ("", heading)), title=escape(heading), body=body)
    return page(setting, shell(setting, f"{heading}_{setting.site.name}", main, tags if published else ()))
