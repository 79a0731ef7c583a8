"""The lab's faults of wording are found on its own pages, in every shape, and its clean site has none."""

from dataclasses import replace

import pytest

from xuncha.lab import district
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
def words(lab_setting, lab_pages):
    """The words of a lab site with these faults."""

    def run(flavour, *faults):
        spec = replace(district.CLEAN, faults=frozenset(faults), flavour=flavour)
        home = f"https://{spec.host}/"
        pages = (
            parse_page(body, url=url, depth=int(url != home), fetched_at=NOW)
            for url, body in lab_pages(lab_setting(spec, NOW)).items()
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
