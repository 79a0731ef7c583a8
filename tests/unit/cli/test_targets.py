"""What is inspected where an address is typed within a workspace: the inventory's site, or the address by itself."""

import pytest

from xuncha.cli.sources import Sources

INVENTORY = """编号,网站名称,网址,所在网络
water,示例区水利局,http://slj.shili.gov.example/ http://water.shili.gov.example/,10.0.0.0/8
office,示例区办公室,https://www.shili.gov.example/bgs/,
"""


@pytest.fixture
def sources(workspace):
    (workspace / "sites.csv").write_text(INVENTORY, encoding="utf-8-sig")
    return Sources.here()


@pytest.mark.parametrize(
    "typed",
    [
        "http://slj.shili.gov.example/",
        "https://slj.shili.gov.example",
        "slj.shili.gov.example",
        "http://water.shili.gov.example/",
    ],
)
def test_an_entry_of_the_inventory_is_inspected_as_that_site(sources, capsys, typed):
    (site,) = sources.sites([typed])
    assert (site.id, site.name, site.network) == ("water", "示例区水利局", ("10.0.0.0/8",))
    assert "示例区水利局" in capsys.readouterr().err


def test_another_page_on_its_host_is_inspected_by_itself_and_that_is_told(sources, capsys):
    (site,) = sources.sites(["http://slj.shili.gov.example/zwgk/"])
    assert (site.name, site.network) == ("slj.shili.gov.example", ())
    assert "示例区水利局" in capsys.readouterr().err


def test_an_address_that_the_inventory_does_not_have_is_inspected_without_a_word(sources, capsys):
    (site,) = sources.sites(["http://b.gov.example/"])
    assert (site.name, capsys.readouterr().err) == ("b.gov.example", "")


def test_typed_in_two_ways_a_site_is_inspected_once(sources):
    typed = ["http://slj.shili.gov.example/", "http://water.shili.gov.example/"]
    assert [site.id for site in sources.sites(typed)] == ["water"]


def test_an_inventory_that_cannot_be_read_is_told_and_the_address_inspected(workspace, capsys):
    (workspace / "sites.csv").write_text("什么\n也没有\n", encoding="utf-8")
    (site,) = Sources.here().sites(["http://b.gov.example/"])
    assert site.name == "b.gov.example"
    assert "sites.csv" in capsys.readouterr().err
