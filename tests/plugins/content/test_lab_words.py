"""The lab's faults of wording are found on its own pages, in every shape, and its clean site has none."""

from dataclasses import replace

import pytest

from xuncha.lab import content, district, identity
from xuncha.lab.layout import Setting
from xuncha.page import parse_page
from xuncha.testing import NOW, gather
from xuncha_plugins.content.words_facts import Wording
from xuncha_plugins.content.words_seen import WordsSeen

FOUND = {
    "content-typo": "typos",
    "content-placeholder": "fillers",
    "content-construction": "unfinished",
    "content-expired": "offers",
}


@pytest.fixture(scope="module")
def words():
    """The words of a lab site with these faults."""

    def run(flavour, *faults):
        spec = replace(district.CLEAN, faults=frozenset(faults), flavour=flavour)
        home, outside = f"https://{spec.host}", lambda host: f"https://{host}"
        true = identity.true_identity(spec, spec, f"{home}/", outside)
        resources = content.resources(Setting(spec, identity.shown_identity(true, spec.faults), home, NOW, outside))
        pages = (
            parse_page(one.body, url=home + path, depth=int(path != "/"), fetched_at=NOW)
            for path, one in resources.items()
            if "html" in one.media_type
        )
        return gather(WordsSeen, *pages, now=NOW)

    return run


@pytest.mark.parametrize("flavour", ["table2008", "jcms", "gkmlpt", "ucap"])
def test_a_clean_site_is_clean(words, flavour):
    assert words(flavour) == Wording()


@pytest.mark.parametrize("flavour", ["table2008", "jcms", "gkmlpt", "ucap"])
@pytest.mark.parametrize("fault", FOUND)
def test_a_fault_is_found_and_nothing_else(words, flavour, fault):
    found = words(flavour, fault)
    assert [name for name in FOUND.values() if getattr(found, name)] == [FOUND[fault]]
