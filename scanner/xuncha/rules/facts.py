"""What asking by rules leaves as a fact: what was proven, and how much could be told. No content but masked scraps."""

from dataclasses import dataclass

from xuncha.model.outcome import Severity
from xuncha.model.reasons import Reason


@dataclass(frozen=True, slots=True)
class Proven:
    """A rule's proof held at ``url``, and did not for a made-up name beside it.

    ``size`` is that of the whole content, ``sha256`` of what was received of it (``whole`` or not). ``sample`` shows
    at most 256 masked bytes of what the proof rests on; ``held`` names the conditions; ``extracted`` is masked too.
    ``manual``: whether it is wrong that this lies there, a person must tell.
    """

    rule: str
    family: str
    severity: Severity
    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    size: int = 0
    sha256: str = ""
    whole: bool = True
    sample: str = ""
    held: tuple[str, ...] = ()
    extracted: tuple[tuple[str, str], ...] = ()
    manual: bool = False


@dataclass(frozen=True, slots=True)
class FamilyAsked:
    """How many addresses of a family were to be asked, and of how many it is known whether something lies open.

    ``hindrance`` is the most frequent reason why it is not known of the others.
    """

    family: str
    planned: int
    told: int
    hindrance: Reason | None = None


@dataclass(frozen=True, slots=True)
class RuleAnswers:
    """Subclass it for each plugin: a fact has one provider.

    ``open_to_all`` are the folders that answer every made-up name with success; ``ended`` tells what ended the asking
    early. ``whole_site``: the crawl that told where to look saw all of the site. ``left_out`` are the families that
    were not asked about, because the run had no check that wanted to know. ``kept_off`` is why the crawl could not
    tell where to look: nothing but the home page was open to us.
    """

    proven: tuple[Proven, ...] = ()
    asked: tuple[FamilyAsked, ...] = ()
    requests: int = 0
    folders: tuple[str, ...] = ()
    open_to_all: tuple[str, ...] = ()
    ended: Reason | None = None
    whole_site: bool = False
    left_out: tuple[str, ...] = ()
    kept_off: Reason | None = None
    complete: bool = True
