"""What should not lie open on a web server: files and folders as real programs leave them, for whoever guesses."""

from collections.abc import Mapping
from dataclasses import dataclass

from xuncha.lab.layout import Setting
from xuncha.lab.resource import HTML, Resource

_JSON = "application/json"
_BINARY = "application/octet-stream"
_TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Left:
    """A file that somebody left on the server."""

    path: str
    media_type: str
    body: bytes


_DUMP = """\
-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64)
--
-- Host: localhost    Database: portal
-- ------------------------------------------------------
-- Server version\t5.7.44

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;

--
-- Table structure for table `cms_user`
--

DROP TABLE IF EXISTS `cms_user`;
CREATE TABLE `cms_user` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(50) DEFAULT NULL,
  `password` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
"""
_ENVIRONMENT = """\
APP_NAME=portal
APP_ENV=production
APP_KEY=base64:bGFiLWV4YW1wbGUtbm8tcmVhbC1rZXktYXQtYWxsISE=
APP_DEBUG=false
DB_CONNECTION=mysql
DB_HOST=127.0.0.1
DB_DATABASE=portal
DB_USERNAME=portal
DB_PASSWORD=not-a-real-password
"""
_KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEAx0LabExampleNoRealKeyAtAllxxxxxxxxxxxxxxxxxxxxxx\n" * 24
_LISTING = """\
<html>
<head><title>Index of /attachments/</title></head>
<body>
<h1>Index of /attachments/</h1><hr><pre><a href="../">../</a>
<a href="2025/">2025/</a>                                              05-Jan-2026 08:12                   -
<a href="mingdan.xls">mingdan.xls</a>                                        11-Mar-2026 02:40               49152
</pre><hr></body>
</html>
"""
_HEAP = '{"names":["jvm.memory.used","jvm.threads.live","http.server.requests","system.cpu.usage"]}'
_ACTUATOR = """\
{"_links":{"self":{"href":"http://localhost:8080/actuator","templated":false},\
"health":{"href":"http://localhost:8080/actuator/health","templated":false},\
"env":{"href":"http://localhost:8080/actuator/env","templated":false},\
"heapdump":{"href":"http://localhost:8080/actuator/heapdump","templated":false}}}"""
_DRUID = """\
<!doctype html>
<html>
<head>
<title>druid monitor</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf8" />
<link href='css/bootstrap.min.css' rel="stylesheet" />
<link href="css/style.css" type="text/css" rel="stylesheet"/>
<script type="text/javascript" src="js/jquery.min.js"></script>
<script src="js/common.js" type="text/javascript" charset="utf-8"></script>
</head>
<body>
<div class="container"><h3>Login</h3>
<form id="loginForm"><input type="text" name="loginUsername"/><input type="password" name="loginPassword"/>
<button type="button" id="loginBtn">Sign in</button></form></div>
<script type="text/javascript">$.namespace("druid.login");</script>
</body>
</html>
"""
_TOMCAT = """\
<!DOCTYPE HTML><html lang="en"><head>
<meta charset="UTF-8">
<title>Apache Tomcat Examples</title>
</head>
<body>
<h3>Apache Tomcat Examples</h3>
<ul>
<li><a href="servlets">Servlets examples</a></li>
<li><a href="jsp">JSP Examples</a></li>
<li><a href="websocket/index.xhtml">WebSocket Examples</a></li>
</ul>
</body></html>
"""
_MAP = """\
{"version":3,"file":"site.js","sources":["webpack:///./src/main.js","webpack:///./src/api/user.js"],\
"names":["login","token"],"mappings":"AAAA,SAASA",\
"sourcesContent":["export const api = '/internal/api'\\n","export {}\\n"]}"""
_UEDITOR = """\
{"imageActionName":"uploadimage","imageFieldName":"upfile","imageMaxSize":2048000,\
"imageAllowFiles":[".png",".jpg",".jpeg",".gif",".bmp"],"imageUrlPrefix":"","imagePathFormat":"\\/ueditor\\/php\\/upload\\/image\\/{yyyy}{mm}{dd}\\/{time}{rand:6}",\
"fileActionName":"uploadfile","fileFieldName":"upfile","catcherActionName":"catchimage"}"""
_INSTALLER = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>安装程序 - 织梦内容管理系统 V57_UTF8_SP2</title></head>
<body><div class="main"><dl class="setpbox t1"><dt>安装步骤</dt><dd><ul><li class="now">许可协议</li>
<li>环境检测</li><li>参数配置</li></ul></dd></dl>
<form method="post" action="index.php"><input type="submit" value="继续"/></form></div></body></html>
"""
_FOLDER_STORE = (
    bytes.fromhex("000000014275643100001000000008000000100000000a0c") + bytes(40) + "backup.zip".encode("utf-16-be")
)

LEFT: Mapping[str, tuple[Left, ...]] = {
    "repository-open": (
        Left("/.git/HEAD", _BINARY, b"ref: refs/heads/master\n"),
        Left("/.git/config", _BINARY, b"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"),
    ),
    "dump-open": (Left("/backup.sql", "application/x-sql", _DUMP.encode()),),
    "environment-open": (Left("/.env", _BINARY, _ENVIRONMENT.encode()),),
    "key-open": (Left("/server.key", _BINARY, f"{_KEY}-----END RSA PRIVATE KEY-----\n".encode()),),
    "folder-listed": (Left("/attachments/", HTML, _LISTING.encode()),),
    "console-open": (Left("/druid/login.html", f"{HTML}; charset=utf-8", _DRUID.encode()),),
    "diagnostics-open": (
        Left("/actuator", _JSON, _ACTUATOR.encode()),
        Left("/actuator/metrics", _JSON, _HEAP.encode()),
    ),
    "examples-left": (Left("/examples/", f"{HTML};charset=UTF-8", _TOMCAT.encode()),),
    "source-map-open": (Left("/script/site.js.map", _JSON, _MAP.encode()),),
    "desktop-file-left": (Left("/.DS_Store", _BINARY, _FOLDER_STORE),),
    "uploader-open": (Left("/ueditor/php/controller.php", _JSON, _UEDITOR.encode()),),
    "installer-left": (Left("/install/index.php", f"{HTML}; charset=utf-8", _INSTALLER.encode()),),
}
"""Fault id → what lies open because of it."""

_APPLICATION = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{name}</title></head><body><div id="app"></div>\
<script src="/script/site.js"></script></body></html>
"""


def lying_open(setting: Setting) -> dict[str, Resource]:
    """By path: what the faults of a site left on its server."""
    return {
        one.path: Resource(one.body, one.media_type, setting.now)
        for fault_id, left in LEFT.items()
        if setting.has(fault_id)
        for one in left
    }


def application(setting: Setting) -> Resource:
    """What a single-page application answers to every address that it has not: itself, with success."""
    return Resource(_APPLICATION.format(name=setting.site.name).encode(), f"{HTML}; charset=utf-8", setting.now)
