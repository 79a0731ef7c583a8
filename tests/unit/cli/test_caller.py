"""How an office names itself to the sites, and from where it says that it looks."""

import pytest

from xuncha import __version__
from xuncha.store.bundle import Bundle

ANSWERS = ("--telephone", "0532-8591", "--authorisation", "", "--address", "")


@pytest.fixture
def says(workspace):
    """Adds lines to the workspace's settings."""
    file = workspace / "xuncha.yaml"

    def add(**lines):
        kept = [line for line in file.read_text("utf-8").splitlines() if line.partition(":")[0] not in lines]
        file.write_text("\n".join([*kept, *(f"{name}: {value}" for name, value in lines.items())]), "utf-8")

    return add


def test_init_tells_a_chinese_name_how_it_will_look_and_what_to_do(xuncha, tmp_path):
    said = xuncha("init", tmp_path / "new", "--office", "区电政办", *ANSWERS).err
    assert "(+%E5%8C%BA%E7%94%B5" in said
    assert "announced_as" in said


def test_init_announces_the_name_that_it_is_given(xuncha, tmp_path):
    said = xuncha("init", tmp_path / "new", "--office", "区电政办", "--announced-as", "https://a.gov.cn/", *ANSWERS).err
    assert f"Xuncha/{__version__} (+https://a.gov.cn/; tel 0532-8591)" in said
    assert "announced_as" not in said


def test_init_refuses_a_name_that_no_header_carries(xuncha, tmp_path):
    ran = xuncha("init", tmp_path / "new", "--office", "区电政办", "--announced-as", "区电政办", *ANSWERS)
    assert (ran.code, "announced_as" in ran.err) == (2, True)


def test_the_settings_refuse_it_too(xuncha, says):
    says(announced_as="区电政办")
    ran = xuncha("site", "list")
    assert (ran.code, "announced_as" in ran.err) == (2, True)


def test_the_doctor_shows_the_user_agent(xuncha, says, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    says(announced_as="Example District Office")
    assert "(+Example District Office; tel 0532-8591)" in xuncha("doctor", "--offline").out


@pytest.mark.parametrize(("vantage", "shown"), [("outside", "境外互联网"), ("intranet", "政务外网或单位内网")])
def test_the_doctor_repeats_what_was_said_of_the_vantage(xuncha, says, vantage, shown, monkeypatch):
    monkeypatch.setattr("xuncha.cli.doctor.LANG", "zh")
    says(vantage=vantage)
    assert shown in xuncha("doctor", "--offline").out


def test_a_run_keeps_the_offices_own_name_and_vantage(xuncha, says, workspace):
    says(announced_as="Example District Office", vantage="intranet")
    assert xuncha("scan").code == 0
    (folder,) = (workspace / "runs").iterdir()
    vantage = Bundle.open(folder).meta().vantage
    assert (vantage["contact"], vantage["declared"]) == ("区电政办 0532-8591", "intranet")


def test_what_is_announced_reaches_the_plan(xuncha, says):
    says(announced_as="Example District Office")
    assert '"office": "Example District Office"' in xuncha("plan", "--format", "json").out


@pytest.mark.parametrize("server", ["foo", "'223.5.5.5:x'", "'::1]'"])
def test_a_name_server_that_is_no_address_is_refused(xuncha, says, server):
    says(nameservers=f"[{server}]")
    ran = xuncha("plan")
    assert (ran.code, "xuncha.yaml" in ran.err, "nameservers" in ran.err) == (2, True, True)


@pytest.mark.parametrize("server", ["223.5.5.5", "'127.0.0.1:5300'", "'[::1]:5300'", "'2001:db8::1'"])
def test_a_name_server_may_have_a_port(xuncha, says, server):
    says(nameservers=f"[{server}]")
    assert xuncha("plan").code == 0


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["missing", "no PEM"])
def test_roots_that_cannot_be_read_are_told_before_anything_runs(xuncha, says, workspace, content):
    says(ca_file="ca.pem")
    if content:
        (workspace / "ca.pem").write_text(content)
    ran = xuncha("scan")
    assert (ran.code, "ca.pem" in ran.err) == (2, True)
    assert list((workspace / "runs").iterdir()) == []


def test_the_index_can_be_kept_elsewhere(xuncha, says, workspace, tmp_path):
    says(store=f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert xuncha("db", "rebuild").code == 0
    assert (tmp_path / "elsewhere.db").is_file()
    assert not (workspace / "xuncha.db").exists()


def test_without_a_workspace_a_scan_and_the_doctor_say_that_nobody_is_named(xuncha, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "list.csv").write_text("网站名称,网址,网站状态\n甲局,http://a.gov.example/,临时关停\n")
    said = xuncha("scan", tmp_path / "list.csv").err, xuncha("doctor", "--offline").out
    assert all("网站无从得知谁在检查" in words and "xuncha init" in words for words in said)


def test_in_a_workspace_there_is_nothing_to_warn_of(xuncha, workspace):
    assert "无从得知" not in xuncha("scan").err
