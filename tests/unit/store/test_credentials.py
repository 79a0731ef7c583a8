import pytest

from xuncha.store.mask import mask_text

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("clear", "masked"),
    [
        ("password=Zz12345", "password=*******"),
        ("spring.datasource.password: s3cret!", "spring.datasource.password: *******"),
        ('"adminPwd" : "abc"', '"adminPwd" : "***"'),
        ("db.password=xuncha", "db.password=******"),
        ("默认密码为123456，请修改", "默认密码为******，请修改"),
        ("密码：admin@2024", "密码：**********"),
        ("李霞 密码Abcd1234!", "李霞 密码*********"),
        ("备份机 root/Jnwj@2026!，", "备份机 root/**********，"),
        ("护照号码：E12345678", "护照号码：E********"),
        ("（护照EA1234567）", "（护照E********）"),
        ("accessKeySecret='aB3dE6gH9'", "accessKeySecret='*********'"),
        ("LTAI5tAbCdEfGh1jKLmN", "LTAI****************"),
        ("AKIAIOSFODNN7EXAMPLE", "AKIA****************"),
        ("ak=Zm9vYmFyYmF6cXV4MTIz", "ak=********************"),
        ("Authorization: Bearer abcdef0123456789", "Authorization: Bearer ****************"),
        ("authorization: Basic dXNlcjpwYXNzMQ==", "authorization: Basic ****************"),
        ("jdbc:mysql://root:toor@10.0.0.1/db", "jdbc:mysql://root:****@10.0.0.1/db"),
        ("mysql://u:P@ss1@10.0.0.1/db", "mysql://u:*****@10.0.0.1/db"),
        ("（ssh root@10.1.2.3 pass=Abc#12345）", "（ssh root@10.1.2.3 pass=*********）"),
        ("SecretKey: abcdEFGHijkl0123）存放", "SecretKey: ****************）存放"),
        ("初始为Jnwj@2026）", "初始为*********）"),
        ("mysql -uroot -pAbc#12345", "mysql -uroot -p*********"),
        (TOKEN, "eyJ*****************.********************.************"),
    ],
)
def test_credentials_are_starred(clear, masked):
    assert mask_text(clear) == masked


@pytest.mark.parametrize(
    "text",
    [
        '<input type="password" name="password" placeholder="请输入密码">',
        "var password = document.getElementById('pwd').value;",
        "password = form.password.value",
        "$.post('/login', {password: $('#pwd').val()})",
        'messages: {password: "请输入密码", pwd: "Please enter a password"}',
        "密码为8-16位字母和数字",
        "密码：请输入登录密码",
        "password: required",
        "pass: 1204 fail: 3",
        "默认为UTF-8，缺省为IPv4",
        "邮箱默认为abc1@example.cn",
        'forgotPassword: "/user/forgot"',
        "http://www.example.gov.cn:8080/a@b",
        "<meta name=keywords content=token>",
        "Bearer certificates",
        "口令红包是什么",
        "密码GB/T39786-2021",
        "服务器 Windows/Server2019",
        "/admin/login2.jsp",
        "目录 root/backup2026.tar",
        "数据库 mysql/8.0.32",
        "护照办理须知",
    ],
)
def test_pages_that_only_speak_of_passwords_stay(text):
    assert mask_text(text) == text


def test_a_private_key_keeps_its_frame():
    pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/IBAAK=\nq1\n-----END RSA PRIVATE KEY-----"
    assert mask_text(pem) == "-----BEGIN RSA PRIVATE KEY-----\n**************\n**\n-----END RSA PRIVATE KEY-----"


def test_a_certificate_is_public():
    pem = "-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----"
    assert mask_text(pem) == pem
