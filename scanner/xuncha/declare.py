"""How a plugin declares probes and checks. The decorators only note what the function says of itself.

They return the function unchanged but for a ``__xuncha__`` attribute, so that it can be called directly in tests.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pluggy
from pydantic import BaseModel, ConfigDict

from xuncha.model.clock import Clock
from xuncha.model.crawl import Crawl
from xuncha.model.evidence import DECLARATION, Evidence, Piece
from xuncha.model.fact import Gap
from xuncha.model.locator import DocumentLocator, Locator, SiteLocator
from xuncha.model.message import Params as MessageParams
from xuncha.model.message import Value, params
from xuncha.model.outcome import Coverage, Finding, Note, Status
from xuncha.model.past import Past
from xuncha.model.reasons import Reason
from xuncha.model.site import Site

hookimpl = pluggy.HookimplMarker("xuncha")

_F = TypeVar("_F", bound=Callable[..., Any])


class Params(BaseModel):
    """Base of a check's or probe's parameters. Numbers get their ``basis`` in the profile."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class NoParams(Params):
    """For checks and probes that have none."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """``inconclusive``: the check could not tell."""

    reason: Reason
    params: MessageParams
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """``not_applicable``: the question does not arise for this site."""

    reason: Reason
    params: MessageParams


@dataclass(frozen=True, slots=True)
class Awaited:
    """``not_run``: what the unit is to hand in is not there, and its deadline has not passed."""

    params: MessageParams


@dataclass(frozen=True, slots=True)
class Ask:
    """``manual``: a person must look at ``locator`` and answer the question ``key``."""

    finding: Finding


Answer = Finding | Unsure | NotApplicable | Ask | Coverage | Note | Awaited


def finding(
    locator: Locator, key: str, /, *, distinct: str = "", excerpt: str = "", unverified: bool = False, **values: Value
) -> Finding:
    """A problem at ``locator``; ``key`` names the message in the check's texts, ``values`` fill it.

    Args:
        locator: where.
        key: a message of this check in ``checks.yaml``.
        distinct: makes two findings at one place different; part of the fingerprint.
        excerpt: words of the page; masked and cut before it is stored.
        unverified: rests on a value that is marked unverified; then it can't by itself decide an item.
        values: the message's parameters; their types decide how they are shown.
    """
    return Finding(locator, key, params(**values), Status.FAIL, distinct, excerpt, unverified=unverified)


def warning(
    locator: Locator, key: str, /, *, distinct: str = "", excerpt: str = "", unverified: bool = False, **values: Value
) -> Finding:
    """A hint (提示) at ``locator``: not certain, or not serious enough to be called a failure."""
    return Finding(locator, key, params(**values), Status.WARN, distinct, excerpt, unverified=unverified)


def ask(locator: Locator, key: str, /, *, distinct: str = "", excerpt: str = "", **values: Value) -> Ask:
    """A question for a person (待人工核实)."""
    return Ask(Finding(locator, key, params(**values), Status.MANUAL, distinct, excerpt))


def note(key: str, /, *, at: DocumentLocator | None = None, **values: Value) -> Note:
    """What is worth knowing though it is no problem (情况说明), such as totals; it changes nothing in the outcome.

    Args:
        key: the message.
        at: where in a document it stands, so that a pass can be looked up too: ``path``, ``place``, ``where`` (sheet,
            page, paragraph) and ``sha256`` are kept with it, and the message may name them.
        values: what else the message names.
    """
    return Note(key, params(**(_kept(at) | values if at else values)))


def _kept(at: DocumentLocator) -> dict[str, Value]:
    return {"path": at.path, "place": at.place, "where": _where(at), "sha256": at.sha256}


def _where(at: DocumentLocator) -> str:
    """A place within a document, short and without words of a language: ``Sheet1 / p. 3 / § 5 / OCR 97 %``."""
    page = f"p. {at.page_number}" if at.page_number else ""
    paragraph = f"§ {at.paragraph}" if at.paragraph else ""
    read = f"OCR {at.ocr} %" if at.ocr is not None else ""
    return " / ".join(part for part in (at.sheet, page, paragraph, read) if part)


def unsure(reason: Reason | str, /, *, coverage: Coverage | None = None, **values: Value) -> Unsure:
    """The check could not tell, and why."""
    return Unsure(Reason(reason), params(**values), coverage)


def not_applicable(reason: Reason | str, /, **values: Value) -> NotApplicable:
    """The question does not arise for this site, and why."""
    return NotApplicable(Reason(reason), params(**values))


def not_handed_in(evidence: Evidence, piece: Piece | None = None, /) -> Awaited | Unsure | Finding:
    """What to answer where ``evidence.handed_in(piece)`` is False; without ``piece``, where the whole folder is empty.

    Until its deadline, or without one, the outcome is ``not_run: not-handed-in``; where lines of the list could not be
    read, and may have named it, or where its file was refused, it can't be told. After the deadline a failure: the
    message ``not-handed-in`` of the check's texts, with ``piece`` (its name in ``evidence.yaml``) and ``due`` (a date).
    """
    if piece and evidence.is_refused(piece):
        return unsure(Reason.EVIDENCE_REFUSED)
    due = evidence.due(piece) if piece else None
    if piece is None or due is None or not evidence.is_overdue(piece):
        if evidence.may_name(piece):
            return unsure(Reason.EVIDENCE_UNREADABLE, mistakes=len(evidence.mistaken))
        known: dict[str, Value] = {"piece": str(piece)} if piece else {}
        return Awaited(params(**known, **({"due": due} if due else {})))
    return finding(DocumentLocator(DECLARATION, piece), "not-handed-in", piece=str(piece), due=due)


SITE = SiteLocator()

Requests = int | tuple[int | str, ...]
"""A number of requests, or numbers and names of parameters that add up to it; what stands twice counts twice."""


def most_requests(requests: Requests, values: Mapping[str, Any]) -> int:
    """What ``requests`` comes to with these values of the probe's parameters."""
    parts = requests if isinstance(requests, tuple) else (requests,)
    return sum(int(values[part]) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class ProbeSpec:
    """What a probe says of itself; the plugin's name is put before its own when it is loaded.

    ``provides`` and ``needs`` are fact types; ``deadline`` is in seconds; ``connections`` is the most it opens at
    once; ``requests`` bounds how many requests it sends to one site (see ``most_requests``); ``conversations`` how many
    connections outside HTTP it and its programs open there in all, at most; ``programs`` are those it may run,
    ``services`` hosts beyond the site that it may converse with (WHOIS servers). ``per_page`` marks a page probe, whose
    function is a class; ``cost_us`` is what it takes for a typical page, in CPU microseconds. ``shares`` tells of each
    check how many of the requests are for it. ``renders`` is how many pages it looks at with the ``Renderer``.
    """

    name: str
    function: Callable[..., Any]
    provides: type
    needs: tuple[type, ...]
    params: type[Params]
    deadline: float
    connections: int
    requests: Requests
    programs: tuple[str, ...]
    mode: str
    per_page: bool = False
    cost_us: float = 0
    services: tuple[str, ...] = ()
    conversations: int = 0
    shares: Mapping[str, Requests] = field(default_factory=dict)
    renders: int = 0


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """What a check says of itself; titles, severity and texts come from ``checks.yaml``.

    ``wants`` maps each argument to its type; ``accepts_gap`` names the arguments annotated ``X | Gap``.
    """

    id: str
    function: Callable[..., Any]
    params: type[Params]
    per_page: bool
    wants: dict[str, type] = field(default_factory=dict)
    accepts_gap: frozenset[str] = frozenset()


def probe(
    *,
    provides: type,
    needs: tuple[type, ...] = (),
    params: type[Params] = NoParams,
    deadline: float = 60,
    connections: int = 2,
    requests: Requests = 10,
    programs: tuple[str, ...] = (),
    mode: str = "passive",
    services: tuple[str, ...] = (),
    conversations: int = 0,
    shares: Mapping[str, Requests] | None = None,
    renders: int = 0,
) -> Callable[[_F], _F]:
    """Declare a probe: the only part of a plugin that does I/O, through the ``net`` and ``files`` it is handed.

    ``requests=(2, "pages", "pages")`` allows two requests and two more for each of its parameter ``pages``. An argument
    annotated ``Past[Fact]`` receives what earlier runs stored of the same site, ``Assignment`` which checks lean on the
    fact, ``Progress`` what was done before a worker was ended. ``shares`` tells by check how many of the requests are
    for it: where all that lean on the fact are among them, the plan grants no more than their sum. ``renders`` pages
    of what the profile grants the site are kept for its ``Renderer``.
    """

    def note(function: _F) -> _F:
        function.__xuncha__ = ProbeSpec(  # type: ignore[attr-defined]
            function.__name__,
            function,
            provides,
            needs,
            params,
            deadline,
            connections,
            requests,
            programs,
            mode,
            services=services,
            conversations=conversations,
            shares=shares or {},
            renders=renders,
        )
        return function

    return note


def page_probe(*, provides: type, params: type[Params] = NoParams, cost_us: float = 0) -> Callable[[_F], _F]:
    """Declare a page probe: a class that gathers a fact from the pages while the crawl goes on, and sends nothing.

    ``__init__`` may ask for the ``Site``, the parameters, a ``Clock`` and ``Past[Fact]``; ``visit(page)`` sees each
    page once, in the order of the crawl, frames and fragments too; ``conclude()`` returns the fact, or a gap, when the
    crawl has ended. What the object keeps must stay small on the largest site. ``ColumnsSeen`` goes by the name
    ``columns_seen``; ``cost_us`` is what it takes for a typical page, in CPU microseconds.
    """

    def note(function: _F) -> _F:
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", function.__name__).lower()
        function.__xuncha__ = ProbeSpec(  # type: ignore[attr-defined]
            name, function, provides, (Crawl,), params, 0, 0, 0, (), "passive", per_page=True, cost_us=cost_us
        )
        return function

    return note


def check(id: str, *, params: type[Params] = NoParams) -> Callable[[_F], _F]:  # noqa: A002 - the word users know
    """Declare a check: a pure generator of findings over facts. Yielding nothing means ``pass``."""
    return _declare(id, params, per_page=False)


def page_check(id: str, *, params: type[Params] = NoParams) -> Callable[[_F], _F]:  # noqa: A002
    """Declare a check that sees every page: a generator over one ``Page``, or a class with ``visit`` and ``conclude``.

    ``visit(page)`` and ``conclude()`` yield findings; the object's state must be picklable and is capped in size.
    """
    return _declare(id, params, per_page=True)


def _declare(check_id: str, params: type[Params], *, per_page: bool) -> Callable[[_F], _F]:
    def note(function: _F) -> _F:
        function.__xuncha__ = CheckSpec(check_id, function, params, per_page)  # type: ignore[attr-defined]
        return function

    return note


def declared(module: object) -> Iterator[ProbeSpec | CheckSpec]:
    """What is decorated in ``module``, in the order of its source."""
    for value in vars(module).values():
        spec = getattr(value, "__xuncha__", None)
        if isinstance(spec, ProbeSpec | CheckSpec) and value.__module__ == getattr(module, "__name__", None):
            yield spec


def arguments(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotated arguments of ``function``; of its ``__init__`` and ``visit`` where it is a class."""
    if not inspect.isclass(function):
        return _hints(function)
    return made_with(function) | _hints(vars(function)["visit"])


def made_with(page_probe: Callable[..., Any]) -> dict[str, Any]:
    """The annotated arguments that a page probe is made with."""
    return _hints(vars(page_probe)["__init__"]) if "__init__" in vars(page_probe) else {}


def page_probe_fault(spec: ProbeSpec) -> str:
    """What keeps ``spec`` from being run as a page probe; empty where nothing does."""
    if not inspect.isclass(spec.function):
        return "is not a class"
    missing = [name for name in ("visit", "conclude") if not callable(getattr(spec.function, name, None))]
    if missing:
        return f"has no method {missing[0]}"
    handed = (Site, Clock)
    foreign = [
        name
        for name, kind in made_with(spec.function).items()
        if kind not in handed and not recalled(kind) and not (isinstance(kind, type) and issubclass(kind, Params))
    ]
    return f"asks for {foreign[0]}, which page probes are not handed" if foreign else ""


def recalled(hint: object) -> type | None:
    """The type of fact that an argument annotated ``Past[Fact]`` wants of earlier runs."""
    fact = next(iter(get_args(hint)), None) if get_origin(hint) is Past else None
    return fact if isinstance(fact, type) else None


def recalls(spec: ProbeSpec) -> dict[Any, type]:
    """The type of fact behind each annotation ``Past[Fact]`` among the arguments of a probe.

    Raises:
        TypeError: it does not say which fact.
    """
    hints = made_with(spec.function) if spec.per_page else arguments(spec.function)
    vague = [name for name, hint in hints.items() if Past in (hint, get_origin(hint)) and not recalled(hint)]
    if vague:
        raise TypeError(f"{spec.function.__qualname__}: argument {vague[0]!r} must be Past[...] of one type of fact")
    return {hint: fact for hint in hints.values() if (fact := recalled(hint))}


def one_of(hint: Any) -> tuple[Any, ...]:
    """The types that an argument accepts: those of ``Fact | Gap``, else the annotation itself."""
    return (hint,) if get_origin(hint) is Past else get_args(hint) or (hint,)


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    hints = get_type_hints(function)
    hints.pop("return", None)
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    missing = [name for name in names if name not in hints]
    if missing:
        raise TypeError(f"{function.__qualname__}: argument {missing[0]!r} has no annotation")
    return hints


def understood(spec: CheckSpec) -> CheckSpec:
    """``spec`` with what its arguments want: each name's type, and which accept a gap.

    Raises:
        TypeError: an argument has no annotation, or one that is neither a type nor ``Fact | Gap``.
    """
    wants: dict[str, type] = {}
    accepts: set[str] = set()
    for name, hint in arguments(spec.function).items():
        options = [option for option in one_of(hint) if option is not Gap]
        if len(options) != 1 or not isinstance(options[0], type):
            raise TypeError(f"{spec.id}: argument {name!r} must be one type, or one type and Gap")
        wants[name] = options[0]
        if Gap in get_args(hint):
            accepts.add(name)
    return replace(spec, wants=wants, accepts_gap=frozenset(accepts))
