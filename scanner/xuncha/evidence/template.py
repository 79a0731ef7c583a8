"""What ``xuncha evidence template`` writes: a folder with ``evidence.yaml`` to fill in and what is asked, in Chinese.

Nothing that is there already is touched: a unit may be half through.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xuncha.model.evidence import DECLARATION, Piece
from xuncha.model.site import Site
from xuncha.store.disk import private_folder
from xuncha.store.errors import disk_errors

README = "填写说明.md"
FOLDERS = ("backup", "emergency", "protection", "staffing")
FULL_TIME_FROM = 3
"""From this level on the security administrator is full-time (GB/T 22239-2019, 8.1.7.2)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was made, and what was there before and stays as it was."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_template(folder: Path, site: Site, deadlines: Mapping[Piece, date]) -> Written:
    """Make the folder and its files, where they are not there yet. Raises StoreError where the disk refuses."""
    private_folder(folder)
    for name in FOLDERS:
        if not (folder / name).exists():
            private_folder(folder / name)
    made: list[Path] = []
    kept: list[Path] = []
    for name, text in ((DECLARATION, declaration(site)), (README, instructions(site, deadlines))):
        (made if _write_new(folder / name, text) else kept).append(folder / name)
    return Written(tuple(made), tuple(kept))


def _write_new(path: Path, text: str) -> bool:
    """Whether there was none: a file in its place, or a link that leads nowhere, is left alone."""
    with disk_errors(path, "write"):
        try:
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except FileExistsError:
            return False
    return True


def declaration(site: Site) -> str:
    """``evidence.yaml`` with everything that can be declared, nothing of it filled in."""
    return _DECLARATION.format(name=json.dumps(site.name or site.id, ensure_ascii=False))


def instructions(site: Site, deadlines: Mapping[Piece, date]) -> str:
    """What is asked, in words for those who fill it in."""
    level = site.protection_level or 0
    full_time = "（三级系统的安全管理员须为专职，不得兼任）" if level >= FULL_TIME_FROM else ""
    rows = "\n".join(f"| {what} | {where} | {_due(deadlines.get(piece))} |" for piece, what, where in _asked(full_time))
    return _INSTRUCTIONS.format(name=site.name or site.id, rows=rows)


def _due(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "另行通知"


def _asked(full_time: str) -> tuple[tuple[Piece, str, str], ...]:
    return (
        (Piece.BACKUP_POLICY, "备份制度：写明备份范围、周期、介质、保存期限、责任人", "backup/"),
        (Piece.BACKUP_COPIES, "最近的备份：网页、数据库各一份（可放副本），附校验值清单", "backup/"),
        (Piece.OFFSITE_COPY, "异地备份的证明：存放地点、最近一次日期", "backup/"),
        (Piece.RESTORE_DRILL, "恢复演练记录：日期、用时、结果、签字", "backup/"),
        (Piece.EMERGENCY_PLAN, "应急处置预案：经批准的正式文本", "emergency/"),
        (Piece.EMERGENCY_DRILL, "应急演练记录：日期、参加人、情景、结果", "emergency/"),
        (Piece.ANTI_ATTACK, "防攻击措施证明：产品、授权截止日期、规则更新日期、最近告警及处置", "protection/"),
        (Piece.ANTI_TAMPER, "防篡改措施证明：同上", "protection/"),
        (Piece.ANTI_VIRUS, "防病毒措施证明：同上", "protection/"),
        (Piece.CLASSIFIED_PROTECTION, "等级保护：级别、备案证明编号、最近测评日期（不要交测评报告）", "evidence.yaml"),
        (Piece.SECURITY_ASSESSMENT, "年度安全评估：日期、实施单位、结论页或签到、通知等证明", "protection/"),
        (Piece.LOG_RETENTION, "日志留存：种类、保存天数、是否备份", "evidence.yaml"),
        (Piece.TEAM, f"技术维护团队：姓名、职责、办公电话、替补{full_time}", "evidence.yaml"),
        (Piece.EDITORS, "内容更新人员：姓名、职责、办公电话、替补", "evidence.yaml"),
        (Piece.REGISTER, "人员名册：最近一次核对日期", "staffing/"),
        (Piece.OUTSOURCING, "外包合同：承包单位、服务范围、截止日期（没有外包的填 outsourced: 否）", "staffing/"),
    )


_INSTRUCTIONS = """\
# 佐证材料填写说明：{name}

1. 把材料放入本文件夹的四个子文件夹，再用记事本或 WPS 打开 `evidence.yaml`，照注释填写；没有的项目留空。
2. 文件格式：docx、xlsx、pptx、pdf（有文字的）、ofd、txt 最好。扫描件和照片须由人工核对，会慢一些；文件不要加密码。
3. 填好后交检查单位。检查单位运行 `xuncha evidence verify` 核验，全程不联网。

## 需要提交什么

| 材料 | 放在哪里 | 提交期限 |
|---|---|---|
{rows}

## 不要提交什么

- **等级保护测评报告、网络拓扑图、IP 地址规划、漏洞扫描报告**：属于工作秘密。检查只需要级别、备案编号和测评日期。
- **居民身份证号码**：检查不需要。名册中含有的，请先删去该列；文件名里也不要写。
- **能登录系统的账号口令**：制度、记录里不要写。restic、borg 备份库的只读口令单独放一个文件，
  在 `password_file` 中写明，核验后删除。
- **涉及国家秘密的文件**。

程序发现上述内容时拒收该文件：不用于核验，不保存内容，只列出文件名和原因（文件名中的号码会遮盖），请及时删除。
识别靠的是名称、标题、号码和字样，图片和扫描件中的不一定看得出来，不能代替提交前的保密审查。

## 逾期怎么办

期限内未交的，检查结果记为“未检查”；逾期仍未交的，记为“不符合”。需要延期的，请在期限前书面告知检查单位。
"""

_DECLARATION = """\
# 佐证材料清单：{name}
# 用法：冒号后面空一格再填；日期写成 2026-08-05，只知道月份的写成 2026-08，不要省略年份；
# 文件写相对本文件夹的路径，例如 [backup/备份管理制度.docx]。
# 没有的留空。填写前请看“填写说明.md”，特别是“不要提交什么”。

filled_by:            # 填写人
filled:               # 填写日期

backup:               # 备份和容灾
  policy:             # 备份制度
    files: []
    issued:           # 印发日期
    scope: []         # 备份范围，例如 [网页, 数据库, 配置]
    cycle_days:       # 几天备份一次，例如 1
    medium:           # 介质，例如 备份服务器
    retention_days:   # 保存多少天
    responsible:      # 责任人
  copies:             # 最近的备份，每份一段；下面是例子，去掉行首的 # 后修改
  #  - path: backup/web-20260805.tar.gz    # 文件；restic、borg 备份库写文件夹
  #    holds: 网页                          # 网页、数据库 或 配置
  #    kind:                                # archive、pg_dump、mysqldump、restic、borg；不写则按内容识别
  #    taken: 2026-08-05                    # 备份日期
  #    checksums: backup/SHA256SUMS         # 校验值清单
  #    password_file:                       # restic、borg 只读口令所在的文件；核验后请删除
  offsite:            # 异地备份
    files: []
    place:            # 存放地点
    last:             # 最近一次日期
  restore_drill:      # 恢复演练
    files: []
    held:             # 演练日期
    minutes:          # 实际恢复用了多少分钟
    rto_minutes:      # 制度规定的恢复时间目标（RTO），分钟
    rpo_minutes:      # 制度规定的恢复点目标（RPO），分钟
    result:           # 结果

emergency:            # 应急
  plan:               # 应急处置预案
    files: []
    issued:           # 印发日期
    revised:          # 最近修订日期
    approved_by:      # 批准人或批准单位
  drill:              # 应急演练
    files: []
    held:             # 演练日期
    scenario:         # 情景，例如 首页被篡改
    participants: []  # 参加人或部门
    result:           # 结果

protection:           # 安全防护
  anti_attack:        # 防攻击
    files: []         # 证明：授权书、控制台截图、告警处置单等
    product:          # 产品名称
    licence_until:    # 授权截止日期；永久授权的写 长期
    updated:          # 规则或特征库最近更新日期
    last_alert:       # 最近一次告警日期；没有告警的写 无
    alert_handled:    # 怎样处置的
  anti_tamper:        # 防篡改
    files: []
    product:
    licence_until:
    updated:
    last_alert:
    alert_handled:
  anti_virus:         # 防病毒
    files: []
    product:
    licence_until:
    updated:
    last_alert:
    alert_handled:
  classified:         # 等级保护（不要交测评报告）
    files: []         # 只交备案证明
    level:            # 级别，例如 2
    filing_number:    # 备案证明编号
    filed:            # 备案日期
    assessed:         # 最近一次测评日期
  assessment:         # 年度安全评估
    files: []
    held:             # 评估日期
    by:               # 实施单位；自行评估的写 本单位
  logs:               # 日志留存
    files: []
    kept_days:        # 保存多少天
    kinds: []         # 例如 [防火墙, 主机, 应用, 数据库]
    backed_up:        # 是否备份：是 或 否

staffing:             # 人员
  team:               # 技术维护团队，每人一段
  #  - name: 姓名
  #    duty: 安全管理员
  #    telephone: 办公电话
  #    full_time: 是                        # 是否专职
  #    deputy: 替补人员
  editors:            # 内容更新人员，写法同上
  register:           # 人员名册
    files: []
    reviewed:         # 最近一次核对日期
  outsourcing:        # 外包
    files: []         # 合同
    outsourced:       # 是否外包：是 或 否
    contractor:       # 承包单位
    scope:            # 服务范围
    until:            # 合同截止日期
"""
