"""Which calls of which site were set aside because they took their worker down; kept beside the site's journal."""

import json
import os
from pathlib import Path

from xuncha.model.reasons import Reason


def read(folder: Path) -> dict[str, Reason]:
    """Call name → why it was set aside."""
    path = folder / "quarantine.json"
    if not path.is_file():
        return {}
    return {str(name): Reason(reason) for name, reason in json.loads(path.read_text()).items()}


def add(folder: Path, call: str, reason: Reason) -> None:
    """Set ``call`` aside for this site."""
    folder.mkdir(parents=True, exist_ok=True)
    known = read(folder) | {call: reason}
    temporary = folder / f"quarantine.{os.getpid()}"
    temporary.write_text(json.dumps(known))
    temporary.replace(folder / "quarantine.json")
