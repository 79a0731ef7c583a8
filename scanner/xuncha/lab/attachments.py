"""The files that articles and service guides offer, in the formats that their names promise."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from xuncha.lab import documents, packages
from xuncha.lab.columns import COLUMNS, SERVICES, Article, articles
from xuncha.lab.layout import Setting
from xuncha.lab.people import beneficiaries
from xuncha.lab.resource import HTML, Resource

_WITH_FILES = {"notice", "policy", "plan", "finance"}
_EVERY = 3
_ROWS = (("序号", "事项", "责任单位"), ("1", "业务检查", "办公室"))
_FORMATS: Mapping[str, tuple[Callable[[str], bytes], str]] = {
    "pdf": (documents.pdf, "application/pdf"),
    "xls": (documents.xls, "application/vnd.ms-excel"),
    "doc": (documents.doc, "application/msword"),
    "docx": (lambda title: packages.docx([title, "（样表见政务服务中心窗口）"]), packages.DOCX),
    "xlsx": (lambda title: packages.xlsx([[title], *_ROWS]), packages.XLSX),
}
FORMS = (("申请表（空表）", "form.docx"), ("申请表（样表）", "sample.pdf"))
"""What a service guide offers, and how the file's name ends."""


def is_list_of_names(article: Article) -> bool:
    """Whether it publishes beneficiaries."""
    return "名单" in article.title


def files_of(setting: Setting, article: Article) -> tuple[tuple[str, str], ...]:
    """(path, name) of the article's attachments."""
    base = f"/attachments/{article.published:%Y%m}/P{article.number}"
    if is_list_of_names(article):
        return ((f"{base}.xlsx", f"附件：{article.title}.xlsx"),)
    if article.column.kind not in _WITH_FILES or article.index % _EVERY:
        return ()
    formats = setting.flavour.documents
    second = formats[article.index // _EVERY % len(formats)]
    return ((f"{base}.pdf", f"附件1：{article.title}.pdf"), (f"{base}.{second}", f"附件2：附表.{second}"))


def form_path(guide: Article, ending: str) -> str:
    """Where a form of the guide is."""
    return f"/attachments/forms/{guide.number}-{ending}"


def attachments(setting: Setting) -> dict[str, Resource]:
    """Every file of the site, by path."""
    found = dict(_of_articles(setting))
    for guide in articles(setting.site, SERVICES, setting.now):
        for name, ending in FORMS:
            found[form_path(guide, ending)] = _document(ending, f"{guide.title}{name}", guide.published)
    return found


def _of_articles(setting: Setting) -> Iterator[tuple[str, Resource]]:
    for column in COLUMNS:
        for article in articles(setting.site, column, setting.now):
            for path, name in files_of(setting, article):
                listed = is_list_of_names(article)
                yield path, _names(setting, article) if listed else _document(path, name, article.published)


def _names(setting: Setting, article: Article) -> Resource:
    rows = beneficiaries(masked=not setting.has("content-personal-attachment"))
    return Resource(packages.xlsx(rows), packages.XLSX, article.published)


def _document(path: str, title: str, modified: datetime) -> Resource:
    make, media_type = _FORMATS[path.rpartition(".")[2]]
    return Resource(make(title), media_type, modified)


def error_page(setting: Setting) -> Resource:
    """What some systems send instead of a file that is gone: a page, with status 200."""
    markup = "<html><head><title>提示</title></head><body>文件不存在或已被删除！</body></html>"
    return Resource(markup.encode(setting.site.encoding), HTML, setting.now)
