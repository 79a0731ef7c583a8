"""What a rule must not ask for."""

import pytest

from xuncha.rules.harmless import against_header, against_path


@pytest.mark.parametrize(
    "path",
    [
        "/index.php?s=index/think\\app/invokefunction&function=call_user_func_array&vars[0]=system",
        "/index.php?s=index/invokefunction",
        "/x?id=1%27%20or%201=1--",
        "/x?id=1+union+select+1",
        "/x?name={random}'",
        "/x?cmd=id",
        "/x;jsessionid=1",
        "/..;/manager/html",
        "/../etc/passwd",
        "/%2e%2e/a",
        "/%252e%252e/a",
        "/%c0%ae%c0%ae/a",
        "/.%2e/a",
        "{dir}.{suffix}./a",
        "//evil.example.com/x",
        "/a\\..\\b",
        "/@fs/etc/passwd",
        "/${jndi:ldap}",
        "/x?q=$(id)",
        "/x?q=`id`",
        "/actuator/shutdown",
        "/admin/user/delete?id=1",
        "/admin/deleteUser",
        "/api?action=update",
        "/x?url=http://10.0.0.1/",
        "/logout",
        "/x?a=..",
        "/x?file=/etc/hosts",
        "/login?username=admin&password=admin",
        "/manager/text/undeploy?path=x",
        "/manager/text/start?path=x",
        "/manager/text/reload?path=x",
        "/solr/admin/cores?action=RELOAD",
        "/solr/core/dataimport?command=full-import",
        "/jolokia/exec/java.lang:type=Memory/gc",
        "/druid/reset-all.json",
        "/_cache/clear",
        "/_flush",
        "/-/quit",
        "/actuator/heapdump",
        "/debug/pprof/profile?seconds=30",
        "/user/saveUser.do",
        "/user/update",
        "/user/delete/readme.txt",
        "/user/delete.html",
        "/user/delete.json",
        "/delete.php.bak",
        "/cgi-bin/restart.sh",
        "/x?deleteId=1",
        "/x?del=1",
        "/x?action=add",
        "/x?m=delete",
        "/x?s=system/reboot",
        "/x?Command=CreateFolder",
        "/x?cmd=whoami",
        "/x?name=whoami",
        "/x?call=phpinfo",
        "/x?function=phpinfo",
        "/x?sql=1",
        "/x?id=1&access_token=x",
        "/x?page=union",
    ],
)
def test_what_does_climbs_or_carries_something_is_refused(path):
    assert against_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD",
        "{dir}.{name}.swp",
        "{path}~",
        "/index.php?s=/{random}/{random}",
        "/ueditor/php/controller.php?action=config",
        "/index.php?m=admin&c=index&a=login",
        "/haproxy?stats",
        "/%E5%A4%87%E4%BB%BD.zip",
        "/install/index.php",
        "/.bash_history",
        "/reset.css",
        "/restart.log",
        "/UPGRADE.md",
        "/upgrade.txt",
        "/delete.sql",
        "/write.lock",
        "/one-stop/index.html",
        "/add-ons/readme.txt",
        "/update/index.php",
        "/start.jsp",
        "/darwin.ini",
        "/list?start=0&limit=10",
        "/list?startDate=2026-01-01",
        "/index.php?post_type=page",
        "/index.php?m=system&c=install",
        "/index.php?type=post",
        "/tz.php?act=phpinfo",
        "/wp-login.php?action=lostpassword",
        "/wiki?action=edit",
        "/connectors/connector.jsp?Command=GetFoldersAndFiles&Type=File&CurrentFolder=/",
        "/php/connector.php?cmd=open&init=1",
        "/ows?service=WMS&request=GetCapabilities",
        "/solr/admin/cores?action=STATUS",
        "/api/v1/query?query=up",
    ],
)
def test_what_anybody_could_click_may_be_asked(path):
    assert against_path(path) is None


@pytest.mark.parametrize(
    "name",
    [
        "host", "cookie", "authorization", "user-agent", "content-length", "x-original-url", "x-rewrite-url",
        "x-real-ip", "x-forwarded-for", "x-http-method-override", "client-ip", "referer",
    ],
)  # fmt: skip
def test_a_rule_speaks_in_nobody_s_name(name):
    assert f"never send {name}" in against_header(name, "x").en


@pytest.mark.parametrize("value", ["${jndi:ldap://a/b}", "() { :; }; id", "a\nb", "<script>"])
def test_a_header_carries_nothing(value):
    assert against_header("accept", value)


def test_harmless_headers_are_sent():
    assert not against_header("accept", "application/json;q=0.9, */*")
    assert not against_header("range", "bytes=0-1023")
