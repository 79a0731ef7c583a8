"""What the texts of the checks say, where the words matter."""

import re

import pytest


def test_what_pages_lack_is_said_of_the_time_of_the_inspection(texts):
    said = [
        texts.checks["freshness.blank-columns"].text.messages["blank"],
        texts.checks["freshness.annual-report"].text.messages["missing"],
    ]
    assert all(re.search("检查时", text.zh) for text in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reason_names_its_rule(texts, language):
    numbers = [reference.number for reference in texts.checks["freshness.news-columns"].text.references]
    assert "国办秘函〔2019〕19号" in numbers
