"""The words of the lab's sites: titles and paragraphs, chosen by number and so the same each time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from xuncha.lab.spec import LabSite

NEWS = (
    "{org}召开{place}重点工作调度会",
    "{org}在{place}开展安全生产专项检查",
    "{org}举办业务能力提升培训班（{place}专场）",
    "{org}深入{place}开展走访调研",
    "{org}在{place}组织“政府开放日”活动",
    "{org}扎实推进{place}民生实事项目",
    "{org}到{place}召开优化营商环境座谈会",
    "{org}走进{place}开展政策宣传",
    "{org}邀请{place}居民代表建言献策",
    "{org}推动政务服务事项在{place}就近办理",
    "{org}配合公安机关在{place}开展打击网络赌博宣传，提醒群众远离“百家乐”“时时彩”",
)
NOTICES = (
    "关于{year}年国庆节、中秋节放假安排的通知",
    "关于开展{year}年度业务检查的通知",
    "关于{year}年度补贴资金发放名单的公示",
    "关于办公场所搬迁的公告",
    "关于公开征求《示例区公共服务提升方案》意见的公告",
    "关于组织参加普法知识竞赛的通知",
    "关于开展{year}年度从业人员培训报名的通知",
    "关于{year}年第一季度抽查结果的通报",
    "关于做好节假日值班工作的通知",
    "关于征集{year}年度重点项目的公告",
    "关于公布{year}年度公共服务事项清单的公告",
    "关于启用新版申请表格的通知",
    "关于2019年10月1日前遗留事项办理有关问题的公告",
)
POLICIES = (
    "示例区关于印发《支持实体经济发展若干措施》的通知",
    "示例区关于进一步规范行政执法工作的意见",
    "示例区公共服务设施管理办法",
    "示例区关于加强基层治理工作的实施方案",
    "示例区促进中小企业发展专项资金管理办法",
    "示例区关于公布规范性文件清理结果的决定",
    "示例区政务服务规范",
)
READINGS = (
    "一图读懂：支持实体经济发展若干措施",
    "《示例区公共服务设施管理办法》政策解读",
    "专家解读：怎样申请专项资金",
    "《示例区政务服务规范》问答",
    "《关于加强基层治理工作的实施方案》解读",
)
PLANS = (
    "{org}{year}年度工作要点",
    "{org}{year}年度重点工作计划",
    "示例区公共服务发展规划（2021—2035年）摘要",
)
STAFF = (
    "{org}关于拟录用人员的公示",
    "{org}干部任前公示",
    "{org}关于工作人员职务任免的通知",
    "{org}{year}年公开招聘工作人员简章",
    "{org}领导班子成员分工",
)
FINANCE = (
    "{org}{year}年度部门预算公开",
    "{org}{year}年度“三公”经费预算说明",
    "{org}部门决算公开（{year}年编）",
    "{org}专项资金使用情况公开（{year}年）",
    "{org}政府采购意向公开（{year}年）",
)
SERVICES = (
    "公共场所设施使用许可",
    "专项资金补贴申请",
    "从业资格证书换发",
    "公共服务设施备案",
    "惠民补贴资格认定",
    "便民活动场地预约",
)
INTERVIEWS = ("在线访谈：谈{year}年民生实事项目进展", "在线访谈：解读公共服务设施管理办法")
CONSULTATIONS = (
    "《示例区公共服务提升方案（征求意见稿）》公开征求意见",
    "《示例区便民服务点管理规定（征求意见稿）》公开征求意见",
    "{year}年度民生实事项目建议征集",
)
SURVEYS = ("{year}年政务服务满意度调查", "公共停车设施使用情况问卷调查")
_LETTERS = (
    ("咨询新街街道公共停车位的收费标准", "您好，我住在新街街道，想了解公共停车位白天和夜间的收费标准。"),
    ("反映小区路灯不亮的问题", "小区东门外的三盏路灯已有一周不亮，夜间出行不便，希望尽快维修。"),
    ("咨询补贴申请需要哪些材料", "请问个人申请惠民补贴需要准备哪些材料？是否可以网上办理？"),
    ("建议增加社区健身设施", "建议在湖滨社区增设老年人健身设施，方便附近居民锻炼。"),
    ("咨询证书换发的办理时限", "从业资格证书即将到期，请问换发需要多少个工作日？"),
    ("反映施工噪声扰民", "城南街道河滨路工地夜间施工，影响居民休息，请予以处理。"),
    ("咨询活动场地如何预约", "社区合唱队想使用活动场地排练，请问怎样预约，是否收费？"),
    ("建议公交站增设座椅", "新街路公交站候车老人较多，建议增设座椅和雨棚。"),
    ("咨询备案事项的办理地点", "请问公共服务设施备案在哪里办理，周六是否受理？"),
    ("表扬窗口工作人员", "政务服务中心二楼窗口的同志耐心帮我补齐材料，特此感谢。"),
)
LETTER_TITLES = tuple(title for title, _ in _LETTERS)
_ANSWERS = (
    "新街街道公共停车位实行分时段收费：8:00—20:00每小时2元，20:00至次日8:00免费，残疾人专用车辆全天免收停车费。",
    "已安排养护单位到现场查看，三盏路灯的线路于当日修复。如再有不亮，可拨打报修电话0000-88000012。",
    "申请时请提交申请表1份、身份证明复印件1份和收入证明原件1份，可在本网站“办事服务”栏目网上申请。",
    "湖滨社区健身设施已列入本年度实施计划，将在广场东侧增设六件适老器材，预计下季度完成安装。",
    "从业资格证书换发承诺在5个工作日内办结，您可到政务服务中心二楼窗口或者在网上提交申请。",
    "执法人员已到现场核查，责令施工单位停止夜间作业，并对其立案处理，后续将加强夜间巡查。",
    "活动场地免费向居民开放，请在本网站“网上预约”系统提前3天预约，也可到社区服务中心登记。",
    "该站已纳入候车设施改造名单，座椅和雨棚将于本月底前安装，届时欢迎您监督。",
    "公共服务设施备案在示例区政务服务中心二楼办理，周六9:00—12:00实行延时服务，可以受理。",
    "感谢您的鼓励，我们已将来信转给窗口同志，并将继续改进服务。",
)
_PLACES = ("新街街道", "湖滨社区", "城南街道", "河东镇", "长桥社区")
_PARAGRAPHS = (
    "会议传达学习了上级有关文件精神，通报了前一阶段工作进展情况，对下一步工作作出安排部署。",
    "会议强调，要切实提高思想认识，压实工作责任，细化工作措施，确保各项任务按时保质完成。",
    "检查组采取听取汇报、查阅资料、实地查看等方式，对发现的问题逐一反馈，并提出整改意见。",
    "活动现场，工作人员发放宣传手册三百余份，接受群众咨询六十余人次，受到居民的欢迎。",
    "下一步，将继续坚持问题导向，进一步优化流程、改进作风，不断提升群众的满意度和获得感。",
    "各有关单位要加强协调配合，建立工作台账，明确责任分工，定期报送工作进展情况。",
    "在调研中，与会同志同基层干部群众进行了座谈交流，详细了解了存在的困难和意见建议。",
    "执行中遇到的问题，请及时与业务科室联系，联系电话：0000-88000000。",
    "培训邀请有关专家授课，内容涵盖政策法规、业务流程和典型案例，共有八十余人参加。",
)


_REGISTRATION_DAYS = 20


def short_name(site: LabSite) -> str:
    """How the site's own news call the organisation."""
    return site.sponsor.removeprefix("示例区人民政府").removeprefix("示例区") if site.parent else site.sponsor


def title(site: LabSite, titles: Sequence[str], index: int, date: datetime) -> str:
    """The title of a column's article of that number."""
    place = _PLACES[index // len(titles) % len(_PLACES)]
    return titles[index % len(titles)].format(org=short_name(site), year=date.year, place=place)


def paragraphs(site: LabSite, heading: str, number: int, date: datetime) -> tuple[str, ...]:
    """The paragraphs of an article. What a notice or a rule says of its time is true at ``date``."""
    start = number + site.serial
    opening = (
        f"{date.month}月{date.day}日，{short_name(site)}有关工作取得新进展。{_PARAGRAPHS[start % len(_PARAGRAPHS)]}"
    )
    rest = [_PARAGRAPHS[(start + 2 * step) % len(_PARAGRAPHS)] for step in range(1, 4)]
    return (opening, *rest, *_clause(heading, date))


def _clause(heading: str, date: datetime) -> tuple[str, ...]:
    if "放假" in heading:
        return (f"{date.year}年10月1日至8日放假调休，共8天。9月28日、10月10日照常上班。",)
    if "报名" in heading or "征集" in heading:
        ends = date + timedelta(days=_REGISTRATION_DAYS)
        return (f"报名时间：{chinese(date)}至{chinese(ends)}，逾期不再受理。",)
    if "名单" in heading:
        return _MASKED
    if heading.endswith("办法"):
        return (f"本办法自{chinese(date)}起施行，有效期五年。",)
    return ()


_MASKED = (
    "一、张某某，身份证号码370299********0017，联系电话138****0001，补贴金额1200元。",
    "二、李某某，身份证号码370299********0025，联系电话138****0002，补贴金额1200元。",
    "公示期5个工作日，对名单有异议的，请拨打0000-88000000反映。",
)


def chinese(date: datetime) -> str:
    """2026年8月20日."""
    return f"{date.year}年{date.month}月{date.day}日"


def letter_text(index: int) -> str:
    """What the citizen wrote."""
    return _LETTERS[index % len(_LETTERS)][1]


def answer_text(site: LabSite, index: int) -> str:
    """What the office answered."""
    answer = _ANSWERS[index % len(_ANSWERS)]
    return f"您好，来信收悉。经{short_name(site)}业务科室核实，现答复如下：{answer}感谢您的关心和支持！"


EVASIVE_ANSWER = "您好，您反映的问题已收悉，我们将认真研究。感谢您的来信！"
