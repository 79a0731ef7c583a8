"""检查授权 from ``authorisations.yaml``: who ordered what, for which hosts, from when to when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from ipaddress import ip_network
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from xuncha.config.errors import InvalidError, Problem, quoted
from xuncha.config.models import Lenient, Strict, Words
from xuncha.config.validation import refuse, validate
from xuncha.config.yaml import Located, Source, load_yaml
from xuncha.model.site import Authorisation, Mode
from xuncha.model.text import Text
from xuncha.net.scope import host_of

Authorisations = Mapping[str, Authorisation]


def read_authorisations(source: Source) -> dict[str, Authorisation]:
    """The authorisations in a file, by id; an empty file holds none.

    Raises:
        ConfigError: every fault with its place: periods that end before they begin, hosts and ranges that are none,
            the same id twice, robots.txt ignored without a decision.
    """
    located = load_yaml(source)
    if located.value is None:
        return {}
    file = validate(_File, located)
    models = file.authorisations or ()
    _unique(models, located)
    return {model.id: model.authorisation() for model in models}


def covers(paper: Authorisation, host: str) -> bool:
    """Whether a paper's domains name ``host``, itself or by a zone (``*.example.gov.cn``)."""
    return any(_names(domain, host) for domain in paper.domains)


def _names(domain: str, host: str) -> bool:
    zone = host_of(domain.removeprefix("*."))
    if domain.startswith("*."):
        return f".{host}".endswith(f".{zone}")
    return host.removeprefix("www.") == zone.removeprefix("www.")


def only_fitting(papers: Authorisations, hosts: Sequence[str], today: date) -> Authorisation | None:
    """The only paper in force whose domains name all of ``hosts``; none where two could be meant."""
    fitting = [paper for paper in papers.values() if hosts and all(covers(paper, host) for host in hosts)]
    in_force = [paper for paper in fitting if not ended(paper, today)]
    return in_force[0] if len(in_force) == 1 else None


def restricts_hosts(paper: Authorisation) -> bool:
    """Whether the paper is for named hosts only; one with address ranges can't be judged by names."""
    return bool(paper.domains) and not paper.addresses


def ended(paper: Authorisation, today: date) -> bool:
    """Whether its period is over."""
    return paper.valid_until is not None and paper.valid_until < today


def _domain(value: str) -> str:
    text = value.strip().lower()
    host = host_of(text.removeprefix("*."))
    if not host or "/" in text or ":" in text.removeprefix("*."):
        raise refuse(
            "应写成域名，例如 www.example.gov.cn 或 *.example.gov.cn", "write www.example.gov.cn or *.example.gov.cn"
        )
    return f"*.{host}" if text.startswith("*.") else host


def _range(value: str) -> str:
    try:
        return str(ip_network(value.strip(), strict=False))
    except ValueError:
        raise refuse("应写成地址或地址段，例如 10.20.0.0/16", "should be an address or a range: 10.20.0.0/16") from None


def _hours(value: object) -> object:
    """``22:00-06:00`` as two times; a period may pass midnight."""
    parts = value.replace("—", "-").replace("～", "-").split("-") if isinstance(value, str) else ()
    if len(parts) != 2:  # noqa: PLR2004 - from, until
        raise refuse("时段应写成 22:00-06:00", "write the hours as 22:00-06:00")
    return tuple(part.strip() for part in parts)


class _Paper(Lenient):
    id: Annotated[str, Field(pattern=r"^\S{1,64}$")]
    document: Words
    ordered_by: Words
    domains: tuple[Annotated[str, AfterValidator(_domain)], ...] = ()
    addresses: tuple[Annotated[str, AfterValidator(_range)], ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    hours: Annotated[tuple[time, time], BeforeValidator(_hours)] | None = None
    modes: tuple[Mode, ...] = (Mode.PASSIVE,)
    ignore_robots: bool = False
    robots_decision: str = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise refuse("有效期的结束早于开始", "the period ends before it begins")
        if self.ignore_robots and not self.robots_decision.strip():
            raise refuse(
                "不遵守 robots.txt 须写明决定（robots_decision）", "ignoring robots.txt needs its robots_decision"
            )
        return self

    def authorisation(self) -> Authorisation:
        return Authorisation(**self.model_dump())


class _File(Strict):
    authorisations: tuple[_Paper, ...] | None = None


def _unique(models: Iterable[_Paper], located: Located) -> None:
    seen: set[str] = set()
    problems = []
    for index, model in enumerate(models):
        if model.id in seen:
            shown = quoted(model.id)
            place = located.place(("authorisations", index, "id"))
            problems.append(Problem(place, Text(f"编号 {shown} 重复", f"id {shown} appears twice"), "id"))
        seen.add(model.id)
    if problems:
        raise InvalidError(problems)
