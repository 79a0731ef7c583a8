"""``python -m xuncha.rules.schema`` writes ``rules.schema.json``, by which editors complete and check such files."""

import json
from pathlib import Path

from xuncha.rules.format import RulesFile

FILE = Path(__file__).with_name("rules.schema.json")


def schema() -> str:
    """The JSON Schema (draft 2020-12) of a file of rules."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | RulesFile.model_json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema(), "utf-8")
