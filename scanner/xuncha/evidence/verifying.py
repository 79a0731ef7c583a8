"""``xuncha evidence verify``: a run that judges only what was handed in, and sends nothing."""

from dataclasses import replace
from pathlib import Path

from xuncha.catalogue import Catalogue
from xuncha.config.errors import ConfigError, Place
from xuncha.evidence.salvage import salvaged
from xuncha.model.evidence import DECLARATION
from xuncha.model.files import FolderFiles
from xuncha.plan import from_evidence
from xuncha.profile import Pattern, Profile


def only_evidence(profile: Profile, known: Catalogue) -> Profile:
    """The profile with those of its checks that judge handed-in evidence; nothing that visits a site."""
    probes = {entry.provides: entry for entry in known.probes}
    chosen = [entry.id for entry in known.checks if profile.selects(entry.id) and from_evidence(entry, probes)]
    patterns = tuple(Pattern(check, Place("xuncha evidence verify")) for check in chosen)
    return replace(profile, include=patterns, exclude=(), budgets=replace(profile.budgets, renders=0, pictures=0))


def mistakes(folder: Path) -> ConfigError | None:
    """What is wrong with the declaration of a site, with lines and columns: all of it, not only the first fault."""
    try:
        _, problems = salvaged(Path(FolderFiles(folder).local(DECLARATION)))
    except FileNotFoundError:
        return None
    return ConfigError(problems) if problems else None
