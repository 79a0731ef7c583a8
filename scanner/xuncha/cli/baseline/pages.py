"""How pages and their differences are told on a terminal; links that may be harmful can be read, not opened."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from xuncha.baseline.looking import Likeness, Look, Objection
from xuncha.cli.language import LANG, say
from xuncha.cli.output import COLON, console
from xuncha.model.defang import defanged, defanged_text
from xuncha.model.folding import cells, folded
from xuncha.model.hosts import host_of, registrable
from xuncha.model.looks import LookPrint
from xuncha.model.prints import PagePrint
from xuncha.model.text import Text
from xuncha.store import format as words
from xuncha.store.harmful import Harmful
from xuncha.store.labels import label
from xuncha.store.result import RunResult, SiteResult
from xuncha.tamper.changes import Change, ChangeKind
from xuncha.tamper.sights import Sight, SightKind

LIKENESS = {
    Likeness.NEW: Text("未核准过", "not approved yet"),
    Likeness.ALIKE: Text("与基线相符", "as approved"),
    Likeness.DIFFERENT: Text("与基线不同", "different"),
    Likeness.UNPICTURED: Text(
        "内容与基线相符，画面还没有可比对的基线", "as approved, but no approved picture to compare with"
    ),
    Likeness.INCOMPARABLE: Text("基线取样方式已更新，不能比对", "the baseline was taken in another way"),
    Likeness.UNFIT: Text("打开的不是该页面本身", "something else answered in its place"),
}
CHANGES = {
    ChangeKind.TITLE: Text("标题由“{before}”变为“{now}”", "the title was “{before}” and is “{now}”"),
    ChangeKind.DESCRIBED: Text("页面描述由“{before}”变为“{now}”", "the description was “{before}” and is “{now}”"),
    ChangeKind.LANDED: Text("打开后跳转到 {now}", "it now leads to {now}"),
    ChangeKind.REFRESH: Text("页面自动跳转到 {now}", "it sends visitors on to {now}"),
    ChangeKind.SCRIPT: Text("新增外部脚本 {now}", "a new foreign script: {now}"),
    ChangeKind.LOADER: Text("页内脚本从 {host} 加载内容", "a script in the page loads from {host}"),
    ChangeKind.PACKED: Text("新增经编码、看不出用途的页内脚本", "a new script whose text is encoded"),
    ChangeKind.BASE: Text("相对地址改为从 {now} 加载", "relative addresses now start from {now}"),
    ChangeKind.FRAME: Text("新增外部框架 {now}", "a new foreign frame: {now}"),
    ChangeKind.FORM: Text("表单改为提交到 {now}", "a form sends to {now}"),
    ChangeKind.HOSTS: Text("新增指向外部网站的链接：{now}", "links to new websites: {now}"),
    ChangeKind.OWNER: Text(
        "备案号、网站标识码等由“{before}”变为“{now}”", "what names its owner was “{before}” and is “{now}”"
    ),
    ChangeKind.FILING: Text(
        "备案号或网站标识码由“{before}”变为“{now}”", "a filing number or site code was “{before}” and is “{now}”"
    ),
    ChangeKind.REPLACED: Text("正文大部分被换掉，只保留了 {share}", "most of the text was replaced, {share} is left"),
    ChangeKind.SHRUNK: Text("正文由 {before} 字减少到 {now} 字", "its text shrank from {before} to {now} characters"),
    ChangeKind.HOLLOW: Text(
        "主体内容由 {before} 字减少到 {now} 字，没有新内容",
        "the middle is gone: {now} of {before} characters are left, none of them new",
    ),
    ChangeKind.REWRITTEN: Text("文章语句只保留了 {share}", "of the article's sentences {share} are left"),
    ChangeKind.REFRAIN: Text("多数文字行以“{now}”开头或结尾", "most lines begin or end with “{now}”"),
    ChangeKind.SERIES: Text(
        "连着多条标题除数字外都一样，如“{now}”", "headlines in a row are alike but for numbers: “{now}”"
    ),
    ChangeKind.DISGUISED: Text("写着文档名称的链接打开的是程序 {now}", "what is called a document is a program: {now}"),
    ChangeKind.LINKS: Text("通往本站的链接由 {before} 个减少到 {now} 个", "own links: {before} became {now}"),
    ChangeKind.ASSET: Text("新增外部样式、图标、媒体或嵌入对象 {now}", "a new foreign style, icon or medium: {now}"),
    ChangeKind.BANNER: Text("顶部、背景或多数图片改从 {host} 加载", "pictures now come from {host}"),
    ChangeKind.LANGUAGE: Text("中文内容几乎消失", "hardly any Chinese is left"),
    ChangeKind.STRUCTURE: Text(
        "页面结构大部分改变，只保留了 {share}", "most of its structure changed, {share} is left"
    ),
    ChangeKind.PICTURES: Text("图片全部更换", "all pictures were exchanged"),
    ChangeKind.COVER: Text("新增遮住整个窗口的元素 {now}", "something was laid over the page: {now}"),
    ChangeKind.RULED: Text("新增遮住整个窗口的样式 {now}", "a style lays something over the page: {now}"),
    ChangeKind.HIDDEN: Text("新增隐藏全部内容的样式 {now}", "a style hides the whole page: {now}"),
    ChangeKind.SHADOW: Text("新增影子模板", "a template now shows something in an element's place"),
    ChangeKind.WIPED: Text("新增改写整个页面的脚本", "a script writes over the page"),
    ChangeKind.WORKER: Text("新增替网站应答的后台脚本", "a script now answers for the website in the background"),
    ChangeKind.CLIPBOARD: Text("新增改写访问者所复制内容的脚本", "a script changes what visitors copy"),
    ChangeKind.CANONICAL: Text("对搜索引擎声明网址是 {now}", "it tells search engines that its address is {now}"),
    ChangeKind.RETITLED: Text("新增改写标题的脚本", "a script writes another title"),
    ChangeKind.TUCKED: Text(
        "看得到的正文由 {before} 字减少到 {now} 字，其余被隐藏",
        "in sight are {now} characters of {before}, the others are hidden",
    ),
    ChangeKind.MENU: Text("{now} 个栏目链接被隐藏", "links of the menu that are hidden now: {now}"),
    ChangeKind.HEADING: Text("新增大字“{now}”", "large words were added: “{now}”"),
    ChangeKind.UPLOADED: Text("新增上传目录中的脚本或页面 {now}", "a script or page from among uploads: {now}"),
    ChangeKind.SWAPPED: Text(
        "链接“{now}”改为指向 {host}，原来指向{before}",
        "the link “{now}” leads to {host}; it led to {before}",
    ),
    ChangeKind.DOWNLOAD: Text("新增外部程序或压缩包 {now}", "a program or archive elsewhere: {now}"),
    ChangeKind.VEILED: Text("新增移到屏幕之外的链接，指向 {host}", "links off the screen that lead to {host}"),
    ChangeKind.REGIONS: Text("有变化的区域：{now}", "parts that changed: {now}"),
    ChangeKind.SIGN: Text("出现可疑文字“{now}”", "doubtful words: “{now}”"),
}
SIGHTS = {
    SightKind.REPLACED: Text("画面大部分与核准时不同（{share}）", "most of the page looks different ({share})"),
    SightKind.COVERED: Text(
        "有一大块画面与核准时不同（约占 {share}）",
        "a large part looks different ({share})",
    ),
    SightKind.BANNER: Text("横幅画面与核准时不同（约占 {share}）", "a banner looks different ({share})"),
    SightKind.EXCHANGED: Text(
        "多处图片更换而链接没变，或从未变过的图片全部更换", "pictures are others and lead where they did"
    ),
    SightKind.LETTERED: Text(
        "出现了核准时没有的大号文字或样式表文字", "words in large letters, or by style sheets, are new"
    ),
    SightKind.BLANK: Text("看得到的文字只剩 {share}", "of what was written {share} can still be seen"),
}
_NAMED = 6


def change_text(change: Change) -> Text:
    """A difference in words."""
    known = CHANGES.get(
        change.kind, Text(f"{change.kind}：{{before}} → {{now}}", f"{change.kind}: {{before}} → {{now}}")
    )
    share = "" if change.share is None else words.share(change.share)
    values = {name: defanged_text(words.visible(getattr(change, name))) for name in ("before", "now", "host")}
    if change.kind is ChangeKind.SWAPPED and not change.before:
        values["before"] = say("本站", "this website")
    return Text(*(_filled(text, values | {"share": share}) for text in (known.zh, known.en)))


def sight_text(sight: Sight) -> Text:
    """A difference in how a page looks, in words."""
    share = words.share(sight.share)
    return Text(*(text.replace("{share}", share) for text in (SIGHTS[sight.kind].zh, SIGHTS[sight.kind].en)))


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value or say("（空）", "(nothing)"))
    return text


def objection_text(objection: Objection, result: RunResult) -> Text:
    """A finding in words, with what its check calls the problem."""
    known, said = result.texts.checks.get(objection.outcome.check), objection.finding.message
    called = known.meta.text.wrong if known else Text(objection.outcome.check, objection.outcome.check)
    status = objection.finding.status
    return Text(
        f"{label('status', status, 'zh')}：{called.zh}：{words.visible(said.zh)}",
        f"{label('status', status, 'en')}: {called.en}: {words.visible(said.en)}",
    )


def harmful_of(site: SiteResult) -> Harmful:
    """What the run found harmful on a website: wherever else it is named, that is done in the same harmless way."""
    told = (found.message.params for outcome in site.outcomes for found in outcome.findings)
    return Harmful(told, [host_of(site.url)])


def harmless(change: Change, harmful: Harmful) -> Change:
    """A difference with what it names made harmless."""
    before, now, host = (harmful.text(defanged_text(one)) for one in (change.before, change.now, change.host))
    return replace(change, before=before, now=now, host=host)


def show_card(look: Look, place: str, result: RunResult, harmful: Harmful) -> None:
    """Everything that a person should see of a page before approving it; ``place`` is the line above it."""
    for text, indent, name in _card(look, place, result):
        _line(harmful.text(text), indent, name)


def _card(look: Look, place: str, result: RunResult) -> Iterator[tuple[str, int, str]]:
    """The lines, with how far they are indented, and what stands before them."""
    if place:
        yield place, 0, ""
    yield look.page.url, 0, ""
    yield LIKENESS[look.likeness].of(LANG), 2, ""
    if look.moved_from:
        yield moved_text(look).of(LANG), 2, ""
    for name, value in _seen(look.page):
        yield value, 4, name
    if look.kept.look:
        yield look_text(look.kept.look), 4, say("画面", "picture")
    if look.approved and (look.changes or look.sights):
        approval = look.approved.approval
        when = words.moment(approval.at)
        yield say(f"与 {approval.by} {when} 核准时相比：", f"since {approval.by} approved it on {when}:"), 2, ""
    for change in look.changes:
        yield change_text(change).of(LANG), 4, "·"
    for sight in look.sights:
        yield sight_text(sight).of(LANG), 4, "·"
    if look.objections:
        yield say("该次检查在这个页面上发现的问题：", "What the run found on this page:"), 2, ""
    for objection in look.objections:
        yield objection_text(objection, result).of(LANG), 4, "·"


def look_text(look: LookPrint) -> str:
    """Of which size a picture is, which browser took it, and when."""
    size = f"{look.setting.width}×{look.height}"
    when, browser = words.moment(look.taken)[:16], words.visible(look.setting.browser)
    return say(f"{size} 像素，{browser}，{when}", f"{size} pixels, {browser}, {when}")


def moved_text(look: Look) -> Text:
    """That a page was approved under its address with the other scheme."""
    address = words.visible(look.moved_from)
    return Text(f"核准时的网址是 {address}，按同一页面比对", f"approved as {address}, and compared as the same page")


def show_line(url: str, about: str) -> None:
    """A page of a list: its address, and below it what is to be said."""
    _line(url, 0)
    _line(about, 2)


def _seen(page: PagePrint) -> Iterator[tuple[str, str]]:
    """Name and value of each thing that is there."""
    scripts = [host_of(script.src) for script in page.scripts if script.src]
    inline = sum(not script.src for script in page.scripts)
    rows = [
        (say("标题", "title"), defanged_text(page.title) or say("（空）", "(nothing)")),
        (say("打开后到达", "leads to"), _address(page.landed, page)),
        (say("自动跳转", "sends on to"), _address(page.refresh, page)),
        (
            say("内容", "content"),
            say(
                f"{page.words} 字，站内链接 {page.own_links} 个，图片 {page.images} 幅",
                f"{page.words} characters, {page.own_links} links within the site, {page.images} pictures",
            ),
        ),
        (say("主办标识", "owner"), _several(page.marks)),
        (say("链接到的网站", "links to"), _several([_host(host, page) for host in page.hosts])),
        (say("外部脚本", "scripts from"), _several([_host(host, page) for host in dict.fromkeys(scripts)])),
        (say("页内脚本", "scripts within"), str(inline) if inline else ""),
        (say("框架", "frames"), _several([_address(url, page) for url in page.frames])),
        (say("表单提交到", "forms send to"), _several([_address(url, page) for url in page.forms])),
        (say("可疑文字", "doubtful words"), _several([defanged_text(sign.excerpt) for sign in page.signs])),
    ]
    return ((name, value) for name, value in rows if value)


def _address(url: str, page: PagePrint) -> str:
    """An address; one of another website can be read and not be opened."""
    return url if _is_own(host_of(url), page) else defanged_text(url)


def _host(host: str, page: PagePrint) -> str:
    """The same of a host."""
    return host if _is_own(host, page) else defanged(host)


def _is_own(host: str, page: PagePrint) -> bool:
    return registrable(host) == registrable(host_of(page.url))


def _several(values: Sequence[str]) -> str:
    shown = say("、", ", ").join(values[:_NAMED])
    more = len(values) - _NAMED
    return shown + (say(f" 等 {len(values)} 个", f" … {len(values)} in all") if more > 0 else "")


def _line(text: str, indent: int, name: str = "") -> None:
    """A line with its name before it, folded under its own beginning."""
    head = " " * indent + (f"{name} " if name == "·" else f"{name}{COLON}" if name else "")
    before = cells(head)
    for line in list(folded(words.visible(text), max(console().width - before, 20))) or [""]:
        click.echo(head + line)
        head = " " * before
