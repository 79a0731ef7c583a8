SITES = """\
sites:
  - name: 甲
    url: [http://a.cn, https://b.cn]
    team_present: false
    site_code: 0532000001
    contacts: [张三 1, 李四 2]
    columns:
      - {name: 动态, url: http://a.cn/dt, deadline: 14}
  - http://c.cn/
"""


def test_a_site_may_have_lists_and_columns(read):
    site = read(SITES, "sites.yaml").sites[0]
    assert site.urls == ("http://a.cn/", "https://b.cn/")
    assert (site.team_present, site.contacts, site.site_code) == (False, ("张三 1", "李四 2"), "0532000001")
    assert site.columns[0].deadline_days == 14


def test_an_address_alone_is_a_site(read):
    assert read(SITES, "sites.yaml").sites[1].id == "c.cn"


def test_a_bare_list_will_do(read):
    assert len(read("- http://a.cn\n- http://b.cn\n", "sites.yml").sites) == 2


def test_a_mistyped_key_leaves_its_site_out(read):
    inventory = read(SITES + "  - {name: 丁, statsu: 正常}\n", "sites.yaml")
    assert len(inventory.sites) == 2
    assert "sites.yaml:10:15: statsu: unknown name (did you mean status?)" in inventory.problems[0].of("en")


def test_a_mistyped_key_of_a_column_is_told(read):
    inventory = read(SITES.replace("deadline:", "deadlin:"), "sites.yaml")
    assert "deadlin: unknown name (did you mean deadline_days?)" in inventory.problems[0].of("en")


def test_what_is_no_site_is_told(read):
    assert "sites.yaml:10:5: should be an address or a mapping" in read(SITES + "  - 3\n", "sites.yaml").problems[0].of(
        "en"
    )


def test_a_file_without_a_list_is_refused(refused):
    assert "there is no list of sites (write a list below sites:" in refused("name: a", "sites.yaml")[0]
