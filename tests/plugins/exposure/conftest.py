import asyncio
from datetime import datetime

import pytest

from xuncha.api import Crawl, LinkTarget, LinkUse, PageRecord, Reply, RuleParams, Site
from xuncha.lab import CLEAN
from xuncha.lab.content import resources
from xuncha.lab.lying_open import application
from xuncha.model.clock import SHANGHAI
from xuncha.testing import FakeNet
from xuncha_plugins.exposure import checks
from xuncha_plugins.exposure.probes import exposures

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def families():
    """The checks by their ids."""
    found = (getattr(one, "__xuncha__", None) for one in vars(checks).values())
    return {spec.id: spec.function for spec in found if spec}


@pytest.fixture(scope="session")
def asked(lab_setting):
    """What asking a site of the lab with these faults gives; ``**params`` are the probe's."""

    def ask(*fault_ids, **params):
        setting = lab_setting(CLEAN.having(*fault_ids), NOW)
        home, known = f"{setting.origin}/", resources(setting)

        def answer(url, *_):
            found = known.get(url.removeprefix(setting.origin).partition("?")[0]) or (
                application(setting) if setting.has("answers-everything") else None
            )
            if found is None:
                return Reply("", "", 404, (("content-type", "text/html"),), b"<h1>404 Not Found</h1>")
            return Reply("", "", found.status, (("content-type", found.media_type),), found.body)

        return asyncio.run(
            exposures(
                Site("a", "示例", (home,)), _crawl(home, known), RuleParams(**params), FakeNet({f"{home}*": answer})
            )
        )

    return ask


def _crawl(home, known):
    paths = [path for path, one in known.items() if one.media_type.startswith("text/html")][:9]
    pages = tuple(PageRecord(home + path[1:], home + path[1:], 0, 200) for path in ("/", *paths))
    files = {"script/site.js": LinkUse.SCRIPT, "attachments/202610/P1.pdf": LinkUse.ATTACHMENT}
    targets = (LinkTarget(home + path, use, internal=True, sources=(), sources_total=1) for path, use in files.items())
    return Crawl(home, pages, tuple(targets), len(pages), complete=True)
