"""What all plugins' tests share: sites of the lab without its servers. The last test looks back at all others."""

import pytest

from xuncha.lab import content, identity
from xuncha.lab.faults import expectations
from xuncha.lab.layout import Setting


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def lab_setting():
    """What the pages of a lab site are made from, at this time and address."""

    def make(spec, now, origin=""):
        origin = origin or f"https://{spec.host}"
        outside = f"{origin.partition(':')[0]}://{{}}".format
        true = identity.true_identity(spec, spec, f"{origin}/", outside)
        return Setting(spec, identity.shown_identity(true, spec.faults), origin, now, outside)

    return make


@pytest.fixture(scope="session")
def lab_pages():
    """The bodies of its pages by their URLs."""

    def make(setting):
        every = content.resources(setting).items()
        return {setting.origin + path: one.body for path, one in every if "html" in one.media_type}

    return make


@pytest.fixture(scope="session")
def expected():
    """What the checks of a plugin have to say to a fault of the lab, as (check, status)."""

    def make(plugin, fault):
        found = expectations([fault])
        return {(check, status) for check, status in found if check.startswith(f"{plugin}.") and status.value != "pass"}

    return make
