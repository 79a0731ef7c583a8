"""What all plugins' tests share: the last of them looks back at all others."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
