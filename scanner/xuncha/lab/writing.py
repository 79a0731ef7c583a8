"""The words of the lab's sites: columns, titles and paragraphs, chosen by number and so the same each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from xuncha.lab.spec import LabSite

_NEWS = (
    "{org}召开{month}月份重点工作调度会",
    "{org}开展安全生产专项检查",
    "{org}举办业务能力提升培训班",
    "{org}深入新街街道开展走访调研",
    "{org}组织开展“政府开放日”活动",
    "{org}扎实推进年度民生实事项目",
    "{org}召开优化营商环境座谈会",
    "{org}走进社区开展政策宣传",
    "{org}赴先进地区考察学习",
    "{org}推动政务服务事项网上办理",
)
_NOTICES = (
    "关于开展{year}年度业务检查的通知",
    "关于征集{year}年度重点项目的公告",
    "关于做好节假日值班工作的通知",
    "关于公开征求《示例区公共服务提升方案》意见的公告",
    "关于办公地址变更的公告",
    "关于{year}年度补贴资金发放名单的公示",
    "关于组织参加普法知识竞赛的通知",
)
_POLICIES = (
    "示例区关于印发《支持实体经济发展若干措施》的通知",
    "示例区关于进一步规范行政执法工作的意见",
    "示例区公共服务设施管理办法",
    "示例区关于加强基层治理工作的实施方案",
    "示例区促进中小企业发展专项资金管理办法",
)
_READINGS = (
    "一图读懂：支持实体经济发展若干措施",
    "《示例区公共服务设施管理办法》政策解读",
    "专家解读：怎样申请专项资金",
)
_PLANS = ("{org}{year}年度工作要点", "{org}{year}年度重点工作计划", "示例区公共服务发展规划（摘要）")
_STAFF = ("{org}关于拟录用人员的公示", "{org}干部任前公示", "{org}关于工作人员职务任免的通知")
_SERVICES = (
    "公共场所设施使用许可",
    "专项资金补贴申请",
    "从业资格证书换发",
    "信息公开申请",
    "惠民补贴资格认定",
)
_LETTERS = (
    ("咨询新街街道公共停车位的收费标准", "您好，我住在新街街道，想了解公共停车位白天和夜间的收费标准。"),
    ("反映小区路灯不亮的问题", "小区东门外的三盏路灯已有一周不亮，夜间出行不便，希望尽快维修。"),
    ("咨询补贴申请需要哪些材料", "请问个人申请惠民补贴需要准备哪些材料？是否可以网上办理？"),
    ("建议增加社区健身设施", "建议在湖滨社区增设老年人健身设施，方便附近居民锻炼。"),
    ("咨询证书换发的办理时限", "从业资格证书即将到期，请问换发需要多少个工作日？"),
)
_PARAGRAPHS = (
    "会议传达学习了上级有关文件精神，通报了前一阶段工作进展情况，对下一步工作作出安排部署。",
    "会议强调，要切实提高思想认识，压实工作责任，细化工作措施，确保各项任务按时保质完成。",
    "检查组采取听取汇报、查阅资料、实地查看等方式，对发现的问题逐一反馈，并提出整改意见。",
    "活动现场，工作人员发放宣传手册三百余份，接受群众咨询六十余人次，受到居民的欢迎。",
    "下一步，将继续坚持问题导向，进一步优化流程、改进作风，不断提升群众的满意度和获得感。",
    "各有关单位要加强协调配合，建立工作台账，明确责任分工，定期报送工作进展情况。",
    "在调研中，与会同志同基层干部群众进行了座谈交流，详细了解了存在的困难和意见建议。",
    "本通知自印发之日起施行。执行中遇到的问题，请及时与业务科室联系。",
    "培训邀请有关专家授课，内容涵盖政策法规、业务流程和典型案例，共有八十余人参加。",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of every site: ``path`` is its folder, ``span`` the days over which its articles are spread."""

    path: str
    name: str
    kind: str
    type: str
    titles: tuple[str, ...]
    base: int
    per_volume: int
    span: int

    @property
    def slug(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    def count(self, volume: int) -> int:
        """How many articles it has at that volume."""
        return min(self.base + self.per_volume * volume, len(self.titles))


COLUMNS = (
    Column("xwdt/gzdt", "工作动态", "news", "政务动态", _NEWS, 2, 2, 12),
    Column("xwdt/tzgg", "通知公告", "notice", "信息公开，通知公告", _NOTICES, 1, 2, 150),
    Column("zwgk/zcwj", "政策文件", "policy", "信息公开，政策文件", _POLICIES, 2, 1, 160),
    Column("zwgk/zcjd", "政策解读", "policy", "信息公开，政策解读", _READINGS, 0, 1, 150),
    Column("zwgk/ghjh", "规划计划", "plan", "信息公开，规划计划", _PLANS, 0, 1, 330),
    Column("zwgk/rsxx", "人事信息", "personnel", "信息公开，人事信息", _STAFF, 0, 1, 320),
)
"""Columns with articles. Their deadlines are those of the indicators: two weeks, six months, one year."""

SERVICES = Column("bsfw", "办事服务", "service", "办事服务", _SERVICES, 1, 1, 300)
LETTERS = Column("hdjl/ldxx", "领导信箱", "letters", "互动交流", tuple(title for title, _ in _LETTERS), 2, 1, 60)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a column, newest first."""

    column: Column
    number: int
    title: str
    published: datetime

    @property
    def path(self) -> str:
        """Absolute path, in the manner of the common publishing systems."""
        return f"/{self.column.path}/{self.published:%Y%m}/t{self.published:%Y%m%d}_{self.number}.html"

    @property
    def date(self) -> str:
        """YYYY-MM-DD."""
        return f"{self.published:%Y-%m-%d}"


def articles(site: LabSite, column: Column, now: datetime) -> tuple[Article, ...]:
    """The column's articles, from yesterday back over its span."""
    count = column.count(site.volume)
    step = timedelta(days=column.span) / max(count, 1)
    newest = now.replace(minute=20, second=0, microsecond=0) - timedelta(days=1)
    dates = [_office_hours(newest - step * index, index) for index in range(count)]
    return tuple(
        Article(column, 10_000 - 100 * _order(column) - index, _filled(column.titles[index], site, date), date)
        for index, date in enumerate(dates)
    )


def _order(column: Column) -> int:
    return [*COLUMNS, SERVICES, LETTERS].index(column)


def _office_hours(moment: datetime, index: int) -> datetime:
    return moment.replace(hour=9 + index % 8, minute=(index * 7) % 60)


def _filled(title: str, site: LabSite, date: datetime) -> str:
    return title.format(org=short_name(site), year=date.year, month=date.month)


def short_name(site: LabSite) -> str:
    """How the site's own news call the organisation."""
    return site.sponsor.removeprefix("示例区人民政府").removeprefix("示例区") if site.parent else site.sponsor


def paragraphs(site: LabSite, article: Article) -> tuple[str, ...]:
    """Four paragraphs of the article."""
    first = f"{article.published.month}月{article.published.day}日，{short_name(site)}有关工作取得新进展。"
    start = article.number + site.serial
    rest = (_PARAGRAPHS[(start + 2 * index) % len(_PARAGRAPHS)] for index in range(3))
    return (first + _PARAGRAPHS[(start + 7) % len(_PARAGRAPHS)], *rest)


def letter_text(article: Article) -> str:
    """What the citizen wrote."""
    return next(text for title, text in _LETTERS if title == article.title)


def answer_text(site: LabSite) -> str:
    """What the office answered."""
    return (
        f"您好！来信收悉。经{short_name(site)}有关科室核实，现答复如下：您反映的事项已安排专人办理，"
        "具体标准和办理流程可在本网站“办事服务”栏目查询，也可在工作时间拨打咨询电话。感谢您的关心和支持！"
    )


def guide_elements(site: LabSite, title: str) -> tuple[tuple[str, str], ...]:
    """The elements of a service guide (办事指南), all of them given."""
    return (
        ("事项名称", title),
        ("设定依据", "《示例区公共服务设施管理办法》第十二条"),
        ("申请条件", "在本区依法登记的单位或者具有本区户籍（居住证）的个人"),
        ("办理材料", "1. 申请表（原件1份）；2. 身份证明（复印件1份）；3. 相关证明材料（原件核验）"),
        ("办理地点", f"示例区政务服务中心二楼{site.serial}号窗口（示例区中心路1号）"),
        ("办理机构", site.sponsor),
        ("收费标准", "不收费"),
        ("办理时间", "法定工作日 9:00—12:00，13:30—17:00；承诺5个工作日办结"),
        ("联系电话", f"0000-880000{site.serial:02}"),
        ("办理流程", "申请→受理→审查→决定→送达"),
        ("监督投诉渠道", "0000-88000000"),
    )
