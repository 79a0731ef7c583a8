"""How the common publishing systems shape a site: their addresses, list rows, dates and paging, as data.

Addresses and rows are filled by ``str.format``: ``folder`` and ``code`` name the column, ``page`` counts from 1,
``number`` and ``date`` are the article's, ``first`` is the address of the column's first page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FlavourId = Literal["trs", "jcms", "gkmlpt", "ucap", "table2008"]
_DAY = "{date:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Flavour:
    """One publishing system. ``frame``, ``home``, ``column`` and ``article`` name templates.

    ``listing`` takes the ``rows``, a ``row`` has ``link``, ``title``, ``day`` and, where it is pinned, ``pin``;
    ``published`` is how an article tells its date. ``script_pager`` is set where script writes the
    numbers of the pages. ``documents`` are the formats that attachments come in besides PDF.
    """

    first_page: str
    further_page: str
    page_offset: int
    article_page: str
    listing: str
    row: str
    frame: str = "shell.html"
    home: str = "home.html"
    column: str = "column.html"
    article: str = "article.html"
    day: str = _DAY
    home_day: str = _DAY
    published: str = "发布时间：{date:%Y-%m-%d %H:%M}"
    pin: str = '<em class="top">置顶</em>'
    trail: str = "当前位置："
    script_pager: str = ""
    search: tuple[str, str] = ("/search", "q")
    documents: tuple[str, ...] = ("docx", "xlsx", "xls")


FLAVOURS: Mapping[FlavourId, Flavour] = {
    "trs": Flavour(
        first_page="/{folder}/index.html",
        further_page="/{folder}/index_{page}.html",
        page_offset=-1,
        article_page="/{folder}/{date:%Y%m}/t{date:%Y%m%d}_{number}.html",
        listing='<ul class="list">\n{rows}\n</ul>',
        row='<li>{pin}<a href="{link}">{title}</a><span class="time">{day}</span></li>',
        script_pager='<script type="text/javascript">createPageHTML({pages}, {page}, "index", "html");</script>',
    ),
    "jcms": Flavour(
        first_page="/col/col{code}/index.html",
        further_page="/col/col{code}/index.html?uid=8{code}&pageNum={page}",
        page_offset=0,
        article_page="/art/{date.year}/{date.month}/{date.day}/art_{code}_{number}.html",
        listing='<div class="default_pgContainer"><ul class="list">\n{rows}\n</ul></div>',
        row='<li><span class="bt-data-time">[{day}]</span>{pin}<a href="{link}" title="{title}" target="_blank">'
        "{title}</a></li>",
        article="article-jcms.html",
        published="发布日期：{date:%Y-%m-%d %H:%M}",
        pin='<img src="/images/top.png" width="28" height="16" alt="置顶">',
        trail="您的位置：",
    ),
    "gkmlpt": Flavour(
        first_page="/{folder}/index.html",
        further_page="/{folder}/index_{page}.html",
        page_offset=0,
        article_page="/{folder}/content/post_{number}.html",
        listing='<ul class="list news_list">\n{rows}\n</ul>',
        row='<li>{pin}<a href="{link}" title="{title}">{title}</a><span class="date">{day}</span></li>',
        article="article-gkmlpt.html",
        published="发布时间 : {date:%Y-%m-%d %H:%M:%S}",
        pin="[置顶]",
    ),
    "ucap": Flavour(
        first_page="/c{code}/list.shtml",
        further_page="/c{code}/list_{page}.shtml",
        page_offset=0,
        article_page="/c{code}/{date:%Y-%m/%d}/content_{number}.shtml",
        listing='<ul class="list infoList">\n{rows}\n</ul>',
        row='<li>{pin}<a href="{link}" target="_blank">{title}</a><span>{day}</span></li>',
        article="article-ucap.html",
        home_day="[{date:%m-%d}]",
        published="发布时间：{date:%Y-%m-%d %H:%M:%S}",
        trail="您当前的位置：",
    ),
    "table2008": Flavour(
        first_page="/list.asp?classid={code}",
        further_page="/list.asp?classid={code}&page={page}",
        page_offset=0,
        article_page="/shownews.asp?id={number}",
        listing='<table width="98%" border="0" cellspacing="0" cellpadding="4">\n{rows}\n</table>',
        row='<tr><td width="12">·</td><td><a class="newslist" href="{link}">{title}</a>{pin}</td>'
        '<td width="90" align="right"><font color="#999999">[{day}]</font></td></tr>',
        frame="shell-2008.html",
        home="home-2008.html",
        column="column-2008.html",
        article="article-2008.html",
        day="{date.year}-{date.month}-{date.day}",
        home_day="{date.year}-{date.month}-{date.day}",
        published="发布时间：{date.year}/{date.month}/{date.day} {date.hour}:{date:%M:%S}",
        pin='<font color="#ff0000">[固顶]</font>',
        trail="您现在的位置：",
        search=("/search.asp", "keyword"),
        documents=("doc", "xls"),
    ),
}
"""The publishing systems by their ids."""
