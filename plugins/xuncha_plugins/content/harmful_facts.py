"""What the probe keeps of links that may lead to harmful pages: never what those pages hold."""

from dataclasses import dataclass

from xuncha.api import Reason


@dataclass(frozen=True, slots=True)
class HarmfulLook:
    """One external target that was opened and was not plainly clean.

    ``url`` and ``final_url`` are made harmless (``hxxp://www[.]bad[.]example/``), so that no report links to them.
    ``page``, ``text``, ``line`` and ``depth`` are of the first link to it, ``sources`` counts them; ``text`` and
    ``title`` are masked, and addresses in them harmless. ``sign``: the link's own words speak of it. ``family`` is what
    the page shows, ``certain`` or not, in ``words`` different words. ``problem`` says why nothing was seen, ``gone``
    that there is nothing to be seen (any more); ``plain``: the link's words leave little doubt of what it led to.
    """

    url: str
    final_url: str
    page: str
    depth: int
    line: int | None
    text: str
    sources: int
    sign: bool
    family: str = ""
    words: int = 0
    certain: bool = False
    title: str = ""
    problem: Reason | None = None
    plain: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class HarmfulTargets:
    """What external links lead to. ``opened`` of ``known`` hosts were looked at; trusted ones are not counted.

    ``complete`` is False where a link whose own words are a sign could not have its turn.
    """

    looks: tuple[HarmfulLook, ...] = ()
    opened: int = 0
    known: int = 0
    complete: bool = True
