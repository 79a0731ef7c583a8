"""The shell around every page of a site: head with meta tags, menu, footer, and the templates they are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Protocol

from xuncha.lab.columns import COLUMNS, SERVICES, Article, Column, page_path, shown_name, undated
from xuncha.lab.flavours import FLAVOURS, Flavour
from xuncha.lab.identity import MARK_PICTURES, REPORTS, Identity
from xuncha.lab.messages import Scheme
from xuncha.lab.spec import LabSite

INTERACTION_HUB = "/hdjl/index.html"
FOOTER_SCRIPT = "/include/footer.js"


class Outside(Protocol):
    """The address of another host of the lab, without a final slash."""

    def __call__(self, host: str, scheme: Scheme = "https", /) -> str: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What a site's pages are made from.

    ``origin`` is the site's own address without a final slash; ``outside`` gives that of another host of the lab.
    """

    site: LabSite
    identity: Identity
    origin: str
    now: datetime
    outside: Outside

    def has(self, fault_id: str) -> bool:
        """Whether that fault is switched on."""
        return fault_id in self.site.faults

    @property
    def flavour(self) -> Flavour:
        """The publishing system's shapes."""
        return FLAVOURS[self.site.flavour]

    @property
    def charset(self) -> str:
        """The encoding as the site names it."""
        return "gb2312" if self.site.encoding == "gbk" else "utf-8"


@cache
def source(name: str) -> str:
    """The text of a file in ``templates``."""
    return files("xuncha.lab").joinpath("templates", name).read_text("utf-8")


def fill(template: str, /, **values: str) -> str:
    """The template with its values put in as they are; the caller escapes."""
    return Template(source(template)).substitute(values)


def lines(pieces: Iterable[str]) -> str:
    """One piece to a line."""
    return "\n".join(pieces)


def anchor(link: str, text: str) -> str:
    """A link."""
    return f'<a href="{escape(link)}">{escape(text)}</a>'


def column_anchor(setting: Setting, column: Column) -> str:
    """A link to the column's list."""
    return anchor(page_path(setting.site, column), shown_name(setting.site, column))


def listing(setting: Setting, articles: Iterable[Article], *, home: bool = False, pinned: Article | None = None) -> str:
    """A list of articles with their dates, as the publishing system writes it; the ``pinned`` one stands first."""
    day = setting.flavour.home_day if home else setting.flavour.day
    rows = [_row(setting, article, day) for article in articles]
    if pinned:
        rows.insert(0, _row(setting, pinned, day, setting.flavour.pin))
    return setting.flavour.listing.format(rows=lines(rows))


def _row(setting: Setting, article: Article, day: str, pin: str = "") -> str:
    shown = "" if undated(setting.site, article.column) else day.format(date=article.published)
    return setting.flavour.row.format(link=escape(article.path), title=escape(article.title), day=shown, pin=pin)


def trail(setting: Setting, *steps: tuple[str, str]) -> str:
    """The breadcrumb below the home page; a step without a link is plain text."""
    shown = [anchor("/", "首页"), *(anchor(link, text) if link else escape(text) for link, text in steps)]
    return f'<p class="trail">{setting.flavour.trail}{" &gt; ".join(shown)}</p>'


def shell(setting: Setting, title: str, main: str, metas: Iterable[tuple[str, str]] = (), head: str = "") -> str:
    """A whole page."""
    site = setting.site
    action, field = setting.flavour.search
    return fill(
        setting.flavour.frame,
        charset=setting.charset,
        title=escape(title),
        metas=head_tags(setting, metas),
        colour=site.colour,
        head=head,
        today=f"{setting.now.year}年{setting.now.month}月{setting.now.day}日",
        site=escape(site.name),
        domain=site.host,
        search_action=action,
        search_field=field,
        menu=_menu(setting),
        aids=" | ".join(anchor(link, text) for link, text in setting.identity.aids),
        main=main,
        footer=_footer_place(setting),
    )


def _menu(setting: Setting) -> str:
    columns = (column_anchor(setting, column) for column in (*COLUMNS[:4], SERVICES))
    hub = anchor(INTERACTION_HUB, "互动交流")
    return lines((anchor("/", "首页"), *columns, hub))


def head_tags(setting: Setting, more: Iterable[tuple[str, str]] = ()) -> str:
    """The national tags of the site, and ``more`` of them."""
    tags = () if setting.has("tags-missing") else (*_own(setting), *more)
    return lines(f'<meta name="{name}" content="{escape(value)}">' for name, value in tags)


def _own(setting: Setting) -> tuple[tuple[str, str], ...]:
    identity = setting.identity
    tags = (
        ("SiteName", identity.meta_name),
        ("SiteDomain", identity.meta_domain),
        ("SiteIDCode", identity.meta_code),
    )
    return tuple((name, value) for name, value in tags if value)


def _footer_place(setting: Setting) -> str:
    if setting.has("scripted"):
        return '<div data-footer="/api/footer.json"></div>'
    if setting.has("footer-written"):
        return f'<script src="{FOOTER_SCRIPT}"></script>'
    if setting.site.footer == "fragment":
        return '<div id="foot"></div>\n<script>$("#foot").load("/include/footer.html");</script>'
    if setting.site.footer == "iframe":
        return '<iframe class="footer-frame" src="/include/footer.html" title="页脚"></iframe>'
    return footer(setting)


def footer(setting: Setting) -> str:
    """The footer with the identity elements that the site shows."""
    identity = setting.identity
    code = f"网站标识码：{identity.code}" if identity.code else ""
    icp = _linked(identity.icp_link, escape(identity.icp))
    badge = '<img src="/images/police.png" width="18" height="18" alt="公安备案"> '
    police = badge + _linked(identity.police_link, escape(identity.police)) if identity.police else ""
    return fill(
        "footer.html",
        links=" | ".join(anchor(link, text) for link, text in (*identity.aids, *_contact_page(identity))),
        units=_labelled(("主办单位", identity.sponsor), ("承办单位", identity.undertaker)),
        contact=_labelled(("地址", identity.address), ("联系电话", identity.telephone)),
        copyright=f"版权所有：{escape(identity.copyright)}" if identity.copyright else "",
        filing="　".join(part for part in (code, icp, police) if part),
        marks=lines(part for part in (_conac(setting), _report(setting)) if part),
    )


def _contact_page(identity: Identity) -> tuple[tuple[str, str], ...]:
    return (("/about/lxwm.html", "联系我们"),) if identity.telephone else ()


def _labelled(*pairs: tuple[str, str]) -> str:
    return "　".join(f"{label}：{escape(value)}" for label, value in pairs if value)


def _linked(link: str, markup: str) -> str:
    return f'<a href="{escape(link)}" target="_blank">{markup}</a>' if link and markup else markup


def _conac(setting: Setting) -> str:
    identity = setting.identity
    if not identity.conac_link:
        return ""
    source = f"{setting.outside(MARK_PICTURES)}/image/{identity.conac_colour}.png"
    picture = f'<img id="imgConac" src="{source}" alt="党政机关网站标识">'
    return f'<span id="_ideConac">{_linked(identity.conac_link, picture)}</span>'


def _report(setting: Setting) -> str:
    if not setting.identity.report_link:
        return ""
    picture = f'<img src="{setting.outside(REPORTS)}/exposure/images/jiucuo.png" alt="政府网站找错">'
    return f'<span id="_span_jiucuo">{_linked(setting.identity.report_link, picture)}</span>'
