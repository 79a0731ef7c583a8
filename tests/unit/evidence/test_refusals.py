"""What is refused, by what a document is, and what only speaks of it and stays."""

import pytest

from xuncha.evidence.identity import holds_resident_id
from xuncha.evidence.logins import holds_login
from xuncha.evidence.refusals import named_fault, refusal
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where
from xuncha.model.evidence import Fault

CONTENTS = "二十号局网站应急预案\n目录\n一、总则\n附件1 通讯录\n附件2 网络拓扑图\n附件3：系统架构图\n第一章 总则"


def document(text, where=Where.BODY, name=""):
    return DocumentText(DocumentKind.DOCX, (Part(where, name, text),))


@pytest.mark.parametrize(
    "text",
    [
        CONTENTS,
        "区民政局\n网站应急预案（2026年修订）\n附件2 网络拓扑图\n一、总则",
        "网站运维服务合同\n甲方：区民政局\n乙方：北京拓扑科技有限公司",
        "关于报送等级测评报告的通知\n各单位：",
        "网络安全检查报告\n附件：漏洞扫描报告\n",
        "附件：系统架构图（另存保密柜，不随本预案印发）",
        "2026年政府网站第三方测评报告",
        "单位组织架构图",
    ],
)
def test_a_document_that_only_names_an_annex_or_a_company_stays(text):
    assert refusal(document(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "网站漏洞扫描报告\n扫描时间：2026年6月10日",
        "网络安全等级保护2026年度测评报告书\n被测系统：门户网站",
        "某区人民政府门户网站系统\n网络安全等级保护第三级\n测评报告\n（2026年度）",
        "等级保护测评结果\n测评机构：北京某测评中心\n总体得分 72 分",
        "网站IP地址规划表\n主机\tIP\t口令",
        "附件2\n网络拓扑图",
        "渗透测试报告（盖章版）",
    ],
)
def test_a_work_secret_is_told_by_its_own_title(text):
    assert refusal(document(text)) is Fault.WORK_SECRET


def test_a_sheet_of_a_workbook_says_what_it_is_by_its_name():
    assert refusal(document("主机\tIP", Where.SHEET, "IP地址分配表")) is Fault.WORK_SECRET


@pytest.mark.parametrize(
    "name",
    [
        "北京拓扑科技运维合同.docx",
        "测评报告报送回执.pdf",
        "等级测评机构资质.pdf",
        "无障碍测评报告.pdf",
        "组织架构图.png",
    ],
)
def test_a_name_that_only_contains_the_words_is_no_secret(name):
    assert named_fault(f"protection/{name}") is None


@pytest.mark.parametrize(
    "name",
    ["网络拓扑图（终稿）v2.png", "等保测评报告封面及结论页.pdf", "漏洞扫描报告_20261101.docx", "系统部署架构图.vsdx"],
)
def test_a_name_that_says_as_a_whole_what_it_is_is_refused(name):
    assert named_fault(f"protection/{name}") is Fault.WORK_SECRET


@pytest.mark.parametrize("name", ["张三身份证正反面.jpg", "名册11010519491231002X.xlsx"])
def test_an_id_card_is_refused_by_its_name(name):
    assert named_fault(f"staffing/{name}") is Fault.RESIDENT_ID


@pytest.mark.parametrize(
    "text",
    [
        "王海燕 身份证：１１０１０５１９４９１２３１００２Ｘ",
        "陈志远\t11010519491231 002X\t010-69741018",
        "姓名\t身份证号\t手机\n陈志远\t110114198503070000\t139",
        "姓名\t身份证\n周敏\t110114850307002",
        "姓名\t身份证号码（18位）\n王海燕\t110105 491231 002",
        "王海燕，身份证号码为110114198503070020，",
    ],
)
def test_an_id_number_is_seen_however_it_is_written(text):
    assert holds_resident_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "合同编号：110114260301001\n税号 110105660524122",
        "名册不得填写身份证号码。\n合同编号 110114198503070024",
        "姓名\t身份证号\n周敏\t已按要求删除\n电话 010-69741022",
        "统一社会信用代码 11110114000012345X",
    ],
)
def test_a_number_of_a_contract_is_no_id_number(text):
    assert not holds_resident_id(text)


@pytest.mark.parametrize("path", ["emergency/演练330105198001011234.txt", "staffing/330105198001011234/证明.docx"])
def test_a_name_with_what_looks_like_an_id_number_is_refused(path):
    assert named_fault(path) is Fault.RESIDENT_ID


def test_the_hash_that_names_a_part_of_a_repository_is_no_id_number():
    assert named_fault("backup/restic/data/ab/ab330105198001011234cd") is None


@pytest.mark.parametrize("name", ["账号口令表.xlsx", "用户名和密码清单.docx"])
def test_a_list_of_passwords_is_refused_by_its_name(name):
    assert named_fault(f"backup/{name}") is Fault.LOGIN


@pytest.mark.parametrize(
    "text",
    [
        "后台地址 http://10.1.2.3/admin 账号：admin 密码：Jnwj@2026!",
        "ssh root@10.1.2.3 pass=Abc#12345）存放",
        "备份机（pass: Abc#12345）",
        "（AccessKey: LTAI5tAbcdEfghIjklMnop SecretKey: abcdEFGHijklMNOPqrstUVWXyz0123）存放",
        "用户backup，密码见张建国，初始为Jnwj@2026）",
        "初始密码为Jnwj@2026，首次登录须修改",
        "数据库连接：mysql://xuncha:P4ssw0rd@10.0.0.3/web",
        "mysql -uroot -pAbc#12345 web < web.sql",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA",
        "export TOKEN=ghp_abcdefghij0123456789",
        "登录账号：zhangsan，登录口令：Wm*2026#",
        "责任人郑伟，备份机 root/Jnwj@2026!",
        "服务器账号 root / toor2026",
        "郑伟，密码Abcd1234!",
        "系统\t账号\t密码\n门户后台\tadmin\tJnwj2026",
    ],
)
def test_a_password_of_an_account_is_seen(text):
    assert holds_login(text)
    assert refusal(document(f"网站备份管理规定\n一、每日备份。\n{text}")) is Fault.LOGIN


@pytest.mark.parametrize(
    "text",
    [
        "不得使用admin/123456等弱口令。",
        "初始密码为123456的，首次登录必须修改。",
        "默认密码admin不得使用，初始密码为admin123的须更换。",
        "连接格式为 mysql://用户:密码@主机/库，password=your_password",
        "mysql://user:******@10.0.0.3/web",
        "备份结果 pass: 1204，fail: 0",
        "密码为8-16位字母和数字，口令：不少于10位。",
        "密码：________  口令：****** ",
        "系统\t账号\t密码\n门户后台\t\t",
        "商用密码：SM2/SM4，密码应用符合 GB/T 39786-2021。",
        "口令：2026年3月已全部更换",
        "数据库 mysql/8.0.32，目录 root/backup2026.tar",
        "账号口令定期更换，密码强度符合要求。",
    ],
)
def test_what_only_speaks_of_passwords_stays(text):
    assert not holds_login(text)


MARKS = "机密/机密级/绝\u3000密/（秘密★10年）/【机密】/秘密▲长期/★秘密★/密级：秘密/秘密10年/密级\t机密/秘密★3年\t001号"


@pytest.mark.parametrize("mark", [*MARKS.split("/"), "[绝密★长期]", "机密 保密期限：5年", "恢复演练记录（秘密★10年）"])
def test_a_mark_of_secrecy_is_seen_in_every_shape(mark):
    for text in (f"{mark}\n恢复演练记录\n时间：2026年9月18日", "恢复演练记录\n" + "一行正文。\n" * 30 + mark):
        assert refusal(document(text)) is Fault.STATE_SECRET


@pytest.mark.parametrize(
    "text",
    [
        "网站备份管理制度\n涉及国家秘密的数据不得备份到本系统。",
        "机密性\n完整性\n可用性",
        "保密制度\n机密\t20年\n秘密\t10年",
        "密级分为：\n绝密\n机密\n秘密",
        "最长期限：\n绝密 30年\n机密 20年\n秘密 10年",
        "文件应标注国家秘密标志（秘密★10年）",
        "序号\t绝密\t机密\t秘密\n1\t0\t0\t0",
        "内部资料 注意保密\n商业秘密\n工作秘密",
        "系统资产表\n" + "一行正文。\n" * 20 + "机密\n" + "一行正文。\n" * 20,
        "密级：公开",
    ],
)
def test_what_speaks_of_secrecy_bears_no_mark(text):
    assert refusal(document(text)) is None


@pytest.mark.parametrize(("words", "unseen"), [("机密", ""), ("正文", "作者甲\n机密")])
def test_a_mark_in_a_header_or_a_property_counts(words, unseen):
    part = Part(Where.NOTE, "header1.xml", "页眉\n" * 20 + words + "\n页眉" * 5)
    assert refusal(DocumentText(DocumentKind.DOCX, (part,), unseen=unseen)) is Fault.STATE_SECRET


def test_an_id_number_among_deleted_words_is_refused():
    found = DocumentText(DocumentKind.DOCX, (Part(Where.BODY, "", "备份"),), unseen="证件 330105198001011239")
    assert refusal(found) is Fault.RESIDENT_ID
