import re
from importlib.resources import files

import pytest
import yaml

from xuncha.model.reasons import Reason

TEXTS = yaml.safe_load((files("xuncha.model") / "reasons.yaml").read_text("utf-8"))


def test_the_closed_list_and_its_texts_agree():
    assert set(TEXTS) == {str(reason) for reason in Reason}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_says_in_both_languages_what_it_means_and_what_to_do(reason):
    assert all(TEXTS[reason][lang][part].strip() for lang in ("zh", "en") for part in ("means", "do"))


@pytest.mark.parametrize("reason", list(Reason))
def test_chinese_texts_use_chinese_punctuation(reason):
    words = " ".join(TEXTS[reason]["zh"].values())
    assert not re.search(r"[\u4e00-\u9fff][,;:!?]", words)
