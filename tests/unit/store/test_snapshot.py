from dataclasses import replace

import pytest

from xuncha.guidance.configuration import Configuration, Server, Snippet
from xuncha.metadata import PluginMeta
from xuncha.model.reasons import Reason
from xuncha.model.text import Text
from xuncha.store.codec import decode, encode
from xuncha.store.errors import StoreError
from xuncha.store.snapshot import read_snapshot, reason_words, snapshot


@pytest.fixture
def data(catalogue, framework, profile):
    return decode(encode(snapshot(catalogue, framework, profile)))


def test_framework_and_texts_come_back_equal(data, catalogue, framework):
    found = read_snapshot(data)
    assert found.framework == framework
    assert [words.meta for words in found.checks.values()] == [entry.meta for entry in catalogue.checks]


def test_only_our_own_plugins_are_admitted(data):
    admitted = {name: words.admitted for name, words in read_snapshot(data).checks.items()}
    assert admitted == {"links.internal": True, "tls.valid": True, "other.links": False}


def test_every_reason_has_its_words(data):
    assert read_snapshot(data).reasons == reason_words()
    assert set(reason_words()) == set(Reason)


def test_numbers_keep_their_basis_and_lose_the_paths_of_this_machine(data):
    tries = read_snapshot(data).profile.params["links.internal"]["tries"]
    assert (tries.value, tries.basis.id) == (2, "tool")
    assert b"/home/me" not in encode(data)


@pytest.mark.parametrize("bad", [None, [], {}, {"schema": 2}, {"schema": 1}])
def test_something_else_is_refused(bad):
    with pytest.raises(StoreError):
        read_snapshot(bad)


def test_the_configurations_of_plugins_are_kept_by_plugin_and_name(catalogue, framework, profile):
    ready = Configuration(
        Text("跳转", "Redirects"), (Snippet(Server.NGINX, Text("放进 server", "into server"), "x;\n"),)
    )
    meta = PluginMeta(Text("链接", "Links"), "1", {}, {"moved": ready})
    plugins = (replace(catalogue.plugins[0], meta=meta), *catalogue.plugins[1:])
    kept = read_snapshot(decode(encode(snapshot(replace(catalogue, plugins=plugins), framework, profile))))
    assert kept.configurations == {"links/moved": ready}


def test_a_run_from_before_there_were_configurations_is_read(data):
    del data["configurations"]
    assert read_snapshot(data).configurations == {}
