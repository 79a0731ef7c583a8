"""Links that lead astray."""

from xuncha.lab.faults.model import fails, warns

LINKS = (
    fails("link-broken", "links.broken-internal", "站内链接返回 404", "An internal link answers 404"),
    fails("link-broken-home", "links.broken-internal", "首页链接返回 404", "A link on the home page answers 404"),
    fails("external-broken", "links.broken-external", "外部链接返回 404", "An external link answers 404"),
    fails("external-unknown", "links.broken-external", "外部链接域名不存在", "An external link's name does not exist"),
    fails("image-missing", "links.broken-asset", "图片不存在", "An image is missing"),
    fails("style-missing", "links.broken-asset", "样式文件不存在", "A style sheet is missing"),
    fails("attachment-missing", "links.broken-attachment", "附件不存在", "An attachment is missing"),
    fails("link-empty", "links.empty", "空链接（#）", "A link that goes nowhere (#)"),
    fails("link-script-void", "links.empty", "空链接（javascript）", "A link that goes nowhere (javascript)"),
    fails("link-to-missing-note", "links.wrong-target", "链接到“页面不存在”提示页", "A link ends on a soft 404 page"),
    warns("link-to-home", "links.wrong-target", "正文链接跳转到首页", "A deep link is redirected to the home page"),
    fails("link-parked", "links.lapsed-domains", "外部链接域名已停放", "An external link ends on a parked domain"),
    fails("link-private", "links.private-target", "链接指向内网地址", "A link to a private address"),
    fails("link-localhost", "links.private-target", "链接指向 localhost", "A link to localhost"),
    fails("link-local-file", "links.private-target", "链接指向本机文件", "A link to a local file"),
)
