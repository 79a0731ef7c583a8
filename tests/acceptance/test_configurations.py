"""The ready configurations of built-in checks, held to the servers that they are written for."""

import os
import re
import socket
import subprocess
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import xuncha_plugins
from xuncha.config.configurations import read_configuration
from xuncha.guidance.configuration import Server

FILES = sorted(Path(xuncha_plugins.__path__[0]).glob("*/configurations/*.yaml"))
CONFIGURATIONS = {
    f"{path.parents[1].name}/{path.stem}": read_configuration(path.parents[1] / "checks.yaml", path.stem)
    for path in FILES
}
MODULES = Path("/usr/lib/apache2/modules")
APACHE_MODULES = (
    "mpm_event", "authz_core", "authz_host", "alias", "dir", "headers", "filter", "deflate", "expires", "mime",
    "proxy", "proxy_http", "socache_shmcb", "ssl",
)  # fmt: skip

NGINX = """\
daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{}}
http {{ access_log off; client_body_temp_path {here}; proxy_temp_path {here}; fastcgi_temp_path {here};
uwsgi_temp_path {here}; scgi_temp_path {here};
{text}
}}
"""

CERTIFICATE = "ssl_certificate /etc/ssl/site/fullchain.pem; ssl_certificate_key /etc/ssl/site/site.key;\n"


def texts(server):
    found = [(name, one.text) for name, conf in CONFIGURATIONS.items() for one in conf.snippets if one.server is server]
    return [pytest.param(text, id=name) for name, text in found]


@pytest.fixture
def certificate(tmp_path, program):
    """A key and a certificate of its own, where the texts speak of files."""
    key, chain = tmp_path / "site.key", tmp_path / "chain.pem"
    subprocess.run(
        (program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", key, "-out", chain, "-days", "2", "-subj", "/CN=www.example.gov.cn"),
        check=True, capture_output=True,
    )  # fmt: skip
    return {
        "/etc/ssl/site/fullchain.pem": str(chain),
        "/etc/ssl/site/chain.pem": str(chain),
        "/etc/ssl/site/site.key": str(key),
        "/var/www/site": str(tmp_path),
        "shmcb:/run/ocsp": f"shmcb:{tmp_path}/ocsp",
    }


def put(text, places):
    for written, own in places.items():
        text = text.replace(written, own)
    return text


@pytest.mark.parametrize("text", texts(Server.NGINX))
def test_nginx_takes_it(text, tmp_path, certificate, program):
    text = put(text, certificate)
    own = "" if "ssl_certificate " in text else put(CERTIFICATE, certificate)
    whole = text if re.search(r"server {|map \$", text) else f"server {{ listen 8080; root {tmp_path};\n{own}{text}\n}}"
    path = tmp_path / "nginx.conf"
    path.write_text(NGINX.format(here=tmp_path, text=whole), encoding="utf-8")
    said = subprocess.run([program("nginx"), "-t", "-c", path], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("text", texts(Server.APACHE))
def test_apache_takes_it(text, tmp_path, certificate, program):
    apache = program("apache2")
    text = put(text, certificate)
    whole = text if re.search(r"<VirtualHost|^(Listen|Server|SSLStapling)", text, re.MULTILINE) else (
        f"<VirtualHost *:8080>\n{text}\n</VirtualHost>"
    )  # fmt: skip
    loaded = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in APACHE_MODULES)
    path = tmp_path / "apache.conf"
    own = f"ServerName localhost\nServerRoot {tmp_path}\nPidFile {tmp_path}/pid\nErrorLog {tmp_path}/error.log\n"
    path.write_text(f"{loaded}{own}Listen 8080\n{whole}\n", encoding="utf-8")
    said = subprocess.run([apache, "-t", "-f", path], capture_output=True, text=True, check=False, env=os.environ)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("text", texts(Server.TOMCAT))
def test_tomcat_reads_it(text):
    if text.startswith("<"):
        ET.fromstring(f"<part>{text}</part>")
    elif text.startswith("CATALINA_OPTS="):
        subprocess.run(["sh", "-n", "-c", text], check=True)
    else:
        assert all(line.startswith("Rewrite") and len(line.split()) in (3, 4) for line in text.splitlines())


@pytest.mark.parametrize("text", texts(Server.IIS))
def test_iis_xml_is_a_web_config(text):
    if text.startswith("<?xml"):
        assert ET.fromstring(text).tag == "configuration"


@pytest.mark.parametrize("text", texts(Server.DNS))
def test_records_are_read_by_a_name_server(text):
    from dns import zone  # noqa: PLC0415 - only here

    origin = re.findall(r"[a-z.]*?(example\.gov\.cn)\.", text)[0]
    head = f"{origin}. 600 IN SOA ns.{origin}. a.{origin}. 1 1 1 1 1\n{origin}. 600 IN NS ns.{origin}.\n"
    assert zone.from_text(head + text, origin=f"{origin}.", relativize=False)


def snippet(name, server=Server.NGINX):
    return next(one.text for one in CONFIGURATIONS[name].snippets if one.server is server)


@pytest.fixture(scope="module")
def guarded(nginx, tmp_path_factory):
    """Asks a site that has taken all that the rules of exposure and of error pages say."""
    root = tmp_path_factory.mktemp("site")
    open_to_all = ("index.html", ".well-known/security.txt", "attachments/list.xls", "upload/photo.jpg")
    shut = (".git/config", "site.sql", "old/index.php.bak", "upload/shell.php", "WEB-INF/web.xml", "404.html")
    for path in (*open_to_all, *shut):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    names = ("exposure/no-listings", "exposure/hidden-files", "exposure/uploads-not-run", "availability/error-pages")
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    nginx(f"server {{ listen 127.0.0.1:{port}; root {root}; {''.join(map(snippet, names))} }}")

    def status(path):
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", f"/{path}")
            return connection.getresponse().status

    return status


@pytest.mark.parametrize("path", ["", ".well-known/security.txt", "attachments/list.xls", "upload/photo.jpg"])
def test_what_is_public_stays_so(guarded, path):
    assert guarded(path) == 200


@pytest.mark.parametrize("path", [".git/config", "site.sql", "old/index.php.bak", "WEB-INF/web.xml", "gone.html"])
def test_what_is_hidden_answers_like_what_is_not_there(guarded, path):
    assert guarded(path) == 404


@pytest.mark.parametrize("path", ["upload/shell.php", "upload/shell.php/x.jpg", "attachments/"])
def test_nothing_runs_in_uploads_and_no_folder_is_listed(guarded, path):
    assert guarded(path) == 403
