"""What ``xuncha init`` writes into a new workspace: settings, papers and inventory for people to fill in."""

import json

from xuncha.config.office import Settings

_ANSWERS = ("office", "telephone", "authorisation", "address", "announced_as")


def settings_file(settings: Settings) -> str:
    """``xuncha.yaml`` with the answers."""
    return _SETTINGS.format_map(_quoted(settings))


def papers_file(settings: Settings) -> str:
    """``authorisations.yaml``: how to write one, and the one that was named."""
    return _PAPERS + (_PAPER.format_map(_quoted(settings)) if settings.authorisation else "authorisations:\n")


def sites_file() -> str:
    """``sites.csv``: Chinese headers and one example that is skipped, as Excel and WPS write lines."""
    return _SITES.replace("\n", "\r\n")


def _quoted(settings: Settings) -> dict[str, str]:
    """The answers as YAML; a JSON string is a YAML string, whatever is in it."""
    return {name: json.dumps(getattr(settings, name), ensure_ascii=False) for name in _ANSWERS}


_SETTINGS = """\
# 巡查工作目录的设置。 Settings of this Xuncha workspace.

# 检查单位名称和联系电话，写入每次访问的 User-Agent，供网站运维人员核实来源。
office: {office}
telephone: {telephone}
# 英文名称或网址，代替单位的中文名称写入 User-Agent（请求头只能用 ASCII，中文会变成 %E5%8C%BA 之类的编码）。
# An ASCII name or address for the User-Agent, where the office's name is Chinese.
announced_as: {announced_as}
# 检查授权文号；授权的范围、期限和时段写在 authorisations.yaml 中。
authorisation: {authorisation}
# 检查出口 IP 地址，供被检查单位加入白名单。
address: {address}

# 可选 optional:
# vantage: inside            # 从哪里检查：inside 境内互联网、outside 境外、intranet 政务外网或单位内网
# profile: notice            # 默认检查方案：quick、notice 或 deep
# nameservers: [223.5.5.5]   # 指定域名服务器
# whois: 10.1.2.3:43         # 查询域名登记改用的服务器，内网中转也可以  a relay for WHOIS, in your own network too
# ca_file: ca.pem            # 另外信任的根证书
# registers: {{icp: icp.csv}}  # 备案登记资料（CSV 或 SQLite）
# browser: {{program: /usr/bin/chromium, at_once: 1}}  # 所用浏览器、最多同时运行几个（默认按内存和核数定，至少 2 个）
# browser: none              # 不使用浏览器：脚本生成的内容读不到，也没有截图  no browser at all
# evidence_due: 2026-12-15   # 佐证材料提交期限，逾期按不符合处理；可逐项写 {{"*": 日期, backup.restore_drill: 日期}}
# store: postgresql://用户@主机/数据库  # 检查结果索引改存 PostgreSQL；口令请放在 ~/.pgpass
"""

_PAPERS = """\
# 检查授权。被动检查不需要授权；探测（probe）和伪装访问（disguise）只在授权范围内进行。
# Authorisations. Passive checks need none; probing and disguised fetches happen only within one.
#
# authorisations:
#   - id: "2026"
#     document: 检查授权文号
#     ordered_by: 批准单位
#     domains: ["*.example.gov.cn"]     # 授权检查的域名
#     addresses: [10.20.0.0/16]         # 授权检查的地址段
#     valid_from: 2026-08-05
#     valid_until: 2026-09-01
#     hours: "22:00-06:00"              # 允许检查的时段
#     modes: [passive, probe]           # 允许的检查方式
#     ignore_robots: true               # 不受 robots.txt 限制；须写明下面的决定
#     robots_decision: 2026-08-01 与主办单位商定，检查期间不受 robots.txt 限制

"""

_PAPER = """\
authorisations:
  - id: main
    document: {authorisation}
    ordered_by: {office}
    domains: []
    modes: [passive]
"""

_SITES = (
    "网站名称,网址,主办单位,责任部门,承办单位,运维单位,网站标识码,ICP备案号,公安备案号,网站类型,网站状态,状态截止日期,"
    "检查授权,所在网络,等保级别,有专业技术队伍,近一年访问量,联系人\n"
    "# 示例：区民政局,http://mzj.example.gov.cn/,区民政局,办公室,,某某科技公司,3702030001,鲁ICP备12345678号-1,"
    "37020302000001,部门网站,正常,,,,二级,是,12000,张某某 0532-00000000\n"
)
