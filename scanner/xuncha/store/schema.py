"""The JSON Schema of a result. ``python -m xuncha.store.schema`` writes it anew after the read model has changed."""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from xuncha.store.codec import Json, decode
from xuncha.store.result import SCHEMA, RunResult

FILE = "result.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = frozenset({"properties", "$defs"})


def json_schema() -> Json:
    """The schema as it is shipped."""
    return decode((files("xuncha.store") / FILE).read_bytes())


def described() -> Json:
    """The schema that the read model has. Every member is always there; later versions may add some."""
    made = TypeAdapter(RunResult).json_schema(mode="serialization")
    _tidy(made)
    made["properties"]["schema"] = {"const": SCHEMA}
    return {"$schema": _DIALECT, "title": f"Result of a Xuncha run, schema {SCHEMA}", **made}


def _tidy(node: Any, *, names: bool = False) -> None:
    """Without generated titles and defaults; descriptions on one line; all members required."""
    if isinstance(node, list):
        for value in node:
            _tidy(value)
    if not isinstance(node, dict):
        return
    if not names:
        node.pop("title", None)
        node.pop("default", None)
        if isinstance(node.get("properties"), dict):
            node["required"] = list(node["properties"])
        if "description" in node:
            node["description"] = " ".join(node["description"].replace("``", "").split())
    for key, value in node.items():
        _tidy(value, names=not names and key in _NAMES)


def main() -> None:
    """Write the file beside this module."""
    path = Path(__file__).with_name(FILE)
    path.write_text(json.dumps(described(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
