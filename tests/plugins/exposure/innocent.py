"""Sites on which nothing lies open and that answer every address with success: what each says to a path."""

import gzip
import io
import json
import random
import zipfile
import zlib
from urllib.parse import unquote, urlsplit

HTML = "text/html; charset=utf-8"
NEWS = [
    f"示例区{place}开展{what}工作"
    for place in "东南西北中"
    for what in ("防汛", "普法", "招商", "环保", "信访", "培训")
]


def page(title, body, head=""):
    return (
        HTML,
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body>",
    )


def name_of(path):
    return path.rstrip("/").rpartition("/")[2] or "index"


def chance(path):
    return random.Random(zlib.crc32(path.encode()))


def error_page(path):
    return page("页面不存在", f"<p>您访问的页面 <code>{path}</code> 不存在或已被删除。</p><a href='/'>返回首页</a>")


def error_in_plain_text(path):
    return "text/plain", f"Not Found: {path}\n"


def title_with_the_name(path):
    return page(f"{name_of(path)} - 页面不存在 - 示例区人民政府", f"<h1>{name_of(path)}</h1><p>没有找到。</p>")


def search_results(path):
    rows = "".join(
        f"<li><a href='/zwgk/{n}.html'>关于{name_of(path)}的通知（{n}）</a> 2026-10-0{n}</li>" for n in range(1, 6)
    )
    return page(f"{name_of(path)}_站内搜索", f"<form><input name='q' value='{unquote(path)}'></form><ul>{rows}</ul>")


def index_of_documents(path):
    rows = "".join(f"<li><a href='{n}.html'>{words}</a></li>" for n, words in enumerate(NEWS))
    return page(f"Index of {path}", f"<h1>Index of {path}</h1><p>政府信息公开目录</p><ul>{rows}</ul>")


def application_with_state(path):
    state = json.dumps({"url": path, "user": None, "routes": [path, "/login"]})
    return page(
        "政务服务网",
        f"<div id='app'></div><script>window.__STATE__={state}</script><script src='/js/app.3f2a.js'></script>",
    )


def application_without_title(path):
    return HTML, "<!doctype html><div id=root></div><script type=module src=/assets/index-9f8e.js></script>"


def firewall(path):
    event = f"{chance(path).getrandbits(64):016x}"
    return page("访问被拦截", f"<h2>您的访问可能对网站造成威胁</h2><p>拦截地址：{path}</p><p>事件编号：{event}</p>")


def firewall_naming_its_rules(path):
    return page(
        "安全防护", f"<p>命中规则：敏感文件访问（.git .svn phpinfo actuator druid nacos swagger）</p><p>{path}</p>"
    )


def login_by_script(path):
    return page(
        "统一身份认证", f"<script>location.replace('/cas/login?service='+encodeURIComponent('{path}'))</script>"
    )


def login_named_after_the_path(path):
    first = (path.strip("/").split("/")[0] or "oa").capitalize()
    form = (
        "<form method='post'><input name='username'><input type='password' name='password'><button>登录</button></form>"
    )
    return page(f"{first} 登录", f"<h1>欢迎使用 {first}</h1>{form}")


def refresh_to_login(path):
    return page("跳转中", "", f"<meta http-equiv='refresh' content='0;url=/login?returnUrl={path}'>")


def json_error(path):
    return "application/json", json.dumps({"code": 404, "message": "资源不存在", "path": path, "timestamp": 1790000000})


def json_error_of_spring(path):
    error = {"timestamp": "2026-11-23T02:00:00.000+00:00", "status": 404, "error": "Not Found", "path": path}
    return "application/json", json.dumps(error)


def json_with_links(path):
    here = f"http://www.a.gov.example{path}"
    return "application/hal+json", json.dumps(
        {"_links": {"self": {"href": here}, "up": {"href": f"{here}/up"}}, "total": 0}
    )


def json_list(path):
    return "application/json", json.dumps([{"name": name_of(path), "type": "unknown", "uri": path, "id": 0}])


def json_status(path):
    return "application/json", json.dumps({"status": "UP", "version": "2.3.1", "name": name_of(path), "data": {}})


def script_callback(path):
    return "application/javascript", f"callback({json.dumps({'url': path, 'ok': False})});"


def error_of_a_bucket(path):
    words = f"<Error><Code>NoSuchKey</Code><Message>No such key.</Message><Key>{path[1:]}</Key></Error>"
    return "application/xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{words}'


def soap_fault(path):
    words = f"<soap:Fault><faultcode>soap:Client</faultcode><faultstring>{path}</faultstring></soap:Fault>"
    return "text/xml", f'<?xml version="1.0"?><soap:Envelope><soap:Body>{words}</soap:Body></soap:Envelope>'


def settings_of_an_error(path):
    token = f"{chance(path).getrandbits(128):032x}"
    return "text/plain", f"status=404\nmessage=not found\npath={path}\nrequest_token={token}\n"


def yaml_error(path):
    return "text/yaml", f"error:\n  code: 404\n  path: {path}\n  password: required\n"


def table(path):
    return "text/csv", f"序号,名称,地址\n1,{name_of(path)},{path}\n2,首页,/\n"


def picture(_path):
    return "image/gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"


def noise(path):
    return "application/octet-stream", chance(path).randbytes(900)


def one_archive(_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "办事指南")
    return "application/zip", packed.getvalue()


def archive_named_after_the_path(path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name_of(path), chance(path).randbytes(2_000))
    return "application/octet-stream", packed.getvalue()


def packed_page(path):
    return "application/gzip", gzip.compress(error_page(path)[1].encode(), mtime=0)


def home_page(_path):
    links = "".join(f"<li><a href='/{n}.html'>{words}</a></li>" for n, words in enumerate(NEWS))
    return page("示例区人民政府", f"<ul>{links}</ul><footer>技术支持：Tomcat、nginx、ThinkPHP、Spring Boot</footer>")


def news_by_chance(path):
    some = chance(path).sample(NEWS, 12)
    return page("您要找的页面不见了", f"<p>{path}</p>" + "".join(f"<li>{words}</li>" for words in some))


def whitelabel(path):
    return page(
        "Whitelabel Error Page",
        f"<h1>Whitelabel Error Page</h1><p>No mapping for {path} (type=Not Found, status=404).</p>",
    )


def parent_link(path):
    return page("404", f"<a href='{path}'>{path}</a> <a href='../'>../</a> <a href='?C=N;O=D'>Name</a>")


def under_construction(path):
    return page("建设中", f"<p>栏目 {name_of(path)} 正在建设中。</p><p>上传文件请到<a href='/upload'>办事大厅</a></p>")


def nothing(_path):
    return "application/octet-stream", b""


def text_of_the_path(path):
    return "text/plain", f"{path}\n{name_of(path)}\nref {path}\n"


def answers_to_what_sounds_alike(path):
    """A decoy that tells by parts of a name what it is asked for."""
    if path.endswith("config"):
        return "text/plain", "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n"
    if path.endswith("HEAD"):
        return "text/plain", "ref: refs/heads/master\n"
    if "env" in path:
        return "text/plain", "APP_ENV=production\nAPP_KEY=base64:ZXhhbXBsZQ==\nDB_PASSWORD=example-only\n"
    return error_page(path)


SITES = [
    error_page, error_in_plain_text, title_with_the_name, search_results, index_of_documents, application_with_state,
    application_without_title, firewall, firewall_naming_its_rules, login_by_script, login_named_after_the_path,
    refresh_to_login, json_error, json_error_of_spring, json_with_links, json_list, json_status, script_callback,
    error_of_a_bucket, soap_fault, settings_of_an_error, yaml_error, table, picture, noise, one_archive,
    archive_named_after_the_path, packed_page, home_page, news_by_chance, whitelabel, parent_link, under_construction,
    nothing, text_of_the_path, answers_to_what_sounds_alike,
]  # fmt: skip


def said(site, url):
    """(headers, body) of what a site says to an address."""
    parts = urlsplit(url)
    media, body = site(parts.path + ("?" + parts.query if parts.query else ""))
    return (("content-type", media),), body if isinstance(body, bytes) else body.encode()
