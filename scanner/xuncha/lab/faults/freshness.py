"""Columns that are stale, blank, undated or beyond what the inspector can read."""

from xuncha.lab.faults.model import Fault, asks, fails, leads_to, unread
from xuncha.model.outcome import Status

FRESHNESS = (
    fails("freshness-home-stale", "freshness.home-updated", "首页两周未更新", "The home page is two weeks old"),
    fails("freshness-news-stale", "freshness.news-columns", "动态栏目两周未更新", "News without news for weeks"),
    fails("freshness-notice-stale", "freshness.notice-columns", "通知栏目六个月未更新", "Notices half a year old"),
    fails(
        "freshness-column-overdue", "freshness.overdue-columns", "规划计划栏目超过一年未更新", "Plans over a year old"
    ),
    fails("freshness-column-blank", "freshness.blank-columns", "空白栏目", "A blank column"),
    leads_to(
        "freshness-undated",
        "信息未注明发布日期",
        "Articles without a date",
        ("freshness.undated-columns", Status.FAIL),
        ("identity.meta-tags", Status.WARN),
    ),
    fails("freshness-report-missing", "freshness.annual-report", "未发布网站工作年度报表", "No yearly report"),
    asks("freshness-future-date", "freshness.date-anomalies", "发布日期在将来", "An article dated in the future"),
    unread(
        "freshness-list-scripted",
        "动态栏目列表由脚本生成，数据来源无法读取",
        "The news are listed by script, from an unknown source",
        "freshness.news-columns",
    ),
    unread(
        "freshness-list-json",
        "动态栏目列表由 $.getJSON 取数生成",
        "The news are listed by $.getJSON",
        "freshness.news-columns",
    ),
    Fault(
        "freshness-list-loaded",
        "动态栏目列表由 $.load 装入",
        "The news are loaded by $.load, whose file can be read",
        (("freshness.news-columns", Status.PASS),),
    ),
    Fault(
        "freshness-list-jpage",
        "动态栏目列表由大汉 jpage 脚本生成",
        "The news are listed by jpage, whose source can be read",
        (("freshness.news-columns", Status.PASS),),
    ),
)
