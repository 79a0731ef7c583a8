"""Texts that are out of date, unfinished, wrong, or should never have been published."""

from xuncha.lab.faults.model import asks, fails

CONTENT = (
    fails(
        "content-expired",
        "content.expired",
        "已截止的征集仍显示为正在进行",
        "A past consultation offered as open",
    ),
    fails("content-placeholder", "content.placeholder", "测试内容未清理", "A page with test content"),
    fails("content-construction", "content.under-construction", "页面显示“正在建设中”", "A page under construction"),
    fails("content-typo", "content.typos", "正文有错别字", "Misspelt names of state organs"),
    fails("content-harmful-link", "content.harmful", "链接到赌博网站", "A live link to a betting site"),
    asks("content-personal-data", "content.personal-data", "公示名单未隐去身份证号码", "A list with full ID numbers"),
    asks(
        "content-personal-attachment",
        "content.personal-data",
        "附件名单未隐去身份证号码",
        "An attached list with full ID numbers",
    ),
    asks("content-secrecy", "content.secrecy-marks", "页面带有密级标志", "A page with a secrecy mark"),
)
