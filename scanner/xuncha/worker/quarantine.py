"""Which calls of which site were set aside because they took their worker down; kept beside the site's journal."""

import json
import os
import re
from pathlib import Path

from xuncha.model.reasons import Reason
from xuncha.plan import SitePlan


def site_folder(run: Path, site: SitePlan) -> Path:
    """The folder of a site in the bundle: its number, and its id as far as file systems like it."""
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", site.site.id).strip("-.")[:60] or "site"
    return run / "sites" / f"{site.number:05d}-{slug}"


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
