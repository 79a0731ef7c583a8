"""The columns that an inventory can have, under the names that people give them."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xuncha.inventory import values
from xuncha.inventory.values import Parser


@dataclass(frozen=True, slots=True)
class Field:
    """``zh`` is the header of our own template, ``also`` what else people call it; the name itself counts too."""

    name: str
    zh: str
    parse: Parser
    also: tuple[str, ...] = ()
    keeps_nothing: bool = False


def _table(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


SITE_FIELDS = _table(
    Field("id", "编号", values.text, ("网站编号", "网站ID", "site_id")),
    Field("name", "网站名称", values.text, ("名称", "单位名称", "站点名称", "网站名", "site", "site_name", "title")),
    Field(
        "urls",
        "网址",
        values.urls,
        (
            "首页地址",
            "首页网址",
            "网站地址",
            "网站网址",
            "域名",
            "网站域名",
            "首页",
            "链接",
            "url",
            "urls",
            "domain",
            "home",
        ),
    ),
    Field(
        "former_urls",
        "停用网址",
        values.urls,
        ("原网址", "原域名", "旧网址", "旧域名", "停用域名", "former_url", "old_domains", "old_urls"),
    ),
    Field("sponsor", "主办单位", values.text, ("主办", "单位名称", "主管单位", "sponsor_unit")),
    Field("department", "责任部门", values.text, ("责任单位", "部门", "所属部门", "归口部门", "dept")),
    Field("undertaker", "承办单位", values.text, ("承办",)),
    Field("operator", "运维单位", values.text, ("运维", "维护单位", "技术支持单位", "运维公司", "maintainer")),
    Field("site_code", "网站标识码", values.code, ("标识码", "政府网站标识码")),
    Field("icp", "ICP备案号", values.text, ("ICP备案", "ICP", "备案号", "icp_number")),
    Field("police", "公安备案号", values.text, ("公安备案", "公网安备", "公安机关备案号", "police_filing")),
    Field("kind", "网站类型", values.kind, ("类型", "类别", "网站类别", "type")),
    Field("level", "行政层级", values.text, ("层级", "行政级别")),
    Field("parent_site", "上级网站", values.text, ("主站", "所属网站", "parent")),
    Field("platform", "平台", values.text, ("集约化平台", "平台分组", "所属平台", "云平台")),
    Field("hosting", "托管方式", values.text, ("托管", "部署方式", "部署位置", "hosting_type")),
    Field("navigation_home", "首页为导航页", values.yes_or_no, ("首页仅导航", "导航首页"), keeps_nothing=True),
    Field("serves_public", "有对外服务", values.yes_or_no, ("对外服务", "有对外服务职能"), keeps_nothing=True),
    Field("status", "网站状态", values.status, ("状态", "运行状态")),
    Field("status_until", "状态截止日期", values.day, ("截止日期", "恢复日期", "until")),
    Field("network", "所在网络", values.network, ("网络", "内网地址段", "网络范围")),
    Field("connect_to", "连接地址", values.endpoint, ("指定地址", "直连地址")),
    Field("protection_level", "等保级别", values.protection_level, ("等级保护级别", "等保", "等保等级")),
    Field("authorisation", "检查授权", values.text, ("授权", "授权编号", "授权书", "authorization")),
    Field("maintenance", "维护时段", values.texts, ("维护窗口", "maintenance_windows")),
    Field("yearly_visits", "近一年访问量", values.count, ("年访问量", "访问量", "visits")),
    Field(
        "team_present", "有专业技术队伍", values.yes_or_no, ("技术队伍", "有技术维护团队", "team"), keeps_nothing=True
    ),
    Field("contacts", "联系人", values.texts, ("联系方式", "联系人及电话", "联系电话", "contact")),
    Field("evidence_due", "佐证材料截止日期", values.day, ("材料截止日期", "佐证材料提交期限", "提交期限")),
    Field("evidence", "佐证材料文件夹", values.folder, ("佐证材料", "材料文件夹", "evidence_folder")),
)

COLUMN_FIELDS = _table(
    Field("site", "所属网站", values.text, ("网站", "网站名称", "网站编号", "site_id", "site_name")),
    Field("name", "栏目名称", values.text, ("栏目", "名称", "column", "column_name")),
    Field("url", "栏目网址", values.url, ("栏目地址", "栏目链接", "网址", "地址", "链接", "column_url")),
    Field("kind", "栏目类型", values.text, ("类型", "栏目类别", "type")),
    Field("level", "栏目级别", values.count, ("级别", "层级")),
    Field("deadline_days", "更新期限", values.days, ("更新周期", "期限", "更新频率", "deadline")),
    Field("department", "责任部门", values.text, ("责任单位", "部门")),
    Field("exempt", "免检理由", values.text, ("豁免理由", "免检原因", "豁免", "exemption")),
)


def plain(header: str) -> str:
    """A header as it is compared: without blanks, marks, what stands in brackets, and case."""
    text = unicodedata.normalize("NFKC", header).lower()
    text = re.sub(r"[(\[【].*?[)\]】]", "", text)
    return re.sub(r"[^\w]|_", "", text)


def _names(fields: Mapping[str, Field]) -> dict[str, list[Field]]:
    """Which fields a compared header may mean; those it is the proper name of come first."""
    known: dict[str, list[Field]] = {}
    for proper in (True, False):
        for field in fields.values():
            for name in (field.name, field.zh) if proper else field.also:
                known.setdefault(plain(name), []).append(field)
    return known


_KNOWN = {"sites": _names(SITE_FIELDS), "columns": _names(COLUMN_FIELDS)}
_IGNORED = frozenset(plain(word) for word in ("序号", "备注", "说明", "no", "#", "remark", "remarks", "note", "notes"))


def recognise(headers: Sequence[str], sort: str) -> dict[int, Field]:
    """Which column of a table holds which field. Proper names win over what else people write.

    单位名称 is the site's name where nothing better stands, else its sponsor.
    """
    found: dict[int, Field] = {}
    for proper in (True, False):
        for index, header in enumerate(headers):
            if index not in found:
                field = _meant(plain(header), sort, found.values(), proper=proper)
                found |= {index: field} if field else {}
    return dict(sorted(found.items()))


def _meant(header: str, sort: str, taken: Collection[Field], *, proper: bool) -> Field | None:
    candidates = _KNOWN[sort].get(header, [])
    wanted = [field for field in candidates if not proper or header in (plain(field.name), plain(field.zh))]
    return next((field for field in wanted if field not in taken), None)


def ignored(header: str) -> bool:
    """Whether a header is of the kind that needs no mention when it is not used."""
    return plain(header) in _IGNORED or not plain(header)


def header_names(sort: str) -> list[str]:
    """The template's headers, for hints."""
    fields = SITE_FIELDS if sort == "sites" else COLUMN_FIELDS
    return [name for field in fields.values() for name in (field.zh, field.name)]
