"""Rectification notices (整改通知书), one for each department, and the bulletin (通报), as Word documents to be sent.

They hold only what people have confirmed; a draft says on every page that nobody has. The templates may be replaced by
an office's own.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from xuncha.model.text import Lang, Text
from xuncha.store.format import visible
from xuncha.store.result import RunResult
from xuncha_reports import xlsx
from xuncha_reports.papers.album import named
from xuncha_reports.papers.bulletin import bulletin
from xuncha_reports.papers.departments import Department, cited, departments, folder_name
from xuncha_reports.papers.notice import Context, notice
from xuncha_reports.papers.remedies import Verbatim

_BLANK_PAGES = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
"""A picture of the blank page with which a template began, and the program in which that was made."""


class _Names(NamedTuple):
    bulletin: str
    notice: str
    ledger: str


_NAMES = {"zh": _Names("通报", "整改通知书", "整改台账"), "en": _Names("bulletin", "notice", "ledger")}
_NOT_REVIEWED = Text("（尚有 {count} 处检查结果未经复核）", " (findings not reviewed yet: {count})")
_NONE = Text(
    "没有经复核属实、属于通知检查项的问题，未生成整改通知书：{names}",
    "no notice, since nothing under an item was confirmed: {names}",
)


def without(result: RunResult, lang: Lang, draft: str = "") -> str:
    """Which departments get no notice and why, in one sentence; empty where all get one."""
    bare = []
    for one in departments(result, lang):
        if not _gets_notice(one, draft):
            more = _NOT_REVIEWED.of(lang).format(count=one.unreviewed) if one.unreviewed else ""
            bare.append(visible(one.name) + more)
    return _NONE.of(lang).format(names=("、" if lang == "zh" else ", ").join(bare)) if bare else ""


def _gets_notice(department: Department, draft: str) -> bool:
    """Nobody is asked to rectify what nobody has confirmed."""
    return bool(draft) or any(cited(site) for site in department.sites)


def parts(result: RunResult, lang: Lang, draft: str = "", templates: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """The documents, as (path, body): the bulletin, and a folder for each department that has to do something.

    There are its notice, its ledger and the screenshots that they name.

    Args:
        result: what people have confirmed of a run; all of it where ``draft`` is said.
        lang: of the documents.
        draft: what stands on every page of a draft.
        templates: a folder with an office's own ``notice.zh.docx``, ``bulletin.zh.docx`` …

    Raises:
        ValueError: an office's own template cannot be filled in; it says which and why.
    """
    names = _NAMES[lang]
    yield f"{names.bulletin}.docx", _filled("bulletin", lang, templates, bulletin(result, lang, draft))
    taken: set[str] = set()
    for department in departments(result, lang):
        if draft or department.tasks:
            folder = folder_name(department.name, taken)
            for name, body in _of_department(result, department, lang, draft, templates):
                yield f"{folder}/{name}", body


def _of_department(
    result: RunResult, department: Department, lang: Lang, draft: str, templates: Path | None
) -> Iterator[tuple[str, bytes]]:
    names = _NAMES[lang]
    department, album = named(department, result.folder, lang)
    if _gets_notice(department, draft):
        yield f"{names.notice}.docx", _filled("notice", lang, templates, notice(result, department, lang, draft))
    if department.tasks:
        yield f"{names.ledger}.xlsx", xlsx.render(replace(result, sites=department.sites), lang, draft)
    yield from album.files()


def _filled(name: str, lang: Lang, own: Path | None, context: Context) -> bytes:
    file = f"{name}.{lang}.docx"
    if own is None or not (own / file).is_file():
        return fill((files("xuncha_reports") / "templates" / "papers" / file).read_bytes(), context)
    try:
        return fill((own / file).read_bytes(), context)
    except (TemplateError, BadZipFile, PackageNotFoundError, KeyError, SyntaxError) as error:
        raise ValueError(f"{own / file}: {error}") from None


def fill(template: bytes, context: Context) -> bytes:
    """A template with what stands in it. Values can be neither markup nor template, whoever they come from."""
    document = DocxTemplate(io.BytesIO(template))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render(_clean(context), environment, autoescape=True)
    _own(document.docx, context)
    body = io.BytesIO()
    document.save(body)
    return _undated(body)


def _undated(document: io.BytesIO) -> bytes:
    """The document without the moment at which it was written: the same run gives the same bytes."""
    body = io.BytesIO()
    with ZipFile(document) as made, ZipFile(body, "w", ZIP_DEFLATED) as undated:
        for name in made.namelist():
            undated.writestr(ZipInfo(name), made.read(name), ZIP_DEFLATED)
    return body.getvalue()


def _own(document: Any, context: Context) -> None:
    """What the file says of itself is about this paper, and not about the program's blank page."""
    told = document.core_properties
    told.created = told.modified = context["written"].astimezone(UTC)
    told.subject = context["run"]
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype in _BLANK_PAGES:
            del package.rels[key]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Verbatim) else visible(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value
