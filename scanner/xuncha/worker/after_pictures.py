"""What became of a site's pictures, and what the camera saw, in its facts and outcomes. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from xuncha.model.crawl import Crawl
from xuncha.model.looks import Looks
from xuncha.model.outcome import Finding, Outcome
from xuncha.model.reasons import Reason
from xuncha.pictures.sought import page_of
from xuncha.store.pictures import Album, is_picture


def as_kept(album: Album, facts: Mapping[type, object]) -> dict[type, object]:
    """The facts, with the pictures in them as they are kept in the end; those that were withdrawn are in none."""
    kept, looks = {shot.photo.evidence: shot.photo for shot in album.taken}, facts.get(Looks)
    if not isinstance(looks, Looks):
        return dict(facts)
    pages = tuple(replace(seen, photo=seen.photo and kept.get(seen.photo.evidence)) for seen in looks.pages)
    return {**facts, Looks: replace(looks, pages=pages)}


def naming_kept(album: Album, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, whose findings name no picture that was withdrawn."""
    kept = {shot.photo.evidence for shot in album.taken}

    def named(one: Finding) -> Finding:
        return replace(one, evidence="") if is_picture(one.evidence) and one.evidence not in kept else one

    return [replace(outcome, findings=tuple(map(named, outcome.findings))) for outcome in outcomes]


def marked(facts: Mapping[type, object], secret: Collection[str]) -> dict[type, object]:
    """The facts, in whose crawl these pages bear the mark of secrecy that only the camera saw."""
    crawl = facts.get(Crawl)
    if not isinstance(crawl, Crawl):
        return dict(facts)
    pages = tuple(replace(one, problem=Reason.STATE_SECRET_MARK) if one.url in secret else one for one in crawl.pages)
    return {**facts, Crawl: replace(crawl, pages=pages)}


def quoting_none(outcomes: Sequence[Outcome], secret: Collection[str]) -> list[Outcome]:
    """The outcomes, whose findings quote nothing of these pages."""

    def silent(one: Finding) -> Finding:
        return replace(one, excerpt="") if page_of(one) in secret else one

    return [replace(outcome, findings=tuple(map(silent, outcome.findings))) for outcome in outcomes]
