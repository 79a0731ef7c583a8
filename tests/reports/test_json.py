import json

import jsonschema

from xuncha.store.schema import json_schema
from xuncha_reports import json as json_report


def test_the_report_follows_its_schema(result):
    jsonschema.validate(json.loads(json_report.render(result, "zh")), json_schema())


def test_both_languages_are_in_it(result):
    data = json.loads(json_report.render(result, "zh"))
    message = next(outcome for outcome in data["sites"][0]["outcomes"] if outcome["findings"])["findings"][0]["message"]
    assert "有问题" in message["zh"]
    assert "is wrong" in message["en"]
