"""The Content Security Policy, and who may show the site's pages in a frame."""

from collections.abc import Iterator, Sequence

from xuncha.api import Crawl, Unsure, check
from xuncha_plugins.headers import csp
from xuncha_plugins.headers.csp import Gap, Policy
from xuncha_plugins.headers.facts import Answer, Answers
from xuncha_plugins.headers.judging import Flaw, Said, judged, shown, whole

_FRAME_OPTIONS = "x-frame-options"
_SEVERAL = 2


@check("headers.csp")
def content_security_policy(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """A policy is enforced, and keeps markup that an attacker gets into a page from running as script."""
    return judged(seen, crawl, _policies)


def _policies(answers: Sequence[Answer]) -> Iterator[Flaw | Unsure]:
    by_nonce: dict[str, list[Answer]] = {}
    for answer in whole(answers, csp.ENFORCED, csp.REPORTED):
        if isinstance(answer, Unsure):
            yield answer
            continue
        policies = csp.enforced(answer)
        yield from _lacking(answer, policies) if _absent(policies) else _weak(answer, policies)
        for nonce in sorted({nonce for policy in policies for nonce in csp.nonces(policy)}):
            by_nonce.setdefault(nonce, []).append(answer)
    yield from _guessed(by_nonce)


def _absent(policies: tuple[Policy, ...]) -> bool:
    return all(policy.void for policy in policies)


def _lacking(answer: Answer, policies: tuple[Policy, ...]) -> Iterator[Flaw]:
    """Nothing that browsers would enforce."""
    if policies:
        yield Flaw(answer, csp.ENFORCED, "void", {"policy": _written(policies[0])})
    elif csp.parse(answer.values(csp.REPORTED)):
        yield Flaw(answer, csp.REPORTED, "report-only")
    else:
        yield Flaw(answer, csp.ENFORCED, "missing")


def _weak(answer: Answer, policies: tuple[Policy, ...]) -> Iterator[Flaw]:
    gaps = csp.gaps(policies, secure=answer.secure)
    if Gap.UNLIMITED in gaps:
        yield Flaw(answer, csp.ENFORCED, Gap.UNLIMITED, {"policy": _written(policies[0])})
    else:
        for gap, sources in gaps.items():
            yield Flaw(answer, csp.ENFORCED, gap, {"sources": shown(" ".join(sources))})
    if any(csp.bars_all_scripts(policy) for policy in policies):
        yield Flaw(answer, csp.ENFORCED, "bars-all")
    if slips := dict.fromkeys(slip for policy in policies for slip in csp.slips(policy)):
        yield Flaw(answer, csp.ENFORCED, "slips", {"written": shown(" ".join(slips))})


def _guessed(by_nonce: dict[str, list[Answer]]) -> Iterator[Flaw]:
    """A nonce that stands on several pages can be read by an attacker beforehand, a short one be guessed."""
    for nonce, answers in by_nonce.items():
        if len(answers) >= _SEVERAL:
            yield from (Flaw(answer, csp.ENFORCED, "fixed-nonce", {"nonce": shown(nonce)}) for answer in answers)
            return
    for nonce, answers in by_nonce.items():
        if csp.is_short(nonce):
            yield from (Flaw(answer, csp.ENFORCED, "short-nonce", {"nonce": shown(nonce)}) for answer in answers)


def _written(policy: Policy) -> str:
    return shown("; ".join(" ".join((name, *sources)) for name, sources in policy.directives.items()))


@check("headers.framing")
def framing(seen: Answers, crawl: Crawl) -> Iterator[Said]:
    """Other websites can't put the site's pages into their frames."""
    return judged(seen, crawl, _framed)


def _framed(answers: Sequence[Answer]) -> Iterator[Flaw | Unsure]:
    for answer in whole(answers, csp.ENFORCED, _FRAME_OPTIONS):
        if isinstance(answer, Unsure):
            yield answer
        elif ancestors := _ancestors(answer):
            yield from _open_ancestors(answer, ancestors)
        else:
            yield from _options(answer)


def _ancestors(answer: Answer) -> list[tuple[str, ...]]:
    """The lists of ``frame-ancestors``, which mean something in headers only; browsers then skip X-Frame-Options."""
    lists = (policy.sources("frame-ancestors") for policy in csp.parse(answer.values(csp.ENFORCED)))
    return [sources for sources in lists if sources is not None]


def _open_ancestors(answer: Answer, ancestors: list[tuple[str, ...]]) -> Iterator[Flaw]:
    wide = [[source for source in sources if csp.everywhere(source)] for sources in ancestors]
    if all(wide):
        yield Flaw(answer, csp.ENFORCED, "open-ancestors", {"sources": shown(" ".join(wide[0]))})
        return
    plain = [[source for source in sources if source.startswith("http://")] for sources in ancestors]
    if answer.secure and all(plain):
        yield Flaw(answer, csp.ENFORCED, "insecure-ancestors", {"sources": shown(" ".join(plain[0]))})


def _options(answer: Answer) -> Iterator[Flaw]:
    """X-Frame-Options as HTML (7.6.1) reads it: different values together bar every frame, the site's own as well."""
    listed = [value.lower() for value in answer.listed(_FRAME_OPTIONS)]
    distinct, value = set(listed), shown(", ".join(answer.values(_FRAME_OPTIONS)))
    if not listed:
        in_page = answer.meta(_FRAME_OPTIONS) or any("frame-ancestors" in one for one in answer.meta(csp.ENFORCED))
        yield Flaw(answer, _FRAME_OPTIONS, "in-page" if in_page else "missing")
    elif len(distinct) > 1 and distinct & {"deny", "sameorigin", "allowall"}:
        yield Flaw(answer, _FRAME_OPTIONS, "conflicting", {"value": value})
    elif not distinct <= {"deny", "sameorigin"}:
        outdated = any(one.startswith("allow-from") for one in distinct)
        yield Flaw(answer, _FRAME_OPTIONS, "allow-from" if outdated else "ignored", {"value": value})
